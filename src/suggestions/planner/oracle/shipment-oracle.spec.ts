import { describe, expect, it } from '@jest/globals';
import { sampleInstance } from '../flow/instances.samples.js';
import { DEFAULT_POLICY, planSupplies } from '../flow/plan-supplies.rules.js';
import type { SupplyPolicy } from '../flow/supplies.types.js';
import { highs } from './lp.js';
import { shipmentsBound } from './shipment-oracle.js';

const KM_SHARE = 0.05;

describe('the bound of shipments', () => {
  it('is never above the least number that HiGHS proves, and near it', async () => {
    const engine = await highs();
    let ours = 0;
    let theirs = 0;
    for (let seed = 1; seed <= 12; seed++) {
      const n = sampleInstance('S', seed);
      const policy: SupplyPolicy = { ...DEFAULT_POLICY, adminOrder: 'off', latestArrival: seed % 2 === 0 };
      const plan = planSupplies(n, { ...policy, fewShipments: { tonneKmShare: KM_SHARE } });
      const direct = planSupplies(n, policy);
      const least = shipmentsBound(engine, n, { plan: direct, tonneKmShare: KM_SHARE, seconds: 120 });
      expect(plan.bound.shipments).toBeLessThanOrEqual(least);
      expect(plan.stages.shipments).toBeGreaterThanOrEqual(least);
      ours += plan.bound.shipments;
      theirs += least;
    }
    expect(ours).toBeGreaterThanOrEqual(0.95 * theirs);
  }, 600_000);
});
