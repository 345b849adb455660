import { afterAll, describe, expect, it } from '@jest/globals';
import { holdGoal, onOptimalFace, toLpText, wholeNumber } from './linear-model.rules.js';
import type { LinearModel, SolveAnswer } from './linear-model.rules.js';
import { SolverWorker } from './solver-worker.js';

const solver = new SolverWorker();
afterAll(() => solver.close());

const transport: LinearModel = {
  columns: [
    { lower: 0, upper: 30, integer: false },
    { lower: 0, upper: 30, integer: false },
    { lower: 0, upper: 30, integer: false },
  ],
  rows: [
    {
      terms: [
        [0, 1],
        [1, 1],
        [2, 1],
      ],
      sense: '<=',
      rhs: 50,
    },
  ],
};
const take = new Map([
  [0, -1],
  [1, -1],
  [2, -1],
]);

async function solve(model: LinearModel, costs: ReadonlyMap<number, number>): Promise<SolveAnswer> {
  const [answer] = await solver.solve([{ lp: toLpText(model, costs), options: {} }], performance.now() + 60_000);
  if (!answer) throw new Error('no answer');
  return answer;
}

describe('linear models', () => {
  it('are written with every column in the objective, so that columns keep their numbers', () => {
    const model = holdGoal(
      {
        columns: [
          { lower: 1, upper: 1, integer: false },
          { lower: 0, upper: Infinity, integer: true },
        ],
        rows: [],
      },
      new Map([[1, -2]]),
      -4,
    );
    expect(toLpText(model, new Map([[1, 3]]))).toBe(
      'Minimize\n goal: + 0 c0 + 3 c1\nSubject To\n r0: - 2 c1 <= -4\nBounds\n c0 = 1\n 0 <= c1 <= +inf\nGeneral\n c1\nEnd\n',
    );
  });

  it('stay on the optimal face: a later goal moves only along ties', async () => {
    const first = await solve(transport, take);
    expect(first).toMatchObject({ status: 'optimal', objective: -50, bound: -50 });
    const second = await solve(
      onOptimalFace(transport, first),
      new Map([
        [0, 3],
        [1, 2],
        [2, 1],
      ]),
    );
    expect(second.columns).toEqual([0, 20, 30]);
  });

  it('say when nothing is feasible instead of answering', async () => {
    const answer = await solve({ ...transport, rows: [{ terms: [[0, 1]], sense: '>=', rhs: 31 }] }, take);
    expect([answer.status, answer.columns]).toEqual(['failed', []]);
  });

  it('refuse to round what should be whole', () => {
    expect(wholeNumber(2.999_999_9)).toBe(3);
    expect(Object.is(wholeNumber(-1e-9), 0)).toBe(true);
    expect(() => wholeNumber(2.5)).toThrow('not-whole');
    expect(() => wholeNumber(undefined)).toThrow('not-whole');
  });
});
