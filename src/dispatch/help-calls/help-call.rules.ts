import { Problem } from '../../shared/problem.js';
import type { HelpCallState, HelpOutcome } from './help-call.dto.js';

export type HelpStep = 'add' | 'take-up' | 'end';

/** The part of a call that steps change. */
export interface HelpProgress {
  state: HelpCallState;
  takenUpAt: Date | null;
  takenUpBy: string | null;
  takenUpById: string | null;
  endedAt: Date | null;
  endedBy: string | null;
  endedById: string | null;
  outcome: HelpOutcome | null;
  reason: string | null;
}
interface Who {
  userId: string | null;
  name: string;
}

/** H3: a person takes it up before a person ends it; words that a phone kept may come at any time. */
export const AFTER: Record<HelpCallState, Partial<Record<HelpStep, HelpCallState>>> = {
  raised: { add: 'raised', 'take-up': 'taken-up' },
  'taken-up': { add: 'taken-up', end: 'ended' },
  ended: { add: 'ended' },
};

/** 409 `help-call.step-not-allowed` with who took it up, where somebody did. */
export function stateAfter(call: Pick<HelpProgress, 'state' | 'takenUpBy'>, step: HelpStep): HelpCallState {
  const next = AFTER[call.state][step];
  if (!next) throw new Problem('help-call.step-not-allowed', { step, status: call.state, by: call.takenUpBy ?? '' });
  return next;
}

export const takeUp = <C extends HelpProgress>(call: C, { by, now }: { by: Who; now: Date }): C => ({
  ...call, state: stateAfter(call, 'take-up'), takenUpAt: now, takenUpBy: by.name, takenUpById: by.userId,
}); // prettier-ignore

export const end = <C extends HelpProgress>(
  call: C,
  { outcome, reason, by, now }: { outcome: HelpOutcome; reason: string; by: Who; now: Date },
): C => ({
  ...call, state: stateAfter(call, 'end'), endedAt: now, endedBy: by.name, endedById: by.userId, outcome, reason,
}); // prettier-ignore

/** A call that a phone kept is taken for so long after the assignment ended; later nobody who reads it could help. */
export const LATE_MS = 72 * 3_600_000;

/** Where somebody stands who wants to call. endedAt: when the assignment ended, null while it is active. */
export interface Standing {
  active: boolean;
  /** Somebody of the unit is not accounted for yet: withdrawn on the road, or missing. */
  rollOpen: boolean;
  endedAt: Date | null;
}
export const isOut = ({ active, rollOpen }: Standing): boolean => active || rollOpen;

/**
 * H1: a call is taken from everybody who is out, and late from a phone that had no network, if it was made before the assignment ended.
 * 409 `help-call.not-out`.
 */
export function mustBeOut(standing: Standing, { occurredAt, now }: { occurredAt: Date; now: Date }): void {
  if (isOut(standing)) return;
  const { endedAt } = standing;
  const isLate = endedAt !== null && occurredAt <= endedAt && now.getTime() - endedAt.getTime() <= LATE_MS;
  if (!isLate) throw new Problem('help-call.not-out', {}, { status: 409 });
}

/** A phone whose clock runs ahead is believed as far as now: a wrong clock must not refuse a call. */
export const momentOf = (told: string | undefined, now: Date): Date =>
  told === undefined ? now : new Date(Math.min(Date.parse(told), now.getTime()));

/** Who calls, by the ids that are known of the person. */
export interface CallerIds {
  userId: string | null;
  memberId: string | null;
}
export const isSamePerson = (one: CallerIds, other: CallerIds): boolean =>
  (one.userId !== null && one.userId === other.userId) || (one.memberId !== null && one.memberId === other.memberId);
