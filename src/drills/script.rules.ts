import type { InjectCall, ScriptedInject } from './drills.dto.js';

/** An entry of a published course of events; src/database/seeds/README.md describes each kind. */
export interface CourseEntry {
  at: string;
  note: string;
  kind: string;
  payload: Record<string, unknown>;
}

const MINUTE_MS = 60_000;
/** The players have this long before the first report comes in. */
const BEFORE_FIRST_MIN = 2;
/** The province's desk takes what the published course says. */
const DESK = '330000';
/** Names of figures in the course → names on the wire; what has none is said in the note. */
const FIGURES: Record<string, string> = {
  peopleAffected: 'affected', peopleMoved: 'moved', peopleInCollectiveShelters: 'movedCollective', peopleDispersed: 'movedDispersed',
  peopleDead: 'dead', peopleMissing: 'missing', roomsDamaged: 'roomsDamaged', roomsCollapsed: 'roomsCollapsed',
  economicLossYuan: 'economicLossYuan',
}; // prettier-ignore
const EXPECTED = new Set(['mission', 'assignment-steps', 'supply-steps', 'incident-step', 'level', 'field-report']);

/**
 * The script of a drill from a published course: what came from outside happens to the players; what people did then is what is expected of
 * them, for the evaluators. Minutes count from shortly before the first report.
 */
export function scriptOf(course: CourseEntry[]): ScriptedInject[] {
  const first = course.find(({ kind }) => kind === 'incident');
  if (!first) return [];
  const zeroMs = Date.parse(first.at) - BEFORE_FIRST_MIN * MINUTE_MS;
  return course.flatMap((entry) => {
    const call = callOf(entry);
    return call ? [{ atMin: Math.max(0, (Date.parse(entry.at) - zeroMs) / MINUTE_MS), call }] : [];
  });
}

function callOf({ kind, note, payload }: CourseEntry): InjectCall | null {
  if (kind === 'incident') return report(payload);
  if (kind === 'needs') return { kind: 'needs', by: DESK, ...(payload as unknown as Omit<Needs, 'kind' | 'by'>) };
  if (kind === 'situation-report') return situation(payload as unknown as Situation);
  if (kind === 'warning' || kind === 'note') return { kind: 'news', words: note };
  return EXPECTED.has(kind) ? { kind: 'expected', words: note } : null;
}

type Needs = Extract<InjectCall, { kind: 'needs' }>;
type Report = Extract<InjectCall, { kind: 'report' }>;
interface Situation {
  incidentKey: string;
  stage: string;
  figures: Record<string, number>;
}

function report(payload: Record<string, unknown>): InjectCall {
  const { kind, lon, lat, key, severity, title, whatHappened, placeText, societyAdcode, reporterName, reporterPhone, peopleAffected } =
    payload as Omit<Report, 'kind'> & { kind: Report['incidentKind']; lon: number; lat: number }; // prettier-ignore
  return {
    kind: 'report', by: DESK, key, incidentKind: kind, severity, title, whatHappened, placeText, location: { lon, lat, datum: 'WGS84' },
    societyAdcode, reporterName, reporterPhone, peopleAffected,
  }; // prettier-ignore
}

function situation({ incidentKey, stage, figures }: Situation): InjectCall {
  const entries = Object.entries(figures);
  const named = entries.flatMap(([name, value]) => (FIGURES[name] ? [[FIGURES[name], value]] : []));
  const rest = entries.filter(([name]) => !FIGURES[name]).map(([name, value]) => `${name}: ${value}`);
  return {
    kind: 'situation-report', by: DESK, incidentKey, stage: stage === 'initial' ? 'first' : (stage as 'follow-up'), channel: 'written',
    figures: Object.fromEntries(named) as Record<string, number>, note: rest.join('; '),
  }; // prettier-ignore
}
