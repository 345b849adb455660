import { Problem } from '../shared/problem.js';
import type { ASSIGNMENT_STEPS, AssignmentStatus } from './dispatch.dto.js';
import { fieldMissing, mustHaveHappened } from './facts.rules.js';

/** A step of the desk or of the team, or `miss`: nobody answered before the last deadline. */
export type Step = (typeof ASSIGNMENT_STEPS)[number] | 'miss';

/** Stamps in the order in which they come when all goes well. */
export const STAMPS = [
  'reservedAt', 'alertedAt', 'answeredAt', 'assembledAt', 'departedAt', 'arrivedAt', 'releasedAt', 'returningAt', 'closedAt',
] as const; // prettier-ignore
type Stamp = (typeof STAMPS)[number] | 'withdrawnAt';
export type Stamps = Record<Exclude<Stamp, 'reservedAt'>, Date | null> & { reservedAt: Date };

/** The part of an assignment that steps change. */
export interface Progress extends Stamps {
  status: AssignmentStatus;
  statusSince: Date;
  headcount: number;
  promisedHeadcount: number | null;
  actualHeadcount: number | null;
  reason: string | null;
  etaAt: Date | null;
  orderDoubtful: boolean;
}

interface Edge {
  from: readonly AssignmentStatus[];
  to: AssignmentStatus;
  stamp?: Stamp;
}
const UNTIL_ON_SCENE: AssignmentStatus[] = ['planned', 'reserved', 'alerted', 'accepted', 'assembling', 'departed'];

/**
 * Who is alerted answers, gathers, leaves, arrives, works and rests in turns, is released, goes home and is closed. A small team may
 * leave without gathering first. Withdrawn until on scene; after that it is released.
 */
export const EDGES: Record<Step, Edge> = {
  accept: { from: ['alerted'], to: 'accepted', stamp: 'answeredAt' },
  decline: { from: ['alerted', 'accepted'], to: 'declined', stamp: 'answeredAt' },
  miss: { from: ['alerted'], to: 'no-answer' },
  assemble: { from: ['accepted'], to: 'assembling', stamp: 'assembledAt' },
  depart: { from: ['accepted', 'assembling'], to: 'departed', stamp: 'departedAt' },
  arrive: { from: ['departed'], to: 'on-scene', stamp: 'arrivedAt' },
  work: { from: ['on-scene'], to: 'working' },
  rest: { from: ['on-scene', 'working'], to: 'resting' },
  resume: { from: ['resting'], to: 'working' },
  release: { from: ['on-scene', 'working', 'resting'], to: 'released', stamp: 'releasedAt' },
  return: { from: ['released'], to: 'returning', stamp: 'returningAt' },
  close: { from: ['returning'], to: 'closed', stamp: 'closedAt' },
  withdraw: { from: UNTIL_ON_SCENE, to: 'withdrawn', stamp: 'withdrawnAt' },
};

export interface StepFacts {
  occurredAt: Date;
  now: Date;
  headcount?: number | undefined;
  etaMin?: number | undefined;
  reason?: string | undefined;
}

const needsReason = (facts: StepFacts) => {
  if (!facts.reason) throw fieldMissing('/reason');
};
/** One guard an edge, where there is more to ask than the state. Who may take the step is asked by the service. */
const GUARDS: Partial<Record<Step, (facts: StepFacts) => void>> = { decline: needsReason, withdraw: needsReason };
const COUNTS_HEADS: Step[] = ['assemble', 'depart', 'arrive'];

/**
 * The assignment after a step. Stamps are set by their first step only. Refuses with 409 `assignment.step-not-allowed`, 422
 * `fact.in-future`, or 400 when the reason is missing.
 */
export function takeStep<T extends Progress>(assignment: T, step: Step, facts: StepFacts): T {
  const edge = EDGES[step];
  if (!edge.from.includes(assignment.status))
    throw new Problem('assignment.step-not-allowed', { step, status: assignment.status });
  mustHaveHappened(facts);
  GUARDS[step]?.(facts);
  const at = facts.occurredAt;
  const stamp = edge.stamp;
  const next: T = { ...assignment, status: edge.to, statusSince: at };
  if (stamp) Object.assign(next, { [stamp]: assignment[stamp] ?? at });
  if (facts.reason !== undefined) next.reason = facts.reason;
  if (facts.etaMin !== undefined) next.etaAt = new Date(at.getTime() + facts.etaMin * 60_000);
  if (facts.headcount !== undefined && COUNTS_HEADS.includes(step)) next.actualHeadcount = facts.headcount;
  if (facts.headcount !== undefined && step === 'accept') next.promisedHeadcount = facts.headcount;
  return { ...next, orderDoubtful: isOrderDoubtful(next) };
}

/** Whether a stamp that comes later in the work lies before one that comes earlier: told by different clocks, or told wrong. */
export function isOrderDoubtful(stamps: Stamps): boolean {
  const times = STAMPS.map((stamp) => stamps[stamp]).filter((at) => at !== null);
  return times.some((at, n) => n > 0 && at < times[n - 1]!);
}

/** What a team said when it was asked to go. */
export interface Answer {
  answer: 'accept' | 'decline' | 'delay' | 'conditions';
  minutes?: number | undefined;
  headcount?: number | undefined;
  reason?: string | undefined;
}

/** A delay says how long, conditions and a refusal say why. Refuses with 400 `request.invalid`. */
export function mustBeClear(answer: Answer): void {
  if (answer.answer === 'delay' && answer.minutes === undefined) throw fieldMissing('/minutes');
  if (['conditions', 'decline'].includes(answer.answer) && !answer.reason) throw fieldMissing('/reason');
}

/**
 * The assignment after an answer. The last clear answer counts while the team has not moved yet; later it is kept and changes
 * nothing (null).
 */
export function takeAnswer<T extends Progress>(
  assignment: T,
  said: Answer,
  times: Pick<StepFacts, 'occurredAt' | 'now'>,
): { assignment: T; step: 'accept' | 'decline' } | null {
  mustBeClear(said);
  mustHaveHappened(times);
  if (assignment.status !== 'alerted' && assignment.status !== 'accepted') return null;
  const facts = { ...times, reason: said.reason };
  if (said.answer === 'decline') return { assignment: takeStep(assignment, 'decline', facts), step: 'decline' };
  const promise = { headcount: said.headcount ?? assignment.headcount, etaMin: said.minutes };
  const asked: T = { ...assignment, status: 'alerted' };
  return { assignment: takeStep(asked, 'accept', { ...facts, ...promise }), step: 'accept' };
}
