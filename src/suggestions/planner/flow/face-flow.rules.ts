import type { ItemFlow } from './item-flow.rules.js';

/**
 * All flows of an item that are best in its early goals: those that leave alone what has a reduced cost. Inside, units can
 * be moved from road to road by plain search, which tells at once whether an item can do without some roads, and why not.
 *
 * Nodes: shelves, then needs, then the source. Built from a solved item; its tree is not touched.
 */
export class FaceFlow {
  /** Per road. */
  readonly units: Float64Array;
  /** Roads that may not be used any more. */
  readonly closed: Uint8Array;
  /** Units that a shelf could still give or take back within the face. */
  private readonly spare: Float64Array;
  private readonly given: Float64Array;
  /** Road is on the face: its units may change. */
  private readonly isFree: Uint8Array;
  private readonly source: number;
  private readonly via: Int32Array;
  private readonly queue: Int32Array;
  private tail = 0;
  /** Per shelf: roads on the face that carry anything. */
  private readonly loaded: RoadLists;
  /** Per need: the open road to it from the shelf that gives, -1 when there is none. */
  private readonly wayTo: Int32Array;
  /** What `clear` has changed so far: place and units by turns, see `follow`. */
  private readonly changed: number[] = [];

  constructor(readonly flow: ItemFlow) {
    const { net, simplex } = flow;
    const shelves = net.shelves.length;
    this.source = shelves + net.needs.length;
    this.units = simplex.tree.flow.slice(2 * shelves, 2 * shelves + net.roadShelf.length);
    this.closed = new Uint8Array(net.roadShelf.length);
    this.isFree = new Uint8Array(net.roadShelf.length);
    this.loaded = new RoadLists(shelves, net.roadShelf.length);
    this.findFree();
    this.spare = new Float64Array(shelves);
    this.given = new Float64Array(shelves);
    for (let shelf = 0; shelf < shelves; shelf++) this.readShelf(shelf);
    this.via = new Int32Array(this.source + 1);
    this.queue = new Int32Array(this.source + 1);
    this.wayTo = new Int32Array(net.needs.length);
  }

  /** Roads without a reduced cost: `reducedEarly` of all of them in one go. */
  private findFree(): void {
    const { isFree, units, loaded } = this;
    const { leastHighPotentials: potentials, forbidden, digits, simplex, net } = this.flow;
    const { roadShelf, roadNeed } = net;
    const shelves = net.shelves.length;
    for (let road = 0; road < isFree.length; road++) {
      const reduced =
        simplex.high[2 * shelves + road]! + potentials[roadShelf[road]!]! - potentials[shelves + roadNeed[road]!]!;
      if (reduced !== (forbidden[road] === 1 ? digits.forbidden : 0)) continue;
      isFree[road] = 1;
      if (units[road]! > 0) loaded.add(roadShelf[road]!, road);
    }
  }

  /** Free stock stays with the source until it goes; the reserve is brought by it. */
  private readShelf(shelf: number): void {
    const { net, simplex } = this.flow;
    const { flow } = simplex.tree;
    const free = net.stock[shelf]! - net.reserve[shelf]!;
    const [kept, brought] = [2 * shelf, 2 * shelf + 1];
    if (this.flow.reducedEarly(kept) === 0) {
      this.given[shelf] = free - flow[kept]!;
      this.spare[shelf] = flow[kept]!;
    }
    if (this.flow.reducedEarly(brought) !== 0) return;
    this.given[shelf] = this.given[shelf]! + flow[brought]!;
    this.spare[shelf] = this.spare[shelf]! + net.reserve[shelf]! - flow[brought]!;
  }

  /**
   * Moves all units off some roads to a need, over roads that are open. On failure nothing has changed, and the answer is
   * the potentials that prove it: those of the early goals, one step higher wherever more units could still come from.
   */
  clear(need: number, roads: readonly number[]): Float64Array | null {
    this.changed.length = 0;
    for (const road of roads) this.closed[road]!++;
    for (const road of roads)
      while (this.units[road]! > 0) {
        if (this.search(this.flow.net.roadShelf[road]!, need)) {
          this.move(road, need);
          continue;
        }
        const proof = this.stranded();
        for (const closed of roads) this.closed[closed]!--;
        this.rollBack();
        return proof;
      }
    return null;
  }

  /** Opens roads again that were closed by `clear`. */
  open(roads: readonly number[]): void {
    for (const road of roads) this.closed[road]!--;
  }

  /**
   * Backwards from the need, nearest shelves first: whichever node can send it a unit more. Most answers are a shelf with goods left
   * beside the need, so the search ends after a few roads. Leaves the way from there in `via`.
   */
  private search(from: number, need: number): boolean {
    const { via, queue, source } = this;
    const shelves = this.flow.net.shelves.length;
    via.fill(UNSEEN);
    via[shelves + need] = GOAL;
    if (this.readWays(from, need)) return true;
    queue[0] = shelves + need;
    this.tail = 1;
    for (let head = 0; head < this.tail; head++) {
      const node = queue[head]!;
      const found =
        node === source
          ? this.intoSource(from)
          : node < shelves
            ? this.intoShelf(node, from)
            : this.intoNeed(node - shelves, from);
      if (found) return true;
    }
    return false;
  }

  /** Notes the needs that the giving shelf has an open road to. True when the need itself is one. */
  private readWays(from: number, need: number): boolean {
    const { wayTo, isFree, closed } = this;
    const { firstRoad, roadNeed } = this.flow.net;
    wayTo.fill(-1);
    for (let road = firstRoad[from]!; road < firstRoad[from + 1]!; road++)
      if (isFree[road] === 1 && closed[road] === 0) wayTo[roadNeed[road]!] = road;
    if (wayTo[need] === -1) return false;
    this.via[from] = wayTo[need]!;
    return true;
  }

  /** A need gets units from shelves with an open road. True when one of them has some left that the giving shelf makes up for. */
  private intoNeed(need: number, from: number): boolean {
    const { via, queue, isFree, closed, spare, source } = this;
    const { firstTo, roadsTo, roadShelf } = this.flow.net;
    const canGiveBack = this.given[from]! > 0;
    for (let at = firstTo[need]!; at < firstTo[need + 1]!; at++) {
      const road = roadsTo[at]!;
      if (isFree[road] === 0 || closed[road] !== 0) continue;
      const shelf = roadShelf[road]!;
      if (via[shelf] !== UNSEEN) continue;
      via[shelf] = road;
      queue[this.tail++] = shelf;
      if (spare[shelf] === 0 || via[source] !== UNSEEN) continue;
      via[source] = shelf;
      if (canGiveBack) {
        via[from] = TO_SOURCE;
        return true;
      }
      queue[this.tail++] = source;
    }
    return false;
  }

  /** A shelf gets units back from the needs that it serves. True when the shelf that gives can serve one of them instead. */
  private intoShelf(shelf: number, from: number): boolean {
    const { via, queue, wayTo, loaded } = this;
    const { roadNeed, shelves } = this.flow.net;
    for (let road = loaded.first[shelf]!; road >= 0; road = loaded.next[road]!) {
      const node = shelves.length + roadNeed[road]!;
      if (via[node] !== UNSEEN) continue;
      via[node] = road;
      if (wayTo[roadNeed[road]!]! >= 0) {
        via[from] = wayTo[roadNeed[road]!]!;
        return true;
      }
      queue[this.tail++] = node;
    }
    return false;
  }

  /** The source gets back what other shelves can do without. */
  private intoSource(from: number): boolean {
    const { via, queue, given } = this;
    for (let shelf = 0; shelf < given.length; shelf++) {
      if (via[shelf] !== UNSEEN || given[shelf]! <= 0) continue;
      via[shelf] = TO_SOURCE;
      if (shelf === from) return true;
      queue[this.tail++] = shelf;
    }
    return false;
  }

  /** Sends as many units as the way found has room for, instead of over the road that is to be cleared. */
  private move(cleared: number, need: number): void {
    const from = this.flow.net.roadShelf[cleared]!;
    const amount = this.roomOf(from, { need, most: this.units[cleared]! });
    this.change(cleared, -amount);
    this.follow(from, need, (at, sign) => this.change(at, sign * amount));
  }

  private roomOf(from: number, { need, most }: { need: number; most: number }): number {
    let room = most;
    this.follow(from, need, (at, sign) => {
      if (at < 0) room = Math.min(room, sign > 0 ? this.spare[-1 - at]! : this.given[-1 - at]!);
      else if (sign < 0) room = Math.min(room, this.units[at]!);
    });
    return room;
  }

  /** Every step of the way found: a road, or a shelf as -1 - shelf where the source gives (+) or takes back (-). */
  private follow(from: number, need: number, step: (at: number, sign: 1 | -1) => void): void {
    const { via, source } = this;
    const { shelves, roadShelf, roadNeed } = this.flow.net;
    const goal = shelves.length + need;
    for (let node = from; node !== goal;) {
      const next = via[node]!;
      if (node === source) {
        step(-1 - next, 1);
        node = next;
      } else if (next === TO_SOURCE) {
        step(-1 - node, -1);
        node = source;
      } else if (node < shelves.length) {
        step(next, 1);
        node = shelves.length + roadNeed[next]!;
      } else {
        step(next, -1);
        node = roadShelf[next]!;
      }
    }
  }

  private change(at: number, units: number): void {
    this.apply(at, units);
    this.changed.push(at, units);
  }

  private apply(at: number, units: number): void {
    if (at >= 0) {
      const before = this.units[at]!;
      this.units[at] = before + units;
      if (before === 0) this.loaded.add(this.flow.net.roadShelf[at]!, at);
      else if (before + units === 0) this.loaded.remove(this.flow.net.roadShelf[at]!, at);
    } else {
      const shelf = -1 - at;
      this.given[shelf] = this.given[shelf]! + units;
      this.spare[shelf] = this.spare[shelf]! - units;
    }
  }

  private rollBack(): void {
    for (let last = this.changed.length - 2; last >= 0; last -= 2)
      this.apply(this.changed[last]!, -this.changed[last + 1]!);
    this.changed.length = 0;
  }

  /** Potentials of the early goals, one step higher wherever units could still come from. */
  private stranded(): Float64Array {
    return this.flow.leastHighPotentials.map((potential, node) =>
      this.via[node] === UNSEEN ? potential : potential + 1,
    );
  }
}

/** Lists of roads, one for each shelf. */
class RoadLists {
  readonly first: Int32Array;
  readonly next: Int32Array;
  private readonly prior: Int32Array;

  constructor(shelves: number, roads: number) {
    this.first = new Int32Array(shelves).fill(-1);
    this.next = new Int32Array(roads).fill(-1);
    this.prior = new Int32Array(roads).fill(-1);
  }

  add(shelf: number, road: number): void {
    const first = this.first[shelf]!;
    this.next[road] = first;
    this.prior[road] = -1;
    if (first >= 0) this.prior[first] = road;
    this.first[shelf] = road;
  }

  remove(shelf: number, road: number): void {
    const next = this.next[road]!;
    const prior = this.prior[road]!;
    if (prior >= 0) this.next[prior] = next;
    else this.first[shelf] = next;
    if (next >= 0) this.prior[next] = prior;
  }
}

const UNSEEN = -1;
const GOAL = -2;
const TO_SOURCE = -3;
