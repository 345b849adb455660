import type { Random } from '../flow/random.rules.js';
import { COOLING, STAGES, exponential } from './team-annealing.rules.js';
import { TeamState } from './team-state.rules.js';
import type { TeamInstance } from './teams.types.js';

/** What a head missing (times its weight) and a hole cost while it packs, and how hot that begins. */
export const HEAD = 10;
export const HOLE = 9;
const HOT = 10;
/** Requirements that are packed anew together with the first. */
const MOST_OTHERS = 3;
/** Prices of a team drawn anew each round: they make it choose another of the sets that are as good. */
const NOISES = [0.1, 1, 4, 10];
/** How often a choice follows the guide, how far its prices waver, what the guide's own choice is worth, and what of the rest goes on. */
const GUIDED = 0.7;
const WAVER = 0.5;
const OWN_CHOICE = 10;
const HOLE_TOO = 0.5;
const NOISE_TOO = 0.3;
/** Rounds between two looks at the flag: well below a millisecond. */
const BATCH = 16;

/** What the relaxed model says: the price of a team, in costs of packing, and which part of a team it sends to a requirement. */
export interface TeamGuide {
  price: Float64Array;
  sends: (team: number, requirement: number) => number;
}

/**
 * Ruin and recreate with an exact part: a requirement and up to three that hold teams which it could use lose all their teams, and in
 * random order each is given the very best set of waiting teams for it alone, found as a knapsack. Where annealing would have to
 * gather four small teams one by one before it can spare a large one, this changes them at once. Accepts as annealing does. With a guide it
 * mostly asks what the relaxed model asks for a team, and prefers what that chose.
 */
export class TeamPacker {
  best: Int32Array;
  private readonly state: TeamState;
  private readonly knapsack: Knapsack;
  private bestUnmet: number;
  private bestHoles: number;

  /** @param candidates per requirement the teams that it may be given */
  constructor(
    private readonly n: TeamInstance,
    private readonly random: Random,
    private readonly candidates: readonly number[][],
    start: Int32Array,
    private readonly guide: TeamGuide | null = null,
  ) {
    this.state = new TeamState(n);
    this.state.become(start);
    this.knapsack = new Knapsack(n.headcount);
    this.best = start.slice();
    this.bestUnmet = this.state.unmet;
    this.bestHoles = this.state.holes;
  }

  /** From the best on, from hot to cool. Stops when it is told to. */
  pack(rounds: number, shouldStop: () => boolean): void {
    if (this.n.requirements.length === 0) return;
    this.state.become(this.best);
    let heat = HOT;
    for (let stage = 0, round = 0; stage < STAGES; stage++, heat *= COOLING)
      for (const end = Math.floor((rounds * (stage + 1)) / STAGES); round < end; round++) {
        if (round % BATCH === 0 && shouldStop()) return;
        this.round(heat);
      }
  }

  private round(heat: number): void {
    const { state, random } = this;
    const { unmet, holes } = state;
    const chosen = this.choose();
    const before = chosen.map((requirement) => [...state.members[requirement]!]);
    this.clear(chosen);
    const noise = NOISES[random.whole(0, NOISES.length - 1)]!;
    const perHead = random.unit() < 0.5 ? 0 : random.unit();
    for (const requirement of shuffled(chosen, random)) this.serve(requirement, noise, perHead);
    const worse = (state.unmet - unmet) * HEAD + (state.holes - holes) * HOLE;
    if (worse > 0 && worse > heat * exponential(random)) {
      this.clear(chosen);
      chosen.forEach((requirement, at) => before[at]!.forEach((team) => state.send(team, requirement)));
    } else if (state.unmet < this.bestUnmet || (state.unmet === this.bestUnmet && state.holes < this.bestHoles)) {
      this.bestUnmet = state.unmet;
      this.bestHoles = state.holes;
      this.best = state.assigned.slice();
    }
  }

  private clear(requirements: readonly number[]): void {
    for (const requirement of requirements)
      for (const team of [...this.state.members[requirement]!]) this.state.recall(team);
  }

  private choose(): number[] {
    const { random, state } = this;
    const first = random.whole(0, this.n.requirements.length - 1);
    const chosen = [first];
    const candidates = this.candidates[first]!;
    const others = random.whole(0, MOST_OTHERS);
    for (let draw = 0; draw < 3 * others && chosen.length <= others && candidates.length > 0; draw++) {
      const holder = state.assigned[candidates[random.whole(0, candidates.length - 1)]!]!;
      if (holder >= 0 && !chosen.includes(holder)) chosen.push(holder);
    }
    return chosen;
  }

  private serve(requirement: number, noise: number, perHead: number): void {
    const { state, random, knapsack, n } = this;
    const { heads, incident } = n.requirements[requirement]!;
    const guide = this.guide !== null && random.unit() < GUIDED ? this.guide : null;
    knapsack.open(heads);
    for (const team of this.candidates[requirement]!) {
      if (state.assigned[team]! >= 0) continue;
      const hole = state.holesIfSent(team) * HOLE;
      knapsack.offer(
        team,
        guide
          ? HOLE_TOO * hole + this.guided(guide, team, requirement) + NOISE_TOO * noise * random.unit()
          : hole + noise * random.unit() + perHead * knapsack.size(team),
      );
    }
    for (const team of knapsack.cheapest(n.weight[incident]! * HEAD)) state.send(team, requirement);
  }

  private guided({ price, sends }: TeamGuide, team: number, requirement: number): number {
    const asked = price[team]! - OWN_CHOICE * sends(team, requirement);
    return asked * (1 + WAVER * (this.random.unit() - 0.5));
  }
}

function shuffled(list: readonly number[], random: Random): number[] {
  const mixed = [...list];
  for (let last = mixed.length - 1; last > 0; last--) {
    const place = random.whole(0, last);
    [mixed[last], mixed[place]] = [mixed[place]!, mixed[last]!];
  }
  return mixed;
}

/**
 * Which teams serve a requirement at the least cost, heads missing and prices of teams together: dynamic programming over the heads
 * that have come, counted in the largest number that divides every team's. Opened, offered to and emptied over and over.
 */
export class Knapsack {
  private readonly unit: number;
  private readonly sizes: Int32Array;
  private heads = 0;
  /** Units asked for; more than these count as these. */
  private asked = 0;
  private most = 0;
  private offered: number[] = [];
  private cost = new Float64Array(0);
  /** Per offer and units come: units that there were without it; -1 where it does not come. */
  private before = new Int32Array(0);

  constructor(headcount: Int32Array) {
    this.unit = Math.max(1, headcount.reduce(commonDivisor, 0));
    this.sizes = headcount.map((heads) => heads / this.unit);
  }

  /** Heads of a team, in units. */
  size(team: number): number {
    return this.sizes[team]!;
  }

  open(heads: number): void {
    this.heads = heads;
    this.asked = Math.ceil(heads / this.unit);
    this.most = 0;
    this.offered = [];
    if (this.cost.length <= this.asked) this.cost = new Float64Array(this.asked + 1);
    this.cost.fill(Number.POSITIVE_INFINITY, 0, this.asked + 1);
    this.cost[0] = 0;
  }

  offer(team: number, price: number): void {
    const { cost, asked } = this;
    const size = this.sizes[team]!;
    const row = this.offered.push(team) * (asked + 1) - (asked + 1);
    const before = this.rowsUpTo(row + asked + 1);
    before.fill(-1, row, row + asked + 1);
    for (let come = Math.min(this.most, asked - 1); come >= 0; come--) {
      const then = Math.min(asked, come + size);
      if (cost[come]! + price >= cost[then]!) continue;
      cost[then] = cost[come]! + price;
      before[row + then] = come;
    }
    this.most = Math.min(asked, this.most + size);
  }

  private rowsUpTo(length: number): Int32Array {
    if (this.before.length >= length) return this.before;
    const longer = new Int32Array(2 * length);
    longer.set(this.before);
    this.before = longer;
    return longer;
  }

  /** @param missing what one head that does not come costs */
  cheapest(missing: number): number[] {
    const { cost, asked, unit, heads, before, offered } = this;
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let come = 0; come <= this.most; come++) {
      const all = cost[come]! + missing * Math.max(0, heads - come * unit);
      if (all >= least) continue;
      least = all;
      best = come;
    }
    const chosen: number[] = [];
    for (let at = offered.length - 1, come = best; at >= 0 && come > 0; at--) {
      const without = before[at * (asked + 1) + come]!;
      if (without < 0) continue;
      chosen.push(offered[at]!);
      come = without;
    }
    return chosen;
  }
}

function commonDivisor(one: number, other: number): number {
  return other === 0 ? one : commonDivisor(other, one % other);
}
