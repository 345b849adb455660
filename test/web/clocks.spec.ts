import { describe, expect, it } from '@jest/globals';
import { USUAL_LIMITS } from '../../src/settings/clock-limits.rules.js';
import { ageOf, elapsedText } from '../../web/src/live/ageing.rules.js';
import { clockOffsetMs, gapIsReal, isClockFault, linkOf, linkState, watchGap } from '../../web/src/live/link.rules.js';
import type { Asking } from '../../web/src/live/link.rules.js';
import { isDutyNight } from '../../web/src/theme/theme.rules.js';

describe('clocks (C-06, C-07)', () => {
  it.each([
    [-5_000, '00:00'],
    [0, '00:00'],
    [134_000, '02:14'],
    [3_599_000, '59:59'],
    [3_600_000, '1:00'],
    [6_780_000, '1:53'],
    [200_000_000, '2d'],
  ])('says %d ms as %s', (ms, words) => expect(elapsedText(ms)).toBe(words));

  it('turns amber at half of the limit and red at the limit', () => {
    const limit = { limitS: USUAL_LIMITS.unassignedS.II };
    expect([149, 150, 299, 300].map((seconds) => ageOf(seconds * 1000, limit))).toEqual([
      'calm',
      'amber',
      'amber',
      'red',
    ]);
    expect(ageOf(10 ** 9, null)).toBe('calm');
  });

  it('warns of a check-in five minutes before it is due', () => {
    expect([24, 25, 29, 30].map((minutes) => ageOf(minutes * 60_000, USUAL_LIMITS.checkIn))).toEqual([
      'calm',
      'amber',
      'amber',
      'red',
    ]);
  });

  it('reads the server clock at the middle of the question', () => {
    const offset = clockOffsetMs(
      '2026-11-22T04:00:10.000Z',
      Date.parse('2026-11-22T04:00:00.000Z'),
      Date.parse('2026-11-22T04:00:02.000Z'),
    );
    expect(offset).toBe(9000);
    expect([isClockFault(-29_000), isClockFault(31_000)]).toEqual([false, true]);
  });

  it('keeps duty night in China time', () => {
    expect(['2026-11-22T10:59:00Z', '2026-11-22T11:00:00Z', '2026-11-22T22:59:00Z', '2026-11-22T23:00:00Z'].map((at) => isDutyNight(new Date(at)))).toEqual([false, true, true, false]); // prettier-ignore
  });
});

describe('the link (C-26, C-28)', () => {
  it('is live, delayed from five seconds of silence, offline from fifteen', () => {
    expect([0, 4999, 5000, 14_999, 15_000].map(linkState)).toEqual(['live', 'live', 'delayed', 'delayed', 'offline']);
  });

  it('keeps requests and line apart: a beat takes back no failed request, and silence comes before both', () => {
    const at = (asking: Asking) => [0, 5000, 15_000].map((silentMs) => linkOf(silentMs, asking));
    expect(at('answered')).toEqual(['live', 'delayed', 'offline']);
    expect(at('cut')).toEqual(['offline', 'offline', 'offline']);
    expect(at('unanswered')).toEqual(['unanswered', 'unanswered', 'offline']);
  });

  it('suspects a gap only when a beat stays ahead with nothing pending', () => {
    const first = watchGap(null, { beatSeq: 12, appliedSeq: 10, pending: 0, nowMs: 1000 });
    expect(gapIsReal(first, 3999)).toBe(false);
    const later = watchGap(first, { beatSeq: 15, appliedSeq: 10, pending: 0, nowMs: 4000 });
    expect(gapIsReal(later, 4000)).toBe(true);
    expect(watchGap(first, { beatSeq: 12, appliedSeq: 10, pending: 3, nowMs: 4000 })).toBeNull();
    expect(watchGap(first, { beatSeq: 12, appliedSeq: 12, pending: 0, nowMs: 4000 })).toBeNull();
  });
});
