import type { ExpectedUse, RotationProblem } from './rotation.types.js';

const YEAR_DAYS = 365;
/** A sum like 0.1 × 10 may fall just short of a whole unit. */
const CLOSE = 1e-9;

/** Units that a scenario takes in the mean within so many days. */
export const meanWithin = ({ perYear, units }: { perYear: number; units: number }, days: number): number =>
  (perYear * units * Math.max(0, days)) / YEAR_DAYS;

export interface Reckoned {
  units: number;
  source: 'issues' | 'scenarios' | 'none';
}

/** Units that a store issues until the end of a day: as it did so far, or what scenarios take in the mean, whichever is more; whole units. */
export function usedBy(use: ExpectedUse | null, day: number): Reckoned {
  if (!use || day <= 0) return { units: 0, source: 'none' };
  const issues = Math.floor((use.issuedUnits * day) / use.recordDays);
  const scenarios = Math.floor(use.scenarios.reduce((sum, one) => sum + meanWithin(one, day), 0) + CLOSE);
  if (issues === 0 && scenarios === 0) return { units: 0, source: 'none' };
  return issues >= scenarios ? { units: issues, source: 'issues' } : { units: scenarios, source: 'scenarios' };
}

/** Units that a store issues after the end of one day until the end of another. */
export interface Slot {
  from: number;
  to: number;
  units: number;
}

/** The days on which something of an item begins or ends, from today on. */
export function daysOf({ lots, arrivalDay }: RotationProblem, item: number): number[] {
  const own = lots.filter((lot) => lot.item === item && lot.lastDay > 0);
  const days = own.flatMap(({ lastDay, fromDay }) => [lastDay, fromDay]);
  return [...new Set([0, arrivalDay, ...days])].toSorted((a, b) => a - b);
}

/** What a store issues of an item between those days; stretches without any are left out. */
export function slotsOf({ stores }: RotationProblem, store: number, at: { item: number; days: readonly number[] }) {
  const use = stores[store]!.uses[at.item]!;
  return at.days.slice(1).flatMap((to, n): Slot[] => {
    const from = at.days[n]!;
    const units = usedBy(use, to).units - usedBy(use, from).units;
    return units > 0 ? [{ from, to, units }] : [];
  });
}

/** Units of a lot that lie, or come to lie, in one store. */
export interface Parcel {
  lot: number;
  units: number;
  fromDay: number;
  lastDay: number;
}

/** What expires of each parcel when the store issues first expired first. In the order of the parcels. */
export function unusedOf(parcels: readonly Parcel[], slots: readonly Slot[]): number[] {
  const left = parcels.map(({ units }) => units);
  const order = parcels
    .map((_, at) => at)
    .toSorted((a, b) => parcels[a]!.lastDay - parcels[b]!.lastDay || parcels[a]!.lot - parcels[b]!.lot || a - b);
  for (const slot of slots) {
    let units = slot.units;
    for (const at of order) {
      const { fromDay, lastDay } = parcels[at]!;
      if (units === 0 || fromDay > slot.from || lastDay < slot.to) continue;
      const used = Math.min(units, left[at]!);
      left[at]! -= used;
      units -= used;
    }
  }
  return left;
}
