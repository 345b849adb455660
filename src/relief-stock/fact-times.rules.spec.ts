import { describe, expect, it } from '@jest/globals';
import { BACKDATE_DAYS, factTimesOf, plannedTimeOf } from './fact-times.rules.js';

const now = new Date('2026-07-21T03:00:00Z');
const after = (ms: number) => new Date(now.getTime() + ms).toISOString();

describe('the times of a fact', () => {
  it('are now where nobody says otherwise', () => {
    expect(factTimesOf({}, now)).toEqual({ now, occurredAt: now, recordedAt: now });
  });

  it('are never later than their arrival: a clock that runs a little ahead is set back', () => {
    const { occurredAt, recordedAt } = factTimesOf({ occurredAt: after(240_000), recordedAt: after(9e14) }, now);
    expect([occurredAt, recordedAt]).toEqual([now, now]);
  });

  it('are as told when they lie in the past', () => {
    const told = { occurredAt: after(-3_600_000), recordedAt: after(-1_800_000) };
    const { occurredAt, recordedAt } = factTimesOf(told, now);
    expect([occurredAt.toISOString(), recordedAt.toISOString()]).toEqual([told.occurredAt, told.recordedAt]);
  });

  it('are refused when they lie far ahead, or in months that were reported', () => {
    expect(() => factTimesOf({ occurredAt: after(600_000) }, now)).toThrow('stock.occurred-in-future');
    expect(() => factTimesOf({ occurredAt: after(-(BACKDATE_DAYS * 86_400_000 + 1)) }, now)).toThrow(
      'stock.too-long-ago',
    );
  });
});

describe('the time goods are planned for', () => {
  const planned = (ms: number) => plannedTimeOf(after(ms), '/plannedAt', { occurredAt: now });
  const DAY = 86_400_000;

  it.each([-DAY, 0, 30 * DAY, 366 * DAY])('may lie %d ms from the paper', (ms) => {
    expect(planned(ms).toISOString()).toBe(after(ms));
  });

  it.each([-DAY - 1, 366 * DAY + 1, 9e14])('may not lie %d ms from it, and says where', (ms) => {
    const params = { earliest: after(-DAY), latest: after(366 * DAY) };
    const code = 'stock.planned-out-of-range';
    expect(() => planned(ms)).toThrow(
      expect.objectContaining({ code, params, errors: [{ pointer: '/plannedAt', code, params }] }),
    );
  });
});
