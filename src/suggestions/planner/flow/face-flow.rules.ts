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
  private readonly changes: { road: number; shelf: number; units: number }[] = [];

  constructor(readonly flow: ItemFlow) {
    const { net, simplex } = flow;
    const shelves = net.shelves.length;
    this.source = shelves + net.needs.length;
    this.units = simplex.tree.flow.slice(2 * shelves, 2 * shelves + net.roadShelf.length);
    this.closed = new Uint8Array(net.roadShelf.length);
    this.isFree = new Uint8Array(net.roadShelf.length);
    for (let road = 0; road < this.isFree.length; road++)
      this.isFree[road] = flow.reducedEarly(flow.arcOf(road)) === 0 ? 1 : 0;
    this.spare = new Float64Array(shelves);
    this.given = new Float64Array(shelves);
    for (let shelf = 0; shelf < shelves; shelf++) this.readShelf(shelf);
    this.via = new Int32Array(this.source + 1);
    this.queue = new Int32Array(this.source + 1);
  }

  private readShelf(shelf: number): void {
    const { net, simplex } = this.flow;
    const capacity = [net.stock[shelf]! - net.reserve[shelf]!, net.reserve[shelf]!];
    for (const [part, most] of capacity.entries()) {
      const arc = 2 * shelf + part;
      if (this.flow.reducedEarly(arc) !== 0) continue;
      const units = simplex.tree.flow[arc]!;
      this.given[shelf] = this.given[shelf]! + units;
      this.spare[shelf] = this.spare[shelf]! + most - units;
    }
  }

  /**
   * Moves all units off some roads to a need, over roads that are open. On failure nothing has changed, and the answer is
   * the potentials that prove it: those of the early goals, one step lower wherever the stranded units could go.
   */
  clear(need: number, roads: readonly number[]): Float64Array | null {
    this.changes.length = 0;
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

  private search(from: number, to: number): boolean {
    const { via, queue, source } = this;
    const shelves = this.flow.net.shelves.length;
    const goal = shelves + to;
    via.fill(UNSEEN);
    via[from] = START;
    queue[0] = from;
    let tail = 1;
    for (let head = 0; head < tail; head++) {
      const node = queue[head]!;
      if (node === source) tail = this.fromSource(tail);
      else if (node < shelves) tail = this.fromShelf(node, tail);
      else tail = this.fromNeed(node - shelves, tail);
      if (via[goal] !== UNSEEN) return true;
    }
    return false;
  }

  /** A shelf with units too many sends them elsewhere, or leaves them with the source. */
  private fromShelf(shelf: number, last: number): number {
    const { via, queue, isFree, closed, source } = this;
    const { firstRoad, roadNeed, shelves } = this.flow.net;
    let tail = last;
    if (via[source] === UNSEEN && this.given[shelf]! > 0) {
      via[source] = shelf;
      queue[tail++] = source;
    }
    for (let road = firstRoad[shelf]!; road < firstRoad[shelf + 1]!; road++) {
      const node = shelves.length + roadNeed[road]!;
      if (via[node] !== UNSEEN || isFree[road] === 0 || closed[road] !== 0) continue;
      via[node] = road;
      queue[tail++] = node;
    }
    return tail;
  }

  /** A need with units too many sends some back to a shelf. */
  private fromNeed(need: number, last: number): number {
    const { via, queue, isFree, units } = this;
    const { firstTo, roadsTo, roadShelf } = this.flow.net;
    let tail = last;
    for (let at = firstTo[need]!; at < firstTo[need + 1]!; at++) {
      const road = roadsTo[at]!;
      const shelf = roadShelf[road]!;
      if (via[shelf] !== UNSEEN || isFree[road] === 0 || units[road]! <= 0) continue;
      via[shelf] = road;
      queue[tail++] = shelf;
    }
    return tail;
  }

  private fromSource(last: number): number {
    const { via, queue, spare } = this;
    let tail = last;
    for (let shelf = 0; shelf < spare.length; shelf++) {
      if (via[shelf] !== UNSEEN || spare[shelf]! <= 0) continue;
      via[shelf] = FROM_SOURCE;
      queue[tail++] = shelf;
    }
    return tail;
  }

  /** The way found, from its end: every step with the units that it allows. */
  private *wayBack(to: number): Generator<{ road: number; shelf: number; sign: 1 | -1; room: number }> {
    const { via, source, units, spare, given } = this;
    const { shelves, roadShelf, roadNeed } = this.flow.net;
    for (let node = to; via[node] !== START;) {
      const step = via[node]!;
      if (node === source) {
        yield { road: -1, shelf: step, sign: -1, room: given[step]! };
        node = step;
      } else if (step === FROM_SOURCE) {
        yield { road: -1, shelf: node, sign: 1, room: spare[node]! };
        node = source;
      } else if (node < shelves.length) {
        yield { road: step, shelf: -1, sign: -1, room: units[step]! };
        node = shelves.length + roadNeed[step]!;
      } else {
        yield { road: step, shelf: -1, sign: 1, room: Number.POSITIVE_INFINITY };
        node = roadShelf[step]!;
      }
    }
  }

  private move(road: number, need: number): void {
    const steps = [...this.wayBack(this.flow.net.shelves.length + need)];
    const amount = steps.reduce((least, { room }) => Math.min(least, room), this.units[road]!);
    this.change({ road, shelf: -1, units: -amount });
    for (const { road: each, shelf, sign } of steps) this.change({ road: each, shelf, units: sign * amount });
  }

  private change(change: { road: number; shelf: number; units: number }): void {
    this.apply(change, 1);
    this.changes.push(change);
  }

  private apply({ road, shelf, units }: { road: number; shelf: number; units: number }, sign: 1 | -1): void {
    if (road >= 0) this.units[road] = this.units[road]! + sign * units;
    else {
      this.given[shelf] = this.given[shelf]! + sign * units;
      this.spare[shelf] = this.spare[shelf]! - sign * units;
    }
  }

  private rollBack(): void {
    for (let at = this.changes.length - 1; at >= 0; at--) this.apply(this.changes[at]!, -1);
    this.changes.length = 0;
  }

  private stranded(): Float64Array {
    return this.flow.leastHighPotentials.map((potential, node) =>
      this.via[node] === UNSEEN ? potential : potential - 1,
    );
  }
}

const UNSEEN = -1;
const START = -2;
const FROM_SOURCE = -3;
