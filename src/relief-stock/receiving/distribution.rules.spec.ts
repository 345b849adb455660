import { describe, expect, it } from '@jest/globals';
import { type Handed, tableOf } from './distribution.rules.js';

const row = (recipient: string, units: number, unitValueFen: number | null): Handed => ({
  societyId: 'ningbo', recipient, itemId: 'pack', itemCode: 'FK01', unitValueFen, units,
}); // prettier-ignore

describe('the table of what was handed out', () => {
  it('sums units and values by item, with what has no value apart', () => {
    const table = tableOf([
      row('Dongqiao', 300, 30_600),
      row('Gaoqiao', 100, 25_300),
      row('Gulin', 7, null),
      row('back', 0, 1),
    ]);
    expect(table.rows.map(({ recipient, valueFen }) => [recipient, valueFen])).toEqual([
      ['Dongqiao', 9_180_000], ['Gaoqiao', 2_530_000], ['Gulin', null],
    ]); // prettier-ignore
    expect(table.items).toEqual([
      { itemId: 'pack', itemCode: 'FK01', units: 407, valueFen: 11_710_000, unvaluedUnits: 7 },
    ]);
    expect(table.valueFen).toBe(11_710_000);
  });
});
