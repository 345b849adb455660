/** Seeded numbers in [0, 1), the demo's own, so that every side of a comparison draws the same. */
export { mulberry32 as dice } from '../../src/database/seeds/demo/dice.js';

/** Ranks from 0, the first by far the most often: rank r with weight (r + 1) ** -exponent. */
export function zipf(size: number, exponent: number, roll: () => number): () => number {
  const sums: number[] = [];
  for (let rank = 0; rank < size; rank++) sums.push((sums.at(-1) ?? 0) + (rank + 1) ** -exponent);
  return () => {
    const aim = roll() * sums.at(-1)!;
    let [low, high] = [0, size - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle]! < aim) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
