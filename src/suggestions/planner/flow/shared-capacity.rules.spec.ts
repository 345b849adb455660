import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Highs } from 'highs';
import { GoalModel, highs as loadHighs, LpBuilder } from '../oracle/lp.js';
import { sampleInstance } from './instances.samples.js';
import type { SampleInstance } from './instances.samples.js';
import { DEFAULT_POLICY } from './plan-supplies.rules.js';
import { planWithinCapacities } from './shared-capacity.rules.js';
import type { CapacityPlan } from './shared-capacity.rules.js';
import { unitValue } from './stages.rules.js';
import type { SharedCapacity } from './supplies.types.js';

let highs: Highs;
beforeAll(async () => {
  highs = await loadHighs();
});

/** A dock for each warehouse, and a fleet over all of the third city, tight enough to bind. */
function capacitiesOf(n: SampleInstance, share: number): SharedCapacity[] {
  const docks = [...n.dockKg].map((kg, w) => ({
    warehouses: Int32Array.of(w),
    unitLoad: n.unitKg,
    capacity: kg * share,
  }));
  const fleet = Int32Array.from([...n.city.keys()].filter((w) => n.city[w] === 2));
  return [...docks, { warehouses: fleet, unitLoad: n.unitM3, capacity: 300 * share }];
}

/** The most that fractions of units could reach: at least what whole units can. */
function mostByHighs(n: SampleInstance, capacities: readonly SharedCapacity[]): number {
  const builder = new LpBuilder();
  const free = Number.NEGATIVE_INFINITY;
  const cell = [...n.stock].map((units) => builder.row(free, units));
  const need = [...n.need].map((units) => builder.row(free, units));
  const shared = capacities.map(({ capacity }) => builder.row(free, capacity));
  const costs: number[] = [];
  for (let w = 0; w < n.warehouses; w++)
    for (let k = 0; k < n.incidents; k++)
      for (let i = 0; i < n.items; i++) {
        const minutes = n.travelMin[w * n.incidents + k]!;
        if (minutes < 0 || minutes > n.reachMin[i]!) continue;
        const loads = capacities.flatMap(({ warehouses, unitLoad }, c): [number, number][] =>
          warehouses.includes(w) ? [[shared[c]!, unitLoad[i]!]] : [],
        );
        builder.column(Number.POSITIVE_INFINITY, [[cell[w * n.items + i]!, 1], [need[k * n.items + i]!, 1], ...loads]); // prettier-ignore
        costs.push(-unitValue(n, DEFAULT_POLICY, k, i));
      }
  const model = new GoalModel(highs, builder);
  const most = -model.minimize(Float64Array.from(costs), false)!;
  model.dispose();
  return most;
}

function expectWithin(n: SampleInstance, capacities: readonly SharedCapacity[], plan: CapacityPlan): void {
  const gone = new Float64Array(n.stock.length);
  const served = new Float64Array(n.need.length);
  let value = 0;
  for (const { warehouse, incident, item, units, lots } of plan.shipments) {
    gone[warehouse * n.items + item]! += units;
    served[incident * n.items + item]! += units;
    value += units * unitValue(n, DEFAULT_POLICY, incident, item);
    expect(lots.reduce((sum, lot) => sum + lot.units, 0)).toBe(units);
  }
  expect(gone.every((units, at) => units <= n.stock[at]!)).toBe(true);
  expect(served.every((units, at) => units <= n.need[at]!)).toBe(true);
  expect(value).toBeCloseTo(plan.value, 3);
  for (const { warehouses, unitLoad, capacity } of capacities) {
    const load = plan.shipments.reduce((sum, { warehouse, item, units }) => sum + (warehouses.includes(warehouse) ? units * unitLoad[item]! : 0), 0); // prettier-ignore
    expect(load).toBeLessThanOrEqual(capacity * (1 + 1e-12));
  }
}

describe('planning within shared capacities', () => {
  it('keeps every capacity, and its bound holds the linear optimum between plan and bound', () => {
    for (let seed = 1; seed <= 4; seed++) {
      const n = sampleInstance('S', seed);
      const capacities = capacitiesOf(n, 0.2);
      const plan = planWithinCapacities(n, DEFAULT_POLICY, capacities, { priceRounds: 150, gap: 1e-4 });
      expectWithin(n, capacities, plan);
      const most = mostByHighs(n, capacities);
      expect(plan.value).toBeLessThanOrEqual(most * (1 + 1e-9));
      expect(plan.bound).toBeGreaterThanOrEqual(most * (1 - 1e-9));
      expect(plan.gap).toBeLessThan(0.1);
    }
  });

  it('reaches the uncoupled optimum when nothing binds, at once', () => {
    const n = sampleInstance('S', 1);
    const plan = planWithinCapacities(n, DEFAULT_POLICY, capacitiesOf(n, 1000));
    expect([plan.status, plan.rounds, plan.gap]).toEqual(['within-gap', 1, 0]);
  });

  it('proves a gap below half a per cent for the docks of a province, the same each time', () => {
    const n = sampleInstance('M', 1);
    const docks = capacitiesOf(n, 1).slice(0, -1);
    const plan = planWithinCapacities(n, DEFAULT_POLICY, docks, { gap: 0.004 });
    expectWithin(n, docks, plan);
    expect(plan.status).toBe('within-gap');
    expect(planWithinCapacities(n, DEFAULT_POLICY, docks, { gap: 0.004 })).toEqual(plan);
  });

  it('answers the best so far with its bound when told to stop', () => {
    const n = sampleInstance('S', 3);
    const capacities = capacitiesOf(n, 0.2);
    for (const looks of [3, 30, 300]) {
      let asked = 0;
      const shouldStop = (): boolean => ++asked > looks;
      const plan = planWithinCapacities(n, DEFAULT_POLICY, capacities, { gap: 0, shouldStop });
      expectWithin(n, capacities, plan);
      expect(plan.status).toBe('stopped');
      expect(plan.bound).toBeGreaterThanOrEqual(plan.value);
    }
  });
});
