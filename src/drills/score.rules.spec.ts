import { describe, expect, it } from '@jest/globals';
import { type ScoreFact, scoreOf } from './score.rules.js';

const START = Date.parse('2026-07-21T00:00:00Z');
const at = (seconds: number) => new Date(START + seconds * 1000);
const fact = (who: string | null, tookS: number | null, more: Partial<ScoreFact> = {}): ScoreFact => ({
  code: 'first-alert', who, since: at(0), metAt: tookS === null ? null : at(tookS), targetS: 60, ...more,
}); // prettier-ignore

describe('the score of a drill', () => {
  it.each([
    ['met on the last second', fact('a', 60), { met: 1, late: 0, open: 0 }],
    ['late by one', fact('a', 61), { met: 0, late: 1, open: 0 }],
    ['still open in time', fact('a', null, { since: at(70) }), { met: 0, late: 0, open: 1 }],
    ['open beyond its time', fact('a', null), { met: 0, late: 1, open: 0 }],
    ['without a target', fact('a', 5000, { targetS: null }), { met: 1, late: 0, open: 0 }],
  ])('%s', (_name, one, counts) => {
    expect(scoreOf([one], at(100)).measures[0]).toMatchObject({ due: 1, ...counts });
  });

  it('is a share of what was due, what is still open in time left out', () => {
    const facts = [fact('a', 30), fact('a', 90), fact('b', null, { since: at(90) }), fact('b', 10, { code: 'arrival', targetS: null })]; // prettier-ignore
    const score = scoreOf(facts, at(100));
    expect(score.inTimePct).toBe(50);
    expect(score.measures.map(({ code, p50S, p90S }) => [code, p50S, p90S])).toEqual([['first-alert', 30, 90], ['arrival', 10, 10]]); // prettier-ignore
    expect(score.people.map(({ name, measures }) => [name, measures.map(({ due, met }) => [due, met])])).toEqual([
      ['a', [[2, 1]]],
      ['b', [[1, 0], [1, 1]]],
    ]); // prettier-ignore
  });

  it('is nothing while nothing was due', () => {
    expect(scoreOf([], at(0))).toEqual({ at: at(0).toISOString(), inTimePct: null, measures: [], people: [] });
  });
});
