import { ALARM_CODES } from '../../../src/alarms/alarms.dto.js';
import type { AlarmCode } from '../../../src/alarms/alarms.dto.js';
import type { IncidentDto } from '../../../src/incidents/incidents.dto.js';
import { ageOf } from '../live/ageing.rules.js';
import type { Severity } from '../live/ageing.rules.js';
import type { Waiting } from '../incidents/waiting.rules.js';

/**
 * An alarm always has something to do: `act.<code>` says what (C-15). Its source is the same on every console, in every language, and as long
 * as it may ring again; with its moment it is one alarm.
 */
export type Alarm = {
  id: string;
  source: string;
  code: AlarmCode;
  /** The desks that have to act, the first before others; empty where every desk that sees it does. */
  deskIds: string[];
  /** It rings wherever it is seen: it has been chosen for whom already, or nobody else would hear it. */
  everywhere: boolean;
  severity: Severity;
  /** Null where nobody knows yet what it is about. */
  incidentId: string | null;
  place: string;
  who: string;
  since: string;
  dueAt: number;
};

/** A source at a moment. */
export const alarmId = (source: string, since: string): string => `${source}@${Date.parse(since)}`;
const isAlarmCode = (code: string): code is AlarmCode => (ALARM_CODES as readonly string[]).includes(code);

export const FLOOD = { alarms: 10, withinMs: 10 * 60_000 };

/** Alarms of one incident: every waiting clock that has run out. */
export function alarmsOf(incident: IncidentDto, waitings: Waiting[], nowMs: number): Alarm[] {
  return waitings.flatMap((waiting) => {
    const { code, deskId } = waiting;
    const sinceMs = Date.parse(waiting.since);
    if (!waiting.limit || !isAlarmCode(code) || ageOf(nowMs - sinceMs, waiting.limit) !== 'red') return [];
    const source = [incident.id, code, ...(waiting.ref ? [waiting.ref] : [])].join('/');
    return [
      {
        id: alarmId(source, waiting.since),
        source,
        code,
        deskIds:
          deskId && deskId !== incident.leadSocietyId ? [incident.leadSocietyId, deskId] : [incident.leadSocietyId],
        everywhere: false,
        severity: incident.severity,
        incidentId: incident.id,
        place: incident.placeText,
        who: waiting.who,
        since: waiting.since,
        dueAt: sinceMs + waiting.limit.limitS * 1000,
      },
    ];
  });
}

type Due = { id: string; incidentId: string; societyId: string; takenById: string | null; dueAt: string };
/** My overdue tasks of an incident are one alarm, since the first of them was due. */
export function taskAlarm(incident: IncidentDto, mine: readonly Due[], nowMs: number): Alarm[] {
  const late = mine
    .filter(({ incidentId, dueAt }) => incidentId === incident.id && Date.parse(dueAt) < nowMs)
    .sort((a, b) => a.dueAt.localeCompare(b.dueAt));
  const first = late[0];
  if (!first) return [];
  const { id: incidentId, severity, placeText: place } = incident;
  const dueAt = Date.parse(first.dueAt);
  const source = `${incidentId}/task/${first.id}${first.takenById ? `.${first.takenById}` : ''}`;
  return [
    {
      id: alarmId(source, first.dueAt), source, code: 'task', severity, incidentId, place, who: String(late.length), since: first.dueAt, dueAt,
      deskIds: [first.societyId], everywhere: true,
    },
  ]; // prettier-ignore
}

const RANK: Record<Severity, number> = { I: 0, II: 1, III: 2, IV: 3 };
const isHelp = ({ code }: Alarm): number => (code === 'help-call' ? 0 : 1);
/** Calls for help before everything, then the gravest, then the one that is overdue longest. */
export const byUrgency = (a: Alarm, b: Alarm): number =>
  isHelp(a) - isHelp(b) || RANK[a.severity] - RANK[b.severity] || a.dueAt - b.dueAt;

/** More than ten within ten minutes is a flood: they are shown by cause, none is dropped (C-16). */
export const isFlood = (alarms: Alarm[], nowMs: number): boolean =>
  alarms.filter((alarm) => nowMs - alarm.dueAt <= FLOOD.withinMs).length > FLOOD.alarms;

export function byCause<T extends Alarm>(alarms: T[]): { code: AlarmCode; alarms: T[] }[] {
  const groups = new Map<AlarmCode, T[]>();
  for (const alarm of alarms) groups.set(alarm.code, [...(groups.get(alarm.code) ?? []), alarm]);
  return [...groups].map(([code, list]) => ({ code, alarms: list }));
}
