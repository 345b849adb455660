import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  boxAround, boxOf, byImportance, diamondsTouch, gather, layBadges, layWords, meet, roomOf, onDiamond, type Side, SIDES, type Spot,
} from '../../web/src/screens/wall/signs.rules.js'; // prettier-ignore

const frame = { left: 0, top: 0, right: 1000, bottom: 800 };
const nothing = { signs: [], taken: [], small: [], frame, held: new Map<string, Side>() };
const spots = fc.array(fc.record({ x: fc.integer({ min: 100, max: 900 }), y: fc.integer({ min: 100, max: 700 }) }), { maxLength: 40 }); // prettier-ignore
const named = (all: Spot[]) => all.map((spot, n) => ({ id: String(n), spot, words: '临海市古城街道'.slice(0, 1 + (n % 7)) })); // prettier-ignore

describe('signs of incidents on a wall', () => {
  it('rank by grade, then by how long they stand', () => {
    const one = (id: string, severity: 'I' | 'II' | 'III', hour: number) => ({ id, severity, reportedAt: `2026-07-21T0${hour}:00:00.000Z` }); // prettier-ignore
    const all = [one('young', 'II', 5), one('slight', 'III', 1), one('old', 'II', 2), one('grave', 'I', 6)];
    expect(all.toSorted(byImportance).map(({ id }) => id)).toEqual(['grave', 'old', 'young', 'slight']);
  });

  it('stand for all that would lie upon each other, and never lie upon each other', () => {
    fc.assert(
      fc.property(spots, (all) => {
        const signs = gather(all.map((spot) => ({ spot })), (a, b) => diamondsTouch(a.spot, b.spot)); // prettier-ignore
        expect(signs.reduce((sum, { count }) => sum + count, 0)).toBe(all.length);
        for (const [n, a] of signs.entries())
          for (const b of signs.slice(n + 1)) expect(diamondsTouch(a.spot, b.spot)).toBe(false);
      }),
    );
  });

  it('keep their place and number when something slighter joins', () => {
    const touch = (a: { spot: Spot }, b: { spot: Spot }) => diamondsTouch(a.spot, b.spot);
    const at = (x: number) => ({ spot: { x, y: 0 } });
    expect(gather([at(0), at(60), at(100)], touch).map(({ spot, count }) => [spot.x, count])).toEqual([[0, 2], [100, 1]]); // prettier-ignore
    expect(gather([at(0), at(60), at(100), at(20)], touch).map(({ spot, count }) => [spot.x, count])).toEqual([[0, 3], [100, 1]]); // prettier-ignore
  });
});

describe('the number of a sign', () => {
  it('stands on an edge where no other sign is', () => {
    const [spot, other] = [{ x: 500, y: 400 }, { x: 560, y: 370 }]; // prettier-ignore
    expect(layBadges([{ spot, count: 3 }]).get(spot)!.corner).toEqual([1, -1]);
    expect(layBadges([{ spot, count: 3 }, { spot: other, count: 1 }]).get(spot)!.corner).toEqual([1, 1]); // prettier-ignore
    expect(layBadges([{ spot, count: 1 }]).size).toBe(0);
  });
});

describe('words on a wall', () => {
  it('never lie upon each other, upon a sign or over the edge', () => {
    fc.assert(
      fc.property(spots, (all) => {
        const boxes = [...layWords(named(all), { ...nothing, signs: all }).values()].map(({ box }) => box);
        for (const [n, box] of boxes.entries()) {
          expect(
            Math.min(box.left, box.top, frame.right - box.right, frame.bottom - box.bottom),
          ).toBeGreaterThanOrEqual(0);
          expect(all.some((sign) => onDiamond(box, sign)) || boxes.slice(n + 1).some((other) => meet(box, other))).toBe(
            false,
          );
        }
      }),
    );
  });

  it('move to a free side, and the slighter ones are left out where there is none', () => {
    const [first, second] = [{ x: 500, y: 400 }, { x: 500, y: 480 }]; // prettier-ignore
    const labels = [{ id: 'grave', spot: first, words: '台州市' }, { id: 'slight', spot: second, words: '临海市' }]; // prettier-ignore
    const signs = [first, second];
    expect([...layWords(labels, { ...nothing, signs })].map(([id, { side }]) => [id, side])).toEqual([['grave', 'above'], ['slight', 'below']]); // prettier-ignore
    const all = { ...nothing, taken: [frame] };
    expect(layWords(labels, all).size).toBe(0);
  });

  it('make room for a smaller sign where they can, but stay where they stand when one comes by', () => {
    const spot = { x: 500, y: 400 };
    const labels = [{ id: 'a', spot, words: '台州市' }];
    const signs = [spot];
    const small = [boxAround({ x: 500, y: 455 }, 18)];
    expect(layWords(labels, { ...nothing, signs, small }).get('a')!.side).toBe('above');
    expect(layWords(labels, { ...nothing, signs, small, held: new Map([['a', 'below']]) }).get('a')!.side).toBe('below'); // prettier-ignore
    const round = SIDES.map((side) => boxOf(spot, side, roomOf('台州市')));
    expect(layWords(labels, { ...nothing, signs, small: round }).get('a')!.side).toBe('below');
  });
});
