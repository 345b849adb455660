import { Problem } from '../../shared/problem.js';

/** Goods of one lot that a recipient still holds. */
export interface HeldByRecipient {
  cellId: string;
  lotCode: string;
  units: number;
}

/**
 * The goods of each line; together never more than the recipient holds, which is what was delivered less what came back before. 404
 * `delivery-line.not-found`; 422 `return.more-than-delivered { lot, delivered, returned }`.
 */
export function matchReturn<T extends HeldByRecipient, L extends { cellId: string; units: number }>(
  held: readonly T[],
  lines: readonly L[],
): (L & { goods: T })[] {
  const byId = new Map(held.map((goods) => [goods.cellId, goods]));
  const sums = new Map<string, number>();
  return lines.map((line) => {
    const goods = byId.get(line.cellId);
    if (!goods) throw new Problem('delivery-line.not-found', { id: line.cellId });
    const returned = (sums.get(line.cellId) ?? 0) + line.units;
    sums.set(line.cellId, returned);
    if (returned > goods.units) {
      throw new Problem('return.more-than-delivered', { lot: goods.lotCode, delivered: goods.units, returned });
    }
    return { ...line, goods };
  });
}
