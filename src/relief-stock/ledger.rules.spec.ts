import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { applyMovements, type Cell, isSamePosting, type Movement, releaseUnits, reserveUnits } from './ledger.rules.js';

const cell = (id: string, over: Partial<Cell> = {}): Cell => ({
  id, itemId: 'item', lotId: 'lot', warehouseId: 'warehouse', kind: 'bin', onHand: 0, reserved: 0, ...over,
}); // prettier-ignore
const move = (fromCellId: string, toCellId: string, units: number, over: Partial<Movement> = {}): Movement => ({
  fromCellId, toCellId, units, reason: 'receipt', ...over,
}); // prettier-ignore

describe('the ledger', () => {
  it('S3: what leaves one account enters the other, and outside accounts may go below zero', () => {
    const after = applyMovements([cell('supplier', { kind: 'supplier' }), cell('bin')], [move('supplier', 'bin', 40)]);
    expect(after).toEqual([cell('supplier', { kind: 'supplier', onHand: -40 }), cell('bin', { onHand: 40 })]);
  });

  it.each(['bin', 'transit'] as const)('S1: a %s never goes below zero', (kind) => {
    const cells = [cell('a', { kind, onHand: 5 }), cell('b')];
    expect(applyMovements(cells, [move('a', 'b', 5)])[0]!.onHand).toBe(0);
    expect(() => applyMovements(cells, [move('a', 'b', 6)])).toThrow('S1');
  });

  it('S2: what is reserved stays covered', () => {
    const cells = [cell('a', { onHand: 5, reserved: 3 }), cell('b')];
    expect(() => applyMovements(cells, [move('a', 'b', 3)])).toThrow('S2');
    expect(() => reserveUnits(cells, [{ cellId: 'a', units: 3 }])).toThrow('S2');
    expect(() => releaseUnits(cells, [{ cellId: 'a', units: 4 }])).toThrow('S2');
    expect(reserveUnits(cells, [{ cellId: 'a', units: 2 }])).toEqual([cell('a', { onHand: 5, reserved: 5 })]);
    expect(releaseUnits(cells, [{ cellId: 'a', units: 3 }])).toEqual([cell('a', { onHand: 5 })]);
  });

  it('S6: a posted reservation leaves on hand and reserved together', () => {
    const cells = [cell('a', { onHand: 5, reserved: 3 }), cell('b', { kind: 'transit' })];
    const [a, b] = applyMovements(cells, [move('a', 'b', 3, { reserved: true })]);
    expect([a!.onHand, a!.reserved, b!.onHand]).toEqual([2, 0, 3]);
    expect(() => applyMovements(cells, [move('a', 'b', 4, { reserved: true })])).toThrow('S2');
  });

  it('refuses a movement of another lot or warehouse, of nothing, of a part, to itself, or of a cell that is not locked', () => {
    const cells = [cell('a', { onHand: 5 }), cell('b'), cell('other', { lotId: 'lot 2' }), cell('far', { warehouseId: 'other' })]; // prettier-ignore
    for (const bad of [
      move('a', 'other', 1),
      move('a', 'far', 1),
      move('a', 'b', 0),
      move('a', 'b', 1.5),
      move('a', 'b', -1),
      move('a', 'a', 1),
      move('a', 'unknown', 1),
    ]) {
      expect(() => applyMovements(cells, [bad])).toThrow('S3');
    }
  });

  it('changes nothing it was given, and answers only what changed', () => {
    const cells = [cell('a', { onHand: 5 }), cell('b'), cell('idle')];
    expect(applyMovements(cells, [move('a', 'b', 5)]).map((one) => one.id)).toEqual(['a', 'b']);
    expect(cells).toEqual([cell('a', { onHand: 5 }), cell('b'), cell('idle')]);
  });

  it('keeps the sum over all accounts for any batch that it accepts', () => {
    const start = [
      cell('out', { kind: 'opening', onHand: -100 }),
      cell('a', { onHand: 60 }),
      cell('b', { onHand: 40 }),
    ];
    const id = fc.constantFrom('out', 'a', 'b');
    const movement = fc.record({ fromCellId: id, toCellId: id, units: fc.integer({ min: 1, max: 80 }) });
    fc.assert(
      fc.property(fc.array(movement, { minLength: 1, maxLength: 8 }), (batch) => {
        let after: Cell[];
        try {
          after = applyMovements(start, batch.map((one) => ({ ...one, reason: 'receipt' }))); // prettier-ignore
        } catch (error) {
          expect(String(error)).toMatch(/S[123]/);
          return;
        }
        const byId = new Map([...start, ...after].map((one) => [one.id, one]));
        expect([...byId.values()].reduce((sum, one) => sum + one.onHand, 0)).toBe(0);
        for (const one of after) if (one.kind === 'bin') expect(one.onHand).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('S5: knows the same posting from another one', () => {
    const posting = [move('a', 'b', 1), move('a', 'c', 2)];
    expect(isSamePosting(posting, posting.map((one) => ({ ...one, reserved: true })))).toBe(true); // prettier-ignore
    expect(isSamePosting(posting, posting.slice(1))).toBe(false);
    expect(isSamePosting(posting, [move('a', 'b', 1), move('a', 'c', 3)])).toBe(false);
    expect(isSamePosting(posting, [move('a', 'b', 1), move('a', 'c', 2, { reason: 'ship' })])).toBe(false);
  });
});
