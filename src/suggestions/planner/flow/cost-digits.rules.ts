import type { ItemNet } from './item-net.rules.js';
import type { AdminOrder, SupplyGoal, SupplyInstance } from './supplies.types.js';

/**
 * Several goals in the two cost levels of the simplex: each level is a number whose digits are the goals, the first goal
 * the highest. A digit's base exceeds twice what any path or cycle can add up to in the goals below it (a path visits each
 * node once), not total flow times cost; so costs, potentials and reduced costs stay exact below 2^53.
 */
export interface CostDigits {
  /** Goals of the high level: decided before the latest arrivals. */
  early: SupplyGoal[];
  /** Goals of the low level. */
  late: SupplyGoal[];
  highBases: number[];
  lowBases: number[];
  /** High cost of a road that must not be used: counts in the first goal. */
  forbidden: number;
  /** High cost of a unit that cannot be brought. */
  penalty: number;
}

const FORBIDDEN_STEPS = 1e4;
const PENALTY_STEPS = 1e8;

/** `isDue`: goods may come too late, which counts before everything but the fills. */
export function goalsOf(adminOrder: AdminOrder, isDue = false): { early: SupplyGoal[]; late: SupplyGoal[] } {
  const first: SupplyGoal[] = isDue ? ['late', 'reserve'] : ['reserve'];
  if (adminOrder === 'before-arrival') return { early: [...first, 'admin'], late: ['person-minutes', 'tonne-km'] };
  if (adminOrder === 'after-arrival') return { early: first, late: ['person-minutes', 'admin', 'tonne-km'] };
  return { early: first, late: ['person-minutes', 'tonne-km'] };
}

/** What one unit on a road costs in a goal. Kilometres count in hectometres, so that they are whole. */
export function roadCost(n: SupplyInstance, goal: SupplyGoal, road: number): number {
  if (goal === 'late') return n.lateWeight![road]!;
  if (goal === 'admin') return n.adminStep[road]!;
  if (goal === 'person-minutes') return n.travelMin[road]!;
  return goal === 'tonne-km' ? Math.round(n.distanceKm[road]! * 10) : 0;
}

/** Throws `RangeError` when the costs are too large to be exact. */
export function costDigits(n: SupplyInstance, net: ItemNet, adminOrder: AdminOrder): CostDigits {
  const { early, late } = goalsOf(adminOrder, n.lateWeight !== undefined);
  const span = 2 * Math.min(net.shelves.length, net.needs.length) + 4;
  const most = (goal: SupplyGoal): number => (goal === 'reserve' ? largestReserve(n, net) : largestRoad(n, net, goal));
  const mostLate = late.map(most);
  const highBases = bases(early.map(most), span);
  const lowBases = bases(mostLate, span);
  const unit = highBases[0]!;
  const digits = { early, late, highBases, lowBases, forbidden: FORBIDDEN_STEPS * unit, penalty: PENALTY_STEPS * unit };
  if (
    lowBases[0]! * (mostLate[0]! + 1) * span > Number.MAX_SAFE_INTEGER ||
    digits.penalty * span > Number.MAX_SAFE_INTEGER
  )
    throw new RangeError(`supplies.costs-too-large item ${net.item}`);
  return digits;
}

/** The value of one step of each goal in its level; 1 for the last. */
function bases(most: readonly number[], span: number): number[] {
  const list = most.map(() => 1);
  let largest = most.at(-1)!;
  for (let index = most.length - 2; index >= 0; index--) {
    list[index] = 2 * span * largest + 1;
    largest = most[index]! * list[index]! + largest;
  }
  return list;
}

function largestRoad(n: SupplyInstance, { roadPlace }: ItemNet, goal: SupplyGoal): number {
  let most = 0;
  for (let road = 0; road < roadPlace.length; road++) most = Math.max(most, roadCost(n, goal, roadPlace[road]!));
  return most;
}

function largestReserve(n: SupplyInstance, { shelves }: ItemNet): number {
  return shelves.reduce((most, w) => Math.max(most, n.reserveWeight[w]!), 0);
}

/**
 * Writes a potential's digits into the lists of its goals. What is left for the goals below lies within half a step on either side of a
 * goal's own digit.
 */
export function readDigits(
  potential: number,
  { bases, parts, at }: { bases: readonly number[]; parts: readonly Float64Array[]; at: number },
): void {
  let rest = potential;
  for (let goal = 0; goal < bases.length; goal++) {
    const digit = bases[goal] === 1 ? rest : Math.round(rest / bases[goal]!);
    rest -= digit * bases[goal]!;
    // 0 and not -0, which would be other bytes.
    parts[goal]![at] = digit === 0 ? 0 : digit;
  }
}
