import type { Highs } from 'highs';
import type { SupplyInstance } from '../flow/supplies.types.js';
import { GoalModel, LpBuilder } from './lp.js';

/**
 * Shares of one item by linear programs: the largest smallest share of the equals of a level, then of those that a dual
 * shows not to be held back by it, and so on (Ogryczak). Shares are of any size, not of whole units.
 */
export function leximinShares(highs: Highs, n: SupplyInstance, item: number): Map<number, number> {
  const shares = new Map<number, number>();
  const needs = [...Array(n.incidents).keys()].filter((k) => n.need[k * n.items + item]! > 0);
  for (const level of new Set(needs.map((k) => n.level[k]!).toSorted((one, other) => one - other))) {
    let open = needs.filter((k) => n.level[k] === level);
    while (open.length > 0) {
      const { share, held } = smallestShare(highs, n, { item, open, shares });
      for (const k of share >= 1 - 1e-9 ? open : held) shares.set(k, share);
      open = open.filter((k) => !shares.has(k));
    }
  }
  return shares;
}

function smallestShare(
  highs: Highs,
  n: SupplyInstance,
  { item, open, shares }: { item: number; open: readonly number[]; shares: ReadonlyMap<number, number> },
): { share: number; held: number[] } {
  const builder = new LpBuilder();
  const rows = new Map([...shares.keys(), ...open].map((k) => [k, builder.row((shares.get(k) ?? 0) * n.need[k * n.items + item]!, Number.POSITIVE_INFINITY)])); // prettier-ignore
  for (let w = 0; w < n.warehouses; w++) {
    const shelf = builder.row(Number.NEGATIVE_INFINITY, n.stock[w * n.items + item]!);
    for (const [k, row] of rows) {
      const minutes = n.travelMin[w * n.incidents + k]!;
      if (minutes >= 0 && minutes <= n.reachMin[item]!) builder.column(Number.POSITIVE_INFINITY, [[shelf, 1], [row, 1]]); // prettier-ignore
    }
  }
  const share = builder.column(1, open.map((k) => [rows.get(k)!, -n.need[k * n.items + item]!])); // prettier-ignore
  const model = new GoalModel(highs, builder);
  const costs = new Float64Array(share + 1);
  costs[share] = -1;
  const value = -(model.minimize(costs, false) ?? 0);
  const duals = model.rowDuals();
  model.dispose();
  return {
    share: value,
    held: open.filter((k) => Math.abs(duals[rows.get(k)!]! * n.need[k * n.items + item]!) > 1e-6),
  };
}
