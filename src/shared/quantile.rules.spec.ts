import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { quantile } from './quantile.rules.js';

describe('a quantile by nearest rank', () => {
  it.each([
    [[], 0.5, null],
    [[7], 0.9, 7],
    [[1, 2], 0.5, 1],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9, 9],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 0.9, 10],
  ] as const)('of %j at %d is %p', (values, share, expected) => expect(quantile(values, share)).toBe(expected));

  it('is a value that occurred, not exceeded by at least that share, and the smallest of those', () => {
    const values = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(values, fc.constantFrom(0.5, 0.9), (those, share) => {
        const sorted = [...those].sort((a, b) => a - b);
        const found = quantile(sorted, share)!;
        const upTo = (limit: number) => sorted.filter((value) => value <= limit).length;
        const below = sorted.filter((value) => value < found).length;
        return sorted.includes(found) && upTo(found) >= share * sorted.length && below < share * sorted.length;
      }),
    );
  });
});
