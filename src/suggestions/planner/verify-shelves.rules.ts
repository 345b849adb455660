import type { ItemNeed, PlannerInput, ReservedUnits, StockCandidate, StockLot, SupplyLine } from './planner.types.js';

/** The input's shelves and the plan's supply lines, found by key. */
export class Shelves {
  private readonly cells = new Map<string, StockCandidate>();
  private readonly linesOf = new Map<string, SupplyLine[]>();
  private readonly cellsOf = new Map<string, StockCandidate[]>();

  constructor(
    stock: readonly StockCandidate[],
    lines: readonly SupplyLine[],
    private readonly reserved: readonly ReservedUnits[],
  ) {
    for (const cell of stock) {
      this.cells.set(Shelves.key(cell), cell);
      this.cellsOf.set(cell.itemId, [...this.withItem(cell.itemId), cell]);
    }
    for (const line of lines) this.linesOf.set(Shelves.key(line), [...this.linesFrom(line), line]);
  }

  static key({ warehouseId, itemId }: { warehouseId?: string; itemId?: string }): string {
    return JSON.stringify([warehouseId, itemId]);
  }

  cell(of: SupplyLine): StockCandidate | undefined {
    return this.cells.get(Shelves.key(of));
  }

  withItem(itemId: string): StockCandidate[] {
    return this.cellsOf.get(itemId) ?? [];
  }

  linesFrom(cell: { warehouseId: string; itemId: string }): SupplyLine[] {
    return this.linesOf.get(Shelves.key(cell)) ?? [];
  }

  takenFrom(cell: StockCandidate, lotId: string): number {
    const picks = this.linesFrom(cell).flatMap(({ lots }) => lots);
    return picks.reduce((sum, lot) => sum + (lot.lotId === lotId ? lot.units : 0), 0);
  }

  /** Units that the plan leaves for other incidents. */
  reservedFrom(cell: StockCandidate): number {
    const parts = this.reserved.filter((part) => Shelves.key(part) === Shelves.key(cell));
    return parts.reduce((sum, { units }) => sum + units, 0);
  }

  /** Usable units that stay on the shelf after the plan. */
  after(cell: StockCandidate): number {
    return onShelf(cell) - this.linesFrom(cell).reduce((sum, { units }) => sum + units, 0);
  }
}

function onShelf(cell: StockCandidate): number {
  const usable = cell.lots.filter(({ held, expiresInDays }) => !held && (expiresInDays === null || expiresInDays >= 0));
  return usable.reduce((sum, { availableUnits }) => sum + availableUnits, 0);
}

export function keepsFor(lot: StockLot, cell: StockCandidate, need: ItemNeed): boolean {
  return lot.expiresInDays === null || lot.expiresInDays - Math.ceil(cell.etaMin) / 1440 >= need.minimumUseDays - 1e-9;
}

/** No road leads from there, or the desk leaves it out. */
export function isClosed(
  { excludedStores = [] }: PlannerInput,
  { warehouseId, itemId, blocked }: StockCandidate,
): boolean {
  return (
    blocked === true ||
    excludedStores.some((store) => store.warehouseId === warehouseId && (!store.itemId || store.itemId === itemId))
  );
}

export const minimumOf = ({ order }: PlannerInput, cell: StockCandidate): number =>
  order?.reserve === 'off' ? 0 : cell.minimumUnits;

export function hasSpareLot(shelves: Shelves, cell: StockCandidate, need: ItemNeed): boolean {
  const usable = cell.lots.filter((lot) => !lot.held && keepsFor(lot, cell, need));
  const spare = usable.reduce((sum, lot) => sum + lot.availableUnits - shelves.takenFrom(cell, lot.lotId), 0);
  return spare > shelves.reservedFrom(cell);
}
