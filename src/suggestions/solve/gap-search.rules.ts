import { capacityPrices } from './gap-prices.rules.js';
import { randomFrom } from './random.rules.js';
import type { AssignmentInstance } from './solve.types.js';

/** Heat at the start and at the end of an annealing, as multiples of what the second best place of a job costs on average. */
const HOTTEST = 6;
const COLDEST = 0.7;
/** What a unit too much costs, as a multiple of the highest price of a unit. */
const OVERLOAD = 3;
/** Agents that deal out their jobs anew at once. */
const FEWEST_AGENTS = 2;
const MOST_AGENTS = 4;
/** Steps of one deal. */
const DEAL_STEPS = 2000;
const ROUNDS_TO_LOOK = 64;
/** What it takes to choose a part and to prepare it, in steps: per job, and per job that is dealt out. */
const SCAN_WORK = 1 / 16;
const HELD_WORK = 3;

/**
 * Annealing over deals: a few agents by lot give up all their jobs, one job may not come back where it was, and a small tree deals them
 * out anew as well as it can. What is not used of an agent costs its price in the linear relaxation, what is too much costs more.
 * Work is counted in steps of these trees, so the same calls give the same answer.
 */
export class AssignmentSearch {
  /** The cheapest assignment met that fits. */
  best: Int32Array | null = null;
  leastCost = Number.POSITIVE_INFINITY;
  work = 0;
  private readonly choice: Int32Array;
  private readonly room: Float64Array;
  private readonly random: () => number;
  private readonly prices: Float64Array;
  /** At `agent * jobs + job`: how much worse than the job's best agent, at the prices of the units. Infinite where it cannot be. */
  private readonly regrets: Float64Array;
  private readonly overload: number;
  private readonly scale: number;
  private cost = 0;

  /** The part that is dealt out: its agents, its jobs, and per job what it may choose from, cheapest first. */
  private readonly isChosen: Uint8Array;
  private readonly chosen: number[] = [];
  private readonly held: Int32Array;
  private count = 0;
  private readonly options: Int32Array;
  private readonly optionCounts: Int32Array;
  private readonly stakes: Float64Array;
  /** What the jobs from the k-th on cost at least. */
  private readonly rest: Float64Array;
  private readonly left: Float64Array;
  private readonly tried: Int32Array;
  private readonly dealt: Int32Array;
  private limit = 0;
  private stopAt = 0;
  private isDealt = false;

  constructor(private readonly instance: AssignmentInstance) {
    const { agents, jobs, capacities } = instance;
    this.random = randomFrom(agents * 7919 + jobs);
    this.prices = capacityPrices(instance);
    const { regrets, scale } = regretsOf(instance, this.prices);
    this.regrets = regrets;
    this.scale = scale;
    this.overload = OVERLOAD * (this.prices.reduce((most, price) => Math.max(most, price), 0) || scale);
    this.choice = new Int32Array(jobs);
    this.room = Float64Array.from(capacities);
    this.isChosen = new Uint8Array(agents);
    this.held = new Int32Array(jobs);
    this.options = new Int32Array(jobs * agents);
    this.optionCounts = new Int32Array(jobs);
    this.stakes = new Float64Array(jobs);
    this.rest = new Float64Array(jobs + 1);
    this.left = new Float64Array(agents);
    this.tried = new Int32Array(jobs);
    this.dealt = new Int32Array(jobs);
    for (let job = 0; job < jobs; job += 1) {
      let agent = 0;
      while (agent < agents - 1 && regrets[agent * jobs + job] !== 0) agent += 1;
      this.choice[job] = agent;
      this.room[agent]! -= instance.uses[agent * jobs + job]!;
      this.cost += instance.costs[agent * jobs + job]!;
    }
    this.remember();
  }

  /** One annealing, of so much work; ends before that when it is told to stop. */
  anneal(work: number, shouldStop: () => boolean): void {
    const start = this.work;
    if (this.instance.agents < 2) return;
    for (let round = 0; this.work < start + work; round += 1) {
      if (round % ROUNDS_TO_LOOK === 0 && shouldStop()) return;
      this.deal(this.scale * HOTTEST * (COLDEST / HOTTEST) ** ((this.work - start) / work));
    }
  }

  private deal(heat: number): void {
    this.choosePart();
    this.work += Math.ceil(SCAN_WORK * this.instance.jobs + HELD_WORK * this.count);
    if (this.count === 0) return;
    let value = 0;
    for (const agent of this.chosen) {
      const room = this.room[agent]!;
      value += room < 0 ? -room * this.overload : room * this.prices[agent]!;
      this.left[agent] = this.instance.capacities[agent]!;
    }
    for (let k = 0; k < this.count; k += 1)
      value += this.regrets[this.choice[this.held[k]!]! * this.instance.jobs + this.held[k]!]!;
    this.limit = value - heat * Math.log(1 - this.random());
    this.stopAt = this.work + DEAL_STEPS;
    this.isDealt = false;
    if (!this.prepare(this.held[Math.floor(this.random() * this.count)]!)) return;
    this.extend(0, 0);
    if (this.isDealt) this.carryOut();
  }

  private choosePart(): void {
    const { agents, jobs } = this.instance;
    for (const agent of this.chosen) this.isChosen[agent] = 0;
    this.chosen.length = 0;
    const wanted = FEWEST_AGENTS + Math.floor(this.random() * (MOST_AGENTS - FEWEST_AGENTS + 1));
    while (this.chosen.length < Math.min(agents, wanted)) {
      const agent = Math.floor(this.random() * agents);
      if (this.isChosen[agent] === 1) continue;
      this.isChosen[agent] = 1;
      this.chosen.push(agent);
    }
    this.count = 0;
    for (let job = 0; job < jobs; job += 1) if (this.isChosen[this.choice[job]!] === 1) this.held[this.count++] = job;
  }

  /** Lists what each job may choose from, but for the place that one job must leave; those with most at stake first. False when it costs too much. */
  private prepare(leaving: number): boolean {
    const { agents, jobs } = this.instance;
    const { options, optionCounts, regrets, stakes, held, rest } = this;
    let total = 0;
    for (let k = 0; k < this.count; k += 1) {
      const job = held[k]!;
      const from = job * agents;
      let count = 0;
      for (const agent of this.chosen) {
        const regret = regrets[agent * jobs + job]!;
        if (regret >= this.limit || (job === leaving && agent === this.choice[job])) continue;
        let at = from + count;
        for (; at > from && regrets[options[at - 1]! * jobs + job]! > regret; at -= 1) options[at] = options[at - 1]!;
        options[at] = agent;
        count += 1;
      }
      if (count === 0) return false;
      optionCounts[job] = count;
      const least = regrets[options[from]! * jobs + job]!;
      stakes[job] = count > 1 ? regrets[options[from + 1]! * jobs + job]! - least : Number.POSITIVE_INFINITY;
      total += least;
      if (total >= this.limit) return false;
    }
    held
      .subarray(0, this.count)
      .sort((one, two) => (stakes[one]! === stakes[two]! ? one - two : stakes[two]! > stakes[one]! ? 1 : -1));
    rest[this.count] = 0;
    for (let k = this.count - 1; k >= 0; k -= 1)
      rest[k] = rest[k + 1]! + regrets[options[held[k]! * agents]! * jobs + held[k]!]!;
    return true;
  }

  /** The k-th job and those after it, when those before cost `value`. */
  private extend(k: number, value: number): void {
    if (k === this.count) return this.keep(value);
    if (this.work >= this.stopAt) return;
    this.work += 1;
    const { agents, jobs, uses } = this.instance;
    const job = this.held[k]!;
    const rest = this.rest[k + 1]!;
    for (let at = job * agents, end = at + this.optionCounts[job]!; at < end; at += 1) {
      const agent = this.options[at]!;
      const use = uses[agent * jobs + job]!;
      const left = this.left[agent]!;
      let next = value + this.regrets[agent * jobs + job]!;
      if (next + rest >= this.limit) break;
      if (use > left) next += this.overload * (use - Math.max(0, left));
      if (next + rest >= this.limit) continue;
      this.left[agent] = left - use;
      this.tried[k] = agent;
      this.extend(k + 1, next);
      this.left[agent] = left;
    }
  }

  private keep(value: number): void {
    let whole = value;
    for (const agent of this.chosen) whole += Math.max(0, this.left[agent]!) * this.prices[agent]!;
    if (whole >= this.limit) return;
    this.limit = whole;
    this.isDealt = true;
    for (let k = 0; k < this.count; k += 1) this.dealt[k] = this.tried[k]!;
  }

  private carryOut(): void {
    const { jobs, costs, uses } = this.instance;
    for (let k = 0; k < this.count; k += 1) {
      const job = this.held[k]!;
      const [from, to] = [this.choice[job]! * jobs + job, this.dealt[k]! * jobs + job];
      this.cost += costs[to]! - costs[from]!;
      this.room[this.choice[job]!]! += uses[from]!;
      this.room[this.dealt[k]!]! -= uses[to]!;
      this.choice[job] = this.dealt[k]!;
    }
    this.remember();
  }

  private remember(): void {
    if (this.cost >= this.leastCost || this.room.some((room) => room < 0)) return;
    this.leastCost = this.cost;
    this.best = Int32Array.from(this.choice);
  }
}

function regretsOf(
  { agents, jobs, costs, uses, capacities }: AssignmentInstance,
  prices: Float64Array,
): { regrets: Float64Array; scale: number } {
  const regrets = new Float64Array(agents * jobs).fill(Number.POSITIVE_INFINITY);
  let sum = 0;
  for (let job = 0; job < jobs; job += 1) {
    const own: number[] = [];
    for (let agent = 0, at = job; agent < agents; agent += 1, at += jobs) {
      if (uses[at]! > capacities[agent]!) continue;
      regrets[at] = costs[at]! + prices[agent]! * uses[at]!;
      own.push(regrets[at]!);
    }
    own.sort((one, two) => one - two);
    for (let at = job; at < regrets.length; at += jobs) regrets[at]! -= own[0]!;
    sum += own.length > 1 ? own[1]! - own[0]! : 0;
  }
  return { regrets, scale: sum / jobs || 1 };
}
