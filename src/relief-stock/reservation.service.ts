import type { Tx } from '../database/index.js';
import type { RecordedActor } from '../journal/index.js';
import { newId } from '../shared/ids.js';
import { notFound, Problem } from '../shared/problem.js';
import { dayOf } from './days.rules.js';
import { pickUnits, portionLines, shortage } from './fefo.rules.js';
import { type Portion, releaseUnits, reserveUnits } from './ledger.rules.js';
import { levelId, tellLevels } from './ledger.service.js';
import { lockCells, type LockedLevel, lockLevels, saveCells, type WarehouseItem } from './ledger.store.js';
import { itemsByIds } from './item.store.js';
import * as store from './reservation.store.js';
import { warehousesByIds } from './warehouse.store.js';

export interface SupplyLine extends WarehouseItem {
  orderLineId: string;
  units: number;
}
export interface ReserveSupplies {
  lines: SupplyLine[];
  /** When the goods are expected where they are needed: lots must still be usable then. */
  arrivalAt: Date;
  /** When the promise lapses by itself; null for never. */
  untilAt: Date | null;
  now: Date;
  actor: RecordedActor;
}

/**
 * Promises units of lots to order lines, all lines or none, first expired first. Lines of one warehouse and item are decided together.
 * 422 `stock.insufficient { warehouse, item, available, requested }`, `stock.lot-expired` or `stock.lot-held` when only such lots are left.
 */
export async function reserveSupplies(tx: Tx, request: ReserveSupplies): Promise<void> {
  const wanted = sumByPair(request.lines);
  const levels = new Map((await lockLevels(tx, wanted)).map((level) => [level.id, level]));
  const cells = await store.lockFreeCells(tx, wanted);
  const rows: (Portion & { id: string; orderLineId: string })[] = [];
  for (const { id, lines, units } of wanted) {
    const level = levels.get(id) ?? (await levelOfNothing(tx, lines[0]!));
    const own = cells.filter((cell) => levelId(cell) === id);
    const use = { arrivalOn: dayOf(request.arrivalAt), minimumUseDays: level.minimumUseDays };
    const picking = pickUnits(own, use, units);
    const refusal = shortage(picking, { warehouse: level.warehouseCode, item: level.itemCode, requested: units });
    if (refusal) throw refusal;
    for (const { line, cellId, units: share } of portionLines(lines, picking.portions)) {
      rows.push({ id: newId(), orderLineId: line.orderLineId, cellId, units: share });
    }
  }
  await store.insertReservations(tx, rows, request.untilAt);
  await saveCells(tx, reserveUnits(cells, rows)); // S2 S6
  const { actor, now } = request;
  await tellLevels(tx, wanted.map((pair) => pair.id), { actor, occurredAt: now, recordedAt: now }); // prettier-ignore
}

/** What is asked of each warehouse and item over all lines: deciding line by line would promise the same units twice. */
function sumByPair(
  lines: readonly SupplyLine[],
): (WarehouseItem & { id: string; lines: SupplyLine[]; units: number })[] {
  const pairs = new Map<string, WarehouseItem & { id: string; lines: SupplyLine[]; units: number }>();
  for (const line of lines) {
    const { warehouseId, itemId } = line;
    const id = levelId(line);
    const pair = pairs.get(id) ?? { id, warehouseId, itemId, lines: [], units: 0 };
    pair.lines.push(line);
    pair.units += line.units;
    pairs.set(id, pair);
  }
  return [...pairs.values()];
}

/** A warehouse that never had the item, such as one of mode agreement or virtual: nothing is available there. */
async function levelOfNothing(tx: Tx, line: SupplyLine): Promise<LockedLevel> {
  const { warehouseId, itemId } = line;
  const [warehouse] = await warehousesByIds(tx, [warehouseId]);
  if (!warehouse) throw notFound('warehouse', warehouseId);
  const [item] = await itemsByIds(tx, [itemId]);
  if (!item) throw notFound('item', itemId);
  const { minimumUseDays, code: itemCode } = item;
  return { id: levelId(line), warehouseId, itemId, warehouseCode: warehouse.code, itemCode, minimumUseDays };
}

/** Approved goods do not lapse any more. 409 `reservation.closed` if any promise of the lines has ended. */
export async function keepReservations(tx: Tx, orderLineIds: string[]): Promise<void> {
  const held = await store.lockReservations(tx, orderLineIds);
  refuseEnded(held, orderLineIds);
  await store.saveWithoutUntil(tx, held.map((reservation) => reservation.id)); // prettier-ignore
}

/**
 * Gives promised units back. `released`: a person cancelled; 409 `reservation.closed` if any promise of the lines has ended.
 * `expired`: their time has come; what was kept, posted or released meanwhile is left alone, so that a late or second ring is harmless.
 */
export async function releaseSupplies(
  tx: Tx,
  request: { orderLineIds: string[]; how: 'released' | 'expired'; now: Date; actor: RecordedActor },
): Promise<void> {
  const { orderLineIds, how, now, actor } = request;
  const held = await store.lockReservations(tx, orderLineIds);
  if (how === 'released') refuseEnded(held, orderLineIds);
  const isDue = ({ state, untilAt }: store.Reservation) => state === 'pending' && untilAt !== null && untilAt <= now;
  const ending = how === 'released' ? held : held.filter(isDue);
  if (ending.length === 0) return;
  const levels = await lockLevels(tx, ending.map(({ account }) => account)); // prettier-ignore
  const cells = await lockCells(tx, ending.map(({ account }) => account.id)); // prettier-ignore
  const portions = ending.map(({ account, units }) => ({ cellId: account.id, units }));
  // S4: resolved under the reservation's lock, so a late expiry cannot release twice.
  await store.endReservations(tx, ending.map(({ id }) => id), { state: how, at: now }); // prettier-ignore
  await saveCells(tx, releaseUnits(cells, portions)); // S2 S6
  await tellLevels(tx, levels.map((level) => level.id), { actor, occurredAt: now, recordedAt: now }); // prettier-ignore
}

/** 409 `reservation.closed` unless every line has promises and all of them are open. */
export function refuseEnded(held: readonly store.Reservation[], orderLineIds: readonly string[]): void {
  const ended = held.find((reservation) => reservation.state !== 'pending');
  if (ended) throw new Problem('reservation.closed', { orderLineId: ended.orderLineId, state: ended.state });
  for (const orderLineId of orderLineIds) {
    const known = held.some((reservation) => reservation.orderLineId === orderLineId);
    if (!known) throw new Problem('reservation.closed', { orderLineId, state: null });
  }
}
