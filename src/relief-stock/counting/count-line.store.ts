import type { Tx } from '../../database/index.js';
import type { CountLineDto, LineState } from './count.dto.js';
import { type Block, type Entry, RECOUNT_WINDOW_MS } from './count.rules.js';

/** A line as it is kept; what the ledger says of it comes with its entries. */
export interface LineRow extends Pick<
  CountLineDto,
  | 'id'
  | 'line'
  | 'binId'
  | 'binCode'
  | 'itemId'
  | 'lotId'
  | 'lotCode'
  | 'expiresOn'
  | 'condition'
  | 'ownerSocietyId'
  | 'fund'
  | 'found'
  | 'state'
  | 'recountReason'
  | 'cause'
  | 'note'
  | 'postedUnits'
  | 'dropReason'
> {
  cellId: string;
  priceFen: number | null;
  recountFrom: Date | null;
  /** What the book said when the line was last counted. */
  seenBookUnits: number | null;
  approvedUnits: number | null;
  blocked: Block | null;
  /** What was settled when the line was posted. */
  entryId: string | null;
}

const LINE = `l.id, l.line, l.cell_id as "cellId", l.bin_id as "binId", p.code as "binCode", l.item_id as "itemId", l.lot_id as "lotId",
  lot.code as "lotCode", lot.expires_on as "expiresOn", l.condition, l.owner_society_id as "ownerSocietyId", l.fund, l.found,
  l.price_fen as "priceFen", l.state, l.recount_reason as "recountReason", l.recount_from as "recountFrom", l.entry_id as "entryId",
  l.seen_book_units as "seenBookUnits", l.explained_cause as cause, l.explained_note as note, l.approved_units as "approvedUnits", l.blocked,
  l.posted_units as "postedUnits", l.drop_reason as "dropReason"`;

/** Lines of a count in walking order; only those with the ids when some are given. Ids of other counts are left out. */
export async function linesOf(tx: Tx, countId: string, ids?: string[]): Promise<LineRow[]> {
  return tx.query<LineRow>(
    `select ${LINE} from stock_count_line l join stock_place p on p.id = l.bin_id join lot on lot.id = l.lot_id
     where l.count_id = $1 and ($2::uuid[] is null or l.id = any($2)) order by l.line`,
    [countId, ids ?? null],
  );
}

/**
 * What was counted on lines, with what the ledger of now says of each moment: the balance of now less every movement after it, by when it
 * happened and, at the moment itself, by when it was written down.
 */
export async function entriesOf(tx: Tx, countId: string, lineIds?: string[]): Promise<Entry[]> {
  const after = (end: 'from' | 'to') =>
    `(select coalesce(sum(m.units), 0) from stock_movement m where m.${end}_cell_id = l.cell_id and (m.occurred_at, m.recorded_at) > (e.moment, e.moment))`;
  const near = (end: 'from' | 'to') =>
    `exists (select 1 from stock_movement m where m.${end}_cell_id = l.cell_id and m.occurred_at between e.moment - $3::interval and e.moment + $3::interval)`;
  return tx.query<Entry>(
    `select e.id, e.line_id as "lineId", e.counter_id as "counterId", e.counter_name as "counterName", e.units, e.moment,
       (coalesce(c.on_hand, 0) + ${after('from')} - ${after('to')})::bigint as "bookUnits", (${near('from')} or ${near('to')}) as "movedNear"
     from stock_count_line l join stock_count_entry e on e.line_id = l.id left join stock_cell c on c.id = l.cell_id
     where l.count_id = $1 and ($2::uuid[] is null or l.id = any($2)) order by e.line_id, e.moment, e.id`,
    [countId, lineIds ?? null, `${RECOUNT_WINDOW_MS} milliseconds`],
  );
}

export interface NewEntry {
  id: string;
  lineId: string;
  units: number;
  moment: Date;
  clockOffsetMs: number;
  counterId: string;
  counterName: string;
  recordedAt: Date;
  receivedAt: Date;
}

/** Keeps what was counted; the same person, line and moment is the same count, whatever it says now: see `entriesOf`. */
export async function insertEntries(tx: Tx, entries: NewEntry[]): Promise<void> {
  await tx.query(
    `insert into stock_count_entry (id, line_id, units, moment, clock_offset_ms, counter_id, counter_name, recorded_at, received_at)
     select "id", "lineId", "units", "moment", "clockOffsetMs", "counterId", "counterName", "recordedAt", "receivedAt"
     from jsonb_to_recordset($1::jsonb) as e ("id" uuid, "lineId" uuid, "units" bigint, "moment" timestamptz, "clockOffsetMs" bigint,
       "counterId" uuid, "counterName" text, "recordedAt" timestamptz, "receivedAt" timestamptz)
     order by "id" on conflict (id) do nothing`,
    [JSON.stringify(entries)],
  );
}

/** Everybody who has counted a line of the count. */
export async function countersOf(tx: Tx, countId: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select distinct e.counter_id as id from stock_count_line l join stock_count_entry e on e.line_id = l.id where l.count_id = $1`,
    [countId],
  );
  return rows.map((row) => row.id);
}

export interface LineChange {
  id: string;
  state: LineState;
  recountReason: string | null;
  recountFrom: Date | null;
  seenBookUnits: number | null;
  cause: string | null;
  note: string | null;
  approvedUnits: number | null;
  blocked: Block | null;
  postedUnits: number | null;
  entryId: string | null;
  dropReason: string | null;
}

/** Writes lines of a locked count. C1: posted and dropped lines leave their cell to other counts. */
export async function saveLines(tx: Tx, lines: LineChange[], causeId: string | null = null): Promise<void> {
  if (lines.length === 0) return;
  await tx.query(
    `update stock_count_line l set state = n."state", recount_reason = n."recountReason", recount_from = n."recountFrom",
       seen_book_units = n."seenBookUnits", explained_cause = n."cause", explained_note = n."note", approved_units = n."approvedUnits",
       blocked = n."blocked", posted_units = n."postedUnits", entry_id = n."entryId", drop_reason = n."dropReason",
       posted_cause_id = case when n."postedUnits" <> 0 then $2::uuid end, active = n."state" not in ('posted', 'dropped')
     from jsonb_to_recordset($1::jsonb) as n ("id" uuid, "state" text, "recountReason" text, "recountFrom" timestamptz, "seenBookUnits" bigint,
       "cause" text, "note" text, "approvedUnits" bigint, "blocked" jsonb, "postedUnits" bigint, "entryId" uuid, "dropReason" text)
     where l.id = n."id"`,
    [JSON.stringify(lines), causeId],
  );
}

/** A cancelled count leaves its cells to others. C1 */
export async function releaseLines(tx: Tx, countId: string): Promise<void> {
  await tx.query(`update stock_count_line set active = false where count_id = $1`, [countId]);
}

export interface FoundLine {
  id: string;
  countId: string;
  cellId: string;
  itemId: string;
  lotId: string;
  binId: string;
  condition: string;
  ownerSocietyId: string;
  fund: string | null;
  priceFen: number | null;
}

/** Adds a line for goods that were found; answers nothing added when the cell stands in an open count (C1). */
export async function insertFoundLine(tx: Tx, line: FoundLine): Promise<boolean> {
  const rows = await tx.query(
    `insert into stock_count_line (id, count_id, line, cell_id, item_id, lot_id, bin_id, condition, owner_society_id, fund, found, price_fen)
     select $1, $2, coalesce(max(line), 0) + 1, $3, $4, $5, $6, $7, $8, $9, true, $10 from stock_count_line where count_id = $2
     on conflict (cell_id) where active do nothing returning 1`,
    [
      line.id, line.countId, line.cellId, line.itemId, line.lotId, line.binId, line.condition, line.ownerSocietyId, line.fund, line.priceFen,
    ], // prettier-ignore
  );
  return rows.length > 0;
}

export interface SheetRow {
  line: number;
  binCode: string;
  itemCode: string;
  itemName: string;
  unit: string;
  lotCode: string;
  expiresOn: string | null;
  condition: CountLineDto['condition'];
  fund: string | null;
}

export async function sheetRows(tx: Tx, countId: string): Promise<SheetRow[]> {
  return tx.query<SheetRow>(
    `select l.line, p.code as "binCode", i.code as "itemCode", i.name as "itemName", i.unit, lot.code as "lotCode", lot.expires_on as "expiresOn",
       l.condition, l.fund
     from stock_count_line l join stock_place p on p.id = l.bin_id join item i on i.id = l.item_id join lot on lot.id = l.lot_id
     where l.count_id = $1 and l.state <> 'dropped' order by p.code, l.line`,
    [countId],
  );
}
