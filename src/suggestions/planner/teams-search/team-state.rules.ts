import type { TeamInstance } from './teams.types.js';

/** Who is sent where, and what that is worth; changed team by team. */
export class TeamState {
  readonly assigned: Int32Array;
  readonly heads: Float64Array;
  readonly members: Set<number>[];
  unmet = 0;
  holes = 0;
  minutes = 0;
  /** Covers that a team belongs to, and how many of each are still there. */
  readonly coversOf: number[][];
  readonly ready: Int32Array;

  constructor(private readonly n: TeamInstance) {
    this.assigned = new Int32Array(n.teams).fill(-1);
    this.heads = new Float64Array(n.requirements.length);
    this.members = n.requirements.map(() => new Set<number>());
    this.coversOf = Array.from({ length: n.teams }, () => []);
    this.ready = Int32Array.from(n.covers, (cover) => cover.length);
    n.covers.forEach((cover, index) => cover.forEach((team) => this.coversOf[team]!.push(index)));
    n.requirements.forEach((_, index) => (this.unmet += this.missing(index)));
  }

  send(team: number, to: number): void {
    const { n } = this;
    const { incident } = n.requirements[to]!;
    this.unmet -= this.missing(to);
    this.heads[to] = this.heads[to]! + n.headcount[team]!;
    this.unmet += this.missing(to);
    this.assigned[team] = to;
    this.members[to]!.add(team);
    this.minutes += n.weight[incident]! * n.etaMin[team * n.incidents + incident]!;
    for (const cover of this.coversOf[team]!) {
      this.ready[cover] = this.ready[cover]! - 1;
      if (this.ready[cover] === 0) this.holes++;
    }
  }

  recall(team: number): void {
    const { n } = this;
    const from = this.assigned[team]!;
    const { incident } = n.requirements[from]!;
    this.unmet -= this.missing(from);
    this.heads[from] = this.heads[from]! - n.headcount[team]!;
    this.unmet += this.missing(from);
    this.assigned[team] = -1;
    this.members[from]!.delete(team);
    this.minutes -= n.weight[incident]! * n.etaMin[team * n.incidents + incident]!;
    for (const cover of this.coversOf[team]!) {
      if (this.ready[cover] === 0) this.holes--;
      this.ready[cover] = this.ready[cover]! + 1;
    }
  }

  private missing(requirement: number): number {
    const { incident, heads } = this.n.requirements[requirement]!;
    return this.n.weight[incident]! * Math.max(0, heads - this.heads[requirement]!);
  }

  /** Covers that would be without a team if this one went. */
  holesIfSent(team: number): number {
    let holes = 0;
    for (const cover of this.coversOf[team]!) if (this.ready[cover] === 1) holes++;
    return holes;
  }

  /** Goes back to a former assignment. */
  become(assigned: Int32Array): void {
    const differing = [...assigned.keys()].filter((team) => assigned[team] !== this.assigned[team]);
    for (const team of differing) if (this.assigned[team]! >= 0) this.recall(team);
    for (const team of differing) if (assigned[team]! >= 0) this.send(team, assigned[team]!);
  }
}
