import type { Equity } from '../planner.types.js';

/**
 * Smallest share and Gini coefficient of shares between 0 and 1: mean difference of all pairs over twice the mean; 0 when all are
 * equal or nobody has anything.
 */
export function equityOf(shares: readonly number[]): Equity {
  if (shares.length === 0) return { smallestShare: 1, gini: 0 };
  const sorted = shares.toSorted((left, right) => left - right);
  const total = sorted.reduce((sum, share) => sum + share, 0);
  const ranked = sorted.reduce((sum, share, at) => sum + (2 * (at + 1) - sorted.length - 1) * share, 0);
  return { smallestShare: sorted[0]!, gini: total === 0 ? 0 : ranked / (sorted.length * total) };
}
