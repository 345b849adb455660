import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { COUNT_STATUSES, type CountStatus, LINE_STATES, type LineState } from './count.dto.js';
import {
  blockOf, COUNT_EDGES, COUNT_STEPS, type Entry, figuresOf, isLarge, judge, LINE_EDGES, LINE_STEPS, momentOf, mustBeReady,
  takeCountStep, takeLineStep,
} from './count.rules.js'; // prettier-ignore

const AT = Date.parse('2026-07-21T08:00:00Z');
const code = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('the steps of a count', () => {
  const ALLOWED: Record<string, CountStatus> = {
    'open count': 'open', 'open finish': 'counted', 'open drop': 'open', 'open cancel': 'cancelled', 'counted recount': 'open',
    'counted explain': 'counted', 'counted approve': 'approved', 'counted drop': 'counted', 'counted cancel': 'cancelled',
    'approved recount': 'open', 'approved approve': 'approved', 'approved post': 'posted', 'approved drop': 'approved',
    'approved cancel': 'cancelled',
  }; // prettier-ignore
  const pairs = COUNT_STATUSES.flatMap((status) => COUNT_STEPS.map((step) => [status, step] as const));
  it.each(pairs)('%s: %s', (status, step) => {
    expect(code(() => takeCountStep(status, step))).toBe(ALLOWED[`${status} ${step}`] ?? 'count.step-not-allowed');
  });
  it('has an edge for every step and none out of the end', () => {
    expect(Object.keys(COUNT_EDGES).sort()).toEqual([...COUNT_STEPS].sort());
    expect(Object.values(COUNT_EDGES).flatMap(({ from }) => from)).not.toContain('posted');
  });
});

describe('the steps of a line', () => {
  const ALLOWED: Record<string, LineState> = {
    'open count': 'counted', 'counted count': 'counted', 'recount count': 'counted', 'counted recount': 'recount',
    'recount recount': 'recount', 'explained recount': 'recount', 'counted explain': 'explained', 'explained explain': 'explained',
    'counted post': 'posted', 'explained post': 'posted', 'open drop': 'dropped', 'counted drop': 'dropped', 'recount drop': 'dropped',
    'explained drop': 'dropped',
  }; // prettier-ignore
  const pairs = LINE_STATES.flatMap((state) => LINE_STEPS.map((step) => [state, step] as const));
  it.each(pairs)('%s: %s', (state, step) => {
    const after = code(() => takeLineStep({ line: 1, state }, step));
    expect(after).toBe(ALLOWED[`${state} ${step}`] ?? 'count-line.step-not-allowed');
  });
  it('has an edge for every step', () => expect(Object.keys(LINE_EDGES).sort()).toEqual([...LINE_STEPS].sort()));
});

describe('the moment of a count', () => {
  const now = new Date(AT);
  const openedAt = new Date(AT - 3_600_000);
  const moment = (minutes: number, clockOffsetMs = 0) =>
    code(() => {
      const at = momentOf(
        { countedAt: new Date(AT + minutes * 60_000).toISOString(), clockOffsetMs },
        { now, openedAt },
      );
      return (at.getTime() - AT) / 60_000;
    });

  it.each([
    ['as the device says', -10, 0, -10],
    ['a clock that is slow', -10, 3 * 60_000, -7],
    ['a clock that is fast', 2, -3 * 60_000, -1],
    ['a little ahead of us: when it arrived', 4, 0, 0],
    ['far ahead', 6, 0, 'stock.occurred-in-future'],
    ['far ahead, but known to be', 600, -601 * 60_000, -1],
    ['just before the opening: the opening', -61, 0, -60],
    ['before the opening', -63, 0, 'count.before-opened'],
    ['a month ago', -60 * 24 * 32, 0, 'stock.too-long-ago'],
  ])('%s', (_, minutes, offset, expected) => expect(moment(minutes, offset)).toBe(expected)); // prettier-ignore
});

describe('a large difference', () => {
  it.each([
    [-2, 100, null, false],
    [-3, 100, null, true],
    [1, 0, null, true],
    [0, 0, 100, false],
    [1, 1000, 200_000, false],
    [1, 1000, 200_001, true],
    [-20, 1000, 10_001, true],
    [-20, 1000, 10_000, false],
  ])('%p of %p at %p fen: %p', (variance, bookUnits, priceFen, large) => {
    expect(isLarge(variance, { bookUnits, priceFen })).toBe(large);
  });
});

const entry = (counterId: string, minute: number, units: number, more: Partial<Entry> = {}): Entry => ({
  id: `${counterId}${minute}`, lineId: 'l', counterId, counterName: counterId, units, moment: new Date(AT + minute * 60_000), bookUnits: 100,
  movedNear: false, ...more,
}); // prettier-ignore
const near = { movedNear: true };

describe('what the counts of a line say together', () => {
  const verdict = (entries: Entry[], recountFrom: Date | null = null) => {
    const { state, recountReason, entry: settled } = judge(entries, { priceFen: null, recountFrom });
    return recountReason ?? settled?.id ?? state;
  };
  it.each([
    ['nothing yet', [], 'open'],
    ['as the book says', [entry('a', 1, 100)], 'a1'],
    ['a small difference', [entry('a', 1, 98)], 'a1'],
    ['near a movement, even when it fits', [entry('a', 1, 100, near)], 'movement-near'],
    ['near a movement, counted again', [entry('a', 1, 100, near), entry('a', 9, 100)], 'a9'],
    ['settled before, then counted near a movement', [entry('a', 1, 100), entry('a', 9, 90, near)], 'a1'],
    ['large, alone', [entry('a', 1, 90)], 'second-counter'],
    ['large, the same person again', [entry('a', 1, 90), entry('a', 2, 90)], 'second-counter'],
    ['large, then taken back by the same person', [entry('a', 1, 90), entry('a', 2, 100)], 'second-counter'],
    ['large, agreed', [entry('a', 1, 90), entry('b', 2, 90)], 'b2'],
    ['large, agreed at another book', [entry('a', 1, 90), entry('b', 2, 80, { bookUnits: 90 })], 'b2'],
    ['large, not found by another', [entry('a', 1, 90), entry('b', 2, 100)], 'b2'],
    ['large, two figures', [entry('a', 1, 90), entry('b', 2, 80)], 'counts-differ'],
    ['large, two figures, a third agrees', [entry('a', 1, 90), entry('b', 2, 80), entry('c', 3, 90)], 'c3'],
    ['large, two figures, the first gives in', [entry('a', 1, 90), entry('b', 2, 80), entry('a', 3, 80)], 'a3'],
    ['the second counter was near a movement', [entry('a', 1, 90), entry('b', 2, 90, near)], 'second-counter'],
  ])('%s', (_, entries, expected) => expect(verdict(entries)).toBe(expected)); // prettier-ignore

  it('forgets what was counted before a recount was asked for', () => {
    const from = new Date(AT + 5 * 60_000);
    expect(verdict([entry('a', 1, 90), entry('b', 2, 90)], from)).toBe('asked');
    expect(verdict([entry('a', 1, 90), entry('b', 2, 90), entry('a', 6, 100)], from)).toBe('a6');
  });

  it('does not depend on the order in which the counts arrive, nor on hearing one twice', () => {
    const some = fc.record({
      who: fc.constantFrom('a', 'b', 'c'),
      minute: fc.integer({ min: 0, max: 9 }),
      units: fc.constantFrom(100, 99, 90, 80),
      moved: fc.boolean(),
    });
    const entries = fc.uniqueArray(some, { selector: ({ who, minute }) => `${who}${minute}`, maxLength: 7 });
    fc.assert(
      fc.property(entries, fc.func(fc.nat()), (told, order) => {
        const all = told.map(({ who, minute, units, moved }) => entry(who, minute, units, { movedNear: moved }));
        const shuffled = [...all].sort((x, y) => order(x.id) - order(y.id));
        expect(verdict(shuffled)).toBe(verdict(all));
      }),
    );
  });
});

describe('approval and posting', () => {
  const line = (state: LineState, varianceUnits: number | null, n = 1) => ({
    id: `line-${n}`, line: n, state, varianceUnits, bookUnits: varianceUnits === null ? null : 10,
  }); // prettier-ignore
  it.each([
    ['all settled', [line('counted', 0), line('explained', -3), line('dropped', null), line('posted', 2)], undefined],
    ['one open', [line('counted', 0), line('open', null)], 'count.lines-open'],
    ['one to count again', [line('recount', null)], 'count.lines-open'],
    ['a difference without a cause', [line('counted', -1)], 'count.unexplained'],
  ])('%s', (_, lines, expected) => expect(code(() => mustBeReady(lines))).toBe(expected)); // prettier-ignore

  it('names the figures: any other book or count is another name, the order of lines is not', () => {
    const [a, b] = [line('counted', 0, 1), line('explained', -3, 2)];
    expect(figuresOf([b, a])).toBe(figuresOf([a, b]));
    expect(figuresOf([a, { ...b, varianceUnits: -2 }])).not.toBe(figuresOf([a, b]));
    expect(figuresOf([a, { ...b, bookUnits: 11 }])).not.toBe(figuresOf([a, b]));
    expect(figuresOf([a, { ...b, state: 'dropped' }])).not.toBe(figuresOf([a, b]));
  });

  it.each([
    ['fits', -3, -3, 10, 7, null],
    ['more than the book', 5, 5, 0, 0, null],
    ['would uncover a promise', -3, -3, 10, 8, 'count.units-reserved'],
    ['the goods have left', -3, -3, 2, 0, 'count.goods-left'],
    ['the book has changed since', -3, -2, 10, 0, 'count.book-changed'],
  ])('%s', (_, approvedUnits, varianceUnits, onHand, reserved, expected) => {
    expect(blockOf({ approvedUnits, varianceUnits }, { onHand, reserved })?.code ?? null).toBe(expected);
  });
});
