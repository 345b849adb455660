import type { IncidentDto } from '../../../src/incidents/incidents.dto.js';
import { ageOf } from '../live/ageing.rules.js';
import type { Severity } from '../live/ageing.rules.js';
import type { Waiting } from '../incidents/waiting.rules.js';

/** An alarm always has something to do: `act.<code>` says what (C-15). */
export type Alarm = {
  id: string;
  code: string;
  severity: Severity;
  /** Null where nobody knows yet what it is about. */
  incidentId: string | null;
  place: string;
  who: string;
  since: string;
  dueAt: number;
};

export const FLOOD = { alarms: 10, withinMs: 10 * 60_000 };

/** Alarms of one incident: every waiting clock that has run out. */
export function alarmsOf(incident: IncidentDto, waitings: Waiting[], nowMs: number): Alarm[] {
  return waitings.flatMap((waiting) => {
    const sinceMs = Date.parse(waiting.since);
    if (!waiting.limit || ageOf(nowMs - sinceMs, waiting.limit) !== 'red') return [];
    return [
      {
        id: `${incident.id}/${waiting.code}/${waiting.who}/${waiting.since}`,
        code: waiting.code,
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

type Due = { id: string; incidentId: string; dueAt: string };
/** My overdue tasks of an incident are one alarm, since the first of them was due. */
export function taskAlarm(incident: IncidentDto, mine: readonly Due[], nowMs: number): Alarm[] {
  const late = mine
    .filter(({ incidentId, dueAt }) => incidentId === incident.id && Date.parse(dueAt) < nowMs)
    .sort((a, b) => a.dueAt.localeCompare(b.dueAt));
  const first = late[0];
  if (!first) return [];
  const { id: incidentId, severity, placeText: place } = incident;
  const dueAt = Date.parse(first.dueAt);
  return [
    { id: `${incidentId}/task/${first.id}`, code: 'task', severity, incidentId, place, who: String(late.length), since: first.dueAt, dueAt },
  ]; // prettier-ignore
}

const RANK: Record<Severity, number> = { I: 0, II: 1, III: 2, IV: 3 };
/** Gravest first, then the one that is overdue longest. */
export const byUrgency = (a: Alarm, b: Alarm): number => RANK[a.severity] - RANK[b.severity] || a.dueAt - b.dueAt;

/** More than ten within ten minutes is a flood: they are shown by cause, none is dropped (C-16). */
export const isFlood = (alarms: Alarm[], nowMs: number): boolean =>
  alarms.filter((alarm) => nowMs - alarm.dueAt <= FLOOD.withinMs).length > FLOOD.alarms;

export function byCause(alarms: Alarm[]): { code: string; alarms: Alarm[] }[] {
  const groups = new Map<string, Alarm[]>();
  for (const alarm of alarms) groups.set(alarm.code, [...(groups.get(alarm.code) ?? []), alarm]);
  return [...groups].map(([code, list]) => ({ code, alarms: list }));
}
