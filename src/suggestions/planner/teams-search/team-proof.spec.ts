import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sampleInstance } from '../flow/instances.samples.js';
import { seeded } from '../flow/random.rules.js';
import { SolverWorker } from '../solver-worker.js';
import { sampleTeams } from './team-instances.samples.js';
import { planTeams } from './team-planner.js';
import { planOf, proveTeams } from './team-proof.rules.js';
import type { ProvenTeams } from './team-proof.rules.js';
import type { TeamInstance } from './teams.types.js';

const solver = new SolverWorker();
beforeAll(() => solver.warmUp(), 60_000);
afterAll(() => solver.close());

/** Few teams of uneven sizes, half of which can do two things, for few requirements; some are out of reach. */
function drawInstance(seed: number): TeamInstance {
  const random = seeded(seed);
  const teams = random.whole(4, 8);
  const list = <Value>(count: number, draw: () => Value): Value[] => Array.from({ length: count }, draw);
  return {
    name: `drawn-${seed}`, teams, incidents: 2, windowMin: 100, weight: Int32Array.of(3, 1),
    headcount: Int32Array.from(list(teams, () => random.whole(3, 9))),
    capabilities: Int32Array.from(list(teams, () => (1 << random.whole(0, 1)) | (1 << random.whole(0, 1)))),
    resting: Uint8Array.from(list(teams, () => (random.unit() < 0.1 ? 1 : 0))),
    etaMin: Int32Array.from(list(2 * teams, () => random.whole(10, 120))),
    requirements: list(3, () => ({ incident: random.whole(0, 1), capability: random.whole(0, 1), heads: random.whole(4, 20) })),
    covers: list(3, () => Int32Array.from(new Set(list(2, () => random.whole(0, teams - 1))))),
  }; // prettier-ignore
}

/** The least of the first two goals, by trying every assignment. */
function leastByTrying(n: TeamInstance): [number, number] {
  const assigned = new Int32Array(n.teams).fill(-1);
  let least: [number, number] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const choose = (team: number): void => {
    if (team === n.teams) {
      const { unmet, holes } = planOf(n, assigned);
      if (unmet < least[0] || (unmet === least[0] && holes < least[1])) least = [unmet, holes];
      return;
    }
    for (let to = -1; to < n.requirements.length; to++) {
      assigned[team] = to;
      if (to < 0 || isAble(n, team, to)) choose(team + 1);
    }
    assigned[team] = -1;
  };
  choose(0);
  return least;
}

function isAble(n: TeamInstance, team: number, requirement: number): boolean {
  const { incident, capability } = n.requirements[requirement]!;
  const isNear = n.etaMin[team * n.incidents + incident]! <= n.windowMin;
  return isNear && n.resting[team] === 0 && ((n.capabilities[team]! >> capability) & 1) === 1;
}

async function proveFrom(n: TeamInstance, assigned: Int32Array): Promise<ProvenTeams> {
  const known = { plan: planOf(n, assigned), bound: { unmet: 0, holes: 0 }, proven: false, shouldStop: () => false };
  const proof = proveTeams(n, known);
  for (let step = proof.next(); !step.done;)
    step = proof.next(await solver.solve(step.value, performance.now() + 60_000));
  return known;
}

const goals = ({ plan, bound }: ProvenTeams) => [plan.unmet, plan.holes, bound.unmet, bound.holes];

describe('proof of a team plan', () => {
  it('reaches and proves the optimum of small cases from nobody sent, without fault in the plan', async () => {
    for (let seed = 1; seed <= 60; seed++) {
      const n = drawInstance(seed);
      const known = await proveFrom(n, new Int32Array(n.teams).fill(-1));
      const least = leastByTrying(n);
      expect([seed, known.proven, ...goals(known)]).toEqual([seed, true, ...least, ...least]);
      known.plan.assigned.forEach((to, team) => to >= 0 && expect(isAble(n, team, to)).toBe(true));
    }
  }, 120_000);

  it.each([
    [1, 474, 23],
    [3, 62, 7],
    [9, 0, 6],
    [12, 0, 1],
  ])(
    'says that M%i is planned as well as can be',
    async (seed, unmet, holes) => {
      const n = sampleTeams(sampleInstance('M', seed), seed);
      const known = await planTeams(n, solver, { seed, timeoutMs: 60_000 });
      expect([known.proven, ...goals(known)]).toEqual([true, unmet, holes, unmet, holes]);
    },
    120_000,
  );

  it('keeps the plan of the search and what is proven by then when the solver is late or breaks', async () => {
    const n = sampleTeams(sampleInstance('M', 2), 2);
    const late = await planTeams(n, solver, { seed: 2, rounds: 500, timeoutMs: 1 });
    expect(late.proven).toBe(false);
    expect(late.bound.unmet).toBeLessThanOrEqual(late.plan.unmet);
    const broken = new SolverWorker(() => new Worker('process.exit(1)', { eval: true }));
    const alone = await planTeams(n, broken, { seed: 2, rounds: 500, timeoutMs: 20_000 });
    expect([alone.proven, alone.plan.unmet, alone.plan.holes]).toEqual([false, late.plan.unmet, late.plan.holes]);
    await broken.close();
  }, 60_000);

  it('has nothing to prove where nobody is asked for or nobody is there', async () => {
    const n = drawInstance(1);
    const noTeams = { ...n, teams: 0, covers: [], headcount: new Int32Array(0), capabilities: new Int32Array(0), resting: new Uint8Array(0), etaMin: new Int32Array(0) }; // prettier-ignore
    for (const empty of [{ ...n, requirements: [] }, noTeams]) {
      const { plan, proven } = await planTeams(empty, solver, { timeoutMs: 10_000 });
      expect([proven, plan.assigned.every((to) => to < 0)]).toEqual([true, true]);
    }
  });
});
