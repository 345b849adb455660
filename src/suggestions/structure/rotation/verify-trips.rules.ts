import type { RotationPlan, RotationProblem, TripPrices } from './rotation.types.js';
import { type Day, daysOfUse, reckon } from './verify-days.rules.js';

type TripFault = 'splits-a-package' | 'not-worth-a-trip' | 'trips-bound-wrong';
const CLOSE = 1e-6;

/** What is wrong with the trips of a plan: packages, worth, and the proof of how few there could be. */
export function tripFaults(problem: RotationProblem, plan: RotationPlan): TripFault[] {
  const trips = new Map<string, Sendings>();
  for (const one of plan.sendings) {
    const key = tripKey(problem, { ...one, from: problem.lots[one.lot]!.store });
    trips.set(key, [...(trips.get(key) ?? []), one]);
  }
  const items = [...new Set(plan.sendings.map(({ lot }) => problem.lots[lot]!.item))];
  const days = new Map(items.map((item) => [item, daysOfUse(problem, item)]));
  const left = new Map(items.map((item) => [item, reckon(problem, item, plan.sendings, days.get(item)).left]));
  const isIdle = [...trips.values()].some((own) => own[0]!.kind === 'store' && isNotWorthIt(problem, { all: plan.sendings, own, days, left }));
  return [
    ...(splitsPackages(problem, plan.sendings) ? (['splits-a-package'] as const) : []),
    ...(isIdle ? (['not-worth-a-trip'] as const) : []),
    ...(isBoundWrong(problem, plan, trips.size) ? (['trips-bound-wrong'] as const) : []),
  ];
} // prettier-ignore

type Sendings = RotationPlan['sendings'];
const tripKey = ({ needs }: RotationProblem, way: { from: number; kind: string; to: number }): string =>
  `${way.from} ${way.kind} ${way.kind === 'need' ? needs[way.to]!.id : way.to}`;

/** To a store goes no part of a package, but for what a lot has left when all of it that may leave does. */
function splitsPackages({ lots, items }: RotationProblem, sendings: Sendings): boolean {
  return lots.some(({ item, movable, breaking }, at) => {
    const own = sendings.filter(({ lot }) => lot === at);
    const odd = own.filter(({ kind, units }) => kind === 'store' && units % items[item]!.packUnits !== 0).length;
    const sent = own.reduce((sum, { units }) => sum + units, 0);
    return odd > 1 || (odd === 1 && sent !== movable && sent !== movable + breaking);
  });
}

interface Looked {
  all: Sendings;
  own: Sendings;
  /** By item: what stores issue day by day, and what is left of each lot with all trips made. */
  days: ReadonlyMap<number, Day[][]>;
  left: ReadonlyMap<number, ReadonlyMap<number, number>>;
}

/** Carries the plan out once more without the trip. */
function isNotWorthIt(problem: RotationProblem, { all, own, days, left: kept }: Looked): boolean {
  const others = all.filter((one) => !own.includes(one));
  let [units, fen]: [number, number | null] = [0, 0];
  for (const item of new Set(own.map(({ lot }) => problem.lots[lot]!.item))) {
    for (const [lot, left] of reckon(problem, item, others, days.get(item)).left) {
      const more = left - kept.get(item)!.get(lot)!;
      const price = problem.lots[lot]!.unitFen;
      units += more;
      if (more !== 0) fen = fen === null || price === null ? null : fen + more * price;
    }
  }
  return units <= 0 || (fen !== null && fen < problem.tripFen);
}

function isBoundWrong(problem: RotationProblem, plan: RotationPlan, trips: number): boolean {
  const { tripsBound, prices } = plan;
  if (tripsBound > trips || tripsBound < Math.min(1, trips)) return true;
  return tripsBound > 1 && !(prices !== null && arePrices(problem, prices) && provenBy(problem, plan, prices) > tripsBound - 1 + CLOSE / 2);
} // prettier-ignore

const arePrices = ({ lots, needs }: RotationProblem, prices: TripPrices): boolean =>
  prices.lots.length === lots.length &&
  prices.leaving.length === lots.length &&
  prices.needs.length === needs.length &&
  [prices.used, ...prices.lots, ...prices.leaving, ...prices.needs, ...prices.slots.map(({ price }) => price)].every(
    (price) => price >= 0,
  );

type PricedDay = Day & { price: number };

/**
 * Weak duality. Every unit that a plan has used in time is worth `used`. Wherever it is used, that is at most what its lot, its leave, the
 * day or the need and its trip are charged; and a trip charges at most what all that it could bring of use would pay. So the plan's units
 * less what lots, leaves, days and needs can pay have to be paid by trips, and a trip pays 1 and what it charges above 1.
 */
function provenBy(problem: RotationProblem, { sendings, best }: RotationPlan, prices: TripPrices): number {
  const charged = new Map<string, number>();
  let owed = 0;
  for (const { item } of best.items) {
    const days = daysOfUse(problem, item).map((own) => own.map((day) => ({ ...day, price: priceOf(prices, item, day) })));
    const lots = problem.lots.flatMap((lot, at) => (lot.item === item ? [at] : []));
    const ways = lots.map((at) => waysFrom(problem, at, { days, prices }));
    if (ways.every(({ length }) => length === 0)) continue;
    const lost = reckon(problem, item, sendings).goals[0];
    owed += prices.used * (lots.reduce((sum, at) => sum + problem.lots[at]!.units, 0) - lost);
    for (const { units, price } of days.flat()) owed -= units * price;
    lots.forEach((at, n) => {
      const { units, movable, breaking, store, fromDay, lastDay } = problem.lots[at]!;
      const lot = Math.max(prices.lots[at]!, prices.used - cheapest(days[store]!, fromDay, lastDay));
      owed -= lot * units + prices.leaving[at]! * (movable + breaking);
      for (const { key, useful, there } of ways[n]!) {
        const each = Math.max(0, prices.used - lot - prices.leaving[at]! - there);
        charged.set(key, (charged.get(key) ?? 0) + each * useful);
      }
    });
  }
  problem.needs.forEach(({ units }, at) => (owed -= units * prices.needs[at]!));
  for (const charge of charged.values()) owed -= Math.max(0, charge - 1);
  return owed;
} // prettier-ignore

const priceOf = ({ slots }: TripPrices, item: number, { store, since, day }: Day): number =>
  slots.find((one) => one.item === item && one.store === store && one.from <= since && day <= one.to)?.price ?? 0;

const within = (days: readonly PricedDay[], fromDay: number, lastDay: number): PricedDay[] =>
  days.filter(({ since, day }) => since >= fromDay && day <= lastDay);
const cheapest = (days: readonly PricedDay[], fromDay: number, lastDay: number): number =>
  Math.min(Number.POSITIVE_INFINITY, ...within(days, fromDay, lastDay).map(({ price }) => price));

/** Where units of a lot could be of use, how many at most, and what the place charges. */
function waysFrom(problem: RotationProblem, at: number, { days, prices }: { days: PricedDay[][]; prices: TripPrices }) {
  const { store: from, item, lastDay, movable, breaking } = problem.lots[at]!;
  const { withinKm, arrivalDay, needDay } = problem;
  const stores = problem.stores.map(({ takes, roomCm3 }, to) => {
    const open = within(days[to]!, arrivalDay, lastDay);
    const use = open.reduce((sum, { units }) => sum + units, 0);
    const room = Math.floor(roomCm3 / Math.max(1, problem.items[item]!.volumeCm3));
    const isOpen = to !== from && takes[item]! && problem.roadKm[from]![to]! <= withinKm;
    const useful = isOpen ? Math.min(movable + breaking, room, use) : 0;
    return { key: tripKey(problem, { from, kind: 'store', to }), useful, there: cheapest(open, arrivalDay, lastDay) };
  });
  const needs = problem.needs.map(({ item: asked, units, roadKm }, to) => {
    const isOpen = asked === item && roadKm[from]! <= withinKm && lastDay >= needDay;
    const useful = isOpen ? Math.min(movable + breaking, units) : 0;
    return { key: tripKey(problem, { from, kind: 'need', to }), useful, there: prices.needs[to]! };
  });
  return [...stores, ...needs].filter(({ useful }) => useful > 0);
}
