import { describe, expect, it } from '@jest/globals';
import { followedOffsetMs, turnedBackMs } from './following-clock.rules.js';

describe('the clock that follows the database', () => {
  it('takes the middle of the first look', () => {
    expect(followedOffsetMs(null, { askedMs: 10, answeredMs: 14, databaseMs: 1012 })).toBe(1000);
  });

  it.each([
    ['stays while a look agrees with it', 1000, { askedMs: 10, answeredMs: 14, databaseMs: 1013 }, 1000],
    ['is not moved by a slow answer', 1000, { askedMs: 10, answeredMs: 3010, databaseMs: 2900 }, 1000],
    ['follows a clock that was turned on', 1000, { askedMs: 10, answeredMs: 14, databaseMs: 5012 }, 5000],
    ['follows a clock that was turned back', 5000, { askedMs: 10, answeredMs: 14, databaseMs: 1012 }, 1000],
  ])('%s', (_, held, look, followed) => expect(followedOffsetMs(held, look)).toBe(followed));

  it.each([
    ['an hour back', '2026-07-21T09:00:00Z', 3_600_000],
    ['a second back: the common work of a time service', '2026-07-21T09:59:59Z', 0],
    ['on, as it should be', '2026-07-21T10:00:01Z', 0],
    ['an hour on: the same as a standstill of an hour', '2026-07-21T11:00:00Z', 0],
  ])('was turned %s', (_, now, back) =>
    expect(turnedBackMs(new Date('2026-07-21T10:00:00Z'), new Date(now))).toBe(back),
  );
});
