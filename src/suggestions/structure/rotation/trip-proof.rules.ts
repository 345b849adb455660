import type { SolveLp } from '../placing.rules.js';
import { keyOfLane, laneOf, tripsOf, usefulUnits } from './lanes.rules.js';
import { waysOf } from './rotation-net.rules.js';
import type { RotationPlan, RotationProblem, TripPrices } from './rotation.types.js';
import { tripPrices } from './trip-bound.rules.js';
import { daysOf, type Slot, slotsOf } from './use.rules.js';

/** Prices come from a program that reckons in fractions. */
const CLOSE = 1e-6;

type Proven = Pick<RotationPlan, 'tripsBound' | 'prices'>;

/** No plan that saves as much as this one makes fewer trips than `tripsBound`. */
export function provenTrips(
  problem: RotationProblem,
  plan: Pick<RotationPlan, 'sendings' | 'items' | 'best'>,
  solve: SolveLp,
): Proven {
  const trips = tripsOf(problem, plan.sendings).length;
  const before = new Map(plan.best.items.map((one) => [one.item, one.before]));
  const saved = plan.items.reduce((sum, { item, goals }) => sum + before.get(item)! - goals[0], 0);
  if (trips <= 1) return { tripsBound: trips, prices: null };
  const prices = tripPrices(problem, { saved, before, solve });
  const bound = prices ? Math.ceil(leastTrips(problem, { prices, saved, before }) - CLOSE) : 1;
  return bound > 1 ? { tripsBound: bound, prices } : { tripsBound: 1, prices: null };
}

interface Proof {
  prices: TripPrices;
  saved: number;
  before: ReadonlyMap<number, number>;
}

/**
 * What prices prove, whatever they are. A unit used in time is paid `used`; whoever has it used pays for the lot, for leaving, for the day of
 * the store or for the need, and what is not covered by these is the trip's. A trip made counts as one, whatever more it was charged is taken off.
 */
export function leastTrips(problem: RotationProblem, { prices, saved, before }: Proof): number {
  const loads = new Map<string, number>();
  let value = prices.used * saved - prices.needs.reduce((sum, price, at) => sum + price * problem.needs[at]!.units, 0);
  for (const item of new Set(problem.lots.map((lot) => lot.item))) {
    const lots = problem.lots.map((_, at) => at).filter((at) => problem.lots[at]!.item === item);
    const ways = new Map(lots.map((at) => [at, waysOf(problem, at).filter((way) => usefulUnits(problem, way) > 0)]));
    if ([...ways.values()].every(({ length }) => length === 0)) continue;
    const days = pricedDays(problem, item, prices);
    value -= prices.used * before.get(item)!;
    for (const own of days) for (const { units, price } of own) value -= units * price;
    for (const at of lots) {
      const { units, movable, breaking, store, fromDay, lastDay } = problem.lots[at]!;
      const lotPrice = Math.max(prices.lots[at]!, prices.used - leastPrice(days[store]!, fromDay, lastDay));
      value += units * (prices.used - lotPrice) - (movable + breaking) * prices.leaving[at]!;
      for (const way of ways.get(at)!) {
        const there = way.kind === 'need' ? prices.needs[way.to]! : leastPrice(days[way.to]!, problem.arrivalDay, lastDay);
        const load = Math.max(0, prices.used - lotPrice - prices.leaving[at]! - there) * usefulUnits(problem, way);
        const key = keyOfLane(laneOf(problem, way));
        loads.set(key, (loads.get(key) ?? 0) + load);
      }
    }
  }
  for (const load of loads.values()) value -= Math.max(0, load - 1);
  return value;
} // prettier-ignore

type Priced = Slot & { price: number };

function pricedDays(problem: RotationProblem, item: number, { slots }: TripPrices): Priced[][] {
  const days = daysOf(problem, item);
  return problem.stores.map((_, store) => {
    const own = slots.filter((one) => one.item === item && one.store === store);
    return slotsOf(problem, store, { item, days }).map((slot) => ({
      ...slot,
      price: own.find(({ from, to }) => from <= slot.from && slot.to <= to)?.price ?? 0,
    }));
  });
}

/** The cheapest stretch that lies within; beyond any price where there is none. */
const leastPrice = (days: readonly Priced[], fromDay: number, lastDay: number): number =>
  days.reduce(
    (least, { from, to, price }) => (from >= fromDay && to <= lastDay ? Math.min(least, price) : least),
    Infinity,
  );
