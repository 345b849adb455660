import type { ItemFlow } from './item-flow.rules.js';

/** Nodes that a set grows to. */
const LARGEST_SET = 8;
/** Sizes of step that a cut is rounded by, at most. */
const STEPS = 6;
/** How far a cut has to be missed to be worth its price. */
const LEAST_MISSED = 0.02;
/** Roundings with a smaller remainder than this are of numbers that nearly divide: weak, and at the mercy of the last bit. */
const LEAST_REMAINDER = 0.02;
/** Roads used less are no start. */
const LEAST_USE = 0.05;
/** Sets with more shipments across are not looked at closer. */
const MOST_USED = 6;
/** Of an item at a time, so that every item gets some. */
const CUTS_AT_A_TIME = 20;

/** A road of an item within its face: see `ItemFace`. */
export interface FaceLane {
  place: number;
  road: number;
  shelf: number;
  need: number;
  most: number;
}

/** The places of a cut: a plan's shipments among them, each counted by its part, come to at least 1. */
export interface Cut {
  /** Says which cut it is, so that none is found twice. */
  key: string;
  lanes: { place: number; part: number }[];
  /** 1 less the parts that the places asked about come to. */
  missed: number;
}

/**
 * What an item's shelves give and its needs get in every plan that keeps the early goals, and the roads between them. Any set of shelves
 * and needs whose shelves give more than its needs get sends the rest out of the set, over as many places as that takes;
 * one whose needs get more than its shelves give, into it (cut-set inequalities of fixed charge flows, Van Roy and Wolsey 1986, with
 * mixed integer rounding, Nemhauser and Wolsey 1990). The linear program with a link
 * for every item knows none of these.
 */
export class ItemFace {
  readonly lanes: FaceLane[] = [];
  private readonly least: Float64Array;
  private readonly most: Float64Array;
  private readonly served: Float64Array;
  private readonly inside: Uint8Array;
  private readonly bond: Float64Array;
  private readonly degree: Float64Array;
  private readonly laneUse: Float64Array;
  private readonly across: Int32Array;
  private readonly lanesOf: number[][];

  constructor(flow: ItemFlow) {
    const { net, served, forbidden } = flow;
    const shelves = net.shelves.length;
    this.served = served;
    this.least = new Float64Array(shelves);
    this.most = new Float64Array(shelves);
    for (let shelf = 0; shelf < shelves; shelf++) [this.least[shelf], this.most[shelf]] = givenBy(flow, shelf);
    this.tighten();
    this.inside = new Uint8Array(shelves + served.length);
    this.bond = new Float64Array(shelves + served.length);
    this.lanesOf = Array.from(this.inside, () => []);
    for (let road = 0; road < forbidden.length; road++) {
      const [shelf, need] = [net.roadShelf[road]!, net.roadNeed[road]!];
      const most = Math.min(this.most[shelf]!, served[need]!);
      if (forbidden[road] === 1 || most <= 0 || flow.reducedEarly(flow.arcOf(road)) !== 0) continue;
      const lane = { place: net.roadPlace[road]!, road, shelf, need, most };
      this.lanesOf[shelf]!.push(this.lanes.length);
      this.lanesOf[shelves + need]!.push(this.lanes.length);
      this.lanes.push(lane);
    }
    this.laneUse = new Float64Array(this.lanes.length);
    this.across = new Int32Array(this.lanes.length);
    this.degree = new Float64Array(this.inside.length);
  }

  /** What all others can give at most says what is left for a shelf to give at least, and the other way round. */
  private tighten(): void {
    const { least, most } = this;
    const wanted = sumOf(this.served);
    const all = sumOf(most);
    for (let shelf = 0; shelf < least.length; shelf++)
      least[shelf] = Math.max(least[shelf]!, wanted - (all - most[shelf]!));
    const given = sumOf(least);
    for (let shelf = 0; shelf < least.length; shelf++)
      most[shelf] = Math.min(most[shelf]!, wanted - (given - least[shelf]!));
  }

  /** Cuts that these uses of places (0 to 1) miss by most. Sets grow from each node and each road used along the roads used most. */
  cuts(uses: Float64Array): Cut[] {
    const { lanes, laneUse, degree, least } = this;
    degree.fill(0);
    lanes.forEach(({ place, shelf, need }, at) => {
      const use = (laneUse[at] = uses[place]!);
      degree[shelf] = degree[shelf]! + use;
      degree[least.length + need] = degree[least.length + need]! + use;
    });
    const found = new Map<string, Cut>();
    for (let start = 0; start < degree.length; start++) if (degree[start]! > 0) this.grow(start, -1, found);
    lanes.forEach(({ shelf, need }, at) => {
      if (laneUse[at]! >= LEAST_USE) this.grow(shelf, least.length + need, found);
    });
    const missed = [...found.values()].sort(
      (one, other) => other.missed - one.missed || (one.key < other.key ? -1 : 1),
    );
    return apart(missed);
  }

  private grow(first: number, second: number, found: Map<string, Cut>): void {
    const { inside, bond } = this;
    inside.fill(0);
    bond.fill(0);
    let next = first;
    let out = 0;
    let into = 0;
    for (let size = 1; size <= LARGEST_SET && next >= 0; size++) {
      this.take(next);
      const [given, most] = next < this.least.length ? [this.least[next]!, this.most[next]!] : [-this.served[next - this.least.length]!, -this.served[next - this.least.length]!]; // prettier-ignore
      out += given;
      into -= most;
      if (out > 0) this.note('out', out, found);
      else if (into > 0) this.note('in', into, found);
      next = size === 1 && second >= 0 ? second : this.closest();
    }
  }

  /** Whom the set's roads use most, beside what leads elsewhere. */
  private closest(): number {
    const { inside, bond, degree } = this;
    let best = -1;
    let most = 0;
    for (let node = 0; node < bond.length; node++) {
      if (inside[node] === 1 || bond[node]! <= 0) continue;
      const worth = bond[node]! / degree[node]!;
      if (best >= 0 && worth <= most) continue;
      best = node;
      most = worth;
    }
    return best;
  }

  private take(node: number): void {
    const shelves = this.least.length;
    this.inside[node] = 1;
    for (const at of this.lanesOf[node]!) {
      const { shelf, need } = this.lanes[at]!;
      const other = node < shelves ? shelves + need : shelf;
      this.bond[other] = this.bond[other]! + this.laneUse[at]!;
    }
  }

  /** Keeps what the set says, where the uses miss it. */
  private note(side: 'out' | 'in', units: number, found: Map<string, Cut>): void {
    const { inside, least, lanes, lanesOf, laneUse, across } = this;
    const [first, last] = side === 'out' ? [0, least.length] : [least.length, inside.length];
    let count = 0;
    let sum = 0;
    for (let node = first; node < last; node++) {
      if (inside[node] === 0) continue;
      for (const at of lanesOf[node]!) {
        const { shelf, need } = lanes[at]!;
        if (inside[side === 'out' ? least.length + need : shelf] === 1) continue;
        across[count++] = at;
        sum += laneUse[at]!;
      }
      if (sum >= MOST_USED) return;
    }
    const crossing = across.subarray(0, count);
    const best = this.bestStep(crossing, units);
    if (!best) return;
    const { step, missed } = best;
    const set = inside.reduce<string>((list, one, node) => (one === 1 ? `${list},${node}` : list), '');
    const key = `${side}${set}/${step}`;
    if (found.has(key)) return;
    const parts = Array.from(crossing, (at) => ({
      place: lanes[at]!.place,
      part: partOf(lanes[at]!.most, step, units),
    }));
    found.set(key, { key, missed, lanes: parts });
  }

  /** Roundings to try: by all that has to cross, and by what the roads used most can carry. */
  private bestStep(crossing: Int32Array, units: number): { step: number; missed: number } | null {
    const { lanes, laneUse } = this;
    let best: { step: number; missed: number } | null = null;
    const tryStep = (step: number): void => {
      let sum = 0;
      for (const at of crossing) if (laneUse[at]! > 0) sum += laneUse[at]! * partOf(lanes[at]!.most, step, units);
      if (1 - sum > (best?.missed ?? LEAST_MISSED)) best = { step, missed: 1 - sum };
    };
    tryStep(2 * units);
    const used = [...crossing].filter((at) => laneUse[at]! > 0 && lanes[at]!.most < units);
    used.sort((one, other) => laneUse[other]! - laneUse[one]! || one - other);
    for (const at of used.slice(0, STEPS)) {
      const steps = units / lanes[at]!.most;
      if (steps - Math.floor(steps) >= LEAST_REMAINDER) tryStep(lanes[at]!.most);
    }
    return best;
  }
}

/** Rounded up, so many steps have to cross; what a place that can carry `most` counts among them. */
function partOf(most: number, step: number, units: number): number {
  const wanted = units / step;
  const has = Math.min(most, units) / step;
  const whole = Math.floor(has);
  const remainder = wanted - Math.floor(wanted);
  return (whole + Math.min(1, (has - whole) / remainder)) / Math.ceil(wanted);
}

/** The first ones, leaving out those that say of nearly the same places what others before them say. */
function apart(cuts: readonly Cut[]): Cut[] {
  const said = new Map<number, number>();
  const kept: Cut[] = [];
  for (const cut of cuts) {
    if (kept.length === CUTS_AT_A_TIME) break;
    const again = cut.lanes.filter(({ place }) => (said.get(place) ?? 0) >= 2).length;
    if (again > 0.8 * cut.lanes.length) continue;
    for (const { place } of cut.lanes) said.set(place, (said.get(place) ?? 0) + 1);
    kept.push(cut);
  }
  return kept;
}

/** Units that a shelf gives at least and at most when the early goals are held. */
function givenBy(flow: ItemFlow, shelf: number): [least: number, most: number] {
  const { stock, reserve } = flow.net;
  const { flow: carried } = flow.simplex.tree;
  const free = stock[shelf]! - reserve[shelf]!;
  const [kept, brought] = [2 * shelf, 2 * shelf + 1];
  const [keeps, gives] = [flow.reducedEarly(kept) !== 0, flow.reducedEarly(brought) !== 0];
  const [freeLeast, freeMost] = keeps ? [free - carried[kept]!, free - carried[kept]!] : [0, free];
  const [leastKept, mostKept] = gives ? [carried[brought]!, carried[brought]!] : [0, reserve[shelf]!];
  return [freeLeast + leastKept, freeMost + mostKept];
}

function sumOf(list: Float64Array): number {
  return list.reduce((sum, one) => sum + one, 0);
}
