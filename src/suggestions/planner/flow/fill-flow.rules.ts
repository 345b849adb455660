import type { ItemNet } from './item-net.rules.js';

/**
 * Units on the roads of one item, raised and lowered need by need. Raising one need never lowers another: goods of other
 * needs are at most fetched from elsewhere (augmenting paths, breadth first).
 */
export class FillFlow {
  readonly served: Float64Array;
  /** Units per shelf and need, `shelf * needs + need`. */
  readonly units: Float64Array;
  readonly left: Float64Array;
  private readonly viaNeed: Int32Array;
  private readonly viaShelf: Int32Array;
  /** The number of the search that saw it last. */
  private readonly seenShelf: Int32Array;
  private readonly seenNeed: Int32Array;
  private searches = 0;
  private readonly queue: Int32Array;

  constructor(private readonly net: ItemNet) {
    const { shelves, needs } = net;
    this.served = new Float64Array(needs.length);
    this.units = new Float64Array(shelves.length * needs.length);
    this.left = net.stock.slice();
    this.viaNeed = new Int32Array(shelves.length);
    this.viaShelf = new Int32Array(needs.length);
    this.seenShelf = new Int32Array(shelves.length);
    this.seenNeed = new Int32Array(needs.length);
    this.queue = new Int32Array(needs.length);
  }

  /** Serves a need up to a number of units, as far as the shelves allow. True when it got there. */
  raise(need: number, to: number): boolean {
    while (this.served[need]! < to) {
      const shelf = this.search([need]);
      if (shelf < 0) return false;
      this.augment(shelf, to - this.served[need]!);
    }
    return true;
  }

  lower(need: number, to: number): void {
    const { left, units, served, net } = this;
    const needs = net.needs.length;
    for (let shelf = net.shelves.length - 1; shelf >= 0 && served[need]! > to; shelf--) {
      const at = shelf * needs + need;
      const back = Math.min(units[at]!, served[need]! - to);
      if (back <= 0) continue;
      units[at] = units[at]! - back;
      left[shelf] = left[shelf]! + back;
      served[need] = served[need]! - back;
    }
  }

  /** The needs that share their (empty) shelves with the given ones, these included: together they can get nothing more. */
  tiedTo(needs: readonly number[]): number[] {
    if (this.search(needs) >= 0) throw new Error('supplies.not-saturated');
    return [...this.seenNeed.keys()].filter((need) => this.seenNeed[need] === this.searches);
  }

  /** The first shelf with goods left that can be reached, -1 when there is none. Leaves the way back in `via...`. */
  private search(from: readonly number[]): number {
    const { net, queue, seenNeed, seenShelf, viaNeed, viaShelf, left, units } = this;
    const { firstTo, roadsTo, roadShelf } = net;
    const needs = net.needs.length;
    const now = ++this.searches;
    let tail = 0;
    for (const need of from) {
      queue[tail++] = need;
      seenNeed[need] = now;
      viaShelf[need] = -1;
    }
    for (let head = 0; head < tail; head++) {
      const need = queue[head]!;
      for (let at = firstTo[need]!; at < firstTo[need + 1]!; at++) {
        const shelf = roadShelf[roadsTo[at]!]!;
        if (left[shelf]! <= 0) continue;
        viaNeed[shelf] = need;
        return shelf;
      }
      for (let at = firstTo[need]!; at < firstTo[need + 1]!; at++) {
        const shelf = roadShelf[roadsTo[at]!]!;
        if (seenShelf[shelf] === now) continue;
        seenShelf[shelf] = now;
        viaNeed[shelf] = need;
        const row = shelf * needs;
        for (let other = 0; other < needs; other++) {
          if (seenNeed[other] === now || units[row + other]! <= 0) continue;
          seenNeed[other] = now;
          viaShelf[other] = shelf;
          queue[tail++] = other;
        }
      }
    }
    return -1;
  }

  private augment(shelf: number, most: number): void {
    const { viaNeed, viaShelf, units, left, served, net } = this;
    const needs = net.needs.length;
    let amount = Math.min(most, left[shelf]!);
    for (let x = shelf; viaShelf[viaNeed[x]!]! >= 0; x = viaShelf[viaNeed[x]!]!)
      amount = Math.min(amount, units[viaShelf[viaNeed[x]!]! * needs + viaNeed[x]!]!);
    left[shelf] = left[shelf]! - amount;
    for (let x = shelf; ;) {
      const need = viaNeed[x]!;
      units[x * needs + need] = units[x * needs + need]! + amount;
      const from = viaShelf[need]!;
      if (from < 0) {
        served[need] = served[need]! + amount;
        return;
      }
      units[from * needs + need] = units[from * needs + need]! - amount;
      x = from;
    }
  }
}
