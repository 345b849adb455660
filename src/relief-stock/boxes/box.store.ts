import type { Tx } from '../../database/index.js';
import type { BoxContentDto, BoxDto, BoxStatus } from './box.dto.js';
import type { LooseCell, ShelfContent } from './box.rules.js';

export interface BoxRow extends Omit<BoxDto, 'packedAt' | 'endedAt' | 'contents' | 'boxIds'> {
  packedAt: Date;
  endedAt: Date | null;
  societyPath: string;
  scope: string[];
}
const BOX = `b.id, b.sscc, b.kind, b.status, b.warehouse_id as "warehouseId", w.name as "warehouseName", b.bin_id as "binId", p.code as "binCode",
  b.parent_id as "parentId", b.note, b.packed_by as "packedBy", b.packed_at as "packedAt", b.left_with as "leftWith", b.ended_by as "endedBy",
  b.ended_at as "endedAt", b.version, w.scope, o.path as "societyPath"`;
const FROM = `from stock_box b join warehouse w on w.id = b.warehouse_id join society o on o.id = w.society_id join stock_place p on p.id = b.bin_id`;
/** The box stands where one of the keys may see, or went off under a transfer that they may see: whoever unpacks it reads what it holds. */
const SEEN = `(w.scope && $1 or exists (select 1 from stock_transfer t where t.number = b.left_with and t.scope && $1))`;

export async function boxSeen(tx: Tx, keys: string[], by: { id?: string; sscc?: string }): Promise<BoxRow | undefined> {
  const sql = `select ${BOX} ${FROM} where ${SEEN} and ($2::uuid is null or b.id = $2) and ($3::text is null or b.sscc = $3)`;
  return (await tx.query<BoxRow>(sql, [keys, by.id ?? null, by.sscc ?? null]))[0];
}

/**
 * Boxes and, of pallets, what stands on them, locked in id order, then read: a join under the lock would lose a box whose bin changed while
 * it was waited for.
 */
export async function lockBoxes(tx: Tx, ids: string[]): Promise<BoxRow[]> {
  await tx.query(`select 1 from stock_box where id = any($1) or parent_id = any($1) order by id for update`, [ids]);
  return tx.query<BoxRow>(`select ${BOX} ${FROM} where b.id = any($1) or b.parent_id = any($1) order by b.id`, [ids]);
}

export async function boxesAfter(
  tx: Tx,
  filter: { warehouseId: string; binId: string | undefined; status: BoxStatus },
  page: { after: string | null; limit: number },
): Promise<BoxRow[]> {
  return tx.query<BoxRow>(
    `select ${BOX} ${FROM} where b.warehouse_id = $1 and b.status = $2 and ($3::uuid is null or b.bin_id = $3) and ($4::text is null or b.sscc > $4)
     order by b.sscc limit $5`,
    [filter.warehouseId, filter.status, filter.binId ?? null, page.after, page.limit],
  );
}

/** What boxes hold or held, and what the boxes on them do. */
export async function contentsOf(tx: Tx, ids: string[]): Promise<(BoxContentDto & { parentId: string | null })[]> {
  return tx.query(
    `select b.id as "boxId", b.parent_id as "parentId", x.cell_id as "contentId", i.id as "itemId", i.code as "itemCode", i.name as "itemName", i.unit,
       lot.id as "lotId", lot.code as "lotCode", lot.expires_on as "expiresOn", lot.source, c.condition, c.owner_society_id as "ownerSocietyId",
       c.fund, x.units
     from stock_box b join stock_box_content x on x.box_id = b.id join stock_cell c on c.id = x.cell_id join lot on lot.id = c.lot_id
     join item i on i.id = c.item_id
     where b.id = any($1) or b.parent_id = any($1) order by (b.parent_id is not null), b.sscc, i.code, lot.code, x.cell_id`,
    [ids],
  );
}

export async function boxesOn(tx: Tx, palletIds: string[]): Promise<{ id: string; parentId: string }[]> {
  return tx.query(`select id, parent_id as "parentId" from stock_box where parent_id = any($1) order by sscc`, [palletIds]); // prettier-ignore
}

/** False when the id or the number is in use. */
export async function insertBox(tx: Tx, row: Pick<BoxRow, 'id' | 'sscc' | 'kind' | 'warehouseId' | 'binId' | 'note' | 'packedBy' | 'packedAt'>): Promise<boolean> {
  const rows = await tx.query(
    `insert into stock_box (id, sscc, kind, status, warehouse_id, bin_id, note, packed_by, packed_at) values ($1, $2, $3, 'packed', $4, $5, $6, $7, $8)
     on conflict do nothing returning 1`,
    [row.id, row.sscc, row.kind, row.warehouseId, row.binId, row.note, row.packedBy, row.packedAt],
  );
  return rows.length > 0;
} // prettier-ignore

export type BoxChange = Pick<BoxRow, 'status' | 'warehouseId' | 'binId' | 'leftWith' | 'endedBy' | 'endedAt'>;
/** The next version of locked boxes. */
export async function saveBoxes(tx: Tx, ids: string[], change: BoxChange): Promise<void> {
  await tx.query(
    `update stock_box set status = $2, warehouse_id = $3, bin_id = $4, left_with = $5, ended_by = $6, ended_at = $7, version = version + 1
     where id = any($1)`,
    [ids, change.status, change.warehouseId, change.binId, change.leftWith, change.endedBy, change.endedAt],
  );
}

export async function putOnPallet(tx: Tx, ids: string[], palletId: string | null): Promise<void> {
  await tx.query(`update stock_box set parent_id = $2, version = version + 1 where id = any($1)`, [ids, palletId]);
}

/** What boxes hold, said anew. */
export async function writeContents(
  tx: Tx,
  boxIds: string[],
  contents: { boxId: string; contentId: string; units: number }[],
): Promise<void> {
  await tx.query(`delete from stock_box_content where box_id = any($1)`, [boxIds]);
  await tx.query(
    `insert into stock_box_content (box_id, cell_id, units, on_shelf)
     select "boxId", "contentId", sum("units"), true from jsonb_to_recordset($1::jsonb) as x ("boxId" uuid, "contentId" uuid, "units" bigint)
     group by 1, 2`,
    [JSON.stringify(contents)],
  );
}

export async function takeOffShelf(tx: Tx, boxIds: string[]): Promise<void> {
  await tx.query(`update stock_box_content set on_shelf = false where box_id = any($1)`, [boxIds]);
}

/** Cells in a bin with what lies in no box. The levels that cover them are locked before. */
export async function looseCells(tx: Tx, bin: { warehouseId: string; binId: string }): Promise<(LooseCell & { levelId: string })[]> {
  return tx.query(
    `select c.id, c.level_id as "levelId", c.lot_id as "lotId", i.code as "itemCode", c.condition, c.owner_society_id as "ownerSocietyId", c.fund,
       (c.on_hand - coalesce((select sum(x.units) from stock_box_content x where x.cell_id = c.id and x.on_shelf), 0))::bigint as "looseUnits"
     from stock_cell c join item i on i.id = c.item_id where c.place_id = $2 and c.warehouse_id = $1 and c.kind = 'bin' and c.on_hand > 0 order by c.id`,
    [bin.warehouseId, bin.binId],
  );
} // prettier-ignore

/** Boxes on the shelf with units of these cells, the first packed first. */
export async function shelfContents(tx: Tx, cellIds: string[]): Promise<ShelfContent[]> {
  return tx.query<ShelfContent>(
    `select x.box_id as "boxId", x.cell_id as "cellId", x.units from stock_box_content x join stock_box b on b.id = x.box_id
     where x.on_shelf and x.cell_id = any($1) order by b.packed_at, b.id`,
    [cellIds],
  );
}
