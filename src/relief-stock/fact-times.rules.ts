import { Problem } from '../shared/problem.js';

/** How far a device's clock may run ahead of ours. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;
/** How far back a paper may be dated: a county closes its month within the next one (ours, until a society sets another). */
export const BACKDATE_DAYS = 31;
/** How far ahead goods are planned. */
const PLAN_DAYS = 366;

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
  return {
    now,
    occurredAt: notAfter(now, occurredAt),
    recordedAt: notAfter(now, input.recordedAt ? new Date(input.recordedAt) : now),
  };
}

/**
 * When goods are wanted or are to go out, from a day before the paper to a year after it. 422 `stock.planned-out-of-range { earliest, latest }`
 * with the field: a slip of the year would leave every lot that expires, or hurry everybody for what is long over.
 */
export function plannedTimeOf(told: string, pointer: string, { occurredAt }: Pick<FactTimes, 'occurredAt'>): Date {
  const planned = new Date(told);
  const [earliest, latest] = [addDays(occurredAt, -1), addDays(occurredAt, PLAN_DAYS)];
  if (planned >= earliest && planned <= latest) return planned;
  const params = { earliest: earliest.toISOString(), latest: latest.toISOString() };
  throw new Problem('stock.planned-out-of-range', params, {
    errors: [{ pointer, code: 'stock.planned-out-of-range', params }],
  });
}

const addDays = (at: Date, days: number): Date => new Date(at.getTime() + days * 86_400_000);

/** Nothing has happened, or was written down, later than it arrived here: a clock that runs a little ahead is set back. */
const notAfter = (now: Date, at: Date): Date => (at > now ? now : at);
