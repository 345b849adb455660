import type { AdviceStatus } from './structure.dto.js';

export type AdviceStep = 'start' | 'answer' | 'fail' | 'requeue';
const EDGES: Record<AdviceStep, { from: AdviceStatus; to: AdviceStatus }> = {
  start: { from: 'queued', to: 'solving' },
  answer: { from: 'solving', to: 'ready' },
  fail: { from: 'solving', to: 'failed' },
  requeue: { from: 'solving', to: 'queued' },
};

/** The status after a step; null when it does not follow. */
export function after(status: AdviceStatus, step: AdviceStep): AdviceStatus | null {
  const { from, to } = EDGES[step];
  return status === from ? to : null;
}

/** Tries before an advice whose process died is given up. */
const ATTEMPTS = 3;
export const afterInterruption = (attempts: number): AdviceStep => (attempts >= ATTEMPTS ? 'fail' : 'requeue');
