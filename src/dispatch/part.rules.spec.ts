import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mustOutrank, partsToShip, partsToTake, unitsToTake } from './part.rules.js';

const line = (id: string, units: number, takenUnits = 0) => ({ id, itemId: id, units, takenUnits });
const lines = [line('a', 30, 10), line('b', 8), line('c', 5, 5)];

describe('what goes out of an order', () => {
  it('is all that was not taken over, unless a part is named', () => {
    expect(partsToShip(lines).map(({ line: { id }, units, rest }) => [id, units, rest])).toEqual([['a', 20, 0], ['b', 8, 0]]); // prettier-ignore
  });

  it('is cut exactly: what goes and what stays make up what was reserved', () => {
    const cut = fc.integer({ min: 0, max: 25 });
    fc.assert(
      fc.property(cut, cut, (a, b) => {
        const ship = () => partsToShip(lines, [{ lineId: 'a', units: a }, { lineId: 'b', units: b }]); // prettier-ignore
        if (a > 20 || b > 8) return expect(ship).toThrow(expect.objectContaining({ code: 'reservation.too-small', status: 422 })); // prettier-ignore
        if (a + b === 0) return expect(ship).toThrow('supply-order.nothing-shipped');
        expect(ship().map(({ units, rest }) => [units, units + rest])).toEqual([[a, 20], [b, 8]]); // prettier-ignore
      }),
    );
  });

  it('refuses units of a line that was taken over whole, instead of sending the others without them', () => {
    const ship = () => partsToShip(lines, [{ lineId: 'b', units: 8 }, { lineId: 'c', units: 5 }]); // prettier-ignore
    expect(ship).toThrow(expect.objectContaining({ code: 'reservation.too-small', params: { reserved: 0, requested: 5 } })); // prettier-ignore
    expect(partsToShip(lines, [{ lineId: 'c', units: 0 }]).map(({ line: { id } }) => id)).toEqual(['a', 'b']);
  });

  it('refuses a foreign line, or one named twice', () => {
    expect(() => partsToShip(lines, [{ lineId: 'x', units: 1 }])).toThrow('request.invalid');
    expect(() => partsToTake(lines, [{ lineId: 'a' }, { lineId: 'a' }])).toThrow('request.invalid');
  });
});

describe('what is taken over', () => {
  it('is what is named, or all that is left', () => {
    expect(partsToTake(lines, undefined).map(({ units }) => units)).toEqual([20, 8]);
    expect(partsToTake(lines, [{ lineId: 'b', units: 3 }])).toMatchObject([{ units: 3, rest: 5 }]);
    expect(() => partsToTake(lines, [{ lineId: 'c' }])).toThrow(expect.objectContaining({ code: 'reservation.closed', status: 409 })); // prettier-ignore
    expect(() => partsToTake([line('c', 5, 5)], undefined)).toThrow('reservation.closed');
    expect(() => partsToTake(lines, [{ lineId: 'b', units: 9 }])).toThrow('reservation.too-small');
  });

  it('of a promise: all that is left, or so many of it', () => {
    const promise = { commitmentId: 'c', pendingUnits: 8 };
    expect([unitsToTake(promise, undefined), unitsToTake(promise, 8), unitsToTake(promise, 3)]).toEqual([8, 8, 3]);
    expect(() => unitsToTake(promise, 9)).toThrow('reservation.too-small');
    expect(() => unitsToTake({ ...promise, pendingUnits: 0 }, undefined)).toThrow('reservation.closed');
  });

  it('of a promise for stock: by every real incident, by no exercise', () => {
    expect(() => mustOutrank({ id: 'taker', severity: 'IV', exercise: false }, null)).not.toThrow();
    expect(() => mustOutrank({ id: 'taker', severity: 'I', exercise: true }, null)).toThrow('reservation.take-over-refused'); // prettier-ignore
  });

  const GRADES = ['I', 'II', 'III', 'IV'] as const;
  const pairs = GRADES.flatMap((taker, t) => GRADES.map((loser, l) => [taker, loser, t < l] as const));
  it.each(pairs)('an incident of grade %s from one of grade %s: %s', (taker, loser, may) => {
    const real = { exercise: false };
    const ask = () => mustOutrank({ id: 'taker', severity: taker, ...real }, { id: 'loser', severity: loser, ...real });
    if (may) expect(ask).not.toThrow();
    else expect(ask).toThrow(expect.objectContaining({ code: 'reservation.take-over-refused', status: 422 }));
    expect(() => mustOutrank({ id: 'taker', severity: taker, exercise: true }, { id: 'loser', severity: loser, ...real })).toThrow(); // prettier-ignore
    expect(() => mustOutrank({ id: 'taker', severity: taker, ...real }, { id: 'loser', severity: loser, exercise: true })).not.toThrow(); // prettier-ignore
  });
});
