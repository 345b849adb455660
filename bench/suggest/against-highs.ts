import { sampleInstance } from '../../src/suggestions/planner/flow/instances.samples.js';
import { planSupplies } from '../../src/suggestions/planner/flow/plan-supplies.rules.js';
import { wantedValue } from '../../src/suggestions/planner/flow/stages.rules.js';
import type { SupplyInstance, SupplyPlan, SupplyPolicy } from '../../src/suggestions/planner/flow/supplies.types.js';
import { highs } from '../../src/suggestions/planner/oracle/lp.js';
import { SupplyOracle } from '../../src/suggestions/planner/oracle/supply-oracle.js';
import { shipmentsBound } from '../../src/suggestions/planner/oracle/shipment-oracle.js';
import { median } from '../support/stats.js';
import { cpuMs } from './processor-time.js';

/** The same stages by HiGHS: need met; with our fills the reserves; with our arrivals the minutes, then the kilometres. */
export async function againstHighs(policy: SupplyPolicy, seeds: number[]) {
  const engine = await highs();
  const times: number[] = [];
  let mismatches = 0;
  for (const seed of [seeds[0]!, ...seeds]) {
    const n = sampleInstance('M', seed);
    const plan = planSupplies(n, policy);
    const { ms, values } = solveStages(new SupplyOracle(engine, n, policy), plan);
    const { stages } = plan;
    const ours = [stages.needMet * wantedValue(n, policy), stages.reserveBreach, stages.personMinutes, stages.tonneKm];
    mismatches += ours.filter((value, at) => !(Math.abs(value - (values[at] ?? Number.NaN)) <= 1e-7 * Math.max(1, value))).length; // prettier-ignore
    times.push(ms);
  }
  return { p50Ms: median(times.slice(1)), mismatches };
}

/** Writing the model down is not counted, reading the answers is. */
function solveStages(oracle: SupplyOracle, plan: SupplyPlan): { ms: number; values: (number | null)[] } {
  const served = new Map<string, number>();
  for (const { incident, item, units } of plan.shipments)
    served.set(`${incident}/${item}`, (served.get(`${incident}/${item}`) ?? 0) + units);
  const began = cpuMs();
  const needMet = oracle.mostNeedMet();
  oracle.fixServed((incident, item) => served.get(`${incident}/${item}`) ?? 0);
  const reserve = oracle.least('reserve');
  plan.stages.latestMin.forEach((minutes, incident) => oracle.limitArrival(incident, minutes));
  const values = [needMet, reserve, oracle.least('person-minutes'), oracle.least('tonne-km')];
  const ms = cpuMs() - began;
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
