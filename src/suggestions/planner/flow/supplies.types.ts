/** Units of one expiry in one shelf. `expiresInDays` counts from the moment of the plan. */
export interface Lot {
  units: number;
  expiresInDays: number;
}

/**
 * Everything that an allocation is made from, in flat arrays: warehouse w, incident k, item i.
 * A cell (w, i) is at `w * items + i`, a need (k, i) at `k * items + i`, a road (w, k) at `w * incidents + k`.
 */
export interface SupplyInstance {
  name: string;
  warehouses: number;
  incidents: number;
  items: number;
  /** Per incident: 0 is served first. Incidents of one level are equals. */
  level: Uint8Array;
  /** Per warehouse: how much a unit missing from its reserve weighs; a county's reserve more than a province's. */
  reserveWeight: Uint8Array;
  /** Per road: how far apart in the administrative order, 0 own county, 1 own city, 2 own province, then others. */
  adminStep: Uint8Array;
  /** Per road: what a unit weighs that comes after its due time; absent when nothing is due. Then lateness is the first goal. */
  lateWeight?: Uint8Array;
  /** Per road: minutes from now to arrival, loading included; -1 when it is closed. */
  travelMin: Int32Array;
  /** Per road, kilometres to one decimal. */
  distanceKm: Float64Array;
  /** Per item: minutes within which it has to arrive to be of use. */
  reachMin: Int32Array;
  /** Per item: kilograms of one unit. */
  unitKg: Float64Array;
  /** Per item: units that one person needs. */
  unitsPerPerson: Float64Array;
  /** Per item: what a person served is worth, beside the level's weight. */
  itemWeight: Float64Array;
  /** Per cell, in order of expiry. */
  lots: Lot[][];
  /** Per cell: units that outlive the horizon; the sum of such lots. */
  stock: Int32Array;
  /** Per cell: units that should stay (soft). */
  reserve: Int32Array;
  /** Per need: units missing. */
  need: Int32Array;
  /** Lots with fewer days left than this do not go. */
  horizonDays: number;
}

/** A limit that items or warehouses share: a loading dock, the lorries of a city. */
export interface SharedCapacity {
  /** Whose sendings count against it. */
  warehouses: Int32Array;
  /** Load of one unit, per item. */
  unitLoad: Float64Array;
  capacity: number;
}

/** Where "own county before own city before own province" stands among the goals. */
export type AdminOrder = 'before-arrival' | 'after-arrival' | 'off';

export interface SupplyPolicy {
  adminOrder: AdminOrder;
  /** Brings the latest arrival of each incident forward, in order of level, before the person-minutes are looked at. */
  latestArrival: boolean;
  /** Per level: what a person served is worth. Only for figures and for shared capacities: levels are strict otherwise. */
  levelWeight: readonly number[];
  /** Fewer shipments for at most this share of tonne-kilometres more; null leaves the plan as it is. */
  fewShipments: { tonneKmShare: number } | null;
}

export interface SearchLimits {
  /** Pivots of one network; far above what any needs, so that a fault ends instead of hanging. */
  pivots: number;
  /** Rounds of ruin and recreate. Counted, not timed: the same input gives the same bytes. */
  shipmentRounds: number;
  seed: number;
  /** Looked at between batches of pivots. True ends the search with the best plan so far; the plan then says so. */
  shouldStop: () => boolean;
  /**
   * Told of each stage reached, with a plan that could be carried out as it stands. Asking for the plan costs as much as writing one;
   * the search goes on untouched.
   */
  onStage?: ((stage: SupplyStage, planSoFar: () => SupplyPlan) => void) | undefined;
}

/** All fills found; then reserves broken as little as possible, minutes few. */
export type SupplyStage = 'fills' | 'reserves';

/** What one cell sends to one incident. */
export interface SupplyShipment {
  warehouse: number;
  incident: number;
  item: number;
  units: number;
  /** Which lots, by their place in the cell, first to expire first. */
  lots: { lot: number; units: number }[];
}

export type SupplyGoal = 'late' | 'reserve' | 'admin' | 'person-minutes' | 'tonne-km';

/** Values that a plan is judged by, in the order in which they count; sums over items. */
export interface SupplyStages {
  /** Share of the need that is met, each person weighed by level and item. */
  needMet: number;
  /** Persons served after their due time, weighed by level; 0 when nothing is due. */
  late: number;
  /** Persons short in reserves, weighed by warehouse. */
  reserveBreach: number;
  /** Persons times administrative steps. */
  adminSteps: number;
  /** Per incident: minutes to the last arrival; 0 when nothing goes there. */
  latestMin: number[];
  personMinutes: number;
  tonneKm: number;
  /** Pairs of warehouse and incident between which anything goes. */
  shipments: number;
}

/** What one more unit at a place would save, per goal, in the order in which goals count: prices of a linear program. */
export interface PriceList {
  goals: SupplyGoal[];
  /** Per goal, then per warehouse. */
  warehouse: Float64Array[];
  /** Per goal, then per incident. */
  incident: Float64Array[];
}

/**
 * Proof for one item, in whole numbers: a unit below the reserve costs the warehouse's weight, a road its steps, minutes
 * or hectometres. `verify-plan/` checks it by adding up; it knows no simplex.
 */
export interface ItemProof {
  item: number;
  /** The early goals over all roads. */
  early: PriceList;
  earlyValue: number[];
  /** All goals over the roads that are not later than each incident's latest arrival. */
  all: PriceList;
  allValue: number[];
}

/** Why an incident's latest arrival is not earlier: with nearer roads only, this item would do worse on an early goal. */
export interface ArrivalProof {
  incident: number;
  latestMin: number;
  item: number;
  prices: PriceList;
}

export interface SupplyCertificate {
  /** Incidents in the order in which they were brought forward. */
  arrivalOrder: number[];
  items: ItemProof[];
  /** One for each incident that gets anything; none when the policy leaves arrivals alone. */
  arrivals: ArrivalProof[];
}

/** What one cell sends to one incident. */
export interface SupplyShipment {
  warehouse: number;
  incident: number;
  item: number;
  units: number;
  /** Which lots, by their place in the cell; first to expire first, the earliest arrival first. */
  lots: { lot: number; units: number }[];
}

export interface SupplyPlan {
  instance: string;
  /** Sorted by warehouse, incident, item. */
  shipments: SupplyShipment[];
  stages: SupplyStages;
  /** Before shipments were drawn together: what `stages` may exceed only by the policy's tolerance. */
  direct: SupplyStages;
  bound: {
    /** No plan meets more; equal to `stages.needMet` unless the search was stopped early. */
    needMet: number;
    /** No plan with these fills, early goals and latest arrivals, and kilometres within the tolerance, needs fewer. */
    shipments: number;
  };
  /** Null when the search was stopped. */
  certificate: SupplyCertificate | null;
  status: 'optimal' | 'stopped';
  /** With these the same instance and policy give the same bytes. */
  seed: number;
  shipmentRounds: number;
}
