import { DEFAULT_POLICY, planSupplies } from '../planner/flow/plan-supplies.rules.js';
import type { SupplyInstance, SupplyPolicy, SupplyShipment } from '../planner/flow/supplies.types.js';
import { DAY_MIN, THREE_DAYS_MIN } from './structure.types.js';
import type { ItemFigures, Move, Outcome, Scenario, Stock, StructureProblem } from './structure.types.js';

const POLICY: SupplyPolicy = { ...DEFAULT_POLICY, adminOrder: 'off', latestArrival: false };
const NEVER = 1_000_000;

/** Units of every store once moves are carried out. Throws `RangeError` where a store would send what it has not. */
export function stockAfter(problem: StructureProblem, moves: readonly Move[]): number[][] {
  const stock = problem.stores.map(({ free }) => [...free]);
  for (const { from, to, item, units } of moves) {
    if (stock[from]![item]! < units) throw new RangeError(`structure.not-there ${from} ${item}`);
    stock[from]![item]! -= units;
    stock[to]![item]! += units;
  }
  return stock;
}

/**
 * What the planner's own allocation core does in every scenario with this stock: fair shares first, then minutes. Per scenario, per
 * item of `items`. Pure; throws `RangeError` for amounts that could not be exact.
 */
export function outcomes(problem: StructureProblem, stock: Stock, items: readonly number[]): Outcome[][] {
  return problem.scenarios.map((scenario) => {
    const shipments = planSupplies(instanceOf(problem, { scenario, stock, items }), POLICY).shipments;
    return items.map((item, at) =>
      outcomeOf(problem, scenario, { item, shipments: shipments.filter((one) => one.item === at) }),
    );
  });
}

interface Asked {
  scenario: Scenario;
  stock: Stock;
  items: readonly number[];
}

function instanceOf({ stores, items: all }: StructureProblem, { scenario, stock, items }: Asked): SupplyInstance {
  const { demands } = scenario;
  const [warehouses, incidents] = [stores.length, demands.length];
  const units = stores.flatMap((_, store) => items.map((item) => stock[store]![item]!));
  const roads = stores.flatMap((_, store) => demands.map(({ arrivalMin }) => arrivalMin[store]!));
  return {
    name: scenario.id, warehouses, incidents, items: items.length,
    level: new Uint8Array(incidents), reserveWeight: new Uint8Array(warehouses).fill(1), adminStep: new Uint8Array(roads.length),
    travelMin: Int32Array.from(roads), distanceKm: new Float64Array(roads.length),
    reachMin: new Int32Array(items.length).fill(THREE_DAYS_MIN),
    unitKg: Float64Array.from(items, (item) => all[item]!.weightG / 1000),
    unitsPerPerson: new Float64Array(items.length).fill(1), itemWeight: new Float64Array(items.length).fill(1),
    lots: units.map((free) => (free > 0 ? [{ units: free, expiresInDays: NEVER }] : [])), stock: Int32Array.from(units),
    reserve: new Int32Array(units.length), need: Int32Array.from(demands.flatMap((demand) => items.map((item) => demand.units[item]!))),
    horizonDays: 0,
  }; // prettier-ignore
}

function outcomeOf(
  { withinMin }: StructureProblem,
  { demands }: Scenario,
  { item, shipments }: { item: number; shipments: SupplyShipment[] },
): Outcome {
  const arrival = ({ warehouse, incident }: SupplyShipment): number => demands[incident]!.arrivalMin[warehouse]!;
  const by = (limitMin: number): number =>
    shipments.reduce((sum, one) => sum + (arrival(one) <= limitMin ? one.units : 0), 0);
  const needUnits = demands.reduce((sum, demand) => sum + demand.units[item]!, 0);
  const threeDaysUnits = by(THREE_DAYS_MIN);
  const inTimeOfDemand = demands.map(() => 0);
  for (const one of shipments) if (arrival(one) <= withinMin) inTimeOfDemand[one.incident]! += one.units;
  return {
    needUnits, inTimeUnits: by(withinMin), dayUnits: by(DAY_MIN), threeDaysUnits,
    unitMinutes: shipments.reduce((sum, one) => sum + one.units * arrival(one), 0) + (needUnits - threeDaysUnits) * THREE_DAYS_MIN,
    latestMin: shipments.length > 0 ? Math.max(...shipments.map(arrival)) : null, inTimeOfDemand,
  }; // prettier-ignore
}

/** One item over all scenarios: `each` holds its outcome per scenario. */
export function figuresOf(scenarios: readonly Scenario[], each: readonly Outcome[]): ItemFigures {
  let [worstMissing, worstScenario, minutes, asked] = [-1, 0, 0, 0];
  each.forEach(({ needUnits, inTimeUnits, unitMinutes }, at) => {
    if (needUnits === 0) return;
    const missing = (needUnits - inTimeUnits) / needUnits;
    if (missing > worstMissing) [worstMissing, worstScenario] = [missing, at];
    minutes += scenarios[at]!.perYear * unitMinutes;
    asked += scenarios[at]!.perYear * needUnits;
  });
  return { worstMissing: Math.max(0, worstMissing), worstScenario, expectedMin: asked === 0 ? 0 : minutes / asked };
}
