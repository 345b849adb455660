import { describe, expect, it } from '@jest/globals';
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
