import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  applyMovements, type Cell, firstPossibleAt, firstShort, isSamePosting, type Movement, releaseUnits, reserveUnits,
} from './ledger.rules.js'; // prettier-ignore

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

  it.each(['bin', 'transit', 'recipient', 'disposal', 'loss', 'inquiry'] as const)(
    'S1: a %s never goes below zero',
    (kind) => {
      const cells = [cell('a', { kind, onHand: 5 }), cell('b')];
      expect(applyMovements(cells, [move('a', 'b', 5)])[0]!.onHand).toBe(0);
      expect(() => applyMovements(cells, [move('a', 'b', 6)])).toThrow('S1');
    },
  );

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

  it('S3: only goods in transit pass into the book of another warehouse, and back by a reversal', () => {
    const cells = [cell('way', { kind: 'transit', onHand: 5 }), cell('far', { warehouseId: 'other' }), cell('bin', { onHand: 5 })]; // prettier-ignore
    const [way, far] = applyMovements(cells, [move('way', 'far', 5, { reason: 'transfer' })]);
    expect([way!.onHand, far!.onHand]).toEqual([0, 5]);
    const back = applyMovements([way!, far!], [move('far', 'way', 2, { reason: 'reversal' })]);
    expect(back.map((one) => one.onHand)).toEqual([3, 2]);
    expect(() => applyMovements(cells, [move('bin', 'far', 1, { reason: 'transfer' })])).toThrow('S3');
    expect(() => applyMovements(cells, [move('way', 'far', 1)])).toThrow('S3');
  });

  it.each([
    ['what is free', [move('a', 'out', 4)], undefined],
    ['more than is free', [move('a', 'out', 5)], { cellId: 'a', availableUnits: 4, requestedUnits: 5 }],
    ['two lines together', [move('a', 'out', 3), move('a', 'out', 2)], { cellId: 'a', availableUnits: 4, requestedUnits: 5 }],
    ['promised units by their own promise', [move('a', 'out', 6, { reserved: true })], undefined],
    ['what the batch itself brings', [move('out', 'a', 1), move('a', 'out', 5)], undefined],
    ['an account outside', [move('out', 'a', 1_000)], undefined],
  ])('tells who cannot give %s', (_, movements, expected) => {
    const cells = [cell('a', { onHand: 10, reserved: 6 }), cell('out', { kind: 'supplier' })];
    expect(firstShort(cells, movements)).toEqual(expected);
  }); // prettier-ignore

  it('says when units could first have left', () => {
    const day = (n: number) => new Date(Date.UTC(2026, 6, n));
    const legs = [{ units: 10, at: day(2) }, { units: -8, at: day(3) }, { units: 20, at: day(4) }]; // prettier-ignore
    // Balance: 1 before the 2nd, 11 after it, 3 after the 3rd, 23 after the 4th.
    expect(firstPossibleAt(23, legs, 1)).toBeNull();
    expect(firstPossibleAt(23, legs, 2)).toEqual(day(2));
    expect(firstPossibleAt(23, legs, 4)).toEqual(day(4));
    expect(firstPossibleAt(23, [], 23)).toBeNull();
  });

  it('agrees with trying every moment for when units could first have left', () => {
    const leg = fc.integer({ min: -20, max: 20 });
    fc.assert(
      fc.property(
        fc.nat(50),
        fc.array(leg, { maxLength: 12 }),
        fc.integer({ min: 1, max: 30 }),
        (start, steps, units) => {
          const balances = steps.reduce((sums, step) => [...sums, sums.at(-1)! + step], [start]);
          fc.pre(balances.at(-1)! >= units);
          const legs = steps.map((step, n) => ({ units: step, at: new Date(n + 1) }));
          const moment = balances.findIndex((_, n) => balances.slice(n).every((balance) => balance >= units));
          expect(firstPossibleAt(balances.at(-1)!, legs, units)).toEqual(moment === 0 ? null : new Date(moment));
        },
      ),
    );
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
