import type { Priority, Reason, Speciality, Tier } from './planner.types.js';

type None = Record<never, never>;
interface Lateness {
  etaMin: number;
  neededByMin: number;
  lateMin: number;
}
interface ShelfLife {
  units: number;
  etaMin: number;
  minimumUseDays: number;
  /** Days to the last day of the longest-lived lot concerned. */
  latestExpiresInDays: number;
}
interface UnitCounts {
  speciality: Speciality;
  busy: number;
  notReady: number;
  resting: number;
  excluded: number;
}
interface Place {
  distanceM: number;
  etaMin: number;
}

interface TeamPrice {
  unitId: string;
  heads: number;
  lateHeads: number;
  holes: number;
  personMinutes: number;
}

interface OnShelf {
  warehouseId: string;
  itemId: string;
}
interface Price {
  units: number;
  breachUnits: number;
  unitMinutes: number;
}

/** Every code that a plan can carry, with its parameters. Translations and tests read this table. */
export interface ReasonParams {
  // why a unit goes
  'nearest-capable': { speciality: Speciality } & Place;
  'farther-but-free': { nearerId: string; nearerEtaMin: number; etaMin: number; why: PassedOver };
  'only-available': { speciality: Speciality };
  'on-time': { etaMin: number; neededByMin: number };
  'keeps-city-cover': { speciality: Speciality; peersReadyInCity: number };
  'second-speciality': { speciality: Speciality; mainSpeciality: Speciality };
  'part-of-unit': { headcount: number; unitHeadcount: number };
  'locked-by-desk': None;
  // why a warehouse sends
  'own-county': Place;
  'own-city': Place;
  'own-province': Place;
  'other-area': Place;
  'nearest-source': Place;
  'keeps-reserve': { minimumUnits: number; availableAfter: number };
  fefo: { lots: number; firstExpiresInDays: number };
  fifo: { lots: number };
  'skips-lots': { heldUnits: number; expiringUnits: number };
  // warnings
  late: Lateness;
  'leaves-city-uncovered': { speciality: Speciality };
  'breaks-reserve-nothing-else-covers': { minimumUnits: number; availableAfter: number; breachUnits: number };
  // why a candidate stays, and why a need stays open
  'road-blocked': None;
  'reserved-for': { incidentId: string; units: number };
  busy: None;
  'not-ready': { reasons: string };
  resting: { restUntilMin: number };
  'excluded-by-desk': None;
  'said-no': None;
  'no-people': None;
  'capability-not-needed': { speciality: Speciality };
  'item-not-needed': { itemId: string };
  'already-promised': { needId: string };
  'not-needed': { needId: string; etaMin: number; lastEtaMin: number };
  'reserve-kept': { minimumUnits: number; availableUnits: number };
  'city-cover-kept': { speciality: Speciality };
  'too-late': Lateness;
  'no-stock': { itemId: string };
  'lots-held': { units: number };
  'lot-expires-before-arrival': ShelfLife;
  'not-chosen': { needId: string };
  'no-capable-unit': { speciality: Speciality };
  'no-unit-available': { known: number } & UnitCounts;
  'units-serve-other-needs': { speciality: Speciality; units: number; headcount: number };
  'not-enough-people': { sentHeadcount: number } & UnitCounts;
  'stock-exhausted': { itemId: string; sentUnits: number; heldUnits: number; expiringUnits: number };
  'stock-serves-other-needs': { itemId: string; otherUnits: number };
  'stock-reserved': { itemId: string; sentUnits: number; reservedUnits: number; incidents: number };
  // what holds a plan back, and what bindings cost: `units` met, units below reserves, minutes of all units together
  'more-stock-would': { addUnits: number; addPct: number } & OnShelf & Price;
  'lock-costs': { askedUnits: number } & OnShelf & Price;
  'exclusion-costs': { warehouseId: string } & Price;
  'team-must-costs': TeamPrice;
  'team-never-costs': TeamPrice;
  'team-locks-not-priced': { locks: number };
  'reserve-costs': Price;
  'tier-costs': Price;
  'lock-unknown-shelf': { askedUnits: number } & OnShelf;
  'lock-shelf-closed': { askedUnits: number; why: PassedOver } & OnShelf;
  'lock-not-needed': { askedUnits: number } & OnShelf;
  'lock-exceeds-stock': { askedUnits: number; availableUnits: number } & OnShelf;
  'lock-exceeds-need': { askedUnits: number; missingUnits: number } & OnShelf;
  // why the solver did not finish
  'solver-late': None;
  'solver-failed': None;
  'solver-unproven': None;
  'plan-rejected': { rule: string };
}

export type ReasonCode = keyof ReasonParams;

/** Parameter names by code, at run time: translations must have a text for each code and may use only these. */
export const REASON_PARAMS: { readonly [Code in ReasonCode]: readonly (keyof ReasonParams[Code] & string)[] } = {
  'nearest-capable': ['speciality', 'etaMin', 'distanceM'],
  'farther-but-free': ['nearerId', 'nearerEtaMin', 'etaMin', 'why'],
  'only-available': ['speciality'],
  'on-time': ['etaMin', 'neededByMin'],
  'keeps-city-cover': ['speciality', 'peersReadyInCity'],
  'second-speciality': ['speciality', 'mainSpeciality'],
  'part-of-unit': ['headcount', 'unitHeadcount'],
  'locked-by-desk': [],
  'own-county': ['distanceM', 'etaMin'],
  'own-city': ['distanceM', 'etaMin'],
  'own-province': ['distanceM', 'etaMin'],
  'other-area': ['distanceM', 'etaMin'],
  'nearest-source': ['distanceM', 'etaMin'],
  'keeps-reserve': ['minimumUnits', 'availableAfter'],
  fefo: ['lots', 'firstExpiresInDays'],
  fifo: ['lots'],
  'skips-lots': ['heldUnits', 'expiringUnits'],
  late: ['etaMin', 'neededByMin', 'lateMin'],
  'leaves-city-uncovered': ['speciality'],
  'breaks-reserve-nothing-else-covers': ['minimumUnits', 'availableAfter', 'breachUnits'],
  'road-blocked': [],
  'reserved-for': ['incidentId', 'units'],
  busy: [],
  'not-ready': ['reasons'],
  resting: ['restUntilMin'],
  'excluded-by-desk': [],
  'said-no': [],
  'no-people': [],
  'capability-not-needed': ['speciality'],
  'item-not-needed': ['itemId'],
  'already-promised': ['needId'],
  'not-needed': ['needId', 'etaMin', 'lastEtaMin'],
  'reserve-kept': ['minimumUnits', 'availableUnits'],
  'city-cover-kept': ['speciality'],
  'too-late': ['etaMin', 'neededByMin', 'lateMin'],
  'no-stock': ['itemId'],
  'lots-held': ['units'],
  'lot-expires-before-arrival': ['units', 'etaMin', 'minimumUseDays', 'latestExpiresInDays'],
  'not-chosen': ['needId'],
  'no-capable-unit': ['speciality'],
  'no-unit-available': ['known', 'speciality', 'busy', 'notReady', 'resting', 'excluded'],
  'units-serve-other-needs': ['speciality', 'units', 'headcount'],
  'not-enough-people': ['sentHeadcount', 'speciality', 'busy', 'notReady', 'resting', 'excluded'],
  'stock-exhausted': ['itemId', 'sentUnits', 'heldUnits', 'expiringUnits'],
  'stock-serves-other-needs': ['itemId', 'otherUnits'],
  'stock-reserved': ['itemId', 'sentUnits', 'reservedUnits', 'incidents'],
  'more-stock-would': ['warehouseId', 'itemId', 'addUnits', 'addPct', 'units', 'breachUnits', 'unitMinutes'],
  'lock-costs': ['warehouseId', 'itemId', 'askedUnits', 'units', 'breachUnits', 'unitMinutes'],
  'exclusion-costs': ['warehouseId', 'units', 'breachUnits', 'unitMinutes'],
  'team-must-costs': ['unitId', 'heads', 'lateHeads', 'holes', 'personMinutes'],
  'team-never-costs': ['unitId', 'heads', 'lateHeads', 'holes', 'personMinutes'],
  'team-locks-not-priced': ['locks'],
  'reserve-costs': ['units', 'breachUnits', 'unitMinutes'],
  'tier-costs': ['units', 'breachUnits', 'unitMinutes'],
  'lock-unknown-shelf': ['warehouseId', 'itemId', 'askedUnits'],
  'lock-shelf-closed': ['warehouseId', 'itemId', 'askedUnits', 'why'],
  'lock-not-needed': ['warehouseId', 'itemId', 'askedUnits'],
  'lock-exceeds-stock': ['warehouseId', 'itemId', 'askedUnits', 'availableUnits'],
  'lock-exceeds-need': ['warehouseId', 'itemId', 'askedUnits', 'missingUnits'],
  'solver-late': [],
  'solver-failed': [],
  'solver-unproven': [],
  'plan-rejected': ['rule'],
};

/** Why a nearer candidate does not go: the values of `why` inside `farther-but-free`. They need words too. */
export const PASSED_OVER = [
  'busy',
  'not-ready',
  'resting',
  'excluded-by-desk',
  'said-no',
  'no-people',
  'serves-other-need',
  'city-cover-kept',
  'few-sources',
  'no-stock',
  'lots-held',
  'lot-expires-before-arrival',
  'reserve-kept',
  'road-blocked',
  'reserved-for',
  'tier-order',
  'not-chosen',
] as const;

export type PassedOver = (typeof PASSED_OVER)[number];

/** A reason whose parameters fit its code. */
export function reason<Code extends ReasonCode>(code: Code, params: ReasonParams[Code]): Reason {
  return { code, params: { ...params } };
}

type PlainCode = { [Code in ReasonCode]: ReasonParams[Code] extends None ? Code : never }[ReasonCode];

/** A reason without parameters. */
export function plainReason(code: PlainCode): Reason {
  return { code, params: {} };
}

const TIER_CODES = { county: 'own-county', city: 'own-city', province: 'own-province', other: 'other-area' } as const;

/** The administrative relation, said as a reason. */
export function tierReason(tier: Tier, place: Place): Reason {
  return reason(TIER_CODES[tier], { distanceM: place.distanceM, etaMin: place.etaMin });
}

/** Lateness against `neededByMin`, or null when on time or without a due time. */
export function lateness(etaMin: number, neededByMin: number | null): Lateness | null {
  if (neededByMin === null || etaMin <= neededByMin) return null;
  return { etaMin, neededByMin, lateMin: etaMin - neededByMin };
}

/** Weight of a priority level in sums over levels; the levels themselves are served strictly in order. */
export const PRIORITY_WEIGHT: Readonly<Record<Priority, number>> = { 1: 4, 2: 2, 3: 1 };
