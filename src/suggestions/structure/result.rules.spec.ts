import { describe, expect, it } from '@jest/globals';
import { adviseStructure } from './advise.rules.js';
import { after, afterInterruption, type AdviceStep } from './advice-steps.rules.js';
import { toProblem, type ProblemFacts } from './problem.rules.js';
import { toResult, type Names } from './result.rules.js';
import { ADVICE_STATUSES, USUAL_ASK } from './structure.dto.js';
import { highsHere } from './structure.samples.js';

/** Two counties 100 km apart; all quilts lie in the hills, and the coast is struck twice a year. */
const facts = (more: Partial<ProblemFacts['stores'][number]> = {}): ProblemFacts => ({
  ask: { ...USUAL_ASK, withinH: 2 },
  stores: [
    { id: 'hills', movable: true, tier: 'county', areaM2: 100, lyingCm3: 0, cells: [{ itemId: 'quilt', units: 300, minimumUnits: 60 }] },
    { id: 'coast', movable: true, tier: 'county', areaM2: 10, lyingCm3: 6_000_000, cells: [], ...more },
  ],
  items: [{ id: 'quilt', weightG: 2500, volumeCm3: 20_000, packUnits: 20, households: 0.5 }],
  scenarios: [
    { id: 'typhoon', perYear: 2, demands: [{ societyId: 'c', people: 150, units: new Map([['quilt', 150]]), roadMin: [312, 0] }] },
    { id: 'snow', perYear: 1, demands: [{ societyId: 'h', people: 100, units: new Map([['quilt', 100]]), roadMin: [0, 312] }] },
  ],
  roadKm: [[0, 130], [130, 0]],
}); // prettier-ignore
const names: Names = {
  ask: USUAL_ASK, travel: 'straight-line', households: 2.4, left: { scenarios: 0, stores: 0, items: 0 },
  scenarios: ['typhoon', 'snow'].map((id) => ({ id, name: id, kind: 'other', past: false, perYear: 1, source: '' })),
  stores: [
    { id: 'hills', code: 'H', name: 'hills', societyId: 'h', cells: [{ itemId: 'quilt', maximumUnits: 400, onHandUnits: 300 }] },
    { id: 'coast', code: 'C', name: 'coast', societyId: 'c', cells: [{ itemId: 'quilt', maximumUnits: 100, onHandUnits: 0 }] },
  ],
  liesIn: (holder, county) => holder === county, countyName: (id) => id,
}; // prettier-ignore

const resultOf = async (given: ProblemFacts) => {
  const problem = toProblem(given);
  return toResult(problem, adviseStructure(problem, { solve: await highsHere(), shouldStop: () => false }), names);
};

describe('the figures of an advice', () => {
  it('are those that one works out by hand', async () => {
    const { moves, items, counties, scenarios } = await resultOf(facts());
    expect(moves).toEqual([
      {
        fromId: 'hills', toId: 'coast', itemId: 'quilt', units: 140, packUnits: 20, roadKm: 130, tonneKm: 45.5, costFen: 2730,
        aboveMaximum: true, scenarioId: 'typhoon', latestWithoutMin: 372, latestMin: 372, meanWithoutMin: 372, meanMin: 80.8,
        savedPersonMin: Math.round(((2 * 140 * 312) / 400) * 400),
      },
    ]); // prettier-ignore
    expect(items).toEqual([
      {
        itemId: 'quilt', before: { worstMissing: 1, worstScenarioId: 'typhoon', expectedMin: 294 },
        after: { worstMissing: 0.0667, worstScenarioId: 'typhoon', expectedMin: 75.6 }, bound: { worstMissing: 0, expectedMin: 60 },
      },
    ]); // prettier-ignore
    expect(counties.map(({ societyId, households, items: [quilt] }) => ({ societyId, households, ...quilt }))).toEqual([
      {
        societyId: 'c',
        households: 63,
        itemId: 'quilt',
        ownBefore: 0,
        ownAfter: 70,
        inTimeBefore: 0,
        inTimeAfter: 0.9333,
      },
      {
        societyId: 'h',
        households: 42,
        itemId: 'quilt',
        ownBefore: 150,
        ownAfter: 80,
        inTimeBefore: 1,
        inTimeAfter: 1,
      },
    ]);
    expect(scenarios.map(({ before, after: then }) => [before.inTime, then.inTime])).toEqual([[0, 0.9333], [1, 1]]); // prettier-ignore
  });

  it('move no more than there is room for, and nothing to a floor that nobody knows or a cache that does not keep it', async () => {
    const [move] = (await resultOf(facts({ lyingCm3: 8_800_000 }))).moves;
    expect(move).toMatchObject({ units: 60 });
    expect((await resultOf(facts({ areaM2: null }))).moves).toEqual([]);
    expect((await resultOf(facts({ tier: 'cache' }))).moves).toEqual([]);
    expect((await resultOf(facts({ movable: false }))).moves).toEqual([]);
  });
});

describe('the states of an advice', () => {
  const steps: AdviceStep[] = ['start', 'answer', 'fail', 'requeue'];
  it.each(ADVICE_STATUSES)('follow the table from %s', (status) => {
    const next = Object.fromEntries(steps.map((step) => [step, after(status, step)]));
    const table: Record<string, object> = {
      queued: { start: 'solving', answer: null, fail: null, requeue: null },
      solving: { start: null, answer: 'ready', fail: 'failed', requeue: 'queued' },
    };
    expect(next).toEqual(table[status] ?? { start: null, answer: null, fail: null, requeue: null });
  });

  it('give up after three tries', () => {
    expect([1, 2, 3].map(afterInterruption)).toEqual(['requeue', 'requeue', 'fail']);
  });
});
