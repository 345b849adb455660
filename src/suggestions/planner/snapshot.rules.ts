import type {
  CapabilityNeed,
  GoalOrder,
  ItemNeed,
  LockedSupply,
  PlannerInput,
  PlannerObjective,
  Priority,
  Reason,
  Rival,
  Speciality,
  StockCandidate,
  TeamUnitCandidate,
  Tier,
} from './planner.types.js';
import { plainReason, reason } from './reasons.rules.js';

export type OpenCapability = CapabilityNeed & { missing: number };
export type OpenItem = ItemNeed & { missing: number };

/** The input made ready: sorted by id so that the order of rows never matters, whole minutes, what is still missing. */
export interface Snapshot {
  incidentId: string;
  capabilities: OpenCapability[];
  items: OpenItem[];
  units: TeamUnitCandidate[];
  stock: Shelf[];
  lockedUnitIds: ReadonlySet<string>;
  excludedUnitIds: ReadonlySet<string>;
  objective: PlannerObjective;
  rivals: Rival[];
  lockedSupplies: LockedSupply[];
  order: GoalOrder;
}

/** A shelf; one that is closed keeps its place and gives nothing. */
export type Shelf = StockCandidate & { closed?: 'road-blocked' | 'excluded-by-desk' };

/** The snapshot contradicts itself: a fault of the caller, never of a person. `what` names the broken demand. */
export class InvalidPlannerInput extends Error {
  constructor(
    readonly what: string,
    readonly id: string,
  ) {
    super(`planner.input-invalid ${what} ${id}`);
  }
}

export const PRIORITIES: readonly Priority[] = [1, 2, 3];
export const TIER_RANK: Readonly<Record<Tier, number>> = { county: 0, city: 1, province: 2, other: 3 };

/** Order of plain strings by code point, the same on every machine. */
export function compareIds(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

const byNeed = (left: OpenCapability | OpenItem, right: OpenCapability | OpenItem): number =>
  left.priority - right.priority ||
  (left.neededByMin ?? Number.MAX_SAFE_INTEGER) - (right.neededByMin ?? Number.MAX_SAFE_INTEGER) ||
  compareIds(left.id, right.id);

function demandCounts(what: string, id: string, counts: number[]): void {
  if (counts.some((count) => !Number.isSafeInteger(count) || count < 0)) throw new InvalidPlannerInput(what, id);
}

function demandNumbers(what: string, id: string, numbers: number[]): void {
  if (numbers.some((number) => !Number.isFinite(number) || number < 0)) throw new InvalidPlannerInput(what, id);
}

function demandUnique(what: string, ids: string[]): void {
  const seen = new Set<string>();
  for (const id of ids) {
    if (seen.has(id)) throw new InvalidPlannerInput(what, id);
    seen.add(id);
  }
}

function demandSound(input: PlannerInput): void {
  demandUnique(
    'need-id-twice',
    [...input.capabilities, ...input.items].map(({ id }) => id),
  );
  demandUnique(
    'unit-twice',
    input.units.map(({ unitId }) => unitId),
  );
  demandUnique(
    'stock-cell-twice',
    input.stock.map(({ warehouseId, itemId }) => JSON.stringify([warehouseId, itemId])),
  );
  for (const need of input.capabilities) {
    demandCounts('need-counts', need.id, [need.headcount, need.alreadyHeadcount]);
    demandNumbers('need-minutes', need.id, [need.neededByMin ?? 0]);
  }
  for (const need of input.items) {
    demandCounts('need-counts', need.id, [need.units, need.alreadyUnits]);
    demandNumbers('need-minutes', need.id, [need.neededByMin ?? 0, need.minimumUseDays]);
  }
  for (const need of [...input.capabilities, ...input.items])
    if (!PRIORITIES.includes(need.priority)) throw new InvalidPlannerInput('need-priority', need.id);
  for (const unit of input.units) {
    demandCounts('unit-counts', unit.unitId, [unit.headcount, unit.peersReadyInCity]);
    demandNumbers('unit-place', unit.unitId, [unit.distanceM, unit.etaMin]);
  }
  for (const cell of input.stock) {
    demandCounts('stock-counts', cell.warehouseId, [cell.minimumUnits, ...cell.lots.map((lot) => lot.availableUnits)]);
    demandNumbers('stock-place', cell.warehouseId, [cell.distanceM, cell.etaMin]);
    demandUnique(
      'lot-twice',
      cell.lots.map(({ lotId }) => lotId),
    );
  }
}

/** Reads the caller's snapshot. Throws `InvalidPlannerInput` when ids repeat or quantities are not whole and positive. */
export function readSnapshot(input: PlannerInput): Snapshot {
  demandSound(input);
  const missing = (asked: number, already: number): number => Math.max(0, asked - already);
  return {
    incidentId: input.incidentId,
    capabilities: input.capabilities
      .map((need) => ({ ...need, missing: missing(need.headcount, need.alreadyHeadcount) }))
      .toSorted(byNeed),
    items: input.items.map((need) => ({ ...need, missing: missing(need.units, need.alreadyUnits) })).toSorted(byNeed),
    units: input.units
      .map((unit) => ({ ...unit, etaMin: Math.ceil(unit.etaMin) }))
      .toSorted((left, right) => compareIds(left.unitId, right.unitId)),
    stock: input.stock
      .map((cell) => shelfOf(input, cell))
      .toSorted(
        (left, right) => compareIds(left.warehouseId, right.warehouseId) || compareIds(left.itemId, right.itemId),
      ),
    lockedUnitIds: new Set(input.lockedUnitIds),
    excludedUnitIds: new Set(input.excludedUnitIds),
    objective: input.objective ?? 'arrival',
    rivals: (input.rivals ?? []).toSorted((left, right) => compareIds(left.incidentId, right.incidentId)),
    lockedSupplies: (input.lockedSupplies ?? []).toSorted(
      (left, right) => compareIds(left.warehouseId, right.warehouseId) || compareIds(left.itemId, right.itemId),
    ),
    order: input.order ?? DEFAULT_ORDER,
  };
}

export const DEFAULT_ORDER: GoalOrder = { reserve: 'before-arrival', tier: 'before-arrival' };

function shelfOf({ excludedStores = [], order }: PlannerInput, cell: StockCandidate): Shelf {
  const isExcluded = excludedStores.some(
    ({ warehouseId, itemId }) => warehouseId === cell.warehouseId && (itemId ?? cell.itemId) === cell.itemId,
  );
  const shelf = { ...cell, etaMin: Math.ceil(cell.etaMin) };
  if (order?.reserve === 'off') shelf.minimumUnits = 0;
  if (cell.blocked) return { ...shelf, lots: [], closed: 'road-blocked' };
  return isExcluded ? { ...shelf, lots: [], closed: 'excluded-by-desk' } : shelf;
}

/** Whether the unit can do the work, by its main or a further speciality. */
export function isCapable(unit: TeamUnitCandidate, speciality: Speciality): boolean {
  return unit.speciality === speciality || unit.capabilities.includes(speciality);
}

/** Why the unit cannot be sent at all, or null when it can. */
export function unavailable(snapshot: Snapshot, unit: TeamUnitCandidate): Reason | null {
  if (snapshot.excludedUnitIds.has(unit.unitId)) return plainReason('excluded-by-desk');
  if (unit.blocked) return plainReason('road-blocked');
  if (unit.busy) return plainReason('busy');
  if (unit.saidNo && !snapshot.lockedUnitIds.has(unit.unitId)) return plainReason('said-no');
  if (!unit.ready) return reason('not-ready', { reasons: unit.notReadyReasons.toSorted(compareIds).join(',') });
  if (unit.restUntilMin !== null && unit.restUntilMin > 0)
    return reason('resting', { restUntilMin: unit.restUntilMin });
  if (unit.headcount === 0) return plainReason('no-people');
  return null;
}

export function isLate(etaMin: number, need: { neededByMin: number | null }): boolean {
  return need.neededByMin !== null && etaMin > need.neededByMin;
}

/** A unit and an open need that it may serve. */
export interface Pairing {
  unit: TeamUnitCandidate;
  need: OpenCapability;
  late: boolean;
}

/** Every allowed (unit, open need) pair, by need order, then unit id. */
export function pairings(snapshot: Snapshot): Pairing[] {
  const free = snapshot.units.filter((unit) => unavailable(snapshot, unit) === null);
  return snapshot.capabilities
    .filter((need) => need.missing > 0)
    .flatMap((need) =>
      free
        .filter((unit) => isCapable(unit, need.speciality))
        .map((unit) => ({ unit, need, late: isLate(unit.etaMin, need) })),
    );
}

/** Ready units of one speciality in one city. Sending all of them leaves the city uncovered. */
export interface CityCover {
  speciality: Speciality;
  unitIds: string[];
  readyUnits: number;
  /** Outside the incident's own city: only there is leaving a gap a goal, because at home the unit serves its own city. */
  elsewhere: boolean;
}

export function cityCovers(snapshot: Snapshot): CityCover[] {
  const covers = new Map<string, CityCover>();
  for (const unit of snapshot.units) {
    if (unavailable(snapshot, unit) !== null) continue;
    const key = JSON.stringify(unit.homeCityId === undefined ? [unit.unitId] : [unit.homeCityId, unit.speciality]);
    const cover = covers.get(key);
    const elsewhere = unit.tier === 'province' || unit.tier === 'other';
    if (!cover) {
      const readyUnits = unit.peersReadyInCity + 1;
      covers.set(key, { speciality: unit.speciality, unitIds: [unit.unitId], readyUnits, elsewhere });
      continue;
    }
    cover.unitIds.push(unit.unitId);
    cover.readyUnits = Math.max(cover.readyUnits, unit.peersReadyInCity + 1, cover.unitIds.length);
    cover.elsewhere &&= elsewhere;
  }
  return [...covers.values()];
}
