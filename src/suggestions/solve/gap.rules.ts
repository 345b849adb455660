import {
  type AssignmentPricing,
  AssignmentRelaxation,
  copyOf,
  type Domain,
  fullDomain,
  settle,
} from './gap-relaxation.rules.js';
import { AssignmentSearch } from './gap-search.rules.js';
import type { AssignmentInstance, Limits, Solved } from './solve.types.js';

const ROOT_EVALUATIONS = 1500;
const NODE_EVALUATIONS = 8;
const ROOT_PATIENCE = 12;
const NODE_PATIENCE = 3;
const SMALLEST_STEP = 0.01;
const ROUNDING = 1e-6;
/** How far the next question goes, as a share of the cost, and after how many questions that doubles. */
const STEP = 1e-4;
const STEPS_TO_DOUBLE = 16;
/** Search and tree take turns: the first annealing's work, the longest one's; each is twice as long as the one before. */
const FIRST_TURN = 300_000;
const LONGEST_TURN = 1_000_000_000;
/** Cells of knapsack tables that take as long as a step of the search. */
const STEP_CELLS = 20;
/** The search's work for each unit of the tree's: less once the best is so near that the tree may end soon, as a share of the cost. */
const NEAR = 4e-4;
const SHARE = { far: 0.5, near: 0.1 };

interface Node {
  domain: Domain;
  prices: Float64Array;
}

/**
 * Least cost, all costs being whole numbers. Asks "is there an assignment of at most this cost?" from the bound upwards:
 * each question has a search tree of its own, and the tighter the cost, the more of the tree the bounds cut away.
 */
export function solveAssignment(instance: AssignmentInstance, limits: Limits): Solved<Int32Array> {
  return new AssignmentTree(instance, limits).solve();
}

class AssignmentTree {
  private best: Int32Array | null = null;
  private cost = Number.POSITIVE_INFINITY;
  /** The question at hand: cost of at most this. */
  private target = Number.POSITIVE_INFINITY;
  private readonly relaxation: AssignmentRelaxation;
  private search: AssignmentSearch | null = null;
  private turn = FIRST_TURN;
  /** What is excluded: no assignment costs less. */
  private least = Number.NEGATIVE_INFINITY;
  private readonly into: Float64Array;
  private readonly out: Float64Array;
  private asked = 0;
  /** No assignment costs more: what is not found up to here does not exist. */
  private readonly most: number;
  private nodes = 0;
  private evaluations = 0;
  private stopped = false;

  constructor(
    private readonly instance: AssignmentInstance,
    private readonly limits: Limits,
  ) {
    this.relaxation = new AssignmentRelaxation(instance);
    this.into = new Float64Array(instance.costs.length);
    this.out = new Float64Array(instance.costs.length);
    const { agents, jobs, costs } = instance;
    const dearest = new Float64Array(jobs).fill(Number.NEGATIVE_INFINITY);
    for (let at = 0; at < agents * jobs; at += 1) dearest[at % jobs] = Math.max(dearest[at % jobs]!, costs[at]!);
    this.most = dearest.reduce((sum, cost) => sum + cost, 0);
  }

  solve(): Solved<Int32Array> {
    const domain = fullDomain(this.instance);
    if (!settle(this.instance, domain)) return this.answer(Number.POSITIVE_INFINITY);
    const { prices, bound } = this.root(domain);
    this.least = Math.ceil(bound - ROUNDING);
    this.improve();
    while (this.least < this.cost && this.least <= this.most && !this.stopped) {
      this.target = this.nextTarget(this.least);
      const asked = this.target;
      this.searchTree({ domain, prices });
      if (this.stopped) break;
      // Nothing of at most this cost is left undiscovered.
      this.least = Math.min(this.cost, asked + 1);
    }
    return this.answer(this.stopped ? Math.min(this.cost, this.least) : this.cost);
  }

  /** An annealing, each twice as long as the one before. */
  private improve(): void {
    this.search ??= new AssignmentSearch(this.instance);
    const { search } = this;
    search.anneal(this.turn, () => search.leastCost <= this.least || this.late());
    this.turn = Math.min(LONGEST_TURN, 2 * this.turn);
    if (search.best) this.take(Int32Array.from(search.best));
  }

  private isTurnOfSearch(): boolean {
    const share = this.cost - this.least <= NEAR * Math.abs(this.least) ? SHARE.near : SHARE.far;
    return this.search !== null && this.search.work * STEP_CELLS <= share * this.relaxation.work;
  }

  private answer(bound: number): Solved<Int32Array> {
    return { objective: this.cost, bound, choice: this.best, nodes: this.nodes, evaluations: this.evaluations };
  }

  /** A little above what is excluded: the step is a unit for costs of thousands, and grows when answers do not come. */
  private nextTarget(least: number): number {
    const step = Math.max(1, Math.floor(STEP * Math.abs(least) * 2 ** (this.asked / STEPS_TO_DOUBLE)));
    this.asked += 1;
    return Math.min(this.cost - 1, this.most, least + step - 1);
  }

  /** Prices of the whole problem, and a first assignment. */
  private root(domain: Domain): { prices: Float64Array; bound: number } {
    const { agents, jobs, costs } = this.instance;
    const prices = new Float64Array(jobs);
    for (let job = 0; job < jobs; job += 1) {
      const own = Array.from({ length: agents }, (_, agent) => costs[agent * jobs + job]!).sort((a, b) => a - b);
      prices[job] = own[Math.min(1, agents - 1)]!;
    }
    const best = Float64Array.from(prices);
    const spread = costs.reduce((most, one) => Math.max(most, Math.abs(one)), 1);
    let bound = Number.NEGATIVE_INFINITY;
    let step = 1;
    let since = 0;
    for (let at = 0; at < ROOT_EVALUATIONS && step > 1e-4 && !this.late(); at += 1) {
      const pricing = this.price(prices, domain);
      since += 1;
      if (pricing.value > bound) {
        if (pricing.value > bound + 1e-5 * Math.abs(bound)) since = 0;
        bound = pricing.value;
        best.set(prices);
      }
      if (pricing.norm === 0) {
        this.take(this.assigned(pricing, domain));
        break;
      }
      if (since > ROOT_PATIENCE) {
        step *= 0.8;
        since = 0;
        prices.set(best);
        continue;
      }
      const aim = Math.min(this.cost, bound + 0.01 * Math.abs(bound) + 0.02 * spread);
      move(prices, pricing, (step * Math.max(aim - pricing.value, 0.5)) / pricing.norm);
    }
    return { prices: best, bound };
  }

  private price(prices: Float64Array, domain: Domain): AssignmentPricing {
    this.evaluations += 1;
    return this.relaxation.price(prices, domain);
  }

  private late(): boolean {
    this.stopped ||= this.limits.isLate();
    return this.stopped;
  }

  private searchTree({ domain, prices }: Node): void {
    const stack: Node[] = [{ domain: copyOf(domain), prices: Float64Array.from(prices) }];
    while (stack.length > 0 && this.cost > this.least && !this.late()) {
      if (this.isTurnOfSearch()) this.improve();
      const node = stack.pop()!;
      if (settle(this.instance, node.domain)) stack.push(...this.explore(node));
    }
  }

  private isBeaten(bound: number): boolean {
    return bound > this.target + ROUNDING;
  }

  /** Children of a node, the likeliest last. */
  private explore(node: Node): Node[] {
    this.nodes += 1;
    const { domain, prices } = node;
    const start = Float64Array.from(prices);
    let best = Number.NEGATIVE_INFINITY;
    let step = 1;
    let since = 0;
    for (let at = 0; at < NODE_EVALUATIONS && step > SMALLEST_STEP && !this.late(); at += 1) {
      const pricing = this.price(start, domain);
      if (this.isBeaten(pricing.value)) return [];
      since += 1;
      if (pricing.value > best + 1e-7) {
        since = pricing.value > best + 0.02 ? 0 : since;
        best = pricing.value;
        prices.set(start);
        const change = this.fix(start, pricing.value, domain);
        if (change === 'beaten' || (change === 'fixed' && !settle(this.instance, domain))) return [];
        if (change === 'fixed') best -= 1e-6;
      }
      if (pricing.norm === 0) {
        this.take(this.assigned(pricing, domain));
        if (this.isBeaten(pricing.value)) return [];
      }
      if (domain.agentOf.every((agent) => agent >= 0)) {
        this.take(Int32Array.from(domain.agentOf));
        return [];
      }
      if (pricing.norm === 0) break;
      if (since > NODE_PATIENCE) {
        step *= 0.5;
        since = 0;
        start.set(prices);
        continue;
      }
      move(start, pricing, (step * (this.target + 1 - pricing.value)) / pricing.norm);
    }
    return this.branch(node);
  }

  /** Takes away what would cost more than is asked for: an agent who takes a job means that no other one does. */
  private fix(prices: Float64Array, value: number, domain: Domain): 'same' | 'fixed' | 'beaten' {
    const { agents, jobs } = this.instance;
    const { into, out } = this;
    this.relaxation.rises(prices, domain, into, out);
    let fixed = false;
    for (let job = 0; job < jobs; job += 1) {
      if (domain.agentOf[job]! >= 0) continue;
      let others = 0;
      for (let agent = 0, at = job; agent < agents; agent += 1, at += jobs) others += out[at]!;
      for (let agent = 0, at = job; agent < agents; agent += 1, at += jobs) {
        if (domain.allowed[at] === 0 || !this.isBeaten(value + into[at]! + others - out[at]!)) continue;
        domain.allowed[at] = 0;
        domain.choices[job]! -= 1;
        fixed = true;
      }
      if (domain.choices[job] === 0) return 'beaten';
    }
    return fixed ? 'fixed' : 'same';
  }

  private branch({ domain, prices }: Node): Node[] {
    const { agents, jobs } = this.instance;
    const { into, out } = this;
    this.price(prices, domain);
    this.relaxation.rises(prices, domain, into, out);
    let chosen = -1;
    let score = Number.NEGATIVE_INFINITY;
    for (let job = 0; job < jobs; job += 1) {
      if (domain.agentOf[job]! >= 0) continue;
      let others = 0;
      for (let agent = 0, at = job; agent < agents; agent += 1, at += jobs) others += out[at]!;
      for (let agent = 0, at = job; agent < agents; agent += 1, at += jobs) {
        if (domain.allowed[at] === 0) continue;
        const [yes, no] = [into[at]! + others - out[at]!, out[at]!];
        const own = (yes + 0.01) * (no + 0.01) + (domain.choices[job] === 2 ? (yes + 0.01) * 0.01 : 0);
        if (own <= score) continue;
        score = own;
        chosen = at;
      }
    }
    const job = chosen % jobs;
    const no = copyOf(domain);
    no.allowed[chosen] = 0;
    no.choices[job]! -= 1;
    const yes = domain;
    for (let agent = 0, at = job; agent < agents; agent += 1, at += jobs) if (at !== chosen) yes.allowed[at] = 0;
    yes.choices[job] = 1;
    return [
      { domain: no, prices: Float64Array.from(prices) },
      { domain: yes, prices },
    ];
  }

  private assigned({ taken }: AssignmentPricing, { agentOf }: Domain): Int32Array {
    const { jobs } = this.instance;
    const choice = Int32Array.from(agentOf);
    for (let at = 0; at < taken.length; at += 1) if (taken[at] === 1) choice[at % jobs] = Math.floor(at / jobs);
    return choice;
  }

  private take(choice: Int32Array): void {
    const { jobs, costs } = this.instance;
    let cost = 0;
    for (let job = 0; job < jobs; job += 1) cost += costs[choice[job]! * jobs + job]!;
    if (cost >= this.cost) return;
    this.cost = cost;
    this.best = choice;
    this.target = Math.min(this.target, cost - 1);
  }
}

function move(prices: Float64Array, { slack }: AssignmentPricing, length: number): void {
  for (let job = 0; job < prices.length; job += 1) prices[job]! += length * slack[job]!;
}
