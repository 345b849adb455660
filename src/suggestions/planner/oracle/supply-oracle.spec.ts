import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Highs } from 'highs';
import { fairFill } from '../flow/fair-fill.rules.js';
import { sampleInstance } from '../flow/instances.samples.js';
import type { Scale } from '../flow/instances.samples.js';
import { itemNet } from '../flow/item-net.rules.js';
import { DEFAULT_POLICY, planSupplies } from '../flow/plan-supplies.rules.js';
import { wantedValue } from '../flow/stages.rules.js';
import type { AdminOrder, SupplyGoal, SupplyInstance, SupplyPlan, SupplyPolicy } from '../flow/supplies.types.js';
import { verifySupplies } from '../verify-plan/verify-supplies.rules.js';
import { leximinShares } from './leximin-shares.js';
import { highs as loadHighs } from './lp.js';
import { SupplyOracle } from './supply-oracle.js';

/** ORACLE_S=1000 ORACLE_M=200 compares as many seeds, from ORACLE_FROM (1) on; the default is what fits into every run. */
const FIRST_SEED = Number(process.env.ORACLE_FROM ?? 1);
const seedsOf = (scale: 'S' | 'M', otherwise: number): number[] =>
  Array.from({ length: Number(process.env[`ORACLE_${scale}`] ?? otherwise) }, (_, index) => index + FIRST_SEED);
const ORDERS: AdminOrder[] = ['off', 'after-arrival', 'before-arrival'];

let highs: Highs;
beforeAll(async () => {
  highs = await loadHighs();
});

/** Every third incident is due within so many hours; later goods count by level. */
function withDues(n: SupplyInstance, seed: number): SupplyInstance {
  const dueMin = (k: number): number =>
    (k + seed) % 3 === 0 ? 60 * (2 + ((k * 7 + seed) % 5)) : Number.POSITIVE_INFINITY;
  const lateWeight = Uint8Array.from(n.travelMin, (minutes, road) => {
    const k = road % n.incidents;
    return minutes > dueMin(k) ? 4 >> Math.min(2, n.level[k]!) : 0;
  });
  return { ...n, lateWeight };
}

function servedOf(n: SupplyInstance, { shipments }: SupplyPlan): (incident: number, item: number) => number {
  const served = new Float64Array(n.need.length);
  for (const { incident, item, units } of shipments) served[incident * n.items + item]! += units;
  return (incident, item) => served[incident * n.items + item]!;
}

function goals(
  { lateWeight }: SupplyInstance,
  { adminOrder }: SupplyPolicy,
): { early: SupplyGoal[]; late: SupplyGoal[] } {
  const first: SupplyGoal[] = lateWeight ? ['late', 'reserve'] : ['reserve'];
  return {
    early: adminOrder === 'before-arrival' ? [...first, 'admin'] : first,
    late: adminOrder === 'after-arrival' ? ['person-minutes', 'admin', 'tonne-km'] : ['person-minutes', 'tonne-km'],
  };
}

const KEY = { late: 'late', reserve: 'reserveBreach', admin: 'adminSteps', 'person-minutes': 'personMinutes', 'tonne-km': 'tonneKm' } as const; // prettier-ignore

/** Every stage of the plan beside the oracle's, as [stage, ours, theirs] where they differ. */
function differences(n: SupplyInstance, policy: SupplyPolicy, plan: SupplyPlan): unknown[] {
  const oracle = new SupplyOracle(highs, n, policy);
  const found: unknown[] = [];
  const compare = (stage: string, ours: number, theirs: number | null): void => {
    if (theirs === null || Math.abs(ours - theirs) > 1e-7 * Math.max(1, Math.abs(theirs))) found.push([n.name, stage, ours, theirs]);
  }; // prettier-ignore
  const { early, late } = goals(n, policy);
  compare('need-met', plan.stages.needMet * wantedValue(n, policy), oracle.mostNeedMet());
  oracle.fixServed(servedOf(n, plan));
  for (const goal of early) compare(goal, plan.stages[KEY[goal]], oracle.least(goal));
  plan.stages.latestMin.forEach((minutes, k) => oracle.limitArrival(k, minutes));
  for (const goal of late) compare(goal, plan.stages[KEY[goal]], oracle.least(goal));
  oracle.dispose();
  return found;
}

/** Incidents whose latest arrival the oracle can bring forward, in their turn. */
function tooLate(n: SupplyInstance, policy: SupplyPolicy, plan: SupplyPlan): number[] {
  return plan.certificate!.arrivalOrder.filter((incident, turn) => {
    if (plan.stages.latestMin[incident] === 0) return false;
    const oracle = new SupplyOracle(highs, n, policy);
    oracle.fixServed(servedOf(n, plan));
    for (const before of plan.certificate!.arrivalOrder.slice(0, turn)) oracle.limitArrival(before, plan.stages.latestMin[before]!); // prettier-ignore
    oracle.limitArrival(incident, plan.stages.latestMin[incident]! - 1);
    const due = n.lateWeight ? oracle.least('late') : 0;
    const least = oracle.least('reserve');
    const steps = least !== null && policy.adminOrder === 'before-arrival' ? oracle.least('admin') : null;
    oracle.dispose();
    if (due === null || due > plan.stages.late + 1e-6) return false;
    if (least === null || least > plan.stages.reserveBreach + 1e-6) return false;
    return steps === null || steps <= plan.stages.adminSteps + 1e-6;
  });
}

describe('against HiGHS', () => {
  it.each([['S', 40], ['M', 2]] as [Scale & ('S' | 'M'), number][])('no stage of any %s instance differs', (scale, count) => {
    const found = seedsOf(scale, count).flatMap((seed) => {
      const n = seed % 2 === 0 ? withDues(sampleInstance(scale, seed), seed) : sampleInstance(scale, seed);
      const policy = { ...DEFAULT_POLICY, adminOrder: ORDERS[seed % 3]!, latestArrival: seed % 4 !== 0 };
      const plan = planSupplies(n, policy);
      verifySupplies(n, policy, plan);
      return differences(n, policy, plan);
    });
    expect(found).toEqual([]);
  }, 3_600_000); // prettier-ignore

  it('no incident can be reached earlier in its turn', () => {
    const found = (scale: Scale) => (seed: number) => {
      const n = seed % 2 === 0 ? withDues(sampleInstance(scale, seed), seed) : sampleInstance(scale, seed);
      const policy = { ...DEFAULT_POLICY, adminOrder: ORDERS[seed % 3]! };
      return tooLate(n, policy, planSupplies(n, policy)).map((incident) => [n.name, incident]);
    };
    expect([...seedsOf('S', 12).flatMap(found('S')), ...seedsOf('M', 0).flatMap(found('M'))]).toEqual([]);
  }, 3_600_000);

  it('shares among equals are those of linear programs, to within a unit for each equal', () => {
    for (const seed of seedsOf('S', 12)) expect(beyondShare(sampleInstance('S', seed))).toEqual([]);
    for (const seed of seedsOf('M', 1)) expect(beyondShare(sampleInstance('M', seed))).toEqual([]);
  }, 3_600_000);
});

/** Needs of ours that are further from their share by linear programs than whole units among their equals can make them. */
function beyondShare(n: SupplyInstance): unknown[] {
  const beyond: unknown[] = [];
  for (let item = 0; item < n.items; item++) {
    const net = itemNet(n, item);
    const { served } = fairFill(net, (need) => n.level[net.needs[need]!]!);
    const shares = leximinShares(highs, n, item);
    net.needs.forEach((k, need) => {
      const equals = net.needs.filter((other) => n.level[other] === n.level[k]).length;
      const away = Math.abs(served[need]! - shares.get(k)! * n.need[k * n.items + item]!);
      if (away > Math.max(1, equals - 1) + 1e-6) beyond.push([n.name, item, k, away]);
    });
  }
  return beyond;
}
