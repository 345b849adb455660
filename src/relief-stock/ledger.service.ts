import type { Tx } from '../database/index.js';
import { type RecordedActor, recordChanges } from '../journal/index.js';
import { idFrom, newId } from '../shared/ids.js';
import { ensure, notFound, Problem } from '../shared/problem.js';
import { boxesLeave } from './boxes/box-shelf.service.js';
import { dayOf } from './days.rules.js';
import {
  applyMovements,
  type Cell,
  firstPossibleAt,
  firstShort,
  holdsGoods,
  isSamePosting,
  type Leg,
  type Movement,
} from './ledger.rules.js';
import * as store from './ledger.store.js';
import type { Purpose } from './receiving/intent.rules.js';
import { refuseAgainstIntent } from './receiving/intent.service.js';
import type { MovementReason } from './relief-stock.dto.js';

/** Whose goods they are, in which condition, for which purpose: what an account says beside its place. */
export type Goods = Pick<store.Account, 'itemId' | 'lotId' | 'condition' | 'ownerSocietyId' | 'fund'>;
/** Where goods are. A place outside is named by its document, so that its id is the same however often it is told. */
export type Place = Pick<store.Account, 'kind' | 'warehouseId' | 'placeCode' | 'placeName'> & { placeId?: string };

export const levelId = (pair: store.WarehouseItem): string => idFrom('level', pair.warehouseId, pair.itemId);

/** The account of goods at a place, existing or not. */
export function accountAt({ placeId: known, ...place }: Place, goods: Goods): store.Account {
  const placeId = known ?? idFrom('place', place.kind, place.warehouseId, place.placeCode);
  const { itemId, lotId, condition, ownerSocietyId, fund } = goods;
  const id = idFrom('cell', lotId, placeId, condition, ownerSocietyId, fund ?? '');
  return {
    id,
    levelId: levelId({ warehouseId: place.warehouseId, itemId }),
    placeId,
    ...place,
    itemId,
    lotId,
    condition,
    ownerSocietyId,
    fund,
  };
}

export interface Posting {
  from: store.Account;
  to: store.Account;
  units: number;
  reason: MovementReason;
  /** The units were reserved in `from`, and that reservation ends with this posting. */
  reserved?: boolean;
  /** The movement that this one takes back. */
  reversesId?: string;
}

export interface Batch {
  /** What this is the effect of: the same cause has the same effect once (S5). */
  causeId: string;
  document: string;
  postings: Posting[];
  actor: RecordedActor;
  now: Date;
  occurredAt: Date;
  recordedAt?: Date;
  /** What goods that leave a bin for a user are for; promised ones were asked when they were promised. */
  purpose?: Purpose;
}

/**
 * The one writer of the ledger. Locks levels (they exist), then cells, by id; moves the units, all or none; tells each level that changed.
 * Answers false when the cause was posted before with the same content: nothing happens then (S5).
 * Refuses in this order: 409 `idempotency.mismatch` for other content under the cause; 422 `stock.insufficient` for units that are not
 * there or promised to others; 422 `stock.not-yet-there` when the batch is dated before the goods came, with the first moment possible.
 * 422 `stock.against-intent` for goods that leave a bin for a user and were given for something else.
 */
export async function postMovements(tx: Tx, batch: Batch): Promise<boolean> {
  const accounts = distinct(batch.postings.flatMap(({ from, to }) => [from, to]));
  const levelIds = [...new Set(accounts.map((account) => account.levelId))];
  const locked = await store.lockLevels(tx, levelIds);
  ensure(locked.length === levelIds.length, 'S3 every account belongs to a level');
  if (await wasPosted(tx, batch)) return false;
  const known = await store.lockCells(tx, accounts.map((account) => account.id)); // prettier-ignore
  const fresh = unused(accounts, known);
  const cells = [...known, ...fresh];
  const movements = movementsOf(batch);
  await refuseAgainstIntent(tx, batch);
  await refuseShort(tx, cells, movements);
  if (batch.occurredAt < batch.now) await refuseTooEarly(tx, batch, cells, movements);
  const changed = applyMovements(cells, movements); // S1 S2 S3
  await writeMovements(tx, batch, { movements, changed, fresh });
  await boxesLeave(tx, changed, batch); // B1
  const { actor, occurredAt, recordedAt = batch.now } = batch;
  await tellLevels(tx, levelIds, { actor, occurredAt, recordedAt });
  return true;
}

/** Accounts that have no cell yet, as empty cells: they are made with their first movement. */
function unused(accounts: store.Account[], known: Cell[]): store.NewCell[] {
  const ids = new Set(known.map((cell) => cell.id));
  return accounts.filter(({ id }) => !ids.has(id)).map((account) => ({ ...account, onHand: 0, reserved: 0 }));
}

async function refuseShort(tx: Tx, cells: Cell[], movements: Movement[]): Promise<void> {
  const short = firstShort(cells, movements);
  if (!short) return;
  const { availableUnits: available, requestedUnits: requested } = short;
  throw new Problem('stock.insufficient', { ...(await store.namesOfCell(tx, short.cellId)), available, requested });
}

/** A batch of the past must fit the past: no cell may have been below zero at any moment since. */
async function refuseTooEarly(tx: Tx, batch: Batch, cells: Cell[], movements: Movement[]): Promise<void> {
  const out = new Map<string, number>();
  for (const { fromCellId, units } of movements) out.set(fromCellId, (out.get(fromCellId) ?? 0) + units);
  const giving = cells.filter((cell) => holdsGoods(cell.kind) && out.has(cell.id));
  if (giving.length === 0) return;
  const legs = await store.legsAfter(tx, giving.map((cell) => cell.id), batch.occurredAt); // prettier-ignore
  const later = new Map(giving.map(({ id }) => [id, [] as Leg[]]));
  for (const leg of legs) later.get(leg.cellId)!.push(leg);
  for (const cell of giving) {
    const first = firstPossibleAt(cell.onHand, later.get(cell.id)!, out.get(cell.id)!);
    if (!first) continue;
    const { warehouse, item, lot } = await store.namesOfCell(tx, cell.id);
    throw new Problem('stock.not-yet-there', {
      warehouse,
      item,
      lot,
      firstAt: first.toISOString(),
      firstOn: dayOf(first),
    });
  }
}

/**
 * Takes back what a cause has done, all of its lines or those named: the same units the other way, each pointing at its original, which
 * stays as it is. Told twice it happens once. 409 `stock.reversed` when a line was taken back before; 404 `movement.not-found` when the
 * cause has done nothing; 422 `stock.insufficient` when the goods have moved on.
 */
export async function reverseMovements(
  tx: Tx,
  reversal: Omit<Batch, 'postings' | 'causeId'> & { causeId: string; reversedCauseId: string; lines?: number[] },
): Promise<boolean> {
  const { reversedCauseId, lines, ...batch } = reversal;
  const done = (await store.postingsOfCause(tx, reversedCauseId)).filter(({ line }) => !lines || lines.includes(line));
  if (done.length === 0) throw notFound('movement', reversedCauseId);
  await store.lockLevels(tx, [...new Set(done.flatMap(({ from, to }) => [from.levelId, to.levelId]))]);
  const postings = done.map(({ id, from, to, units }) => ({
    from: to, to: from, units, reason: 'reversal' as const, reversesId: id,
  })); // prettier-ignore
  if (await wasPosted(tx, { ...batch, postings })) return false;
  const again = (await store.postingsOfCause(tx, reversedCauseId)).find(
    ({ line, reversed }) => reversed && (!lines || lines.includes(line)),
  );
  if (again) throw new Problem('stock.reversed', { document: batch.document, line: again.line });
  return postMovements(tx, { ...batch, postings });
}

/** Whether the cause has had this effect already (S5). 409 `idempotency.mismatch` when it had another. */
export async function wasPosted(tx: Tx, batch: Batch): Promise<boolean> {
  const before = await store.movementsOfCause(tx, batch.causeId);
  if (before.length === 0) return false;
  if (!isSamePosting(before, movementsOf(batch))) throw new Problem('idempotency.mismatch', { key: batch.causeId });
  return true;
}

async function writeMovements(
  tx: Tx,
  batch: Batch,
  { movements, changed, fresh }: { movements: Movement[]; changed: Cell[]; fresh: store.NewCell[] },
): Promise<void> {
  const { causeId, document, actor, now, occurredAt, recordedAt = now } = batch;
  const rows = movements.map((movement, n) => {
    const { from, to, reversesId = null } = batch.postings[n]!;
    const { itemId, lotId, warehouseId } = from;
    return {
      ...movement,
      id: newId(),
      line: n + 1,
      itemId,
      lotId,
      warehouseId,
      toWarehouseId: to.warehouseId,
      reversesId,
    };
  });
  const cause = { causeId, document, actorId: actor.userId, occurredAt, recordedAt, receivedAt: now };
  const balances = new Map(changed.map((cell) => [cell.id, cell]));
  const made = fresh.map((cell) => ({ ...cell, ...balances.get(cell.id)! }));
  const isNew = new Set(made.map(({ id }) => id));
  const cells = changed.filter(({ id }) => !isNew.has(id));
  const written = await store.insertMovements(tx, rows, { cause, cells, made });
  if (written !== rows.length) throw new Problem('idempotency.mismatch', { key: causeId }); // S5
}

const movementsOf = (batch: Batch): Movement[] =>
  batch.postings.map(({ from, to, reversesId: _, ...what }) => ({ fromCellId: from.id, toCellId: to.id, ...what }));

/** Makes the levels of a warehouse and items that may never have met. Before any level is locked: they are made in id order. */
export async function openLevels(tx: Tx, pairs: store.WarehouseItem[]): Promise<void> {
  await store.makeLevels(tx, distinct(pairs.map((pair) => ({ ...pair, id: levelId(pair) }))));
}

/** Tells the consoles the new state of locked levels: one change each. */
export async function tellLevels(
  tx: Tx,
  levelIds: string[],
  by: { actor: RecordedActor; occurredAt: Date; recordedAt: Date },
): Promise<void> {
  const changes = (await store.nextLevels(tx, levelIds)).map(({ level, scope }) => ({
    kind: 'stock.level-changed', subject: 'stock-level', id: level.id, version: level.version, scope, data: level, ...by,
  })); // prettier-ignore
  await recordChanges(tx, changes);
}

function distinct<T extends { id: string }>(rows: readonly T[]): T[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}
