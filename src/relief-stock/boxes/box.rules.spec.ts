import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hasCheckDigit } from '../codes/barcode.rules.js';
import type { BoxContentDto } from './box.dto.js';
import { boxesGone, linesOfBox, type LooseCell, mustBeLoose, placeContents, ssccOf, takeBoxStep } from './box.rules.js';

const content = (over: Partial<BoxContentDto> = {}): BoxContentDto => ({
  boxId: 'b', contentId: 'c', itemId: 'i', itemCode: 'BD01', itemName: '棉被', unit: '条', lotId: 'l', lotCode: 'L1', expiresOn: null,
  source: 'purchase', condition: 'good', ownerSocietyId: 'o', fund: null, units: 10, ...over,
}); // prettier-ignore
const cell = (over: Partial<LooseCell> = {}): LooseCell => ({
  id: 'c', lotId: 'l', itemCode: 'BD01', condition: 'good', ownerSocietyId: 'o', fund: null, looseUnits: 10, ...over,
}); // prettier-ignore

describe('the number of a box', () => {
  it.each([['0400000', 1], ['6901234', 987_654_321], ['690123456', 12]])('of prefix %s and serial %d has eighteen digits and its check digit', (prefix, serial) => {
    const sscc = ssccOf(prefix, serial);
    expect(sscc).toMatch(/^0\d{17}$/);
    expect(sscc.slice(1, 1 + prefix.length)).toBe(prefix);
    expect(hasCheckDigit(sscc)).toBe(true);
  }); // prettier-ignore
  it('is refused when the prefix has none left', () => {
    expect(() => ssccOf('690123456789', 100_000)).toThrow('box.numbers-used-up');
  });
});

describe('the steps of a box', () => {
  const STATUSES = ['packed', 'left', 'broken'] as const;
  it.each([
    ['move', { packed: 'packed' }],
    ['send', { packed: 'left' }],
    ['place', { left: 'packed' }],
    ['break', { packed: 'broken', left: 'broken' }],
  ] as const)('%s', (step, allowed) => {
    for (const status of STATUSES) {
      const to = (allowed as Record<string, string>)[status];
      if (to) expect(takeBoxStep(status, step)).toBe(to);
      else expect(() => takeBoxStep(status, step)).toThrow('box.step-not-allowed');
    }
  });
});

describe('what a box holds', () => {
  it('is loose before, all lines of a cell together', () => {
    const cells = new Map([['c', cell()]]);
    expect(() => mustBeLoose([{ contentId: 'c', units: 6 }, { contentId: 'c', units: 4 }], cells)).not.toThrow(); // prettier-ignore
    expect(() => mustBeLoose([{ contentId: 'c', units: 6 }, { contentId: 'c', units: 5 }], cells)).toThrow('box.not-loose'); // prettier-ignore
  });

  it('is found again where it came to, in the cell most like the one it left, and refused where the book has it not', () => {
    const cells = [cell({ id: 'damaged', condition: 'damaged' }), cell({ id: 'ours', ownerSocietyId: 'receiver' })];
    expect(placeContents([content()], cells)).toEqual([{ boxId: 'b', contentId: 'ours', units: 10 }]);
    expect(() => placeContents([content(), content({ units: 11 })], cells)).toThrow('box.not-there');
    expect(() => placeContents([content({ lotId: 'other' })], cells)).toThrow('box.not-there');
  });

  it('fills the lines of a form with one scan', () => {
    const box = { binId: 'bin', contents: [content({ units: 6 }), content({ units: 4, boxId: 'b2' }), content({ contentId: 'c2', lotId: 'l2', lotCode: 'L2', units: 1 })] }; // prettier-ignore
    expect(linesOfBox(box, 'goods')).toEqual([{ itemId: 'i', units: 11 }]);
    expect(linesOfBox(box, 'receipt')).toEqual([
      { itemId: 'i', lotCode: 'L1', expiresOn: null, units: 10 },
      { itemId: 'i', lotCode: 'L2', expiresOn: null, units: 1 },
    ]);
    expect(linesOfBox(box, 'bin-move')).toEqual([{ contentId: 'c', units: 10 }, { contentId: 'c2', units: 1 }]); // prettier-ignore
    expect(linesOfBox(box, 'count').map(({ binId, units }) => [binId, units])).toEqual([['bin', 10], ['bin', 1]]); // prettier-ignore
  });
});

describe('boxes whose units went', () => {
  it('stay while loose units suffice; then the first packed has gone', () => {
    const shelf = [{ boxId: 'old', cellId: 'c', units: 10 }, { boxId: 'new', cellId: 'c', units: 10 }]; // prettier-ignore
    expect(boxesGone([{ cellId: 'c', onHand: 20 }], shelf)).toEqual([]);
    expect(boxesGone([{ cellId: 'c', onHand: 19 }], shelf)).toEqual(['old']);
    expect(boxesGone([{ cellId: 'c', onHand: 9 }], shelf)).toEqual(['old', 'new']);
  });

  it('never leave more in boxes than lies in a cell, and none goes without need', () => {
    const contents = fc.array(fc.record({ boxId: fc.constantFrom('a', 'b', 'c', 'd'), cellId: fc.constantFrom('x', 'y'), units: fc.integer({ min: 1, max: 20 }) }), { maxLength: 12 }); // prettier-ignore
    fc.assert(
      fc.property(contents, fc.nat(60), fc.nat(60), (shelf, x, y) => {
        const cells = [{ cellId: 'x', onHand: x }, { cellId: 'y', onHand: y }]; // prettier-ignore
        const gone = boxesGone(cells, shelf);
        const boxed = (cellId: string, without: string[]) =>
          shelf.filter((one) => one.cellId === cellId && !without.includes(one.boxId)).reduce((sum, { units }) => sum + units, 0); // prettier-ignore
        for (const { cellId, onHand } of cells) expect(boxed(cellId, gone)).toBeLessThanOrEqual(onHand);
        const fits = cells.every(({ cellId, onHand }) => boxed(cellId, []) <= onHand);
        if (fits) expect(gone).toEqual([]);
      }),
    );
  });
});
