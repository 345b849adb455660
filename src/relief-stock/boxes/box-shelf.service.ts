import type { Tx } from '../../database/index.js';
import { type RecordedActor, recordChanges } from '../../journal/index.js';
import type { Cell } from '../ledger.rules.js';
import type { BoxContentDto, BoxDto, BoxStatus } from './box.dto.js';
import { boxesGone } from './box.rules.js';
import * as store from './box.store.js';

/**
 * B1: after cells lost units, under their locks: boxes that can no longer be whole have left with the paper that moved the units, off any
 * pallet. Costs nothing where no cell holds boxes.
 */
export async function boxesLeave(
  tx: Tx,
  cells: readonly Cell[],
  cause: { document: string; actor: RecordedActor; now: Date },
): Promise<void> {
  const short = cells.filter(({ boxedUnits = 0, onHand }) => boxedUnits > 0 && boxedUnits > onHand);
  if (short.length === 0) return;
  const contents = await store.shelfContents(tx, short.map(({ id }) => id)); // prettier-ignore
  const gone = boxesGone(short.map(({ id: cellId, onHand }) => ({ cellId, onHand })), contents); // prettier-ignore
  const rows = await store.lockBoxes(tx, gone);
  const apart = rows.filter(({ parentId }) => parentId !== null).map(({ id }) => id);
  await store.putOnPallet(tx, apart, null);
  const leaving = rows.filter(({ id }) => gone.includes(id));
  await letGo(tx, leaving, { status: 'left', leftWith: cause.document, by: cause.actor.name, at: cause.now });
  await tellBoxes(tx, gone, { kind: 'box.left', actor: cause.actor, now: cause.now });
}

/** Boxes are off the shelf; what they held is kept. */
export async function letGo(
  tx: Tx,
  rows: store.BoxRow[],
  { status, leftWith, by, at }: { status: BoxStatus; leftWith: string | null; by: string; at: Date },
): Promise<void> {
  for (const row of rows) await store.saveBoxes(tx, [row.id], { ...row, status, leftWith, endedBy: by, endedAt: at });
  await store.takeOffShelf(tx, rows.map(({ id }) => id)); // prettier-ignore
}

export async function boxDtos(tx: Tx, rows: store.BoxRow[]): Promise<BoxDto[]> {
  const ids = rows.map(({ id }) => id);
  const contents = await store.contentsOf(tx, ids);
  const children = await store.boxesOn(tx, ids);
  return rows.map(({ scope: _scope, societyPath: _path, ...row }) => ({
    ...row, packedAt: row.packedAt.toISOString(), endedAt: row.endedAt?.toISOString() ?? null,
    boxIds: children.filter(({ parentId }) => parentId === row.id).map(({ id }) => id),
    contents: contents.filter((one) => one.boxId === row.id || one.parentId === row.id).map(({ parentId: _, ...one }): BoxContentDto => one),
  })); // prettier-ignore
}

/** Tells the boxes as they are now to who may see their warehouse, and answers them. */
export async function tellBoxes(
  tx: Tx,
  ids: string[],
  { kind, actor, now }: { kind: string; actor: RecordedActor; now: Date },
): Promise<BoxDto[]> {
  const rows = (await store.lockBoxes(tx, ids)).filter(({ id }) => ids.includes(id));
  const dtos = await boxDtos(tx, rows);
  const changes = dtos.map((data, n) => ({
    kind, subject: 'stock-box', id: data.id, version: data.version, scope: rows[n]!.scope, data, actor, occurredAt: now, recordedAt: now,
  })); // prettier-ignore
  await recordChanges(tx, changes);
  return dtos;
}
