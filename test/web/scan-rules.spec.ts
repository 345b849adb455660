import { readFileSync } from 'node:fs';
import type { ScanResult } from '../../src/relief-stock/codes/codes.dto.js';
import { describe, expect, it } from '@jest/globals';
import { bestOf, CAMERA_FAULTS, faultOf, readingSize } from '../../web/src/relief-stock/scan/camera/camera.rules.js';
import { lineOfScan } from '../../web/src/relief-stock/scan/line.rules.js';
import { receiptPart } from '../../web/src/relief-stock/receipt.rules.js';
import { actsOf, paperOf, stockPathOf } from '../../web/src/relief-stock/scan/scan.rules.js';

const found = (kind: string, warehouseId: string | null = 'w') => ({
  kind,
  id: 'x',
  warehouseId,
  item: null,
  lot: null,
});

describe('what a scanned thing opens', () => {
  it.each([
    ['transfer', '#/keeper/transfers/x'], ['issue', '#/keeper/issues/x'], ['stock-count', '#/keeper/counts/x'], ['adjustment', '#/keeper/adjustments/x'],
    ['goods-receipt', '#/keeper/receiving/x'], ['request', '#/keeper/requests/x'], ['stock-return', '#/keeper/returns'], ['shipment', '#/keeper/orders'],
  ])('%s: its work %s, and its form', (kind, href) => {
    expect(actsOf(found(kind), ['w'])).toEqual([{ key: 'open', href }]);
    expect(paperOf(found(kind))!.form).toMatch(/^\/api\/v1\/stock\/papers\/.+\/x\.pdf$/);
  }); // prettier-ignore

  it('offers nothing to who has no work there, and nothing of another warehouse', () => {
    expect(actsOf(found('transfer'), [])).toEqual([]);
    expect(actsOf(found('bin', 'other'), ['w'])).toEqual([]);
    expect(actsOf(found('lot', null), ['w']).map(({ key }) => key)).toEqual(['lot', 'bin-moves', 'adjustments']);
  });

  it('asks for what lies there', () => {
    expect(stockPathOf(found('bin'))).toBe('/stock/cells?warehouseId=w&binId=x');
    expect(stockPathOf(found('item', null))).toBe('/stock/levels?itemId=x&limit=50');
    expect(stockPathOf(found('transfer'))).toBeNull();
  });
});

describe('a scan that fills a line of a form', () => {
  const lot = { id: 'l', code: 'BD03', itemId: 'i', expiresOn: '2027-07-31' };
  const scanned = (part: object): ScanResult =>
    ({ scan: { kind: 'gs1' }, found: [], pack: null, notices: [], box: null, ...part }) as unknown as ScanResult;
  it.each([
    ['a label of ours', { found: [{ ...found('lot'), lot }] }, { itemId: 'i', lotId: 'l', lotCode: 'BD03', expiresOn: '2027-07-31' }],
    ['a bin', { found: [found('bin')] }, { binId: 'x' }],
    ['bins of one code in several warehouses', { found: [found('bin'), found('bin')] }, {}],
    ['a package by number, lot and day', { scan: { kind: 'gs1', lot: 'A1', expiresOn: '2027-01-31' }, pack: { gtin: '1', itemId: 'i', units: 24 } }, { itemId: 'i', lotCode: 'A1', expiresOn: '2027-01-31' }],
    ['a pallet that says how many', { scan: { kind: 'gs1', units: 48 }, pack: { gtin: '1', itemId: 'i', units: 24 } }, { itemId: 'i', units: 48 }],
    ['a box of one kind', { box: { contents: [{ itemId: 'i', units: 7 }] } }, { itemId: 'i', units: 7 }],
    ['a box of several kinds', { box: { contents: [{ itemId: 'i', units: 7 }, { itemId: 'j', units: 1 }] } }, {}],
    ['nothing that is known', {}, {}],
  ])('%s', (_, part, expected) => expect(lineOfScan(scanned(part))).toEqual(expected)); // prettier-ignore

  it('puts no bin into goods that are only announced, and no empty word over what was typed', () => {
    expect(receiptPart({ itemId: 'i', binId: 'b', units: 7 }, false)).toEqual({ itemId: 'i', units: '7' });
    expect(receiptPart({ binId: 'b' }, true)).toEqual({ binId: 'b' });
    expect(receiptPart({}, true)).toEqual({});
  });
});

describe('what the camera sees', () => {
  it('is our own code before others on the same carton, and nothing where no code is', () => {
    const ours = 'HTTP://127.0.0.1:3000/S/B06EF8P7G0QYJ5Q2Y9S0V1T8Z2RK';
    expect(bestOf(['6901234567892', ours])).toBe(ours);
    expect(bestOf(['6901234567892', 'https://example.com/s/short'])).toBe('6901234567892');
    expect([bestOf([]), bestOf(['', ' '])]).toEqual([null, null]);
  });

  it('is read no larger than needed, in its own shape', () => {
    expect(readingSize({ width: 4000, height: 3000 }, 1920)).toEqual({ width: 1920, height: 1440 });
    expect(readingSize({ width: 640, height: 480 }, 1920)).toEqual({ width: 640, height: 480 });
    expect(readingSize({ width: 0, height: 0 }, 1920)).toEqual({ width: 1, height: 1 });
  });

  it('or why it sees nothing', () => {
    const named = (name: string) => faultOf(Object.assign(new Error(), { name }));
    expect(['NotAllowedError', 'NotFoundError', 'NotReadableError', 'TypeError'].map(named)).toEqual(['denied', 'none', 'busy', 'failed']); // prettier-ignore
    expect(faultOf('odd')).toBe('failed');
    const words = Object.keys(JSON.parse(readFileSync('web/src/i18n/stock-scan.zh-CN.json', 'utf8')) as object);
    expect(words).toEqual(expect.arrayContaining(CAMERA_FAULTS.map((fault) => `camera.fault.${fault}`)));
  });
});
