import { seeded } from '../../planner/flow/random.rules.js';
import type { ExpectedUse, RotationProblem } from './rotation.types.js';

type Size = Partial<
  Record<'stores' | 'items' | 'lots' | 'units' | 'needs' | 'packs' | 'keepPercent' | 'tripFen', number>
>;

/** Invented stores on a square of 200 km with lots that will expire, small enough to be looked at whole. */
export function sampleRotation(seed: number, size: Size = {}): RotationProblem {
  const { stores = 3, items = 1, lots = 3, units = 3, needs = 1, packs = 1, keepPercent = 100, tripFen = 0 } = size;
  const { whole } = seeded(seed * 6007 + 29);
  const places = Array.from({ length: stores + needs }, () => ({ x: whole(0, 200), y: whole(0, 200) }));
  const km = (a: number, b: number) => Math.round(Math.hypot(places[a]!.x - places[b]!.x, places[a]!.y - places[b]!.y) * 1.3);
  const use = (): ExpectedUse | null => {
    if (whole(0, 3) === 0) return null;
    const scenarios = whole(0, 1) === 0 ? [] : [{ id: 'flood', perYear: whole(1, 8), units: whole(1, 2) }];
    return { issuedUnits: whole(0, 2 * units), recordDays: whole(40, 120), scenarios };
  };
  const own = (n: number) => Array.from({ length: stores }, (_, store) => store).map((store) => km(n, store));
  return {
    arrivalDay: 7, needDay: 1, withinKm: 160, keepPercent, tripFen,
    stores: Array.from({ length: stores }, (_, n) => ({
      id: `store-${n}`, roomCm3: whole(0, 4) * 1000, takes: Array.from({ length: items }, () => whole(0, 5) > 0),
      uses: Array.from({ length: items }, use),
    })),
    items: Array.from({ length: items }, (_, n) => ({ id: `item-${n}`, weightG: 1000, volumeCm3: 1000, packUnits: packs })),
    lots: Array.from({ length: lots }, (_, n) => {
      const held = whole(1, units);
      const movable = whole(0, held);
      const fromDay = whole(0, 6) === 0 ? whole(1, 20) : 0;
      return {
        id: `lot-${n}`, item: whole(0, items - 1), store: whole(0, stores - 1), units: held, lastDay: whole(-5, 120), fromDay,
        movable: fromDay > 0 ? 0 : movable, breaking: fromDay > 0 ? 0 : whole(0, 1) * (held - movable), unitFen: n % 5 === 4 ? null : 1000 * (1 + (n % 3)),
      };
    }),
    needs: Array.from({ length: needs }, (_, n) => ({ id: `need-${n}`, item: whole(0, items - 1), units: whole(1, 2), roadKm: own(stores + n) })),
    roadKm: Array.from({ length: stores }, (_, n) => own(n)),
  };
} // prettier-ignore
