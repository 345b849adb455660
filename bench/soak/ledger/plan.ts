import fc from 'fast-check';

/** One act of a client, as data: it can be sent again, printed, and given to the model as well as to the product. */
export type Act =
  | { do: 'receive'; warehouse: number; item: number; lifeDays: number | null; units: number; daysAgo: number }
  | { do: 'reserve'; lines: { warehouse: number; item: number; units: number }[]; travelDays: number; hours: number | null }
  | { do: 'release'; order: number }
  | { do: 'keep'; order: number }
  | { do: 'ship'; order: number; daysAgo: number }
  | { do: 'deliver'; order: number; damaged: number; missing: number }
  | { do: 'expire' }
  | { do: 'reverse'; receipt: number }
  | { do: 'move'; warehouse: number; receipt: number; units: number; back: boolean }
  | { do: 'lose'; warehouse: number; receipt: number; units: number; daysAgo: number }
  | { do: 'depart'; warehouse: number; receipt: number; units: number }
  | { do: 'arrive'; transfer: number; missing: number }; // prettier-ignore

/** How the act travels: sent twice, answered too late to be heard, cut off at a statement, together with the act before it. */
export interface Step {
  act: Act;
  /** Hours that pass before it. */
  hours: number;
  twice: boolean;
  lost: boolean;
  cutAt: number | null;
  atOnce: boolean;
}

export const WAREHOUSES = 3;
/** Undated kit, and goods that must last ten days on arrival. */
export const ITEMS = [{ minimumUseDays: 0 }, { minimumUseDays: 10 }];

const warehouse = fc.nat(WAREHOUSES - 1);
const item = fc.nat(ITEMS.length - 1);
const nth = fc.nat(30);
const few = fc.integer({ min: 1, max: 9 });
const daysAgo = fc.constantFrom(0, 0, 0, 0, 1, 3, 20, 40);
const receive = fc.record({
  do: fc.constant('receive' as const), warehouse, item, lifeDays: fc.constantFrom(null, 5, 12, 40), units: fc.integer({ min: 1, max: 20 }),
  daysAgo,
}); // prettier-ignore

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 2, arbitrary: receive },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('reserve' as const),
      lines: fc.array(fc.record({ warehouse, item, units: few }), { minLength: 1, maxLength: 3 }),
      travelDays: fc.constantFrom(0, 0, 1, 5),
      hours: fc.constantFrom(null, 1, 6, 48),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('release' as const), order: nth }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('keep' as const), order: nth }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('ship' as const), order: nth, daysAgo }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('deliver' as const), order: nth, damaged: fc.constantFrom(0, 0, 1, 3), missing: fc.constantFrom(0, 0, 2),
    }), // prettier-ignore
  },
  { weight: 1, arbitrary: fc.constant({ do: 'expire' as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reverse' as const), receipt: nth }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('move' as const), warehouse, receipt: nth, units: few, back: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('lose' as const), warehouse, receipt: nth, units: few, daysAgo }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('depart' as const), warehouse, receipt: nth, units: few }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('arrive' as const), transfer: nth, missing: fc.constantFrom(0, 0, 2) }),
  },
);

const step: fc.Arbitrary<Step> = fc.record({
  act,
  hours: fc.constantFrom(0, 0, 0, 0, 1, 7, 30),
  twice: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
  lost: fc.integer({ min: 0, max: 7 }).map((n) => n === 0),
  cutAt: fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 14 }) }),
  atOnce: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
}); // prettier-ignore

const plain = (one: Act): Step => ({ act: one, hours: 0, twice: false, lost: false, cutAt: null, atOnce: false });
/** Something to promise from the first act on. */
const opening: Step[] = [0, 1, 2].flatMap((w) =>
  [
    { item: 0, lifeDays: null, units: 12 },
    { item: 1, lifeDays: 12, units: 12 },
  ].map((goods) => plain({ do: 'receive', warehouse: w, daysAgo: 2, ...goods })),
);

/** The sequence of a seed: the same seed, the same acts. */
export function planOf(seed: number, maxActs: number): Step[] {
  const [steps] = fc.sample(fc.array(step, { minLength: 4, maxLength: maxActs, size: 'max' }), { seed, numRuns: 1 });
  return [...opening, ...steps!];
}
