import type { Tx } from '../../database/index.js';
import type { Account } from '../ledger.store.js';
import type { DeliveryDto, ReturnDto, ReturnsQuery } from './return.dto.js';
import { reversalMarkOf } from './reversal.store.js';
import { inTurn } from '../../shared/in-turn.js';

type DeliveryRow = Omit<DeliveryDto, 'deliveredAt'> & { deliveredAt: Date };
type PlacedRow = DeliveryRow & { placeId: string; scope: string[] };
/** A recipient's account and the movement that last filled it. */
const DELIVERIES = `select p.id as "placeId", w.scope, p.code::uuid as id, p.warehouse_id as "warehouseId", coalesce(p.name, p.code) as recipient, s.units,
    m.document, m.occurred_at as "deliveredAt"
  from stock_place p join warehouse w on w.id = p.warehouse_id
  join lateral (select sum(c.on_hand)::bigint as units, array_agg(c.id) as cells from stock_cell c
    where c.place_id = p.id and c.on_hand > 0) s on s.units > 0
  join lateral (select document, occurred_at from stock_movement where to_cell_id = any(s.cells) order by occurred_at desc, id desc limit 1) m
    on true
  where p.kind = 'recipient'`;

const toDelivery = ({ placeId: _p, scope: _s, deliveredAt, ...row }: PlacedRow): DeliveryDto => ({
  ...row, deliveredAt: deliveredAt.toISOString(),
}); // prettier-ignore

/** A page of what recipients of a warehouse hold, newest first. */
export async function deliveriesBefore(
  tx: Tx,
  warehouseId: string,
  page: { before: [string, string] | null; limit: number },
): Promise<DeliveryDto[]> {
  const rows = await tx.query<PlacedRow>(
    `select * from (${DELIVERIES} and p.warehouse_id = $1) d where ($2::timestamptz is null or ("deliveredAt", id) < ($2, $3::uuid))
     order by "deliveredAt" desc, id desc limit $4`,
    [warehouseId, page.before?.[0] ?? null, page.before?.[1] ?? null, page.limit],
  );
  return rows.map(toDelivery);
}

/** What the recipient of an order or issue holds, and who may see its warehouse. */
export async function findDelivery(tx: Tx, id: string): Promise<(DeliveryDto & { scope: string[] }) | undefined> {
  const [row] = await tx.query<PlacedRow>(`${DELIVERIES} and p.code = $1 order by p.id limit 1`, [id]);
  return row && { ...toDelivery(row), scope: row.scope };
}

/** An account of a recipient with what lies in it. */
export interface HeldGoods {
  cellId: string;
  lotCode: string;
  expiresOn: string | null;
  units: number;
  account: Account;
}
type HeldRow = Omit<HeldGoods, 'account'> & Omit<Account, 'id'>;

/** What the recipient of an order holds, lot by lot. Its levels are locked before units are decided on. */
export async function heldByRecipient(tx: Tx, warehouseId: string, id: string): Promise<HeldGoods[]> {
  const rows = await tx.query<HeldRow>(
    `select c.id as "cellId", lot.code as "lotCode", lot.expires_on as "expiresOn", c.on_hand as units, c.level_id as "levelId",
       c.item_id as "itemId", c.lot_id as "lotId", c.place_id as "placeId", c.warehouse_id as "warehouseId", c.kind, p.code as "placeCode",
       p.name as "placeName", c.condition, c.owner_society_id as "ownerSocietyId", c.fund
     from stock_place p join stock_cell c on c.place_id = p.id join lot on lot.id = c.lot_id
     where p.kind = 'recipient' and p.warehouse_id = $1 and p.code = $2 and c.on_hand > 0 order by c.item_id, lot.code, c.id`,
    [warehouseId, id],
  );
  return rows.map(({ cellId, lotCode, expiresOn, units, ...account }) => ({
    cellId, lotCode, expiresOn, units, account: { id: cellId, ...account },
  })); // prettier-ignore
}

/** When the first units came into accounts of a recipient. */
export async function firstDeliveredAt(tx: Tx, cellIds: string[]): Promise<Date> {
  const [row] = await tx.query<{ at: Date }>(
    `select min(occurred_at) as at from stock_movement where to_cell_id = any($1)`,
    [cellIds],
  );
  return row!.at;
}

export interface ReturnRow extends Omit<ReturnDto, 'occurredAt' | 'recordedAt' | 'receivedAt' | 'reversal'> {
  occurredAt: Date;
  recordedAt: Date;
  receivedAt: Date;
}
type ScopedRow = ReturnRow & { scope: string[] };
const ROW = `t.id, t.number, t.warehouse_id as "warehouseId", t.issued_by_id as "deliveryId", t.recipient, t.returned_by as "returnedBy",
  t.status, t.note, t.lines, t.inspected_by as "inspectedBy", t.occurred_at as "occurredAt", t.recorded_at as "recordedAt",
  t.received_at as "receivedAt", t.version, w.scope`;
const FROM = `from stock_return t join warehouse w on w.id = t.warehouse_id`;

export async function insertReturn(tx: Tx, row: ReturnRow): Promise<void> {
  await tx.query(
    `insert into stock_return (id, number, warehouse_id, issued_by_id, recipient, returned_by, note, lines, inspected_by, occurred_at,
       recorded_at, received_at, version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      row.id, row.number, row.warehouseId, row.deliveryId, row.recipient, row.returnedBy, row.note, JSON.stringify(row.lines),
      row.inspectedBy, row.occurredAt, row.recordedAt, row.receivedAt, row.version,
    ], // prettier-ignore
  );
}

export async function returnDtoOf(tx: Tx, row: ReturnRow): Promise<ReturnDto> {
  const { scope: _scope, ...rest } = row as ScopedRow;
  return {
    ...rest, reversal: await reversalMarkOf(tx, row.id), occurredAt: row.occurredAt.toISOString(), recordedAt: row.recordedAt.toISOString(),
    receivedAt: row.receivedAt.toISOString(),
  }; // prettier-ignore
}

export async function findReturn(tx: Tx, id: string): Promise<ScopedRow | undefined> {
  return (await tx.query<ScopedRow>(`select ${ROW} ${FROM} where t.id = $1`, [id]))[0];
}

/** Marks a posted return as taken back. */
export async function saveReversedReturn(tx: Tx, id: string): Promise<ScopedRow> {
  await tx.query(`update stock_return set status = 'reversed', version = version + 1 where id = $1`, [id]);
  return (await findReturn(tx, id))!;
}

/** A page of returns, newest first, of the warehouses that one of the keys may see. */
export async function returnsBefore(
  tx: Tx,
  filter: ReturnsQuery,
  page: { keys: string[]; before: [string, string] | null; limit: number },
): Promise<ReturnDto[]> {
  const rows = await tx.query<ScopedRow>(
    `select ${ROW} ${FROM} where w.scope && $1 and ($2::uuid is null or t.warehouse_id = $2) and ($3::uuid is null or t.issued_by_id = $3)
       and ($4::timestamptz is null or (t.received_at, t.id) < ($4, $5::uuid)) order by t.received_at desc, t.id desc limit $6`,
    [
      page.keys, filter.warehouseId ?? null, filter.deliveryId ?? null, page.before?.[0] ?? null, page.before?.[1] ?? null, page.limit,
    ], // prettier-ignore
  );
  return inTurn(rows, (row) => returnDtoOf(tx, row));
}
