import { describe, expect, it } from '@jest/globals';
import { countIncidents, type CountedIncident, stepOf, stepStart } from './incident-figures.rules.js';
import { aboutOf } from './log.rules.js';

const counted = (day: string, over: Partial<CountedIncident> = {}): CountedIncident => ({
  day, kind: 'flood', severity: 'III', societyId: 'a', society: 'A', units: 1, ...over,
}); // prettier-ignore

describe('incidents over time', () => {
  it('go by day for a month, by week for half a year, by month for longer', () => {
    expect([stepOf('2026-07-01', '2026-07-31'), stepOf('2026-07-01', '2026-08-01'), stepOf('2026-01-01', '2026-12-31')]).toEqual(['day', 'week', 'month']); // prettier-ignore
  });

  it('begin a week on Monday and a month on its first', () => {
    expect(['2026-07-20', '2026-07-21', '2026-07-26', '2026-07-27'].map((day) => stepStart(day, 'week'))).toEqual(['2026-07-20', '2026-07-20', '2026-07-20', '2026-07-27']); // prettier-ignore
    expect(stepStart('2026-02-28', 'month')).toBe('2026-02-01');
  });

  it('leave no step out, also where nothing happened', () => {
    const { over, total } = countIncidents([counted('2026-07-02', { units: 3 })], { from: '2026-07-01', to: '2026-07-03' }); // prettier-ignore
    expect(over.map(({ from, III, total: all }) => [from, III, all])).toEqual([['2026-07-01', 0, 0], ['2026-07-02', 3, 3], ['2026-07-03', 0, 0]]); // prettier-ignore
    expect(total).toEqual({ I: 0, II: 0, III: 3, IV: 0, total: 3 });
  });

  it('add up the same by time, by kind and by society, the most first', () => {
    const rows = [
      counted('2026-07-02'), counted('2026-07-02', { severity: 'I', kind: 'typhoon', societyId: 'b', society: 'B', units: 4 }),
      counted('2026-07-03', { severity: 'IV', units: 2 }),
    ]; // prettier-ignore
    const { over, kinds, societies, total } = countIncidents(rows, { from: '2026-07-01', to: '2026-07-03' });
    const sum = (of: { total: number }[]) => of.reduce((all, one) => all + one.total, 0);
    expect([sum(over), sum(kinds), sum(societies), total.total]).toEqual([7, 7, 7, 7]);
    expect(kinds.map(({ kind, total: all }) => [kind, all])).toEqual([['typhoon', 4], ['flood', 3]]); // prettier-ignore
    expect(societies.map(({ society, I, III, IV }) => [society, I, III, IV])).toEqual([['B', 4, 0, 0], ['A', 0, 1, 2]]); // prettier-ignore
  });
});

describe('what a change is about', () => {
  it('is what its row says of itself, and nothing made up', () => {
    expect(aboutOf({ number: 'YB-1', title: 'Flood', version: 3 })).toBe('YB-1 Flood');
    expect(aboutOf({ teamName: 'T', unitCode: 'U-1', waitingFor: 'W' })).toBe('T U-1 W');
    expect(aboutOf({ units: 4, name: '  ' })).toBe('');
  });
});
