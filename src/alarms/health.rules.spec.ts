import { describe, expect, it } from '@jest/globals';
import * as rules from './health.rules.js';

const MIN = 60;
const at = (s: number) => new Date(Date.parse('2026-07-21T00:00:00Z') + s * 1000);
const span = { from: at(0), to: at(3600) };
let number = 0;
const alarm = (raised: number, more: { severity?: 'I' | 'II' | 'III' | 'IV'; cleared?: number | null; answered?: number | null } = {}): rules.HealthFact => {
  const { severity = 'III', cleared = null, answered = null } = more;
  const [clearedAt, answeredAt] = [cleared, answered].map((s) => (s === null ? null : at(s))) as [Date | null, Date | null];
  return { id: String((number += 1)), severity, raisedAt: at(raised), clearedAt, answeredAt };
}; // prettier-ignore
const every = (s: number, times: number, from = 0) => Array.from({ length: times }, (_, n) => alarm(from + n * s));

describe('alarm health', () => {
  it('counts alarms an hour and operator, two people side by side being two', () => {
    const shifts = [{ startsAt: at(-3600), endsAt: at(1800) }, { startsAt: at(0), endsAt: at(3600) }, { startsAt: at(4000), endsAt: at(5000) }]; // prettier-ignore
    expect(rules.mannedHours(shifts, span)).toBe(1.5);
    expect(rules.rate(9, 1.5)).toBe(6);
    expect(rules.rate(9, 0)).toBeNull();
  });

  it('is in flood from the eleventh alarm in ten minutes until there are ten again', () => {
    expect(rules.floodShare(every(30, 10), span)).toBe(0);
    // Eleven alarms within 300 s: in flood from 300 s until the first of them is ten minutes old.
    expect(rules.floodShare(every(30, 11), span)).toBeCloseTo(300 / 3600);
    // Twelve: until the second is.
    expect(rules.floodShare(every(30, 12), span)).toBeCloseTo(330 / 3600);
    // Two floods apart add up, one that runs over the end is cut there.
    expect(rules.floodShare([...every(30, 11), ...every(10, 11, 3400)], span)).toBeCloseTo((300 + 100) / 3600);
    expect(rules.mostWithin(every(30, 12), span)).toBe(12);
    expect(rules.mostWithin(every(120, 30), span)).toBe(5);
  });

  it('finds what stood for more than a day', () => {
    const day = 24 * 3600;
    const facts = [alarm(-day - 1, { cleared: 10 }), alarm(-day - 100), alarm(-day, { cleared: 0 }), alarm(-3 * day, { cleared: -1 }), alarm(0)]; // prettier-ignore
    expect(rules.staleCount(facts, span)).toBe(2);
  });

  it('finds sources that came or went three times within a minute', () => {
    const changes = (source: string, times: number[]) => times.map((s, n): rules.ChangeFact => ({ source, at: at(s), kind: n % 2 ? 'cleared' : 'raised' })); // prettier-ignore
    expect(rules.chatteringCount([...changes('a', [0, 30, 60]), ...changes('b', [0, 30, 61, 200]), ...changes('c', [300, 1000, 1010, 1020])])).toBe(2); // prettier-ignore
  });

  it('takes percentiles by nearest rank', () => {
    expect(rules.percentile([], 0.5)).toBeNull();
    expect(rules.percentile([40, 10, 30, 20], 0.5)).toBe(20);
    expect(rules.percentile([40, 10, 30, 20], 0.9)).toBe(40);
    expect(rules.percentile([7], 0.5)).toBe(7);
  });

  it('puts the figures of a span together; what was raised before it only stands in it', () => {
    const facts = [
      alarm(-2 * 24 * 3600), alarm(0, { severity: 'I', answered: 30 }), alarm(10 * MIN, { answered: 10 * MIN + 90 }),
      alarm(20 * MIN, { cleared: 21 * MIN }), alarm(30 * MIN, { severity: 'IV' }),
    ]; // prettier-ignore
    expect(rules.healthOf({ facts, changes: [], operatorHours: 2 }, span)).toEqual({
      raised: 4, perOperatorHour: 2, floodShare: 0, mostInTenMinutes: 1, stale: 1, chattering: 0, answered: 2, unanswered: 2,
      acknowledgeP50S: 30, acknowledgeP90S: 90, goal: rules.GOAL,
      bySeverity: [
        { severity: 'I', raised: 1, share: 0.25 }, { severity: 'II', raised: 0, share: 0 }, { severity: 'III', raised: 2, share: 0.5 },
        { severity: 'IV', raised: 1, share: 0.25 },
      ],
    }); // prettier-ignore
    const nothing = rules.healthOf({ facts: [], changes: [], operatorHours: 0 }, span);
    expect([nothing.perOperatorHour, nothing.acknowledgeP50S, nothing.bySeverity[0]!.share]).toEqual([
      null,
      null,
      null,
    ]);
  });
});
