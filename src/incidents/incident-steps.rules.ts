import { Problem } from '../shared/problem.js';
import type { Incident, Stamps } from './incident.entity.js';
import type { IncidentStatus } from './incidents.dto.js';

export const STEPS = [
  'verify', 'respond', 'arrive', 'stabilise', 'demobilise', 'close', 'dismiss', 'merge', 'reopen',
] as const; // prettier-ignore
export type Step = (typeof STEPS)[number];
export interface StepFacts {
  reason: string | undefined;
  at: Date;
}
type Guard = (incident: Incident, step: Step, facts: StepFacts) => void;

/** A way from some statuses to one. `stamps` are set where they are still empty: the first time counts, also after reopening. */
interface Edge {
  from: readonly IncidentStatus[];
  to: IncidentStatus;
  stamps: readonly (keyof Stamps)[];
  guard: Guard;
}

const free: Guard = () => undefined;
const withReason: Guard = (_incident, step, { reason }) => {
  if (!reason) throw new Problem('incident.reason-required', { step });
};
/** Without anybody at the scene, somebody must say how it is known to be under control. */
const fromTheScene: Guard = (incident, step, facts) => {
  if (incident.status !== 'on-scene') withReason(incident, step, facts);
};

/**
 * I1: the state machine. `respond` and `arrive` follow from assignments (first accepted, first at the scene), people take the others.
 * Goods alone bring nobody to the scene, so an incident can be stabilised from verified on; closing may pass over demobilising.
 */
export const EDGES: Readonly<Record<Step, Edge>> = {
  verify: { from: ['reported'], to: 'verified', stamps: ['verifiedAt'], guard: free },
  respond: { from: ['verified'], to: 'responding', stamps: ['respondingAt'], guard: free },
  arrive: { from: ['verified', 'responding'], to: 'on-scene', stamps: ['respondingAt', 'onSceneAt'], guard: free },
  stabilise: {
    from: ['verified', 'responding', 'on-scene'],
    to: 'stabilised',
    stamps: ['stabilisedAt'],
    guard: fromTheScene,
  },
  demobilise: { from: ['stabilised'], to: 'demobilising', stamps: ['demobilisingAt'], guard: free },
  close: {
    from: ['stabilised', 'demobilising'],
    to: 'closed',
    stamps: ['demobilisingAt', 'closedAt'],
    guard: free,
  },
  dismiss: { from: ['reported', 'verified'], to: 'dismissed', stamps: [], guard: withReason },
  merge: { from: ['reported', 'verified'], to: 'merged', stamps: [], guard: free },
  reopen: { from: ['closed'], to: 'verified', stamps: [], guard: withReason },
};

const ENDED: readonly IncidentStatus[] = ['closed', 'dismissed', 'merged'];
export const hasEnded = (status: IncidentStatus): boolean => ENDED.includes(status);

/** The incident after a step, one version on. 409 `incident.step-not-allowed` off the table, 422 `incident.reason-required`. */
export function takeStep(incident: Incident, step: Step, facts: StepFacts): Incident {
  const edge = EDGES[step];
  if (!edge.from.includes(incident.status)) throw stepNotAllowed(step, incident.status);
  edge.guard(incident, step, facts);
  // I2: a stamp that is set stays.
  const stamps = Object.fromEntries(edge.stamps.map((stamp) => [stamp, incident[stamp] ?? facts.at]));
  return {
    ...incident,
    ...stamps,
    status: edge.to,
    statusReason: facts.reason ?? null,
    statusSince: facts.at,
    version: incident.version + 1,
  };
}

export const stepNotAllowed = (step: string, status: IncidentStatus) =>
  new Problem('incident.step-not-allowed', { step, status });

/** Refuses what changes a live incident once it has ended: 409 `incident.step-not-allowed`. */
export function mustBeOpen(incident: Incident, step: string): void {
  if (hasEnded(incident.status)) throw stepNotAllowed(step, incident.status);
}

/** Refuses an edit of what has changed since it was read: 409 `incident.stale` { version }. */
export function mustBeFresh(incident: Incident, seenVersion: number): void {
  if (incident.version !== seenVersion) throw new Problem('incident.stale', { version: incident.version });
}

/** The automatic step that an assignment's progress calls for, or null when the incident is there or beyond, or not yet verified. */
export function progressStep(status: IncidentStatus, reached: 'responding' | 'on-scene'): 'respond' | 'arrive' | null {
  const step = reached === 'responding' ? 'respond' : 'arrive';
  return EDGES[step].from.includes(status) ? step : null;
}

/** A report may go into another one of the same world that is still open: 422 `incident.merge-target` otherwise. */
export function mergeInto(incident: Incident, target: Incident): Incident {
  if (target.id === incident.id || hasEnded(target.status) || target.exercise !== incident.exercise)
    throw new Problem('incident.merge-target', { number: target.number });
  return { ...target, absorbedIds: [...target.absorbedIds, incident.id], version: target.version + 1 };
}

/** A device's clock may be ahead by this much; a fact further in the future is a wrong date. */
const CLOCK_AHEAD_MS = 5 * 60_000;

/** When a fact happened and when a device wrote it, both now unless said. 400 `request.invalid` for the future. */
export function factTimes(
  input: { occurredAt?: string | undefined; recordedAt?: string | undefined },
  now: Date,
): { occurredAt: Date; recordedAt: Date } {
  return {
    occurredAt: notInFuture(input.occurredAt, '/occurredAt', now),
    recordedAt: notInFuture(input.recordedAt, '/recordedAt', now),
  };
}

export function notInFuture(at: string | undefined, pointer: string, now: Date): Date {
  const moment = at === undefined ? now : new Date(at);
  if (moment.getTime() > now.getTime() + CLOCK_AHEAD_MS)
    throw new Problem('request.invalid', {}, { errors: [{ pointer, code: 'too_late' }] });
  return moment;
}
