import type { ScreenIncident } from '../../../../src/screens/screens.dto.js';

/** A point of the map in px of the stage; only differences count. */
export type Spot = { x: number; y: number };
export type Box = { left: number; top: number; right: number; bottom: number };
type Ranked = Pick<ScreenIncident, 'id' | 'severity' | 'reportedAt'>;

const GRAVITY = { I: 0, II: 1, III: 2, IV: 3 } as const;
/** The gravest first, among those the one that stands longest. */
export function byImportance(a: Ranked, b: Ranked): number {
  const gravity = GRAVITY[a.severity] - GRAVITY[b.severity];
  return gravity || Date.parse(a.reportedAt) - Date.parse(b.reportedAt) || (a.id < b.id ? -1 : 1);
}

export type Gathered<T> = { lead: T; spot: Spot; count: number };
/**
 * One sign for all that would lie upon each other, where its first one is, with how many it stands for. What comes first leads, so only what
 * comes or goes changes it, never who was told of it first.
 */
export function gather<T extends { spot: Spot }>(all: readonly T[], touch: (a: T, b: T) => boolean): Gathered<T>[] {
  const signs: Gathered<T>[] = [];
  for (const one of all) {
    const there = signs.find(({ lead }) => touch(lead, one));
    if (there) there.count += 1;
    else signs.push({ lead: one, spot: one.spot, count: 1 });
  }
  return signs;
}

/** Half the diagonal of an incident's diamond, with the least gap between two. */
export const DIAMOND_PX = 34;
const GAP_PX = 4;
/** Diamonds of two incidents touch where the sum of both distances is below two halves. */
export const diamondsTouch = (a: Spot, b: Spot): boolean =>
  Math.abs(a.x - b.x) + Math.abs(a.y - b.y) < 2 * DIAMOND_PX + GAP_PX;
/** The thin end of a diamond's edge, which the room of a line of words may touch. */
const TIP_PX = 4;
/** Whether anything of a box lies upon the diamond of an incident. */
export function onDiamond(box: Box, { x, y }: Spot): boolean {
  const dx = Math.max(box.left - x, x - box.right, 0);
  const dy = Math.max(box.top - y, y - box.bottom, 0);
  return dx + dy < DIAMOND_PX - TIP_PX;
}
/** Signs of teams are round enough. */
export const withinPx =
  (px: number) =>
  (a: Spot, b: Spot): boolean =>
    Math.hypot(a.x - b.x, a.y - b.y) < px;

export const boxAround = ({ x, y }: Spot, half: number): Box => ({ left: x - half, top: y - half, right: x + half, bottom: y + half }); // prettier-ignore
export const meet = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const inside = (box: Box, frame: Box): boolean =>
  box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom;

export const LETTERS_PX = 30;
const LINE_PX = 38;
const WIDE_SIGN = /[\u2e80-\uffef]/u;
/** Room that words take: a Chinese sign is as wide as high, others are at most seven tenths of that. */
export function roomOf(words: string): { width: number; height: number } {
  const lines = words.split('\n');
  const width = (line: string) => [...line].reduce((sum, sign) => sum + (WIDE_SIGN.test(sign) ? 1 : 0.7), 0) * LETTERS_PX; // prettier-ignore
  return { width: Math.max(...lines.map(width)), height: lines.length * LINE_PX };
}

/** Where words may stand beside a sign, the best first. */
export const SIDES = [
  'below', 'above', 'right', 'left', 'right-above', 'left-above', 'right-below', 'left-below',
] as const; // prettier-ignore
export type Side = (typeof SIDES)[number];
/** How far words at a slant go over the middle of their sign. */
const SLANT_PX = 6;
/** Where words stand beside a sign, from its middle: `align` is where their own anchor is. */
export function placeOf(side: Side, { height }: { height: number }): { dx: number; dy: number; align: 'left' | 'center' | 'right' } {
  const away = DIAMOND_PX + GAP_PX;
  const dy = side.endsWith('below') ? away + height / 2 : side.endsWith('above') ? -away - height / 2 : 0;
  if (side === 'below' || side === 'above') return { dx: 0, dy, align: 'center' };
  const dx = dy === 0 ? away : -SLANT_PX;
  return side.startsWith('right') ? { dx, dy, align: 'left' } : { dx: -dx, dy, align: 'right' };
} // prettier-ignore

export function boxOf({ x, y }: Spot, side: Side, room: { width: number; height: number }): Box {
  const { dx, dy, align } = placeOf(side, room);
  const left = x + dx - { left: 0, center: room.width / 2, right: room.width }[align];
  const top = y + dy - room.height / 2;
  return { left, top, right: left + room.width, bottom: top + room.height };
}

/** The number of a sign stands on one edge of its diamond, the upper right one unless another sign is there: from the middle to its own middle. */
export const BADGE_CORNERS = [[1, -1], [1, 1], [-1, -1], [-1, 1]] as const; // prettier-ignore
export type Corner = (typeof BADGE_CORNERS)[number];
export const BADGE_PAD_PX = 4;
const DIGIT_PX = 18;
export function badgeAt(corner: Corner, count: number): { dx: number; dy: number; width: number } {
  const width = String(count).length * DIGIT_PX + 2 * BADGE_PAD_PX;
  return { dx: corner[0] * (8 + width / 2), dy: corner[1] * 27, width };
}
export function badgeBox({ x, y }: Spot, corner: Corner, count: number): Box {
  const { dx, dy, width } = badgeAt(corner, count);
  return { left: x + dx - width / 2, right: x + dx + width / 2, top: y + dy - 19, bottom: y + dy + 19 };
}

/** The edge of each sign that its number stands on, with the room that it takes there; the first ones choose first. */
export function layBadges(signs: readonly { spot: Spot; count: number }[]): Map<Spot, { corner: Corner; box: Box }> {
  const laid = new Map<Spot, { corner: Corner; box: Box }>();
  for (const { spot, count } of signs.filter((sign) => sign.count > 1)) {
    const choices = BADGE_CORNERS.map((corner) => ({ corner, box: badgeBox(spot, corner, count) }));
    const isFree = ({ box }: { box: Box }) =>
      !signs.some((sign) => sign.spot !== spot && onDiamond(box, sign.spot)) && ![...laid.values()].some((other) => meet(box, other.box)); // prettier-ignore
    laid.set(spot, choices.find(isFree) ?? choices[0]!);
  }
  return laid;
}

type Labelled = { id: string; spot: Spot; words: string };
export type Laid = { side: Side; box: Box };
/**
 * Words beside their signs, the most important first: never upon a sign of an incident, upon other words or over the edge of the map, and
 * not upon a smaller sign as long as another side is free of those. Words without room are left out. They stay on the side where they stood
 * while that can be, whatever the small signs do: a wall must not flicker.
 */
export function layWords(
  labels: readonly Labelled[],
  room: {
    signs: readonly Spot[];
    taken: readonly Box[];
    small: readonly Box[];
    frame: Box;
    held: ReadonlyMap<string, Side>;
  },
): Map<string, Laid> {
  const laid = new Map<string, Laid>();
  const taken = [...room.taken];
  for (const { id, spot, words } of labels) {
    const size = roomOf(words);
    const free = SIDES.map((side): Laid => ({ side, box: boxOf(spot, side, size) })).filter(
      ({ box }) =>
        inside(box, room.frame) &&
        !room.signs.some((sign) => onDiamond(box, sign)) &&
        !taken.some((other) => meet(box, other)),
    );
    const stays = free.find(({ side }) => side === room.held.get(id));
    const chosen = stays ?? free.find(({ box }) => !room.small.some((other) => meet(box, other))) ?? free[0];
    if (!chosen) continue;
    laid.set(id, chosen);
    taken.push(chosen.box);
  }
  return laid;
}
