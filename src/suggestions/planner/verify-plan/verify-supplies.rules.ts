import type {
  ArrivalProof,
  ItemProof,
  SupplyCertificate,
  SupplyGoal,
  SupplyInstance,
  SupplyPlan,
  SupplyPolicy,
  SupplyStages,
} from '../flow/supplies.types.js';
import { readSendings, verifyLots } from './sendings.rules.js';
import type { ItemSendings } from './sendings.rules.js';
import { verifyFair } from './verify-fair.rules.js';
import { compareValues, leastValue, valueOf } from './verify-proof.rules.js';
import type { RoadLimit } from './verify-proof.rules.js';
import { demand, near } from './violation.rules.js';

const EARLY: Record<SupplyPolicy['adminOrder'], SupplyGoal[]> = {
  'before-arrival': ['reserve', 'admin'],
  'after-arrival': ['reserve'],
  off: ['reserve'],
};
const LATE: Record<SupplyPolicy['adminOrder'], SupplyGoal[]> = {
  'before-arrival': ['person-minutes', 'tonne-km'],
  'after-arrival': ['person-minutes', 'admin', 'tonne-km'],
  off: ['person-minutes', 'tonne-km'],
};

const earlyGoals = ({ lateWeight }: SupplyInstance, { adminOrder }: SupplyPolicy): SupplyGoal[] =>
  lateWeight ? ['late', ...EARLY[adminOrder]] : EARLY[adminOrder];

interface Case {
  n: SupplyInstance;
  policy: SupplyPolicy;
  plan: SupplyPlan;
  sendings: ItemSendings[];
  /** Asked before each piece of the proof. */
  heed: () => void;
}

/** The caller wants his answer before the proof is checked to its end. */
class ToldToStop extends Error {}

/**
 * Judges a plan from the instance alone, sharing no code with the planner: that it can be carried out (roads, stock, lots
 * first expired first out), that its figures are its own, and, unless it was stopped, that it is the best there is, goal by
 * goal: fills and shares by search, the rest by adding up the prices of its certificate. Throws `SupplyViolation`.
 * O(items x incidents x roads).
 *
 * True when the plan is proven the best. Told to stop it still finishes what a plan needs to be carried out, and answers false where
 * the proof was not looked at to its end: such a plan counts as stopped.
 */
export function verifySupplies(
  n: SupplyInstance,
  policy: SupplyPolicy,
  plan: SupplyPlan,
  shouldStop: () => boolean = () => false,
): boolean {
  const sendings = readSendings(n, plan);
  verifyLots(n, sendings);
  const heed = (): void => {
    if (shouldStop()) throw new ToldToStop();
  };
  const one: Case = { n, policy, plan, sendings, heed };
  demand(plan.instance === n.name, 'instance-named', plan.instance);
  verifyFigures(one);
  if (plan.status === 'stopped') {
    demand(plan.certificate === null, 'stopped-proves-nothing', plan.instance);
    return false;
  }
  try {
    verifyBest(one);
  } catch (reason) {
    if (!(reason instanceof ToldToStop)) throw reason;
    return false;
  }
  return true;
}

function verifyBest(one: Case): void {
  const { n, plan, sendings, heed } = one;
  for (const each of sendings) {
    heed();
    verifyFair(n, each);
  }
  const { certificate } = plan;
  demand(certificate !== null, 'certificate-there', plan.instance);
  verifyArrivals(one, certificate);
  verifyItems(one, certificate);
  demand(near(plan.bound.needMet, plan.stages.needMet), 'bound-is-reached', plan.bound.needMet);
}

/** The figures of a plan, added up anew. */
function verifyFigures({ n, policy, plan, sendings }: Case): void {
  const { stages, direct, bound } = plan;
  const worth = (units: (k: number, i: number) => number): number => {
    let sum = 0;
    for (let i = 0; i < n.items; i++)
      for (let k = 0; k < n.incidents; k++)
        sum += units(k, i) * (policy.levelWeight[n.level[k]!] ?? 0) * n.itemWeight[i]!;
    return sum;
  };
  const wanted = worth((k, i) => n.need[k * n.items + i]!);
  const met = worth((k, i) => sendings[i]!.served[k]!);
  demand(near(stages.needMet, wanted > 0 ? met / wanted : 1), 'need-met', stages.needMet);
  const persons = (goal: SupplyGoal): number =>
    sendings.reduce((sum, each) => sum + valueOf(each, [goal])[0]! / n.unitsPerPerson[each.item]!, 0);
  demand(near(stages.late, persons('late')), 'late', stages.late);
  demand(near(stages.reserveBreach, persons('reserve')), 'reserve-breach', stages.reserveBreach);
  demand(near(stages.adminSteps, persons('admin')), 'admin-steps', stages.adminSteps);
  demand(near(stages.personMinutes, persons('person-minutes')), 'person-minutes', stages.personMinutes);
  const tonneKm = sendings.reduce((sum, each) => sum + (each.hectometres * n.unitKg[each.item]!) / 10_000, 0);
  demand(near(stages.tonneKm, tonneKm), 'tonne-km', stages.tonneKm);
  const latest = latestOf(n, plan);
  demand(stages.latestMin.length === n.incidents && latest.every((min, k) => stages.latestMin[k] === min), 'latest-arrival', 'stages'); // prettier-ignore
  demand(stages.shipments === pairsOf(n, plan), 'shipments-counted', stages.shipments);
  demand(bound.shipments <= stages.shipments, 'shipments-bound', bound.shipments);
  demand(bound.needMet >= stages.needMet - 1e-9 && bound.needMet <= 1 + 1e-9, 'need-met-bound', bound.needMet);
  verifyTolerance(policy, stages, direct);
}

function latestOf(n: SupplyInstance, { shipments }: SupplyPlan): number[] {
  const latest = new Array<number>(n.incidents).fill(0);
  for (const { warehouse, incident } of shipments)
    latest[incident] = Math.max(latest[incident]!, n.travelMin[warehouse * n.incidents + incident]!);
  return latest;
}

/** Pairs of warehouse and incident between which anything goes. */
function pairsOf(n: SupplyInstance, { shipments }: SupplyPlan): number {
  const isPair = new Uint8Array(n.warehouses * n.incidents);
  for (const { warehouse, incident } of shipments) isPair[warehouse * n.incidents + incident] = 1;
  return isPair.reduce((sum, one) => sum + one, 0);
}

/** Drawing shipments together may cost minutes and, within the tolerance, tonne-kilometres; nothing else. */
function verifyTolerance({ fewShipments, adminOrder }: SupplyPolicy, stages: SupplyStages, direct: SupplyStages): void {
  const share = fewShipments?.tonneKmShare ?? 0;
  demand(stages.needMet === direct.needMet && near(stages.reserveBreach, direct.reserveBreach) && near(stages.late, direct.late), 'few-shipments-hold', 'need'); // prettier-ignore
  demand(
    stages.latestMin.every((minutes, k) => minutes <= direct.latestMin[k]!),
    'few-shipments-hold',
    'latest',
  );
  if (!fewShipments)
    demand(
      stages.latestMin.every((minutes, k) => minutes === direct.latestMin[k]),
      'direct-is-the-plan',
      'latest',
    );
  demand(stages.tonneKm <= direct.tonneKm * (1 + share) * (1 + 1e-9), 'few-shipments-tolerance', stages.tonneKm);
  demand(stages.shipments <= direct.shipments, 'few-shipments-fewer', stages.shipments);
  if (adminOrder === 'before-arrival')
    demand(near(stages.adminSteps, direct.adminSteps), 'few-shipments-hold', 'admin');
}

/** Each incident in its turn: none could be reached earlier without costing an early goal, given those before it. */
function verifyArrivals(
  { n, policy, plan, sendings, heed }: Case,
  { arrivalOrder, arrivals, items }: SupplyCertificate,
): void {
  if (!policy.latestArrival)
    return demand(arrivals.length === 0 && arrivalOrder.length === 0, 'arrivals-not-asked', '');
  const expected = Array.from({ length: n.incidents }, (_, k) => k).sort((a, b) => n.level[a]! - n.level[b]! || a - b);
  demand(arrivalOrder.length === n.incidents && expected.every((k, at) => arrivalOrder[at] === k), 'arrival-order', '');
  const isServed = (k: number): boolean => sendings.some(({ served }) => served[k]! > 0);
  const proofs = new Map(arrivals.map((proof) => [proof.incident, proof]));
  demand(
    proofs.size === arrivals.length && arrivals.length === expected.filter(isServed).length,
    'arrivals-proven',
    '',
  );
  const limit = new Float64Array(n.incidents).fill(Number.POSITIVE_INFINITY);
  for (const k of expected) {
    heed();
    const proof = proofs.get(k);
    demand((proof !== undefined) === isServed(k), 'arrivals-proven', k);
    const latest = plan.direct.latestMin[k]!;
    demand(latest === (proof?.latestMin ?? 0), 'latest-arrival', k);
    if (proof) verifyArrival({ n, policy, sendings, items }, proof, limit);
    limit[k] = latest;
  }
}

function verifyArrival(
  { n, policy, sendings, items }: Pick<Case, 'n' | 'policy' | 'sendings'> & { items: ItemProof[] },
  { incident, latestMin, item, prices }: ArrivalProof,
  before: RoadLimit,
): void {
  const own = items.find((proof) => proof.item === item);
  demand(own !== undefined && sameGoals(prices.goals, earlyGoals(n, policy)), 'arrival-goals', incident);
  const limit = before.slice();
  limit[incident] = latestMin - 1;
  const least = leastValue(n, sendings[item]!, { prices, limit });
  demand(compareValues(least, own.earlyValue) > 0, 'no-earlier-arrival', `${incident}/${item}`);
}

const sameGoals = (one: readonly SupplyGoal[], other: readonly SupplyGoal[]): boolean =>
  one.length === other.length && one.every((goal, at) => goal === other[at]);

function verifyItems({ n, policy, plan, sendings, heed }: Case, { items }: SupplyCertificate): void {
  const early = earlyGoals(n, policy);
  const all = [...early, ...LATE[policy.adminOrder]];
  const noLimit = new Float64Array(n.incidents).fill(Number.POSITIVE_INFINITY);
  const limit = policy.latestArrival ? Float64Array.from(plan.direct.latestMin) : noLimit;
  const proofs = new Map(items.map((proof) => [proof.item, proof]));
  demand(proofs.size === items.length, 'items-proven-once', items.length);
  for (const each of sendings) {
    heed();
    const proof = proofs.get(each.item);
    if (each.served.every((units) => units === 0)) continue;
    demand(proof !== undefined && sameGoals(proof.early.goals, early) && sameGoals(proof.all.goals, all), 'item-goals', each.item); // prettier-ignore
    const leastEarly = leastValue(n, each, { prices: proof.early, limit: noLimit });
    const leastAll = leastValue(n, each, { prices: proof.all, limit });
    demand(compareValues(leastEarly, proof.earlyValue) === 0, 'early-goals-proven', each.item);
    demand(compareValues(leastAll, proof.allValue) === 0, 'all-goals-proven', each.item);
    const isHeld = valueOf(each, early).every((value, goal) => value === proof.earlyValue[goal] && value === proof.allValue[goal]); // prettier-ignore
    demand(isHeld, 'early-goals-reached', each.item);
    if (!policy.fewShipments)
      demand(valueOf(each, all).every((value, goal) => value === proof.allValue[goal]), 'all-goals-reached', each.item); // prettier-ignore
  }
  verifyDirect(n, plan.direct, items);
}

/** The figures before shipments were drawn together are those of the proofs. */
function verifyDirect(n: SupplyInstance, direct: SupplyStages, items: ItemProof[]): void {
  const sum = (goal: SupplyGoal, factor: (item: number) => number): number =>
    items.reduce(
      (total, { item, all, allValue }) => total + (allValue[all.goals.indexOf(goal)] ?? 0) * factor(item),
      0,
    );
  const persons = (item: number): number => 1 / n.unitsPerPerson[item]!;
  demand(near(direct.reserveBreach, sum('reserve', persons)), 'direct-figures', 'reserve');
  demand(near(direct.personMinutes, sum('person-minutes', persons)), 'direct-figures', 'person-minutes');
  demand(
    near(
      direct.tonneKm,
      sum('tonne-km', (item) => n.unitKg[item]! / 10_000),
    ),
    'direct-figures',
    'tonne-km',
  );
  if (n.lateWeight) demand(near(direct.late, sum('late', persons)), 'direct-figures', 'late');
  if (items[0]?.all.goals.includes('admin')) demand(near(direct.adminSteps, sum('admin', persons)), 'direct-figures', 'admin'); // prettier-ignore
}
