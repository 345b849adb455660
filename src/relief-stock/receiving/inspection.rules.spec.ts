import { describe, expect, it } from '@jest/globals';
import type { ItemDto, LotDto } from '../relief-stock.dto.js';
import { type Delivered, donatedLifeMonths, inspectGoods } from './inspection.rules.js';

const item = (over: Partial<ItemDto> = {}): ItemDto => ({
  id: 'item', code: 'WF01', name: '瓶装水', nameEn: 'water', gbClass: 1, unit: '箱', weightG: 14000, volumeCm3: 16000, shelfMonths: 12,
  priceFen: null, seasonMonths: null, minimumUseDays: 30, gbCode: null, eicCode: null, version: 1, ...over,
}); // prettier-ignore
const bins = [{ id: 'bin a', warehouseId: 'warehouse', code: 'A-01' }, { id: 'bin b', warehouseId: 'warehouse', code: 'B-01' }]; // prettier-ignore
const known = (source: LotDto['source'], over: Partial<ItemDto> = {}) => ({
  warehouseCode: 'WH-1', source, items: new Map([['item', item(over)]]), bins, receivedOn: '2026-07-21',
}); // prettier-ignore
const goods = (over: Partial<Delivered> = {}): Delivered[] => [{
  line: 1, itemId: 'item', lotCode: 'L1', units: 10, expiresOn: '2027-06-01', condition: 'good', fund: null, unitValueFen: null,
  valueBasis: null, binId: undefined, overrideReason: null, ...over,
}]; // prettier-ignore

describe('inspection of goods at the door', () => {
  it('puts goods into the first bin unless another one is named', () => {
    expect(inspectGoods(goods(), known('purchase'))[0]).toMatchObject({ line: 1, binId: 'bin a', units: 10 });
    expect(inspectGoods(goods({ binId: 'bin b' }), known('purchase'))[0]).toMatchObject({ binId: 'bin b' });
  });

  it.each([
    ['donated goods with six months left', 'donation', { expiresOn: '2027-01-21' }, {}, undefined],
    ['donated goods a day short of six months', 'donation', { expiresOn: '2027-01-20' }, {}, 'stock.life-too-short'],
    ['the same with a reason', 'donation', { expiresOn: '2027-01-20', overrideReason: '当日发放' }, {}, undefined],
    ['bought goods with little life', 'purchase', { expiresOn: '2026-08-01' }, {}, undefined],
    [
      'short-lived donated goods with three months',
      'donation',
      { expiresOn: '2026-10-21' },
      { shelfMonths: 6 },
      undefined,
    ],
    [
      'short-lived donated goods with less',
      'donation',
      { expiresOn: '2026-10-20' },
      { shelfMonths: 6 },
      'stock.life-too-short',
    ],
    ['goods on their last day', 'purchase', { expiresOn: '2026-07-21' }, {}, undefined],
    ['expired goods', 'purchase', { expiresOn: '2026-07-20' }, {}, 'stock.lot-expired'],
    [
      'expired goods even with a reason',
      'donation',
      { expiresOn: '2026-07-20', overrideReason: '仍可用' },
      {},
      'stock.lot-expired',
    ],
    ['donated food without a date', 'donation', { expiresOn: null }, {}, 'stock.expiry-missing'],
    ['the same with a reason', 'donation', { expiresOn: null, overrideReason: '已核对批次' }, {}, undefined],
    ['donated tents without a date', 'donation', { expiresOn: null }, { minimumUseDays: 0 }, undefined],
    ['an unknown item', 'purchase', { itemId: 'none' }, {}, 'item.not-found'],
    ['a bin of another warehouse', 'purchase', { binId: 'none' }, {}, 'bin.not-found'],
  ] as const)('%s', (_, source, line, of, code) => {
    const inspect = () => inspectGoods(goods(line), known(source, of));
    if (code) expect(inspect).toThrow(expect.objectContaining({ code }));
    else expect(inspect()).toHaveLength(1);
  });

  it('takes nothing in where there is no bin', () => {
    expect(() => inspectGoods(goods(), { ...known('purchase'), bins: [] })).toThrow(
      expect.objectContaining({ code: 'warehouse.no-bin', status: 422 }),
    );
  });

  it.each([[null, 6], [12, 6], [7, 6], [6, 3], [3, 3]])('asks of a life of %j months for %i', (shelfMonths, months) => {
    expect(donatedLifeMonths({ shelfMonths })).toBe(months);
  }); // prettier-ignore
});
