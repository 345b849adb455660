import { crowdedInput } from '../../src/suggestions/planner/allocate/allocate.samples.js';
import type { SampleInstance } from '../../src/suggestions/planner/flow/instances.samples.js';
import { planSupplies } from '../../src/suggestions/planner/flow/plan-supplies.rules.js';
import type { SupplyPolicy } from '../../src/suggestions/planner/flow/supplies.types.js';
import { SupplyThread } from '../../src/suggestions/planner/supply-thread.js';
import { verifySupplies } from '../../src/suggestions/planner/verify-plan/verify-supplies.rules.js';
import { cpuMs } from './processor-time.js';

/** Where in the work it is told to stop: parts of the time that the whole plan takes. */
const PLACES = [0.02, 0.1, 0.25, 0.4, 0.55, 0.7, 0.85, 0.97];

/**
 * From the request to stop to the plan with its bound, checked by the verifier: the slowest of eight places, processor time. The second
 * figure leaves the check out.
 */
export function slowestStop(n: SampleInstance, policy: SupplyPolicy, places: readonly number[] = PLACES) {
  // Once before, so that the places are parts of a warm run as the stopped ones are.
  verifySupplies(n, policy, planSupplies(n, policy));
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

/**
 * From the deadline of a question to the thread's answer, when the flag is set from outside while the core works: the slowest of eight
 * places, milliseconds by the wall, so that other work on the machine counts. One incident of a province with 19 rivals, warm.
 */
export async function slowestThreadStop(thread = new SupplyThread()): Promise<number> {
  const input = crowdedInput({ stores: 100, items: 30, rivals: 19 });
  const answer = (afterMs: number) => thread.allocate(input, performance.now() + afterMs);
  await answer(60_000);
  const began = performance.now();
  await answer(60_000);
  const wholeMs = performance.now() - began;
  let slowest = 0;
  for (const place of PLACES) {
    const deadline = performance.now() + place * wholeMs;
    await answer(place * wholeMs);
    slowest = Math.max(slowest, performance.now() - deadline);
  }
  await thread.close();
  return slowest;
}
