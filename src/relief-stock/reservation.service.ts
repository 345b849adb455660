import type { Tx } from '../database/index.js';
import type { RecordedActor } from '../journal/index.js';
import { newId } from '../shared/ids.js';
import { notFound, Problem } from '../shared/problem.js';
import { dayOf } from './days.rules.js';
import { inOrderOfUse, pickUnits, portionLines, shortage, takeInOrder } from './fefo.rules.js';
import { type Portion, releaseUnits, reserveUnits } from './ledger.rules.js';
import { levelId, tellLevels } from './ledger.service.js';
import { lockCells, lockLevels, saveCells, type WarehouseItem } from './ledger.store.js';
import { itemsByIds } from './item.store.js';
import type { Purpose } from './receiving/intent.rules.js';
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
  /** What they are for: goods given for something else are never promised. */
  purpose?: Purpose;
  /** When the promise lapses by itself; null for never. */
  untilAt: Date | null;
  now: Date;
  actor: RecordedActor;
}

/**
 * Promises units of lots to order lines, all lines or none, first expired first. Lines of one warehouse and item are decided together.
 * 422 `stock.insufficient { warehouse, item, available, requested }`, `stock.lot-expired`, `stock.lot-held` or `stock.against-intent` when only
 * such lots are left.
 */
export async function reserveSupplies(tx: Tx, request: ReserveSupplies): Promise<void> {
  const wanted = sumByLevel(request.lines);
  const levelIds = wanted.map((one) => one.levelId);
  const levels = new Map((await lockLevels(tx, levelIds)).map((level) => [level.id, level]));
  const cells = await store.lockFreeCells(tx, levelIds);
  const arrivalOn = dayOf(request.arrivalAt);
  const whatFor = request.purpose ? { purpose: request.purpose } : {};
  const rows: (Portion & { id: string; orderLineId: string })[] = [];
  for (const { levelId: id, lines, units } of wanted) {
    const own = cells.filter((cell) => cell.levelId === id);
    const use = { arrivalOn, minimumUseDays: levels.get(id)?.minimumUseDays ?? 0, ...whatFor };
    const picking = pickUnits(own, use, units);
    if (picking.availableUnits < units)
      throw shortage(picking, { ...(await codesOf(tx, lines[0]!)), requested: units });
    for (const { line, cellId, units: share } of portionLines(lines, picking.portions)) {
      rows.push({ id: newId(), orderLineId: line.orderLineId, cellId, units: share });
    }
  }
  const { actor, now, untilAt } = request;
  await store.saveReservations(tx, rows, { untilAt, cells: reserveUnits(cells, rows) }); // S2 S6
  await tellLevels(tx, levelIds, { actor, occurredAt: now, recordedAt: now });
}

interface Wanted {
  levelId: string;
  lines: SupplyLine[];
  units: number;
}

/** What is asked of each warehouse and item over all lines: deciding line by line would promise the same units twice. */
function sumByLevel(lines: readonly SupplyLine[]): Wanted[] {
  const wanted = new Map<string, Wanted>();
  for (const line of lines) {
    const id = levelId(line);
    const one = wanted.get(id) ?? { levelId: id, lines: [], units: 0 };
    one.lines.push(line);
    one.units += line.units;
    wanted.set(id, one);
  }
  return [...wanted.values()];
}

/** What people call the warehouse and the item. 404 for one that does not exist. */
async function codesOf(tx: Tx, { warehouseId, itemId }: SupplyLine): Promise<{ warehouse: string; item: string }> {
  const [warehouse] = await warehousesByIds(tx, [warehouseId]);
  if (!warehouse) throw notFound('warehouse', warehouseId);
  const [item] = await itemsByIds(tx, [itemId]);
  if (!item) throw notFound('item', itemId);
  return { warehouse: warehouse.code, item: item.code };
}

export interface HandOver {
  fromLineIds: string[];
  toLineId: string;
  units: number;
  untilAt: Date | null;
  now: Date;
  /** Which lots go: those to be used first, or those that can wait. */
  lots?: 'first' | 'last';
}

/**
 * Promised units pass from order lines to another one and stay reserved all the while: the old promises end as released (the rest of one
 * that is cut goes on as a new row), new ones are made in the same cells (S4 S6). No level changes, so none is locked or told. Answers the
 * new promises; they hold fewer units than asked for when fewer were still pending.
 */
export async function handOverReservations(tx: Tx, ask: HandOver): Promise<store.HeldAccount[]> {
  const { fromLineIds, toLineId, units, untilAt, now, lots = 'first' } = ask;
  const pending = inOrderOfUse((await store.lockReservations(tx, fromLineIds)).filter(isPending));
  const { taken, left } = takeInOrder(lots === 'first' ? pending : pending.reverse(), units);
  await store.endReservations(tx, taken.map(({ from }) => from.id), { state: 'released', at: now }); // prettier-ignore
  const made = taken.map(({ from, units: share }) => ({ ...from, id: newId(), orderLineId: toLineId, units: share, untilAt })); // prettier-ignore
  const rest = left.map(({ from, units: share }) => ({ ...from, id: newId(), units: share }));
  await store.insertReservations(tx, [...made, ...rest]);
  return made;
}

/**
 * Leaves only so many units promised to an order line, the lots to be used first; the rest stays reserved for `restLineId`, or goes back.
 * 422 `reservation.too-small` when fewer units are promised.
 */
export async function leaveUnits(
  tx: Tx,
  ask: { orderLineId: string; units: number; restLineId?: string | undefined; now: Date; actor: RecordedActor },
): Promise<void> {
  const { orderLineId, units, restLineId, now, actor } = ask;
  const pending = (await store.lockReservations(tx, [orderLineId])).filter(isPending);
  const reserved = pending.reduce((sum, one) => sum + one.units, 0);
  if (units > reserved) throw new Problem('reservation.too-small', { reserved, requested: units });
  if (units === reserved) return;
  const { untilAt } = pending[0]!;
  const rest = await handOverReservations(tx, {
    fromLineIds: [orderLineId], toLineId: restLineId ?? orderLineId, units: reserved - units, untilAt, now, lots: 'last',
  }); // prettier-ignore
  if (restLineId === undefined) await giveBack(tx, rest, { how: 'released', now, actor });
}

/** Approved goods do not lapse any more. 409 `reservation.closed` when a line has no promise left. */
export async function keepReservations(tx: Tx, orderLineIds: string[]): Promise<void> {
  const held = await store.lockReservations(tx, orderLineIds);
  refuseEnded(held, orderLineIds);
  await store.saveWithoutUntil(tx, held.filter(isPending).map((reservation) => reservation.id)); // prettier-ignore
}

/**
 * Gives promised units back. `released`: a person cancelled; 409 `reservation.closed` when a line has no promise left.
 * `expired`: their time has come; what was kept, posted or released meanwhile is left alone, so that a late or second ring is harmless.
 */
export async function releaseSupplies(
  tx: Tx,
  request: { orderLineIds: string[]; how: 'released' | 'expired'; now: Date; actor: RecordedActor },
): Promise<void> {
  const { orderLineIds, how, now } = request;
  const held = await store.lockReservations(tx, orderLineIds);
  if (how === 'released') refuseEnded(held, orderLineIds);
  const isDue = ({ untilAt }: store.Reservation) => how === 'released' || (untilAt !== null && untilAt <= now);
  await giveBack(tx, held.filter((one) => isPending(one) && isDue(one)), request); // prettier-ignore
}

/** Ends locked pending promises and frees their units. */
async function giveBack(
  tx: Tx,
  ending: store.HeldAccount[],
  { how, now, actor }: { how: 'released' | 'expired'; now: Date; actor: RecordedActor },
): Promise<void> {
  if (ending.length === 0) return;
  const levelIds = [...new Set(ending.map(({ account }) => account.levelId))];
  await lockLevels(tx, levelIds);
  const cells = await lockCells(tx, ending.map(({ account }) => account.id)); // prettier-ignore
  const portions = ending.map(({ account, units }) => ({ cellId: account.id, units }));
  // S4: resolved under the reservation's lock, so a late expiry cannot release twice.
  await store.endReservations(tx, ending.map(({ id }) => id), { state: how, at: now }); // prettier-ignore
  await saveCells(tx, releaseUnits(cells, portions)); // S2 S6
  await tellLevels(tx, levelIds, { actor, occurredAt: now, recordedAt: now });
}

export const isPending = ({ state }: Pick<store.Reservation, 'state'>): boolean => state === 'pending';

/** 409 `reservation.closed` unless every line has an open promise. Those that ended beside it were handed over or left behind. */
export function refuseEnded(held: readonly store.Reservation[], orderLineIds: readonly string[]): void {
  for (const orderLineId of orderLineIds) {
    const own = held.filter((reservation) => reservation.orderLineId === orderLineId);
    if (!own.some(isPending)) throw new Problem('reservation.closed', { orderLineId, state: own[0]?.state ?? null });
  }
}
