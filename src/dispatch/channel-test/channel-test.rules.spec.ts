import { describe, expect, it } from '@jest/globals';
import { quietUntil } from '../../alerts/contact/contact.rules.js';
import { afterQuiet, channelsOf, isTestingHour, mayBecome, reachOf, retryAt } from './channel-test.rules.js';
import { TEST_STAGES } from './channel-test.dto.js';

describe('the silent test of channels', () => {
  it.each([
    [[], 'failed'],
    [['failed', 'failed'], 'failed'],
    [['failed', 'handed'], 'unconfirmed'],
    [['planned'], 'unconfirmed'],
    [['handed', 'receipt'], 'reached'],
    [['failed', 'confirmed'], 'reached'],
  ] as const)('%j is %s (W2)', (stages, reach) => expect(reachOf(stages)).toBe(reach));

  it('tries three times, later each time', () => {
    const now = new Date('2026-07-21T02:00:00Z');
    expect([1, 2, 3].map((attempts) => retryAt(attempts, now)?.getTime() ?? null)).toEqual([
      now.getTime() + 300_000,
      now.getTime() + 600_000,
      null,
    ]);
  });

  it('starts by itself between nine and five in China', () => {
    expect(['00:59', '01:00', '08:59', '09:00', '18:00'].map((at) => isTestingHour(new Date(`2026-07-21T${at}:00Z`)))).toEqual([
      false, true, true, false, false,
    ]);
  }); // prettier-ignore

  it.each([
    // quiet, begun, now: until (D20)
    [{ from: '22:00', to: '07:00' }, '10:00', '10:00', null],
    [{ from: '08:00', to: '14:00' }, '10:00', '10:00', '21T14:00'],
    [{ from: '14:00', to: '02:00' }, '15:00', '15:00', '22T09:00'],
    [{ from: '08:00', to: '20:00' }, '09:30', '09:30', '21T20:00'],
    [{ from: '08:00', to: '20:00' }, '17:30', '17:30', '21T20:00'],
    [{ from: '21:00', to: '08:30' }, '22:00', '22:00', '22T09:00'],
    [{ from: '10:00', to: '19:00' }, '12:00', '12:00', '22T09:00'],
  ])('quiet hours %j, begun at %s, looked at %s: waits until %s', (quiet, begun, at, until) => {
    const china = (time: string) => new Date(`2026-07-21T${time}:00+08:00`);
    const endsAt = new Date(china(begun).getTime() + 24 * 3_600_000);
    expect(afterQuiet((moment) => quietUntil(quiet, moment), { now: china(at), endsAt })).toEqual(
      until && new Date(`2026-07-${until}:00+08:00`),
    );
  });

  it('keeps nothing beyond the end of its test', () => {
    const now = new Date('2026-07-21T10:00:00+08:00');
    const quiet = { from: '08:00', to: '20:00' };
    const endsAt = new Date('2026-07-21T19:00:00+08:00');
    expect(afterQuiet((moment) => quietUntil(quiet, moment), { now, endsAt })).toBeNull();
  });

  it('never loses a confirmation', () => {
    for (const from of TEST_STAGES) expect(mayBecome(from, 'confirmed')).toBe(from !== 'confirmed');
    expect(mayBecome('confirmed', 'receipt')).toBe(false);
    expect(mayBecome('receipt', 'receipt')).toBe(false);
    expect(mayBecome('failed', 'receipt')).toBe(true);
  });

  it('uses the channels that alerts would use', () => {
    expect(channelsOf({ userId: 'u', phone: '1' })).toEqual(['in-app', 'link', 'sms']);
    expect(channelsOf({ userId: null, phone: '1' })).toEqual(['link', 'sms']);
    expect(channelsOf({ userId: null, phone: null })).toEqual([]);
  });
});
