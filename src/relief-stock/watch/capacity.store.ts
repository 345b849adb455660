import type { Tx } from '../../database/index.js';
import type { CallDto } from './watch.dto.js';

export interface CallRow extends Omit<CallDto, 'calledAt' | 'settledAt'> {
  calledAt: Date;
  settledAt: Date | null;
  scope: string[];
}
const CALL = `k.id, k.warehouse_id as "warehouseId", k.to_warehouse_id as "toWarehouseId", k.item_id as "itemId", k.units, k.on_day as "onDay",
  k.note, k.status, k.receipt_id as "receiptId", k.reason, k.called_by as "calledBy", k.called_at as "calledAt",
  k.settled_at as "settledAt", k.scope, k.version`;

export const toCallDto = ({ scope: _scope, ...row }: CallRow): CallDto => ({
  ...row, calledAt: row.calledAt.toISOString(), settledAt: row.settledAt?.toISOString() ?? null,
}); // prettier-ignore

/** Units of a day that are called off already. Under the lock of the reserve's warehouse, where it decides about more. */
export async function calledUnits(tx: Tx, warehouseId: string, day: string): Promise<number> {
  const [row] = await tx.query<{ units: number }>(
    `select coalesce(sum(units), 0)::bigint as units from stock_capacity_call
     where warehouse_id = $1 and on_day = $2 and status <> 'cancelled'`,
    [warehouseId, day],
  );
  return row!.units;
}

export async function insertCall(tx: Tx, row: CallRow): Promise<void> {
  await tx.query(
    `insert into stock_capacity_call (id, warehouse_id, to_warehouse_id, item_id, units, on_day, note, status, called_by, called_at, scope)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      row.id, row.warehouseId, row.toWarehouseId, row.itemId, row.units, row.onDay, row.note, row.status, row.calledBy, row.calledAt,
      row.scope,
    ], // prettier-ignore
  );
}

export async function saveCall(tx: Tx, row: CallRow): Promise<CallRow> {
  const rows = await tx.query<CallRow>(
    `update stock_capacity_call k set status = $2, receipt_id = $3, reason = $4, settled_at = $5, version = version + 1
     where id = $1 returning ${CALL}`,
    [row.id, row.status, row.receiptId, row.reason, row.settledAt],
  );
  return rows[0]!;
}

export async function lockCall(tx: Tx, id: string): Promise<CallRow | undefined> {
  return (await tx.query<CallRow>(`select ${CALL} from stock_capacity_call k where k.id = $1 for update`, [id]))[0];
}

export async function receiptUsed(tx: Tx, receiptId: string): Promise<boolean> {
  return (await tx.query(`select 1 from stock_capacity_call where receipt_id = $1`, [receiptId])).length > 0;
}

/** A page of calls that one of the keys may see, the newest first. `warehouseId` is either end. */
export async function callsBefore(
  tx: Tx,
  filter: { warehouseId: string | undefined; status: string | undefined },
  page: { keys: string[]; before: [string, string] | null; limit: number },
): Promise<CallRow[]> {
  return tx.query<CallRow>(
    `select ${CALL} from stock_capacity_call k where k.scope && $1 and ($2::uuid is null or $2 in (k.warehouse_id, k.to_warehouse_id))
       and ($3::text is null or k.status = $3) and ($4::timestamptz is null or (k.called_at, k.id) < ($4, $5::uuid))
     order by k.called_at desc, k.id desc limit $6`,
    [
      page.keys, filter.warehouseId ?? null, filter.status ?? null, page.before?.[0] ?? null, page.before?.[1] ?? null, page.limit,
    ], // prettier-ignore
  );
}
