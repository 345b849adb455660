import { keepLocks } from './allocate/desk-locks.rules.js';
import { eligibleUnits, freeUnits } from './fefo.rules.js';
import type { Column, Costs, LinearModel, Row } from './linear-model.rules.js';
import type { StockCandidate } from './planner.types.js';
import { PRIORITY_WEIGHT } from './reasons.rules.js';
import { cityCovers, isLate, pairings, PRIORITIES, TIER_RANK } from './snapshot.rules.js';
import type { OpenItem, Pairing, Snapshot } from './snapshot.rules.js';

/** One level of the lexicographic order, as a cost to minimise. `met` names the block of need whose cover it measures. */
export interface Goal {
  name: string;
  costs: Costs;
  met?: string;
}

export interface TeamModel {
  model: LinearModel;
  goals: Goal[];
  /** Column of "goes" and of "people sent" for each allowed pair. */
  pairs: (Pairing & { goes: number; people: number })[];
  /** Column of "city left uncovered", with the units that could leave it so. */
  covers: { gap: number; unitIds: string[]; readyUnits: number }[];
}

export interface SupplyModel {
  itemId: string;
  /** Units that all its needs lack together: what makes the minutes of several items comparable. */
  missing: number;
  model: LinearModel;
  /** Up to the tier; arrival and the number of sources follow, in the order of the objective. */
  goals: Goal[];
  arrival: Costs;
  cells: { column: number; cell: StockCandidate; need: OpenItem; late: boolean }[];
}

export const teamBlock = (priority: number): string => `team:${priority}`;
export const itemBlock = (itemId: string, priority: number): string => `item:${priority}:${itemId}`;

function addColumn(model: LinearModel, column: Column): number {
  return model.columns.push(column) - 1;
}

function addRow(model: LinearModel, row: Row): void {
  model.rows.push(row);
}

function groupBy<Value>(values: readonly Value[], key: (value: Value) => string): Value[][] {
  const groups = new Map<string, Value[]>();
  for (const value of values) groups.set(key(value), [...(groups.get(key(value)) ?? []), value]);
  return [...groups.values()];
}

/**
 * The teams: a unit goes to at most one need with 1 to all of its people; no need gets more people than it lacks; a
 * unit that leaves its city without cover costs one gap.
 */
export function formulateTeams(snapshot: Snapshot): TeamModel {
  const model: LinearModel = { columns: [], rows: [] };
  const pairs = pairings(snapshot).map((pairing) => {
    const most = Math.min(pairing.unit.headcount, pairing.need.missing);
    const goes = addColumn(model, { lower: 0, upper: 1, integer: true });
    const people = addColumn(model, { lower: 0, upper: most, integer: false });
    addRow(model, {
      terms: [
        [people, 1],
        [goes, -most],
      ],
      sense: '<=',
      rhs: 0,
    });
    addRow(model, {
      terms: [
        [people, 1],
        [goes, -1],
      ],
      sense: '>=',
      rhs: 0,
    });
    return { ...pairing, goes, people };
  });
  for (const ofUnit of groupBy(pairs, ({ unit }) => unit.unitId))
    if (ofUnit.length > 1) addRow(model, { terms: ofUnit.map(({ goes }) => [goes, 1]), sense: '<=', rhs: 1 });
  for (const ofNeed of groupBy(pairs, ({ need }) => need.id)) {
    const [first] = ofNeed;
    if (first) addRow(model, { terms: ofNeed.map(({ people }) => [people, 1]), sense: '<=', rhs: first.need.missing });
  }
  const covers = addCovers(snapshot, model, pairs);
  return { model, pairs, covers, goals: teamGoals(snapshot, pairs, covers) };
}

function addCovers(snapshot: Snapshot, model: LinearModel, pairs: TeamModel['pairs']): TeamModel['covers'] {
  const covers: TeamModel['covers'] = [];
  for (const { unitIds, readyUnits, elsewhere } of cityCovers(snapshot)) {
    const leaving = pairs.filter(({ unit }) => unitIds.includes(unit.unitId));
    if (!elsewhere || leaving.length === 0 || new Set(leaving.map(({ unit }) => unit.unitId)).size < readyUnits)
      continue;
    const gap = addColumn(model, { lower: 0, upper: 1, integer: true });
    const terms: Row['terms'] = [...leaving.map(({ goes }): [number, number] => [goes, 1]), [gap, -1]];
    addRow(model, { terms, sense: '<=', rhs: readyUnits - 1 });
    covers.push({ gap, unitIds, readyUnits });
  }
  return covers;
}

function costs<Value>(values: readonly Value[], cost: (value: Value) => [column: number, cost: number]): Costs {
  return new Map(values.map(cost).filter(([, amount]) => amount !== 0));
}

/** Arrival before sources, or the other way round when the desk asks for few sources. */
function inOrder(snapshot: Snapshot, arrival: Goal, sources: Goal): Goal[] {
  return snapshot.objective === 'arrival' ? [arrival, sources] : [sources, arrival];
}

function teamGoals(snapshot: Snapshot, pairs: TeamModel['pairs'], covers: TeamModel['covers']): Goal[] {
  const locked = pairs.filter(({ unit }) => snapshot.lockedUnitIds.has(unit.unitId));
  const served = PRIORITIES.flatMap((priority): Goal[] => {
    const ofLevel = pairs.filter(({ need }) => need.priority === priority);
    const late = ofLevel.filter((pair) => pair.late);
    return [
      { name: `met-p${priority}`, costs: costs(ofLevel, ({ people }) => [people, -1]), met: teamBlock(priority) },
      { name: `late-p${priority}`, costs: costs(late, ({ people }) => [people, 1]) },
    ];
  });
  const minutes = costs(pairs, ({ people, need, unit }) => [people, PRIORITY_WEIGHT[need.priority] * unit.etaMin]);
  return [
    { name: 'locks', costs: costs(locked, ({ goes }) => [goes, -1]) },
    ...served,
    { name: 'city-cover', costs: costs(covers, ({ gap }) => [gap, 1]) },
    ...inOrder(
      snapshot,
      { name: 'arrival', costs: minutes },
      { name: 'sources', costs: costs(pairs, ({ goes }) => [goes, 1]) },
    ),
  ].filter((goal) => goal.costs.size > 0);
}

/**
 * One item: a transport problem from warehouses to needs. The lots that outlive a long use are a subset of those that
 * outlive a short one, so the limits of a warehouse are nested and every corner of the model is a whole number.
 */
export function formulateItem(snapshot: Snapshot, itemId: string): SupplyModel {
  const model: LinearModel = { columns: [], rows: [] };
  const needs = snapshot.items.filter((need) => need.itemId === itemId && need.missing > 0);
  const cells: SupplyModel['cells'] = [];
  const breaches: number[] = [];
  const { draws } = keepLocks(snapshot);
  for (const cell of snapshot.stock.filter((candidate) => candidate.itemId === itemId)) {
    const ofCell = needs.flatMap((need) => {
      const upper = Math.min(need.missing, eligibleUnits(cell, need.minimumUseDays));
      if (upper === 0) return [];
      const locked = draws.find((draw) => draw.cell === cell && draw.need === need);
      const column = addColumn(model, { lower: locked?.units ?? 0, upper, integer: false });
      return [{ column, cell, need, late: isLate(cell.etaMin, need) }];
    });
    addShelfLimits(model, cell, ofCell);
    const breach = addReserve(model, cell, ofCell);
    if (breach !== null) breaches.push(breach);
    cells.push(...ofCell);
  }
  for (const need of needs) {
    const terms = cells.filter((entry) => entry.need === need).map(({ column }): [number, number] => [column, 1]);
    if (terms.length > 0) addRow(model, { terms, sense: '<=', rhs: need.missing });
  }
  const arrival = costs(cells, ({ column, cell, need }) => [column, PRIORITY_WEIGHT[need.priority] * cell.etaMin]);
  const missing = needs.reduce((sum, need) => sum + need.missing, 0);
  return { itemId, missing, model, cells, arrival, goals: itemGoals(itemId, cells, breaches) };
}

function addShelfLimits(model: LinearModel, cell: StockCandidate, ofCell: SupplyModel['cells']): void {
  const useDays = [...new Set(ofCell.map(({ need }) => need.minimumUseDays))].toSorted((left, right) => left - right);
  let looser = Number.POSITIVE_INFINITY;
  for (const days of useDays) {
    const limit = eligibleUnits(cell, days);
    if (limit === looser) continue;
    looser = limit;
    const terms = ofCell
      .filter(({ need }) => need.minimumUseDays >= days)
      .map(({ column }): [number, number] => [column, 1]);
    addRow(model, { terms, sense: '<=', rhs: limit });
  }
}

/** The reserve is soft: units below it are counted in a column of their own. Null when the draw cannot reach it. */
function addReserve(model: LinearModel, cell: StockCandidate, ofCell: SupplyModel['cells']): number | null {
  const reach = ofCell.reduce((sum, { column }) => sum + (model.columns[column]?.upper ?? 0), 0);
  if (reach <= freeUnits(cell)) return null;
  const breach = addColumn(model, { lower: 0, upper: reach - freeUnits(cell), integer: false });
  const terms: Row['terms'] = [...ofCell.map(({ column }): [number, number] => [column, 1]), [breach, -1]];
  addRow(model, { terms, sense: '<=', rhs: freeUnits(cell) });
  return breach;
}

function itemGoals(itemId: string, cells: SupplyModel['cells'], breaches: number[]): Goal[] {
  const served = PRIORITIES.flatMap((priority): Goal[] => {
    const ofLevel = cells.filter(({ need }) => need.priority === priority);
    const late = ofLevel.filter((entry) => entry.late);
    return [
      {
        name: `met-p${priority}`,
        costs: costs(ofLevel, ({ column }) => [column, -1]),
        met: itemBlock(itemId, priority),
      },
      { name: `late-p${priority}`, costs: costs(late, ({ column }) => [column, 1]) },
    ];
  });
  return [
    ...served,
    { name: 'reserve', costs: costs(breaches, (column) => [column, 1]) },
    { name: 'tier', costs: costs(cells, ({ column, cell }) => [column, TIER_RANK[cell.tier]]) },
  ].filter((goal) => goal.costs.size > 0);
}
