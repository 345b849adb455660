import { ensure } from '../shared/problem.js';
import type { MovementReason, PlaceKind } from './relief-stock.dto.js';

/** The running balance of one account: units of a lot in one place, condition, ownership and purpose. */
export interface Cell {
  id: string;
  itemId: string;
  lotId: string;
  warehouseId: string;
  kind: PlaceKind;
  onHand: number;
  reserved: number;
  /** Of a cell that was locked: units that lie in boxes (boxes/). */
  boxedUnits?: number;
}

/** Units of one lot from one account to another. `reserved`: they were promised, and the promise ends with the movement. */
export interface Movement {
  fromCellId: string;
  toCellId: string;
  units: number;
  reason: MovementReason;
  reserved?: boolean;
}

/** Units of a cell that a reservation takes or gives back. */
export interface Portion {
  cellId: string;
  units: number;
}

/**
 * Accounts that hold goods, so that they never fall below zero, now or at any moment since: bins and transit are inside, the others give back
 * only what came into them (of what was handed out, thrown away or is missing no more comes back). All others only keep the sum.
 */
const HOLDING: readonly PlaceKind[] = ['bin', 'transit', 'recipient', 'disposal', 'loss', 'inquiry'];
export const holdsGoods = (kind: PlaceKind): boolean => HOLDING.includes(kind);

/**
 * The cells after a batch of movements, all or nothing. Cells come locked and complete; the answer holds those that changed.
 * Refusals that people can cause are decided before this: what fails here is a broken invariant.
 */
export function applyMovements(cells: readonly Cell[], movements: readonly Movement[]): Cell[] {
  const after = copies(cells);
  const touched = new Set<Cell>();
  for (const movement of movements) {
    const from = cellOf(after, movement.fromCellId);
    const to = cellOf(after, movement.toCellId);
    ensure(isUnits(movement.units), 'S3 a movement moves whole units, at least one');
    const same = from.lotId === to.lotId && from.itemId === to.itemId;
    ensure(from !== to && same, 'S3 a movement stays with its lot');
    ensure(from.warehouseId === to.warehouseId || mayLeaveBook(movement, from, to), 'S3 only transfers leave a book');
    from.onHand -= movement.units;
    to.onHand += movement.units; // S3: what leaves one account enters the other
    if (movement.reserved) from.reserved -= movement.units; // S6: a posted reservation is no longer open
    touched.add(from).add(to);
  }
  for (const cell of touched) ensureSound(cell);
  return [...touched];
}

/** Goods pass between warehouses out of transit, and a reversal takes them the same way back. */
const mayLeaveBook = ({ reason }: Movement, from: Cell, to: Cell): boolean =>
  (reason === 'transfer' && from.kind === 'transit') || (reason === 'reversal' && to.kind === 'transit');

/** A cell that cannot give what is asked of it: what nobody has been promised, and what the movements want of it. */
export interface Short {
  cellId: string;
  availableUnits: number;
  requestedUnits: number;
}

/**
 * The first cell that holds goods, in the order of the movements, that cannot give its units: promised ones are not for others. Undefined when
 * all can be had. What the same batch brings into a cell counts.
 */
export function firstShort(cells: readonly Cell[], movements: readonly Movement[]): Short | undefined {
  const byId = new Map(cells.map((cell) => [cell.id, cell]));
  const out = new Map<string, number>();
  const into = new Map<string, number>();
  for (const { fromCellId, toCellId, units, reserved } of movements) {
    if (!reserved) out.set(fromCellId, (out.get(fromCellId) ?? 0) + units);
    into.set(toCellId, (into.get(toCellId) ?? 0) + units);
  }
  for (const [cellId, requestedUnits] of out) {
    const cell = cellOf(byId, cellId);
    const availableUnits = cell.onHand - cell.reserved + (into.get(cellId) ?? 0);
    if (holdsGoods(cell.kind) && requestedUnits > availableUnits) return { cellId, availableUnits, requestedUnits };
  }
  return undefined;
}

/** A movement as one cell sees it: units in are positive, units out negative. */
export interface Leg {
  units: number;
  at: Date;
}

/**
 * When `units` could first have left a cell without its balance falling below zero at any moment since, given its balance of now and
 * the later legs in the order in which they happened; null when they could leave at the moment asked for.
 */
export function firstPossibleAt(onHand: number, later: readonly Leg[], units: number): Date | null {
  let balance = onHand;
  for (let n = later.length - 1; n >= 0; n--) {
    if (balance < units) return later[n + 1]?.at ?? later[n]!.at;
    balance -= later[n]!.units;
  }
  return balance < units ? (later[0]?.at ?? null) : null;
}

/** The cells after reservations took these portions. */
export function reserveUnits(cells: readonly Cell[], portions: readonly Portion[]): Cell[] {
  return changeReserved(cells, portions, 1);
}

/** The cells after reservations gave these portions back. */
export function releaseUnits(cells: readonly Cell[], portions: readonly Portion[]): Cell[] {
  return changeReserved(cells, portions, -1);
}

function changeReserved(cells: readonly Cell[], portions: readonly Portion[], sign: 1 | -1): Cell[] {
  const after = copies(cells);
  const touched = new Set<Cell>();
  for (const { cellId, units } of portions) {
    ensure(isUnits(units), 'S6 a reservation holds whole units, at least one');
    const cell = cellOf(after, cellId);
    cell.reserved += sign * units; // S6
    touched.add(cell);
  }
  for (const cell of touched) ensureSound(cell);
  return [...touched];
}

function ensureSound(cell: Cell): void {
  ensure(cell.onHand >= 0 || !holdsGoods(cell.kind), `S1 on hand of cell ${cell.id} is not negative`);
  const within = cell.reserved === 0 || (cell.reserved > 0 && cell.reserved <= cell.onHand);
  ensure(within, `S2 reserved of cell ${cell.id} is covered by what is on hand`);
}

const isUnits = (units: number): boolean => Number.isSafeInteger(units) && units > 0;
const copies = (cells: readonly Cell[]) => new Map(cells.map((cell) => [cell.id, { ...cell }]));

function cellOf(cells: Map<string, Cell>, id: string): Cell {
  const cell = cells.get(id);
  ensure(cell !== undefined, `S3 cell ${id} is locked before units move`);
  return cell;
}

/** What makes two postings of one cause the same: line by line the same accounts, units and reason (S5). */
export function isSamePosting(recorded: readonly Movement[], asked: readonly Movement[]): boolean {
  const content = ({ fromCellId, toCellId, units, reason }: Movement) => `${fromCellId} ${toCellId} ${units} ${reason}`;
  return recorded.length === asked.length && recorded.every((line, n) => content(line) === content(asked[n]!));
}
