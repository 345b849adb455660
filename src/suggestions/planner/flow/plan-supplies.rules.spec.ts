import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from '@jest/globals';
import { verifySupplies } from '../verify-plan/verify-supplies.rules.js';
import { greedySupplies, supplyFigures } from './greedy-supplies.rules.js';
import { sampleInstance } from './instances.samples.js';
import { DEFAULT_POLICY, planSupplies } from './plan-supplies.rules.js';
import type { SupplyPlan, SupplyPolicy } from './supplies.types.js';

const FEW: SupplyPolicy = { ...DEFAULT_POLICY, fewShipments: { tonneKmShare: 0.05 } };

function digest(plan: SupplyPlan): string {
  const whole = (_: string, value: unknown): unknown =>
    ArrayBuffer.isView(value) ? [...(value as Float64Array)] : value;
  return createHash('sha256').update(JSON.stringify(plan, whole)).digest('hex');
}

describe('supply plans', () => {
  it('are the same bytes twenty times over', () => {
    const digests = Array.from({ length: 20 }, () =>
      digest(planSupplies(sampleInstance('S', 2), FEW, { shipmentRounds: 30 })),
    );
    expect(new Set(digests).size).toBe(1);
    expect(digest(planSupplies(sampleInstance('M', 1)))).toBe(digest(planSupplies(sampleInstance('M', 1))));
  });

  it('draw shipments together within the tolerance, and nothing above them suffers', () => {
    for (const [scale, seed, most] of [['S', 1, 0.7], ['S', 2, 0.75], ['S', 3, 0.75], ['M', 1, 0.62]] as const) {
      const n = sampleInstance(scale, seed);
      const plan = planSupplies(n, FEW, { shipmentRounds: scale === 'S' ? 300 : 40 });
      verifySupplies(n, FEW, plan);
      expect(plan.stages.shipments).toBeLessThanOrEqual(most * plan.direct.shipments);
      expect(plan.bound.shipments).toBeLessThanOrEqual(plan.stages.shipments);
      if (scale === 'M') expect(plan.bound.shipments).toBeGreaterThanOrEqual(229);
    }
  }); // prettier-ignore

  it('find the proven least number of shipments of three small instances', () => {
    const policy: SupplyPolicy = { ...FEW, adminOrder: 'off', latestArrival: false };
    const found = [1, 2, 3].map((seed) => planSupplies(sampleInstance('S', seed), policy).stages.shipments);
    expect(found).toEqual([26, 27, 23]);
  });

  it('can be stopped anywhere, and are then sound and say how good they could be', () => {
    const n = sampleInstance('S', 2);
    const best = planSupplies(n, FEW, { shipmentRounds: 5 });
    const statuses = new Set<string>();
    let finished = false;
    for (let allowed = 0; !finished; allowed = Math.ceil((allowed + 1) * 1.6)) {
      let asked = 0;
      const plan = planSupplies(n, FEW, { shipmentRounds: 5, shouldStop: () => ++asked > allowed });
      verifySupplies(n, FEW, plan);
      expect(plan.bound.needMet).toBeGreaterThanOrEqual(best.stages.needMet - 1e-9);
      statuses.add(plan.status);
      finished = asked <= allowed;
    }
    expect([...statuses]).toEqual(['stopped', 'optimal']);
  });

  it('keep their order of goals: the administrative order costs minutes where it comes first', () => {
    const n = sampleInstance('M', 3);
    const [off, after, before] = (['off', 'after-arrival', 'before-arrival'] as const).map(
      (adminOrder) => planSupplies(n, { ...DEFAULT_POLICY, adminOrder }).stages,
    );
    expect(after!.personMinutes).toBeCloseTo(off!.personMinutes, 3);
    expect(after!.adminSteps).toBeLessThanOrEqual(off!.adminSteps);
    expect(before!.adminSteps).toBeLessThan(after!.adminSteps);
    expect(before!.personMinutes).toBeGreaterThan(after!.personMinutes);
    expect(new Set([off!.reserveBreach, after!.reserveBreach, before!.reserveBreach]).size).toBe(1);
  });

  it('never meet less need than nearest first, starve no equal, and break reserves less', () => {
    for (let seed = 1; seed <= 2; seed++) {
      const n = sampleInstance('M', seed);
      const { shipments } = planSupplies(n);
      const key = (warehouse: number, incident: number, item: number): number =>
        (warehouse * n.incidents + incident) * n.items + item;
      const sent = new Map(shipments.map((one) => [key(one.warehouse, one.incident, one.item), one.units]));
      const ours = supplyFigures(n, DEFAULT_POLICY.levelWeight, sent);
      for (const rule of ['by-report', 'by-level', 'by-level-with-reserves'] as const) {
        const theirs = supplyFigures(n, DEFAULT_POLICY.levelWeight, greedySupplies(n, rule));
        expect(ours.needMetPct).toBeGreaterThanOrEqual(theirs.needMetPct - 1e-9);
        expect(ours.smallestShare).toBeGreaterThan(theirs.smallestShare);
        expect(ours.starved).toBe(0);
        expect(ours.reserveBreach).toBeLessThan(theirs.reserveBreach);
      }
    }
  });

  it('have an answer for nothing to send and nothing to do', () => {
    const n = sampleInstance('S', 1);
    for (const empty of [
      { ...n, need: n.need.map(() => 0) },
      { ...n, stock: n.stock.map(() => 0), lots: n.lots.map(() => []) },
    ]) {
      const plan = planSupplies(empty, FEW);
      expect([plan.status, plan.shipments.length]).toEqual(['optimal', 0]);
      verifySupplies(empty, FEW, plan);
    }
  });
});

describe('a thread of its own', () => {
  it('answers the same bytes as the calling thread', async () => {
    const code = `
      const { parentPort } = require('node:worker_threads');
      (async () => {
        const swc = require('@swc/core');
        const fs = require('node:fs');
        const path = require('node:path');
        const out = fs.mkdtempSync(path.join(require('node:os').tmpdir(), 'flow-'));
        fs.writeFileSync(path.join(out, 'package.json'), '{"type":"module"}');
        for (const file of fs.readdirSync('src/suggestions/planner/flow').filter((name) => /(rules|samples)\\.ts$/.test(name))) {
          const { code } = await swc.transformFile('src/suggestions/planner/flow/' + file, { configFile: '.swcrc' });
          fs.writeFileSync(path.join(out, file.replace(/\\.ts$/, '.js')), code);
        }
        const { sampleInstance } = await import(path.join(out, 'instances.samples.js'));
        const { planSupplies } = await import(path.join(out, 'plan-supplies.rules.js'));
        parentPort.postMessage(planSupplies(sampleInstance('M', 4)));
        fs.rmSync(out, { recursive: true });
      })();`;
    const worker = new Worker(code, { eval: true, execArgv: [] });
    const theirs = await new Promise<SupplyPlan>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    await worker.terminate();
    expect(digest(theirs)).toBe(digest(planSupplies(sampleInstance('M', 4))));
  });
});
