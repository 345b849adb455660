import type { Tx } from '../../database/index.js';
import { Problem } from '../../shared/problem.js';
import { dayStart } from '../days.rules.js';
import type { ItemDto } from '../relief-stock.dto.js';
import { firstShort } from '../ledger.rules.js';
import type { Posting } from '../ledger.service.js';
import { lockCells } from '../ledger.store.js';
import { unapprovedSince } from './adjustment.store.js';
import type { ItemChange } from './adjustment.rules.js';
import { bookOf } from './cell.store.js';

/** Units that a paper changes, by item, in and out together. */
export function unitsByItem(lines: readonly { itemId: string; units: number }[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { itemId, units } of lines) sums.set(itemId, (sums.get(itemId) ?? 0) + units);
  return sums;
}

/** What the threshold looks at, item by item, as the book of the warehouse is now. Under the lock of the items' levels. */
export async function changesOf(
  tx: Tx,
  paper: { warehouseId: string; units: ReadonlyMap<string, number>; items: ReadonlyMap<string, ItemDto>; now: Date },
): Promise<ItemChange[]> {
  const { warehouseId, units, items, now } = paper;
  const itemIds = [...units.keys()];
  const book = await bookOf(tx, warehouseId, itemIds);
  const earlier = await unapprovedSince(tx, { warehouseId, itemIds, since: dayStart(now) });
  return itemIds.map((itemId) => ({
    units: units.get(itemId)!, earlierUnits: earlier.get(itemId) ?? 0, bookUnits: book.get(itemId) ?? 0,
    priceFen: items.get(itemId)?.priceFen ?? null,
  })); // prettier-ignore
}

/**
 * Whether the goods of a paper could leave now, asked when it is handed in, so that nobody approves what cannot be posted. 422
 * `stock.insufficient`. Under the lock of the levels; posting asks again.
 */
export async function mustBeThere(
  tx: Tx,
  postings: readonly Posting[],
  names: { warehouse: string; items: ReadonlyMap<string, ItemDto> },
): Promise<void> {
  const accounts = new Map(postings.flatMap(({ from, to }) => [[from.id, from], [to.id, to]])); // prettier-ignore
  const held = new Map((await lockCells(tx, [...accounts.keys()])).map((cell) => [cell.id, cell]));
  const cells = [...accounts.values()].map((account) => held.get(account.id) ?? { ...account, onHand: 0, reserved: 0 });
  const movements = postings.map(({ from, to, units, reason }) => ({
    fromCellId: from.id,
    toCellId: to.id,
    units,
    reason,
  }));
  const short = firstShort(cells, movements);
  if (!short) return;
  const item = names.items.get(accounts.get(short.cellId)!.itemId)?.code ?? '';
  const { availableUnits: available, requestedUnits: requested } = short;
  throw new Problem('stock.insufficient', { warehouse: names.warehouse, item, available, requested });
}
