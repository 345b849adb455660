import { describe, expect, it } from '@jest/globals';
import { channelsOf, isTestingHour, mayBecome, reachOf, retryAt } from './channel-test.rules.js';
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
