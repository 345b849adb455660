import { describe, expect, it } from '@jest/globals';
import { sampleInstance } from '../flow/instances.samples.js';
import { nearestTeams, searchTeamPlan } from './team-search.rules.js';
import { sampleTeams } from './team-instances.samples.js';
import type { TeamInstance, TeamPlan } from './teams.types.js';

/** The goals of an assignment, added up without the search. */
function judged(n: TeamInstance, assigned: Int32Array): [number, number, number] {
  const heads = n.requirements.map(() => 0);
  let minutes = 0;
  assigned.forEach((requirement, team) => {
    if (requirement < 0) return;
    const { incident, capability } = n.requirements[requirement]!;
    const eta = n.etaMin[team * n.incidents + incident]!;
    expect(n.resting[team]).toBe(0);
    expect((n.capabilities[team]! >> capability) & 1).toBe(1);
    expect(eta).toBeLessThanOrEqual(n.windowMin);
    heads[requirement]! += n.headcount[team]!;
    minutes += n.weight[incident]! * eta;
  });
  const unmet = n.requirements.reduce((sum, { incident, heads: asked }, at) => sum + n.weight[incident]! * Math.max(0, asked - heads[at]!), 0); // prettier-ignore
  return [unmet, n.covers.filter((cover) => cover.every((team) => assigned[team]! >= 0)).length, minutes];
}

const goals = ({ unmet, holes, minutes }: TeamPlan): [number, number, number] => [unmet, holes, minutes];

describe('team search', () => {
  it.each([
    [1, [4, 0, 21979]],
    [2, [0, 2, 27100]],
    [3, [361, 4, 15740]],
  ] as [number, number[]][])('finds the proven optimum of S%i', (seed, optimum) => {
    const n = sampleTeams(sampleInstance('S', seed), seed);
    const plan = searchTeamPlan(n, { rounds: 5000 });
    expect(goals(plan)).toEqual(optimum);
    expect(judged(n, plan.assigned)).toEqual(optimum);
  });

  it('is better than the nearest teams, goal by goal in order, at the size of a province', () => {
    const n = sampleTeams(sampleInstance('M', 1), 1);
    const [plan, nearest] = [searchTeamPlan(n, { rounds: 2000 }), nearestTeams(n)];
    expect(judged(n, plan.assigned)).toEqual(goals(plan));
    expect(judged(n, nearest.assigned)).toEqual(goals(nearest));
    expect(plan.unmet).toBeLessThan(nearest.unmet);
  });

  it.each([
    [2, [80, 35]],
    [3, [62, 7]],
    [9, [0, 6]],
  ] as [number, number[]][])('finds the fewest missing and the fewest holes known of M%i', (seed, least) => {
    const { unmet, holes } = searchTeamPlan(sampleTeams(sampleInstance('M', seed), seed), { seed });
    expect([unmet, holes]).toEqual(least);
  });

  it('answers the same for the same seed, and stops when it is told to', () => {
    const n = sampleTeams(sampleInstance('S', 2), 2);
    expect(searchTeamPlan(n, { rounds: 500 })).toEqual(searchTeamPlan(n, { rounds: 500 }));
    for (const looks of [0, 10, 1_000]) {
      let asked = 0;
      const plan = searchTeamPlan(n, { rounds: 500, shouldStop: () => ++asked > looks });
      expect(judged(n, plan.assigned)).toEqual(goals(plan));
      expect(plan.rounds).toBeLessThan(500 * Math.sign(looks) + 1);
    }
    expect(searchTeamPlan(n, { rounds: 500, shouldStop: () => true }).rounds).toBe(0);
  });
});
