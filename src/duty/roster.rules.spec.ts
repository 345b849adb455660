import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { doublesOf, gapsOf, gapsOfDesk, mustBeShift, mustNotMeet, shiftsOfPattern, type Slot } from './roster.rules.js';

const HOUR = 3_600_000;
const T0 = Date.parse('2026-07-20T16:00:00Z');
const at = (hour: number) => new Date(T0 + hour * HOUR);
const slot = (from: number, to: number, userId = 'a', role: Slot['role'] = 'dutyOfficer') => ({
  id: `${userId}${from}`, name: userId, role, userId, startsAt: at(from), endsAt: at(to),
}); // prettier-ignore
const span = { from: at(0), to: at(24) };
const hours = (gaps: { from: Date; to: Date }[]) =>
  gaps.map(({ from, to }) => [(from.getTime() - T0) / HOUR, (to.getTime() - T0) / HOUR]);

describe('the gaps of a span', () => {
  it.each([
    ['nobody', [], [[0, 24]]],
    ['everybody in turn', [slot(0, 8), slot(8, 16, 'b'), slot(16, 24, 'c')], []],
    ['a hole in the middle', [slot(16, 30), slot(-3, 8)], [[8, 16]]],
    ['overlaps do not hide a hole', [slot(0, 12), slot(2, 6, 'b'), slot(13, 24)], [[12, 13]]],
    ['late and early', [slot(1, 23)], [[0, 1], [23, 24]]],
    ['shifts outside do not count', [slot(-8, 0), slot(24, 32)], [[0, 24]]],
    ['a lead is no officer', [slot(0, 24, 'a', 'dutyLead')], [[0, 24]]],
  ])('%s', (_, shifts, gaps) => expect(hours(gapsOf(shifts, 'dutyOfficer', span))).toEqual(gaps)); // prettier-ignore

  it('and the shifts cover every hour once between them, whatever the shifts', () => {
    const any = fc.array(fc.tuple(fc.integer({ min: -10, max: 30 }), fc.integer({ min: 1, max: 12 })), { maxLength: 12 });
    fc.assert(
      fc.property(any, (pairs) => {
        const shifts = pairs.map(([from, length]) => slot(from, from + length));
        const gaps = gapsOf(shifts, 'dutyOfficer', span);
        for (let hour = 0; hour < 24; hour++) {
          const moment = at(hour + 0.5);
          const covered = shifts.some(({ startsAt, endsAt }) => startsAt <= moment && endsAt > moment);
          expect(gaps.filter(({ from, to }) => from <= moment && to > moment).length).toBe(covered ? 0 : 1);
        }
      }),
    );
  }); // prettier-ignore

  it('of leads are looked for once the desk keeps one', () => {
    expect(gapsOfDesk([slot(0, 24)], span)).toEqual([]);
    expect(gapsOfDesk([slot(0, 24), slot(0, 12, 'l', 'dutyLead')], span).map(({ role }) => role)).toEqual(['dutyLead']);
  });
});

describe('a pattern', () => {
  const pattern = { role: 'dutyOfficer' as const, from: '2026-07-21', days: 3, startHour: 8, userIds: ['a', 'b'] };
  it.each([8, 12, 24])('of %s hours has no gap, begins at eight in China and takes turns', (shiftHours) => {
    const shifts = shiftsOfPattern({ ...pattern, shiftHours });
    expect(shifts).toHaveLength((3 * 24) / shiftHours);
    const [from, to] = [new Date('2026-07-21T00:00:00Z'), new Date('2026-07-24T00:00:00Z')];
    expect(shifts[0]!.startsAt).toEqual(from);
    expect(gapsOf(shifts, 'dutyOfficer', { from, to })).toEqual([]);
    expect(shifts.slice(0, 3).map(({ userId }) => userId)).toEqual(['a', 'b', 'a']);
  });
});

describe('double bookings', () => {
  it('are one person at two places at once', () => {
    const found = doublesOf([slot(0, 12), slot(8, 16, 'a', 'dutyLead'), slot(12, 20, 'b'), slot(16, 20)]);
    expect(found).toEqual([
      { userId: 'a', name: 'a', from: at(8).toISOString(), to: at(12).toISOString(), shiftIds: ['a0', 'a8'] },
    ]);
  });

  it('in one role at one desk are refused; relieving oneself is not one', () => {
    const refused = (wanted: Slot[], held: Slot[]) => {
      try {
        mustNotMeet(wanted, held);
        return false;
      } catch (error) {
        return (error as { code: string }).code === 'duty-shift.double-booked';
      }
    };
    expect(refused([slot(0, 8)], [slot(7, 9)])).toBe(true);
    expect(refused([slot(0, 8)], [slot(8, 9)])).toBe(false);
    expect(refused([slot(0, 8)], [slot(7, 9, 'b')])).toBe(false);
    expect(refused([slot(0, 8)], [slot(7, 9, 'a', 'dutyLead')])).toBe(false);
    expect(refused([slot(0, 8), slot(4, 6)], [])).toBe(true);
    expect(refused([{ ...slot(1, 9), id: 'a0' } as never], [slot(0, 8)])).toBe(false);
  });
});

describe('a shift', () => {
  it.each([[0, 0], [3, 1], [0, 73]])('from %s to %s is none', (from, to) => {
    expect(() => mustBeShift(slot(from, to))).toThrow('duty-shift.span');
  }); // prettier-ignore
  it('of a day is one', () => expect(() => mustBeShift(slot(0, 24))).not.toThrow());
});
