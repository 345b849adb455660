import {
  CLOSED,
  FREE,
  type MedianNetwork,
  medianNetwork,
  type MedianPricing,
  OPEN,
  priceMedians,
  withoutClosed,
} from './pmed-relaxation.rules.js';
import { improveMedians, medianCost, shakeMedians } from './pmed-search.rules.js';
import { type Limits, type MedianInstance, PROOF_TOLERANCE, type Solved } from './solve.types.js';

const ROOT_EVALUATIONS = 3000;
const NODE_EVALUATIONS = 60;
/** Evaluations without a better bound after which the step is halved. */
const PATIENCE = 20;
/** Rounds of search for a better choice, and after how many evaluations at the root. */
const SHAKES = 40;
const SHAKE_EVERY = 300;
const SMALLEST_STEP = 1e-4;
/** Share of the newest choice in the running average that branching looks at. */
const MEMORY = 0.05;

interface Node {
  state: Int8Array;
  prices: Float64Array;
  bound: number;
  depth: number;
}

/** Branch and bound over the sites, depth first, with prices for the bound and exchanges for the objective. */
export function solveMedians(instance: MedianInstance, limits: Limits): Solved<number[]> {
  return new MedianTree(medianNetwork(instance), limits).solve();
}

class MedianTree {
  private best: number[] | null = null;
  private cost = Number.POSITIVE_INFINITY;
  private readonly everySite: number[];
  private readonly tried = new Set<string>();
  /** Least bound at which something was cut away: what is within the tolerance of the best is not told apart from it. */
  private leastCut = Number.POSITIVE_INFINITY;
  private nodes = 0;
  private evaluations = 0;
  private stopped = false;

  constructor(
    private readonly network: MedianNetwork,
    private readonly limits: Limits,
  ) {
    this.everySite = Array.from({ length: network.nodes }, (_, site) => site);
  }

  solve(): Solved<number[]> {
    const { nodes, ranked, medians } = this.network;
    const prices = new Float64Array(nodes);
    // A node's distance to its nearest neighbours: in the order of what the optimum prices it at.
    const rank = Math.min(nodes - 1, Math.ceil(nodes / medians));
    for (let j = 0; j < nodes; j += 1) prices[j] = ranked[j * nodes + rank]!;
    const stack: Node[] = [{ state: new Int8Array(nodes), prices, bound: Number.NEGATIVE_INFINITY, depth: 0 }];
    let left = Number.POSITIVE_INFINITY;
    while (stack.length > 0) {
      const node = stack.pop()!;
      if (this.stopped) {
        left = Math.min(left, node.bound);
        continue;
      }
      if (this.isBeaten(node.bound)) continue;
      stack.push(...this.explore(node));
    }
    return {
      objective: this.cost,
      bound: Math.min(this.cost, left, this.leastCut),
      choice: this.best,
      nodes: this.nodes,
      evaluations: this.evaluations,
    };
  }

  /** No point below this bound is better than the one at hand. */
  private isBeaten(bound: number): boolean {
    if (this.network.grain === 1) return bound > this.cost - 1 + 1e-6;
    const isBeaten = bound >= this.cost - PROOF_TOLERANCE * Math.abs(this.cost);
    if (isBeaten) this.leastCut = Math.min(this.leastCut, bound);
    return isBeaten;
  }

  private explore(node: Node): Node[] {
    this.nodes += 1;
    const { state } = node;
    const average = new Float64Array(this.network.nodes);
    const outcome = this.raiseBound(node, withoutClosed(this.network, state), average);
    if (outcome === 'beaten') return [];
    if (outcome === 'late') {
      this.stopped = true;
      return [node];
    }
    if (this.isDecided(state)) return [];
    let site = -1;
    for (let i = 0; i < state.length; i += 1)
      if (state[i] === FREE && (site < 0 || Math.abs(average[i]! - 0.5) < Math.abs(average[site]! - 0.5))) site = i;
    const child = (value: number): Node => {
      const next = Int8Array.from(state);
      next[site] = value;
      return { state: next, prices: Float64Array.from(node.prices), bound: node.bound, depth: node.depth + 1 };
    };
    const [opened, closed] = [child(OPEN), child(CLOSED)];
    return average[site]! > 0.5 ? [closed, opened] : [opened, closed];
  }

  /** Subgradient steps from the parent's prices; sites whose other choice is beaten are fixed on the way. */
  private raiseBound(node: Node, network: MedianNetwork, average: Float64Array): 'beaten' | 'open' | 'late' {
    let narrow = network;
    let chosen: Int32Array | null = null;
    const steps = node.depth === 0 ? ROOT_EVALUATIONS : NODE_EVALUATIONS;
    const prices = Float64Array.from(node.prices);
    const direction = new Float64Array(prices.length);
    let step = node.depth === 0 ? 1.5 : 0.5;
    let since = 0;
    let best = Number.NEGATIVE_INFINITY;
    for (let at = 0; at < steps && step > SMALLEST_STEP; at += 1) {
      if (this.limits.isLate()) return 'late';
      const pricing = priceMedians(narrow, prices, node.state);
      if (at % 100 === 99) narrow = withoutClosed(narrow, node.state);
      this.evaluations += 1;
      remember(average, pricing, at);
      if (pricing.value > best + 1e-9) {
        if (pricing.value > best + 1e-5 * Math.abs(best)) since = 0;
        best = pricing.value;
        node.prices.set(prices);
        chosen = pricing.chosen;
        node.bound = Math.max(node.bound, best);
      }
      since += 1;
      if (node.depth === 0 && at % 10 === 0) this.offer(pricing.chosen, at < 50);
      if (node.depth === 0 && at % SHAKE_EVERY === SHAKE_EVERY - 1) this.shake(node.state);
      if (this.isBeaten(node.bound) || !this.fix(node.state, pricing)) return 'beaten';
      if (pricing.norm === 0) {
        this.offer(pricing.chosen, false);
        return this.isBeaten(node.bound) ? 'beaten' : 'open';
      }
      if (since > (node.depth === 0 ? 2 * PATIENCE : PATIENCE)) {
        step *= node.depth === 0 ? 0.8 : 0.7;
        since = 0;
        prices.set(node.prices);
        direction.fill(0);
        continue;
      }
      this.move(prices, direction, pricing, step);
    }
    if (chosen) this.offer(chosen, false);
    return this.isBeaten(node.bound) ? 'beaten' : 'open';
  }

  private move(prices: Float64Array, direction: Float64Array, { slack, value }: MedianPricing, step: number): void {
    const { nodes, ranked } = this.network;
    let norm = 0;
    for (let j = 0; j < nodes; j += 1) {
      direction[j] = slack[j]! + 0.4 * direction[j]!;
      norm += direction[j]! ** 2;
    }
    if (norm === 0) return;
    const length = (step * (this.cost * 1.005 - value)) / norm;
    for (let j = 0; j < nodes; j += 1)
      prices[j] = Math.min(ranked[j * nodes + nodes - 1]!, Math.max(0, prices[j]! + length * direction[j]!));
  }

  /** Fixes the sites whose other choice cannot lead to a better point. False when nothing is left to choose from. */
  private fix(state: Int8Array, pricing: MedianPricing): boolean {
    const { value, worth, isChosen, bestOut, worstIn } = pricing;
    let open = 0;
    let free = 0;
    for (let i = 0; i < state.length; i += 1) {
      if (state[i] === FREE) {
        if (isChosen[i] === 1) {
          if (this.isBeaten(value - worth[i]! + bestOut)) state[i] = OPEN;
        } else if (this.isBeaten(value + worth[i]! - worstIn)) state[i] = CLOSED;
      }
      if (state[i] === OPEN) open += 1;
      else if (state[i] === FREE) free += 1;
    }
    return open <= this.network.medians && open + free >= this.network.medians;
  }

  /** Whether the choice is made; then it is offered. */
  private isDecided(state: Int8Array): boolean {
    const indices = [...state.keys()];
    const open = indices.filter((i) => state[i] === OPEN);
    const rest = indices.filter((i) => state[i] === FREE);
    const { medians } = this.network;
    const all = open.length === medians ? open : open.length + rest.length === medians ? [...open, ...rest] : null;
    if (all) this.offer(Int32Array.from(all), false);
    return all !== null;
  }

  /** Takes a choice, improved by exchanges, when it is the best so far. */
  private offer(sites: Int32Array, always: boolean): void {
    const key = [...sites].sort((left, right) => left - right).join();
    if (this.tried.has(key)) return;
    this.tried.add(key);
    const plain = medianCost(this.network, sites);
    if (plain < this.cost) this.take([...sites], plain);
    if (!always && plain > this.cost * 1.01) return;
    const improved = improveMedians(this.network, sites, this.everySite);
    if (improved.cost < this.cost) this.take(improved.sites, improved.cost);
  }

  /** Sites that a better choice cannot have are left out. */
  private shake(state: Int8Array): void {
    if (!this.best) return;
    const candidates = [...state.keys()].filter((site) => state[site] !== CLOSED);
    const rounds = Math.ceil((SHAKES * this.network.nodes) / candidates.length);
    const shaken = shakeMedians(this.network, this.best, candidates, rounds);
    if (shaken.cost < this.cost) this.take(shaken.sites, shaken.cost);
  }

  private take(sites: number[], cost: number): void {
    this.best = sites;
    this.cost = cost;
  }
}

function remember(average: Float64Array, { isChosen }: MedianPricing, at: number): void {
  const share = Math.max(MEMORY, 1 / (at + 1));
  for (let i = 0; i < average.length; i += 1) average[i] = (1 - share) * average[i]! + share * isChosen[i]!;
}
