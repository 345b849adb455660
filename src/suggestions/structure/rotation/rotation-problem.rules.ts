import type { ExpectedUse, RotationLot, RotationProblem } from './rotation.types.js';

/** A store of the society that asks, or below it. */
export interface StoreFact {
  id: string;
  tier: string;
  roomCm3: number;
  cells: { itemId: string; units: number; minimumUnits: number; maximumUnits: number }[];
  /** Since when its book is kept, in days; null for one without a movement. */
  bookDays: number | null;
  issued: ReadonlyMap<string, number>;
}
export interface ItemFact {
  id: string;
  weightG: number;
  volumeCm3: number;
  minimumUseDays: number;
  /** Units of its largest package; 1 for none. */
  packUnits: number;
}
/** Units of a lot; days from today. fromDay above 0: on the way there. boundUnits: given for one purpose. */
export interface LotFact {
  lotId: string;
  itemId: string;
  storeId: string;
  units: number;
  boundUnits: number;
  expiresDay: number;
  fromDay: number;
  unitFen: number | null;
}
export interface DemandFact {
  id: string;
  perYear: number;
  itemId: string;
  units: number;
  /** Per store, to the place that asks. */
  roadKm: number[];
}
export interface RotationFacts {
  ask: { withinKm: number; keepMinimum: boolean; keepPercent: number; minTripYuan: number };
  arrivalDay: number;
  stores: StoreFact[];
  items: ItemFact[];
  lots: LotFact[];
  demands: DemandFact[];
  needs: { id: string; itemId: string; units: number; roadKm: number[] }[];
  roadKm: number[][];
}

/** Issues of a young book are spread over a quarter at least: one busy week says little about a year. */
const LEAST_RECORD_DAYS = 90;
export const RECORD_DAYS = 365;
/** The day on which goods for an open need arrive: tomorrow. */
const NEED_DAY = 1;
/** A cupboard in a township keeps the few things that it was set up for. */
const CACHE = 'cache';
const FEN = 100;

/** The numbers that a rotation is made from. */
export function toRotationProblem(facts: RotationFacts): RotationProblem {
  const { ask, arrivalDay, stores, items, needs, roadKm } = facts;
  const at = new Map(items.map(({ id }, item) => [id, item]));
  const holds = stores.map(({ cells }) => new Set(cells.map(({ itemId }) => itemId)));
  const scenarios = scenariosOf(facts);
  return {
    arrivalDay,
    needDay: NEED_DAY,
    withinKm: ask.withinKm,
    keepPercent: ask.keepPercent,
    tripFen: ask.minTripYuan * FEN,
    roadKm,
    stores: stores.map((store, n) => ({
      id: store.id,
      roomCm3: store.roomCm3,
      takes: items.map(({ id }) => store.tier !== CACHE || holds[n]!.has(id)),
      uses: items.map(({ id }) => useOf(store, id, scenarios.get(`${n} ${id}`) ?? [])),
    })),
    items: items.map(({ id, weightG, volumeCm3, packUnits }) => ({ id, weightG, volumeCm3, packUnits })),
    lots: lotsOf(facts, at),
    needs: needs.flatMap((need) => (at.has(need.itemId) ? [{ ...need, item: at.get(need.itemId)! }] : [])),
  };
}

function useOf(store: StoreFact, itemId: string, scenarios: ExpectedUse['scenarios']): ExpectedUse | null {
  const issuedUnits = store.issued.get(itemId) ?? 0;
  if (issuedUnits === 0 && scenarios.length === 0) return null;
  const recordDays = Math.min(RECORD_DAYS, Math.max(LEAST_RECORD_DAYS, store.bookDays ?? 0));
  return { issuedUnits, recordDays, scenarios };
}

/**
 * Who would serve what scenarios ask: the nearest store as far as it keeps goods, then the next. What a store keeps of an item is its maximum,
 * or what lies there where that is more; so no scenario takes more of it than that, however large it is.
 */
function scenariosOf({ stores, demands }: RotationFacts): Map<string, ExpectedUse['scenarios']> {
  const found = new Map<string, ExpectedUse['scenarios']>();
  const keeps = stores.map(({ cells }) => new Map(cells.map((one) => [one.itemId, Math.max(one.units, one.maximumUnits)])));
  const orders = new Map<readonly number[], number[]>();
  for (const { id, perYear, itemId, units, roadKm } of demands) {
    const nearest = orders.get(roadKm) ?? stores.map((_, at) => at).toSorted((a, b) => roadKm[a]! - roadKm[b]! || a - b);
    orders.set(roadKm, nearest);
    let missing = units;
    for (const n of nearest) {
      if (missing === 0) break;
      const own = found.get(`${n} ${itemId}`) ?? [];
      const same = own.find((one) => one.id === id);
      const taken = Math.min(missing, Math.max(0, (keeps[n]!.get(itemId) ?? 0) - (same?.units ?? 0)));
      if (taken === 0) continue;
      if (same) same.units += taken;
      else own.push({ id, perYear, units: taken });
      found.set(`${n} ${itemId}`, own);
      missing -= taken;
    }
  }
  return found;
} // prettier-ignore

/**
 * A store's minimum is covered by what lasts longest: first by what is not looked at, then by lots from the last to expire on. So a minimum
 * never rests on goods that are about to expire while better ones leave.
 */
function lotsOf({ ask, stores, items, lots }: RotationFacts, at: ReadonlyMap<string, number>): RotationLot[] {
  const storeAt = new Map(stores.map(({ id }, n) => [id, n]));
  const free = ({ fromDay, units, boundUnits }: LotFact): number => (fromDay > 0 ? 0 : units - boundUnits);
  const rest = new Map<string, number>();
  for (const { id, cells } of stores)
    for (const { itemId, units, minimumUnits } of cells) {
      const dated = lots.reduce((sum, lot) => sum + (lot.storeId === id && lot.itemId === itemId ? free(lot) : 0), 0);
      rest.set(`${id} ${itemId}`, Math.max(0, minimumUnits - Math.max(0, units - dated)));
    }
  const kept = new Map<LotFact, number>();
  for (const lot of lots.toSorted((a, b) => b.expiresDay - a.expiresDay || (a.lotId < b.lotId ? 1 : -1))) {
    const key = `${lot.storeId} ${lot.itemId}`;
    const units = Math.min(free(lot), rest.get(key) ?? 0);
    kept.set(lot, units);
    rest.set(key, (rest.get(key) ?? 0) - units);
  }
  return lots.map((lot) => {
    const item = at.get(lot.itemId)!;
    return {
      id: lot.lotId, item, store: storeAt.get(lot.storeId)!, units: lot.units, fromDay: lot.fromDay,
      lastDay: lot.expiresDay - items[item]!.minimumUseDays, movable: free(lot) - kept.get(lot)!,
      breaking: ask.keepMinimum ? 0 : kept.get(lot)!, unitFen: lot.unitFen,
    }; // prettier-ignore
  });
}
