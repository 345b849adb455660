import { describe, expect, it } from '@jest/globals';
import type { AlarmHealthDto } from '../alarms/alarms.dto.js';
import { measuresOf } from './alarm-measures.rules.js';
import { ALARM_MEASURES } from './reports.dto.js';

const GOAL = { perOperatorHour: 6, floodShare: 0.01, stale: 5, chattering: 0, severityShares: [0.05, 0.15, 0.8] };
const share = (I: number | null, II: number | null, III: number | null, IV: number | null) =>
  (['I', 'II', 'III', 'IV'] as const).map((severity, n) => ({ severity, raised: 0, share: [I, II, III, IV][n]! }));
const health = (over: Partial<AlarmHealthDto> = {}): AlarmHealthDto => ({
  societyId: '0198a000-0000-7000-8000-000000000000', from: '2026-07-01T00:00:00Z', to: '2026-07-02T00:00:00Z', raised: 144, operatorHours: 24,
  operatorHoursBy: 'span', perOperatorHour: 6, floodShare: 0.0099, mostInTenMinutes: 10, stale: 4, chattering: 0,
  bySeverity: share(0.05, 0.15, 0.5, 0.3), answered: 140, unanswered: 4, acknowledgeP50S: 21.4, acknowledgeP90S: 95, goal: GOAL, ...over,
}); // prettier-ignore
const measure = (code: string, over: Partial<AlarmHealthDto> = {}) => measuresOf(health(over)).find((one) => one.code === code); // prettier-ignore

describe('alarm health beside its goals', () => {
  it('tells every measure once, in order', () => {
    expect(measuresOf(health()).map(({ code }) => code)).toEqual(ALARM_MEASURES);
  });

  it.each([
    ['per-operator-hour', { perOperatorHour: 6 }, true],
    ['per-operator-hour', { perOperatorHour: 6.01 }, false],
    ['flood-share', { floodShare: 0.0099 }, true],
    ['flood-share', { floodShare: 0.01 }, false],
    ['stale', { stale: 4 }, true],
    ['stale', { stale: 5 }, false],
    ['chattering', { chattering: 0 }, true],
    ['chattering', { chattering: 1 }, false],
    ['flood-share', { floodShare: null }, null],
    ['per-operator-hour', { perOperatorHour: null }, null],
    ['unanswered', { unanswered: 50 }, null],
  ] as const)('judges %s of %j as %p', (code, over, met) => expect(measure(code, over)!.met).toBe(met));

  it('tells the levels as 5, 15 and 80 of a hundred, III and IV together, and nothing of nothing', () => {
    const shares = ['share-I', 'share-II', 'share-rest'].map((code) => measure(code));
    expect(shares.map((one) => [one!.value, one!.goal])).toEqual([[5, 5], [15, 15], [80, 80]]); // prettier-ignore
    expect(measure('share-rest', { bySeverity: share(null, null, null, null) })!.value).toBeNull();
    expect(measure('share-rest', { bySeverity: share(0, 0, 1, null) })!.value).toBe(100);
  });

  it('tells times in whole seconds', () => expect([measure('acknowledge-p50')!.value, measure('acknowledge-p90')!.value]).toEqual([21, 95])); // prettier-ignore
});
