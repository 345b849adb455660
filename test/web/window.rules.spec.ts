import { describe, expect, it } from '@jest/globals';
import { DRAWN_WHOLE, windowOf } from '../../web/src/parts/window.rules.js';

const rows = (count: number, px = 20): number[] => Array.from({ length: count }, () => px);

describe('of a long list', () => {
  it('a short one is drawn whole', () => {
    expect(windowOf(rows(DRAWN_WHOLE), 3000, 400)).toEqual({ from: 0, to: DRAWN_WHOLE, beforePx: 0, afterPx: 0 });
  });

  it.each([0, 19, 20, 5000, 19_800, 20_000, -600, 40_000])('what is in sight at %i px is drawn', (topPx) => {
    const heights = rows(1000);
    heights[3] = 240;
    const { from, to, beforePx, afterPx } = windowOf(heights, topPx, 400);
    let y = 0;
    heights.forEach((px, at) => {
      const inSight = y + px > topPx && y < topPx + 400;
      if (inSight) expect({ at, drawn: at >= from && at < to }).toEqual({ at, drawn: true });
      y += px;
    });
    const drawnPx = heights.slice(from, to).reduce((sum, px) => sum + px, 0);
    expect(beforePx + drawnPx + afterPx).toBe(y);
    expect(to - from).toBeLessThanOrEqual(50);
  });
});
