/** What a unit can do; the national team categories plus mountain, telecom and logistics. */
export type Speciality =
  | 'search-rescue'
  | 'water'
  | 'relief'
  | 'medical'
  | 'psychosocial'
  | 'water-supply'
  | 'sanitation'
  | 'telecom'
  | 'logistics'
  | 'mountain';

/** 1 is served first. */
export type Priority = 1 | 2 | 3;

/** People of one speciality asked for. `alreadyHeadcount` is promised by active assignments. Minutes count from `now`. */
export interface CapabilityNeed {
  id: string;
  speciality: Speciality;
  headcount: number;
  priority: Priority;
  neededByMin: number | null;
  alreadyHeadcount: number;
}

/** Units of one item asked for; goods must stay usable `minimumUseDays` after they arrive. */
export interface ItemNeed {
  id: string;
  itemId: string;
  units: number;
  priority: Priority;
  neededByMin: number | null;
  alreadyUnits: number;
  minimumUseDays: number;
}

/** How the holder relates to the incident: own county (or below), own city, own province, another city or county. */
export type Tier = 'county' | 'city' | 'province' | 'other';

export interface TeamUnitCandidate {
  unitId: string;
  teamId: string;
  speciality: Speciality;
  capabilities: Speciality[];
  headcount: number;
  distanceM: number;
  /** From `now` to the incident, departure included. */
  etaMin: number;
  departureMin: number;
  tier: Tier;
  ready: boolean;
  notReadyReasons: string[];
  busy: boolean;
  /** Was asked for this incident and declined, or did not answer; goes again only when the desk names it. */
  saidNo?: boolean;
  /** No road leads there now. */
  blocked?: boolean;
  restUntilMin: number | null;
  /** Other ready units of that speciality left in its home city if this one goes. */
  peersReadyInCity: number;
  /** Given, two units of one city and speciality share their peers; absent, each unit is judged alone. */
  homeCityId?: string;
}

export interface StockLot {
  lotId: string;
  /** Days from `now` to the last usable day; null when the item has no date. */
  expiresInDays: number | null;
  /** Rank of receipt, the oldest first. */
  receivedOrder: number;
  availableUnits: number;
  /** Frozen (damaged, in question): never suggested. */
  held: boolean;
}

/** One item in one warehouse. `minimumUnits` is the reserve that should stay. */
export interface StockCandidate {
  warehouseId: string;
  itemId: string;
  tier: Tier;
  distanceM: number;
  etaMin: number;
  minimumUnits: number;
  lots: StockLot[];
  /** No road leads from there now. */
  blocked?: boolean;
}

/** Another open incident that asks for the same goods. It is planned along, so that its share stays for it. */
export interface Rival {
  incidentId: string;
  items: ItemNeed[];
  /** From the warehouses of `stock`; one that is not named cannot send there. */
  roads: { warehouseId: string; tier: Tier; distanceM: number; etaMin: number }[];
}

/** At least so many units that the desk wants sent from a shelf. */
export interface LockedSupply {
  warehouseId: string;
  itemId: string;
  units: number;
}

/** A warehouse, or one item of it, that the desk leaves out. */
export interface ExcludedStore {
  warehouseId: string;
  itemId?: string;
}

/** Where the reserves and the administrative order stand among the goals. */
export interface GoalOrder {
  /** `off`: reserves are not looked at. */
  reserve: 'before-arrival' | 'off';
  tier: 'before-arrival' | 'after-arrival' | 'off';
}

/** `few-sources` puts "fewest units and warehouses" above the arrival minutes. */
export type PlannerObjective = 'arrival' | 'few-sources';

export interface PlannerInput {
  incidentId: string;
  now: string;
  capabilities: CapabilityNeed[];
  items: ItemNeed[];
  units: TeamUnitCandidate[];
  stock: StockCandidate[];
  lockedUnitIds?: string[];
  excludedUnitIds?: string[];
  objective?: PlannerObjective;
  rivals?: Rival[];
  lockedSupplies?: LockedSupply[];
  excludedStores?: ExcludedStore[];
  order?: GoalOrder;
}

/** A code with parameters; the words for people live in the translations. */
export interface Reason {
  code: string;
  params: Record<string, string | number>;
}

export interface TeamLine {
  kind: 'team';
  unitId: string;
  teamId: string;
  needId: string;
  /** People who go; less than the unit's headcount when part of it is enough. */
  headcount: number;
  etaMin: number;
  distanceM: number;
  reasons: Reason[];
  warnings: Reason[];
}

export interface SupplyLine {
  kind: 'supply';
  warehouseId: string;
  itemId: string;
  needId: string;
  units: number;
  etaMin: number;
  distanceM: number;
  lots: { lotId: string; units: number }[];
  /** Usable units left in that warehouse after the whole plan. */
  availableAfter: number;
  reasons: Reason[];
  warnings: Reason[];
}

export interface Unmet {
  needId: string;
  missing: number;
  cause: Reason;
}

/** A candidate that was known and is not in the plan. */
export interface Excluded {
  kind: 'team' | 'supply';
  unitId?: string;
  warehouseId?: string;
  itemId?: string;
  reason: Reason;
}

/** Units of a shelf that the same plan gives to another incident. */
export interface ReservedUnits {
  warehouseId: string;
  itemId: string;
  incidentId: string;
  units: number;
}

/** How evenly needs are met: the smallest share, and the Gini coefficient of the shares (0: all equal). */
export interface Equity {
  smallestShare: number;
  gini: number;
}

/** What a plan teaches beside its lines; every figure comes from solving again with one thing changed. */
export interface Insight {
  /** Over the needs of all incidents that compete, before and after this plan; without goods, over the needs of people. */
  equity: { before: Equity; after: Equity };
  /** Shelves that hold the plan back, with what more units there would bring. */
  limits: Reason[];
  /** What each binding of the desk costs, and those that could not be kept. */
  bindings: Reason[];
  /** What the places of reserves and administrative order cost. */
  order: Reason[];
}

/** `optimal`: every goal proven. `time-limit`: the solver's best so far. `greedy`: at least one half is the stand-in's. */
export type PlanStatus = 'optimal' | 'greedy' | 'time-limit';

/**
 * How far a search is: goods filled; reserves and minutes looked at, arrivals not; goods proven, what-ifs and teams to come; the solver
 * asks for goal after goal.
 */
export const SEARCH_STAGES = ['fills', 'reserves', 'proven', 'goals'] as const;
export type SearchStage = (typeof SEARCH_STAGES)[number];

/** A plan on the way: it passed the verifier and could be carried out, and is not the last word. */
export interface PlanSoFar {
  plan: Plan;
  stage: SearchStage;
}

export interface Plan {
  lines: (TeamLine | SupplyLine)[];
  unmet: Unmet[];
  excluded: Excluded[];
  /** Goal values in the order in which they count; the first one is the weighted share of need met, 0 to 1. */
  stages: { name: string; value: number }[];
  /** The largest weighted share of need met that a plan honouring the priorities can reach. */
  bound: number;
  /** (bound - met) / bound. */
  gap: number;
  solver: string;
  status: PlanStatus;
  reserved: ReservedUnits[];
  /** Absent when the goods were not planned by the allocation core, or time was up; but for the prices of bound units, where there are any. */
  insight: Insight | null;
  /** Why the solver's answer is missing or unfinished. */
  fallback?: Reason;
}
