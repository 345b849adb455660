import { describe, expect, it } from '@jest/globals';
import { addDays, addMonths, dayOf } from './days.rules.js';

describe('days', () => {
  it.each([
    ['2026-07-20T15:59:59.999Z', '2026-07-20'],
    ['2026-07-20T16:00:00.000Z', '2026-07-21'],
    ['2026-12-31T16:00:00.000Z', '2027-01-01'],
  ])('calls %s the day %s in China', (instant, day) => expect(dayOf(new Date(instant))).toBe(day));

  it.each([
    ['2026-02-28', 1, '2026-03-01'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2026-12-31', 90, '2027-03-31'],
    ['2026-01-01', 0, '2026-01-01'],
  ])('adds days to %s', (day, days, later) => expect(addDays(day, days)).toBe(later));

  it.each([
    ['2026-07-21', 6, '2027-01-21'],
    ['2026-08-31', 6, '2027-02-28'],
    ['2027-08-31', 6, '2028-02-29'],
    ['2026-01-31', 3, '2026-04-30'],
  ])('adds months to %s', (day, months, later) => expect(addMonths(day, months)).toBe(later));
});
