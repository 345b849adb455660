import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LinearModel, type SolveAnswer, toLpText } from '../planner/linear-model.rules.js';
import { SolverWorker } from '../planner/solver-worker.js';
import { checkAssignment, checkCap, checkMedians } from './check.rules.js';
import { parseMedian } from './parse-pmed.rules.js';
import { sampleAssignment, sampleCap, sampleNetwork } from './solve.samples.js';
import { solveInstance } from './solve.rules.js';
import type { AssignmentInstance, CapInstance, Instance, MedianInstance, Sense } from './solve.types.js';
import { Tokens } from './tokens.rules.js';

const unlimited = { isLate: (): boolean => false };
const solver = new SolverWorker();
beforeAll(() => solver.warmUp());
afterAll(() => solver.close());

/** What HiGHS says of the plain model of an instance: it shares nothing with the engines. */
async function oracle(model: LinearModel, costs: number[]): Promise<SolveAnswer> {
  const lp = toLpText(model, new Map(costs.entries()));
  const options = { mip_rel_gap: 0, mip_abs_gap: 1e-7 };
  const [answer] = await solver.solve([{ lp, options }], performance.now() + 30_000);
  expect(['optimal', 'failed']).toContain(answer!.status);
  return answer!;
}

const binary = { lower: 0, upper: 1, integer: true };
const share = { lower: 0, upper: 1, integer: false };
const indices = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

function plainCap({ warehouses, customers, capacities, fixedCosts, demands, costs }: CapInstance) {
  const x = (i: number, j: number): number => warehouses + i * customers + j;
  const model: LinearModel = {
    columns: [...indices(warehouses).map(() => binary), ...[...costs].map(() => share)],
    rows: [
      ...indices(customers).map((j) => ({
        terms: indices(warehouses).map((i): [number, number] => [x(i, j), 1]),
        sense: '=' as const,
        rhs: 1,
      })),
      ...indices(warehouses).map((i) => ({
        terms: [...indices(customers).map((j): [number, number] => [x(i, j), demands[j]!]), [i, -capacities[i]!]] as [
          number,
          number,
        ][],
        sense: '<=' as const,
        rhs: 0,
      })),
      ...indices(warehouses).flatMap((i) =>
        indices(customers).map((j) => ({
          terms: [
            [x(i, j), 1],
            [i, -1],
          ] as [number, number][],
          sense: '<=' as const,
          rhs: 0,
        })),
      ),
    ],
  };
  return oracle(model, [...fixedCosts, ...costs]);
}

function plainAssignment({ agents, jobs, costs, uses, capacities }: AssignmentInstance, sense: Sense) {
  const model: LinearModel = {
    columns: [...costs].map(() => binary),
    rows: [
      ...indices(jobs).map((job) => ({
        terms: indices(agents).map((agent): [number, number] => [agent * jobs + job, 1]),
        sense: '=' as const,
        rhs: 1,
      })),
      ...indices(agents).map((agent) => ({
        terms: indices(jobs).map((job): [number, number] => [agent * jobs + job, uses[agent * jobs + job]!]),
        sense: '<=' as const,
        rhs: capacities[agent]!,
      })),
    ],
  };
  return oracle(
    model,
    [...costs].map((cost) => (sense === 'max' ? -cost : cost)),
  );
}

/** All ways to choose. */
function bestOfAll({ nodes, medians, distances }: MedianInstance): number {
  let best = Number.POSITIVE_INFINITY;
  const extend = (sites: number[], from: number): void => {
    if (sites.length === medians) {
      const cost = indices(nodes).reduce((sum, j) => sum + Math.min(...sites.map((i) => distances[i * nodes + j]!)), 0);
      best = Math.min(best, cost);
      return;
    }
    for (let site = from; site < nodes; site += 1) extend([...sites, site], site + 1);
  };
  extend([], 0);
  return best;
}

function network(seed: number, nodes: number, medians: number): MedianInstance {
  return parseMedian(new Tokens(sampleNetwork(seed, nodes, medians)));
}

function expectProven(instance: Instance, sense: Sense, best: number): void {
  const solution = solveInstance(instance, sense, unlimited);
  expect(solution).toMatchObject({ status: 'optimal', proven: true });
  expect(Math.abs(solution.objective! - best)).toBeLessThanOrEqual(1e-6 * Math.abs(best));
  expect(solution.gap).toBeLessThanOrEqual(1e-7);
}

describe('warehouses', () => {
  it.each(indices(24).map((seed) => [seed + 1, 3 + (seed % 8), 5 + ((seed * 7) % 18)]))(
    'finds what HiGHS finds: seed %i, %i x %i',
    async (seed, warehouses, customers) => {
      const instance = sampleCap(seed, warehouses, customers);
      const answer = await plainCap(instance);
      expect(answer.status).toBe('optimal');
      expectProven(instance, 'min', answer.objective);
    },
  );

  it('proves that there is no way to serve everybody', () => {
    const instance = sampleCap(2, 3, 6);
    instance.capacities.fill(1);
    expect(solveInstance(instance, 'min', unlimited)).toMatchObject({
      status: 'infeasible',
      proven: true,
      objective: null,
    });
  });
});

describe('medians', () => {
  it.each(indices(24).map((seed) => [seed + 1, 5 + (seed % 9), 1 + (seed % 5)]))(
    'finds the best of all choices: seed %i, %i nodes, p = %i',
    (seed, nodes, medians) => {
      const instance = network(seed, nodes, medians);
      expectProven(instance, 'min', bestOfAll(instance));
    },
  );

  it('opens everything when it may', () => {
    expectProven(network(3, 6, 6), 'min', 0);
    expectProven(network(3, 1, 1), 'min', 0);
  });

  it('proves networks of a hundred nodes', () => {
    for (const medians of [1, 5, 33])
      expect(solveInstance(network(medians, 100, medians), 'min', unlimited).proven).toBe(true);
  });
});

describe('assignments', () => {
  it.each(
    indices(24).map(
      (seed) => [seed + 1, 2 + (seed % 5), 6 + ((seed * 5) % 20), seed % 3 === 0 ? 'max' : 'min'] as const,
    ),
  )('finds what HiGHS finds: seed %i, %i x %i, %s', async (seed, agents, jobs, sense) => {
    // What costs little and takes much is hard for HiGHS.
    const correlated = sense === 'min' && seed % 2 === 0;
    const instance = sampleAssignment(seed, { agents, jobs: correlated ? 6 + (jobs % 6) : jobs, correlated });
    const answer = await plainAssignment(instance, sense);
    if (answer.columns.length === 0)
      expect(solveInstance(instance, sense, unlimited)).toMatchObject({ status: 'infeasible', proven: true });
    else expectProven(instance, sense, sense === 'max' ? -answer.objective : answer.objective);
  });

  it('keeps fractions of costs', async () => {
    const instance = sampleAssignment(8, { agents: 3, jobs: 12, correlated: false });
    instance.costs = instance.costs.map((cost, at) => cost + (at % 7) / 8);
    expectProven(instance, 'min', (await plainAssignment(instance, 'min')).objective);
  });

  it('proves that the jobs do not fit', () => {
    // Two jobs an agent are six, although there is room for seven and a half.
    const instance = sampleAssignment(5, { agents: 3, jobs: 7, correlated: false });
    instance.uses.fill(10);
    instance.capacities.fill(25);
    expect(solveInstance(instance, 'min', unlimited)).toMatchObject({
      status: 'infeasible',
      proven: true,
      bound: null,
    });
  });
});

describe('time', () => {
  it('says how far it got: the bound is never above the optimum, the objective never below it', async () => {
    const cap = sampleCap(10, 10, 22);
    const gap = sampleAssignment(10, { agents: 4, jobs: 14, correlated: true });
    const medians = network(7, 13, 4);
    const cases: [Instance, number][] = [
      [cap, (await plainCap(cap)).objective],
      [gap, (await plainAssignment(gap, 'min')).objective],
      [medians, bestOfAll(medians)],
    ];
    for (const [instance, best] of cases)
      for (const looks of [0, 1, 5, 40, 300]) {
        let left = looks;
        const { objective, bound, proven } = solveInstance(instance, 'min', { isLate: () => (left -= 1) < 0 });
        expect(bound ?? Number.NEGATIVE_INFINITY).toBeLessThanOrEqual(best * (1 + 1e-7));
        expect(objective ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(best * (1 - 1e-9));
        if (looks === 0) expect(proven).toBe(false);
      }
  });
});

describe('the second opinion', () => {
  it('refuses choices that are not allowed', () => {
    const cap = sampleCap(1, 4, 8);
    expect(() => checkCap({ ...cap, capacities: cap.capacities.map(() => 1) }, [0, 1])).toThrow(
      'cannot serve everybody',
    );
    expect(() => checkMedians(network(1, 6, 2), [3])).toThrow('1 sites instead of 2');
    expect(() => checkMedians(network(1, 6, 2), [3, 3])).toThrow('sites instead of 2');
    const gap = sampleAssignment(1, { agents: 2, jobs: 6, correlated: false });
    expect(() => checkAssignment(gap, new Int32Array(6))).toThrow('agent 1 has too much to do');
    expect(() => checkAssignment(gap, new Int32Array(6).fill(-1))).toThrow('job 1 has no agent');
  });
});
