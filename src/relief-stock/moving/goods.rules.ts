import { Problem } from '../../shared/problem.js';
import type { ItemDto } from '../relief-stock.dto.js';

/** What lines of goods come to. `unpricedLines`: lines of items whose price nobody knows; they are not in the value. */
export interface GoodsSums {
  lines: number;
  units: number;
  weightG: number;
  volumeCm3: number;
  valueFen: number;
  unpricedLines: number;
}

/** 404 `item.not-found` for an item that is not in the catalogue. */
export function sumGoods(
  goods: readonly { itemId: string; units: number }[],
  items: ReadonlyMap<string, ItemDto>,
): GoodsSums {
  const sums = { lines: goods.length, units: 0, weightG: 0, volumeCm3: 0, valueFen: 0, unpricedLines: 0 };
  for (const { itemId, units } of goods) {
    const item = items.get(itemId);
    if (!item) throw new Problem('item.not-found', { id: itemId });
    sums.units += units;
    sums.weightG += units * item.weightG;
    sums.volumeCm3 += units * item.volumeCm3;
    if (item.priceFen === null) sums.unpricedLines += 1;
    else sums.valueFen += units * item.priceFen;
  }
  return sums;
}
