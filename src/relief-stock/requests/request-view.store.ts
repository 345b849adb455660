import type { Tx } from '../../database/index.js';
import { FROM_REQUEST, REQUEST, type RequestRow } from './request.store.js';
import type { LineFacts } from './request.rules.js';
import type { CommitmentDto, RequestDto, RequestHeadDto } from './requests.dto.js';

/**
 * The quantities of lines (`line`: those of the query) as the ledger and the reservations have them. A line's goods are reserved by its
 * commitments and by the lines of transfers that took them up; they are in transit in, or came out of, the accounts of those transfers:
 * received is what reached a bin of another warehouse, or a recipient, in good condition.
 */
const QUANTITIES = `served as (
     select c.request_line_id as line_id, c.id as order_line_id from stock_commitment c join line on line.id = c.request_line_id
     union all select s.request_line_id, s.order_line_id from stock_request_consignment s join line on line.id = s.request_line_id),
   held as (select s.line_id, sum(r.units) as units from served s join reservation r on r.order_line_id = s.order_line_id
     where r.state = 'pending' group by 1),
   way as (select s.request_line_id as line_id, c.id as cell_id, c.on_hand from stock_request_consignment s
     join line on line.id = s.request_line_id
     join stock_place p on p.kind = 'transit' and p.warehouse_id = s.warehouse_id and p.code = s.consignment_id::text
     join stock_cell c on c.place_id = p.id and c.item_id = s.item_id),
   moving as (select line_id, sum(on_hand) as units from way group by 1),
   arrived as (select way.line_id, sum(m.units) as units from way
     join stock_movement m on m.from_cell_id = way.cell_id and m.reason in ('transfer', 'deliver')
     join stock_cell t on t.id = m.to_cell_id and t.condition = 'good'
       and (t.kind = 'recipient' or (t.kind = 'bin' and m.to_warehouse_id <> m.warehouse_id))
     where not exists (select 1 from stock_movement r where r.reverses_id = m.id) group by 1),
   quantity as (select line.id, coalesce(held.units, 0)::bigint as reserved, coalesce(moving.units, 0)::bigint as moving,
       coalesce(arrived.units, 0)::bigint as received
     from line left join held on held.line_id = line.id left join moving on moving.line_id = line.id
     left join arrived on arrived.line_id = line.id)`;

/** The lines of requests in their order, with their quantities at this moment. */
export async function linesOf(tx: Tx, requestIds: string[]): Promise<(LineFacts & { requestId: string })[]> {
  return tx.query(
    `with line as (select * from stock_request_line where request_id = any($1)), ${QUANTITIES}
     select line.id, line.request_id as "requestId", line.line, line.item_id as "itemId", line.state, line.units as "requestedUnits",
       q.reserved + q.moving + q.received as "committedUnits", q.reserved as "reservedUnits", q.moving as "inTransitUnits",
       q.received as "receivedUnits"
     from line join quantity q on q.id = line.id order by line.request_id, line.line`,
    [requestIds],
  );
}

/** What was promised to a request, in the order of the promises. */
export async function commitmentsOf(
  tx: Tx,
  requestId: string,
): Promise<(Omit<CommitmentDto, 'committedAt'> & { committedAt: Date })[]> {
  return tx.query(
    `select c.id, c.answer_id as "answerId", c.request_line_id as "lineId", c.society_id as "societyId", c.warehouse_id as "warehouseId",
       c.units, coalesce((select sum(r.units) from reservation r where r.order_line_id = c.id and r.state = 'pending'), 0)::bigint
         as "pendingUnits", coalesce((select sum(t.units) from stock_commitment_take_over t where t.commitment_id = c.id), 0)::bigint
         as "takenUnits", c.by_name as "byName", c.committed_at as "committedAt"
     from stock_commitment c join stock_request_line l on l.id = c.request_line_id
     where c.request_id = $1 order by c.committed_at, l.line, c.id`,
    [requestId],
  );
}

/** The transfers that carry what was promised, and for which line. Those that were called off are left out. */
export async function consignmentsOf(tx: Tx, requestId: string): Promise<RequestDto['consignments']> {
  return tx.query(
    `select t.id as "transferId", t.number, s.request_line_id as "lineId", t.from_warehouse_id as "warehouseId", tl.units
     from stock_request_line l join stock_request_consignment s on s.request_line_id = l.id
     join stock_transfer t on t.id = s.consignment_id join stock_transfer_line tl on tl.id = s.order_line_id
     where l.request_id = $1 and t.status <> 'cancelled' order by t.number, l.line`,
    [requestId],
  );
}

/** What graver incidents took of what was promised, in the order in which they did. */
export async function takeOversOf(
  tx: Tx,
  requestId: string,
): Promise<(Omit<RequestDto['takeOvers'][0], 'takenAt'> & { takenAt: Date })[]> {
  return tx.query(
    `select t.commitment_id as "commitmentId", c.request_line_id as "lineId", t.incident_id as "byIncidentId", t.order_number as "byOrderNumber",
       t.units, t.reason, t.by_name as "byName", t.taken_at as "takenAt"
     from stock_commitment_take_over t join stock_commitment c on c.id = t.commitment_id where c.request_id = $1 order by t.taken_at, t.id`,
    [requestId],
  );
}

/** Promises of lines that still hold goods under their own id: not taken up, not taken back. */
export async function pendingCommitments(
  tx: Tx,
  filter: { lineIds: string[]; warehouseId?: string },
): Promise<{ id: string; lineId: string; itemId: string; units: number }[]> {
  return tx.query(
    `select c.id, c.request_line_id as "lineId", l.item_id as "itemId", sum(r.units)::bigint as units
     from stock_commitment c join stock_request_line l on l.id = c.request_line_id
     join reservation r on r.order_line_id = c.id and r.state = 'pending'
     where c.request_line_id = any($1) and ($2::uuid is null or c.warehouse_id = $2)
     group by c.id, l.item_id order by c.committed_at, c.id`,
    [filter.lineIds, filter.warehouseId ?? null],
  );
}

export interface RequestFilter {
  side: 'own' | 'to-answer' | undefined;
  status: string | undefined;
  societyId: string | undefined;
  incidentId: string | undefined;
}
type HeadRow = RequestRow &
  Pick<RequestHeadDto, 'lineCount' | 'requestedUnits' | 'committedUnits' | 'receivedUnits' | 'openSocietyIds'>;

/**
 * A page of requests, newest first, that one of the keys may see. `own`: asked by a society or warehouse of the actor; `to-answer`: open at
 * the desk of one of his societies.
 */
export async function requestsBefore(
  tx: Tx,
  filter: RequestFilter,
  page: {
    keys: string[];
    societyIds: string[];
    warehouseIds: string[];
    before: [string, string] | null;
    limit: number;
  },
): Promise<HeadRow[]> {
  return tx.query<HeadRow>(
    `with page as (select ${REQUEST} ${FROM_REQUEST} where r.scope && $1
         and ($2::text is null or r.status = $2) and ($3::uuid is null or r.society_id = $3) and ($4::uuid is null or r.incident_id = $4)
         and ($5::text is distinct from 'own' or r.society_id = any($6) or r.warehouse_id = any($7))
         and ($5::text is distinct from 'to-answer' or (r.status = 'open' and exists (select 1 from stock_request_desk d
           where d.request_id = r.id and d.outcome is null and d.society_id = any($6))))
         and ($8::timestamptz is null or (r.received_at, r.id) < ($8, $9::uuid))
       order by r.received_at desc, r.id desc limit $10),
     line as (select l.* from stock_request_line l join page on page.id = l.request_id), ${QUANTITIES}
     select page.*, s.*, (select coalesce(jsonb_agg(d.society_id order by d.serial), '[]') from stock_request_desk d
       where d.request_id = page.id and d.outcome is null) as "openSocietyIds"
     from page join lateral (select count(*)::integer as "lineCount", sum(line.units)::bigint as "requestedUnits",
         sum(q.reserved + q.moving + q.received)::bigint as "committedUnits", sum(q.received)::bigint as "receivedUnits"
       from line join quantity q on q.id = line.id where line.request_id = page.id) s on true
     order by page."receivedAt" desc, page.id desc`,
    [
      page.keys, filter.status ?? null, filter.societyId ?? null, filter.incidentId ?? null, filter.side ?? null, page.societyIds,
      page.warehouseIds, page.before?.[0] ?? null, page.before?.[1] ?? null, page.limit,
    ], // prettier-ignore
  );
}
