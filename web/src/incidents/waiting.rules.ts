import type { AlarmCode } from '../../../src/alarms/alarms.dto.js';
import type { AlertDto } from '../../../src/alerts/alerts.dto.js';
import type { RollDto } from '../../../src/dispatch/accountability/roll.dto.js';
import { nobodyHasIt } from '../../../src/dispatch/cover.rules.js';
import type { AssignmentDto, SupplyOrderDto } from '../../../src/dispatch/dispatch.dto.js';
import type { IncidentDto } from '../../../src/incidents/incidents.dto.js';
import { missingOf, parWait } from '../dispatch/people/people.rules.js';
import type { ClockLimits } from '../../../src/settings/clock-limits.rules.js';
import { pressure } from '../live/ageing.rules.js';
import type { Limit, Severity } from '../live/ageing.rules.js';

/** What is under way for one incident, as far as the console holds it. */
export type Work = { assignments: AssignmentDto[]; alerts: AlertDto[]; orders: SupplyOrderDto[]; rolls: RollDto[] };
export const NO_WORK: Work = { assignments: [], alerts: [], orders: [], rolls: [] };

/** What may be waited for without ever being an alarm. */
type Patient = 'warehouse' | 'goods' | 'return' | 'unaccounted' | 'par-held';
/**
 * Who or what an incident waits for. `who` fills the sentence `waiting.<code>`; `ref` names the same thing on every console, whatever its
 * language; `deskId`: another desk than that which leads the incident has to act.
 */
export type Waiting = {
  code: AlarmCode | Patient;
  who: string;
  since: string;
  limit: Limit | null;
  ref: string;
  deskId?: string;
};

type Facts = {
  work: Work;
  /** The limits of the society that leads. */
  limits: ClockLimits;
  lastHeardAt: (assignment: AssignmentDto) => string;
  departureS: (assignment: AssignmentDto) => number | null;
  /** Who decides about the goods of an order. */
  ownerOf: (order: SupplyOrderDto) => { id: string; name: string };
};

const ANSWERED = new Set([
  'accepted',
  'assembling',
  'departed',
  'on-scene',
  'working',
  'resting',
  'released',
  'returning',
]);

export { nobodyHasIt };

export const answered = (work: Work): { answered: number; total: number } => ({
  answered: work.assignments.filter((assignment) => ANSWERED.has(assignment.status)).length,
  total: work.assignments.length,
});

function ofAssignment(assignment: AssignmentDto, severity: Severity, facts: Facts): Waiting | null {
  const who = assignment.teamName;
  const since = assignment.statusSince;
  const ref = assignment.id;
  switch (assignment.status) {
    case 'planned':
    case 'reserved':
    case 'alerted':
    case 'no-answer': {
      const alert = facts.work.alerts.find((each) => each.assignmentId === assignment.id);
      return {
        code: 'answer',
        who: alert?.waitingFor ?? who,
        since: alert?.raisedAt ?? since,
        limit: { limitS: facts.limits.unansweredS[severity] },
        ref,
      };
    }
    case 'accepted':
    case 'assembling': {
      const limitS = facts.departureS(assignment);
      return { code: 'departure', who, since, limit: limitS ? { limitS } : null, ref };
    }
    case 'departed': {
      const limitS = assignment.etaAt ? (Date.parse(assignment.etaAt) - Date.parse(since)) / 1000 : 0;
      return { code: 'arrival', who, since, limit: limitS > 0 ? { limitS } : null, ref };
    }
    case 'on-scene':
    case 'working':
    case 'resting': {
      const par = facts.work.rolls.find((roll) => roll.assignmentId === assignment.id)?.par;
      if (par) return { ...parWait(par), who: par.state === 'asked' ? par.waitingFor : who, ref };
      if (assignment.status === 'resting') return null;
      return { code: 'check-in', who, since: facts.lastHeardAt(assignment), limit: facts.limits.checkIn, ref };
    }
    case 'returning':
    case 'released':
      return { code: 'return', who, since, limit: null, ref };
    default:
      return null;
  }
}

/** People who are missing are waited for by name; a unit that has gone home and left somebody open, by its number. */
function ofRoll(roll: RollDto, facts: Facts): Waiting | null {
  const missing = missingOf(roll);
  // Another person who goes missing is another alarm; one who is found is none.
  const newest = [...missing].sort((a, b) => a.since.localeCompare(b.since) || a.id.localeCompare(b.id)).at(-1);
  if (newest) {
    const [who, ref] = [missing.map(({ name }) => name).join('、'), `${roll.id}.${newest.id}`];
    return { code: 'missing', who, since: missing.map((person) => person.since).sort()[0]!, limit: { limitS: 1 }, ref };
  }
  const isOut = facts.work.assignments.some(({ id }) => id === roll.assignmentId);
  if (isOut || roll.counts.unaccounted === 0) return null;
  const last = roll.people.map((person) => person.since).sort().at(-1); // prettier-ignore
  const who = `${roll.unitCode} ${roll.counts.unaccounted}`;
  return last ? { code: 'unaccounted', who, since: last, limit: null, ref: roll.id } : null;
}

/** Approval is a person's answer and has the limit of one; the rest is the warehouse's and the road's. */
function ofOrder(order: SupplyOrderDto, severity: Severity, facts: Facts): Waiting | null {
  const [since, ref] = [order.statusSince, order.id];
  switch (order.status) {
    case 'reserved': {
      const { id: deskId, name: who } = facts.ownerOf(order);
      const limit = { limitS: facts.limits.unansweredS[severity] };
      return { code: 'approval', who, since, limit, ref: `${order.missionId}.${deskId}`, deskId };
    }
    case 'approved':
    case 'picking':
      return { code: 'warehouse', who: order.number, since, limit: null, ref };
    case 'shipped':
      return { code: 'goods', who: order.number, since, limit: null, ref };
    default:
      return null;
  }
}

/** Everything an incident waits for, the most pressing first. Empty when nothing is open. */
export function waitingsOf(incident: IncidentDto, facts: Facts, nowMs: number): Waiting[] {
  if (nobodyHasIt(incident, facts.work)) {
    const limit = { limitS: facts.limits.unassignedS[incident.severity] };
    return [{ code: 'nobody', who: '', since: incident.reportedAt, limit, ref: '' }];
  }
  const found = facts.work.assignments.flatMap(
    (assignment) => ofAssignment(assignment, incident.severity, facts) ?? [],
  );
  found.push(...facts.work.rolls.flatMap((roll) => ofRoll(roll, facts) ?? []));
  for (const order of facts.work.orders) {
    const waiting = ofOrder(order, incident.severity, facts);
    // Orders of one mission wait for one decision of their owner: one clock, one alarm.
    const isSame = (each: Waiting) =>
      each.code === waiting?.code && each.ref === waiting.ref && each.since === waiting.since;
    if (waiting && !found.some(isSame)) found.push(waiting);
  }
  const press = (waiting: Waiting) => pressure(nowMs - Date.parse(waiting.since), waiting.limit);
  return found.sort((a, b) => press(b) - press(a));
}
