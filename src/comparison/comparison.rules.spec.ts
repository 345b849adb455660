import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareItem, LEAST_INCIDENTS, median, suggestFactor } from './comparison.rules.js';

const factor = (valuePct: number) => ({ valuePct, version: 1, societyId: null });
const estimate = (mid: number, over: { grossMid?: number; valuePct?: number; present?: number; government?: number } = {}) => ({
  serial: 1, takenAt: '2026-07-01T00:00:00Z', takenBy: '值班员', low: mid - 1, mid, high: mid + 1, grossMid: over.grossMid ?? mid,
  factor: factor(over.valuePct ?? 100),
  rule: { code: 'estimate.meals', params: { present: over.present ?? 0, government: over.government ?? 0 } },
}); // prettier-ignore
const learned = (...implied: number[]) => implied.map((impliedPct, n) => ({ id: `i${n}`, number: `YB-${n}`, impliedPct })); // prettier-ignore

describe('the comparison of one item', () => {
  it('counts what was kept of what was received as used, and what never came as unmet', () => {
    const facts = { asked: 100, sent: 90, received: 80, returned: 30, estimates: [estimate(100)] };
    expect(compareItem(facts)).toEqual({ low: 99, mid: 100, high: 101, used: 50, unmet: 20, ratioPct: 70, impliedPct: 70 }); // prettier-ignore
  });

  it('holds it against the last estimate only', () => {
    const facts = { asked: 0, sent: 50, received: 50, returned: 0, estimates: [estimate(500), estimate(25)] };
    expect(compareItem(facts)).toMatchObject({ mid: 25, used: 50, unmet: 0, ratioPct: 200 });
  });

  it('has no ratio where nothing was estimated, or where the others brought it all', () => {
    const facts = { asked: 10, sent: 0, received: 0, returned: 0, estimates: [] };
    expect(compareItem(facts)).toMatchObject({ mid: null, used: 0, unmet: 10, ratioPct: null, impliedPct: null });
    expect(compareItem({ ...facts, asked: 0, estimates: [estimate(100)] })).toMatchObject({ mid: 100, ratioPct: null, impliedPct: null }); // prettier-ignore
    const all = { ...facts, asked: 0, sent: 1, estimates: [estimate(0, { grossMid: 40, government: 60 })] };
    expect(compareItem(all)).toMatchObject({ ratioPct: null, impliedPct: 150 });
  });

  it('tells the factor that would have met it, whatever factor the estimate was made with', () => {
    const facts = { asked: 0, sent: 60, received: 60, returned: 0 };
    expect(compareItem({ ...facts, estimates: [estimate(120)] }).impliedPct).toBe(50);
    expect(compareItem({ ...facts, estimates: [estimate(60, { valuePct: 50 })] }).impliedPct).toBe(50);
    expect(compareItem({ ...facts, estimates: [estimate(100, { grossMid: 120, present: 20 })] }).impliedPct).toBe(67);
  });
});

describe('the suggested factor', () => {
  it('waits for five incidents', () => {
    expect(suggestFactor(100, learned(50, 50, 50, 50))).toMatchObject({ verdict: 'few', suggestedPct: null, leastIncidents: LEAST_INCIDENTS }); // prettier-ignore
    expect(suggestFactor(100, learned(90, 90, 90, 90, 90))).toMatchObject({ verdict: 'change', suggestedPct: 90, medianPct: 90, bounded: false }); // prettier-ignore
  });

  it.each([
    [100, [96, 96, 96, 96, 96], 'keep', null],
    [100, [95, 95, 95, 95, 95], 'change', 95],
    [100, [104, 104, 104, 104, 104], 'keep', null],
    [100, [30, 30, 30, 30, 30], 'change', 80],
    [100, [900, 900, 900, 900, 900], 'change', 125],
    [80, [300, 300, 300, 300, 300], 'change', 100],
    [20, [1, 1, 1, 1, 1], 'keep', null],
    [500, [900, 900, 900, 900, 900], 'keep', null],
  ] as const)('from %d with %j is %s %p', (inForce, implied, verdict, suggestedPct) => {
    expect(suggestFactor(inForce, learned(...implied))).toMatchObject({ verdict, suggestedPct });
  });

  it('is not moved by one incident with a wrong count', () => {
    expect(suggestFactor(100, learned(88, 90, 92, 90, 1_000_000))).toMatchObject({ suggestedPct: 90, bounded: false });
    expect(suggestFactor(100, learned(88, 90, 92, 90, 0))).toMatchObject({ suggestedPct: 90 });
  });

  it('never steps further than a quarter, stays in its bounds, and does not depend on the order', () => {
    const figures = fc.array(fc.integer({ min: 0, max: 2000 }), { minLength: 5, maxLength: 30 });
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 500 }), figures, (inForce, implied) => {
        const { suggestedPct } = suggestFactor(inForce, learned(...implied));
        const other = suggestFactor(inForce, learned(...implied.toReversed())).suggestedPct;
        return suggestedPct === null
          ? other === null
          : suggestedPct === other && suggestedPct >= Math.max(20, inForce * 0.8) && suggestedPct <= Math.min(500, inForce * 1.25); // prettier-ignore
      }),
    );
  });

  it('knows the middle', () => {
    expect([median([7]), median([1, 9, 5]), median([1, 2]), median([4, 1, 3, 2])]).toEqual([7, 5, 2, 3]);
  });
});
