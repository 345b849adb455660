import { randomFrom } from './random.rules.js';
import type { AssignmentInstance } from './solve.types.js';

const STEPS_A_JOB = 4000;
const MOST_STEPS = 2_000_000;
/** Heat at the start and at the end, and price of a unit too much, as shares of the spread of the costs. */
const HOTTEST = 0.05;
const COLDEST = 0.003;
const PENALTY = { first: 0.015, last: 0.06 };
/** Share of the proposals that exchange two jobs instead of moving one. */
const EXCHANGES = 0.5;

/**
 * A good assignment by annealing: jobs are moved and exchanged, first freely, then only for the better; what does not fit
 * costs more and more. Only allowed pairs are looked at. Null when nothing that fits was met. The same instance gives the same answer.
 */
export function assignmentSearch(instance: AssignmentInstance, allowed: Uint8Array): Int32Array | null {
  const walk = new Walk(instance, allowed);
  const steps = Math.min(MOST_STEPS, STEPS_A_JOB * instance.jobs);
  for (let step = 0; step < steps; step += 1) walk.step(step / steps);
  return walk.best;
}

class Walk {
  best: Int32Array | null = null;
  private leastCost = Number.POSITIVE_INFINITY;
  private readonly choice: Int32Array;
  private readonly room: Float64Array;
  private readonly random: () => number;
  private readonly spread: number;
  /** Per job. */
  private readonly agents: number[][] = [];
  private cost = 0;
  private over = 0;

  constructor(
    private readonly instance: AssignmentInstance,
    allowed: Uint8Array,
  ) {
    const { agents, jobs, costs, uses, capacities } = instance;
    this.choice = new Int32Array(jobs);
    this.room = Float64Array.from(capacities);
    this.random = randomFrom(agents * 7919 + jobs);
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const cost of costs) [least, most] = [Math.min(least, cost), Math.max(most, cost)];
    this.spread = Math.max(1, most - least);
    const all = Array.from({ length: agents }, (_, agent) => agent);
    for (let job = 0; job < jobs; job += 1) {
      const near = all.filter((agent) => allowed[agent * jobs + job] === 1);
      this.agents.push(near.length > 0 ? near : all);
      this.choice[job] = this.agents[job]![0]!;
      for (const agent of this.agents[job]!)
        if (costs[agent * jobs + job]! < costs[this.choice[job]! * jobs + job]!) this.choice[job] = agent;
      this.cost += costs[this.choice[job]! * jobs + job]!;
      this.room[this.choice[job]!]! -= uses[this.choice[job]! * jobs + job]!;
    }
    for (const left of this.room) this.over += Math.max(0, -left);
    this.remember();
  }

  step(done: number): void {
    const heat = this.spread * HOTTEST * (COLDEST / HOTTEST) ** done;
    const penalty = this.spread * (PENALTY.first + (PENALTY.last - PENALTY.first) * done ** 4);
    const one = this.pick(this.choice.length);
    const from = this.choice[one]!;
    if (this.random() < EXCHANGES) {
      const two = this.pick(this.choice.length);
      const to = this.choice[two]!;
      if (to === from || !this.agents[one]!.includes(to) || !this.agents[two]!.includes(from)) return;
      this.propose([one, two], [to, from], heat, penalty);
    } else {
      const near = this.agents[one]!;
      const to = near[this.pick(near.length)]!;
      if (to !== from) this.propose([one], [to], heat, penalty);
    }
  }

  private pick(count: number): number {
    return Math.floor(this.random() * count);
  }

  private propose(moved: number[], targets: number[], heat: number, penalty: number): void {
    const [cost, over] = [this.cost, this.over];
    const sources = moved.map((job) => this.choice[job]!);
    moved.forEach((job, at) => this.place(job, targets[at]!));
    const worse = this.cost - cost + penalty * (this.over - over);
    if (worse > 0 && this.random() >= Math.exp(-worse / heat))
      moved.forEach((job, at) => this.place(job, sources[at]!));
    else this.remember();
  }

  private place(job: number, agent: number): void {
    const { jobs, costs, uses } = this.instance;
    const [from, to] = [this.choice[job]! * jobs + job, agent * jobs + job];
    this.cost += costs[to]! - costs[from]!;
    this.give(this.choice[job]!, uses[from]!);
    this.give(agent, -uses[to]!);
    this.choice[job] = agent;
  }

  private give(agent: number, units: number): void {
    this.over -= Math.max(0, -this.room[agent]!);
    this.room[agent]! += units;
    this.over += Math.max(0, -this.room[agent]!);
  }

  private remember(): void {
    if (this.over > 0 || this.cost >= this.leastCost) return;
    this.leastCost = this.cost;
    this.best = Int32Array.from(this.choice);
  }
}
