import type { Tx } from '../database/index.js';
import type { ComparedItem, ComparisonDto } from './comparison.dto.js';

/** Incidents to compare. keys: what the reader may see; null: all. ended: closed ones only, else from stabilised on. */
export interface Compared {
  keys: string[] | null;
  paths: string[];
  exercise: boolean;
  ended: boolean;
  from: Date | null;
  until: Date | null;
  severity: string | null;
  incidentId: string | null;
}
export type ComparedIncident = Omit<ComparisonDto, 'items' | 'counts' | 'reportedAt' | 'closedAt'> & {
  reportedAt: Date;
  closedAt: Date | null;
};
const INCIDENT = `i.id as "incidentId", i.number, i.title, i.kind, i.severity, i.status, i.society_id as "societyId", s.name as society,
  i.exercise, i.reported_at as "reportedAt", i.closed_at as "closedAt"`;

/** Newest first. */
export async function comparedIncidents(tx: Tx, of: Compared, limit: number): Promise<ComparedIncident[]> {
  const statuses = of.ended ? ['closed'] : ['stabilised', 'demobilising', 'closed'];
  return tx.query<ComparedIncident>(
    `select ${INCIDENT} from incident i join society s on s.id = i.society_id
     where ($1::text[] is null or i.scope && $1) and s.path like any($2) and i.exercise = $3 and i.status = any($4)
       and ($5::timestamptz is null or i.reported_at >= $5) and ($6::timestamptz is null or i.reported_at < $6)
       and ($7::text is null or i.severity = $7) and ($8::uuid is null or i.id = $8)
     order by i.reported_at desc, i.id desc limit $9`,
    [of.keys, of.paths.map((path) => `${path}%`), of.exercise, statuses, of.from, of.until, of.severity, of.incidentId, limit],
  );
} // prettier-ignore

/** One incident, whatever its status; the caller has made sure that it may be seen. */
export async function comparedIncident(tx: Tx, id: string): Promise<ComparedIncident | undefined> {
  const sql = `select ${INCIDENT} from incident i join society s on s.id = i.society_id where i.id = $1`;
  return (await tx.query<ComparedIncident>(sql, [id]))[0];
}

type Moved = Pick<ComparedItem, 'itemId' | 'asked' | 'sent' | 'received' | 'returned'> & { incidentId: string };

/**
 * Units by incident and item: asked for as the needs stand; sent and signed for by orders of dispatch and by issues that name the incident;
 * come back of either. Papers that were reversed do not count.
 */
export async function movedUnits(tx: Tx, incidentIds: string[]): Promise<Moved[]> {
  return tx.query<Moved>(
    `with paper as (
       select o.incident_id, o.id, l.item_id, l.shipped_units as sent, l.received_units as received
       from supply_order o join supply_order_line l on l.order_id = o.id where o.incident_id = any($1)
       union all
       select s.incident_id, s.id, l.item_id, l.units, l.received_units
       from stock_issue s join stock_issue_line l on l.issue_id = s.id
       where s.incident_id = any($1) and s.status in ('issued','signed','signed-with-differences','closed')
         and not exists (select 1 from stock_reversal r where r.document_id = s.id and r.status = 'posted')),
     back as (
       select p.incident_id, (l->>'itemId')::uuid as item_id, sum((l->>'units')::bigint) as units
       from (select distinct incident_id, id from paper) p join stock_return t on t.issued_by_id = p.id and t.status = 'posted'
       cross join lateral jsonb_array_elements(t.lines) l group by 1, 2),
     part as (
       select incident_id, item_id, 0::bigint as asked, sent, received, 0::bigint as returned from paper
       union all select incident_id, item_id, units, 0, 0, 0 from incident_need where incident_id = any($1) and item_id is not null
       union all select incident_id, item_id, 0, 0, 0, units from back)
     select incident_id as "incidentId", item_id as "itemId", sum(asked)::bigint as asked, sum(sent)::bigint as sent,
       sum(received)::bigint as received, sum(returned)::bigint as returned from part group by 1, 2 order by 1, 2`,
    [incidentIds],
  );
}

export interface ComparedGoods {
  id: string;
  code: string;
  name: string;
  nameEn: string;
  unit: string;
}
/** Items by id or code, as they are called. */
export async function goodsOf(tx: Tx, { ids, codes }: { ids: string[]; codes: string[] }): Promise<ComparedGoods[]> {
  const sql = `select id, code, name, name_en as "nameEn", unit from item where id = any($1) or code = any($2) order by code`;
  return tx.query<ComparedGoods>(sql, [ids, codes]);
}
