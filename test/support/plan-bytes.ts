import { allocate } from '../../src/suggestions/planner/allocate/allocate.rules.js';
import { crowdedInput } from '../../src/suggestions/planner/allocate/allocate.samples.js';
import { sampleInstance } from '../../src/suggestions/planner/flow/instances.samples.js';
import { DEFAULT_POLICY, planSupplies } from '../../src/suggestions/planner/flow/plan-supplies.rules.js';
import { planWithinCapacities } from '../../src/suggestions/planner/flow/shared-capacity.rules.js';
import type { SupplyPolicy } from '../../src/suggestions/planner/flow/supplies.types.js';
import { sampleTeams } from '../../src/suggestions/planner/teams-search/team-instances.samples.js';
import { searchTeamPlan } from '../../src/suggestions/planner/teams-search/team-search.rules.js';
import { verifySupplies } from '../../src/suggestions/planner/verify-plan/verify-supplies.rules.js';

const FEW: SupplyPolicy = { ...DEFAULT_POLICY, fewShipments: { tonneKmShare: 0.05 } };

/** All numbers of a value to the last bit: JSON writes the shortest digits that read back as the same one. */
function written(value: unknown): string {
  const whole = (_: string, part: unknown): unknown => (ArrayBuffer.isView(part) ? [...(part as Float64Array)] : part);
  return JSON.stringify(value, whole);
}

/** A plan of a province with its certificate, and the verifier's word on it. */
function provincePlan(): string {
  const n = sampleInstance('M', 1);
  const plan = planSupplies(n);
  return written([plan, verifySupplies(n, DEFAULT_POLICY, plan)]);
}

function dockPlan(): string {
  const n = sampleInstance('S', 1);
  const docks = [...n.dockKg].map((kg, w) => ({
    warehouses: Int32Array.of(w),
    unitLoad: n.unitKg,
    capacity: kg * 0.1,
  }));
  return written(planWithinCapacities(n, DEFAULT_POLICY, docks, { priceRounds: 40, gap: 1e-6 }));
}

/**
 * What the planner's core makes of seeded samples, as text, wherever this runs: it touches nothing of Node and nothing of a browser.
 * The same province over and over, and one of everything else.
 * @param times how often the province is planned
 */
export function planBytes(times: number): Record<string, string> {
  const provinces = Array.from({ length: times }, provincePlan);
  return {
    instance: written(sampleInstance('M', 1)),
    province: provinces[0]!,
    'other plans of the province': String(provinces.filter((plan) => plan !== provinces[0]).length),
    'few shipments': written(planSupplies(sampleInstance('S', 2), FEW, { shipmentRounds: 30 })),
    docks: dockPlan(),
    teams: written(searchTeamPlan(sampleTeams(sampleInstance('M', 1), 1), { rounds: 500 })),
    suggestion: written(allocate(crowdedInput({ stores: 12, items: 6, rivals: 4 }), () => false)),
  };
}
