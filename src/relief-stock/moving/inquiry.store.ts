import type { Tx } from '../../database/index.js';
import type { Condition } from '../relief-stock.dto.js';
import type { InquiriesQuery, InquiryDetailDto, InquiryDto, InquiryStatus } from './inquiry.dto.js';
import type { MissingLine } from './inquiry.rules.js';
import { partnersOf } from './transfer.store.js';

export interface InquiryRow {
  id: string;
  number: string;
  transferId: string | null;
  issueId: string | null;
  supplyOrderId: string | null;
  /** Number and recipient of an order of a mission; those of a transfer or an issue stand on their paper. */
  document: string | null;
  recipient: string | null;
  fromWarehouseId: string;
  toWarehouseId: string | null;
  status: InquiryStatus;
  statusSince: Date;
  missingUnits: number;
  foundUnits: number;
  lostUnits: number;
  openedBy: string;
  openedAt: Date;
  reason: string | null;
  proposedById: string | null;
  proposedBy: string | null;
  proposedAt: Date | null;
  approvedBy: string | null;
  endedAt: Date | null;
  scope: string[];
  version: number;
}
const INQUIRY = `q.id, q.number, q.transfer_id as "transferId", q.issue_id as "issueId", q.supply_order_id as "supplyOrderId", q.document,
  q.recipient, q.from_warehouse_id as "fromWarehouseId", q.to_warehouse_id as "toWarehouseId",
  q.status, q.status_since as "statusSince", q.missing_units as "missingUnits", q.found_units as "foundUnits", q.lost_units as "lostUnits",
  q.opened_by as "openedBy", q.opened_at as "openedAt", q.reason, q.proposed_by_id as "proposedById", q.proposed_by as "proposedBy",
  q.proposed_at as "proposedAt", q.approved_by as "approvedBy", q.ended_at as "endedAt", q.scope, q.version`;

export interface InquiryLine extends MissingLine {
  itemId: string;
  lotId: string;
  condition: Condition;
  ownerSocietyId: string;
  fund: string | null;
  reason?: string | null;
}

export async function insertInquiry(tx: Tx, row: InquiryRow, lines: InquiryLine[]): Promise<void> {
  await tx.query(
    `insert into stock_inquiry (id, number, transfer_id, from_warehouse_id, to_warehouse_id, status, status_since, missing_units, opened_by,
       opened_at, scope, issue_id, supply_order_id, document, recipient)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      row.id, row.number, row.transferId, row.fromWarehouseId, row.toWarehouseId, row.status, row.statusSince, row.missingUnits,
      row.openedBy, row.openedAt, row.scope, row.issueId, row.supplyOrderId, row.document, row.recipient,
    ], // prettier-ignore
  );
  await tx.query(
    `insert into stock_inquiry_line (id, inquiry_id, line, item_id, lot_id, condition, owner_society_id, fund, missing_units, reason)
     select l.id, $1, l.n, l."itemId", l."lotId", l.condition, l."ownerSocietyId", l.fund, l."missingUnits", l.reason
     from rows from (jsonb_to_recordset($2::jsonb) as (id uuid, "itemId" uuid, "lotId" uuid, condition text, "ownerSocietyId" uuid, fund text,
       "missingUnits" bigint, reason text)) with ordinality as l (id, "itemId", "lotId", condition, "ownerSocietyId", fund, "missingUnits",
       reason, n)`,
    [row.id, JSON.stringify(lines)],
  );
}

export async function findInquiry(tx: Tx, id: string): Promise<InquiryRow | undefined> {
  return (await tx.query<InquiryRow>(`select ${INQUIRY} from stock_inquiry q where q.id = $1`, [id]))[0];
}

export async function lockInquiry(tx: Tx, id: string): Promise<InquiryRow | undefined> {
  return (
    await tx.query<InquiryRow>(`select ${INQUIRY} from stock_inquiry q where q.id = $1 for update of q`, [id])
  )[0];
}

export async function inquiryLines(tx: Tx, inquiryId: string): Promise<InquiryLine[]> {
  return tx.query<InquiryLine>(
    `select id, item_id as "itemId", lot_id as "lotId", condition, owner_society_id as "ownerSocietyId", fund, missing_units as "missingUnits",
       found_units as "foundUnits", lost_units as "lostUnits"
     from stock_inquiry_line where inquiry_id = $1 order by line`,
    [inquiryId],
  );
}

/** The paper and its lines together: their sums are one fact. */
export async function saveInquiry(tx: Tx, row: InquiryRow, lines: MissingLine[]): Promise<InquiryRow> {
  await tx.query(
    `update stock_inquiry_line l set found_units = n.found, lost_units = n.lost
     from unnest($1::uuid[], $2::bigint[], $3::bigint[]) as n (id, found, lost) where l.id = n.id`,
    [lines.map((line) => line.id), lines.map((line) => line.foundUnits), lines.map((line) => line.lostUnits)],
  );
  const rows = await tx.query<InquiryRow>(
    `update stock_inquiry q set status = $2, status_since = $3, found_units = $4, lost_units = $5, reason = $6, proposed_by_id = $7,
       proposed_by = $8, proposed_at = $9, approved_by = $10, ended_at = $11, version = version + 1
     where q.id = $1 returning ${INQUIRY}`,
    [
      row.id, row.status, row.statusSince, row.foundUnits, row.lostUnits, row.reason, row.proposedById, row.proposedBy, row.proposedAt,
      row.approvedBy, row.endedAt,
    ], // prettier-ignore
  );
  return rows[0]!;
}

/** A page, newest first, of what one of the keys may see. */
export async function inquiriesBefore(
  tx: Tx,
  filter: Pick<InquiriesQuery, 'warehouseId' | 'open'>,
  page: { keys: string[]; before: [string, string] | null; limit: number },
): Promise<InquiryRow[]> {
  return tx.query<InquiryRow>(
    `select ${INQUIRY} from stock_inquiry q
     where q.scope && $1 and ($2::timestamptz is null or (q.opened_at, q.id) < ($2, $3::uuid))
       and ($5::uuid is null or $5 in (q.from_warehouse_id, q.to_warehouse_id))
       and ($6::boolean is null or (q.status in ('open', 'write-off-proposed')) = $6)
     order by q.opened_at desc, q.id desc limit $4`,
    [
      page.keys,
      page.before?.[0] ?? null,
      page.before?.[1] ?? null,
      page.limit,
      filter.warehouseId ?? null,
      filter.open ?? null,
    ],
  );
}

/** As the wire has them: two statements, however many they are. */
export async function inquiryDtos(tx: Tx, rows: InquiryRow[]): Promise<InquiryDto[]> {
  const warehouseIds = rows.flatMap(({ fromWarehouseId, toWarehouseId }) => toWarehouseId ? [fromWarehouseId, toWarehouseId] : [fromWarehouseId]); // prettier-ignore
  const partners = await partnersOf(tx, [...new Set(warehouseIds)]);
  const papers = await tx.query<{ id: string; document: string; recipient: string | null }>(
    `select id, number as document, null as recipient from stock_transfer where id = any($1)
     union all select id, issue_number, recipient from stock_issue where id = any($1)`,
    [rows.map((row) => row.transferId ?? row.issueId)],
  );
  const paperOf = new Map(papers.map(({ id, ...paper }) => [id, paper]));
  return rows.map(({ scope: _scope, proposedById: _by, fromWarehouseId, toWarehouseId, ...row }) => ({
    ...row, ...(paperOf.get((row.transferId ?? row.issueId)!) ?? { document: row.document! }), from: partners.get(fromWarehouseId)!,
    to: toWarehouseId ? partners.get(toWarehouseId)! : null, statusSince: row.statusSince.toISOString(),
    openedAt: row.openedAt.toISOString(), proposedAt: row.proposedAt?.toISOString() ?? null, endedAt: row.endedAt?.toISOString() ?? null,
  })); // prettier-ignore
}

/** The lines with what the receiver said about each. */
export async function inquiryGoods(tx: Tx, inquiryId: string): Promise<InquiryDetailDto['goods']> {
  return tx.query(
    `select l.id, l.line, l.item_id as "itemId", l.lot_id as "lotId", lot.code as "lotCode", lot.expires_on as "expiresOn",
       l.missing_units as "missingUnits", l.found_units as "foundUnits", l.lost_units as "lostUnits", coalesce(l.reason, n.reason) as reason
     from stock_inquiry_line l join lot on lot.id = l.lot_id left join stock_transfer_count n on n.reservation_id = l.id
     where l.inquiry_id = $1 order by l.line`,
    [inquiryId],
  );
}
