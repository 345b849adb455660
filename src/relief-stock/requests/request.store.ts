import type { Tx } from '../../database/index.js';
import type { LineFacts } from './request.rules.js';
import type { RequestDeskDto, RequestDto, RequestLineState } from './requests.dto.js';

/** The request without its parts, as the table has it. */
export interface RequestRow extends Pick<
  RequestDto,
  'id' | 'number' | 'origin' | 'societyId' | 'warehouseId' | 'incidentId' | 'place' | 'note' | 'status' | 'reason' | 'requestedBy'
> {
  societyPath: string;
  neededBy: Date;
  occurredAt: Date;
  recordedAt: Date;
  receivedAt: Date;
  scope: string[];
  version: number;
} // prettier-ignore
export const REQUEST = `r.id, r.number, r.origin, r.society_id as "societyId", o.path as "societyPath", r.warehouse_id as "warehouseId",
  r.incident_id as "incidentId", r.needed_by as "neededBy", r.place, r.note, r.status, r.reason, r.requested_by as "requestedBy",
  r.occurred_at as "occurredAt", r.recorded_at as "recordedAt", r.received_at as "receivedAt", r.scope, r.version`;
export const FROM_REQUEST = `from stock_request r join society o on o.id = r.society_id`;

export async function findRequest(tx: Tx, id: string): Promise<RequestRow | undefined> {
  return (await tx.query<RequestRow>(`select ${REQUEST} ${FROM_REQUEST} where r.id = $1`, [id]))[0];
}

/** Locked before any stock: whoever promises to a request, or changes what was promised, holds it. */
export async function lockRequest(tx: Tx, id: string): Promise<RequestRow | undefined> {
  return (
    await tx.query<RequestRow>(`select ${REQUEST} ${FROM_REQUEST} where r.id = $1 for no key update of r`, [id])
  )[0];
}

/** Requests whose goods a consignment carries, locked by id. */
export async function lockRequestsServedBy(tx: Tx, consignmentId: string): Promise<RequestRow[]> {
  return tx.query<RequestRow>(
    `select ${REQUEST} ${FROM_REQUEST} where r.id in (select l.request_id from stock_request_consignment s
       join stock_request_line l on l.id = s.request_line_id where s.consignment_id = $1)
     order by r.id for no key update of r`,
    [consignmentId],
  );
}

/** The requests of lines, locked by id. */
export async function lockRequestsOfLines(tx: Tx, lineIds: string[]): Promise<RequestRow[]> {
  return tx.query<RequestRow>(
    `select ${REQUEST} ${FROM_REQUEST} where r.id in (select request_id from stock_request_line where id = any($1))
     order by r.id for no key update of r`,
    [lineIds],
  );
}

/** A line of a request with what a transfer that answers it must know of the request. */
export interface AskedLine {
  id: string;
  requestId: string;
  number: string;
  line: number;
  itemId: string;
  societyPath: string;
  warehouseId: string | null;
  scope: string[];
}
export async function askedLines(tx: Tx, lineIds: string[]): Promise<AskedLine[]> {
  return tx.query<AskedLine>(
    `select l.id, l.request_id as "requestId", r.number, l.line, l.item_id as "itemId", o.path as "societyPath",
       r.warehouse_id as "warehouseId", r.scope
     from stock_request_line l join stock_request r on r.id = l.request_id join society o on o.id = r.society_id where l.id = any($1)`,
    [lineIds],
  );
}

export async function insertRequest(tx: Tx, row: RequestRow): Promise<void> {
  await tx.query(
    `insert into stock_request (id, number, origin, society_id, warehouse_id, incident_id, needed_by, place, note, status, reason,
       requested_by, occurred_at, recorded_at, received_at, scope)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      row.id, row.number, row.origin, row.societyId, row.warehouseId, row.incidentId, row.neededBy, row.place, row.note, row.status,
      row.reason, row.requestedBy, row.occurredAt, row.recordedAt, row.receivedAt, row.scope,
    ], // prettier-ignore
  );
}

export async function saveRequest(tx: Tx, row: RequestRow): Promise<RequestRow> {
  await tx.query(`update stock_request set status = $2, reason = $3, scope = $4, version = version + 1 where id = $1`, [
    row.id,
    row.status,
    row.reason,
    row.scope,
  ]);
  return { ...row, version: row.version + 1 };
}

export async function insertLines(
  tx: Tx,
  requestId: string,
  lines: { id: string; itemId: string; units: number }[],
): Promise<void> {
  await tx.query(
    `insert into stock_request_line (id, request_id, line, item_id, units)
     select l.id, $1, l.line, l.item_id, l.units
     from unnest($2::uuid[], $3::uuid[], $4::bigint[]) with ordinality as l (id, item_id, units, line)`,
    [requestId, lines.map((line) => line.id), lines.map((line) => line.itemId), lines.map((line) => line.units)],
  );
}

export async function saveLineStates(tx: Tx, lines: { id: string; state: RequestLineState }[]): Promise<void> {
  if (lines.length === 0) return;
  await tx.query(
    `update stock_request_line l set state = n.state from unnest($1::uuid[], $2::text[]) as n (id, state) where l.id = n.id`,
    [lines.map((line) => line.id), lines.map((line) => line.state)],
  );
}

/** A desk that the request came to, with what names its society. */
export interface DeskRow extends Omit<RequestDeskDto, 'sinceAt' | 'doneAt'> {
  path: string;
  sinceAt: Date;
  doneAt: Date | null;
}

export async function desksOf(tx: Tx, requestId: string): Promise<DeskRow[]> {
  return tx.query<DeskRow>(
    `select d.society_id as "societyId", o.path, d.how, d.from_society_id as "fromSocietyId", d.by_name as "byName", d.reason,
       d.since_at as "sinceAt", d.outcome, d.done_by as "doneBy", d.done_reason as "doneReason", d.done_at as "doneAt"
     from stock_request_desk d join society o on o.id = d.society_id where d.request_id = $1 order by d.serial`,
    [requestId],
  );
}

export async function insertDesk(
  tx: Tx,
  requestId: string,
  desk: Pick<DeskRow, 'societyId' | 'how' | 'fromSocietyId' | 'byName' | 'reason' | 'sinceAt'>,
): Promise<void> {
  await tx.query(
    `insert into stock_request_desk (request_id, serial, society_id, how, from_society_id, by_name, reason, since_at)
     select $1, count(*) + 1, $2, $3, $4, $5, $6, $7 from stock_request_desk where request_id = $1`,
    [requestId, desk.societyId, desk.how, desk.fromSocietyId, desk.byName, desk.reason, desk.sinceAt],
  );
}

export async function closeDesk(
  tx: Tx,
  requestId: string,
  end: { societyId: string; outcome: 'passed-up' | 'declined'; by: string; reason: string; at: Date },
): Promise<void> {
  await tx.query(
    `update stock_request_desk set outcome = $3, done_by = $4, done_reason = $5, done_at = $6 where request_id = $1 and society_id = $2`,
    [requestId, end.societyId, end.outcome, end.by, end.reason, end.at],
  );
}

export interface CommitmentRow {
  id: string;
  answerId: string;
  requestId: string;
  lineId: string;
  societyId: string;
  warehouseId: string;
  units: number;
  byName: string;
  committedAt: Date;
}

export async function insertCommitments(tx: Tx, rows: CommitmentRow[]): Promise<void> {
  await tx.query(
    `insert into stock_commitment (id, answer_id, request_id, request_line_id, society_id, warehouse_id, units, by_name, committed_at)
     select "id", "answerId", "requestId", "lineId", "societyId", "warehouseId", "units", "byName", "committedAt"
     from jsonb_to_recordset($1::jsonb) as c ("id" uuid, "answerId" uuid, "requestId" uuid, "lineId" uuid, "societyId" uuid,
       "warehouseId" uuid, "units" bigint, "byName" text, "committedAt" timestamptz)`,
    [JSON.stringify(rows)],
  );
}

/** The lines of a transfer that take promises up: one statement. */
export async function insertConsignment(
  tx: Tx,
  consignment: { consignmentId: string; warehouseId: string },
  lines: { orderLineId: string; requestLineId: string; itemId: string }[],
): Promise<void> {
  await tx.query(
    `insert into stock_request_consignment (order_line_id, consignment_id, request_line_id, item_id, warehouse_id)
     select l.order_line_id, $1, l.request_line_id, l.item_id, $2
     from unnest($3::uuid[], $4::uuid[], $5::uuid[]) as l (order_line_id, request_line_id, item_id)`,
    [
      consignment.consignmentId, consignment.warehouseId, lines.map((line) => line.orderLineId), lines.map((line) => line.requestLineId),
      lines.map((line) => line.itemId),
    ], // prettier-ignore
  );
}

/** The lines of a consignment that answer lines which still live. */
export async function liveLinesServedBy(
  tx: Tx,
  consignmentId: string,
): Promise<{ orderLineId: string; requestId: string; requestLineId: string; warehouseId: string; units: number }[]> {
  return tx.query(
    `select s.order_line_id as "orderLineId", l.request_id as "requestId", l.id as "requestLineId", s.warehouse_id as "warehouseId",
       (select coalesce(sum(r.units), 0) from reservation r where r.order_line_id = s.order_line_id and r.state = 'pending')::bigint as units
     from stock_request_consignment s join stock_request_line l on l.id = s.request_line_id
     where s.consignment_id = $1 and l.state not in ('withdrawn', 'closed') order by s.order_line_id`,
    [consignmentId],
  );
}

export type LineRow = LineFacts;

/** Promised units that a graver incident took. */
export interface TakenRow {
  id: string;
  commitmentId: string;
  incidentId: string;
  orderNumber: string;
  units: number;
  reason: string;
  byName: string;
  takenAt: Date;
}
export async function insertTakeOver(tx: Tx, row: TakenRow): Promise<void> {
  await tx.query(
    `insert into stock_commitment_take_over (id, commitment_id, incident_id, order_number, units, reason, by_name, taken_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [row.id, row.commitmentId, row.incidentId, row.orderNumber, row.units, row.reason, row.byName, row.takenAt],
  );
}
