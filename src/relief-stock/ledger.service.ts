import type { Tx } from '../database/index.js';
import { type RecordedActor, recordChange } from '../journal/index.js';
import { idFrom, newId } from '../shared/ids.js';
import { ensure, Problem } from '../shared/problem.js';
import { applyMovements, isSamePosting, type Movement } from './ledger.rules.js';
import * as store from './ledger.store.js';
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
}

/**
 * The one writer of the ledger. Locks levels (they exist), then cells, by id; moves the units, all or none; tells each level that changed.
 * Answers false when the cause was posted before with the same content: nothing happens then (S5). 409 `idempotency.mismatch` for
 * other content.
 */
export async function postMovements(tx: Tx, batch: Batch): Promise<boolean> {
  const accounts = distinct(batch.postings.flatMap(({ from, to }) => [from, to]));
  const levelIds = [...new Set(accounts.map((account) => account.levelId))];
  const locked = await store.lockLevels(tx, levelIds);
  ensure(locked.length === levelIds.length, 'S3 every account belongs to a level');
  if (await wasPosted(tx, batch)) return false;
  await store.makeAccounts(tx, accounts);
  const cells = await store.lockCells(tx, accounts.map((account) => account.id)); // prettier-ignore
  ensure(cells.length === accounts.length, 'S3 every account of a posting has its cell');
  const movements = movementsOf(batch);
  const changed = applyMovements(cells, movements); // S1 S2 S3
  await writeMovements(tx, batch, movements);
  await store.saveCells(tx, changed);
  const { actor, occurredAt, recordedAt = batch.now } = batch;
  await tellLevels(tx, levelIds, { actor, occurredAt, recordedAt });
  return true;
}

/** Whether the cause has had this effect already (S5). 409 `idempotency.mismatch` when it had another. */
export async function wasPosted(tx: Tx, batch: Batch): Promise<boolean> {
  const before = await store.movementsOfCause(tx, batch.causeId);
  if (before.length === 0) return false;
  if (!isSamePosting(before, movementsOf(batch))) throw new Problem('idempotency.mismatch', { key: batch.causeId });
  return true;
}

async function writeMovements(tx: Tx, batch: Batch, movements: Movement[]): Promise<void> {
  const { causeId, document, actor, now, occurredAt, recordedAt = now } = batch;
  const rows = movements.map((movement, n) => {
    const { itemId, lotId, warehouseId } = batch.postings[n]!.from;
    return { ...movement, id: newId(), line: n + 1, itemId, lotId, warehouseId };
  });
  const cause = { causeId, document, actorId: actor.userId, occurredAt, recordedAt, receivedAt: now };
  const written = await store.insertMovements(tx, rows, cause);
  if (written !== rows.length) throw new Problem('idempotency.mismatch', { key: causeId }); // S5
}

const movementsOf = (batch: Batch): Movement[] =>
  batch.postings.map(({ from, to, ...what }) => ({ fromCellId: from.id, toCellId: to.id, ...what }));

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
  for (const { level, scope } of await store.nextLevels(tx, levelIds)) {
    await recordChange(tx, {
      kind: 'stock.level-changed', subject: 'stock-level', id: level.id, version: level.version, scope, data: level, ...by,
    }); // prettier-ignore
  }
}

function distinct<T extends { id: string }>(rows: readonly T[]): T[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}
