import { beforeAll, describe, expect, it } from '@jest/globals';
import { adviseStructure } from './advise.rules.js';
import { isWorthIt, tonneKmOf } from './choose.rules.js';
import { figuresOf, outcomes, stockAfter } from './outcome.rules.js';
import { proposePlacing, type SolveLp } from './placing.rules.js';
import { highsHere, sampleProblem } from './structure.samples.js';
import type { ItemFigures, Move, StructureProblem } from './structure.types.js';

const never = () => false;
let solve: SolveLp;
beforeAll(async () => void (solve = await highsHere()));
const advise = (problem: StructureProblem) => adviseStructure(problem, { solve, shouldStop: never });
const figures = (problem: StructureProblem, moves: readonly Move[], item = 0): ItemFigures =>
  figuresOf(problem.scenarios, outcomes(problem, stockAfter(problem, moves), [item]).map(([one]) => one!)); // prettier-ignore

/** Every way in which the units of one item can lie in three stores with the room that there is. */
function everyPlacing(problem: StructureProblem): Move[][] {
  const stores = problem.stores.map(({ free, roomCm3 }) => ({ has: free[0]!, most: free[0]! + roomCm3 / 1000 }));
  const total = stores.reduce((sum, { has }) => sum + has, 0);
  const placings: Move[][] = [];
  for (let a = 0; a <= Math.min(total, stores[0]!.most); a++)
    for (let b = 0; b <= Math.min(total - a, stores[1]!.most); b++) {
      if (total - a - b <= stores[2]!.most) placings.push(movesTo(stores, [a, b, total - a - b]));
    }
  return placings;
}

/** From those that have too much to those that have too little, in order. */
function movesTo(stores: { has: number }[], wanted: number[]): Move[] {
  const over = stores.map(({ has }, n) => has - wanted[n]!);
  const moves: Move[] = [];
  over.forEach((_, from) =>
    over.forEach((__, to) => {
      const units = Math.min(over[from]!, -over[to]!);
      if (units <= 0) return;
      moves.push({ from, to, item: 0, units });
      over[from]! -= units;
      over[to]! += units;
    }),
  );
  return moves;
}

describe('placing one item', () => {
  it.each(Array.from({ length: 40 }, (_, seed) => [seed]))(
    'is bounded by the best of all placings, seed %i',
    (seed) => {
      const problem = sampleProblem(seed);
      const today = figures(problem, []);
      const proposal = proposePlacing(problem, { item: 0, today, solve });
      const all = everyPlacing(problem).map((moves) => figures(problem, moves));
      const worst = Math.min(...all.map(({ worstMissing }) => worstMissing));
      const least = Math.min(...all.filter((one) => one.worstMissing <= today.worstMissing + 1e-9).map(({ expectedMin }) => expectedMin)); // prettier-ignore
      expect(proposal!.bound.worstMissing).toBeLessThanOrEqual(worst + 1e-6);
      expect(proposal!.bound.expectedMin).toBeLessThanOrEqual(least + 1e-6);
    },
  );

  it('meets the best of all placings where one county asks and every unit is a package', () => {
    for (let seed = 100; seed < 130; seed++) {
      const problem = sampleProblem(seed, { scenarios: 1 });
      problem.scenarios[0]!.demands.splice(1);
      const today = figures(problem, []);
      const advice = advise({ ...problem, withinMin: 72 * 60 });
      const best = Math.min(...everyPlacing(problem).map((moves) => figures({ ...problem, withinMin: 72 * 60 }, moves).expectedMin)); // prettier-ignore
      const { after, bound } = advice.items[0] ?? { after: today, bound: { expectedMin: today.expectedMin } };
      expect(bound!.expectedMin).toBeCloseTo(best, 4);
      expect(after.expectedMin).toBeLessThanOrEqual(best * 1.01 + 2);
    }
  });
});

describe('an advice', () => {
  const seeds = Array.from({ length: 25 }, (_, seed) => [seed + 200]);
  const sample = (seed: number) => sampleProblem(seed, { stores: 6, items: 3, scenarios: 4, units: 60 });

  it.each(seeds)('moves nothing that is not there, has no room or is to stay, seed %i', (seed) => {
    const problem = sample(seed);
    problem.stores.forEach((store) => (store.kept = store.free.map((units) => Math.floor(units / 3))));
    problem.stores[0]!.movable = false;
    problem.stores[1]!.takes[2] = false;
    problem.items.forEach((item) => (item.packUnits = 5));
    problem.budget = { tonneKm: 20, moves: 4 };
    const { moves } = advise(problem);
    problem.stores.forEach((store, n) => {
      store.free.forEach((free, item) => {
        const out = moves
          .filter((move) => move.from === n && move.item === item)
          .reduce((sum, { units }) => sum + units, 0);
        expect(out).toBeLessThanOrEqual(Math.max(0, free - store.kept[item]!));
      });
      const volume = moves.filter(({ to }) => to === n).reduce((sum, { units }) => sum + units * 1000, 0);
      expect(volume).toBeLessThanOrEqual(store.roomCm3);
      if (n === 1) expect(moves.filter(({ to, item }) => to === 1 && item === 2)).toEqual([]);
      if (n === 0) expect(moves.filter(({ from, to }) => from === n || to === n)).toEqual([]);
    });
    expect(moves.every(({ units }) => units % 5 === 0 && units > 0)).toBe(true);
    expect(moves.length).toBeLessThanOrEqual(4);
    expect(moves.reduce((sum, move) => sum + tonneKmOf(problem, move), 0)).toBeLessThanOrEqual(20);
  });

  it.each(seeds)('tells what evaluating again tells, and only what is better, seed %i', (seed) => {
    const problem = sample(seed);
    const advice = advise(problem);
    for (const { item, before, after, bound } of advice.items) {
      const moves = advice.moves.filter((move) => move.item === item);
      expect(before).toEqual(figures(problem, [], item));
      expect(after).toEqual(figures(problem, moves, item));
      if (moves.length > 0) expect(isWorthIt(before, after)).toBe(true);
      else expect(after).toEqual(before);
      expect(bound!.worstMissing).toBeLessThanOrEqual(after.worstMissing + 1e-6);
      expect(bound!.expectedMin).toBeLessThanOrEqual(after.expectedMin + 1e-6);
      for (const move of moves) {
        const without = figures(problem, moves.filter((one) => one !== move), item); // prettier-ignore
        expect(isWorthIt(without, after)).toBe(true);
      }
    }
  });

  it('is the same bytes twice', async () => {
    const first = JSON.stringify(advise(sample(7)));
    expect(JSON.stringify(adviseStructure(sample(7), { solve: await highsHere(), shouldStop: never }))).toBe(first);
  });

  it('says for which items time was up, and moves nothing of them', () => {
    const { late, moves } = adviseStructure(sample(3), { solve, shouldStop: () => true });
    expect(late).toEqual([0, 1, 2]);
    expect(moves).toEqual([]);
  });

  it('brings quilts to where typhoons land, and names the scenario that gains', () => {
    const problem = sampleProblem(1, { stores: 2, units: 0 });
    problem.stores.forEach((store, n) => Object.assign(store, { free: [n === 0 ? 500 : 0], kept: [0], roomCm3: 1e9 }));
    problem.items[0]!.packUnits = 10;
    problem.roadKm = [[0, 300], [300, 0]]; // prettier-ignore
    const coast = { county: 0, people: 200, units: [200], arrivalMin: [780, 70] };
    const hills = { county: 1, people: 100, units: [100], arrivalMin: [70, 780] };
    problem.scenarios = [{ id: 'typhoon', perYear: 2, demands: [coast] }, { id: 'snow', perYear: 1, demands: [hills] }]; // prettier-ignore
    const [move, ...others] = advise(problem).moves;
    expect(others).toEqual([]);
    expect(move).toMatchObject({
      from: 0,
      to: 1,
      units: 200,
      scenario: 0,
      latestWithoutMin: 780,
      latestMin: 70,
      tonneKm: 120,
    });
  });
});
