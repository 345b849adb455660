import { type Facts, stockEtaMin, toPlannerInput, unitEtaMin } from './facts.rules.js';
import type { Excluded, Plan, PlannerInput, Reason, Unmet } from './planner/planner.types.js';

export const OWN_REASON_PARAMS = {
  'beyond-horizon': ['etaMin', 'horizonMin'],
  'outside-authority': [],
} as const;

const MINUTES_AN_HOUR = 60;
/** Causes that would be untrue when the only reason is that we did not look further. */
const FOR_WANT_OF_SOURCES: ReadonlySet<string> = new Set([
  'no-stock',
  'stock-exhausted',
  'no-capable-unit',
  'no-unit-available',
  'not-enough-people',
]);

const beyond = (etaMin: number, horizonMin: number): Reason => ({
  code: 'beyond-horizon',
  params: { etaMin, horizonMin },
});

/** What lies beyond the hours that the asker looks ahead. A unit that the desk named by itself is never beyond. */
function farAway(facts: Facts): { horizonMin: number; units: Map<string, number>; cells: Map<string, number> } {
  const horizonMin = (facts.ask.horizon ?? Number.POSITIVE_INFINITY) * MINUTES_AN_HOUR;
  const named = new Set(facts.ask.locks.filter(({ use }) => use === 'must').map(({ unitId }) => unitId));
  const units = facts.units.filter((unit) => unitEtaMin(unit) > horizonMin && !named.has(unit.unitId));
  const cells = facts.stock.filter((cell) => stockEtaMin(cell) > horizonMin);
  return {
    horizonMin,
    units: new Map(units.map((unit) => [unit.unitId, unitEtaMin(unit)])),
    cells: new Map(cells.map((cell) => [cellKey(cell), stockEtaMin(cell)])),
  };
}
const cellKey = (cell: { warehouseId: string; itemId: string }) => `${cell.warehouseId} ${cell.itemId}`;

/** The planner's input without what could not be there within the asked hours. */
export function inputWithinHorizon(facts: Facts): PlannerInput {
  const far = farAway(facts);
  const input = toPlannerInput(facts);
  return {
    ...input,
    units: input.units.filter(({ unitId }) => !far.units.has(unitId)),
    stock: input.stock.filter((cell) => !far.cells.has(cellKey(cell))),
  };
}

/** The plan with all that the planner was not shown: named as left out, and as the cause where it would have served. */
export function explainHorizon(facts: Facts, plan: Plan): Pick<Plan, 'unmet' | 'excluded'> {
  const far = farAway(facts);
  const excluded: Excluded[] = [
    ...plan.excluded,
    ...[...far.units].map(([unitId, etaMin]): Excluded => ({
      kind: 'team',
      unitId,
      reason: beyond(etaMin, far.horizonMin),
    })),
    ...facts.stock
      .filter((cell) => far.cells.has(cellKey(cell)))
      .map((cell): Excluded => {
        const { warehouseId, itemId } = cell;
        return { kind: 'supply', warehouseId, itemId, reason: beyond(stockEtaMin(cell), far.horizonMin) };
      }),
    ...facts.unknownLocks.map((unitId): Excluded => ({
      kind: 'team',
      unitId,
      reason: { code: 'outside-authority', params: {} },
    })),
  ];
  return { unmet: plan.unmet.map((line) => trueCause(facts, far, line)), excluded };
}

function trueCause(facts: Facts, far: ReturnType<typeof farAway>, line: Unmet): Unmet {
  if (!FOR_WANT_OF_SOURCES.has(line.cause.code)) return line;
  const nearest = Math.min(...farSources(facts, far, line.needId));
  return Number.isFinite(nearest) ? { ...line, cause: beyond(nearest, far.horizonMin) } : line;
}

/** Arrival minutes of what could serve the need and was not looked at. */
function farSources(facts: Facts, far: ReturnType<typeof farAway>, needId: string): number[] {
  const goods = facts.items.find(({ id }) => id === needId);
  const people = facts.capabilities.find(({ id }) => id === needId);
  if (goods) {
    const cells = facts.stock.filter((cell) => cell.itemId === goods.itemId && far.cells.has(cellKey(cell)));
    return cells.filter(({ lots }) => lots.some((lot) => !lot.held && lot.availableUnits > 0)).map(stockEtaMin);
  }
  const units = facts.units.filter((unit) => far.units.has(unit.unitId) && unit.ready && !unit.busy && !unit.saidNo);
  return units.filter((unit) => unit.capabilities.includes(people!.speciality)).map(unitEtaMin);
}
