import { Problem } from '../../shared/problem.js';
import type { ReversalStatus } from './reversal.dto.js';

export const REVERSAL_STEPS = ['approve', 'reject', 'cancel'] as const;
export type ReversalStep = (typeof REVERSAL_STEPS)[number];

/** A reversal below the threshold is posted as it is asked for; one that waits is posted by another person, refused, or taken back. */
export const REVERSAL_EDGES: Record<ReversalStep, { from: readonly ReversalStatus[]; to: ReversalStatus }> = {
  approve: { from: ['submitted'], to: 'posted' },
  reject: { from: ['submitted'], to: 'rejected' },
  cancel: { from: ['submitted'], to: 'cancelled' },
};

/** The status after a step. 409 `reversal.step-not-allowed`. */
export function reversalAfter(status: ReversalStatus, step: ReversalStep): ReversalStatus {
  const { from, to } = REVERSAL_EDGES[step];
  if (!from.includes(status)) throw new Problem('reversal.step-not-allowed', { step, status });
  return to;
}
