import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { cos, exp, lengthOf, ln, sin } from './portable-math.rules.js';
import { seeded } from './random.rules.js';

const { unit } = seeded(11);
const DRAWN = Array.from({ length: 20_000 }, unit);
const SPECIAL = [0, 0.25, 0.5, 1, Math.LN2, Math.PI / 4, Math.PI / 2, Math.PI, (3 * Math.PI) / 2, 2 * Math.PI, 8];

describe('portable mathematics', () => {
  it('is as near to the truth as the engine is, to within the last two bits', () => {
    const near = (ours: number, theirs: number): boolean =>
      Math.abs(ours - theirs) <= 2 ** -51 * Math.max(Math.abs(theirs), 2 ** -51);
    const far: unknown[] = [];
    for (const x of [...DRAWN, ...DRAWN.map((drawn) => 8 * drawn), ...SPECIAL]) {
      for (const angle of ['cos', 'sin'] as const)
        if (!near({ cos, sin }[angle](x), Math[angle](x))) far.push([angle, x]);
      for (const power of [x, -x, 80 * x, -80 * x]) if (!near(exp(power), Math.exp(power))) far.push(['exp', power]);
      for (const amount of [x, x * 1e-12, x * 1e12]) if (x > 0 && !near(ln(amount), Math.log(amount))) far.push(['ln', amount]); // prettier-ignore
      if (!near(lengthOf(x, 3 * x), Math.hypot(x, 3 * x))) far.push(['lengthOf', x]);
    }
    expect(far).toEqual([]);
  });

  it('is the same bits as ever', () => {
    const values = DRAWN.flatMap((x) => [ln(x + 1e-12), exp(20 * x - 10), cos(8 * x), sin(8 * x), lengthOf(x, 77)]);
    const digest = createHash('sha256')
      .update(Buffer.from(Float64Array.from(values).buffer))
      .digest('hex');
    expect(digest.slice(0, 16)).toBe('8955f79dfa2961c3');
  });

  it('refuses what it was not made for', () => {
    for (const x of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) expect(() => ln(x)).toThrow(RangeError);
    for (const x of [-701, 701, Number.NaN]) expect(() => exp(x)).toThrow(RangeError);
    for (const x of [-0.1, 8.1, Number.NaN]) for (const angle of [cos, sin]) expect(() => angle(x)).toThrow(RangeError);
  });
});
