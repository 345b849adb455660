import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { sampleInstance } from '../../src/suggestions/planner/flow/instances.samples.js';
import { planSupplies } from '../../src/suggestions/planner/flow/plan-supplies.rules.js';
import type { SupplyPlan, SupplyPolicy } from '../../src/suggestions/planner/flow/supplies.types.js';

function digest(plan: SupplyPlan): string {
  const whole = (_: string, value: unknown): unknown =>
    ArrayBuffer.isView(value) ? [...(value as Float64Array)] : value;
  return createHash('sha256').update(JSON.stringify(plan, whole)).digest('hex');
}

/** How many different plans come out of twenty runs here and one in a thread of its own; 1 is right. */
export async function differentPlans(policy: SupplyPolicy): Promise<number> {
  const plans = Array.from({ length: 20 }, () => digest(planSupplies(sampleInstance('M', 1), policy)));
  return new Set([...plans, digest(await inThread(policy))]).size;
}

async function inThread(policy: SupplyPolicy): Promise<SupplyPlan> {
  const at = (file: string): string => new URL(`../../src/suggestions/planner/flow/${file}`, import.meta.url).href;
  const code = `const { parentPort, workerData } = require('node:worker_threads');
    Promise.all([import(workerData.samples), import(workerData.plan)]).then(([samples, plan]) =>
      parentPort.postMessage(plan.planSupplies(samples.sampleInstance('M', 1), workerData.policy)));`;
  const workerData = { policy, samples: at('instances.samples.js'), plan: at('plan-supplies.rules.js') };
  const worker = new Worker(code, { eval: true, workerData });
  try {
    return await new Promise<SupplyPlan>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
  } finally {
    await worker.terminate();
  }
}
