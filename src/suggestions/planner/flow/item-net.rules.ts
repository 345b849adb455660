import type { SupplyInstance } from './supplies.types.js';

/**
 * One item as a two-sided net: its shelves with stock, its needs, and the roads that bring it in time. Items share
 * nothing but the incidents' latest arrivals, so that each is a small problem of its own.
 */
export interface ItemNet {
  item: number;
  /** Warehouse of each shelf, incident of each need. */
  shelves: Int32Array;
  needs: Int32Array;
  stock: Float64Array;
  /** Units of the stock that should stay. */
  reserve: Float64Array;
  wanted: Float64Array;
  /** Roads sorted by shelf, then need: shelf x has those from `firstRoad[x]` to `firstRoad[x + 1]`. */
  firstRoad: Int32Array;
  roadShelf: Int32Array;
  roadNeed: Int32Array;
  roadMin: Int32Array;
  /** Where the road stands in the instance. */
  roadPlace: Int32Array;
  /** The same roads by need: need y has `roadsTo[firstTo[y]]` to `roadsTo[firstTo[y + 1]]`, nearest first. */
  firstTo: Int32Array;
  roadsTo: Int32Array;
}

/** Whole numbers above this cannot be multiplied exactly. */
const LARGEST_UNITS = 94_906_265;
/** More than any road takes: 45 days. */
const MOST_MINUTES = 65_536;

/**
 * Throws `RangeError` when an amount is too large to be compared exactly. O(warehouses x incidents). `nearest` is of the same
 * instance; whoever reads many items sorts once for all of them.
 */
export function itemNet(n: SupplyInstance, item: number, nearest = nearestFirst(n)): ItemNet {
  const shelves = holding(n.stock, n.items, item);
  const needs = holding(n.need, n.items, item);
  const stock = amountsAt(n.stock, shelves, { items: n.items, item });
  const wanted = amountsAt(n.need, needs, { items: n.items, item });
  const reserve = amountsAt(n.reserve, shelves, { items: n.items, item });
  for (let x = 0; x < reserve.length; x++) if (reserve[x]! > stock[x]!) reserve[x] = stock[x]!;
  refuseHuge(stock);
  refuseHuge(wanted);
  return { item, shelves, needs, stock, reserve, wanted, ...roadsOf(n, item, { shelves, needs, nearest }) };
}

function refuseHuge(amounts: Float64Array): void {
  for (let at = 0; at < amounts.length; at++)
    if (amounts[at]! > LARGEST_UNITS) throw new RangeError(`supplies.too-many-units ${amounts[at]}`);
}

/** Warehouses or incidents with anything of an item. */
function holding(amounts: ArrayLike<number>, items: number, item: number): Int32Array {
  let count = 0;
  for (let at = item; at < amounts.length; at += items) if (amounts[at]! > 0) count++;
  const kept = new Int32Array(count);
  count = 0;
  for (let at = item, index = 0; at < amounts.length; at += items, index++) if (amounts[at]! > 0) kept[count++] = index;
  return kept;
}

function amountsAt(
  amounts: ArrayLike<number>,
  places: Int32Array,
  { items, item }: { items: number; item: number },
): Float64Array {
  const list = new Float64Array(places.length);
  for (let at = 0; at < list.length; at++) list[at] = amounts[places[at]! * items + item]!;
  return list;
}

/**
 * Warehouses by incident, `incident * warehouses` onwards, the nearest first, then in their order; those without a road come first.
 * Sorted as plain numbers, which is many times faster than with a comparison, and once for all items.
 */
export function nearestFirst({ warehouses, incidents, travelMin }: SupplyInstance): Int32Array {
  const nearest = new Int32Array(incidents * warehouses);
  const keys = new Float64Array(warehouses);
  for (let k = 0; k < incidents; k++) {
    for (let w = 0; w < warehouses; w++) keys[w] = Math.max(0, travelMin[w * incidents + k]! + 1) * warehouses + w;
    keys.sort();
    for (let at = 0; at < warehouses; at++) nearest[k * warehouses + at] = keys[at]! % warehouses;
  }
  return nearest;
}

interface Sides {
  shelves: Int32Array;
  needs: Int32Array;
  nearest: Int32Array;
}

function roadsOf(n: SupplyInstance, item: number, sides: Sides) {
  const { shelves, needs } = sides;
  const reach = Math.min(n.reachMin[item]!, MOST_MINUTES - 1);
  const firstRoad = new Int32Array(shelves.length + 1);
  const isRoad = (place: number): boolean => n.travelMin[place]! >= 0 && n.travelMin[place]! <= reach;
  let count = 0;
  for (let x = 0; x < shelves.length; x++) {
    const row = shelves[x]! * n.incidents;
    for (let y = 0; y < needs.length; y++) if (isRoad(row + needs[y]!)) count++;
    firstRoad[x + 1] = count;
  }
  const roadShelf = new Int32Array(count);
  const roadNeed = new Int32Array(count);
  const roadMin = new Int32Array(count);
  const roadPlace = new Int32Array(count);
  let road = 0;
  for (let x = 0; x < shelves.length; x++) {
    const row = shelves[x]! * n.incidents;
    for (let y = 0; y < needs.length; y++) {
      const place = row + needs[y]!;
      if (!isRoad(place)) continue;
      roadShelf[road] = x;
      roadNeed[road] = y;
      roadPlace[road] = place;
      roadMin[road++] = n.travelMin[place]!;
    }
  }
  return { firstRoad, roadShelf, roadNeed, roadMin, roadPlace, ...byNeed(n, sides, { roadShelf, roadNeed }) };
}

/** The places of the same roads in an instance of more incidents. */
export function placeAgain(net: ItemNet, incidents: number): void {
  const { roadPlace, roadShelf, roadNeed, shelves, needs } = net;
  for (let road = 0; road < roadPlace.length; road++)
    roadPlace[road] = shelves[roadShelf[road]!]! * incidents + needs[roadNeed[road]!]!;
}

/** The roads to each need in the order in which its warehouses are near. */
function byNeed(
  { warehouses }: SupplyInstance,
  { shelves, needs, nearest }: Sides,
  { roadShelf, roadNeed }: Pick<ItemNet, 'roadShelf' | 'roadNeed'>,
) {
  const shelfOf = new Int32Array(warehouses).fill(-1);
  for (let x = 0; x < shelves.length; x++) shelfOf[shelves[x]!] = x;
  const roadAt = new Int32Array(shelves.length * needs.length).fill(-1);
  for (let road = 0; road < roadShelf.length; road++) roadAt[roadShelf[road]! * needs.length + roadNeed[road]!] = road;
  const firstTo = new Int32Array(needs.length + 1);
  const roadsTo = new Int32Array(roadShelf.length);
  let count = 0;
  for (let y = 0; y < needs.length; y++) {
    const from = needs[y]! * warehouses;
    for (let at = from; at < from + warehouses; at++) {
      const x = shelfOf[nearest[at]!]!;
      const road = x < 0 ? -1 : roadAt[x * needs.length + y]!;
      if (road >= 0) roadsTo[count++] = road;
    }
    firstTo[y + 1] = count;
  }
  return { firstTo, roadsTo };
}
