import type { Tx } from '../../database/index.js';
import type { CountDto, CountScope, CountsQuery } from './count.dto.js';

const STAMPS = ['occurredAt', 'openedAt', 'finishedAt', 'approvedAt', 'postedAt', 'cancelledAt'] as const;
type Stamp = (typeof STAMPS)[number];
/** A count with who may see and do what, and how often it was approved and posted. */
export interface CountRow extends Omit<CountDto, Stamp> {
  occurredAt: Date;
  openedAt: Date;
  finishedAt: Date | null;
  approvedAt: Date | null;
  postedAt: Date | null;
  cancelledAt: Date | null;
  approvals: number;
  postings: number;
  societyId: string;
  societyPath: string;
  societyAdcode: string;
  scopeKeys: string[];
}

const COUNT = `c.id, c.number, c.warehouse_id as "warehouseId", c.kind, c.covers as scope, c.blind, c.note, c.status, c.opened_by as "openedBy",
  c.occurred_at as "occurredAt", c.opened_at as "openedAt", c.finished_at as "finishedAt", c.approved_at as "approvedAt",
  c.posted_at as "postedAt", c.cancelled_at as "cancelledAt", c.cancel_reason as "cancelReason", c.figures, c.approvals, c.postings, c.version,
  w.scope as "scopeKeys", w.society_id as "societyId", o.path as "societyPath", o.adcode as "societyAdcode"`;
const FROM = `from stock_count c join warehouse w on w.id = c.warehouse_id join society o on o.id = w.society_id`;
const SUMS = `l."lineCount", l."openLines", l."recountLines"`;
const LINES_OF = (
  count: string,
) => `lateral (select count(*)::integer as "lineCount", count(*) filter (where state = 'open')::integer as "openLines",
  count(*) filter (where state = 'recount')::integer as "recountLines" from stock_count_line where count_id = ${count}) l`;

export async function findCount(tx: Tx, id: string): Promise<CountRow | undefined> {
  const rows = await tx.query<CountRow>(`select ${COUNT}, ${SUMS} ${FROM} cross join ${LINES_OF('c.id')} where c.id = $1`, [id]); // prettier-ignore
  return rows[0];
}

/** The first lock of every step of a count. */
export async function lockCount(tx: Tx, id: string): Promise<CountRow | undefined> {
  await tx.query(`select 1 from stock_count where id = $1 for no key update`, [id]);
  return findCount(tx, id);
}

/** A page of counts, newest first, of the warehouses that one of the keys may see. */
export async function countsBefore(
  tx: Tx,
  filter: Pick<CountsQuery, 'warehouseId' | 'status' | 'kind'>,
  page: { keys: string[]; before: [string, string] | null; limit: number },
): Promise<CountRow[]> {
  return tx.query<CountRow>(
    `select ${COUNT}, ${SUMS} ${FROM} cross join ${LINES_OF('c.id')}
     where w.scope && $1 and ($2::uuid is null or c.warehouse_id = $2) and ($3::text is null or c.status = $3)
       and ($4::text is null or c.kind = $4) and ($5::timestamptz is null or (c.opened_at, c.id) < ($5, $6::uuid))
     order by c.opened_at desc, c.id desc limit $7`,
    [
      page.keys, filter.warehouseId ?? null, filter.status ?? null, filter.kind ?? null, page.before?.[0] ?? null, page.before?.[1] ?? null,
      page.limit,
    ], // prettier-ignore
  );
}

export type NewCount = Pick<
  CountRow,
  'id' | 'number' | 'warehouseId' | 'kind' | 'scope' | 'blind' | 'note' | 'openedBy' | 'occurredAt' | 'openedAt'
>;

export async function insertCount(tx: Tx, row: NewCount): Promise<void> {
  await tx.query(
    `insert into stock_count (id, number, warehouse_id, kind, covers, blind, note, status, opened_by, occurred_at, opened_at)
     values ($1, $2, $3, $4, $5, $6, $7, 'open', $8, $9, $10)`,
    [
      row.id, row.number, row.warehouseId, row.kind, JSON.stringify(row.scope), row.blind, row.note, row.openedBy, row.occurredAt, row.openedAt,
    ], // prettier-ignore
  );
}

/** The next version of a locked count, with what its step changed. */
export async function saveCount(tx: Tx, row: CountRow): Promise<void> {
  await tx.query(
    `update stock_count set status = $2, finished_at = $3, approved_at = $4, posted_at = $5, cancelled_at = $6, cancel_reason = $7, figures = $8,
       approvals = $9, postings = $10, version = version + 1 where id = $1`,
    [
      row.id, row.status, row.finishedAt, row.approvedAt, row.postedAt, row.cancelledAt, row.cancelReason, row.figures, row.approvals,
      row.postings,
    ], // prettier-ignore
  );
}

const SCOPED: Record<CountScope['by'], string> = {
  whole: '$2::uuid[] is null',
  bins: 'c.place_id = any($2)',
  items: 'c.item_id = any($2)',
  lots: 'c.lot_id = any($2)',
};
const idsOf = (scope: CountScope): string[] | null => (scope.by === 'whole' ? null : scope.ids);

/** Cells of a warehouse in a scope that have something on hand: how many, and the number of a count that already has one of them. */
export async function cellsInScope(
  tx: Tx,
  warehouseId: string,
  scope: CountScope,
): Promise<{ cells: number; takenBy: string | null }> {
  const [row] = await tx.query<{ cells: number; takenBy: string | null }>(
    `with cells as (select c.id from stock_level l join stock_cell c on c.level_id = l.id
       where l.warehouse_id = $1 and c.kind = 'bin' and c.on_hand <> 0 and ${SCOPED[scope.by]})
     select (select count(*)::integer from cells) as cells,
       (select min(k.number) from stock_count_line l join stock_count k on k.id = l.count_id
        where l.active and l.cell_id in (select id from cells)) as "takenBy"`,
    [warehouseId, idsOf(scope)],
  );
  return row!;
}

/** One line a cell in scope, bin by bin in walking order. */
export async function insertLines(
  tx: Tx,
  count: { id: string; warehouseId: string; scope: CountScope },
): Promise<number> {
  const rows = await tx.query(
    `insert into stock_count_line (id, count_id, line, cell_id, item_id, lot_id, bin_id, condition, owner_society_id, fund, price_fen)
     select gen_random_uuid(), $3, row_number() over (order by p.code, i.code, lot.expires_on nulls last, lot.code, c.condition, c.id),
       c.id, c.item_id, c.lot_id, c.place_id, c.condition, c.owner_society_id, c.fund, i.price_fen
     from stock_level l join stock_cell c on c.level_id = l.id join stock_place p on p.id = c.place_id join item i on i.id = c.item_id
       join lot on lot.id = c.lot_id
     where l.warehouse_id = $1 and c.kind = 'bin' and c.on_hand <> 0 and ${SCOPED[count.scope.by]} returning 1`,
    [count.warehouseId, idsOf(count.scope), count.id],
  );
  return rows.length;
}
