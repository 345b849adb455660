import { CLOSED, type CapPricing, CapRelaxation, FREE, OPEN } from './cap-relaxation.rules.js';
import { transport } from './cap-transport.rules.js';
import { type CapInstance, type Limits, PROOF_TOLERANCE, type Solved } from './solve.types.js';

const ROOT_EVALUATIONS = 2000;
const NODE_EVALUATIONS = 120;
const PATIENCE = 15;
const SMALLEST_STEP = 1e-4;
const MEMORY = 0.05;
/** Choices that the search around the best one may try, so that large instances do not spend their time there. */
const SEARCH_WORK = 3_000_000;

interface Node {
  state: Int8Array;
  prices: Float64Array;
  bound: number;
  depth: number;
}

/** Branch and bound over the warehouses, depth first; for each choice of warehouses the transport is solved exactly. */
export function solveCap(instance: CapInstance, limits: Limits): Solved<number[]> {
  return new CapTree(instance, limits).solve();
}

class CapTree {
  private best: number[] | null = null;
  private cost = Number.POSITIVE_INFINITY;
  private readonly relaxation: CapRelaxation;
  private readonly tried = new Map<string, number>();
  /** Least bound at which something was cut away: what is within the tolerance of the best is not told apart from it. */
  private leastCut = Number.POSITIVE_INFINITY;
  private nodes = 0;
  private evaluations = 0;
  private stopped = false;

  constructor(
    private readonly instance: CapInstance,
    private readonly limits: Limits,
  ) {
    this.relaxation = new CapRelaxation(instance);
  }

  solve(): Solved<number[]> {
    const { warehouses } = this.instance;
    this.offer([...this.instance.fixedCosts.keys()]);
    if (this.best) this.searchAround();
    const root = { state: new Int8Array(warehouses), prices: this.firstPrices(), bound: 0, depth: 0 };
    const stack: Node[] = this.best ? [{ ...root, bound: Number.NEGATIVE_INFINITY }] : [];
    let left = Number.POSITIVE_INFINITY;
    while (stack.length > 0) {
      const node = stack.pop()!;
      if (this.isBeaten(node.bound)) continue;
      if (this.stopped) left = Math.min(left, node.bound);
      else stack.push(...this.explore(node));
    }
    return {
      objective: this.cost,
      bound: Math.min(this.cost, left, this.leastCut),
      choice: this.best,
      nodes: this.nodes,
      evaluations: this.evaluations,
    };
  }

  /** Prices of the weak relaxation, in which fixed costs are spread over the capacity. */
  private firstPrices(): Float64Array {
    const { warehouses, customers, costs, demands, fixedCosts, capacities } = this.instance;
    return Float64Array.from({ length: customers }, (_, j) => {
      let least = Number.POSITIVE_INFINITY;
      for (let i = 0; i < warehouses; i += 1)
        if (capacities[i]! > 0)
          least = Math.min(least, costs[i * customers + j]! + (fixedCosts[i]! * demands[j]!) / capacities[i]!);
      return least;
    });
  }

  private isBeaten(bound: number): boolean {
    const isBeaten = bound >= this.cost - PROOF_TOLERANCE * Math.abs(this.cost);
    if (isBeaten) this.leastCut = Math.min(this.leastCut, bound);
    return isBeaten;
  }

  private explore(node: Node): Node[] {
    this.nodes += 1;
    const average = new Float64Array(this.instance.warehouses);
    const outcome = this.raiseBound(node, average);
    if (outcome === 'beaten') return [];
    if (outcome === 'late') {
      this.stopped = true;
      return [node];
    }
    let branch = -1;
    for (let i = 0; i < average.length; i += 1)
      if (node.state[i] === FREE && (branch < 0 || Math.abs(average[i]! - 0.5) < Math.abs(average[branch]! - 0.5)))
        branch = i;
    if (branch < 0) {
      this.offer([...node.state.keys()].filter((i) => node.state[i] === OPEN));
      return [];
    }
    const child = (value: number): Node => {
      const state = Int8Array.from(node.state);
      state[branch] = value;
      return { state, prices: Float64Array.from(node.prices), bound: node.bound, depth: node.depth + 1 };
    };
    const [opened, closed] = [child(OPEN), child(CLOSED)];
    return average[branch]! > 0.5 ? [closed, opened] : [opened, closed];
  }

  private raiseBound(node: Node, average: Float64Array): 'beaten' | 'open' | 'late' {
    const isRoot = node.depth === 0;
    const steps = isRoot ? ROOT_EVALUATIONS : NODE_EVALUATIONS;
    const prices = Float64Array.from(node.prices);
    const direction = new Float64Array(prices.length);
    let step = isRoot ? 1.5 : 0.5;
    let since = 0;
    let best = Number.NEGATIVE_INFINITY;
    let chosen: CapPricing | null = null;
    for (let at = 0; at < steps && step > SMALLEST_STEP; at += 1) {
      if (this.limits.isLate()) return 'late';
      const pricing = this.relaxation.price(prices, node.state);
      this.evaluations += 1;
      const share = Math.max(MEMORY, 1 / (at + 1));
      for (let i = 0; i < average.length; i += 1) average[i] = (1 - share) * average[i]! + share * pricing.opened[i]!;
      since += 1;
      if (pricing.value > best) {
        if (pricing.value > best + 1e-5 * Math.abs(best)) since = 0;
        best = pricing.value;
        node.prices.set(prices);
        node.bound = Math.max(node.bound, best);
        chosen = pricing;
        if (this.isBeaten(node.bound) || !this.fix(node.state, pricing)) return 'beaten';
      }
      if (isRoot && at % 25 === 0) this.offerPricing(pricing, true);
      if (since > (isRoot ? 2 * PATIENCE : PATIENCE)) {
        step *= 0.75;
        since = 0;
        prices.set(node.prices);
        direction.fill(0);
        continue;
      }
      if (!this.move(prices, direction, pricing, step)) break;
    }
    if (chosen) this.offerPricing(chosen, isRoot);
    if (isRoot) this.searchAround();
    return this.isBeaten(node.bound) ? 'beaten' : 'open';
  }

  private move(prices: Float64Array, direction: Float64Array, { slack, value }: CapPricing, step: number): boolean {
    let norm = 0;
    for (let j = 0; j < prices.length; j += 1) {
      direction[j] = slack[j]! + 0.4 * direction[j]!;
      norm += direction[j]! ** 2;
    }
    if (norm < 1e-18) return false;
    const length = (step * (this.cost * 1.002 - value)) / norm;
    for (let j = 0; j < prices.length; j += 1) prices[j]! += length * direction[j]!;
    return true;
  }

  /** Fixes the warehouses whose other state cannot lead to a better point. False when nothing can. */
  private fix(state: Int8Array, { value, worth, opened }: CapPricing): boolean {
    const scratch = new Float64Array(opened.length);
    const priced = value - this.relaxation.cover(worth, state, scratch);
    for (let i = 0; i < state.length; i += 1) {
      if (state[i] !== FREE) continue;
      const other = opened[i]! > 0.5 ? CLOSED : OPEN;
      state[i] = other;
      const beaten = this.isBeaten(priced + this.relaxation.cover(worth, state, scratch));
      state[i] = beaten ? -other : FREE;
    }
    const { capacities } = this.instance;
    let capacity = 0;
    for (let i = 0; i < state.length; i += 1) if (state[i] !== CLOSED) capacity += capacities[i]!;
    return capacity >= this.relaxation.totals.demand * (1 - 1e-9);
  }

  private offerPricing({ opened }: CapPricing, also: boolean): void {
    const open = [...opened.keys()].filter((i) => opened[i]! > 0);
    const cost = this.offer(open);
    if (also && cost < this.cost * 1.01) this.searchAround(open);
  }

  /** Takes a choice when it is the best so far. Warehouses that stay empty are not opened. */
  private offer(open: number[]): number {
    const key = open.join();
    const known = this.tried.get(key);
    if (known !== undefined) return known;
    const served = transport(this.instance, open);
    const used = open.filter((_, at) => served && served.loads[at]! > 0);
    const fixed = (used.length > 0 ? used : open).reduce((sum, i) => sum + this.instance.fixedCosts[i]!, 0);
    const cost = served ? served.cost + fixed : Number.POSITIVE_INFINITY;
    this.tried.set(key, cost);
    if (cost < this.cost) {
      this.cost = cost;
      this.best = used.length > 0 ? used : open;
    }
    return cost;
  }

  /** Drops, adds and exchanges one warehouse while that gains. */
  private searchAround(start: number[] | null = this.best): void {
    if (!start) return;
    const { customers, warehouses } = this.instance;
    let current = start;
    let cost = this.offer(current);
    let work = SEARCH_WORK;
    for (let gained = true; gained && work > 0;) {
      gained = false;
      for (const next of neighbours(current, warehouses)) {
        if ((work -= customers * next.length) < 0 || this.limits.isLate()) return;
        const value = this.offer(next);
        if (!(value < cost - 1e-9 * Math.abs(cost))) continue;
        current = next;
        cost = value;
        gained = true;
        break;
      }
    }
  }
}

function* neighbours(open: readonly number[], warehouses: number): Generator<number[]> {
  const closed = Array.from({ length: warehouses }, (_, i) => i).filter((i) => !open.includes(i));
  for (const out of open) yield open.filter((i) => i !== out);
  for (const into of closed) yield [...open, into].sort((left, right) => left - right);
  for (const out of open)
    for (const into of closed) yield [...open.filter((i) => i !== out), into].sort((left, right) => left - right);
}
