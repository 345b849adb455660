import { describe, expect, it } from '@jest/globals';
import type { ScanResult } from '../../src/relief-stock/codes/codes.dto.js';
import {
  EMPTY_GOODS,
  goodsBody,
  goodsOfScan,
  isReady,
  withScanned,
} from '../../web/src/relief-stock/moving/goods.rules.js';

const content = (itemId: string, units: number, fund: string | null = null) => ({ itemId, units, fund });
const scanned = (over: object) => ({ box: null, found: [], pack: null, ...over }) as unknown as ScanResult;

describe('lines of goods', () => {
  it('are filled by one scan of a box, of the fund that its goods belong to', () => {
    const box = { contents: [content('water', 20), content('quilt', 5, 'F1'), content('water', 4)] };
    const lines = withScanned([EMPTY_GOODS], goodsOfScan(scanned({ box })));
    expect(lines).toEqual([{ itemId: 'water', units: '24' }, { itemId: 'quilt', units: '5', fund: 'F1' }]); // prettier-ignore
    expect(isReady(lines)).toBe(true);
    expect(goodsBody(lines)).toEqual([{ itemId: 'water', units: 24 }, { itemId: 'quilt', units: 5, fund: 'F1' }]); // prettier-ignore
  });

  it('take an item or lot as it is, its units left to be said, and a package with the units that it stands for', () => {
    const lot = scanned({ found: [{ lot: { itemId: 'water' }, item: null }] });
    expect(withScanned([{ itemId: 'water', units: '7' }], goodsOfScan(lot))).toEqual([{ itemId: 'water', units: '7' }]);
    const carton = scanned({ found: [{ lot: null, item: { id: 'tent' } }], pack: { units: 12 } });
    const once = withScanned([EMPTY_GOODS], goodsOfScan(carton));
    expect(withScanned(once, goodsOfScan(carton))).toEqual([{ itemId: 'tent', units: '24' }]);
    expect(goodsOfScan(scanned({ found: [{ lot: null, item: null }] }))).toEqual([]);
  });

  it('change nothing that they were given', () => {
    const before = [{ ...EMPTY_GOODS }];
    withScanned(before, [content('water', 1)]);
    expect(before).toEqual([EMPTY_GOODS]);
  });
});
