import { describe, expect, it } from '@jest/globals';
import { seeded } from '../flow/random.rules.js';
import type { Random } from '../flow/random.rules.js';
import { CountTable } from './team-counts.rules.js';
import type { Asked } from './team-counts.rules.js';
import { fits, patternsOf } from './team-patterns.rules.js';
import type { TeamSizes } from './team-patterns.rules.js';

/** Every number of teams of each size up to those that there are. */
function everyCount(counts: readonly number[]): number[][] {
  return counts.reduce<number[][]>(
    (all, most) => all.flatMap((one) => Array.from({ length: most + 1 }, (_, count) => [...one, count])),
    [[]],
  );
}

const headsOf = (heads: readonly number[], counts: readonly number[]): number =>
  counts.reduce((sum, count, size) => sum + count * heads[size]!, 0);

/** What is missing at least, by trying every way to share the teams out. */
function leastByTrying(asked: readonly Asked[], heads: readonly number[], counts: readonly number[]): number {
  const [first, ...rest] = asked;
  if (!first) return 0;
  const each = everyCount(counts).map((sent) => {
    const left = counts.map((count, size) => count - sent[size]!);
    return first.weight * Math.max(0, first.heads - headsOf(heads, sent)) + leastByTrying(rest, heads, left);
  });
  return Math.min(...each);
}

function drawSizes(random: Random): TeamSizes {
  const heads = [3, 5, 8, 13].slice(0, random.whole(1, 4));
  return { heads, counts: heads.map(() => random.whole(0, 2)) };
}

describe('patterns of a requirement', () => {
  it('are those of all ways that leave few enough missing and keep no team that could stay', () => {
    const random = seeded(11);
    for (let time = 0; time < 200; time++) {
      const sizes = drawSizes(random);
      const [asked, allowed] = [random.whole(1, 40), random.whole(0, 12)];
      const wanted = everyCount(sizes.counts).filter((counts) => {
        const come = headsOf(sizes.heads, counts);
        const isSpare = counts.some((count, size) => count > 0 && come - sizes.heads[size]! >= asked);
        return come >= asked - allowed && !isSpare;
      });
      const found = patternsOf(asked, sizes, allowed, 1_000)!;
      expect(found.map(({ counts }) => counts.join()).toSorted()).toEqual(wanted.map(String).toSorted());
      for (const { counts, missing } of found) expect(missing).toBe(Math.max(0, asked - headsOf(sizes.heads, counts)));
    }
  });

  it('are not listed when there are too many', () => {
    const sizes = { heads: [1, 2, 3], counts: [9, 9, 9] };
    const all = patternsOf(12, sizes, 0, 1_000)!.length;
    expect(patternsOf(12, sizes, 0, all)).toHaveLength(all);
    expect(patternsOf(12, sizes, 0, all - 1)).toBeNull();
  });
});

describe('table of a capability', () => {
  it('knows what is missing at least, and with which teams at the least', () => {
    const random = seeded(23);
    for (let time = 0; time < 40; time++) {
      const sizes = drawSizes(random);
      const asked = Array.from({ length: random.whole(1, 3) }, () => ({ heads: random.whole(1, 25), weight: random.whole(1, 4) })); // prettier-ignore
      const allowed = leastByTrying(asked, sizes.heads, sizes.counts) + random.whole(0, 10);
      const table = CountTable.of(asked, sizes, allowed)!;
      expect(table.least).toBe(leastByTrying(asked, sizes.heads, sizes.counts));
      const points = table.points(allowed);
      for (const counts of everyCount(sizes.counts)) {
        const least = leastByTrying(asked, sizes.heads, counts);
        const told = points.filter((point) => fits(point.counts, counts)).map(({ unmet }) => unmet);
        if (least <= allowed) expect(Math.min(...told)).toBe(least);
        else expect(told).toEqual([]);
      }
    }
  });

  it('is not made when it would be too large', () => {
    const asked = [{ heads: 30, weight: 1 }];
    expect(CountTable.of(asked, { heads: [2, 3, 5, 7, 11, 13], counts: [9, 9, 9, 9, 9, 9] }, 0)).toBeNull();
    expect(CountTable.of(asked, { heads: [], counts: [] }, 30)?.least).toBe(30);
  });
});
