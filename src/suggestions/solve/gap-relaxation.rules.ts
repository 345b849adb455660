import { Knapsack } from './gap-knapsack.rules.js';
import type { AssignmentInstance } from './solve.types.js';

/** Which agents a job may still go to. */
export interface Domain {
  /** 1 at `agent * jobs + job` while that is possible. */
  allowed: Uint8Array;
  /** Per job: how many agents are left. */
  choices: Int32Array;
  /** Per job: the agent, once there is only one; otherwise -1. */
  agentOf: Int32Array;
  /** Per agent: capacity less the jobs that have no other agent. */
  room: Int32Array;
  /** Cost of those jobs. */
  fixedCost: number;
}

export function fullDomain({ agents, jobs, uses, capacities }: AssignmentInstance): Domain {
  const allowed = new Uint8Array(agents * jobs);
  for (let at = 0; at < allowed.length; at += 1) allowed[at] = uses[at]! <= capacities[Math.floor(at / jobs)]! ? 1 : 0;
  const choices = new Int32Array(jobs);
  for (let at = 0; at < allowed.length; at += 1) choices[at % jobs]! += allowed[at]!;
  const agentOf = new Int32Array(jobs).fill(-1);
  return { allowed, choices, agentOf, room: Int32Array.from(capacities), fixedCost: 0 };
}

export function copyOf(domain: Domain): Domain {
  return {
    allowed: Uint8Array.from(domain.allowed),
    choices: Int32Array.from(domain.choices),
    agentOf: Int32Array.from(domain.agentOf),
    room: Int32Array.from(domain.room),
    fixedCost: domain.fixedCost,
  };
}

/** Takes away what does not fit, and gives jobs with one agent left to it, until nothing changes. False when a job has nobody. */
export function settle(instance: AssignmentInstance, domain: Domain): boolean {
  const { agents, jobs, uses, costs } = instance;
  const { allowed, choices, agentOf, room } = domain;
  for (let changed = true; changed;) {
    changed = false;
    for (let job = 0; job < jobs; job += 1) {
      if (agentOf[job]! >= 0) continue;
      for (let agent = 0, at = job; agent < agents; agent += 1, at += jobs) {
        if (allowed[at] === 0 || uses[at]! <= room[agent]!) continue;
        allowed[at] = 0;
        choices[job]! -= 1;
      }
      if (choices[job]! > 1) continue;
      if (choices[job]! < 1) return false;
      let agent = 0;
      while (allowed[agent * jobs + job] === 0) agent += 1;
      agentOf[job] = agent;
      room[agent]! -= uses[agent * jobs + job]!;
      domain.fixedCost += costs[agent * jobs + job]!;
      changed = true;
    }
  }
  return true;
}

/** What one set of prices says. */
export interface AssignmentPricing {
  value: number;
  /** 1 at `agent * jobs + job` where the relaxation assigns it. */
  taken: Uint8Array;
  /** Per job without an agent: 1 minus the number of agents that take it. */
  slack: Float64Array;
  norm: number;
}

/** Each job's need of an agent is priced out; what is left is one knapsack an agent. */
export class AssignmentRelaxation {
  /** Cells of knapsack tables filled so far. */
  work = 0;
  private readonly knapsacks: Knapsack[];
  private readonly items: Int32Array[];
  private readonly sizes: Int32Array[];
  private readonly reduced: Float64Array[];
  private readonly counts: Int32Array;
  private readonly least: Float64Array;
  private readonly marks: Uint8Array;

  constructor(private readonly instance: AssignmentInstance) {
    const { agents, jobs } = instance;
    const each = <T>(make: () => T): T[] => Array.from({ length: agents }, make);
    this.knapsacks = each(() => new Knapsack());
    this.items = each(() => new Int32Array(jobs));
    this.sizes = each(() => new Int32Array(jobs));
    this.reduced = each(() => new Float64Array(jobs));
    this.counts = new Int32Array(agents);
    this.least = new Float64Array(agents);
    this.marks = new Uint8Array(jobs);
  }

  price(prices: Float64Array, { allowed, agentOf, room, fixedCost }: Domain): AssignmentPricing {
    const { agents, jobs, costs, uses } = this.instance;
    const taken = new Uint8Array(agents * jobs);
    const slack = new Float64Array(jobs);
    let value = fixedCost;
    for (let job = 0; job < jobs; job += 1) {
      if (agentOf[job]! >= 0) continue;
      value += prices[job]!;
      slack[job] = 1;
    }
    for (let agent = 0; agent < agents; agent += 1) {
      const [items, sizes, reduced] = [this.items[agent]!, this.sizes[agent]!, this.reduced[agent]!];
      let count = 0;
      for (let job = 0, at = agent * jobs; job < jobs; job += 1, at += 1) {
        if (allowed[at] === 0 || agentOf[job]! >= 0 || !(costs[at]! < prices[job]!)) continue;
        items[count] = job;
        sizes[count] = uses[at]!;
        reduced[count] = costs[at]! - prices[job]!;
        count += 1;
      }
      this.counts[agent] = count;
      this.work += (count + 1) * (room[agent]! + 1);
      this.least[agent] = this.knapsacks[agent]!.solve(count, sizes, reduced, room[agent]!);
      value += this.least[agent]!;
      this.knapsacks[agent]!.trace(this.marks);
      for (let k = 0; k < count; k += 1) {
        if (this.marks[k] === 0) continue;
        taken[agent * jobs + items[k]!] = 1;
        slack[items[k]!]! -= 1;
      }
    }
    const norm = slack.reduce((sum, one) => sum + one * one, 0);
    return { value, taken, slack, norm };
  }

  /**
   * For the prices of the last `price`: how much the bound rises at least when an agent must take a job (`into`) or must not
   * (`out`), exact for each knapsack. Both at `agent * jobs + job`.
   */
  rises(prices: Float64Array, { allowed, agentOf, room }: Domain, into: Float64Array, out: Float64Array): void {
    const { agents, jobs, costs, uses } = this.instance;
    into.fill(Number.POSITIVE_INFINITY);
    out.fill(0);
    for (let agent = 0; agent < agents; agent += 1) {
      const knapsack = this.knapsacks[agent]!;
      const [items, reduced, count] = [this.items[agent]!, this.reduced[agent]!, this.counts[agent]!];
      const [least, space] = [this.least[agent]!, room[agent]!];
      for (let job = 0, at = agent * jobs; job < jobs; job += 1, at += 1) {
        if (allowed[at] === 0 || agentOf[job]! >= 0 || costs[at]! < prices[job]!) continue;
        into[at] = costs[at]! - prices[job]! + knapsack.within(space - uses[at]!) - least;
      }
      knapsack.prepareBackward();
      for (let k = 0; k < count; k += 1) {
        const at = agent * jobs + items[k]!;
        out[at] = Math.max(0, knapsack.without(k, space) - least);
        into[at] = out[at] > 0 ? 0 : Math.max(0, reduced[k]! + knapsack.without(k, space - uses[at]!) - least);
      }
    }
  }
}
