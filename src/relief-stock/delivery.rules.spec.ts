import { describe, expect, it } from '@jest/globals';
import { sortDelivery } from './delivery.rules.js';

const parcels = [
  { orderLineId: 'water', cellId: 'early', units: 30 },
  { orderLineId: 'water', cellId: 'late', units: 20 },
  { orderLineId: 'tents', cellId: 'tents', units: 4 },
];
const line = (orderLineId: string, receivedUnits: number, damagedUnits = 0, missingUnits = 0) => ({
  orderLineId, receivedUnits, damagedUnits, missingUnits,
}); // prettier-ignore

describe('a delivery', () => {
  it.each([
    ['whole', line('water', 50), [['early', 30, 'deliver'], ['late', 20, 'deliver']]],
    ['with damage and loss', line('water', 35, 10, 5),
      [['early', 30, 'deliver'], ['late', 5, 'deliver'], ['late', 10, 'damage'], ['late', 5, 'missing']]],
    ['not at all', line('water', 0, 0, 50), [['early', 30, 'missing'], ['late', 20, 'missing']]],
  ] as const)('that arrives %s is told lot by lot', (_, counted, sorted) => {
    expect(sortDelivery(parcels, [counted]).map(({ cellId, units, reason }) => [cellId, units, reason])).toEqual(sorted);
  }); // prettier-ignore

  it.each([line('water', 49), line('water', 51), line('water', 50, 1), line('tents', 3), line('unknown', 1)])(
    'is refused when the count is not what was shipped: %j',
    (counted) => {
      expect(() => sortDelivery(parcels, [counted])).toThrow(
        expect.objectContaining({ code: 'stock.delivery-differs', status: 422 }),
      );
    },
  );
});
