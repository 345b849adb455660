import { describe, expect, it } from '@jest/globals';
import { sampleInstance } from '../flow/instances.samples.js';
import { seeded } from '../flow/random.rules.js';
import { sampleTeams } from './team-instances.samples.js';
import { Knapsack, TeamPacker } from './team-packing.rules.js';
import { TeamState } from './team-state.rules.js';

/** The least that heads missing and prices cost together, over all sets of teams. */
function leastOfAll(sizes: number[], prices: number[], heads: number, missing: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let set = 0; set < 1 << sizes.length; set++) {
    const members = [...sizes.keys()].filter((team) => (set >> team) & 1);
    least = Math.min(least, costOf(members, sizes, prices, heads, missing));
  }
  return least;
}

function costOf(members: number[], sizes: number[], prices: number[], heads: number, missing: number): number {
  const come = members.reduce((sum, team) => sum + sizes[team]!, 0);
  return members.reduce((sum, team) => sum + prices[team]!, missing * Math.max(0, heads - come));
}

describe('packing of teams', () => {
  it('gives a requirement the cheapest of all sets of teams, opened over and over', () => {
    const random = seeded(5);
    for (const step of [1, 2, 5]) {
      const sizes = Array.from({ length: 9 }, () => step * random.whole(1, 12));
      const knapsack = new Knapsack(Int32Array.from(sizes));
      for (let time = 0; time < 100; time++) {
        const prices = sizes.map(() => random.whole(0, 40));
        const [heads, missing] = [random.whole(0, 40 * step), random.whole(0, 8)];
        knapsack.open(heads);
        prices.forEach((price, team) => knapsack.offer(team, price));
        const chosen = knapsack.cheapest(missing);
        expect(new Set(chosen).size).toBe(chosen.length);
        expect(costOf(chosen, sizes, prices, heads, missing)).toBe(leastOfAll(sizes, prices, heads, missing));
      }
    }
  });

  it.each([1, 2, 3, 4, 5])('is never worse than its start, and better than sending nobody (S%i)', (seed) => {
    const n = sampleTeams(sampleInstance('S', seed), seed);
    const candidates = n.requirements.map(({ incident, capability }) =>
      [...Array(n.teams).keys()].filter(
        (team) =>
          n.resting[team] === 0 &&
          (n.capabilities[team]! >> capability) % 2 === 1 &&
          n.etaMin[team * n.incidents + incident]! <= n.windowMin,
      ),
    );
    let start = new Int32Array(n.teams).fill(-1);
    let before = Number.POSITIVE_INFINITY;
    for (let time = 0; time < 5; time++) {
      const packer = new TeamPacker(n, seeded(seed + time), candidates, start);
      packer.pack(200, () => false);
      start = Int32Array.from(packer.best);
      const state = new TeamState(n);
      state.become(start);
      start.forEach((requirement, team) =>
        expect(requirement < 0 || candidates[requirement]!.includes(team)).toBe(true),
      );
      const after = state.unmet * 1000 + state.holes;
      expect(after).toBeLessThanOrEqual(before);
      before = after;
    }
    expect(before).toBeLessThan(new TeamState(n).unmet * 1000);
  });

  it('leaves its start as it is when it is told to stop at once', () => {
    const n = sampleTeams(sampleInstance('S', 1), 1);
    const start = new Int32Array(n.teams).fill(-1);
    const packer = new TeamPacker(n, seeded(1), n.requirements.map(() => [0]), start); // prettier-ignore
    packer.pack(1000, () => true);
    expect(packer.best).toEqual(start);
  });
});
