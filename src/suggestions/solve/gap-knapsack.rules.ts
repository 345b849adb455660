/** Cheapest set of items within a capacity: items have costs below zero and whole sizes. */
export class Knapsack {
  private count = 0;
  private capacity = 0;
  private sizes: Int32Array = new Int32Array(0);
  private costs: Float64Array = new Float64Array(0);
  /** `forward[k * (capacity + 1) + w]`: the least cost of the first `k` items within `w`. */
  private forward = new Float64Array(0);
  /** The same for the last items. */
  private backward = new Float64Array(0);

  /** Fills the table for these items. Returns the least cost. */
  solve(count: number, sizes: Int32Array, costs: Float64Array, capacity: number): number {
    this.count = count;
    this.capacity = capacity;
    this.sizes = sizes;
    this.costs = costs;
    const width = capacity + 1;
    if (this.forward.length < width * (count + 1)) this.forward = new Float64Array(width * (count + 1) * 2);
    const { forward } = this;
    forward.fill(0, 0, width);
    for (let k = 0; k < count; k += 1)
      extend(forward, k * width, (k + 1) * width, { width, size: sizes[k]!, cost: costs[k]! });
    return forward[count * width + capacity]!;
  }

  /** Which items are taken: 1 in `taken`. */
  trace(taken: Uint8Array): void {
    const width = this.capacity + 1;
    let left = this.capacity;
    for (let k = this.count - 1; k >= 0; k -= 1) {
      const isTaken = this.forward[(k + 1) * width + left]! < this.forward[k * width + left]!;
      taken[k] = isTaken ? 1 : 0;
      if (isTaken) left -= this.sizes[k]!;
    }
  }

  /** Least cost within a smaller capacity. */
  within(capacity: number): number {
    return this.forward[this.count * (this.capacity + 1) + capacity]!;
  }

  /** Must be called before `without`. */
  prepareBackward(): void {
    const { count, sizes, costs } = this;
    const width = this.capacity + 1;
    if (this.backward.length < width * (count + 1)) this.backward = new Float64Array(width * (count + 1) * 2);
    this.backward.fill(0, count * width, (count + 1) * width);
    for (let k = count - 1; k >= 0; k -= 1)
      extend(this.backward, (k + 1) * width, k * width, { width, size: sizes[k]!, cost: costs[k]! });
  }

  /** Least cost without item `k`, within a capacity. */
  without(k: number, capacity: number): number {
    const width = this.capacity + 1;
    const { forward, backward } = this;
    const before = k * width;
    const after = (k + 1) * width + capacity;
    let least = Number.POSITIVE_INFINITY;
    for (let w = 0; w <= capacity; w += 1) {
      const cost = forward[before + w]! + backward[after - w]!;
      if (cost < least) least = cost;
    }
    return least;
  }
}

function extend(
  table: Float64Array,
  from: number,
  to: number,
  { width, size, cost }: { width: number; size: number; cost: number },
): void {
  const start = Math.min(size, width);
  for (let w = 0; w < start; w += 1) table[to + w] = table[from + w]!;
  for (let w = start; w < width; w += 1) {
    const kept = table[from + w]!;
    const taken = table[from + w - size]! + cost;
    table[to + w] = taken < kept ? taken : kept;
  }
}
