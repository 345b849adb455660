/** Where an arc stands: in the tree, or outside it with no flow or all that it can carry. */
export const IN_TREE = 0;
export const AT_ZERO = 1;
export const AT_CAPACITY = -1;

const PARTS = [
  'flow', 'state', 'parent', 'arcUp', 'pointsUp', 'depth', 'firstChild', 'nextSibling', 'priorSibling', 'high', 'low',
] as const; // prettier-ignore

/**
 * A spanning tree with its flow and potentials, as child lists. Enough to go back to, or to start from after costs have
 * changed. Saving and restoring copies O(arcs) numbers.
 */
export class SpanningTree {
  /** Per arc. */
  readonly flow: Float64Array;
  readonly state: Int8Array;
  /** Per node: who is above, by which arc, and whether that arc points up. */
  readonly parent: Int32Array;
  readonly arcUp: Int32Array;
  readonly pointsUp: Uint8Array;
  readonly depth: Int32Array;
  readonly firstChild: Int32Array;
  readonly nextSibling: Int32Array;
  readonly priorSibling: Int32Array;
  /** Potentials of the two cost levels. */
  readonly high: Float64Array;
  readonly low: Float64Array;

  constructor(
    readonly arcs: number,
    readonly nodes: number,
  ) {
    const links = (): Int32Array => new Int32Array(nodes).fill(-1);
    this.flow = new Float64Array(arcs);
    this.state = new Int8Array(arcs).fill(AT_ZERO);
    this.parent = links();
    this.arcUp = links();
    this.pointsUp = new Uint8Array(nodes);
    this.depth = new Int32Array(nodes);
    this.firstChild = links();
    this.nextSibling = links();
    this.priorSibling = links();
    this.high = new Float64Array(nodes);
    this.low = new Float64Array(nodes);
  }

  copy(): SpanningTree {
    const copy = new SpanningTree(this.arcs, this.nodes);
    copy.become(this);
    return copy;
  }

  become(other: SpanningTree): void {
    for (const part of PARTS) this[part].set(other[part]);
  }

  attach(node: number, parent: number, arc: number): void {
    const first = this.firstChild[parent]!;
    this.parent[node] = parent;
    this.arcUp[node] = arc;
    this.nextSibling[node] = first;
    this.priorSibling[node] = -1;
    if (first >= 0) this.priorSibling[first] = node;
    this.firstChild[parent] = node;
  }

  detach(node: number, parent: number): void {
    const prior = this.priorSibling[node]!;
    const next = this.nextSibling[node]!;
    if (prior >= 0) this.nextSibling[prior] = next;
    else this.firstChild[parent] = next;
    if (next >= 0) this.priorSibling[next] = prior;
  }

  /** The lowest node that is above both. */
  joinOf(one: number, other: number): number {
    const { depth, parent } = this;
    let a = one;
    let b = other;
    while (a !== b) {
      if (depth[a]! > depth[b]!) a = parent[a]!;
      else if (depth[b]! > depth[a]!) b = parent[b]!;
      else {
        a = parent[a]!;
        b = parent[b]!;
      }
    }
    return a;
  }
}
