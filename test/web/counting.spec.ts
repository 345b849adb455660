import { describe, expect, it } from '@jest/globals';
import type { CountLineDto } from '../../src/relief-stock/counting/count.dto.js';
import { binsOf, isDone, targetOf, typed } from '../../web/src/relief-stock/counting/count.rules.js';
import type { StockAct } from '../../web/src/relief-stock/outbox/act.rules.js';

const NOW = Date.parse('2026-07-21T08:00:00Z');
const line = (id: string, binCode: string, more: Partial<CountLineDto> = {}) =>
  ({ id, binId: binCode, binCode, state: 'open', recountReason: null, counterIds: [], ...more }) as unknown as CountLineDto; // prettier-ignore
const jotted = (_id: string, lineId: string, agoMs: number, more: Partial<StockAct> = {}) =>
  ({
    body: { lineId, units: 5 },
    atMs: NOW - agoMs,
    state: 'waiting' as const,
    settledAtMs: null,
    ...more,
  }) as StockAct;

describe('what is left to count', () => {
  const recount = (recountReason: CountLineDto['recountReason'], counterIds: string[]) => line('a', 'A', { state: 'recount', recountReason, counterIds }); // prettier-ignore
  it.each([
    ['nobody has counted it', line('a', 'A'), [], false],
    ['it waits to be sent', line('a', 'A'), [jotted('1', 'a', 0)], true],
    ['it has just arrived', line('a', 'A'), [jotted('1', 'a', 0, { state: 'delivered', settledAtMs: NOW + 1 })], true],
    ['it was refused', line('a', 'A'), [jotted('1', 'a', 0, { state: 'refused', settledAtMs: NOW + 1 })], false],
    ['asked again since it arrived', recount('movement-near', ['me']), [jotted('1', 'a', 0, { state: 'delivered', settledAtMs: NOW - 1 })], false],
    ['another person must, and I have', recount('second-counter', ['me']), [], true],
    ['another person must, and I am that', recount('second-counter', ['you']), [], false],
    ['it is settled', line('a', 'A', { state: 'counted' }), [], true],
  ])('%s', (_, one, held, expected) => expect(isDone(one, 'me', held, NOW)).toBe(expected)); // prettier-ignore

  it('is shown bin by bin in walking order; dropped lines are nobody’s', () => {
    const lines = [line('a', 'A-10'), line('b', 'A-2'), line('c', 'A-2'), line('d', 'A-2', { state: 'dropped' })];
    expect(binsOf(lines, ({ id }) => id === 'b')).toEqual([
      { binId: 'A-2', binCode: 'A-2', total: 2, done: 1 },
      { binId: 'A-10', binCode: 'A-10', total: 1, done: 0 },
    ]);
  });
});

describe('a scan in a count', () => {
  const lines = [
    line('a', 'A', { lotId: 'l1', itemId: 'i1' }),
    line('b', 'B', { lotId: 'l1', itemId: 'i1' }),
    line('c', 'B', { lotId: 'l2', itemId: 'i2' }),
    line('d', 'C', { lotId: 'l3', itemId: 'i3', state: 'dropped' }),
  ];
  const none = () => false;
  it.each([
    ['a bin leads there', { binId: 'B' }, none, 'A', { binId: 'B', lineId: null }],
    ['a lot leads to its line in the bin at hand', { lotId: 'l1', itemId: 'i1' }, none, 'B', { binId: 'B', lineId: 'b' }],
    ['a lot of another bin leads there', { lotId: 'l2', itemId: 'i2' }, none, 'A', { binId: 'B', lineId: 'c' }],
    ['a package that names only the item will do', { itemId: 'i2' }, none, null, { binId: 'B', lineId: 'c' }],
    ['what is counted is said to be', { lotId: 'l2' }, ({ id }: CountLineDto) => id === 'c', 'B', 'done'],
    ['a bin that is counted is said to be', { binId: 'A' }, ({ id }: CountLineDto) => id === 'a', 'B', 'done'],
    ['what no line names is said to be absent', { lotId: 'l9' }, none, 'A', 'absent'],
    ['a bin outside the count is absent', { binId: 'C' }, none, 'A', 'absent'],
    ['a code that names nothing is absent', {}, none, 'A', 'absent'],
  ])('%s', (_, scanned, done, bin, expected) => expect(targetOf(lines, scanned, { done, bin })).toEqual(expected)); // prettier-ignore
});

describe('the number pad', () => {
  it.each([
    ['', '5', '5'],
    ['5', '0', '50'],
    ['0', '7', '7'],
    ['52', 'back', '5'],
    ['', 'back', ''],
    ['52', 'clear', ''],
    ['1234567', '8', '1234567'],
    ['1', '-', '1'],
  ])('%p and %p: %p', (figure, key, expected) => expect(typed(figure, key)).toBe(expected));
});
