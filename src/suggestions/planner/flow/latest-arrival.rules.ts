import { FaceFlow } from './face-flow.rules.js';
import { SearchStopped } from './item-flow.rules.js';
import type { ItemFlow } from './item-flow.rules.js';
import type { PivotLimits } from './network-simplex.rules.js';
import type { SupplyInstance } from './supplies.types.js';

/** Why an incident's last arrival is not earlier: an item, and the potentials that it had without the roads from there on. */
export interface Blocking {
  flow: ItemFlow;
  potentials: Float64Array;
}

export interface Arrival {
  incident: number;
  /** 0 when nothing goes there. */
  latestMin: number;
  /** Absent when nothing goes there. */
  blocking: Blocking | null;
}

/** Worth more than all reserves together; used where shelves in reach hold too little. */
const PRICELESS_STEPS = 1e12;

/** First the level, then the order of the instance. */
export function arrivalOrder({ incidents, level }: SupplyInstance): Int32Array {
  const order = Int32Array.from({ length: incidents }, (_, k) => k);
  return order.sort((one, other) => level[one]! - level[other]! || one - other);
}

/**
 * The earliest latest arrival of each incident in turn, with fills and early goals held and the arrivals of the incidents
 * before it. Items meet only here: an incident waits for its slowest item, so each item is asked for the least minutes
 * that it can do with, beginning with those that the others need anyway (bisection over the roads' distinct minutes; each
 * question is a search among the flows that are best in the early goals). Later roads are then forbidden, and at the end
 * every item is solved again from its tree.
 * Throws `SearchStopped` when the limits say so; the answers given stay true, and the trees carry a flow that keeps them.
 */
export function* latestArrivals(
  flows: readonly ItemFlow[],
  order: Int32Array,
  limits: PivotLimits,
): Generator<Arrival> {
  const faces = flows.map((flow) => {
    if (limits.shouldStop()) throw new SearchStopped();
    return new FaceFlow(flow);
  });
  const asked = faces.flatMap((face) => askedOf(face));
  for (const incident of order) {
    if (limits.shouldStop()) throw new SearchStopped();
    const own = asked.filter((one) => one.incident === incident);
    const arrival = earliest(own, incident, limits);
    for (const one of own) holdArrival(one, arrival.latestMin);
    yield arrival;
  }
  for (const flow of flows) flow.solve(limits);
}

/** The needs of an item that get anything, each as a question: how early? */
function askedOf(face: FaceFlow): Asked[] {
  const { flow } = face;
  const asked: Asked[] = [];
  for (let need = 0; need < flow.served.length; need++)
    if (flow.served[need]! > 0) asked.push({ face, flow, need, incident: flow.net.needs[need]!, now: 0, least: 0 });
  return asked;
}

interface Asked {
  face: FaceFlow;
  flow: ItemFlow;
  need: number;
  incident: number;
  /** Minutes of its last arrival when the incident's turn comes, and what no plan can do without. */
  now: number;
  least: number;
}

function earliest(asked: readonly Asked[], incident: number, limits: PivotLimits): Arrival {
  for (const one of asked) {
    one.now = lastMin(one);
    one.least = leastMin(one);
  }
  const slowestFirst = asked.toSorted(
    (one, other) => other.least - one.least || other.now - one.now || one.flow.net.item - other.flow.net.item,
  );
  const slowest = slowestFirst[0];
  if (!slowest) return { incident, latestMin: 0, blocking: null };
  let latestMin = slowest.least;
  let blocking: Blocking = { flow: slowest.flow, potentials: emptyShelves(slowest, latestMin) };
  for (const one of slowestFirst) {
    if (one.now <= latestMin) continue;
    if (limits.shouldStop()) throw new SearchStopped();
    const refused = leastMinutes(one, latestMin);
    if (!refused) continue;
    latestMin = refused.latestMin;
    blocking = { flow: one.flow, potentials: refused.potentials };
  }
  return { incident, latestMin, blocking };
}

/** Null when the item manages within the limit; else the least minutes above it, and the proof one step below those. */
function leastMinutes(one: Asked, limitMin: number) {
  const { face, need } = one;
  let potentials = face.clear(need, laterRoads(one, limitMin));
  if (!potentials) return null;
  const choices = distinctMinutes(one).filter((minutes) => minutes > limitMin && minutes <= one.now);
  let low = 0;
  let high = choices.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    const roads = laterRoads(one, choices[middle]!);
    const refused = face.clear(need, roads);
    if (refused) {
      potentials = refused;
      low = middle + 1;
      continue;
    }
    face.open(roads);
    high = Math.min(middle, choices.indexOf(lastMin(one)));
  }
  face.clear(need, laterRoads(one, choices[high]!));
  return { latestMin: choices[high]!, potentials };
}

/** Later roads are forbidden from here on, and those that a quicker item was tried without are open again. */
function holdArrival({ face, flow, need }: Asked, latestMin: number): void {
  const { firstTo, roadsTo, roadMin } = flow.net;
  for (let at = firstTo[need]!; at < firstTo[need + 1]!; at++) {
    const road = roadsTo[at]!;
    const isLate = roadMin[road]! > latestMin;
    face.closed[road] = isLate ? 1 : 0;
    if (isLate) flow.forbid(road);
    else flow.allow(road);
  }
}

function lastMin({ face, flow, need }: Asked): number {
  const { firstTo, roadsTo, roadMin } = flow.net;
  for (let at = firstTo[need + 1]! - 1; at >= firstTo[need]!; at--) {
    const road = roadsTo[at]!;
    if (face.units[road]! > 0) return roadMin[road]!;
  }
  return 0;
}

/** No item can do with less than this: the nearest shelves that hold enough, whoever else wants their goods. */
function leastMin({ flow, need }: Asked): number {
  const { firstTo, roadsTo, roadMin, roadShelf, stock } = flow.net;
  let units = 0;
  for (let at = firstTo[need]!; at < firstTo[need + 1]!; at++) {
    const road = roadsTo[at]!;
    units += stock[roadShelf[road]!]!;
    if (units >= flow.served[need]!) return roadMin[road]!;
  }
  throw new Error('supplies.served-out-of-reach');
}

/** Prices that show it: a unit is priceless at the need and on every shelf that is nearer than the limit. */
function emptyShelves({ flow, need }: Asked, limitMin: number): Float64Array {
  const { shelves, needs, firstTo, roadsTo, roadMin, roadShelf } = flow.net;
  const priceless = PRICELESS_STEPS * flow.digits.highBases[0]!;
  const potentials = new Float64Array(shelves.length + needs.length + 1);
  potentials[shelves.length + need] = priceless;
  for (let at = firstTo[need]!; at < firstTo[need + 1]!; at++)
    if (roadMin[roadsTo[at]!]! < limitMin) potentials[roadShelf[roadsTo[at]!]!] = priceless;
  return potentials;
}

/** Roads to a need that take longer than a limit. */
export function laterRoads({ flow, need }: Asked, limitMin: number): number[] {
  const { firstTo, roadsTo, roadMin } = flow.net;
  const later: number[] = [];
  for (let at = firstTo[need + 1]! - 1; at >= firstTo[need]!; at--) {
    const road = roadsTo[at]!;
    if (roadMin[road]! <= limitMin) break;
    later.push(road);
  }
  return later;
}

function distinctMinutes({ flow, need }: Asked): number[] {
  const { firstTo, roadsTo, roadMin } = flow.net;
  const minutes: number[] = [];
  for (let at = firstTo[need]!; at < firstTo[need + 1]!; at++) {
    const next = roadMin[roadsTo[at]!]!;
    if (next !== minutes.at(-1)) minutes.push(next);
  }
  return minutes;
}
