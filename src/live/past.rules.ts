import { Problem } from '../shared/problem.js';
import { leaves } from './console.rules.js';
import { MOST_PAST_ROWS, PAST_DAYS, PAST_LISTS, PAST_ROWS, type PastBoardDto, type PastSubject } from './past.dto.js';

type Row = Record<string, unknown> & { id: string };
/** The newest line of one thing up to a moment. */
export interface PastLine {
  subject: string;
  subjectId: string;
  body: string;
}
type Lists = Pick<PastBoardDto, (typeof PAST_LISTS)[PastSubject]>;
const SUBJECTS = Object.keys(PAST_LISTS) as PastSubject[];

const DAY_MS = 86_400_000;
const CHINA_MS = 8 * 3_600_000;
/** The clock on the wall, for a sentence. */
const inChina = (at: Date): string => new Date(at.getTime() + CHINA_MS).toISOString().slice(0, 16).replace('T', ' ');

/** 400 `request.invalid` for the future; 422 `past.too-far` { days }, `past.before-record` { from }. */
export function mustBeWithin(at: Date, record: { firstAt: Date | null; now: Date }): void {
  if (at > record.now) throw new Problem('request.invalid', {}, { errors: [{ pointer: '/at', code: 'too_late' }] });
  if (at.getTime() < record.now.getTime() - PAST_DAYS * DAY_MS) throw new Problem('past.too-far', { days: PAST_DAYS });
  if (!record.firstAt || at < record.firstAt)
    throw new Problem('past.before-record', { from: inChina(record.firstAt ?? record.now) });
}

/** The lists of a board out of the newest lines of all that is on it; what a console would not show any more is left out, by the very same rule. */
export function boardOf(lines: readonly PastLine[]): Lists {
  if (lines.length > MOST_PAST_ROWS) throw new Problem('past.too-large', { most: MOST_PAST_ROWS });
  const lists = Object.fromEntries(SUBJECTS.map((subject) => [PAST_LISTS[subject], [] as Row[]]));
  for (const { subject, body } of lines) {
    const row = JSON.parse(body) as Row;
    if (!leaves(subject as PastSubject, row)) lists[PAST_LISTS[subject as PastSubject]]!.push(row);
  }
  for (const rows of Object.values(lists)) rows.sort((a, b) => (a.id < b.id ? -1 : 1));
  return lists as unknown as Lists;
}

/** Fields of today that rows of then do not have: the record cannot say what they were. */
export function lackingIn(lists: Lists): PastBoardDto['lacking'] {
  return SUBJECTS.flatMap((subject) => {
    const rows = lists[PAST_LISTS[subject]] as unknown as Row[];
    const fields = Object.keys(PAST_ROWS[subject].shape).filter((field) => rows.some((row) => !(field in row)));
    return fields.length > 0 ? [{ subject, fields }] : [];
  });
}

/** Only one incident with its work, and the units that are out for it. 404 `incident.not-found` where it was not open, or not to be seen. */
export function onlyIncident(lists: Lists, incidentId: string): Lists {
  const incidents = lists.incidents.filter(({ id }) => id === incidentId);
  if (incidents.length === 0) throw new Problem('incident.not-found', { id: incidentId });
  const ofIt = <T extends { incidentId: string }>(rows: T[]): T[] => rows.filter((row) => row.incidentId === incidentId);
  const { assignments, rolls, helpCalls, supplyOrders, alerts, chainFaults, responses, tasks } = lists;
  const out = new Set(ofIt(assignments).map(({ unitId }) => unitId));
  return {
    ...lists, incidents, assignments: ofIt(assignments), rolls: ofIt(rolls), helpCalls: ofIt(helpCalls), supplyOrders: ofIt(supplyOrders),
    alerts: ofIt(alerts), chainFaults: ofIt(chainFaults), responses: ofIt(responses), tasks: ofIt(tasks),
    teamUnits: lists.teamUnits.filter(({ id }) => out.has(id)),
  };
} // prettier-ignore
