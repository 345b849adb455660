import { describe, expect, it } from '@jest/globals';
import type { CountLineDto } from '../../src/relief-stock/counting/count.dto.js';
import { binsOf, isDone, typed } from '../../web/src/relief-stock/counting/count.rules.js';
import { answered, commandOf, type Jotted, KEPT_MS, stillKept, toSend, UNDO_MS, undoable } from '../../web/src/relief-stock/counting/outbox.rules.js'; // prettier-ignore

const NOW = Date.parse('2026-07-21T08:00:00Z');
const line = (id: string, binCode: string, more: Partial<CountLineDto> = {}) =>
  ({ id, binId: binCode, binCode, state: 'open', recountReason: null, counterIds: [], ...more }) as unknown as CountLineDto; // prettier-ignore
const jotted = (id: string, lineId: string, agoMs: number, more: Partial<Jotted> = {}): Jotted => ({
  id, countId: 'c', lineId, units: 5, label: '', atMs: NOW - agoMs, state: 'waiting', settledAtMs: null, refusal: null, ...more,
}); // prettier-ignore

describe('the outbox of a counting tablet', () => {
  it('holds the last count back while it can be undone, and sends the others', () => {
    const held = [jotted('1', 'a', 3000), jotted('2', 'b', 1000)];
    expect(toSend(held, NOW).map(({ id }) => id)).toEqual(['1']);
    expect(undoable(held, NOW)?.id).toBe('2');
    expect(toSend(held, NOW + UNDO_MS).map(({ id }) => id)).toEqual(['1', '2']);
    expect(undoable(held, NOW + UNDO_MS)).toBeNull();
    expect(
      toSend(
        Array.from({ length: 300 }, (_, n) => jotted(String(n), 'a', 60_000)),
        NOW,
      ),
    ).toHaveLength(200);
  });

  it('keeps refused ones until they are read, delivered ones for a day', () => {
    const held = [jotted('1', 'a', 9000), jotted('2', 'b', 9000), jotted('3', 'c', 9000)];
    const none = { resultId: null, problem: null, proposal: null };
    const problem = { code: 'count.before-opened', detail: '清点时间早于开立', params: {} };
    const after = answered(held, [
      { clientId: '1', state: 'already-applied', ...none },
      { clientId: '2', state: 'rejected', ...none, problem },
      { clientId: '3', state: 'waiting', ...none },
    ], NOW); // prettier-ignore
    expect(after.map(({ state, refusal }) => [state, refusal?.words ?? null])).toEqual([
      ['delivered', null],
      ['rejected', '清点时间早于开立'],
      ['waiting', null],
    ]);
    expect(after.map((one) => stillKept(one, NOW + KEPT_MS))).toEqual([false, true, true]);
  });

  it('sends the face of its clock and what is known of its error', () => {
    expect(commandOf(jotted('1', 'a', 0), -4000)).toEqual({
      clientId: '1', kind: 'count-line', occurredAt: '2026-07-21T08:00:00.000Z', recordedAt: '2026-07-21T08:00:00.000Z', clockOffsetMs: -4000,
      body: { countId: 'c', lineId: 'a', units: 5 },
    }); // prettier-ignore
  });
});

describe('what is left to count', () => {
  const recount = (recountReason: CountLineDto['recountReason'], counterIds: string[]) => line('a', 'A', { state: 'recount', recountReason, counterIds }); // prettier-ignore
  it.each([
    ['nobody has counted it', line('a', 'A'), [], false],
    ['it waits to be sent', line('a', 'A'), [jotted('1', 'a', 0)], true],
    ['it has just arrived', line('a', 'A'), [jotted('1', 'a', 0, { state: 'delivered', settledAtMs: NOW + 1 })], true],
    ['it was refused', line('a', 'A'), [jotted('1', 'a', 0, { state: 'rejected', settledAtMs: NOW + 1 })], false],
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
