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
  busy: None;
  'not-ready': { reasons: string };
  resting: { restUntilMin: number };
  'excluded-by-desk': None;
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
  // why the solver did not finish
  'solver-late': None;
  'solver-failed': None;
  'solver-unproven': None;
}

export type ReasonCode = keyof ReasonParams;

/** Why a nearer candidate does not go, as named inside `farther-but-free`. */
export type PassedOver =
  | 'busy'
  | 'not-ready'
  | 'resting'
  | 'excluded-by-desk'
  | 'no-people'
  | 'serves-other-need'
  | 'city-cover-kept'
  | 'few-sources'
  | 'no-stock'
  | 'lots-held'
  | 'lot-expires-before-arrival'
  | 'stock-exhausted'
  | 'reserve-kept'
  | 'tier-order'
  | 'not-chosen';

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
