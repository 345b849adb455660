import type { Tx } from '../../database/index.js';
import { signaturesOf } from '../document.store.js';
import { type LotOfLine, lotsOfLines } from '../reservation.store.js';
import type { IssueDetailDto, IssueDto, IssuesQuery } from './issue.dto.js';
import { inquiriesOf } from './transfer.store.js';
import { ENDED_ISSUES, ISSUE_STAMPS, type IssueProgress } from './issue.rules.js';

export interface IssueRow extends IssueProgress {
  id: string;
  number: string;
  issueNumber: string | null;
  warehouseId: string;
  purpose: IssueDto['purpose'];
  recipient: string;
  place: string | null;
  note: string;
  plannedAt: Date;
  lines: number;
  units: number;
  valueFen: number;
  unpricedLines: number;
  orderedById: string;
  orderedBy: string;
  deferReason: string | null;
  approvedBy: string | null;
  vehicle: string | null;
  carrierName: string | null;
  carrierPhone: string | null;
  receiverName: string | null;
  receivedUnits: number;
  damagedUnits: number;
  missingUnits: number;
  reason: string | null;
  orderedAt: Date;
  incidentId: string | null;
  forSocietyId: string | null;
  scope: string[];
  version: number;
}
const ISSUE = `s.id, s.number, s.issue_number as "issueNumber", s.status, s.status_since as "statusSince", s.warehouse_id as "warehouseId",
  s.purpose, s.recipient, s.place, s.note, s.planned_at as "plannedAt", s.lines, s.units, s.value_fen as "valueFen",
  s.unpriced_lines as "unpricedLines", s.ordered_by_id as "orderedById", s.ordered_by as "orderedBy", s.approval,
  s.approval_due_at as "approvalDueAt", s.defer_reason as "deferReason", s.approved_by as "approvedBy", s.vehicle,
  s.carrier_name as "carrierName", s.carrier_phone as "carrierPhone", s.receiver_name as "receiverName",
  s.received_units as "receivedUnits", s.damaged_units as "damagedUnits", s.missing_units as "missingUnits", s.reason,
  s.ordered_at as "orderedAt", s.approved_at as "approvedAt", s.picking_at as "pickingAt", s.issued_at as "issuedAt",
  s.signed_at as "signedAt", s.closed_at as "closedAt", s.cancelled_at as "cancelledAt",
  s.incident_id as "incidentId", s.for_society_id as "forSocietyId", s.scope, s.version`;

export interface IssueLine {
  id: string;
  itemId: string;
  units: number;
  fund: string | null;
  receivedUnits: number;
  damagedUnits: number;
  missingUnits: number;
  reason: string | null;
}

/** What a person ordered out of a warehouse since a moment on one signature only. */
export async function unsignedValueOf(
  tx: Tx,
  of: { warehouseId: string; orderedById: string; since: Date },
): Promise<number> {
  const [row] = await tx.query<{ valueFen: number }>(
    `select coalesce(sum(value_fen), 0)::bigint as "valueFen" from stock_issue
     where warehouse_id = $1 and ordered_by_id = $2 and ordered_at >= $3 and approval = 'not-needed' and status <> 'cancelled'`,
    [of.warehouseId, of.orderedById, of.since],
  );
  return row!.valueFen;
}

/** A new order; false when the id is in use. */
export async function insertIssue(tx: Tx, row: IssueRow): Promise<boolean> {
  const rows = await tx.query(
    `insert into stock_issue (id, number, status, status_since, warehouse_id, purpose, recipient, place, note, planned_at, lines, units,
       value_fen, unpriced_lines, ordered_by_id, ordered_by, approval, approval_due_at, defer_reason, ordered_at, scope, incident_id,
       for_society_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
     on conflict (id) do nothing returning id`,
    [
      row.id, row.number, row.status, row.statusSince, row.warehouseId, row.purpose, row.recipient, row.place, row.note, row.plannedAt,
      row.lines, row.units, row.valueFen, row.unpricedLines, row.orderedById, row.orderedBy, row.approval, row.approvalDueAt,
      row.deferReason, row.orderedAt, row.scope, row.incidentId, row.forSocietyId,
    ], // prettier-ignore
  );
  return rows.length > 0;
}

export async function insertIssueLines(
  tx: Tx,
  issueId: string,
  lines: Pick<IssueLine, 'id' | 'itemId' | 'units' | 'fund'>[],
): Promise<void> {
  await tx.query(
    `insert into stock_issue_line (id, issue_id, line, item_id, units, fund)
     select l.id, $1, l.n, l.item_id, l.units, l.fund
     from unnest($2::uuid[], $3::uuid[], $4::bigint[], $5::text[]) with ordinality as l (id, item_id, units, fund, n)`,
    [
      issueId, lines.map((line) => line.id), lines.map((line) => line.itemId), lines.map((line) => line.units),
      lines.map((line) => line.fund),
    ], // prettier-ignore
  );
}

export async function issueLines(tx: Tx, issueId: string): Promise<IssueLine[]> {
  return tx.query<IssueLine>(
    `select id, item_id as "itemId", units, fund, received_units as "receivedUnits", damaged_units as "damagedUnits",
       missing_units as "missingUnits", reason
     from stock_issue_line where issue_id = $1 order by line`,
    [issueId],
  );
}

/** How the recipient found the lines. */
export async function saveIssueLines(tx: Tx, lines: Omit<IssueLine, 'itemId' | 'units' | 'fund'>[]): Promise<void> {
  const rows = lines.map(({ id, receivedUnits, damagedUnits, missingUnits, reason }) => ({
    id,
    receivedUnits,
    damagedUnits,
    missingUnits,
    reason,
  }));
  await tx.query(
    `update stock_issue_line l set received_units = n."receivedUnits", damaged_units = n."damagedUnits", missing_units = n."missingUnits",
       reason = n.reason
     from jsonb_to_recordset($1::jsonb) as n (id uuid, "receivedUnits" bigint, "damagedUnits" bigint, "missingUnits" bigint, reason text)
     where l.id = n.id`,
    [JSON.stringify(rows)],
  );
}

export async function findIssue(tx: Tx, id: string): Promise<IssueRow | undefined> {
  return (await tx.query<IssueRow>(`select ${ISSUE} from stock_issue s where s.id = $1`, [id]))[0];
}

export async function lockIssue(tx: Tx, id: string): Promise<IssueRow | undefined> {
  return (await tx.query<IssueRow>(`select ${ISSUE} from stock_issue s where s.id = $1 for update of s`, [id]))[0];
}

/** Everything that a step may change. */
export async function saveIssue(tx: Tx, row: IssueRow): Promise<IssueRow> {
  const rows = await tx.query<IssueRow>(
    `update stock_issue s set status = $2, status_since = $3, issue_number = $4, approval = $5, approval_due_at = $6, approved_by = $7,
       vehicle = $8, carrier_name = $9, carrier_phone = $10, receiver_name = $11, received_units = $12, damaged_units = $13,
       missing_units = $14, reason = $15, approved_at = $16, picking_at = $17, issued_at = $18, signed_at = $19, closed_at = $20,
       cancelled_at = $21, version = version + 1
     where s.id = $1 returning ${ISSUE}`,
    [
      row.id, row.status, row.statusSince, row.issueNumber, row.approval, row.approvalDueAt, row.approvedBy, row.vehicle, row.carrierName,
      row.carrierPhone, row.receiverName, row.receivedUnits, row.damagedUnits, row.missingUnits, row.reason, row.approvedAt, row.pickingAt,
      row.issuedAt, row.signedAt, row.closedAt, row.cancelledAt,
    ], // prettier-ignore
  );
  return rows[0]!;
}

/** A page, newest first, of what one of the keys may see. unapproved: a second signature is waited for. */
export async function issuesBefore(
  tx: Tx,
  filter: Pick<IssuesQuery, 'warehouseId' | 'status' | 'open' | 'unapproved'>,
  page: { keys: string[]; before: [string, string] | null; limit: number },
): Promise<IssueRow[]> {
  const { warehouseId = null, status = null, open = null, unapproved = null } = filter;
  return tx.query<IssueRow>(
    `select ${ISSUE} from stock_issue s
     where s.scope && $1 and ($2::timestamptz is null or (s.ordered_at, s.id) < ($2, $3::uuid)) and ($5::uuid is null or s.warehouse_id = $5)
       and ($6::text is null or s.status = $6) and ($7::boolean is null or (s.status <> all ($8)) = $7)
       and ($9::boolean is null or (s.approval in ('needed', 'deferred') and s.status <> 'cancelled') = $9)
     order by s.ordered_at desc, s.id desc limit $4`,
    [
      page.keys, page.before?.[0] ?? null, page.before?.[1] ?? null, page.limit, warehouseId, status, open, ENDED_ISSUES, unapproved,
    ], // prettier-ignore
  );
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** Papers as the wire has them, without their lines: three statements. */
export async function issueDtos(tx: Tx, rows: IssueRow[]): Promise<IssueDto[]> {
  if (rows.length === 0) return [];
  const signatures = await signaturesOf(tx, rows.map((row) => row.id)); // prettier-ignore
  const names = await tx.query<{ id: string; name: string }>(`select id, name from warehouse where id = any($1)`, [
    [...new Set(rows.map((row) => row.warehouseId))],
  ]);
  const inquiries = await inquiriesOf(tx, rows.map((row) => row.id)); // prettier-ignore
  const nameOf = new Map(names.map(({ id, name }) => [id, name]));
  return rows.map(({ scope: _scope, orderedById: _by, ...row }) => {
    const stamps = Object.fromEntries(ISSUE_STAMPS.map((stamp) => [stamp, iso(row[stamp])])) as Record<(typeof ISSUE_STAMPS)[number], string | null>; // prettier-ignore
    return {
      ...row, ...stamps, warehouseName: nameOf.get(row.warehouseId)!, statusSince: row.statusSince.toISOString(),
      plannedAt: row.plannedAt.toISOString(), orderedAt: row.orderedAt.toISOString(), approvalDueAt: iso(row.approvalDueAt),
      inquiryId: inquiries.get(row.id)?.id ?? null, inquiryStatus: inquiries.get(row.id)?.status ?? null,
      signatures: signatures.get(row.id) ?? [],
    }; // prettier-ignore
  });
}

/** The lines with the lots held for them or issued: two statements. */
export async function issueGoodsOf(tx: Tx, issueId: string): Promise<IssueDetailDto['goods']> {
  const lines = await issueLines(tx, issueId);
  const byLine = new Map<string, Omit<LotOfLine, 'orderLineId'>[]>();
  for (const { orderLineId, ...lot } of await lotsOfLines(tx, lines.map((line) => line.id))) {
    const held = byLine.get(orderLineId);
    if (held) held.push(lot);
    else byLine.set(orderLineId, [lot]);
  } // prettier-ignore
  return lines.map((line, n) => ({ ...line, line: n + 1, lots: byLine.get(line.id) ?? [] }));
}
