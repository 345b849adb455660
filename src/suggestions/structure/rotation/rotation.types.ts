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
}

/** What an open incident or request lacks of an item. */
export interface RotationNeed {
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
  stores: RotationStore[];
  items: { id: string; weightG: number; volumeCm3: number }[];
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

export interface ItemRotation {
  item: number;
  /** Units that expire unused when nothing is done, and when the sendings are carried out. */
  before: number;
  goals: Goals;
  /** No plan can let fewer expire, with all the room that there is. */
  bound: number;
  /** No plan that is as good in the other goals has fewer sendings. */
  sendingsBound: number;
  /** The first three goals are the best there are; false where items shared the room of a store. */
  proven: boolean;
}

export interface RotationPlan {
  sendings: Sending[];
  items: ItemRotation[];
}
