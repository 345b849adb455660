import type { Tx } from '../../database/index.js';
import type { LotStateDto, LotTraceDto } from './lot.dto.js';

export interface LotRow extends Omit<LotStateDto, 'stateSince'> {
  stateSince: Date | null;
  /** The society, or the warehouse, with whose authority the state was set; its releaser must cover it. */
  statePath: string | null;
  stateWarehouseId: string | null;
  stateById: string | null;
}
const LOT = `lot.id, lot.item_id as "itemId", lot.code, lot.expires_on as "expiresOn", lot.received_on as "receivedOn", lot.source, lot.state,
  lot.version, lot.state_reason as "stateReason", lot.state_since as "stateSince", lot.state_by as "stateBy", lot.state_by_id as "stateById",
  lot.state_path as "statePath", lot.state_warehouse_id as "stateWarehouseId", lot.caused_by_lot_id as "causedByLotId"`;

export function toLotStateDto({ statePath: _p, stateWarehouseId: _w, stateById: _b, ...row }: LotRow): LotStateDto {
  return { ...row, stateSince: row.stateSince?.toISOString() ?? null };
}

export async function findLots(tx: Tx, ids: string[]): Promise<LotRow[]> {
  return tx.query<LotRow>(`select ${LOT} from lot where lot.id = any($1) order by lot.code, lot.id`, [ids]);
}

/**
 * Lots locked by id. Whoever puts one into a bin where it never was waits here, because the new cell's key locks its lot; so after this
 * the warehouses that hold it are known.
 */
export async function lockLots(tx: Tx, ids: string[]): Promise<LotRow[]> {
  return tx.query<LotRow>(`select ${LOT} from lot where lot.id = any($1) order by lot.id for update`, [ids]);
}

export async function saveLotStates(tx: Tx, rows: LotRow[]): Promise<void> {
  await tx.query(
    `update lot set state = n.state, state_reason = n."stateReason", state_since = n."stateSince", state_by = n."stateBy",
       state_by_id = n."stateById", state_path = n."statePath", state_warehouse_id = n."stateWarehouseId",
       caused_by_lot_id = n."causedByLotId", version = lot.version + 1
     from jsonb_to_recordset($1::jsonb) as n ("id" uuid, "state" text, "stateReason" text, "stateSince" timestamptz, "stateBy" text,
       "stateById" uuid, "statePath" text, "stateWarehouseId" uuid, "causedByLotId" uuid) where lot.id = n.id`,
    [JSON.stringify(rows)],
  );
}

/** Kit lots that contain a lot, with its units in one kit of each. */
export async function unitsInKits(tx: Tx, partLotId: string): Promise<{ kitLotId: string; units: number }[]> {
  return tx.query(
    `select kit_lot_id as "kitLotId", sum(units)::integer as units from lot_part where part_lot_id = $1 group by 1 order by 1`,
    [partLotId],
  );
}

/** The parts of kit lots that are recalled, one of them left out. */
export async function recalledPartsOf(tx: Tx, kitLotIds: string[], without: string): Promise<Map<string, string[]>> {
  const rows = await tx.query<{ kitLotId: string; parts: string[] }>(
    `select g.kit_lot_id as "kitLotId", array_agg(distinct g.part_lot_id::text order by g.part_lot_id::text) as parts
     from lot_part g join lot on lot.id = g.part_lot_id
     where g.kit_lot_id = any($1) and lot.state = 'recalled' and lot.id <> $2 group by g.kit_lot_id`,
    [kitLotIds, without],
  );
  return new Map(rows.map(({ kitLotId, parts }) => [kitLotId, parts]));
}

/** Levels that count units of these lots in a bin, or did. */
export async function levelsOfLots(tx: Tx, lotIds: string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select distinct level_id as id from stock_cell where kind = 'bin' and lot_id = any($1) order by 1`,
    [lotIds],
  );
  return rows.map(({ id }) => id);
}

/** A warehouse where a lot lies or lay. */
export interface LotWarehouse {
  id: string;
  lotId: string;
  societyPath: string;
  scope: string[];
}
export async function warehousesOfLots(tx: Tx, lotIds: string[]): Promise<LotWarehouse[]> {
  return tx.query<LotWarehouse>(
    `select distinct on (c.lot_id, w.id) w.id, c.lot_id as "lotId", o.path as "societyPath", w.scope
     from stock_cell c join warehouse w on w.id = c.warehouse_id join society o on o.id = w.society_id
     where c.kind = 'bin' and c.lot_id = any($1) order by c.lot_id, w.id`,
    [lotIds],
  );
}

/** Units of a lot that are ours to count: in bins and under way. */
export async function unitsInside(tx: Tx, lotId: string): Promise<number> {
  const [row] = await tx.query<{ units: number }>(
    `select coalesce(sum(on_hand), 0)::bigint as units from stock_cell where lot_id = $1 and kind in ('bin', 'transit')`,
    [lotId],
  );
  return row!.units;
}

/** The first of these lots that may not be sent, if any. Under the lock of their levels. */
export async function firstSetAside(tx: Tx, lotIds: string[]): Promise<{ code: string; item: string } | undefined> {
  const [row] = await tx.query<{ code: string; item: string }>(
    `select lot.code, i.code as item from lot join item i on i.id = lot.item_id where lot.id = any($1) and lot.state <> 'good'
     order by lot.code, lot.id limit 1`,
    [lotIds],
  );
  return row;
}

/** Where units of lots are, in the warehouses that one of the keys may see; and how many other warehouses have some. */
export async function whereAreLots(
  tx: Tx,
  lotIds: string[],
  keys: string[],
): Promise<{ where: LotTraceDto['where']; elsewhere: number }> {
  const rows = await tx.query<LotTraceDto['where'][number] & { visible: boolean }>(
    `select w.id as "warehouseId", w.code as "warehouseCode", w.name as "warehouseName", w.keeper_name as "keeperName",
       w.keeper_phone as "keeperPhone", c.lot_id as "lotId", c.condition,
       coalesce(sum(c.on_hand) filter (where c.kind = 'bin'), 0)::bigint as "onHandUnits", sum(c.reserved)::bigint as "reservedUnits",
       coalesce(sum(c.on_hand) filter (where c.kind = 'transit'), 0)::bigint as "transitUnits", w.scope && $2 as visible
     from stock_cell c join warehouse w on w.id = c.warehouse_id
     where c.kind in ('bin', 'transit') and c.on_hand > 0 and c.lot_id = any($1)
     group by w.id, c.lot_id, c.condition order by w.code, c.lot_id, c.condition`,
    [lotIds, keys],
  );
  const hidden = new Set(rows.filter(({ visible }) => !visible).map(({ warehouseId }) => warehouseId));
  const where = rows.filter(({ visible }) => visible).map(({ visible: _, ...row }) => row);
  return { where, elsewhere: hidden.size };
}

/** Open promises of units of lots, in the warehouses that one of the keys may see. */
export async function promisesOfLots(tx: Tx, lotIds: string[], keys: string[]): Promise<LotTraceDto['promised']> {
  const rows = await tx.query<Omit<LotTraceDto['promised'][number], 'untilAt'> & { untilAt: Date | null }>(
    `select r.id as "reservationId", r.order_line_id as "orderLineId", c.warehouse_id as "warehouseId", c.lot_id as "lotId", r.units,
       r.until_at as "untilAt"
     from stock_cell c join warehouse w on w.id = c.warehouse_id and w.scope && $2
     join reservation r on r.cell_id = c.id and r.state = 'pending' where c.lot_id = any($1) and c.kind = 'bin' order by r.id`,
    [lotIds, keys],
  );
  return rows.map(({ untilAt, ...row }) => ({ ...row, untilAt: untilAt?.toISOString() ?? null }));
}

/** Who was given units of lots and has them still, from the warehouses that one of the keys may see. */
export async function recipientsOfLots(tx: Tx, lotIds: string[], keys: string[]): Promise<LotTraceDto['delivered']> {
  return tx.query(
    `select p.code as "deliveryId", coalesce(p.name, p.code) as recipient, c.warehouse_id as "warehouseId", c.lot_id as "lotId",
       sum(c.on_hand)::bigint as units
     from stock_cell c join stock_place p on p.id = c.place_id join warehouse w on w.id = c.warehouse_id and w.scope && $2
     where c.kind = 'recipient' and c.on_hand > 0 and c.lot_id = any($1) group by p.code, p.name, c.warehouse_id, c.lot_id
     order by p.name, p.code, c.lot_id`,
    [lotIds, keys],
  );
}

/** Who gave units of lots. */
export async function donorsOfLots(tx: Tx, lotIds: string[]): Promise<Map<string, string[]>> {
  const rows = await tx.query<{ lotId: string; donors: string[] }>(
    `select c.lot_id as "lotId", array_agg(distinct coalesce(p.name, p.code) order by coalesce(p.name, p.code)) as donors
     from stock_cell c join stock_place p on p.id = c.place_id where c.kind = 'donor' and c.on_hand < 0 and c.lot_id = any($1)
     group by c.lot_id`,
    [lotIds],
  );
  return new Map(rows.map(({ lotId, donors }) => [lotId, donors]));
}
