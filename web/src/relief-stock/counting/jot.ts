import { ProblemError } from '../../api/http.js';
import type { StockAct } from '../outbox/act.rules.js';
import { keep } from '../outbox/outbox.js';

export type Jotted = { countId: string; lineId: string; units: number; label: string };

/** Writes a count down on this device; it leaves when it can, and cannot get lost by a reload. Answers why it could not be kept. */
export async function jot({ countId, lineId, units, label }: Jotted): Promise<ProblemError | null> {
  try {
    await keep({ kind: 'count-line', body: { countId, lineId, units }, label, page: `keeper/counts/${countId}`, draft: null });
    return null;
  } catch {
    return new ProblemError(0, { code: 'outbox.cannot-keep' });
  }
} // prettier-ignore

/** The counts of one paper among all that was done here. */
export const countsOf = (countId: string, acts: readonly StockAct[]): StockAct[] =>
  acts.filter(({ kind, body }) => kind === 'count-line' && body.countId === countId);
