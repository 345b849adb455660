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

/** Throws `RangeError` when an amount is negative or too large to be compared exactly. O(warehouses x incidents). */
export function itemNet(n: SupplyInstance, item: number): ItemNet {
  const shelves = indices(n.warehouses, (w) => n.stock[w * n.items + item]! > 0);
  const needs = indices(n.incidents, (k) => n.need[k * n.items + item]! > 0);
  const stock = Float64Array.from(shelves, (w) => n.stock[w * n.items + item]!);
  const wanted = Float64Array.from(needs, (k) => n.need[k * n.items + item]!);
  refuseHuge(stock);
  refuseHuge(wanted);
  const reserve = Float64Array.from(shelves, (w, x) => Math.min(n.reserve[w * n.items + item]!, stock[x]!));
  return { item, shelves, needs, stock, reserve, wanted, ...roadsOf(n, item, { shelves, needs }) };
}

function refuseHuge(amounts: Float64Array): void {
  for (let at = 0; at < amounts.length; at++)
    if (amounts[at]! > LARGEST_UNITS) throw new RangeError(`supplies.too-many-units ${amounts[at]}`);
}

function indices(length: number, keep: (index: number) => boolean): Int32Array {
  const kept: number[] = [];
  for (let index = 0; index < length; index++) if (keep(index)) kept.push(index);
  return Int32Array.from(kept);
}

function roadsOf(n: SupplyInstance, item: number, { shelves, needs }: Pick<ItemNet, 'shelves' | 'needs'>) {
  const reach = Math.min(n.reachMin[item]!, MOST_MINUTES - 1);
  const firstRoad = new Int32Array(shelves.length + 1);
  const most = shelves.length * needs.length;
  const roadShelf = new Int32Array(most);
  const roadNeed = new Int32Array(most);
  const roadMin = new Int32Array(most);
  const roadPlace = new Int32Array(most);
  let count = 0;
  for (let x = 0; x < shelves.length; x++) {
    const row = shelves[x]! * n.incidents;
    for (let y = 0; y < needs.length; y++) {
      const place = row + needs[y]!;
      const minutes = n.travelMin[place]!;
      if (minutes < 0 || minutes > reach) continue;
      roadShelf[count] = x;
      roadNeed[count] = y;
      roadPlace[count] = place;
      roadMin[count++] = minutes;
    }
    firstRoad[x + 1] = count;
  }
  const roads = {
    firstRoad,
    roadShelf: roadShelf.slice(0, count),
    roadNeed: roadNeed.slice(0, count),
    roadMin: roadMin.slice(0, count),
    roadPlace: roadPlace.slice(0, count),
  };
  return { ...roads, ...byNeed(roads, needs.length) };
}

/** The places of the same roads in an instance of more incidents. */
export function placeAgain(net: ItemNet, incidents: number): void {
  const { roadPlace, roadShelf, roadNeed, shelves, needs } = net;
  for (let road = 0; road < roadPlace.length; road++)
    roadPlace[road] = shelves[roadShelf[road]!]! * incidents + needs[roadNeed[road]!]!;
}

/** Sorted as plain numbers (need, minutes, road packed into one), which is many times faster than with a comparison. */
function byNeed({ roadNeed, roadMin }: Pick<ItemNet, 'roadNeed' | 'roadMin'>, needs: number) {
  const roads = roadNeed.length;
  const firstTo = new Int32Array(needs + 1);
  const keys = new Float64Array(roads);
  for (let road = 0; road < roads; road++) {
    const y = roadNeed[road]!;
    firstTo[y + 1] = firstTo[y + 1]! + 1;
    keys[road] = (y * MOST_MINUTES + roadMin[road]!) * roads + road;
  }
  for (let y = 0; y < needs; y++) firstTo[y + 1] = firstTo[y + 1]! + firstTo[y]!;
  keys.sort();
  const roadsTo = new Int32Array(roads);
  for (let at = 0; at < roads; at++) roadsTo[at] = keys[at]! % roads;
  return { firstTo, roadsTo };
}
