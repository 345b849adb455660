import type { Tx } from '../database/index.js';
import type { RecordedActor } from '../journal/index.js';
import { newId } from '../shared/ids.js';
import { notFound, Problem } from '../shared/problem.js';
import { lotsByIds } from './changing/cell.store.js';
import { dayOf } from './days.rules.js';
import {
  againstIntent,
  type FreeCell,
  inOrderOfUse,
  pickUnits,
  portionLines,
  shortage,
  takeInOrder,
} from './fefo.rules.js';
import { type Portion, releaseUnits, reserveUnits } from './ledger.rules.js';
import { levelId, tellLevels } from './ledger.service.js';
import { lockCells, lockLevels, saveCells, type WarehouseItem } from './ledger.store.js';
import { itemsByIds } from './item.store.js';
import { fitOf, type Purpose } from './receiving/intent.rules.js';
import * as store from './reservation.store.js';
import { warehousesByIds } from './warehouse.store.js';

export interface SupplyLine extends WarehouseItem {
  orderLineId: string;
  units: number;
  /** Only goods of this fund. */
  fund?: string | null;
  /** Only goods of this lot. */
  lotId?: string | null;
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
 * 422 `stock.insufficient { warehouse, item, available, requested }`, `stock.lot-short` where one lot was named; `stock.lot-expired`,
 * `stock.lot-held` or `stock.against-intent` when only such lots are left.
 */
export async function reserveSupplies(tx: Tx, request: ReserveSupplies): Promise<void> {
  const wanted = sumByLevel(request.lines);
  const levelIds = [...new Set(wanted.map((one) => one.levelId))];
  const levels = new Map((await lockLevels(tx, levelIds)).map((level) => [level.id, level]));
  // A level that was not there to be locked has nothing: goods that come in meanwhile wait for the next request.
  const cells = await store.lockFreeCells(tx, [...levels.keys()]);
  const arrivalOn = dayOf(request.arrivalAt);
  const rows: (Portion & { id: string; orderLineId: string })[] = [];
  for (const { levelId: id, fund, lotId, lines, units } of wanted) {
    const isOwn = (cell: FreeCell & { fund: string | null }) =>
      (fund === null || cell.fund === fund) && (lotId === null || cell.lotId === lotId);
    const own = cells.filter((cell) => cell.levelId === id && isOwn(cell));
    const minimumUseDays = levels.get(id)?.minimumUseDays ?? 0;
    const use = { arrivalOn, minimumUseDays, ...purposeFor(request.purpose, fund) };
    const picking = pickUnits(own, use, units);
    if (picking.availableUnits < units) {
      const short = shortage(picking, { ...(await codesOf(tx, lines[0]!)), requested: units });
      throw lotId === null ? short : await shortOf(tx, lotId, short);
    }
    for (const { line, cellId, units: share } of portionLines(lines, picking.portions)) {
      rows.push({ id: newId(), orderLineId: line.orderLineId, cellId, units: share });
    }
    for (const { cellId, units: taken } of picking.portions) own.find((cell) => cell.cellId === cellId)!.freeUnits -= taken; // prettier-ignore
  }
  const { actor, now, untilAt } = request;
  await store.saveReservations(tx, rows, { untilAt, cells: reserveUnits(cells, rows) }); // S2 S6
  await tellLevels(tx, levelIds, { actor, occurredAt: now, recordedAt: now });
}

/** Where one lot was named, other lots of the item may lie there in plenty: the refusal then speaks of that lot. */
async function shortOf(tx: Tx, lotId: string, short: Problem): Promise<Problem> {
  if (short.code !== 'stock.insufficient') return short;
  const [lot] = await lotsByIds(tx, [lotId], null);
  return new Problem('stock.lot-short', { ...short.params, lot: lot?.code ?? null });
}

/** Goods that only change their place keep their limits of use where their fund was named; who asked for none gets none of them. */
function purposeFor(purpose: Purpose | undefined, fund: string | null): { purpose?: Purpose } {
  if (!purpose) return {};
  const { moves = false, ...whatFor } = purpose;
  return { purpose: moves && fund !== null ? { ...whatFor, moves } : whatFor };
}

interface Wanted {
  levelId: string;
  fund: string | null;
  lotId: string | null;
  lines: SupplyLine[];
  units: number;
}

/**
 * What is asked of each warehouse, item, fund and lot over all lines: deciding line by line would promise the same units twice. Who names a
 * lot comes first, then who names a fund.
 */
function sumByLevel(lines: readonly SupplyLine[]): Wanted[] {
  const wanted = new Map<string, Wanted>();
  for (const line of lines) {
    const [id, fund, lotId] = [levelId(line), line.fund ?? null, line.lotId ?? null];
    const key = `${id} ${lotId ?? ''} ${fund ?? ''}`;
    const one = wanted.get(key) ?? { levelId: id, fund, lotId, lines: [], units: 0 };
    one.lines.push(line);
    one.units += line.units;
    wanted.set(key, one);
  }
  const choosy = ({ fund, lotId }: Wanted): number => 2 * Number(lotId !== null) + Number(fund !== null);
  return [...wanted.values()].sort((a, b) => choosy(b) - choosy(a));
}

/** What people call the warehouse and the item. 404 for one that does not exist. */
export async function codesOf(
  tx: Tx,
  { warehouseId, itemId }: WarehouseItem,
): Promise<{ warehouse: string; item: string }> {
  const [warehouse] = await warehousesByIds(tx, [warehouseId]);
  if (!warehouse) throw notFound('warehouse', warehouseId);
  const [item] = await itemsByIds(tx, [itemId]);
  if (!item) throw notFound('item', itemId);
  return { warehouse: warehouse.code, item: item.code };
}

/** Promised units that pass from order lines to another one. */
export interface Passing {
  fromLineIds: string[];
  toLineId: string;
  units: number;
}
interface Passed {
  untilAt: Date | null;
  now: Date;
  /** Which lots go: those to be used first, or those that can wait. */
  lots?: 'first' | 'last';
  /** What the goods are for from now on, and when they are expected there: lots that were given for something else stay behind. */
  use?: { purpose: Purpose; arrivalAt: Date };
}
export type HandOver = Passing & Passed;

/**
 * Promised units pass from order lines to another one and stay reserved all the while: the old promises end as released (the rest of one
 * that is cut goes on as a new row), new ones are made in the same cells (S4 S6). No level changes, so none is locked or told. Answers the
 * new promises; they hold fewer units than asked for when fewer were still pending. 422 `stock.against-intent` when enough are pending but not
 * enough of them may be used for `use`.
 */
export async function handOverReservations(tx: Tx, ask: HandOver): Promise<store.HeldAccount[]> {
  const { fromLineIds, toLineId, units, ...how } = ask;
  return passReservations(tx, [{ fromLineIds, toLineId, units }], how);
}

/** Several hand-overs at once, in the same number of statements; those that take from the same line take in turn. */
export async function passReservations(
  tx: Tx,
  passings: readonly Passing[],
  { untilAt, now, lots = 'first', use }: Passed,
): Promise<store.HeldAccount[]> {
  const fromLineIds = [...new Set(passings.flatMap((one) => one.fromLineIds))];
  const held = inOrderOfUse((await store.lockReservations(tx, fromLineIds)).filter(isPending));
  const left = new Map((lots === 'last' ? held.reverse() : held).map((from) => [from, from.units]));
  const made: store.HeldAccount[] = [];
  for (const { fromLineIds: lines, toLineId, units } of passings) {
    const own = [...left].flatMap(([from, rest]) => rest > 0 && lines.includes(from.orderLineId) ? [{ ...from, units: rest, from }] : []); // prettier-ignore
    for (const { from: one, units: share } of takeInOrder(use ? await fitting(tx, own, { units, ...use }) : own, units).taken) {
      left.set(one.from, one.units - share);
      const same = made.find(({ orderLineId, account }) => orderLineId === toLineId && account.id === one.from.account.id);
      if (same) same.units += share;
      else made.push({ ...one.from, id: newId(), orderLineId: toLineId, units: share, untilAt });
    } // prettier-ignore
  }
  const cut = [...left].filter(([from, rest]) => rest < from.units);
  await store.endReservations(tx, cut.map(([from]) => from.id), { state: 'released', at: now }); // prettier-ignore
  const rest = cut.flatMap(([from, units]) => (units > 0 ? [{ ...from, id: newId(), units }] : []));
  await store.insertReservations(tx, [...made, ...rest]);
  return made;
}

/** Promises whose goods may be used for a purpose. 422 `stock.against-intent` when others would be needed. */
async function fitting<T extends store.HeldAccount>(
  tx: Tx,
  pending: readonly T[],
  { units, purpose, arrivalAt }: { units: number; purpose: Purpose; arrivalAt: Date },
): Promise<T[]> {
  const on = dayOf(arrivalAt);
  const fit = pending.filter(({ intent }) => fitOf(intent, purpose, on) !== 'against');
  const available = sumOf(fit);
  const against = pending.find((one) => !fit.includes(one));
  if (available >= units || !against || sumOf(pending) < units) return fit;
  throw againstIntent(against, { ...(await codesOf(tx, against.account)), available, requested: units });
}

const sumOf = (rows: readonly { units: number }[]): number => rows.reduce((sum, { units }) => sum + units, 0);

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
  const reserved = sumOf(pending);
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
