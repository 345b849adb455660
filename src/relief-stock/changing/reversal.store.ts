import type { Tx } from '../../database/index.js';
import { signaturesOf } from '../document.store.js';
import type { AdjustmentDto } from './adjustment.dto.js';
import type { ReversalDto, ReversalsQuery, ReversibleKind } from './reversal.dto.js';

export interface ReversalRow extends Omit<ReversalDto, 'statusSince' | 'receivedAt' | 'signatures'> {
  statusSince: Date;
  receivedAt: Date;
}
type ScopedRow = ReversalRow & { scope: string[] };
const ROW = `r.id, r.number, r.document_id as "documentId", r.document_kind as "documentKind", r.document_number as "documentNumber",
  r.warehouse_id as "warehouseId", r.status, r.status_since as "statusSince", r.reason, r.value_fen as "valueFen",
  r.approval_needed as "approvalNeeded", r.reject_reason as "rejectReason", r.asked_by as "askedBy", r.received_at as "receivedAt", r.version`;
const FROM = `from stock_reversal r join warehouse w on w.id = r.warehouse_id`;

/** A reversal that is asked for or done, as its paper shows it. */
export async function reversalMarkOf(tx: Tx, documentId: string): Promise<AdjustmentDto['reversal']> {
  const [row] = await tx.query<NonNullable<AdjustmentDto['reversal']>>(
    `select id, number, status from stock_reversal where document_id = $1 and status in ('submitted', 'posted')`,
    [documentId],
  );
  return row ?? null;
}

/** A paper whose movements can be taken back, and whether it has any. */
export interface ReversibleDocument {
  id: string;
  kind: ReversibleKind;
  number: string;
  warehouseId: string;
  posted: boolean;
  scope: string[];
}

/** The papers that may be reversed; what they did carries their own id as its cause. */
export async function findDocument(tx: Tx, id: string): Promise<ReversibleDocument | undefined> {
  const rows = await tx.query<ReversibleDocument>(
    `select d.id, d.kind, d.number, d.warehouse_id as "warehouseId", w.scope,
       exists (select 1 from stock_movement m where m.cause_id = d.id) as posted
     from (select id, 'receipt' as kind, number, warehouse_id from goods_receipt where id = $1
       union all select id, kind, number, warehouse_id from stock_adjustment where id = $1
       union all select id, 'conversion', number, warehouse_id from stock_conversion where id = $1
       union all select id, 'return', number, warehouse_id from stock_return where id = $1) d
     join warehouse w on w.id = d.warehouse_id`,
    [id],
  );
  return rows[0];
}

/** Writes a reversal that is asked for; false when its paper has one already. */
export async function insertReversal(tx: Tx, row: ReversalRow): Promise<boolean> {
  const rows = await tx.query(
    `insert into stock_reversal (id, number, document_id, document_kind, document_number, warehouse_id, status, status_since, reason,
       value_fen, approval_needed, asked_by, received_at, version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
     on conflict (document_id) where status in ('submitted', 'posted') do nothing returning 1`,
    [
      row.id, row.number, row.documentId, row.documentKind, row.documentNumber, row.warehouseId, row.status, row.statusSince, row.reason,
      row.valueFen, row.approvalNeeded, row.askedBy, row.receivedAt, row.version,
    ], // prettier-ignore
  );
  return rows.length > 0;
}

export async function saveReversal(tx: Tx, row: ReversalRow): Promise<ReversalRow> {
  await tx.query(
    `update stock_reversal set status = $2, status_since = $3, reject_reason = $4, version = version + 1 where id = $1`,
    [row.id, row.status, row.statusSince, row.rejectReason],
  );
  return { ...row, version: row.version + 1 };
}

export async function findReversal(tx: Tx, id: string): Promise<ScopedRow | undefined> {
  return (await tx.query<ScopedRow>(`select ${ROW}, w.scope ${FROM} where r.id = $1`, [id]))[0];
}

export async function lockReversal(tx: Tx, id: string): Promise<ScopedRow | undefined> {
  return (await tx.query<ScopedRow>(`select ${ROW}, w.scope ${FROM} where r.id = $1 for update of r`, [id]))[0];
}

/** Reversals as GET answers them. */
export async function reversalDtos(tx: Tx, rows: ReversalRow[]): Promise<ReversalDto[]> {
  const signatures = await signaturesOf(tx, rows.map((row) => row.id)); // prettier-ignore
  return rows.map((row) => {
    const { scope: _scope, ...rest } = row as ScopedRow;
    const [statusSince, receivedAt] = [row.statusSince.toISOString(), row.receivedAt.toISOString()];
    return { ...rest, statusSince, receivedAt, signatures: signatures.get(row.id) ?? [] };
  });
}

/** A page of reversals, newest first, of the warehouses that one of the keys may see. */
export async function reversalsBefore(
  tx: Tx,
  filter: ReversalsQuery,
  page: { keys: string[]; before: [string, string] | null; limit: number },
): Promise<ReversalDto[]> {
  const rows = await tx.query<ReversalRow>(
    `select ${ROW} ${FROM} where w.scope && $1 and ($2::uuid is null or r.warehouse_id = $2) and ($3::uuid is null or r.document_id = $3)
       and ($4::text is null or r.status = $4) and ($5::timestamptz is null or (r.received_at, r.id) < ($5, $6::uuid))
     order by r.received_at desc, r.id desc limit $7`,
    [
      page.keys, filter.warehouseId ?? null, filter.documentId ?? null, filter.status ?? null, page.before?.[0] ?? null,
      page.before?.[1] ?? null, page.limit,
    ], // prettier-ignore
  );
  return reversalDtos(tx, rows);
}
