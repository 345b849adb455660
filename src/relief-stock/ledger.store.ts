import type { Tx } from '../database/index.js';
import type { Cell, Leg, Movement } from './ledger.rules.js';
import { LEVEL, LEVEL_SUMS } from './level.store.js';
import type { Condition, PlaceKind, StockLevelDto } from './relief-stock.dto.js';

export interface WarehouseItem {
  warehouseId: string;
  itemId: string;
}
export interface LockedLevel {
  id: string;
  minimumUseDays: number;
}

/** Lock rows for warehouses and items that never met before. Ids are made from the pair; others may make the same row. */
export async function makeLevels(tx: Tx, levels: (WarehouseItem & { id: string })[]): Promise<void> {
  await tx.query(
    `insert into stock_level (id, warehouse_id, item_id)
     select * from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as pair (id, warehouse_id, item_id) order by id on conflict do nothing`,
    [levels.map((one) => one.id), levels.map((one) => one.warehouseId), levels.map((one) => one.itemId)],
  );
}

/** The first lock of every change of stock: levels in id order. Those that do not exist are left out. */
export async function lockLevels(tx: Tx, ids: string[]): Promise<LockedLevel[]> {
  return tx.query<LockedLevel>(
    `select l.id, i.minimum_use_days as "minimumUseDays" from stock_level l join item i on i.id = l.item_id
     where l.id = any($1) order by l.id for update of l`,
    [ids],
  );
}

const CELL = `c.id, c.item_id as "itemId", c.lot_id as "lotId", c.warehouse_id as "warehouseId", c.kind, c.on_hand as "onHand", c.reserved`;

/** The second lock: all cells of the change, in id order, in one statement. The levels that cover them are locked before. */
export async function lockCells(tx: Tx, ids: string[]): Promise<Cell[]> {
  return tx.query<Cell>(
    `select ${CELL}, coalesce((select sum(x.units) from stock_box_content x where x.cell_id = c.id and x.on_shelf), 0)::bigint as "boxedUnits"
     from stock_cell c where c.id = any($1) order by c.id for update`,
    [ids],
  );
}

/** An account with what names it: its place, and whose goods they are, in which condition, for which purpose. */
export interface Account {
  id: string;
  levelId: string;
  itemId: string;
  lotId: string;
  placeId: string;
  warehouseId: string;
  kind: PlaceKind;
  /** The bin's code, or the id of the document outside. */
  placeCode: string;
  placeName: string | null;
  condition: Condition;
  ownerSocietyId: string;
  fund: string | null;
}

/** What a cause has posted before, in line order (S5). */
export async function movementsOfCause(tx: Tx, causeId: string): Promise<Movement[]> {
  return tx.query<Movement>(
    `select from_cell_id as "fromCellId", to_cell_id as "toCellId", units, reason from stock_movement where cause_id = $1 order by line`,
    [causeId],
  );
}

/** Units that still are where a cause has moved them. */
export async function unitsLeftBy(tx: Tx, causeId: string): Promise<number> {
  const [row] = await tx.query<{ units: number }>(
    `select coalesce(sum(on_hand), 0)::bigint as units from stock_cell
     where id in (select to_cell_id from stock_movement where cause_id = $1)`,
    [causeId],
  );
  return row!.units;
}

export interface RecordedMovement extends Movement {
  id: string;
  line: number;
  itemId: string;
  lotId: string;
  warehouseId: string;
  toWarehouseId: string;
  reversesId: string | null;
}
export interface Cause {
  causeId: string;
  document: string;
  actorId: string | null;
  occurredAt: Date;
  recordedAt: Date;
  receivedAt: Date;
}

/** An account that nobody used before, with its first balance. */
export interface NewCell extends Account {
  onHand: number;
  reserved: number;
}

/** Accounts that are not there yet, and their places. Under the lock of their levels nobody makes or changes the same ones. */
const makingCells = (from: number) => `
  places as (insert into stock_place (id, kind, warehouse_id, code, name)
    select * from unnest($${from}::uuid[], $${from + 1}::text[], $${from + 2}::uuid[], $${from + 3}::text[], $${from + 4}::text[])
      as p (id, kind, warehouse_id, code, name) where kind <> 'bin' order by id on conflict do nothing),
  made as (insert into stock_cell (id, level_id, item_id, lot_id, place_id, kind, warehouse_id, condition, owner_society_id, fund, on_hand, reserved)
    select * from unnest(${params(from + 5, ['uuid', 'uuid', 'uuid', 'uuid', 'uuid', 'text', 'uuid', 'text', 'uuid', 'text', 'bigint', 'bigint'])})
      as c (id, level_id, item_id, lot_id, place_id, kind, warehouse_id, condition, owner_society_id, fund, on_hand, reserved) order by id)`;

/** Columns, not objects: a paper of thousands of lines is sent and read in half the time. */
const params = (from: number, types: string[]) => types.map((type, n) => `$${from + n}::${type}[]`).join(', ');
const column = <Row, Value>(rows: Row[], of: (row: Row) => Value): Value[] => rows.map(of);

function cellColumns(made: NewCell[]): unknown[][] {
  const places = [...new Map(made.map((cell) => [cell.placeId, cell])).values()];
  return [
    column(places, (p) => p.placeId), column(places, (p) => p.kind), column(places, (p) => p.warehouseId),
    column(places, (p) => p.placeCode), column(places, (p) => p.placeName),
    column(made, (c) => c.id), column(made, (c) => c.levelId), column(made, (c) => c.itemId), column(made, (c) => c.lotId),
    column(made, (c) => c.placeId), column(made, (c) => c.kind), column(made, (c) => c.warehouseId), column(made, (c) => c.condition),
    column(made, (c) => c.ownerSocietyId), column(made, (c) => c.fund), column(made, (c) => c.onHand), column(made, (c) => c.reserved),
  ]; // prettier-ignore
}

const movementColumns = (rows: RecordedMovement[]): unknown[][] => [
  column(rows, (m) => m.id), column(rows, (m) => m.line), column(rows, (m) => m.itemId), column(rows, (m) => m.lotId),
  column(rows, (m) => m.warehouseId), column(rows, (m) => m.toWarehouseId), column(rows, (m) => m.fromCellId),
  column(rows, (m) => m.toCellId), column(rows, (m) => m.units), column(rows, (m) => m.reason), column(rows, (m) => m.reversesId),
]; // prettier-ignore
const MOVEMENT_TYPES = ['uuid', 'integer', 'uuid', 'uuid', 'uuid', 'uuid', 'uuid', 'uuid', 'bigint', 'text', 'uuid'];

/**
 * Writes the movements of a cause and the balances of its cells, locked or new, in one statement; S1 and S2 are checked again by the table.
 * Answers how many movements were written: fewer when another transaction just posted the cause (S5), and then nothing of it may stay.
 */
export async function insertMovements(
  tx: Tx,
  movements: RecordedMovement[],
  { cause, cells, made }: { cause: Cause; cells: Cell[]; made: NewCell[] },
): Promise<number> {
  const [row] = await tx.query<{ written: number }>(
    `with balances as (${savingBalances('$7', '$8', '$9')}), ${made.length > 0 ? `${makingCells(21)},` : ''}
       written as (insert into stock_movement (id, cause_id, line, item_id, lot_id, warehouse_id, to_warehouse_id, from_cell_id, to_cell_id,
         units, reason, reverses_id, document, actor_id, occurred_at, recorded_at, received_at)
       select m.id, $1::uuid, m.line, m.item_id, m.lot_id, m.warehouse_id, m.to_warehouse_id, m.from_cell_id, m.to_cell_id, m.units, m.reason,
         m.reverses_id, $2, $3::uuid, $4::timestamptz, $5::timestamptz, $6::timestamptz
       from unnest(${params(10, MOVEMENT_TYPES)}) as m (id, line, item_id, lot_id, warehouse_id, to_warehouse_id, from_cell_id,
         to_cell_id, units, reason, reverses_id)
       on conflict on constraint one_cause_one_effect do nothing returning 1)
     select count(*)::integer as written from written`,
    [
      cause.causeId, cause.document, cause.actorId, cause.occurredAt, cause.recordedAt, cause.receivedAt,
      ...balancesOf(cells), ...movementColumns(movements), ...(made.length > 0 ? cellColumns(made) : []),
    ], // prettier-ignore
  );
  return row!.written;
}

const savingBalances = (ids: string, onHand: string, reserved: string) =>
  `update stock_cell c set on_hand = n.on_hand, reserved = n.reserved
   from unnest(${ids}::uuid[], ${onHand}::bigint[], ${reserved}::bigint[]) as n (id, on_hand, reserved) where c.id = n.id`;
const balancesOf = (cells: Cell[]): unknown[][] => [
  cells.map((cell) => cell.id),
  cells.map((cell) => cell.onHand),
  cells.map((cell) => cell.reserved),
];

/** Writes the balances of locked cells without a movement: what is promised has changed. */
export async function saveCells(tx: Tx, cells: Cell[]): Promise<void> {
  await tx.query(savingBalances('$1', '$2', '$3'), balancesOf(cells));
}

/** Gives locked levels their next version and answers them as GET does, with who may see them. */
export async function nextLevels(tx: Tx, ids: string[]): Promise<{ level: StockLevelDto; scope: string[] }[]> {
  const rows = await tx.query<StockLevelDto & { scope: string[] }>(
    `with l as (update stock_level set version = version + 1 where id = any($1) returning *)
     select ${LEVEL}, w.scope from l join warehouse w on w.id = l.warehouse_id
     left join lateral (${LEVEL_SUMS} and c.level_id = l.id) s on true order by l.id`,
    [ids],
  );
  return rows.map(({ scope, ...level }) => ({ level, scope }));
}

/** What people call an account, for a refusal. */
export async function namesOfCell(
  tx: Tx,
  cellId: string,
): Promise<{ warehouse: string; item: string; lot: string; place: string }> {
  const [row] = await tx.query<{ warehouse: string; item: string; lot: string; place: string }>(
    `select w.code as warehouse, i.code as item, lot.code as lot, coalesce(p.name, p.code) as place
     from stock_cell c join warehouse w on w.id = c.warehouse_id join item i on i.id = c.item_id join lot on lot.id = c.lot_id
     join stock_place p on p.id = c.place_id where c.id = $1`,
    [cellId],
  );
  return row!;
}

/** What happened to locked cells after a moment, each in the order in which it happened, as (occurred, recorded). */
export async function legsAfter(tx: Tx, cellIds: string[], at: Date): Promise<(Leg & { cellId: string })[]> {
  const legs = (end: 'from' | 'to', sign: '' | '-') =>
    `select ${end}_cell_id as "cellId", ${sign}units as units, occurred_at as at, recorded_at, received_at, line from stock_movement
     where ${end}_cell_id = any($1) and occurred_at > $2`;
  return tx.query<Leg & { cellId: string }>(
    `select "cellId", units, at from (${legs('to', '')} union all ${legs('from', '-')}) legs order by at, recorded_at, received_at, line`,
    [cellIds, at],
  );
}

/** The movements of a cause with both accounts, in line order, and whether each was reversed. */
export async function postingsOfCause(tx: Tx, causeId: string): Promise<RecordedPosting[]> {
  const account = (cell: 'f' | 't') =>
    `jsonb_build_object('id', ${cell}.id, 'levelId', ${cell}.level_id, 'itemId', ${cell}.item_id, 'lotId', ${cell}.lot_id, 'placeId', ${cell}.place_id,
       'warehouseId', ${cell}.warehouse_id, 'kind', ${cell}.kind, 'placeCode', ${cell}p.code, 'placeName', ${cell}p.name,
       'condition', ${cell}.condition, 'ownerSocietyId', ${cell}.owner_society_id, 'fund', ${cell}.fund)`;
  return tx.query<RecordedPosting>(
    `select m.id, m.line, m.units, ${account('f')} as "from", ${account('t')} as "to",
       exists (select 1 from stock_movement r where r.reverses_id = m.id) as reversed
     from stock_movement m join stock_cell f on f.id = m.from_cell_id join stock_place fp on fp.id = f.place_id
     join stock_cell t on t.id = m.to_cell_id join stock_place tp on tp.id = t.place_id
     where m.cause_id = $1 order by m.line`,
    [causeId],
  );
}

export interface RecordedPosting {
  id: string;
  line: number;
  units: number;
  from: Account;
  to: Account;
  reversed: boolean;
}
