import { Problem } from '../../shared/problem.js';
import type { CallStatus } from './watch.dto.js';

export const CALL_STEPS = ['receive', 'cancel'] as const;
export type CallStep = (typeof CALL_STEPS)[number];
export const CALL_EDGES: Record<CallStep, { from: readonly CallStatus[]; to: CallStatus }> = {
  receive: { from: ['called'], to: 'received' },
  cancel: { from: ['called'], to: 'cancelled' },
};

/** The status after a step. 409 `capacity-call.step-not-allowed`. */
export function takeCallStep(status: CallStatus, step: CallStep): CallStatus {
  const { from, to } = CALL_EDGES[step];
  if (!from.includes(status)) throw new Problem('capacity-call.step-not-allowed', { step, status });
  return to;
}

/** 422 `capacity.exceeded` when the day has less left, `capacity.in-past` for a day that is over. */
export function mustHaveLeft(ask: {
  units: number;
  day: string;
  today: string;
  capacity: number;
  called: number;
}): void {
  const { units, day, today, capacity, called } = ask;
  if (day < today) throw new Problem('capacity.in-past', { day });
  const left = Math.max(0, capacity - called);
  if (units > left) throw new Problem('capacity.exceeded', { day, left, requested: units });
}
