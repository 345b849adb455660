import { sampleInstance } from '../../src/suggestions/planner/flow/instances.samples.js';
import { planSupplies } from '../../src/suggestions/planner/flow/plan-supplies.rules.js';
import { wantedValue } from '../../src/suggestions/planner/flow/stages.rules.js';
import type { SupplyInstance, SupplyPlan, SupplyPolicy } from '../../src/suggestions/planner/flow/supplies.types.js';
import { highs } from '../../src/suggestions/planner/oracle/lp.js';
import { SupplyOracle } from '../../src/suggestions/planner/oracle/supply-oracle.js';
import { shipmentsBound } from '../../src/suggestions/planner/oracle/shipment-oracle.js';
import { median } from '../support/stats.js';
import { timed } from './processor-time.js';

/**
 * The core beside HiGHS on the same instances, round by round in turn, warm, processor time. What is compared:
 *
 * - ours: `planSupplies`, from the instance to the finished plan: nets, fills, shares among equals, reserves, latest arrivals,
 *   minutes, kilometres, lots, certificate.
 * - HiGHS (one thread, primal simplex without presolve, its quickest here; each stage warm from the one before): need met, reserves,
 *   minutes, kilometres as linear programs over all items. It is given our fills and our latest arrivals, so it neither shares among equals
 *   nor looks for arrivals, and writes no lots. Reading its answers is counted.
 *
 * `overHighs` leaves the writing of its model out, `overHighsBuilt` counts it, as ours is counted. Medians of the ratios of all pairs.
 */
export async function againstHighs(policy: SupplyPolicy, seeds: readonly number[], runs: number) {
  const engine = await highs();
  const pairs: { ours: number; solved: number; built: number }[] = [];
  let mismatches = 0;
  const instances = seeds.map((seed) => sampleInstance('M', seed));
  // The first round warms up both sides.
  for (let run = 0; run <= runs; run++) {
    const planned = instances.map((n) => timed(() => planSupplies(n, policy)));
    instances.forEach((n, at) => {
      const { ms: ours, result: plan } = planned[at]!;
      const { ms: builtMs, result: oracle } = timed(() => new SupplyOracle(engine, n, policy));
      const { ms: solved, values } = solveStages(oracle, plan);
      mismatches += differences(n, policy, { plan, values });
      if (run > 0) pairs.push({ ours, solved, built: builtMs + solved });
    });
  }
  return {
    mismatches,
    oursMs: median(pairs.map(({ ours }) => ours)),
    highsMs: median(pairs.map(({ solved }) => solved)),
    overHighs: median(pairs.map(({ solved, ours }) => solved / ours)),
    overHighsBuilt: median(pairs.map(({ built, ours }) => built / ours)),
  };
}

type Values = (number | null)[];

function differences(n: SupplyInstance, policy: SupplyPolicy, { plan, values }: { plan: SupplyPlan; values: Values }) {
  const { needMet, reserveBreach, personMinutes, tonneKm } = plan.stages;
  const ours = [needMet * wantedValue(n, policy), reserveBreach, personMinutes, tonneKm];
  const isEqual = (value: number, at: number): boolean =>
    Math.abs(value - (values[at] ?? Number.NaN)) <= 1e-7 * Math.max(1, value);
  return ours.filter((value, at) => !isEqual(value, at)).length;
}

/** Writing the model down is not counted, reading the answers is. */
function solveStages(oracle: SupplyOracle, plan: SupplyPlan): { ms: number; values: Values } {
  const served = new Map<string, number>();
  for (const { incident, item, units } of plan.shipments)
    served.set(`${incident}/${item}`, (served.get(`${incident}/${item}`) ?? 0) + units);
  const { ms, result: values } = timed(() => {
    const needMet = oracle.mostNeedMet();
    oracle.fixServed((incident, item) => served.get(`${incident}/${item}`) ?? 0);
    const reserve = oracle.least('reserve');
    plan.stages.latestMin.forEach((minutes, incident) => oracle.limitArrival(incident, minutes));
    return [needMet, reserve, oracle.least('person-minutes'), oracle.least('tonne-km')];
  });
  oracle.dispose();
  return { ms, values };
}

/** The best bound: the core's own, or what HiGHS proves about the whole model in the time. */
export async function boundOf(
  n: SupplyInstance,
  {
    plan,
    direct,
    tonneKmShare,
    seconds,
  }: { plan: SupplyPlan; direct: SupplyPlan; tonneKmShare: number; seconds: number },
): Promise<number> {
  return Math.max(plan.bound.shipments, shipmentsBound(await highs(), n, { plan: direct, tonneKmShare, seconds }));
}
