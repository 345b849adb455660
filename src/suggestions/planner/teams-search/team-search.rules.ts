import { seeded } from '../flow/random.rules.js';
import type { Random } from '../flow/random.rules.js';
import { TeamAnnealer } from './team-annealing.rules.js';
import { TeamPacker } from './team-packing.rules.js';
import { TeamState } from './team-state.rules.js';
import type { TeamInstance, TeamLimits, TeamPlan } from './teams.types.js';

/** Nearest teams that a requirement looks at. */
const CANDIDATES = 60;
/** What a hole and a superfluous head are worth in minutes when teams are chosen one by one. */
const HOLE_MIN = 400;
const WASTE_MIN = 3;
/** Moves of annealing that go with a round, over all heats. */
const MOVES_A_ROUND = 400;
/** Starts that anneal for the heads missing; the best goes on. Each kind of heat gets its share of the moves. */
const STARTS = 2;
const FOR_HEADS = { share: 0.19, head: 20, hole: 1, minute: 0, hot: 400 };
const FOR_HOLES = { share: 0.5, head: 10, hole: 9, minute: 0, hot: 30 };
const FOR_MINUTES = { share: 0.12, head: 4000, hole: 4000, minute: 1, hot: 1000 };
/** How often it packs from hot to cool, each time from the best on, and changes of each time that go with a round. */
const PACKS = 2;
const PACKINGS_A_ROUND = 1.5;
export const DEFAULT_TEAM_LIMITS: TeamLimits = { rounds: 20_000, seed: 1, shouldStop: () => false };

/**
 * Sends teams to requirements: as few weighed heads missing as can be, then as few covers without a team, then as few
 * weighed minutes. Annealing finds who serves what, first for the heads from several starts, then for the covers; packing
 * (`TeamPacker`) goes on where several teams have to change at once; then it anneals for the minutes, and ruin and recreate
 * (Schrimpf et al. 2000) goes on from there: some neighbouring requirements lose their teams and are served anew with noise; a worse
 * answer is sometimes kept for a while, within the minutes. The best found, not proven.
 * Each team serves at most one requirement; resting ones stay.
 */
export function searchTeamPlan(n: TeamInstance, limits: Partial<TeamLimits> = {}): TeamPlan {
  return searched(n, { ...DEFAULT_TEAM_LIMITS, ...limits }, (candidates, start, all) =>
    annealed(n, candidates, start, all),
  );
}

/** A plan as good in heads and covers, or better, with fewer minutes where the search finds it. */
export function betterMinutes(n: TeamInstance, plan: TeamPlan, limits: Partial<TeamLimits> = {}): TeamPlan {
  return searched(n, { ...DEFAULT_TEAM_LIMITS, ...limits }, (_, start, { rounds, seed, shouldStop }) => {
    const annealer = new TeamAnnealer(n, seeded(seed + 7), start);
    annealer.goOnFrom(plan.assigned);
    annealer.anneal(heatOf(FOR_MINUTES, rounds), shouldStop);
    return annealer.assigned();
  });
}

type Way = (candidates: readonly number[][], start: Int32Array, limits: TeamLimits) => Int32Array;

/** A first way to an assignment, then ruin and recreate. */
function searched(n: TeamInstance, limits: TeamLimits, way: Way): TeamPlan {
  const { rounds, seed, shouldStop } = limits;
  const candidates = n.requirements.map((_, requirement) => candidatesOf(n, requirement).slice(0, CANDIDATES));
  const search = new TeamSearch(n, seeded(seed + 99), candidates);
  search.goOnFrom(way(candidates, search.best, limits));
  let round = 0;
  for (; round < rounds && !shouldStop(); round++) search.round(1 - round / rounds);
  search.state.become(search.best);
  const { assigned, unmet, holes, minutes } = search.state;
  return { assigned, unmet, holes, minutes, rounds: round };
}

const heatOf = ({ share, ...worth }: typeof FOR_HEADS, rounds: number) => ({
  ...worth,
  moves: Math.floor(share * rounds * MOVES_A_ROUND),
});

/** The best assignment of all heats; the start itself when there is no time. */
function annealed(
  n: TeamInstance,
  candidates: readonly number[][],
  start: Int32Array,
  { rounds, seed, shouldStop }: TeamLimits,
): Int32Array {
  const starts = Array.from({ length: STARTS }, (_, at) => {
    const annealer = new TeamAnnealer(n, seeded(seed * STARTS + at + 7), start);
    annealer.anneal(heatOf(FOR_HEADS, rounds), shouldStop);
    return annealer;
  });
  const best = starts.reduce((one, other) => (other.isBetterThan(one) ? other : one));
  best.anneal(heatOf(FOR_HOLES, rounds), shouldStop);
  const packer = new TeamPacker(n, seeded(seed + 5), candidates, best.assigned());
  for (let time = 0; time < PACKS; time++) packer.pack(rounds * PACKINGS_A_ROUND, shouldStop);
  best.goOnFrom(packer.best);
  best.anneal(heatOf(FOR_MINUTES, rounds), shouldStop);
  return best.assigned();
}

/** The nearest able teams in order of weight: what a desk would do, and where the search begins. */
export function nearestTeams(n: TeamInstance): TeamPlan {
  const state = new TeamState(n);
  for (const requirement of byWeight(n))
    for (const team of candidatesOf(n, requirement)) {
      if (state.heads[requirement]! >= n.requirements[requirement]!.heads) break;
      if (state.assigned[team]! < 0) state.send(team, requirement);
    }
  const { assigned, unmet, holes, minutes } = state;
  return { assigned, unmet, holes, minutes, rounds: 0 };
}

function candidatesOf(n: TeamInstance, requirement: number): number[] {
  const { incident, capability } = n.requirements[requirement]!;
  const minutes = (team: number): number => n.etaMin[team * n.incidents + incident]!;
  return Array.from({ length: n.teams }, (_, team) => team)
    .filter(
      (team) =>
        n.resting[team] === 0 && (n.capabilities[team]! >> capability) % 2 === 1 && minutes(team) <= n.windowMin,
    )
    .sort((one, other) => minutes(one) - minutes(other) || one - other);
}

function byWeight(n: TeamInstance): number[] {
  const weight = (requirement: number): number => n.weight[n.requirements[requirement]!.incident]!;
  return [...n.requirements.keys()].sort((one, other) => weight(other) - weight(one) || one - other);
}

class TeamSearch {
  readonly state: TeamState;
  best: Int32Array;
  private bestCost: number;
  private current: number;
  private readonly rank: Map<number, number>;

  constructor(
    private readonly n: TeamInstance,
    private readonly random: Random,
    private readonly candidates: readonly number[][],
  ) {
    this.state = new TeamState(n);
    const order = byWeight(n);
    this.rank = new Map(order.map((requirement, place) => [requirement, place]));
    for (const requirement of order) this.serve(requirement, 0);
    this.current = this.cost();
    this.bestCost = this.current;
    this.best = this.state.assigned.slice();
  }

  /** Takes over an assignment that is better, or as good. */
  goOnFrom(assigned: Int32Array): void {
    this.state.become(assigned);
    const cost = this.cost();
    if (cost > this.bestCost) return this.state.become(this.best);
    this.current = cost;
    this.bestCost = cost;
    this.best = assigned;
  }

  /** One exact number: weighed minutes stay below twenty million, holes below five hundred, weighed heads below 900,000. */
  private cost(): number {
    return this.state.unmet * 1e10 + this.state.holes * 2e7 + this.state.minutes;
  }

  round(heat: number): void {
    const { state, random } = this;
    if (this.n.requirements.length === 0) return;
    const before = state.assigned.slice();
    const chosen = this.choose();
    for (const requirement of chosen)
      for (const team of [...state.members[requirement]!]) if (random.unit() < 0.8) state.recall(team);
    for (let last = chosen.length - 1; last > 0; last--) {
      const place = random.whole(0, last);
      [chosen[last], chosen[place]] = [chosen[place]!, chosen[last]!];
    }
    if (random.unit() < 0.5) chosen.sort((one, other) => this.rank.get(one)! - this.rank.get(other)!);
    for (const requirement of chosen) this.serve(requirement, random.unit() < 0.3 ? 0 : 0.6);
    const cost = this.cost();
    const tolerance = random.unit() < 0.1 ? heat * 2000 : 0;
    if (cost > this.current + tolerance) return state.become(before);
    this.current = cost;
    if (cost >= this.bestCost) return;
    this.bestCost = cost;
    this.best = state.assigned.slice();
  }

  /** A requirement and up to four that hold teams which it could use. */
  private choose(): number[] {
    const { random, state } = this;
    const first = random.whole(0, this.n.requirements.length - 1);
    const chosen = new Set([first]);
    const candidates = this.candidates[first]!;
    const most = random.whole(1, 4);
    for (let draw = 0; draw < 3 * most && chosen.size <= most && candidates.length > 0; draw++) {
      const holder = state.assigned[candidates[random.whole(0, candidates.length - 1)]!]!;
      if (holder >= 0) chosen.add(holder);
    }
    return [...chosen];
  }

  /** Sends teams until there are enough heads, the cheapest a head first; then recalls those that are too many. */
  private serve(requirement: number, noise: number): void {
    const { state, n } = this;
    const { heads, incident } = n.requirements[requirement]!;
    while (state.heads[requirement]! < heads) {
      const team = this.cheapest(requirement, noise);
      if (team < 0) break;
      state.send(team, requirement);
    }
    const minutes = (team: number): number => n.etaMin[team * n.incidents + incident]!;
    const farFirst = [...state.members[requirement]!].sort(
      (one, other) => minutes(other) - minutes(one) || one - other,
    );
    for (const team of farFirst) if (state.heads[requirement]! - n.headcount[team]! >= heads) state.recall(team);
  }

  private cheapest(requirement: number, noise: number): number {
    const { state, n, random } = this;
    const { heads, incident } = n.requirements[requirement]!;
    const missing = heads - state.heads[requirement]!;
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (const team of this.candidates[requirement]!) {
      if (state.assigned[team]! >= 0) continue;
      const useful = Math.min(missing, n.headcount[team]!);
      const wasted = n.headcount[team]! - useful;
      const minutes =
        n.etaMin[team * n.incidents + incident]! + state.holesIfSent(team) * HOLE_MIN + wasted * WASTE_MIN;
      const cost = (minutes / useful) * (1 + noise * random.unit());
      if (cost >= least) continue;
      least = cost;
      best = team;
    }
    return best;
  }
}
