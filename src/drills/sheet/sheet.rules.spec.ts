import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { catalogue } from '../../shared/i18n.js';
import { DRILL_STATES } from '../drills.dto.js';
import { DEFAULT_ITEMS } from './items.data.js';
import { ASPECTS, type Grade, GRADES, IMPROVEMENT_STATES, itemKey } from './sheet.dto.js';
import {
  IMPROVEMENT_STEPS, isApart, itemOn, itemsOf, type Judgement, mayBeDue, mayEvaluate, mayLeaveOut, mayStep, standing, sumsOf,
} from './sheet.rules.js'; // prettier-ignore

const OWN = { id: '0198f0aa-0000-7000-8000-000000000001', aspect: 'command' as const, words: '指挥车到位' };
let last = 0;
const said = (byId: string, grade: Grade, item = 'prep-plan'): Judgement => ({
  id: `j${++last}`, item, grade, note: '', by: byId, byId, at: new Date(last * 1000).toISOString(),
}); // prettier-ignore

describe('the items of a sheet', () => {
  const codes = Object.values(DEFAULT_ITEMS).flat();

  it('are one code each, that goes in an address and has words in both languages', () => {
    expect(new Set(codes).size).toBe(codes.length);
    expect(Object.keys(DEFAULT_ITEMS)).toEqual([...ASPECTS]);
    for (const code of codes) {
      expect(itemKey.safeParse(code).success).toBe(true);
      for (const locale of ['zh-CN', 'en'] as const) expect(catalogue(locale)[`drill-item-words.${code}`]).toBeTruthy();
    }
  });

  it('stand aspect by aspect, those of the drill behind the default ones', () => {
    const items = itemsOf([OWN], ['prep-stop']);
    expect(items).toHaveLength(codes.length + 1);
    expect(items.filter(({ aspect }) => aspect === 'command').map(({ key }) => key)).toEqual([...DEFAULT_ITEMS.command, OWN.id]); // prettier-ignore
    expect(items.filter(({ leftOut }) => leftOut).map(({ key }) => key)).toEqual(['prep-stop']);
    expect(itemOn(items, OWN.id).words).toBe('指挥车到位');
    expect(() => itemOn(items, 'nothing')).toThrow('drill-item.not-found');
  });

  it('are left out only while nobody has judged them (E13)', () => {
    expect(() => mayLeaveOut('prep-plan', [said('a', 'good', 'prep-stop')])).not.toThrow();
    expect(() => mayLeaveOut('prep-plan', [said('a', 'not-observed')])).toThrow('drill-item.judged');
  });
});

describe('judgements', () => {
  it('stand side by side, the newest of each evaluator; the former ones are kept (E12)', () => {
    const words = standing([said('a', 'poor'), said('b', 'good'), said('a', 'fair')]);
    expect(words.map(({ grade, stands }) => [grade, stands])).toEqual([['poor', false], ['good', true], ['fair', true]]); // prettier-ignore
  });

  it.each([
    [['excellent', 'good'], false],
    [['excellent', 'fair'], true],
    [['excellent', 'not-observed'], false],
    [['poor'], false],
    [['poor', 'not-observed', 'good'], true],
  ] as [Grade[], boolean][])('%j: two grades apart or more: %s', (grades, apart) => {
    expect(isApart(standing(grades.map((grade, n) => said(`e${n}`, grade))))).toBe(apart);
  });

  it('count once an evaluator, and not for what is left out', () => {
    const [item] = itemsOf([], []);
    const one = { ...item!, judgements: standing([said('a', 'poor'), said('a', 'good'), said('b', 'not-observed')]) };
    const [all, preparation, reporting] = sumsOf([one, { ...item!, key: 'prep-stop', judgements: [] }, { ...one, leftOut: true }]); // prettier-ignore
    expect(all).toMatchObject({ aspect: null, items: 2, unjudged: 1, goodPct: 100 });
    expect(preparation!.grades).toEqual({ excellent: 0, good: 1, fair: 0, poor: 0, 'not-observed': 1 });
    expect(reporting).toMatchObject({ items: 0, goodPct: null });
  });

  it('whoever said what: each evaluator stands once an item, and every sum is of those that stand', () => {
    const word = fc.record({ byId: fc.constantFrom('a', 'b', 'c'), grade: fc.constantFrom(...GRADES) });
    fc.assert(
      fc.property(fc.array(word, { maxLength: 20 }), (words) => {
        const judged = standing(words.map(({ byId, grade }) => said(byId, grade)));
        const stand = judged.filter(({ stands }) => stands);
        expect(stand.map(({ byId }) => byId).sort()).toEqual([...new Set(words.map(({ byId }) => byId))].sort());
        const [all] = sumsOf([{ ...itemsOf([], [])[0]!, judgements: judged }]);
        expect(GRADES.reduce((sum, grade) => sum + all!.grades[grade], 0)).toBe(stand.length);
      }),
    );
  });

  it.each(DRILL_STATES)('are of a drill that runs or ran: %s', (state) => {
    const judge = (startedAt: string | null) => () => mayEvaluate({ state, version: 1, startedAt }, 'judge');
    if (state === 'running' || state === 'ended') expect(judge('2026-11-29T00:00:00Z')).not.toThrow();
    else expect(judge('2026-11-29T00:00:00Z')).toThrow('drill.step-not-allowed');
    expect(judge(null)).toThrow('drill.step-not-allowed');
  });
});

describe('an improvement', () => {
  const FROM = { revise: 'open', finish: 'open', reopen: 'done' };
  const pairs = IMPROVEMENT_STEPS.flatMap((step) => IMPROVEMENT_STATES.map((state) => [step, state] as const));
  it.each(pairs)('%s while %s', (step, state) => {
    const take = () => mayStep({ state, version: 3 }, step, 3);
    if (FROM[step] === state) expect(take).not.toThrow();
    else expect(take).toThrow('drill-improvement.step-not-allowed');
    expect(() => mayStep({ state, version: 3 }, step, 2)).toThrow('drill-improvement.stale');
  });

  it('is due today at the earliest; a day that stood there may stay', () => {
    expect(() => mayBeDue('2026-11-29', '2026-11-29')).not.toThrow();
    expect(() => mayBeDue('2026-11-28', '2026-11-29')).toThrow('drill-improvement.due-passed');
    expect(() => mayBeDue('2026-11-28', '2026-11-29', '2026-11-28')).not.toThrow();
    expect(() => mayBeDue('2026-11-27', '2026-11-29', '2026-11-28')).toThrow('drill-improvement.due-passed');
  });
});
