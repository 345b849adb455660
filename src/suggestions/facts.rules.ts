import { createHash } from 'node:crypto';
import type { Reason } from '../shared/fields.dto.js';
import { LOADING_MIN, type SpeedClass } from '../shared/travel.rules.js';
import type { PlannerInput, Priority, Rival, Speciality, Tier } from './planner/planner.types.js';
import type { AskSuggestion } from './suggestions.dto.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** How the asker bound the plan; kept with the suggestion, so that a renewal asks the same. */
export type Ask = Omit<AskSuggestion, 'id'>;
export const PLAIN_ASK: Ask = { locks: [], objective: 'arrival' };

export interface CapabilityFact {
  id: string;
  speciality: Speciality;
  headcount: number;
  priority: Priority;
  neededBy: string | null;
  alreadyHeadcount: number;
}
export interface ItemFact {
  id: string;
  itemId: string;
  units: number;
  priority: Priority;
  neededBy: string | null;
  alreadyUnits: number;
  minimumUseDays: number;
}
export interface UnitFact {
  unitId: string;
  teamId: string;
  speciality: Speciality;
  capabilities: Speciality[];
  headcount: number;
  distanceM: number;
  roadMin: number;
  /** The arrival, where a timetable fixes it. */
  boundTo?: string;
  departureMin: number;
  tier: Tier;
  ready: boolean;
  notReadyReasons: string[];
  busy: boolean;
  /** Declined this incident, or did not answer: the next candidate is asked unless the desk names the unit. */
  saidNo: boolean;
  peersReadyInCity: number;
  homeCityId: string;
}
export interface LotFact {
  lotId: string;
  expiresOn: string | null;
  receivedOn: string;
  availableUnits: number;
  held: boolean;
}
export interface StockFact {
  warehouseId: string;
  itemId: string;
  tier: Tier;
  distanceM: number;
  roadMin: number;
  boundTo?: string;
  minimumUnits: number;
  lots: LotFact[];
}
/** Another open incident that wants the same items, and the roads to it from the warehouses of `stock`. */
export interface RivalFact {
  incidentId: string;
  items: ItemFact[];
  roads: { warehouseId: string; tier: Tier; distanceM: number; roadMin: number; boundTo?: string }[];
}
/** Where the minutes on the road come from. */
export interface TravelFact {
  /** `straight-line`, or the router that answered. */
  source: string;
  speedClass: SpeedClass;
  /** What the minutes are reckoned from; absent in inputs from before terrain and weather were known. */
  provenance?: Reason[];
}
/** Minutes on the road where there is none. */
export const NO_ROAD = -1;

/**
 * All that a plan is made from, read in one moment, in absolute terms (instants and days, never "minutes from now"). Kept with the
 * suggestion, so that the plan can be made again from it.
 */
export interface Facts {
  incidentId: string;
  incidentVersion: number;
  at: string;
  /** The day in China: shelf lives are counted in days, so a plan speaks for one day. */
  on: string;
  ask: Ask;
  capabilities: CapabilityFact[];
  items: ItemFact[];
  units: UnitFact[];
  stock: StockFact[];
  /** Absent in inputs from before incidents were planned together. */
  rivals?: RivalFact[];
  travel?: TravelFact;
  /** What lies on the way of a unit or of a warehouse's lorries, or why there is none; only where that is more than a road. */
  ways?: Record<string, Reason[]>;
  /** Units that the asker named and that this society may not send or does not know. */
  unknownLocks: string[];
}

const upTo = (path: string, levels: number): string => {
  const parts = path.split('/').filter(Boolean);
  return `/${parts.slice(0, levels).join('/')}/`;
};
const depth = (path: string): number => path.split('/').filter(Boolean).length;
const PROVINCE = 1;
const CITY = 2;
const COUNTY = 3;

/** The city (or the province, for what it holds itself) whose cover a unit is part of. */
export const homeCityOf = (path: string): string => upTo(path, CITY);

/**
 * How the holder relates to the incident's society: in its county; elsewhere in its city; held by its province; anybody else. A
 * society at city or province level has no county of its own.
 */
export function tierOf(holderPath: string, incidentPath: string): Tier {
  const levels = depth(incidentPath);
  if (levels >= COUNTY && holderPath.startsWith(upTo(incidentPath, COUNTY))) return 'county';
  if (levels >= CITY && holderPath.startsWith(upTo(incidentPath, CITY))) return 'city';
  return holderPath === upTo(incidentPath, PROVINCE) ? 'province' : 'other';
}

/** The day in China at an instant. */
export const dayInChina = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);

const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / DAY_MS;
const minutesUntil = (from: string, to: string | null): number | null =>
  to === null ? null : Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / MINUTE_MS));

const isCutOff = ({ roadMin }: { roadMin: number }): boolean => roadMin === NO_ROAD;
export const unitEtaMin = (unit: UnitFact): number => unit.departureMin + (isCutOff(unit) ? 0 : unit.roadMin);
export const stockEtaMin = (cell: StockFact): number => LOADING_MIN + (isCutOff(cell) ? 0 : cell.roadMin);

/** Whether anything asked for is not yet promised. */
export function isMissingAnything(facts: Pick<Facts, 'capabilities' | 'items'>): boolean {
  return (
    facts.capabilities.some((need) => need.headcount > need.alreadyHeadcount) ||
    facts.items.some((need) => need.units > need.alreadyUnits)
  );
}

/** A way that waits for a timetable grows shorter every minute and arrives at one instant: that instant is the fact. */
const atArrival = <Part extends { roadMin: number; boundTo?: string }>(part: Part): Part =>
  part.boundTo === undefined ? part : { ...part, roadMin: 0 };

const isUsable = (unit: UnitFact): boolean => unit.ready && !unit.busy;

/**
 * SHA-256 of what a plan depends on. What cannot change the plan is left out: the minute of asking, the place of units that cannot go
 * (a convoy on the road reports its position all the time), distances below a minute of travel, the incident's version.
 */
export function hashOf(facts: Facts): string {
  const { capabilities, items, ask, on, unknownLocks } = facts;
  const units = facts.units.map(({ distanceM: _distanceM, ...unit }) =>
    isUsable(unit as UnitFact) ? atArrival(unit) : { ...unit, roadMin: 0, boundTo: undefined },
  );
  const stock = facts.stock.map(({ distanceM: _distanceM, ...cell }) => atArrival(cell));
  const rivals = facts.rivals?.map(({ incidentId, items: wanted, roads }) => ({
    incidentId,
    wanted,
    roads: roads.map(({ distanceM: _distanceM, ...road }) => atArrival(road)),
  }));
  const canonical = JSON.stringify(sorted({ capabilities, items, units, stock, rivals, ask, on, unknownLocks }));
  return createHash('sha256').update(canonical).digest('hex');
}

/** The same value with the keys of every object in one order: what comes back from jsonb hashes like what went in. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, part]) => [key, sorted(part)]));
}

/** The planner's snapshot of these facts: everything relative to their moment. */
export function toPlannerInput(facts: Facts): PlannerInput {
  const use = (kind: 'must' | 'never') =>
    facts.ask.locks.filter((lock) => lock.use === kind).map(({ unitId }) => unitId);
  return {
    incidentId: facts.incidentId,
    now: facts.at,
    capabilities: facts.capabilities.map(({ neededBy, ...need }) => ({
      ...need,
      neededByMin: minutesUntil(facts.at, neededBy),
    })),
    items: facts.items.map((need) => needOf(facts, need)),
    units: facts.units.map(({ roadMin: _roadMin, boundTo: _boundTo, ...unit }, at) => ({
      ...unit,
      etaMin: unitEtaMin(facts.units[at]!),
      ...(isCutOff(facts.units[at]!) ? { blocked: true } : {}),
      restUntilMin: null,
    })),
    stock: facts.stock.map((cell) => ({
      warehouseId: cell.warehouseId,
      itemId: cell.itemId,
      tier: cell.tier,
      distanceM: cell.distanceM,
      etaMin: stockEtaMin(cell),
      minimumUnits: cell.minimumUnits,
      lots: lotsOf(cell, facts.on),
      ...(isCutOff(cell) ? { blocked: true } : {}),
    })),
    lockedUnitIds: use('must'),
    excludedUnitIds: use('never'),
    objective: facts.ask.objective,
    rivals: (facts.rivals ?? []).map((rival) => rivalOf(facts, rival)),
    lockedSupplies: facts.ask.sends ?? [],
    excludedStores: (facts.ask.spares ?? []).map(({ warehouseId, itemId }) =>
      itemId ? { warehouseId, itemId } : { warehouseId },
    ),
    order: facts.ask.order ?? { reserve: 'before-arrival', tier: 'before-arrival' },
  };
}

function needOf({ at }: Facts, { neededBy, ...need }: ItemFact) {
  return { ...need, neededByMin: minutesUntil(at, neededBy) };
}

const rivalOf = (facts: Facts, { incidentId, items, roads }: RivalFact): Rival => ({
  incidentId,
  items: items.map((need) => needOf(facts, need)),
  roads: roads
    .filter((road) => !isCutOff(road))
    .map(({ roadMin, boundTo: _boundTo, ...road }) => ({ ...road, etaMin: LOADING_MIN + roadMin })),
});

/** A lot may be partly good and partly set aside; to the planner those are two, and the second is never sent. */
const heldPart = (lotId: string): string => `${lotId}/held`;

function lotsOf(cell: StockFact, on: string) {
  const receipts = [...new Set(cell.lots.map(({ receivedOn }) => receivedOn))].toSorted();
  return cell.lots.map(({ lotId, expiresOn, receivedOn, availableUnits, held }) => ({
    lotId: held ? heldPart(lotId) : lotId,
    expiresInDays: expiresOn === null ? null : daysBetween(on, expiresOn),
    receivedOrder: receipts.indexOf(receivedOn) + 1,
    availableUnits,
    held,
  }));
}
