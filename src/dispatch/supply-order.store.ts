import type { Tx } from '../database/index.js';
import { inquiriesOf, lotsOfLines } from '../relief-stock/index.js';
import type { WorkFilter } from './assignment.store.js';
import type { SupplyOrderDto, TakeOverDto } from './dispatch.dto.js';
import type { OrderLine, OrderProgress } from './supply-order.rules.js';

export interface OrderRow extends OrderProgress {
  id: string;
  number: string;
  missionId: string;
  incidentId: string;
  warehouseId: string;
  followsId: string | null;
  approvedBy: string | null;
  vehicle: string | null;
  driverName: string | null;
  driverPhone: string | null;
  etaAt: Date | null;
  etaWay: SupplyOrderDto['etaWay'];
  receiverName: string | null;
  reason: string | null;
  reservedAt: Date;
  scope: string[];
  version: number;
}
const ORDER = `id, number, mission_id as "missionId", incident_id as "incidentId", warehouse_id as "warehouseId",
  follows_id as "followsId", status,
  status_since as "statusSince", reserved_until as "reservedUntil", approved_by as "approvedBy", approved_by_id as "approvedById", vehicle,
  driver_name as "driverName", driver_phone as "driverPhone", eta_at as "etaAt", eta_way as "etaWay", receiver_name as "receiverName", reason,
  reserved_at as "reservedAt", approved_at as "approvedAt", picking_at as "pickingAt", shipped_at as "shippedAt",
  received_at as "receivedAt", closed_at as "closedAt", cancelled_at as "cancelledAt", scope, version`;

export interface LineRow extends OrderLine {
  orderId: string;
  /** What a graver incident took over. */
  takenUnits: number;
}
const TAKEN = `coalesce((select sum(t.units) from supply_take_over t where t.line_id = supply_order_line.id), 0)::bigint`;
const LINE = `id, ${TAKEN} as "takenUnits", order_id as "orderId", item_id as "itemId", units, shipped_units as "shippedUnits", received_units as "receivedUnits",
  damaged_units as "damagedUnits", missing_units as "missingUnits"`;

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** Orders as the wire has them, with the lots that are reserved for them or were sent. */
export async function orderDtos(tx: Tx, orders: OrderRow[]): Promise<SupplyOrderDto[]> {
  if (orders.length === 0) return [];
  const lines = await linesOfOrders(tx, orders.map((order) => order.id)); // prettier-ignore
  const lots = await lotsOfLines(tx, lines.map((line) => line.id)); // prettier-ignore
  const taken = await takeOversOf(tx, lines.filter((line) => line.takenUnits > 0).map((line) => line.id)); // prettier-ignore
  const inquiries = await inquiriesOf(tx, orders.map((order) => order.id)); // prettier-ignore
  return orders.map((order) => {
    const { scope: _scope, approvedById: _approver, ...row } = order;
    const own = lines.filter((line) => line.orderId === order.id);
    return {
      ...row, inquiryId: inquiries.get(order.id)?.id ?? null, statusSince: row.statusSince.toISOString(), reservedUntil: iso(row.reservedUntil), etaAt: iso(row.etaAt),
      reservedAt: row.reservedAt.toISOString(), approvedAt: iso(row.approvedAt), pickingAt: iso(row.pickingAt),
      shippedAt: iso(row.shippedAt), receivedAt: iso(row.receivedAt), closedAt: iso(row.closedAt), cancelledAt: iso(row.cancelledAt),
      lines: own.map(({ orderId: _order, ...line }) => ({
        ...line,
        lots: lots.flatMap(({ orderLineId, ...lot }) => (orderLineId === line.id ? [lot] : [])),
        takeOvers: taken.flatMap(({ lineId, takenAt, ...one }) =>
          lineId === line.id ? [{ ...one, takenAt: takenAt.toISOString() }] : [],
        ),
      })),
    }; // prettier-ignore
  });
}

export async function insertOrder(
  tx: Tx,
  row: OrderRow,
  lines: Pick<OrderLine, 'id' | 'itemId' | 'units'>[],
): Promise<void> {
  await tx.query(
    `insert into supply_order (id, number, mission_id, incident_id, warehouse_id, status, status_since, reserved_until, approved_by,
       approved_by_id, eta_at, reserved_at, approved_at, scope, follows_id, eta_way)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      row.id, row.number, row.missionId, row.incidentId, row.warehouseId, row.status, row.statusSince, row.reservedUntil, row.approvedBy,
      row.approvedById, row.etaAt, row.reservedAt, row.approvedAt, row.scope, row.followsId, row.etaWay && JSON.stringify(row.etaWay),
    ], // prettier-ignore
  );
  for (const [n, line] of lines.entries()) {
    await tx.query(`insert into supply_order_line (id, order_id, line, item_id, units) values ($1, $2, $3, $4, $5)`, [
      line.id, row.id, n + 1, line.itemId, line.units,
    ]); // prettier-ignore
  }
}

/** Everything that a step may change. */
export async function saveOrder(tx: Tx, row: OrderRow): Promise<OrderRow> {
  const rows = await tx.query<OrderRow>(
    `update supply_order set status = $2, status_since = $3, reserved_until = $4, approved_by = $5, approved_by_id = $6, vehicle = $7,
       driver_name = $8, driver_phone = $9, eta_at = $10, receiver_name = $11, reason = $12, approved_at = $13, picking_at = $14,
       shipped_at = $15, received_at = $16, closed_at = $17, cancelled_at = $18, scope = $19, eta_way = $20, version = version + 1
     where id = $1 returning ${ORDER}`,
    [
      row.id, row.status, row.statusSince, row.reservedUntil, row.approvedBy, row.approvedById, row.vehicle, row.driverName,
      row.driverPhone, row.etaAt, row.receiverName, row.reason, row.approvedAt, row.pickingAt, row.shippedAt, row.receivedAt,
      row.closedAt, row.cancelledAt, row.scope, row.etaWay && JSON.stringify(row.etaWay),
    ], // prettier-ignore
  );
  return rows[0]!;
}

export async function saveLine(tx: Tx, line: OrderLine): Promise<void> {
  await tx.query(
    `update supply_order_line set shipped_units = $2, received_units = $3, damaged_units = $4, missing_units = $5 where id = $1`,
    [line.id, line.shippedUnits, line.receivedUnits, line.damagedUnits, line.missingUnits],
  );
}

export async function findOrder(tx: Tx, id: string): Promise<OrderRow | undefined> {
  return (await tx.query<OrderRow>(`select ${ORDER} from supply_order where id = $1`, [id]))[0];
}

export async function lockOrder(tx: Tx, id: string): Promise<OrderRow | undefined> {
  return (await tx.query<OrderRow>(`select ${ORDER} from supply_order where id = $1 for update`, [id]))[0];
}

/** Open orders of an incident that some of these keys do not see yet, locked by id. */
export async function lockOrdersNotShared(tx: Tx, incidentId: string, keys: string[]): Promise<OrderRow[]> {
  return tx.query<OrderRow>(
    `select ${ORDER} from supply_order where incident_id = $1 and status not in ('closed','cancelled') and not scope @> $2
     order by id for update`,
    [incidentId, keys],
  );
}

/** Orders of an incident in these states, locked by id. */
export async function lockOrdersOfIncident(
  tx: Tx,
  incidentId: string,
  statuses: readonly string[],
): Promise<OrderRow[]> {
  return tx.query<OrderRow>(
    `select ${ORDER} from supply_order where incident_id = $1 and status = any($2) order by id for update`,
    [incidentId, statuses],
  );
}

export async function linesOfOrders(tx: Tx, orderIds: string[]): Promise<LineRow[]> {
  return tx.query<LineRow>(`select ${LINE} from supply_order_line where order_id = any($1) order by order_id, line`, [
    orderIds,
  ]);
}

export async function ordersOfLines(tx: Tx, lineIds: string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select distinct order_id as id from supply_order_line where id = any($1) order by order_id`,
    [lineIds],
  );
  return rows.map((row) => row.id);
}

export async function ordersOfMissions(tx: Tx, missionIds: string[]): Promise<OrderRow[]> {
  return tx.query<OrderRow>(`select ${ORDER} from supply_order where mission_id = any($1) order by number`, [
    missionIds,
  ]);
}

/** Orders under way or not yet cleared off the board, for the console snapshot. */
export async function openSupplyOrderRows(tx: Tx, keys: string[]): Promise<SupplyOrderDto[]> {
  const rows = await tx.query<OrderRow>(
    `select ${ORDER} from supply_order where status not in ('closed','cancelled') and scope && $1 order by id`,
    [keys],
  );
  return orderDtos(tx, rows);
}

/** Newest first. */
export async function visibleOrders(tx: Tx, keys: string[], filter: WorkFilter): Promise<SupplyOrderDto[]> {
  const rows = await tx.query<OrderRow>(
    `select ${ORDER} from supply_order where scope && $1 and ($2::uuid is null or incident_id = $2)
       and ($3::uuid is null or warehouse_id = $3) and ($4::text[] is null or status = any($4)) and ($5::uuid is null or id < $5)
     order by id desc limit $6`,
    [keys, filter.incidentId ?? null, filter.warehouseId ?? null, filter.statuses, filter.before, filter.limit],
  );
  return orderDtos(tx, rows);
}

/** What was taken over from lines, in the order in which it happened. */
async function takeOversOf(
  tx: Tx,
  lineIds: string[],
): Promise<(Omit<TakeOverDto, 'takenAt'> & { lineId: string; takenAt: Date })[]> {
  if (lineIds.length === 0) return [];
  return tx.query(
    `select t.line_id as "lineId", o.id as "byOrderId", o.number as "byOrderNumber", o.incident_id as "byIncidentId", t.units, t.reason,
       t.by_name as "byName", t.taken_at as "takenAt"
     from supply_take_over t join supply_order o on o.id = t.by_order_id where t.line_id = any($1) order by t.taken_at, t.id`,
    [lineIds],
  );
}

export async function insertTakeOver(
  tx: Tx,
  row: { id: string; lineId: string; byOrderId: string; units: number; reason: string; byName: string; takenAt: Date },
): Promise<void> {
  await tx.query(
    `insert into supply_take_over (id, line_id, by_order_id, units, reason, by_name, taken_at) values ($1, $2, $3, $4, $5, $6, $7)`,
    [row.id, row.lineId, row.byOrderId, row.units, row.reason, row.byName, row.takenAt],
  );
}

/**
 * Units of each item that orders of an incident bring or brought: what was taken over is gone, what is on the way counts as it was sent,
 * what came as it was counted in.
 */
export async function suppliedItems(tx: Tx, incidentId: string): Promise<{ itemId: string; units: number }[]> {
  return tx.query(
    `select l.item_id as "itemId", sum(case when o.received_at is not null then l.received_units when o.shipped_at is not null then l.shipped_units
         else l.units - (select coalesce(sum(t.units), 0) from supply_take_over t where t.line_id = l.id) end)::bigint as units
     from supply_order o join supply_order_line l on l.order_id = o.id
     where o.incident_id = $1 and o.status <> 'cancelled' group by l.item_id order by l.item_id`,
    [incidentId],
  );
}
