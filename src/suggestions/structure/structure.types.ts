/** A store that is looked at. Stock of a society above counts and stays where it is. */
export interface Store {
  id: string;
  movable: boolean;
  /** Room left in cubic centimetres; 0 where nobody knows it. */
  roomCm3: number;
  /** Per item: usable units that nobody was promised. */
  free: number[];
  /** Per item: whether more of it may be brought here. */
  takes: boolean[];
  /** Per item: units that stay whatever is advised. */
  kept: number[];
}

export interface Item {
  id: string;
  weightG: number;
  volumeCm3: number;
  /** Units of a whole package; 1 where the catalogue has none. Only whole packages are moved. */
  packUnits: number;
  /** Households that one unit serves for 72 hours; null without a planning figure. */
  households: number | null;
}

/** People of one county who need goods in a scenario. */
export interface Demand {
  /** Place in `counties`. */
  county: number;
  people: number;
  /** Per item. */
  units: number[];
  /** Per store: minutes from the order to arrival; -1 where no road leads. */
  arrivalMin: number[];
}

export interface Scenario {
  id: string;
  /** How often in a year: what the scenario weighs. */
  perYear: number;
  demands: Demand[];
}

export interface Budget {
  tonneKm: number;
  moves: number;
}

/** Everything that an advice is made from. Kilometres are those of the road. */
export interface StructureProblem {
  withinMin: number;
  budget: Budget;
  stores: Store[];
  items: Item[];
  counties: string[];
  scenarios: Scenario[];
  /** From store to store; a full square. */
  roadKm: number[][];
}

/** Units of each store, per item: stock as it is, or with moves carried out. */
export type Stock = readonly (readonly number[])[];

/** So many units of an item from a store to a store, by their places in the problem. */
export interface Move {
  from: number;
  to: number;
  item: number;
  units: number;
}

/** What a scenario means for one item. Shares are of the units asked for; minutes count 72 hours for a unit that does not come. */
export interface Outcome {
  needUnits: number;
  inTimeUnits: number;
  dayUnits: number;
  threeDaysUnits: number;
  unitMinutes: number;
  /** Minutes to the last arrival within 72 hours; null when nothing comes. */
  latestMin: number | null;
  /** Units that come in time, per demand of the scenario. */
  inTimeOfDemand: number[];
}

/** One item over all scenarios. */
export interface ItemFigures {
  /** The largest share that is not there in time, over the scenarios, and whose it is. */
  worstMissing: number;
  worstScenario: number;
  /** Minutes to arrival of a unit asked for, scenarios weighed by how often they come. */
  expectedMin: number;
}

/** What no placing of the same goods can beat: proven by a linear program over all ways to place them. */
export type Bound = Pick<ItemFigures, 'worstMissing' | 'expectedMin'>;

export interface AdvisedMove extends Move {
  roadKm: number;
  tonneKm: number;
  /** Minutes that people who ask for the item are spared in a year, without this move against with it. */
  savedPersonMin: number;
  /** The scenario that the move helps most, with the last arrival and the mean minutes there without it and with it. */
  scenario: number;
  latestWithoutMin: number | null;
  latestMin: number | null;
  meanWithoutMin: number;
  meanMin: number;
}

export interface ItemAdvice {
  item: number;
  before: ItemFigures;
  after: ItemFigures;
  bound: Bound | null;
}

export interface StructureAdvice {
  items: ItemAdvice[];
  moves: AdvisedMove[];
  /** Per scenario, per item. */
  before: Outcome[][];
  after: Outcome[][];
  /** Items for which time was up before anything could be advised. */
  late: number[];
}

/** Minutes that a unit counts which does not come within three days. */
export const THREE_DAYS_MIN = 72 * 60;
export const DAY_MIN = 24 * 60;
