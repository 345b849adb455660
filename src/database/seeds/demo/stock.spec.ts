import { describe, expect, it } from '@jest/globals';
import { generateDemo } from './index.js';

const NOW = new Date('2026-07-21T08:00:00Z');
const TODAY = '2026-07-21';
const IN_180_DAYS = '2027-01-17';

/** Units of each item over all stores of the province at the start, every condition counted. */
const TOTALS = `
SH01 3192 SH02 1596 SH03 128 SH04 408 SH05 7980 SH06 19950 SH07 11970 SH08 5994 SH09 244
BD01 39900 BD02 23940 BD03 39900 BD04 31920 BD05 11970 BD06 15960 BD07 11970 BD08 3990 BD09 15960 BD10 7980
FK01 33600 FK02 7980 FK03 11970 FK04 7980 FK05 2004 FK06 3192 FK07 15960 FK08 22590 FK09 5994
WF01 26080 WF02 6080 WF03 3990 WF04 5994 WF05 3990 WF06 2432 WF07 798 WF08 15960 WF09 7980
HL01 19950 HL02 11970 HL03 7980 HL04 798 HL05 798 HL06 128 HL07 606 HL08 88 HL09 4
RE01 35 RE02 88 RE03 3990 RE04 798 RE05 244 RE06 158 RE07 128 RE08 88 RE09 798 RE10 32 RE11 32 RE12 158
WS01 35 WS02 101 WS03 7 WS04 408 WS05 24 EN01 2004 EN02 2394 EN03 408
`;

const demo = generateDemo({ now: NOW });
const itemOf = new Map(demo.items.map((item) => [item.id, item]));
const warehouseOf = new Map(demo.warehouses.map((warehouse) => [warehouse.id, warehouse]));
const openingOf = new Map(demo.openings.map((opening) => [opening.lotId, opening]));
const codeOf = (itemId: string) => itemOf.get(itemId)?.code ?? '';

/** Units per item code in the warehouses that `keep` lets through. */
function unitsByItem(keep: (warehouseCode: string) => boolean): Record<string, number> {
  const totals: Record<string, number> = {};
  for (const { itemId, warehouseId, units } of demo.openings) {
    if (!keep(warehouseOf.get(warehouseId)?.code ?? '')) continue;
    totals[codeOf(itemId)] = (totals[codeOf(itemId)] ?? 0) + units;
  }
  return totals;
}

describe('the opening stock of the demonstration', () => {
  it('adds up to the promised total of every item over the province', () => {
    const words = TOTALS.trim().split(/\s+/);
    const expected: Record<string, number> = {};
    for (let at = 0; at < words.length; at += 2) expected[words[at] as string] = Number(words[at + 1]);
    expect(Object.keys(expected)).toHaveLength(66);
    expect(unitsByItem(() => true)).toEqual(expected);
  });

  it('fills the provincial centre to its target and the regional stores to 35 % of it', () => {
    const centre = unitsByItem((code) => code === 'WH-330000-1');
    const wenzhou = unitsByItem((code) => code === 'WH-330300-1');
    for (const { code, provincialTarget } of demo.items) {
      expect(centre[code]).toBe(provincialTarget);
      expect(wenzhou[code] ?? 0).toBe(Math.round(provincialTarget * 0.35));
    }
  });

  it('keeps city stores at 12-20 % and county rooms at 2-4 % of the provincial target', () => {
    const bounds = { city: [0.12, 0.2], county: [0.02, 0.04] } as const;
    for (const { code, tier } of demo.warehouses) {
      if (tier !== 'city' && tier !== 'county') continue;
      const quilts = unitsByItem((other) => other === code).BD01 ?? 0;
      expect(quilts / 10_000).toBeGreaterThanOrEqual(bounds[tier][0]);
      expect(quilts / 10_000).toBeLessThanOrEqual(bounds[tier][1]);
    }
  });

  it('gives each cache packs, torches and water, and a contract reserve no goods', () => {
    for (const { code, tier } of demo.warehouses) {
      const held = Object.keys(unitsByItem((other) => other === code)).sort();
      if (tier === 'cache') expect(held).toEqual(['FK01', 'FK08', 'WF01']);
      if (tier === 'agreement') expect(held).toEqual([]);
    }
  });

  it('opens each lot once, in a bin of its warehouse, with whole units and its own owner', () => {
    const binAt = new Map(demo.bins.map((bin) => [bin.id, bin.warehouseId]));
    expect(openingOf.size).toBe(demo.lots.length);
    expect(demo.openings).toHaveLength(demo.lots.length);
    for (const lot of demo.lots) {
      const opening = openingOf.get(lot.id);
      expect(opening).toMatchObject({ itemId: lot.itemId, ownerSocietyId: lot.ownerSocietyId });
      expect(opening?.condition).toBe(lot.state === 'damaged' ? 'damaged' : 'good');
      expect(Number.isInteger(opening?.units) && (opening?.units ?? 0) > 0).toBe(true);
      expect(binAt.get(opening?.binId ?? '')).toBe(opening?.warehouseId);
    }
  });

  it('has one lot in ten owned by another society than its keeper, in the centre by the national one', () => {
    const foreign = demo.openings.filter(
      ({ warehouseId, ownerSocietyId }) => warehouseOf.get(warehouseId)?.societyId !== ownerSocietyId,
    );
    expect(foreign.length / demo.openings.length).toBeCloseTo(0.1, 3);
    const national = demo.societies.find(({ adcode }) => adcode === '100000')?.id;
    const inCentre = foreign.filter(({ warehouseId }) => warehouseOf.get(warehouseId)?.tier === 'provincial');
    expect(new Set(inCentre.map(({ ownerSocietyId }) => ownerSocietyId))).toEqual(new Set([national]));
    const codes = inCentre.map(({ itemId }) => codeOf(itemId));
    expect(codes).toEqual(expect.arrayContaining(['SH01', 'BD01', 'BD03', 'BD04', 'BD06', 'FK01']));
  });

  it('has 5 % of dated lots within 180 days, 1 % expired and 1 % of all lots damaged', () => {
    const dated = demo.lots.filter(({ expiresOn }) => expiresOn !== null);
    const days = dated.map(({ expiresOn }) => expiresOn as string);
    expect(days.filter((day) => day >= TODAY && day <= IN_180_DAYS).length / dated.length).toBeCloseTo(0.05, 2);
    expect(days.filter((day) => day < TODAY).length / dated.length).toBeCloseTo(0.01, 2);
    expect(demo.lots.filter(({ state }) => state === 'damaged').length / demo.lots.length).toBeCloseTo(0.01, 3);
    expect(demo.lots.some(({ state }) => state === 'held')).toBe(true);
  });

  it('dates exactly the lots of perishable items, within their shelf life and after their receipt', () => {
    for (const { itemId, expiresOn, receivedOn } of demo.lots) {
      const item = itemOf.get(itemId);
      expect(expiresOn !== null).toBe((item?.minimumUseDays ?? 0) > 0);
      expect(receivedOn < TODAY).toBe(true);
      if (expiresOn === null) continue;
      const lifeDays = (Date.parse(expiresOn) - Date.parse(receivedOn)) / 86_400_000;
      expect(lifeDays).toBeGreaterThan(0);
      expect(lifeDays).toBeLessThanOrEqual(Math.round((item?.shelfMonths ?? 0) * 30.4));
    }
  });

  it('orders minimum, target and maximum, and leaves a few lines short for the desk to see', () => {
    const held = new Map<string, number>();
    for (const { warehouseId, itemId, units } of demo.openings) {
      held.set(`${warehouseId}/${itemId}`, (held.get(`${warehouseId}/${itemId}`) ?? 0) + units);
    }
    expect(demo.policies).toHaveLength(held.size);
    let short = 0;
    for (const { warehouseId, itemId, minimumUnits, targetUnits, maximumUnits } of demo.policies) {
      const units = held.get(`${warehouseId}/${itemId}`) ?? 0;
      expect(minimumUnits > 0 && minimumUnits <= targetUnits && targetUnits <= maximumUnits).toBe(true);
      expect(units).toBeLessThanOrEqual(maximumUnits);
      if (units < minimumUnits) short += 1;
    }
    expect(short / demo.policies.length).toBeGreaterThan(0.02);
    expect(short / demo.policies.length).toBeLessThan(0.06);
  });
});
