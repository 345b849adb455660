import type { Tx } from '../../database/index.js';
import type { Signature } from '../document.rules.js';
import { signaturesOf } from '../document.store.js';
import type { ReceiptDto, ReceiptRowDto, ReceiptsQuery } from './receipt.dto.js';
import { type ReceiptLine, shownLine } from './receipt.rules.js';

/** A receipt as it is kept: with the counts that are not shown yet. */
export interface ReceiptRow extends Omit<
  ReceiptDto,
  'lines' | 'signatures' | 'secondSignatureDueAt' | 'secondSignedAt' | 'occurredAt' | 'receivedAt'
> {
  lines: ReceiptLine[];
  secondSignatureDueAt: Date | null;
  secondSignedAt: Date | null;
  occurredAt: Date;
  receivedAt: Date;
  scope: string[];
}
const HEAD = `g.id, g.number, g.warehouse_id as "warehouseId", g.source, g.source_name as "sourceName", g.donation_id as "donationId",
  g.expected_on as "expectedOn", g.note, g.status, g.received_by as "receivedBy", g.counted_with as "countedWith",
  g.second_signature_due_at as "secondSignatureDueAt", g.second_signed_at as "secondSignedAt", g.cancel_reason as "cancelReason",
  g.occurred_at as "occurredAt", g.received_at as "receivedAt", g.version`;
const FROM = `from goods_receipt g join warehouse w on w.id = g.warehouse_id`;

const iso = (at: Date | null) => at && at.toISOString();
const withTimes = <T extends Pick<ReceiptRow, 'secondSignatureDueAt' | 'secondSignedAt' | 'occurredAt' | 'receivedAt'>>(row: T) => ({
  ...row, secondSignatureDueAt: iso(row.secondSignatureDueAt), secondSignedAt: iso(row.secondSignedAt),
  occurredAt: row.occurredAt.toISOString(), receivedAt: row.receivedAt.toISOString(),
}); // prettier-ignore

/** As GET and the journal tell it: lines with their differences, no count before both are in. */
export function toReceiptDto({ scope: _, ...row }: ReceiptRow, signatures: Signature[]): ReceiptDto {
  return { ...withTimes(row), lines: row.lines.map((line) => shownLine(line, row.status)), signatures };
}

export async function insertReceipt(tx: Tx, row: ReceiptRow): Promise<void> {
  await tx.query(
    `insert into goods_receipt (id, number, warehouse_id, source, source_name, donation_id, expected_on, note, status, lines, received_by,
       counted_with, second_signature_due_at, occurred_at, received_at, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      row.id, row.number, row.warehouseId, row.source, row.sourceName, row.donationId, row.expectedOn, row.note, row.status,
      JSON.stringify(row.lines), row.receivedBy, row.countedWith, row.secondSignatureDueAt, row.occurredAt, row.receivedAt, row.version,
    ], // prettier-ignore
  );
}

/** Writes what steps change of a locked receipt. */
export async function saveReceipt(tx: Tx, row: ReceiptRow): Promise<void> {
  await tx.query(
    `update goods_receipt set status = $2, lines = $3, received_by = $4, second_signature_due_at = $5, second_signed_at = $6,
       cancel_reason = $7, occurred_at = $8, version = $9 where id = $1`,
    [
      row.id, row.status, JSON.stringify(row.lines), row.receivedBy, row.secondSignatureDueAt, row.secondSignedAt, row.cancelReason,
      row.occurredAt, row.version,
    ], // prettier-ignore
  );
}

export async function findReceipt(
  tx: Tx,
  id: string,
): Promise<{ row: ReceiptRow; signatures: Signature[]; scope: string[] } | undefined> {
  const [row] = await tx.query<ReceiptRow>(`select ${HEAD}, g.lines, w.scope ${FROM} where g.id = $1`, [id]);
  return row && { row, signatures: (await signaturesOf(tx, [id])).get(id) ?? [], scope: row.scope };
}

/** Locked before any stock, so that a receipt takes one step at a time. */
export async function lockReceipt(tx: Tx, id: string): Promise<ReceiptRow | undefined> {
  return (
    await tx.query<ReceiptRow>(`select ${HEAD}, g.lines, w.scope ${FROM} where g.id = $1 for update of g`, [id])
  )[0];
}

type Row = Omit<ReceiptRow, 'lines' | 'scope'> & { lineCount: number };

/** A page of receipts, newest first, of the warehouses that one of the keys may see. */
export async function receiptsBefore(
  tx: Tx,
  query: Pick<ReceiptsQuery, 'warehouseId' | 'donationId' | 'status' | 'overdueSignature'>,
  page: { keys: string[]; before: [string, string] | null; limit: number; now: Date },
): Promise<ReceiptRowDto[]> {
  const overdue = `(g.second_signature_due_at is not null and g.second_signed_at is null and g.second_signature_due_at < $7)`;
  const rows = await tx.query<Row>(
    `select ${HEAD}, jsonb_array_length(g.lines) as "lineCount" ${FROM}
     where w.scope && $1 and ($2::uuid is null or g.warehouse_id = $2) and ($3::uuid is null or g.donation_id = $3)
       and ($4::text is null or g.status = $4) and ($5::timestamptz is null or (g.received_at, g.id) < ($5, $6::uuid))
       and ($8::boolean is null or ${overdue} = $8)
     order by g.received_at desc, g.id desc limit $9`,
    [
      page.keys, query.warehouseId ?? null, query.donationId ?? null, query.status ?? null, page.before?.[0] ?? null,
      page.before?.[1] ?? null, page.now, query.overdueSignature ?? null, page.limit,
    ], // prettier-ignore
  );
  return rows.map(withTimes);
}
