import type { Shipment } from '../draft.rules.js';
import { byFefo, eligibleUnits, freeUnits, outlives } from '../fefo.rules.js';
import type { Lot, SupplyInstance, SupplyPolicy } from '../flow/supplies.types.js';
import type { ItemNeed, Priority, Tier } from '../planner.types.js';
import { PRIORITY_WEIGHT } from '../reasons.rules.js';
import { compareIds, isLate, TIER_RANK } from '../snapshot.rules.js';
import type { OpenItem, Shelf, Snapshot } from '../snapshot.rules.js';

/** Needs of one incident, one urgency and one due time: what the core calls an incident. */
export interface Place {
  incidentId: string;
  isOwn: boolean;
  priority: Priority;
  neededByMin: number | null;
  /** At most one need of an item. */
  needs: Map<string, OpenItem>;
  roads: Map<string, Road>;
}
interface Road {
  tier: Tier;
  distanceM: number;
  etaMin: number;
}

/** The snapshot and its rivals in the arrays of the core, and the names behind the numbers. */
export interface JointInstance {
  instance: SupplyInstance;
  places: Place[];
  warehouseIds: string[];
  itemIds: string[];
  /** By cell of the instance. */
  cells: (Shelf | undefined)[];
}

/** The core plans goods of one horizon and one need per item; nested shelf lives are another kind of problem. */
export const isSeparable = ({ items }: Snapshot): boolean =>
  new Set(items.map(({ itemId }) => itemId)).size === items.length;

export function policyOf({ order }: Snapshot): SupplyPolicy {
  return { adminOrder: order.tier, latestArrival: true, levelWeight: LEVELS.map((priority) => PRIORITY_WEIGHT[priority]), fewShipments: null }; // prettier-ignore
}
const LEVELS: readonly Priority[] = [1, 2, 3];

/**
 * All incidents that want the snapshot's items, side by side: priority is the level, so equals share whoever asks. Order and names
 * do not depend on which incident is the own one. Units that the desk has locked are taken off both sides first. Lots are judged by
 * the arrival at the own incident. O(warehouses x places).
 */
export function jointInstance(snapshot: Snapshot, locked: readonly Shipment[]): JointInstance {
  const itemIds = [...new Set(snapshot.items.filter(({ missing }) => missing > 0).map(({ itemId }) => itemId))].toSorted(compareIds); // prettier-ignore
  const stock = snapshot.stock.filter(({ itemId }) => itemIds.includes(itemId));
  const warehouseIds = [...new Set(stock.map(({ warehouseId }) => warehouseId))].toSorted(compareIds);
  const places = placesOf(snapshot, itemIds, locked);
  const cells = Array<Shelf | undefined>(warehouseIds.length * itemIds.length);
  for (const cell of stock) cells[warehouseIds.indexOf(cell.warehouseId) * itemIds.length + itemIds.indexOf(cell.itemId)] = cell; // prettier-ignore
  const names = { places, warehouseIds, itemIds, cells };
  return {
    ...names,
    instance: { ...sizes(snapshot, names), ...roadsOf(names), ...shelvesOf(snapshot, names, locked) },
  };
}

type Names = Omit<JointInstance, 'instance'>;

function sizes({ incidentId }: Snapshot, { places, warehouseIds, itemIds }: Names) {
  const items = itemIds.length;
  const need = new Int32Array(places.length * items);
  places.forEach(({ needs }, k) => itemIds.forEach((itemId, i) => (need[k * items + i] = needs.get(itemId)?.missing ?? 0))); // prettier-ignore
  return {
    name: incidentId,
    warehouses: warehouseIds.length,
    incidents: places.length,
    items,
    level: Uint8Array.from(places, ({ priority }) => priority - 1),
    reserveWeight: new Uint8Array(warehouseIds.length).fill(1),
    reachMin: new Int32Array(items).fill(0x7fffffff),
    unitKg: new Float64Array(items).fill(1),
    unitsPerPerson: new Float64Array(items).fill(1),
    itemWeight: new Float64Array(items).fill(1),
    need,
    horizonDays: 0,
  };
}

function placesOf(snapshot: Snapshot, itemIds: readonly string[], locked: readonly Shipment[]): Place[] {
  const own = snapshot.items.map((need) => ({
    ...need,
    missing: need.missing - locked.reduce((sum, draw) => sum + (draw.need === need ? draw.units : 0), 0),
  }));
  const ownRoads = new Map<string, Road>();
  for (const cell of snapshot.stock) if (!cell.closed) ownRoads.set(cell.warehouseId, cell);
  const { incidentId } = snapshot;
  const parties = [
    { incidentId, isOwn: true, items: own, roads: ownRoads },
    ...snapshot.rivals.map((rival) => ({
      incidentId: rival.incidentId,
      isOwn: false,
      items: rival.items.map(withMissing),
      roads: new Map(rival.roads.map((road) => [road.warehouseId, { ...road, etaMin: Math.ceil(road.etaMin) }])),
    })),
  ];
  return parties
    .flatMap(({ items, ...party }) => grouped(items.filter((need) => itemIds.includes(need.itemId)), party)) // prettier-ignore
    .toSorted((left, right) => left.priority - right.priority || compareIds(left.incidentId, right.incidentId) || (left.neededByMin ?? Infinity) - (right.neededByMin ?? Infinity)); // prettier-ignore
}

const withMissing = (need: ItemNeed): OpenItem => ({ ...need, missing: Math.max(0, need.units - need.alreadyUnits) });

function grouped(needs: readonly OpenItem[], party: Pick<Place, 'incidentId' | 'isOwn' | 'roads'>): Place[] {
  const places: Place[] = [];
  for (const need of needs.filter(({ missing }) => missing > 0)) {
    const { priority, neededByMin, itemId } = need;
    let place = places.find((one) => one.priority === priority && one.neededByMin === neededByMin && !one.needs.has(itemId)); // prettier-ignore
    if (!place) places.push((place = { ...party, priority, neededByMin, needs: new Map() }));
    place.needs.set(itemId, need);
  }
  return places;
}

function roadsOf({ places, warehouseIds }: Names) {
  const size = warehouseIds.length * places.length;
  const travelMin = new Int32Array(size).fill(-1);
  const distanceKm = new Float64Array(size);
  const adminStep = new Uint8Array(size);
  const lateWeight = new Uint8Array(size);
  warehouseIds.forEach((warehouseId, w) =>
    places.forEach(({ roads, neededByMin, priority }, k) => {
      const road = roads.get(warehouseId);
      if (!road) return;
      const at = w * places.length + k;
      travelMin[at] = road.etaMin;
      distanceKm[at] = road.distanceM / 1000;
      adminStep[at] = TIER_RANK[road.tier];
      lateWeight[at] = isLate(road.etaMin, { neededByMin }) ? PRIORITY_WEIGHT[priority] : 0;
    }),
  );
  const isDue = places.some(({ neededByMin }) => neededByMin !== null);
  return { travelMin, distanceKm, adminStep, ...(isDue ? { lateWeight } : {}) };
}

function shelvesOf({ items, order }: Snapshot, { cells }: Names, locked: readonly Shipment[]) {
  const stock = new Int32Array(cells.length);
  const reserve = new Int32Array(cells.length);
  const lots: Lot[][] = Array.from(cells, () => []);
  for (const [at, cell] of cells.entries()) {
    if (!cell || cell.closed) continue;
    const minimumUseDays = items.find(({ itemId }) => itemId === cell.itemId)?.minimumUseDays ?? 0;
    const gone = locked.reduce((sum, draw) => sum + (draw.cell === cell ? draw.units : 0), 0);
    const eligible = eligibleUnits(cell, minimumUseDays);
    stock[at] = eligible - gone;
    reserve[at] = order.reserve === 'off' ? 0 : Math.max(0, stock[at]! - Math.max(0, freeUnits(cell) - gone));
    lots[at] = lotsAfter(cell, minimumUseDays, gone);
  }
  return { stock, reserve, lots };
}

/** Usable lots, first expired first, without the locked units. */
function lotsAfter(cell: Shelf, minimumUseDays: number, goneUnits: number): Lot[] {
  let gone = goneUnits;
  return cell.lots
    .filter((lot) => !lot.held && outlives(lot, { arrivalMin: cell.etaMin, minimumUseDays }))
    .toSorted(byFefo)
    .map(({ availableUnits, expiresInDays }) => {
      const taken = Math.min(gone, availableUnits);
      gone -= taken;
      return { units: availableUnits - taken, expiresInDays: expiresInDays ?? Number.MAX_SAFE_INTEGER };
    });
}
