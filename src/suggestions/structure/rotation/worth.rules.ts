import type { Trip } from './lanes.rules.js';
import { shelvesOf } from './rotate.rules.js';
import type { RotationProblem, Sending } from './rotation.types.js';

/** What expires more when a trip is left out of a plan. fen: null where the price of some of it is not known. */
export interface Worth {
  units: number;
  fen: number | null;
}

/** Tells of a plan what each of its trips saves, beside all others as they are. */
export function worthIn(problem: RotationProblem, sendings: readonly Sending[]): (trip: Trip) => Worth {
  const shelves = new Map([...new Set(problem.lots.map(({ item }) => item))].map((item) => [item, shelvesOf(problem, item)]));
  return (trip) => {
    const own = new Set(trip.sendings);
    const others = sendings.filter((one) => !own.has(one));
    const stores = trip.kind === 'store' ? [trip.from, trip.to] : [trip.from];
    const more = new Map<number, number>();
    const add = (lot: number, units: number) => more.set(lot, (more.get(lot) ?? 0) + units);
    for (const item of new Set(trip.sendings.map(({ lot }) => problem.lots[lot]!.item))) {
      for (const { lot, units } of shelves.get(item)!(others, { stores })) add(lot, units);
      for (const { lot, units } of shelves.get(item)!(sendings, { stores })) add(lot, -units);
    }
    const changed = [...more].filter(([, units]) => units !== 0);
    const isKnown = changed.every(([lot]) => problem.lots[lot]!.unitFen !== null);
    return {
      units: changed.reduce((sum, [, units]) => sum + units, 0),
      fen: isKnown ? changed.reduce((sum, [lot, units]) => sum + units * problem.lots[lot]!.unitFen!, 0) : null,
    };
  };
} // prettier-ignore

/** A trip to a store has to save something, and as much as it is asked to where that is known; people who lack goods are not priced. */
export const isWorthDriving = ({ tripFen }: RotationProblem, { kind }: Trip, { units, fen }: Worth): boolean =>
  kind === 'need' || (units > 0 && (fen === null || fen >= tripFen));
