import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { barOption } from '../../web/src/reports/chart.rules.js';
import { type Filters, filtersText, periodFault, readFilters, spanText } from '../../web/src/reports/filters.rules.js';

const OTHERWISE: Filters = { from: '2026-06-22', to: '2026-07-21', societyId: '', severity: '' };

describe('the filters of a report', () => {
  it('survive the address, whatever they are', () => {
    const day = fc.date({ min: new Date('2020-01-01'), max: new Date('2029-12-31'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10)); // prettier-ignore
    const filters = fc.record({ from: day, to: day, societyId: fc.oneof(fc.constant(''), fc.uuid()), severity: fc.constantFrom('' as const, 'I' as const, 'IV' as const) }); // prettier-ignore
    fc.assert(fc.property(filters, (one) => expect(readFilters(filtersText(one), OTHERWISE)).toEqual(one)));
  });

  it('fall back where an address says nothing or nonsense', () => {
    expect(readFilters('', OTHERWISE)).toEqual(OTHERWISE);
    expect(readFilters('from=yesterday&severity=V&to=2026-07-01', OTHERWISE)).toEqual({
      ...OTHERWISE,
      to: '2026-07-01',
    });
  });

  it('are a year at most, in order', () => {
    const fault = (from: string, to: string) => periodFault({ ...OTHERWISE, from, to });
    expect([fault('2026-07-21', '2026-07-21'), fault('2025-07-22', '2026-07-22'), fault('2025-07-21', '2026-07-22'), fault('2026-07-22', '2026-07-21')]).toEqual([null, null, 'long', 'order']); // prettier-ignore
  });
});

describe('the figures on the page', () => {
  it.each([
    [null, '—'],
    [0, '0:00'],
    [61, '1:01'],
    [3_661, '1:01:01'],
    [-30, '−0:30'],
  ])('%p s is %s', (seconds, words) => expect(spanText(seconds)).toBe(words));
});

describe('a chart', () => {
  const palette = { text: '#111111', quiet: '#222222', line: '#333333', edge: '#444444' };
  const series = ['p50', 'p90'].map((name) => ({ name, color: '#555555', values: [1, 2] }));

  it('stands still, is told in words, and tells its bars apart by pattern', () => {
    const option = barOption({ categories: ['a', 'b'], series }, palette, 'told') as Record<string, never>;
    expect(option).toMatchObject({
      animation: false,
      aria: { enabled: true, label: { description: 'told' }, decal: { show: true } },
      series: [{ data: [1, 2] }, { data: [1, 2] }],
    });
  });

  it('takes every colour of its letters and lines from the theme', () => {
    const colours = JSON.stringify(barOption({ categories: ['a'], series, label: String }, palette, '')).match(
      /#\w{6}/g,
    );
    expect([...new Set(colours)].sort()).toEqual(['#111111', '#222222', '#333333', '#444444', '#555555']);
  });
});
