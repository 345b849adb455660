import type { SampleInstance } from '../../src/suggestions/planner/flow/instances.samples.js';
import { planSupplies } from '../../src/suggestions/planner/flow/plan-supplies.rules.js';
import type { SupplyPolicy } from '../../src/suggestions/planner/flow/supplies.types.js';
import { verifySupplies } from '../../src/suggestions/planner/verify-plan/verify-supplies.rules.js';
import { cpuMs } from './processor-time.js';

/** Where in the work it is told to stop: parts of the time that the whole plan takes. */
const PLACES = [0.02, 0.1, 0.25, 0.4, 0.55, 0.7, 0.85, 0.97];

/**
 * From the request to stop to the plan with its bound, checked by the verifier: the slowest of eight places, processor time. The second
 * figure leaves the check out.
 */
export function slowestStop(n: SampleInstance, policy: SupplyPolicy, places: readonly number[] = PLACES) {
  const began = cpuMs();
  verifySupplies(n, policy, planSupplies(n, policy));
  const wholeMs = cpuMs() - began;
  const stops = places.map((place) => stopAfter(n, policy, place * wholeMs));
  return {
    checkedMs: Math.max(...stops.map(({ checkedMs }) => checkedMs)),
    plannedMs: Math.max(...stops.map(({ plannedMs }) => plannedMs)),
  };
}

/** The clock is asked through the flag; once it has said stop it goes on saying so. */
function stopAfter(n: SampleInstance, policy: SupplyPolicy, afterMs: number) {
  const until = cpuMs() + afterMs;
  const shouldStop = (): boolean => cpuMs() >= until;
  const plan = planSupplies(n, policy, { shouldStop });
  const plannedMs = Math.max(0, cpuMs() - until);
  verifySupplies(n, policy, plan, shouldStop);
  return { plannedMs, checkedMs: Math.max(0, cpuMs() - until) };
}
