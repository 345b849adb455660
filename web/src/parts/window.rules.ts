/** The part of a long list that is drawn, and the room that the rest takes above and below it, in px. */
export interface Window {
  from: number;
  to: number;
  beforePx: number;
  afterPx: number;
}

/** Lists up to this length are drawn whole, so that they can be searched and read out without scrolling. */
export const DRAWN_WHOLE = 200;
/** Rows beyond each edge, so that a key or a turn of the wheel finds the next one drawn. */
const SPARE = 12;

/**
 * The rows that lie between two edges, with some to spare.
 * @param heights of the rows, in order
 * @param topPx where the visible part begins, from the top of the list; may lie outside of it
 */
export function windowOf(heights: readonly number[], topPx: number, viewPx: number): Window {
  const count = heights.length;
  if (count <= DRAWN_WHOLE) return { from: 0, to: count, beforePx: 0, afterPx: 0 };
  let first = 0;
  let y = 0;
  while (first < count - 1 && y + heights[first]! <= topPx) y += heights[first++]!;
  let last = first;
  for (let below = y; last < count && below < topPx + viewPx; last++) below += heights[last]!;
  const from = Math.max(0, first - SPARE);
  const to = Math.min(count, last + SPARE);
  return { from, to, beforePx: sum(heights, 0, from), afterPx: sum(heights, to, count) };
}

const sum = (heights: readonly number[], from: number, to: number): number => {
  let total = 0;
  for (let at = from; at < to; at++) total += heights[at]!;
  return total;
};
