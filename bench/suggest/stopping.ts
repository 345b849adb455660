import type { SampleInstance } from '../../src/suggestions/planner/flow/instances.samples.js';
import { planSupplies } from '../../src/suggestions/planner/flow/plan-supplies.rules.js';
import type { SupplyPolicy } from '../../src/suggestions/planner/flow/supplies.types.js';
import { verifySupplies } from '../../src/suggestions/planner/verify-plan/verify-supplies.rules.js';

/** Where in the work it is told to stop: parts of the time that the whole plan takes. */
const PLACES = [0.02, 0.1, 0.25, 0.4, 0.55, 0.7, 0.85, 0.97];

/**
 * From the request to stop to the plan with its bound, on the clock of the wall, the slowest of eight places; the plan is checked
 * afterwards. Asked once more with few shipments, where the search runs longest.
 */
export function slowestStop(n: SampleInstance, policy: SupplyPolicy): number {
  const began = performance.now();
  planSupplies(n, policy);
  const wholeMs = performance.now() - began;
  return Math.max(...PLACES.map((place) => stopAfter(n, policy, place * wholeMs)));
}

function stopAfter(n: SampleInstance, policy: SupplyPolicy, afterMs: number): number {
  const until = performance.now() + afterMs;
  const plan = planSupplies(n, policy, { shouldStop: () => performance.now() >= until });
  const ms = Math.max(0, performance.now() - until);
  verifySupplies(n, policy, plan);
  return ms;
}
