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

/** Bins and transit hold goods that are ours to count; outside accounts may go below zero, they only keep the sum. */
export const isInside = (kind: PlaceKind): boolean => kind === 'bin' || kind === 'transit';

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
    const same = from.lotId === to.lotId && from.itemId === to.itemId && from.warehouseId === to.warehouseId;
    ensure(from !== to && same, 'S3 a movement stays with its lot, in the book of its warehouse');
    from.onHand -= movement.units;
    to.onHand += movement.units; // S3: what leaves one account enters the other
    if (movement.reserved) from.reserved -= movement.units; // S6: a posted reservation is no longer open
    touched.add(from).add(to);
  }
  for (const cell of touched) ensureSound(cell);
  return [...touched];
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
  ensure(cell.onHand >= 0 || !isInside(cell.kind), `S1 on hand of cell ${cell.id} is not negative`);
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
