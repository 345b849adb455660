import { describe, expect, it } from '@jest/globals';
import { sampleInstance } from './instances.samples.js';
import type { ItemFlow } from './item-flow.rules.js';
import { DEFAULT_LIMITS, DEFAULT_POLICY, planOf, workOut } from './plan-supplies.rules.js';
import { seeded } from './random.rules.js';
import { ItemFace } from './shipment-cuts.rules.js';
import { stagesOf } from './stages.rules.js';
import type { SupplyInstance, SupplyPlan, SupplyPolicy } from './supplies.types.js';

const FEW: SupplyPolicy = { ...DEFAULT_POLICY, fewShipments: { tonneKmShare: 0.05 } };
const limits = (seed: number) => ({ ...DEFAULT_LIMITS, shipmentRounds: 100, seed });

function placesOf({ incidents }: SupplyInstance, { shipments }: SupplyPlan, item: number): Set<number> {
  return new Set(shipments.filter((one) => one.item === item).map((one) => one.warehouse * incidents + one.incident));
}

function forbidLater(flow: ItemFlow, latestMin: readonly number[]): void {
  flow.net.roadMin.forEach((minutes, road) => {
    if (minutes > latestMin[flow.placeOf(road) % latestMin.length]!) flow.forbid(road);
  });
}

describe('cuts of shipments', () => {
  it('are kept by every plan, whatever uses they were found for, and by the item alone', () => {
    let found = 0;
    for (let seed = 1; seed <= 12; seed++) {
      const n = sampleInstance('S', seed);
      const work = workOut(n, FEW, limits(seed));
      const plans = [planOf(work, limits(seed)), planOf(work, limits(seed + 100)), planOf({ ...work, policy: DEFAULT_POLICY }, limits(1))]; // prettier-ignore
      const { latestMin } = stagesOf(n, FEW, work.flows);
      const random = seeded(seed);
      for (const flow of work.flows) {
        forbidLater(flow, latestMin);
        const face = new ItemFace(flow);
        const open = plans.map((plan) => placesOf(n, plan, flow.net.item));
        for (const most of [0.1, 0.4, 1]) {
          const uses = Float64Array.from({ length: n.warehouses * n.incidents }, () => most * random.unit());
          for (const { lanes } of face.cuts(uses)) {
            found++;
            for (const places of open)
              expect(lanes.reduce((sum, { place, part }) => sum + (places.has(place) ? part : 0), 0)).toBeGreaterThan(
                1 - 1e-9,
              );
          }
        }
      }
    }
    expect(found).toBeGreaterThan(1000);
  });

  it('are none where the uses are those of a plan', () => {
    const n = sampleInstance('S', 2);
    const work = workOut(n, FEW, limits(2));
    const plan = planOf(work, limits(2));
    const uses = new Float64Array(n.warehouses * n.incidents);
    for (const { warehouse, incident } of plan.shipments) uses[warehouse * n.incidents + incident] = 1;
    for (const flow of work.flows) expect(new ItemFace(flow).cuts(uses)).toEqual([]);
  });
});
