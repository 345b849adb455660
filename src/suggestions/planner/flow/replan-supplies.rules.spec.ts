import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { verifySupplies } from '../verify-plan/verify-supplies.rules.js';
import { sampleInstance } from './instances.samples.js';
import { DEFAULT_LIMITS, DEFAULT_POLICY, planOf, planSupplies, workOut } from './plan-supplies.rules.js';
import { seeded } from './random.rules.js';
import type { Random } from './random.rules.js';
import { workAgain } from './replan-supplies.rules.js';
import type { AdminOrder, SupplyInstance, SupplyStages } from './supplies.types.js';

const ORDERS: AdminOrder[] = ['off', 'before-arrival', 'after-arrival'];

function changed(n: SupplyInstance, random: Random): SupplyInstance {
  const cell = random.whole(0, n.stock.length - 1);
  const need = random.whole(0, n.need.length - 1);
  const road = random.whole(0, n.travelMin.length - 1);
  const kind = random.whole(0, 3);
  if (kind === 3) return withIncident(n, random);
  const units = random.whole(0, 2 * n.stock[cell]!);
  return {
    ...n,
    stock: n.stock.map((was, at) => (kind === 0 && at === cell ? units : was)),
    lots: n.lots.map((was, at) => (kind === 0 && at === cell ? [{ units, expiresInDays: 30 }] : was)),
    need: n.need.map((was, at) => (kind === 1 && at === need ? random.whole(0, 5000) : was)),
    travelMin: n.travelMin.map((was, at) => (kind === 2 && at === road ? -1 : was)),
  };
}

/** One incident more, beside the first one. */
function withIncident(n: SupplyInstance, random: Random): SupplyInstance {
  const roads = <A extends Uint8Array | Int32Array | Float64Array>(list: A, next: (value: number) => number): A => {
    const longer = new (list.constructor as new (length: number) => A)(n.warehouses * (n.incidents + 1));
    for (let w = 0; w < n.warehouses; w++) {
      for (let k = 0; k < n.incidents; k++) longer[w * (n.incidents + 1) + k] = list[w * n.incidents + k]!;
      longer[w * (n.incidents + 1) + n.incidents] = next(list[w * n.incidents]!);
    }
    return longer;
  };
  const need = Array.from({ length: n.items }, () => (random.unit() < 0.6 ? random.whole(1, 3000) : 0));
  return {
    ...n,
    incidents: n.incidents + 1,
    level: Uint8Array.from([...n.level, random.whole(0, 3)]),
    need: Int32Array.from([...n.need, ...need]),
    travelMin: roads(n.travelMin, (minutes) => (minutes < 0 ? -1 : minutes + 7)),
    distanceKm: roads(n.distanceKm, (km) => km + 3),
    adminStep: roads(n.adminStep, (step) => step),
  };
}

/** Sums over items differ in their last digits when parts of them were added up elsewhere. */
const rounded = (stages: SupplyStages): unknown =>
  JSON.parse(JSON.stringify({ ...stages, shipments: 0 }, (_, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(12)) : value))); // prettier-ignore

describe('planning again after a change', () => {
  it('reaches every goal that a fresh start reaches, change after change', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const random = seeded(seed);
        let n: SupplyInstance = sampleInstance('S', (seed % 30) + 1);
        const policy = { ...DEFAULT_POLICY, adminOrder: ORDERS[seed % 3]! };
        let work = workOut(n, policy, DEFAULT_LIMITS);
        for (let step = 0; step < 3; step++) {
          n = changed(n, random);
          work = workAgain(work, n, DEFAULT_LIMITS);
          const plan = planOf(work, DEFAULT_LIMITS);
          verifySupplies(n, policy, plan);
          expect(rounded(plan.stages)).toEqual(rounded(planSupplies(n, policy).stages));
        }
      }),
      { numRuns: 25, seed: 5 },
    );
  });

  it('refuses another network', () => {
    const work = workOut(sampleInstance('S', 1), DEFAULT_POLICY, DEFAULT_LIMITS);
    expect(() => workAgain(work, sampleInstance('M', 1), DEFAULT_LIMITS)).toThrow('supplies.not-the-same-network');
  });
});
