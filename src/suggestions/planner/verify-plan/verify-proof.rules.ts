import type { PriceList, SupplyGoal, SupplyInstance } from '../flow/supplies.types.js';
import type { ItemSendings } from './sendings.rules.js';
import { demand, refuse } from './violation.rules.js';

/** Which roads a proof speaks about: those of at most so many minutes, by incident. */
export type RoadLimit = Float64Array;

/**
 * A proven least value, goal by goal: what the fills are worth at the prices, less what the stock is worth. No flow that
 * serves these fills over these roads can cost less, provided that no road gains (price at the incident above price at the
 * warehouse plus cost); that is demanded. Comparisons are lexicographic in the goals. Sums are of any length (BigInt).
 */
export function leastValue(
  n: SupplyInstance,
  { item, served }: ItemSendings,
  { prices, limit }: { prices: PriceList; limit: RoadLimit },
): bigint[] {
  const { goals, warehouse, incident } = prices;
  const known = warehouse.length === goals.length && incident.length === goals.length;
  demand(known && [...warehouse, ...incident].every((list) => list.every(Number.isSafeInteger)), 'prices-whole', item);
  const wanted = [...served.keys()].filter((k) => served[k]! > 0);
  const value = goals.map((_, goal) => wanted.reduce((sum, k) => sum + big(served[k]!) * big(incident[goal]![k]!), 0n));
  for (let w = 0; w < n.warehouses; w++) {
    const stock = n.stock[w * n.items + item]!;
    if (stock === 0) continue;
    demandNoGain(n, { item, warehouse: w, wanted }, { prices, limit });
    const stays = Math.min(n.reserve[w * n.items + item]!, stock);
    const price = warehouse.map((list) => list[w]!);
    const belowReserve = price.map((each, goal) => each - (goals[goal] === 'reserve' ? n.reserveWeight[w]! : 0));
    subtract(value, price, stock - stays);
    subtract(value, belowReserve, stays);
  }
  return value;
}

const big = (value: number): bigint => BigInt(value);

/** Units that are worth something are taken off; worthless ones are left on the shelf. */
function subtract(value: bigint[], price: readonly number[], units: number): void {
  if (!(price.find((each) => each !== 0)! > 0)) return;
  price.forEach((each, goal) => (value[goal] = value[goal]! - big(each) * big(units)));
}

function demandNoGain(
  n: SupplyInstance,
  { item, warehouse, wanted }: { item: number; warehouse: number; wanted: readonly number[] },
  { prices, limit }: { prices: PriceList; limit: RoadLimit },
): void {
  const { goals } = prices;
  for (const k of wanted) {
    const road = warehouse * n.incidents + k;
    const minutes = n.travelMin[road]!;
    if (minutes < 0 || minutes > limit[k]! || minutes > n.reachMin[item]!) continue;
    for (let goal = 0; goal < goals.length; goal++) {
      const cost = costOf(n, goals[goal]!, road);
      const gain = prices.incident[goal]![k]! - prices.warehouse[goal]![warehouse]! - cost;
      if (!(gain <= 0)) refuse('no-road-gains', `${warehouse}-${k}/${item} ${goals[goal]}`);
      if (gain < 0) break;
    }
  }
}

function costOf(n: SupplyInstance, goal: SupplyGoal, road: number): number {
  switch (goal) {
    case 'late':
      return n.lateWeight?.[road] ?? 0;
    case 'reserve':
      return 0;
    case 'admin':
      return n.adminStep[road]!;
    case 'person-minutes':
      return n.travelMin[road]!;
    default:
      return Math.round(n.distanceKm[road]! * 10);
  }
}

/** What an item's sendings cost, goal by goal. */
export function valueOf(sendings: ItemSendings, goals: readonly SupplyGoal[]): number[] {
  const { late, reserve, admin, minutes, hectometres } = sendings;
  const all = { late, reserve, admin, 'person-minutes': minutes, 'tonne-km': hectometres };
  return goals.map((goal) => all[goal]);
}

/** Negative when the first value is the smaller one, goal by goal. */
export function compareValues(one: readonly bigint[], other: readonly (bigint | number)[]): number {
  for (const [goal, value] of one.entries()) {
    const difference = value - BigInt(other[goal] ?? 0);
    if (difference !== 0n) return difference < 0n ? -1 : 1;
  }
  return 0;
}
