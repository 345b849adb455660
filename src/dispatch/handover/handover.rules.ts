import { Problem } from '../../shared/problem.js';
import type { HandoverState } from './handover.dto.js';

export const HANDOVER_STEPS = ['take-over', 'acknowledge', 'complete', 'withdraw'] as const;
export type HandoverStep = (typeof HANDOVER_STEPS)[number];
/** Without a roster the desk is to be taken over within this time. */
export const DUE_AFTER_MS = 30 * 60_000;

const STEPS: Record<HandoverState, Partial<Record<HandoverStep, HandoverState>>> = {
  drawn: { 'take-over': 'taken', withdraw: 'withdrawn' },
  taken: { acknowledge: 'taken', complete: 'complete', withdraw: 'withdrawn' },
  complete: {},
  withdrawn: {},
};

/** 409 `handover.step-not-allowed`. */
export function handoverAfter(state: HandoverState, step: HandoverStep): HandoverState {
  const next = STEPS[state][step];
  if (!next) throw new Problem('handover.step-not-allowed', { step, status: state });
  return next;
}

/** V2, 422 `duty.separation`: nobody hands over to himself. */
export function mustBeAnother(fromId: string, toId: string): void {
  if (fromId === toId) throw new Problem('duty.separation', { first: 'hand-over', second: 'take-over' });
}

/** 403 `access.denied`: only who took the desk over acknowledges and signs. */
export function mustHaveTaken(toId: string | null, userId: string): void {
  if (toId !== userId) throw new Problem('access.denied', { action: 'duty.take-over' });
}

interface Line {
  key: string;
  acknowledgedAt: Date | null;
}
/**
 * V4, 409 `handover.items-open`: complete only when every matter that is still open was acknowledged, those that appeared after the list was
 * drawn too. Answers the lines that settled by themselves.
 */
export function mustBeAcknowledged(lines: readonly Line[], open: readonly { key: string }[]): string[] {
  const seen = new Set(lines.filter(({ acknowledgedAt }) => acknowledgedAt !== null).map(({ key }) => key));
  const waiting = open.filter(({ key }) => !seen.has(key)).length;
  if (waiting > 0) throw new Problem('handover.items-open', { open: waiting }, { status: 409 });
  return lines.filter(({ acknowledgedAt }) => acknowledgedAt === null).map(({ key }) => key);
}
