import { allocate } from '../../src/suggestions/planner/allocate/allocate.rules.js';
import { crowdedInput } from '../../src/suggestions/planner/allocate/allocate.samples.js';
import { type SampleInstance, sampleInstance } from '../../src/suggestions/planner/flow/instances.samples.js';
import type { PlannerInput } from '../../src/suggestions/planner/planner.types.js';
import { DEFAULT_POLICY, planSupplies } from '../../src/suggestions/planner/flow/plan-supplies.rules.js';
import { planWithinCapacities } from '../../src/suggestions/planner/flow/shared-capacity.rules.js';
import type { SupplyPolicy } from '../../src/suggestions/planner/flow/supplies.types.js';
import type { TeamInstance } from '../../src/suggestions/planner/teams-search/teams.types.js';
import { sampleTeams } from '../../src/suggestions/planner/teams-search/team-instances.samples.js';
import { searchTeamPlan } from '../../src/suggestions/planner/teams-search/team-search.rules.js';
import { verifySupplies } from '../../src/suggestions/planner/verify-plan/verify-supplies.rules.js';

const FEW: SupplyPolicy = { ...DEFAULT_POLICY, fewShipments: { tonneKmShare: 0.05 } };

/** What is planned, as text: samples are drawn with logarithms and sines, which engines round differently in the last bit. */
export const samples = (): string =>
  JSON.stringify(
    {
      province: sampleInstance('M', 1), small: sampleInstance('S', 1), other: sampleInstance('S', 2),
      teams: sampleTeams(sampleInstance('M', 1), 1), crowded: crowdedInput({ stores: 12, items: 6, rivals: 4 }),
    },
    (_, part: unknown) => (ArrayBuffer.isView(part) ? { array: part.constructor.name, of: [...(part as Int32Array)] } : part),
  ); // prettier-ignore

interface Samples {
  province: SampleInstance;
  small: SampleInstance;
  other: SampleInstance;
  teams: TeamInstance;
  crowded: PlannerInput;
}
const ARRAYS: Record<string, { from(of: number[]): unknown }> = { Int32Array, Uint8Array, Float64Array };
const readSamples = (text: string): Samples =>
  JSON.parse(text, (_, part: { array?: string; of: number[] } | null) =>
    part?.array === undefined ? part : ARRAYS[part.array]!.from(part.of),
  ) as Samples;

/** All numbers of a value to the last bit: JSON writes the shortest digits that read back as the same one. */
function written(value: unknown): string {
  const whole = (_: string, part: unknown): unknown => (ArrayBuffer.isView(part) ? [...(part as Float64Array)] : part);
  return JSON.stringify(value, whole);
}

/** A plan of a province with its certificate, and the verifier's word on it. */
function provincePlan(n: SampleInstance): string {
  const plan = planSupplies(n);
  return written([plan, verifySupplies(n, DEFAULT_POLICY, plan)]);
}

function dockPlan(n: SampleInstance): string {
  const docks = [...n.dockKg].map((kg, w) => ({
    warehouses: Int32Array.of(w),
    unitLoad: n.unitKg,
    capacity: kg * 0.1,
  }));
  return written(planWithinCapacities(n, DEFAULT_POLICY, docks, { priceRounds: 40, gap: 1e-6 }));
}

/**
 * What the planner's core makes of `samples()`, as text, wherever this runs: it touches nothing of Node and nothing of a browser.
 * The same province over and over, and one of everything else.
 * @param times how often the province is planned
 */
export function planBytes(times: number, text: string): Record<string, string> {
  const { province, small, other, teams, crowded } = readSamples(text);
  const provinces = Array.from({ length: times }, () => provincePlan(province));
  return {
    province: provinces[0]!,
    'other plans of the province': String(provinces.filter((plan) => plan !== provinces[0]).length),
    'few shipments': written(planSupplies(other, FEW, { shipmentRounds: 30 })),
    docks: dockPlan(small),
    teams: written(searchTeamPlan(teams, { rounds: 500 })),
    suggestion: written(allocate(crowded, () => false)),
  };
}
