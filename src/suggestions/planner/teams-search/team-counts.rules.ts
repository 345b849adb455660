import { patternsOf } from './team-patterns.rules.js';
import type { TeamSizes } from './team-patterns.rules.js';

/** What one capability is asked for at an incident. */
export interface Asked {
  heads: number;
  weight: number;
}

/** So many teams of each size are needed that no more than this is missing, weighed. */
export interface CountPoint {
  counts: number[];
  unmet: number;
}

/** States of a table, patterns of a requirement, and both multiplied, above which no table is made: some 50 ms each. */
const MOST_STATES = 60_000;
const MOST_PATTERNS = 2_000;
const MOST_WORK = 20_000_000;
const NEVER = 1_000_000;

/**
 * What is missing at least of all that is asked of one capability, by how many teams of each size it has; who is in reach is left out, so it
 * is a lower bound. Exact dynamic programming, requirement by requirement. Null where it would be too large.
 */
export class CountTable {
  private readonly strides: number[];
  private readonly states: number;
  private unmet: Int32Array;

  private constructor(private readonly sizes: TeamSizes) {
    const { counts } = sizes;
    this.strides = counts.map((_, size) => counts.slice(0, size).reduce((product, count) => product * (count + 1), 1));
    this.states = counts.reduce((product, count) => product * (count + 1), 1);
    this.unmet = new Int32Array(Math.min(this.states, MOST_STATES));
  }

  /** @param allowed weighed heads missing beyond which nothing is of interest */
  static of(asked: readonly Asked[], sizes: TeamSizes, allowed: number): CountTable | null {
    const table = new CountTable(sizes);
    if (table.states > MOST_STATES) return null;
    return asked.every((one) => table.add(one, allowed)) ? table : null;
  }

  private add({ heads, weight }: Asked, allowed: number): boolean {
    const { sizes, strides, states } = this;
    const patterns = patternsOf(heads, sizes, Math.floor(allowed / weight), MOST_PATTERNS);
    if (!patterns || patterns.length * states > MOST_WORK) return false;
    const costs = Int32Array.from(patterns, ({ missing }) => missing * weight);
    const offsets = Int32Array.from(patterns, ({ counts }) => dot(counts, strides));
    const before = this.unmet;
    const after = new Int32Array(states).fill(NEVER);
    patterns.forEach(({ counts }, pattern) => {
      const [offset, cost] = [offsets[pattern]!, costs[pattern]!];
      this.visit(counts, (first, end) => {
        for (let state = first; state < end; state++) {
          const unmet = before[state - offset]! + cost;
          if (unmet < after[state]!) after[state] = unmet;
        }
      });
    });
    this.unmet = after;
    return true;
  }

  /** Every state that has at least these counts, in runs that differ in the first size only. */
  private visit(least: readonly number[], see: (first: number, end: number) => void): void {
    const { strides } = this;
    const { counts } = this.sizes;
    const go = (size: number, state: number): void => {
      if (size === 0) return see(state + least[0]!, state + counts[0]! + 1);
      for (let count = least[size]!; count <= counts[size]!; count++) go(size - 1, state + count * strides[size]!);
    };
    if (counts.length > 0) go(counts.length - 1, 0);
    else see(0, 1);
  }

  /** Missing at least when the capability has all its teams. */
  get least(): number {
    return this.unmet[this.states - 1]!;
  }

  /** The points of which no other needs fewer teams for as little: with fewer teams of any size more is missing. */
  points(allowed: number): CountPoint[] {
    const points: CountPoint[] = [];
    for (let state = 0; state < this.states; state++) {
      const unmet = this.unmet[state]!;
      if (unmet > allowed) continue;
      const counts = this.countsAt(state);
      if (counts.every((count, size) => count === 0 || this.unmet[state - this.strides[size]!]! > unmet))
        points.push({ counts, unmet });
    }
    return points;
  }

  private countsAt(state: number): number[] {
    return this.sizes.counts.map((count, size) => Math.floor(state / this.strides[size]!) % (count + 1));
  }
}

function dot(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, value, at) => sum + value * other[at]!, 0);
}
