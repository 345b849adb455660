import type { Tx } from '../database/index.js';
import type { BinDto, WarehouseDto } from './relief-stock.dto.js';

export interface WarehouseRow extends Omit<WarehouseDto, 'location'> {
  lon: number;
  lat: number;
  societyPath: string;
  societyAdcode: string;
  scope: string[];
}
const WAREHOUSE = `w.id, w.code, w.name, w.tier, w.society_id as "societyId", w.adcode, w.lon, w.lat, w.area_m2 as "areaM2", w.mode,
  w.daily_capacity_units as "dailyCapacityUnits", w.keeper_name as "keeperName", w.keeper_phone as "keeperPhone", w.version,
  w.scope, o.path as "societyPath", o.adcode as "societyAdcode"`;
const FROM = `from warehouse w join society o on o.id = w.society_id`;

export function toWarehouseDto(row: WarehouseRow): WarehouseDto {
  const { lon, lat, scope: _scope, societyPath: _path, societyAdcode: _adcode, ...dto } = row;
  return { ...dto, location: { lon, lat } };
}

export async function findWarehouse(tx: Tx, id: string): Promise<WarehouseRow | undefined> {
  return (await tx.query<WarehouseRow>(`select ${WAREHOUSE} ${FROM} where w.id = $1`, [id]))[0];
}

/** The warehouse, locked against other changes of it and of its bins. */
export async function lockWarehouse(tx: Tx, id: string): Promise<WarehouseRow | undefined> {
  return (await tx.query<WarehouseRow>(`select ${WAREHOUSE} ${FROM} where w.id = $1 for no key update of w`, [id]))[0];
}

export async function warehousesVisible(tx: Tx, keys: string[]): Promise<WarehouseRow[]> {
  return tx.query<WarehouseRow>(`select ${WAREHOUSE} ${FROM} where w.scope && $1 order by w.code`, [keys]);
}

/** A page by code of the warehouses that one of the keys may see. */
export async function warehousesAfter(
  tx: Tx,
  filter: { societyId: string | undefined; keys: string[]; after: string | null; limit: number },
): Promise<WarehouseRow[]> {
  return tx.query<WarehouseRow>(
    `select ${WAREHOUSE} ${FROM} where w.scope && $1 and ($2::uuid is null or w.society_id = $2) and ($3::text is null or w.code > $3)
     order by w.code limit $4`,
    [filter.keys, filter.societyId ?? null, filter.after, filter.limit],
  );
}

export async function insertWarehouse(tx: Tx, row: WarehouseRow): Promise<void> {
  await tx.query(
    `insert into warehouse (id, code, name, tier, society_id, adcode, lon, lat, area_m2, mode, daily_capacity_units, keeper_name,
       keeper_phone, scope, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      row.id, row.code, row.name, row.tier, row.societyId, row.adcode, row.lon, row.lat, row.areaM2, row.mode, row.dailyCapacityUnits,
      row.keeperName, row.keeperPhone, row.scope, row.version,
    ], // prettier-ignore
  );
}

/** Warehouses of a society that goods can be put into. */
export async function receivingWarehouses(tx: Tx, societyId: string): Promise<WarehouseRow[]> {
  return tx.query<WarehouseRow>(
    `select ${WAREHOUSE} ${FROM} where w.society_id = $1 and exists (select 1 from stock_place p where p.kind = 'bin' and p.warehouse_id = w.id)
     order by w.code`,
    [societyId],
  );
}

export async function warehouseCodeTaken(tx: Tx, code: string): Promise<boolean> {
  return (await tx.query(`select 1 from warehouse where code = $1`, [code])).length > 0;
}

/** Bins of a warehouse by code. Goods without a named bin go to the first. */
export async function binsOf(tx: Tx, warehouseId: string): Promise<BinDto[]> {
  return tx.query<BinDto>(
    `select id, warehouse_id as "warehouseId", code from stock_place where kind = 'bin' and warehouse_id = $1 order by code`,
    [warehouseId],
  );
}

export async function insertBin(tx: Tx, bin: BinDto): Promise<void> {
  await tx.query(`insert into stock_place (id, kind, warehouse_id, code) values ($1, 'bin', $2, $3)`, [
    bin.id,
    bin.warehouseId,
    bin.code,
  ]);
}

/** What dispatch needs to know of a warehouse: who owns it, who may see it, where it is, whom to call. */
export interface WarehouseForDispatch {
  id: string;
  code: string;
  name: string;
  societyId: string;
  societyPath: string;
  scope: string[];
  lon: number;
  lat: number;
  keeperName: string | null;
  keeperPhone: string | null;
}

export async function warehousesByIds(tx: Tx, ids: string[]): Promise<WarehouseForDispatch[]> {
  return tx.query<WarehouseForDispatch>(
    `select w.id, w.code, w.name, w.society_id as "societyId", o.path as "societyPath", w.scope, w.lon, w.lat,
       w.keeper_name as "keeperName", w.keeper_phone as "keeperPhone" ${FROM} where w.id = any($1) order by w.id`,
    [ids],
  );
}
