import { describe, expect, it } from '@jest/globals';
import { estimateItems } from '../needs-estimate.rules.js';
import { factorAlong, type FactorVersion, RULE_ITSELF } from './factor.rules.js';

const flood = { kind: 'flood', ruleCode: 'estimate.meals' } as const;
const version = (societyId: string, number: number, valuePct: number, of: { kind: 'flood' | 'typhoon'; ruleCode: string } = flood): FactorVersion =>
  ({ ...of, societyId, version: number, valuePct }); // prettier-ignore

describe('the factor that counts', () => {
  it('is the rule itself while nobody has set one', () => {
    expect(factorAlong(flood, ['county', 'province'], [])).toEqual(RULE_ITSELF);
    const others = [version('county', 1, 80, { kind: 'typhoon', ruleCode: 'estimate.meals' }), version('county', 1, 70, { kind: 'flood', ruleCode: 'estimate.bed' })]; // prettier-ignore
    expect(factorAlong(flood, ['county'], others)).toEqual(RULE_ITSELF);
  });

  it('is the newest version of the nearest society on the way up', () => {
    const versions = [version('province', 1, 90), version('province', 3, 110), version('province', 2, 95), version('city', 1, 120)]; // prettier-ignore
    expect(factorAlong(flood, ['county', 'province'], versions)).toEqual({ valuePct: 110, version: 3, societyId: 'province' }); // prettier-ignore
    expect(factorAlong(flood, ['county', 'city', 'province'], versions)).toEqual({ valuePct: 120, version: 1, societyId: 'city' }); // prettier-ignore
  });
});

describe('an estimate', () => {
  const ask = { kind: 'flood', sheltered: 120, days: 1, on: '2026-07-21' } as const;
  const meals = (valuePct?: number, supplied?: { itemCode: string; units: number; by: 'government' }[]) =>
    estimateItems({
      ...ask,
      supplied,
      factorOf: (code) => (code === 'estimate.meals' && valuePct ? { valuePct, version: 2, societyId: 'x' } : RULE_ITSELF),
    }).find(({ itemCode }) => itemCode === 'WF06')!; // prettier-ignore

  it('multiplies its rule by the factor, all three figures alike, and says which version it was', () => {
    expect(meals()).toMatchObject({ low: 20, mid: 30, high: 30, grossMid: 30, factor: RULE_ITSELF });
    expect(meals(150)).toMatchObject({ low: 30, mid: 45, high: 45, grossMid: 45, factor: { valuePct: 150, version: 2 } }); // prettier-ignore
    expect(meals(81)).toMatchObject({ low: 17, mid: 25, high: 25 });
  });

  it('takes what is there off afterwards, and keeps the whole figure beside', () => {
    expect(meals(200, [{ itemCode: 'WF06', units: 59, by: 'government' }])).toMatchObject({ low: 0, mid: 1, grossMid: 60 }); // prettier-ignore
  });
});
