/**
 * The nearest-rank quantile of sorted values: the smallest that at least this share of them does not exceed, so it is always one that
 * occurred, never one between two. Null of nothing.
 */
export function quantile(sorted: readonly number[], share: number): number | null {
  return sorted.length === 0 ? null : sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
}
