import type { Tx } from '../database/index.js';
import type { ReceiptDto } from './relief-stock.dto.js';

interface ReceiptRow extends Omit<ReceiptDto, 'status' | 'occurredAt' | 'receivedAt'> {
  occurredAt: Date;
  receivedAt: Date;
  scope: string[];
}
const RECEIPT = `g.id, g.number, g.warehouse_id as "warehouseId", g.source, g.source_name as "sourceName", g.note, g.lines,
  g.received_by as "receivedBy", g.occurred_at as "occurredAt", g.received_at as "receivedAt", g.version, w.scope,
  (select jsonb_build_object('id', r.id, 'number', r.number, 'status', r.status) from stock_reversal r
   where r.document_id = g.id and r.status in ('submitted', 'posted')) as reversal`;
const FROM = `from goods_receipt g join warehouse w on w.id = g.warehouse_id`;

export type ReceiptWithScope = ReceiptDto & { scope: string[] };
const toReceipt = (row: ReceiptRow): ReceiptWithScope => ({
  ...row, status: 'accepted', occurredAt: row.occurredAt.toISOString(), receivedAt: row.receivedAt.toISOString(),
}); // prettier-ignore

export async function insertReceipt(tx: Tx, dto: ReceiptDto): Promise<void> {
  await tx.query(
    `insert into goods_receipt (id, number, warehouse_id, source, source_name, note, lines, received_by, occurred_at, received_at, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      dto.id, dto.number, dto.warehouseId, dto.source, dto.sourceName, dto.note, JSON.stringify(dto.lines), dto.receivedBy,
      dto.occurredAt, dto.receivedAt, dto.version,
    ], // prettier-ignore
  );
}

export async function findReceipt(tx: Tx, id: string): Promise<ReceiptWithScope | undefined> {
  return (await tx.query<ReceiptRow>(`select ${RECEIPT} ${FROM} where g.id = $1`, [id])).map(toReceipt)[0];
}

/** Gives a receipt its next version. */
export async function nextReceipt(tx: Tx, id: string): Promise<void> {
  await tx.query(`update goods_receipt set version = version + 1 where id = $1`, [id]);
}

/** A page of receipts, newest first, of the warehouses that one of the keys may see. */
export async function receiptsBefore(
  tx: Tx,
  filter: { warehouseId: string | undefined; keys: string[]; before: [string, string] | null; limit: number },
): Promise<ReceiptDto[]> {
  const rows = await tx.query<ReceiptRow>(
    `select ${RECEIPT} ${FROM} where w.scope && $1 and ($2::uuid is null or g.warehouse_id = $2)
       and ($3::timestamptz is null or (g.received_at, g.id) < ($3, $4::uuid))
     order by g.received_at desc, g.id desc limit $5`,
    [filter.keys, filter.warehouseId ?? null, filter.before?.[0] ?? null, filter.before?.[1] ?? null, filter.limit],
  );
  return rows.map((row) => withoutScope(toReceipt(row)));
}

export function withoutScope(row: ReceiptWithScope): ReceiptDto {
  const { scope: _, ...dto } = row;
  return dto;
}
