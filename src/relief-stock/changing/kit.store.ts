import type { Tx } from '../../database/index.js';
import type { FreeCell } from '../fefo.rules.js';
import type { LotDto } from '../relief-stock.dto.js';
import type { ConversionDto, ConversionsQuery, KitDto } from './kit.dto.js';
import { reversalMarkOf } from './reversal.store.js';
import { inTurn } from '../../shared/in-turn.js';

export async function kitsOf(tx: Tx, itemIds: string[] | null): Promise<KitDto[]> {
  return tx.query<KitDto>(
    `select k.item_id as "itemId", k.version,
       (select jsonb_agg(jsonb_build_object('itemId', p.part_item_id, 'units', p.units) order by i.code)
        from kit_part p join item i on i.id = p.part_item_id where p.kit_item_id = k.item_id) as parts
     from kit k join item i on i.id = k.item_id where ($1::uuid[] is null or k.item_id = any($1)) order by i.code`,
    [itemIds],
  );
}

/** The version of a kit's definition, locked; undefined for an item that is no kit. */
export async function lockKit(tx: Tx, itemId: string): Promise<number | undefined> {
  const [row] = await tx.query<{ version: number }>(`select version from kit where item_id = $1 for update`, [itemId]);
  return row?.version;
}

/** Writes a definition in place of the one before; false when somebody else just made the first. */
export async function saveKit(tx: Tx, kit: KitDto): Promise<boolean> {
  const rows = await tx.query(
    kit.version === 1
      ? `insert into kit (item_id, version) values ($1, $2) on conflict do nothing returning 1`
      : `update kit set version = $2 where item_id = $1 returning 1`,
    [kit.itemId, kit.version],
  );
  await tx.query(`delete from kit_part where kit_item_id = $1`, [kit.itemId]);
  await tx.query(
    `insert into kit_part (kit_item_id, part_item_id, units)
     select $1, "itemId", "units" from jsonb_to_recordset($2::jsonb) as p ("itemId" uuid, "units" integer)`,
    [kit.itemId, JSON.stringify(kit.parts)],
  );
  return rows.length > 0;
}

/** Items that are kits, and items that are in one. */
export async function kitRoles(tx: Tx, itemIds: string[]): Promise<{ kits: string[]; parts: string[] }> {
  const [row] = await tx.query<{ kits: string[] | null; parts: string[] | null }>(
    `select (select array_agg(item_id::text) from kit where item_id = any($1)) as kits,
       (select array_agg(distinct part_item_id::text) from kit_part where part_item_id = any($1)) as parts`,
    [itemIds],
  );
  return { kits: row!.kits ?? [], parts: row!.parts ?? [] };
}

/** A cell in a bin with all that its goods carry. */
export interface GoodsCell extends FreeCell {
  itemId: string;
  levelId: string;
  warehouseId: string;
  binId: string;
  binCode: string;
  ownerSocietyId: string;
  fund: string | null;
  source: LotDto['source'];
}
const GOODS = `c.id as "cellId", c.level_id as "levelId", c.item_id as "itemId", c.lot_id as "lotId", c.warehouse_id as "warehouseId",
  c.on_hand - c.reserved as "freeUnits", c.condition, c.place_id as "binId", p.code as "binCode", c.owner_society_id as "ownerSocietyId", c.fund,
  lot.code as "lotCode", lot.state as "lotState", lot.expires_on as "expiresOn", lot.received_on as "receivedOn", lot.source`;
const GOODS_FROM = `from stock_cell c join lot on lot.id = c.lot_id join stock_place p on p.id = c.place_id`;

/** Cells in bins of locked levels with units nobody has been promised; locked in id order. */
export async function lockGoods(tx: Tx, levelIds: string[]): Promise<GoodsCell[]> {
  return tx.query<GoodsCell>(
    `select ${GOODS} ${GOODS_FROM} where c.kind = 'bin' and c.level_id = any($1) and c.on_hand > c.reserved order by c.id for update of c`,
    [levelIds],
  );
}

export async function findGoods(tx: Tx, cellId: string): Promise<GoodsCell | undefined> {
  return (await tx.query<GoodsCell>(`select ${GOODS} ${GOODS_FROM} where c.kind = 'bin' and c.id = $1`, [cellId]))[0];
}

/** What one kit of a lot holds. */
export interface LotPart {
  kitLotId: string;
  partLotId: string;
  partLotCode: string;
  partItemId: string;
  ownerSocietyId: string;
  fund: string | null;
  units: number;
  assemblyId: string;
}
export async function partsOfLot(tx: Tx, kitLotId: string): Promise<LotPart[]> {
  return tx.query<LotPart>(
    `select g.kit_lot_id as "kitLotId", g.part_lot_id as "partLotId", lot.code as "partLotCode", lot.item_id as "partItemId",
       g.owner_society_id as "ownerSocietyId", g.fund, g.units, g.assembly_id as "assemblyId"
     from lot_part g join lot on lot.id = g.part_lot_id where g.kit_lot_id = $1 order by lot.item_id, lot.id, g.fund`,
    [kitLotId],
  );
}

export async function insertLotParts(tx: Tx, rows: Omit<LotPart, 'partLotCode' | 'partItemId'>[]): Promise<void> {
  await tx.query(
    `insert into lot_part (kit_lot_id, part_lot_id, owner_society_id, fund, units, assembly_id)
     select "kitLotId", "partLotId", "ownerSocietyId", "fund", "units", "assemblyId" from jsonb_to_recordset($1::jsonb) as g
       ("kitLotId" uuid, "partLotId" uuid, "ownerSocietyId" uuid, "fund" text, "units" integer, "assemblyId" uuid)`,
    [JSON.stringify(rows)],
  );
}

export interface ConversionRow extends Omit<ConversionDto, 'occurredAt' | 'recordedAt' | 'receivedAt' | 'reversal'> {
  occurredAt: Date;
  recordedAt: Date;
  receivedAt: Date;
}
type ScopedRow = ConversionRow & { scope: string[] };
const ROW = `v.id, v.number, v.kind, v.warehouse_id as "warehouseId", v.kit_item_id as "kitItemId", v.kits, v.status, v.note, v.lots, v.parts,
  v.posted_by as "postedBy", v.occurred_at as "occurredAt", v.recorded_at as "recordedAt", v.received_at as "receivedAt", v.version, w.scope`;
const FROM = `from stock_conversion v join warehouse w on w.id = v.warehouse_id`;

export async function insertConversion(tx: Tx, row: ConversionRow): Promise<void> {
  await tx.query(
    `insert into stock_conversion (id, number, kind, warehouse_id, kit_item_id, kits, note, lots, parts, posted_by, occurred_at, recorded_at,
       received_at, version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      row.id, row.number, row.kind, row.warehouseId, row.kitItemId, row.kits, row.note, JSON.stringify(row.lots), JSON.stringify(row.parts),
      row.postedBy, row.occurredAt, row.recordedAt, row.receivedAt, row.version,
    ], // prettier-ignore
  );
}

export async function conversionDtoOf(tx: Tx, row: ConversionRow): Promise<ConversionDto> {
  const { scope: _scope, ...rest } = row as ScopedRow;
  return {
    ...rest, reversal: await reversalMarkOf(tx, row.id), occurredAt: row.occurredAt.toISOString(), recordedAt: row.recordedAt.toISOString(),
    receivedAt: row.receivedAt.toISOString(),
  }; // prettier-ignore
}

export async function findConversion(tx: Tx, id: string): Promise<ScopedRow | undefined> {
  return (await tx.query<ScopedRow>(`select ${ROW} ${FROM} where v.id = $1`, [id]))[0];
}

/** Marks a posted conversion as taken back. */
export async function saveReversedConversion(tx: Tx, id: string): Promise<ScopedRow> {
  await tx.query(`update stock_conversion set status = 'reversed', version = version + 1 where id = $1`, [id]);
  return (await findConversion(tx, id))!;
}

/** A page of conversions, newest first, of the warehouses that one of the keys may see. */
export async function conversionsBefore(
  tx: Tx,
  filter: ConversionsQuery,
  page: { keys: string[]; before: [string, string] | null; limit: number },
): Promise<ConversionDto[]> {
  const rows = await tx.query<ScopedRow>(
    `select ${ROW} ${FROM} where w.scope && $1 and ($2::uuid is null or v.warehouse_id = $2) and ($3::uuid is null or v.kit_item_id = $3)
       and ($4::timestamptz is null or (v.received_at, v.id) < ($4, $5::uuid)) order by v.received_at desc, v.id desc limit $6`,
    [
      page.keys, filter.warehouseId ?? null, filter.kitItemId ?? null, page.before?.[0] ?? null, page.before?.[1] ?? null, page.limit,
    ], // prettier-ignore
  );
  return inTurn(rows, (row) => conversionDtoOf(tx, row));
}
