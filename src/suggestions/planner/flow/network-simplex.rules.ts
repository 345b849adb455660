import { AT_CAPACITY, AT_ZERO, IN_TREE, SpanningTree } from './spanning-tree.rules.js';

/**
 * A flow problem: arcs with capacities and a cost of two levels, nodes that give (supply > 0) or take (supply < 0). Sums to 0. Lists of
 * arcs + nodes numbers leave room for the simplex' own arcs and are then its to change; others are copied.
 */
export interface Network {
  nodes: number;
  arcs: number;
  from: Int32Array;
  to: Int32Array;
  capacity: Float64Array;
  /** Counts first. */
  high: Float64Array;
  /** Decides among flows of equal high cost. */
  low: Float64Array;
  supply: Float64Array;
  /** High cost of a unit that no real arc brings: beyond any path of real arcs. */
  penalty: number;
  /** Per node: an arc that can carry all that it gives, to a node without such an arc; the start then hangs it there. -1 for none. */
  slack?: Int32Array;
}

export type Ending = 'optimal' | 'pivot-limit' | 'stopped';

export interface PivotLimits {
  pivots: number;
  shouldStop: () => boolean;
}

/** Pivots between two looks at `shouldStop`. */
const BATCH = 64;
/** Arcs looked at before a pivot, as a share of the root of all arcs. Measured: small blocks cost pivots and save time. */
const BLOCK_SHARE = 0.15;
const SMALLEST_BLOCK = 20;
/** Times this, one step of the high level exceeds any low one. */
const BEYOND_LOW = 2 ** 54;

/**
 * Primal network simplex with costs of two levels, compared lexicographically. All numbers are integers below 2^53 in
 * Float64, so that the answer is exact and the same on every machine. Each node hangs on a root by an artificial arc at
 * first (big-M); the leaving arc is the last one that blocks, which keeps the tree strongly feasible: no cycling
 * (Cunningham 1976; block search as in Grigoriadis 1986). A pivot costs O(nodes), a search for one O(sqrt(arcs)) to O(arcs).
 *
 * `network.high` and `network.low` may be changed between solves: call `reprice()` and solve again from the same tree.
 */
export class NetworkSimplex {
  readonly arcs: number;
  readonly tree: SpanningTree;
  pivots = 0;
  private readonly root: number;
  private readonly from: Int32Array;
  private readonly to: Int32Array;
  private readonly capacity: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  private readonly stack: Int32Array;
  private readonly block: number;
  private position = 0;

  constructor(network: Network) {
    const { nodes } = network;
    this.arcs = network.arcs;
    this.root = nodes;
    const all = this.arcs + nodes;
    this.from = extended(Int32Array, network.from, all);
    this.to = extended(Int32Array, network.to, all);
    this.capacity = extended(Float64Array, network.capacity, all);
    this.high = extended(Float64Array, network.high, all);
    this.low = extended(Float64Array, network.low, all);
    this.block = Math.max(SMALLEST_BLOCK, Math.floor(BLOCK_SHARE * Math.sqrt(all)));
    this.stack = new Int32Array(nodes + 1);
    this.tree = new SpanningTree(all, nodes + 1);
    const supply = network.supply.slice();
    for (let node = 0; node < nodes; node++) this.hangBySlack(node, supply, network.slack?.[node] ?? -1);
    for (let node = 0; node < nodes; node++) this.hang(node, supply[node]!, network.penalty);
    this.reprice();
  }

  /** A node that gives hangs on another one: what it gives is that one's to pass on. Arcs point up, so the start stays strongly feasible. */
  private hangBySlack(node: number, supply: Float64Array, arc: number): void {
    if (arc < 0) return;
    const above = this.to[arc]!;
    this.tree.flow[arc] = supply[node]!;
    this.tree.state[arc] = IN_TREE;
    this.tree.pointsUp[node] = 1;
    this.tree.attach(node, above, arc);
    supply[above] = supply[above]! + supply[node]!;
    supply[node] = 0;
  }

  /** A strongly feasible start: arcs that carry nothing point to the root. */
  private hang(node: number, supply: number, penalty: number): void {
    const { tree, root } = this;
    const arc = this.arcs + node;
    const gives = supply >= 0;
    this.from[arc] = gives ? node : root;
    this.to[arc] = gives ? root : node;
    this.capacity[arc] = Number.POSITIVE_INFINITY;
    this.high[arc] = penalty;
    if (tree.parent[node] !== -1) return;
    tree.flow[arc] = Math.abs(supply);
    tree.state[arc] = IN_TREE;
    tree.pointsUp[node] = gives ? 1 : 0;
    this.tree.attach(node, root, arc);
  }

  /** What the real arcs cannot bring: 0 when the problem has a flow at all. */
  missing(): number {
    let sum = 0;
    for (let arc = this.arcs; arc < this.tree.flow.length; arc++) sum += this.tree.flow[arc]!;
    return sum;
  }

  inTree(arc: number): boolean {
    return this.tree.state[arc] === IN_TREE;
  }

  /** High cost of one unit more on an arc at some potentials, all else following. */
  reducedHigh(arc: number, potentials: Float64Array): number {
    return this.high[arc]! + potentials[this.from[arc]!]! - potentials[this.to[arc]!]!;
  }

  /** Potentials from the root down, after costs have changed. O(nodes). */
  reprice(): void {
    const { stack, root } = this;
    const { firstChild, nextSibling, parent, high, low, depth } = this.tree;
    high[root] = 0;
    low[root] = 0;
    depth[root] = 0;
    let top = 0;
    for (let child = firstChild[root]!; child >= 0; child = nextSibling[child]!) stack[top++] = child;
    while (top > 0) {
      const node = stack[--top]!;
      depth[node] = depth[parent[node]!]! + 1;
      high[node] = this.potentialBelow(node, high, this.high);
      low[node] = this.potentialBelow(node, low, this.low);
      for (let child = firstChild[node]!; child >= 0; child = nextSibling[child]!) stack[top++] = child;
    }
  }

  /** Reduced cost is cost + potential(from) - potential(to); it is 0 on tree arcs. */
  private potentialBelow(node: number, potential: Float64Array, cost: Float64Array): number {
    const { parent, arcUp, pointsUp } = this.tree;
    const above = potential[parent[node]!]!;
    return pointsUp[node] === 1 ? above - cost[arcUp[node]!]! : above + cost[arcUp[node]!]!;
  }

  /** From the tree as it is to an optimal one. At a limit the tree is still a feasible one. */
  solve(limits: PivotLimits): Ending {
    const last = this.pivots + limits.pivots;
    for (;;) {
      const entering = this.findEntering();
      if (entering < 0) return 'optimal';
      if (this.pivots >= last) return 'pivot-limit';
      if (this.pivots % BATCH === BATCH - 1 && limits.shouldStop()) return 'stopped';
      this.pivots++;
      this.pivot(entering);
    }
  }

  /** The best arc of the first block that has a bad one; -1 when there is none. */
  private findEntering(): number {
    const { high, low, from, to, block } = this;
    const { state, high: ph, low: pl } = this.tree;
    const arcs = state.length;
    let arc = this.position;
    let best = -1;
    let bestHigh = 0;
    let bestLow = 0;
    for (let unseen = arcs; unseen > 0 && best < 0;) {
      let left = Math.min(block, unseen);
      unseen -= left;
      while (left > 0) {
        const end = Math.min(arc + left, arcs);
        left -= end - arc;
        for (; arc < end; arc++) {
          const u = from[arc]!;
          const v = to[arc]!;
          const reducedHigh = high[arc]! + ph[u]! - ph[v]!;
          const reducedLow = low[arc]! + pl[u]! - pl[v]!;
          // One comparison that nearly always fails, in place of two that nobody can foretell; its sign is exact, in the tree it is 0.
          const sign = state[arc]!;
          if (sign * (reducedHigh * BEYOND_LOW + reducedLow) >= 0) continue;
          const isBetter =
            sign * reducedHigh < bestHigh || (sign * reducedHigh === bestHigh && sign * reducedLow < bestLow);
          if (!isBetter) continue;
          bestHigh = sign * reducedHigh;
          bestLow = sign * reducedLow;
          best = arc;
        }
        if (arc === arcs) arc = 0;
      }
    }
    this.position = arc;
    return best;
  }

  private pivot(entering: number): void {
    const { from, to, capacity } = this;
    const { state, flow, parent, arcUp, pointsUp } = this.tree;
    const forward = state[entering] === AT_ZERO;
    const first = forward ? from[entering]! : to[entering]!;
    const second = forward ? to[entering]! : from[entering]!;
    const join = this.tree.joinOf(first, second);
    let room = capacity[entering]!;
    let leaving = -1;
    let onFirst = false;
    for (let node = first; node !== join; node = parent[node]!) {
      const arc = arcUp[node]!;
      const slack = pointsUp[node] === 1 ? flow[arc]! : capacity[arc]! - flow[arc]!;
      if (slack < room) {
        room = slack;
        leaving = node;
        onFirst = true;
      }
    }
    for (let node = second; node !== join; node = parent[node]!) {
      const arc = arcUp[node]!;
      const slack = pointsUp[node] === 1 ? capacity[arc]! - flow[arc]! : flow[arc]!;
      if (slack <= room) {
        room = slack;
        leaving = node;
        onFirst = false;
      }
    }
    if (room > 0) this.push(entering, room, { first, second, join });
    if (leaving < 0) {
      state[entering] = forward ? AT_CAPACITY : AT_ZERO;
      return;
    }
    const out = arcUp[leaving]!;
    state[out] = flow[out] === 0 ? AT_ZERO : AT_CAPACITY;
    state[entering] = IN_TREE;
    this.rehang(entering, { leaving, into: onFirst ? first : second, above: onFirst ? second : first });
  }

  private push(entering: number, units: number, cycle: { first: number; second: number; join: number }): void {
    const { state, flow, parent, arcUp, pointsUp } = this.tree;
    flow[entering] = flow[entering]! + state[entering]! * units;
    for (let node = cycle.first; node !== cycle.join; node = parent[node]!)
      flow[arcUp[node]!] = flow[arcUp[node]!]! + (pointsUp[node] === 1 ? -units : units);
    for (let node = cycle.second; node !== cycle.join; node = parent[node]!)
      flow[arcUp[node]!] = flow[arcUp[node]!]! + (pointsUp[node] === 1 ? units : -units);
  }

  /** Cuts the subtree below the leaving arc off and hangs it up again by the entering one. */
  private rehang(entering: number, { leaving, into, above }: { leaving: number; into: number; above: number }): void {
    const { parent, arcUp, pointsUp } = this.tree;
    let node = into;
    let newParent = above;
    let newArc = entering;
    let up = this.from[entering] === into ? 1 : 0;
    for (;;) {
      const oldParent = parent[node]!;
      const oldArc = arcUp[node]!;
      const oldUp = pointsUp[node]!;
      this.tree.detach(node, oldParent);
      pointsUp[node] = up;
      this.tree.attach(node, newParent, newArc);
      if (node === leaving) break;
      newParent = node;
      newArc = oldArc;
      up = oldUp === 1 ? 0 : 1;
      node = oldParent;
    }
    this.shiftBelow(into);
  }

  /** All potentials below a node that was hung up elsewhere change by the same two numbers. */
  private shiftBelow(top: number): void {
    const { stack } = this;
    const { high, low, depth, parent, firstChild, nextSibling } = this.tree;
    const shiftHigh = this.potentialBelow(top, high, this.high) - high[top]!;
    const shiftLow = this.potentialBelow(top, low, this.low) - low[top]!;
    let size = 0;
    stack[size++] = top;
    while (size > 0) {
      const node = stack[--size]!;
      high[node] = high[node]! + shiftHigh;
      low[node] = low[node]! + shiftLow;
      depth[node] = depth[parent[node]!]! + 1;
      for (let child = firstChild[node]!; child >= 0; child = nextSibling[child]!) stack[size++] = child;
    }
  }
}

function extended<A extends Int32Array | Float64Array>(make: new (length: number) => A, part: A, length: number): A {
  if (part.length === length) return part;
  const whole = new make(length);
  whole.set(part);
  return whole;
}
