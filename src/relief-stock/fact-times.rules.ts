import { Problem } from '../shared/problem.js';

/** How far a device's clock may run ahead of ours. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;
/** How far back a paper may be dated: a county closes its month within the next one (ours, until a society sets another). */
export const BACKDATE_DAYS = 31;

/** When it happened, when a device wrote it down, when the server got it. */
export interface FactTimes {
  now: Date;
  occurredAt: Date;
  recordedAt: Date;
}

/**
 * The three times of a fact; what is not told is now. 422 `stock.occurred-in-future`: the past of the ledger must not depend on a clock
 * that runs ahead; 422 `stock.too-long-ago { earliest }`: months that were reported do not change.
 */
export function factTimesOf(
  input: { occurredAt?: string | undefined; recordedAt?: string | undefined },
  now: Date,
): FactTimes {
  const occurredAt = input.occurredAt ? new Date(input.occurredAt) : now;
  if (occurredAt.getTime() > now.getTime() + CLOCK_TOLERANCE_MS) {
    throw new Problem('stock.occurred-in-future', { occurredAt: occurredAt.toISOString() });
  }
  const earliest = new Date(now.getTime() - BACKDATE_DAYS * 86_400_000);
  if (occurredAt < earliest) throw new Problem('stock.too-long-ago', { earliest: earliest.toISOString() });
  return { now, occurredAt, recordedAt: input.recordedAt ? new Date(input.recordedAt) : now };
}
