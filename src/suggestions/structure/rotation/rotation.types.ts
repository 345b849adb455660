/** What a store is expected to issue of an item, and what that is told from. */
export interface ExpectedUse {
  /** Units that recipients got within the last `recordDays`. */
  issuedUnits: number;
  recordDays: number;
  /** Scenarios that this store would serve: how often in a year, and units of its own each time. */
  scenarios: { id: string; perYear: number; units: number }[];
}

/** Units of one lot in one store. Days count from today: 0 is today. */
export interface RotationLot {
  id: string;
  item: number;
  store: number;
  units: number;
  /** The last day on which they may be issued and be of use to who gets them; below 0 where it has passed. */
  lastDay: number;
  /** The day from which they lie there; 0 for what lies there now. */
  fromDay: number;
  /** Units that may leave without touching the store's minimum. */
  movable: number;
  /** Units that may leave beyond those; each breaks the minimum by one. */
  breaking: number;
  /** What a unit is worth; null where nobody knows. */
  unitFen: number | null;
}

/** What an open incident or request lacks of an item. */
export interface RotationNeed {
  /** Of the incident or request: one trip serves all that it lacks. */
  id: string;
  item: number;
  units: number;
  /** Per store. */
  roadKm: number[];
}

export interface RotationStore {
  id: string;
  roomCm3: number;
  /** Per item: whether more of it may be brought here. */
  takes: boolean[];
  /** Per item: what is expected to be issued; null for nothing. */
  uses: (ExpectedUse | null)[];
}

export interface RotationProblem {
  /** The day on which goods that are moved may be issued where they go. */
  arrivalDay: number;
  /** The day on which goods for an open need arrive. */
  needDay: number;
  withinKm: number;
  /** How much of the units that could be saved the trips have to save, in percent. */
  keepPercent: number;
  /** A trip to a store that saves less than this is not made. Where a price is not known it is not judged. */
  tripFen: number;
  stores: RotationStore[];
  /** packUnits: units of a whole package; 1 where the item has none. */
  items: { id: string; weightG: number; volumeCm3: number; packUnits: number }[];
  lots: RotationLot[];
  needs: RotationNeed[];
  /** From store to store; a full square. */
  roadKm: number[][];
}

/** Units of a lot that go to a store, or to a need. */
export interface Sending {
  lot: number;
  kind: 'store' | 'need';
  to: number;
  units: number;
}

/** The goals in their order, lower is better: units that expire unused, units below a minimum, unit-kilometres in tenths. */
export type Goals = readonly [expiring: number, broken: number, unitKm10: number];

/** The best use of one item's lots, however many trips that takes. */
export interface ItemRotation {
  item: number;
  /** Units that expire unused when nothing is done. */
  before: number;
  goals: Goals;
  /** No plan can let fewer expire, with all the room that there is. */
  bound: number;
  /** The goals are the best there are; false where items shared the room of a store. */
  proven: boolean;
}

/** Goods that leave one store for one place together: a store, or all that an incident or request lacks. `to` of needs: its first one. */
export interface Lane {
  from: number;
  kind: Sending['kind'];
  to: number;
}

/**
 * Prices that prove how few trips there can be, by weak duality (`verify-trips` says how). Whatever they are, what follows from them holds:
 * of a unit used in time, a unit of a lot, of what may leave of it, of what a store issues after one day until another, of a need.
 */
export interface TripPrices {
  used: number;
  lots: number[];
  leaving: number[];
  slots: { store: number; item: number; from: number; to: number; price: number }[];
  needs: number[];
}

export interface RotationPlan {
  /** What is proposed: few trips, whole packages. */
  sendings: Sending[];
  /** Per item as in `best`: what is left by the sendings. */
  items: { item: number; goals: Goals }[];
  /** What could be saved at most, with as many trips as that takes. */
  best: { sendings: Sending[]; items: ItemRotation[] };
  /** No plan that saves as much makes fewer trips, and the prices that prove it; null where the program was too large or failed. */
  tripsBound: number;
  prices: TripPrices | null;
}
