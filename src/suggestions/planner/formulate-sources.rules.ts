import type { Costs, LinearModel } from './linear-model.rules.js';
import type { SupplyModel } from './formulate.rules.js';
import { compareIds } from './snapshot.rules.js';

/** All items together, joined by "this warehouse sends": the only place where items meet. */
export interface SourceModel {
  model: LinearModel;
  /** Column of "sends" by warehouse. */
  sends: Map<string, number>;
  sources: Costs;
  /** Arrival minutes over all items, each item weighted by what is missing of it. */
  arrival: Costs;
  /** Column of each item's first entry. */
  offsets: number[];
}

/** Builds the joined model on the faces that the earlier goals left; null when no choice of warehouse is left. */
export function formulateSources(items: readonly SupplyModel[]): SourceModel | null {
  const model: LinearModel = { columns: [], rows: [] };
  const arrival = new Map<number, number>();
  const offsets = items.map((item) => {
    const offset = model.columns.length;
    model.columns.push(...item.model.columns);
    for (const row of item.model.rows)
      model.rows.push({ ...row, terms: row.terms.map(([column, coefficient]) => [column + offset, coefficient]) });
    for (const [column, cost] of item.arrival) arrival.set(column + offset, cost / item.missing);
    return offset;
  });
  const sends = new Map<string, number>();
  let choices = 0;
  for (const [warehouseId, columns] of columnsByWarehouse(items, offsets)) {
    const bounds = columns.map((column) => model.columns[column] ?? { lower: 0, upper: 0 });
    if (bounds.every(({ upper }) => upper === 0)) continue;
    const mustSend = bounds.some(({ lower }) => lower > 0);
    sends.set(warehouseId, model.columns.push({ lower: mustSend ? 1 : 0, upper: 1, integer: true }) - 1);
    if (mustSend) continue;
    choices += 1;
    addLinks(model, columns, sends.get(warehouseId) ?? 0);
  }
  if (choices === 0) return null;
  return { model, sends, sources: new Map([...sends.values()].map((column) => [column, 1])), arrival, offsets };
}

function addLinks(model: LinearModel, columns: readonly number[], send: number): void {
  for (const column of columns) {
    const upper = model.columns[column]?.upper ?? 0;
    if (upper > 0)
      model.rows.push({
        terms: [
          [column, 1],
          [send, -upper],
        ],
        sense: '<=',
        rhs: 0,
      });
  }
}

function columnsByWarehouse(items: readonly SupplyModel[], offsets: readonly number[]): [string, number[]][] {
  const columns = new Map<string, number[]>();
  for (const [index, item] of items.entries())
    for (const { cell, column } of item.cells)
      columns.set(cell.warehouseId, [...(columns.get(cell.warehouseId) ?? []), column + (offsets[index] ?? 0)]);
  return [...columns].toSorted(([left], [right]) => compareIds(left, right));
}

/** The item's model with only the chosen warehouses sending. */
export function onlyFrom(item: SupplyModel, warehouseIds: ReadonlySet<string>): SupplyModel {
  const columns = [...item.model.columns];
  for (const { cell, column } of item.cells) {
    const bounds = columns[column];
    if (bounds && !warehouseIds.has(cell.warehouseId)) columns[column] = { ...bounds, upper: 0 };
  }
  return { ...item, model: { ...item.model, columns } };
}
