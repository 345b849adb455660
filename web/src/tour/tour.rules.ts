import type { Role } from '../../../src/access/access.dto.js';

/**
 * What ends a step: always an act of the user. `read`: the button of the card; `press`: the thing itself is pressed; `seen`: what the act
 * opens is there; `did`: the server took one of these commands, `*` standing for an id.
 */
export type StepEnd = { read: true } | { press: string } | { seen: string } | { did: readonly string[] };

/** One step of a tour: where it points (`data-tour`), what it says, what ends it. */
export type TourStep = {
  id: string;
  /** The page where it is, as after `#/`; without it wherever the step before it led. */
  page?: string;
  mark: string;
  words: Record<'zh-CN' | 'en', string>;
  ends: StepEnd;
  /** Passed over when its mark is not there: it was done before. */
  optional?: true;
};
export type Tour = { role: Role; steps: readonly TourStep[] };

/** Roles that have a tour, those with most to learn first: who holds several begins with the first. */
export const TOUR_ROLES = [
  'dutyLead', 'dutyOfficer', 'keeper', 'checker', 'teamLeader', 'auditor', 'supervisor', 'administrator',
] as const satisfies readonly Role[]; // prettier-ignore
export type TourRole = (typeof TOUR_ROLES)[number];

export const toursOf = (roles: readonly Role[]): TourRole[] => TOUR_ROLES.filter((role) => roles.includes(role));

/** A pattern with `*` for an id fits `POST /incidents/0190…/verify`; what stands after `?` does not count. */
export function fits(pattern: string, act: string): boolean {
  const wanted = pattern.split('/');
  const given = act.split('?')[0]!.split('/');
  return wanted.length === given.length && wanted.every((part, at) => part === '*' || part === given[at]);
}

/** Whether an address is on the page of a step: the page itself or a paper on it. */
export const isOn = (page: string, route: string): boolean =>
  page === '' ? route === '' || route.startsWith('incidents/') : route === page || route.startsWith(`${page}/`);

export type Box = { left: number; top: number; right: number; bottom: number };
export type Size = { width: number; height: number };
export type Spot = { left: number; top: number };

const GAP = 14;
const EDGE = 8;

const boxAt = ({ left, top }: Spot, { width, height }: Size): Box => ({
  left,
  top,
  right: left + width,
  bottom: top + height,
});
const shared = (one: Box, other: Box): number =>
  Math.max(0, Math.min(one.right, other.right) - Math.max(one.left, other.left)) *
  Math.max(0, Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top));
/** A mark without width or height has no area to share, and is covered all the same. */
const liesOver = (one: Box, other: Box): boolean =>
  one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top;
const within = (value: number, room: number): number => Math.max(EDGE, Math.min(value, room - EDGE));

/**
 * Where the card stands: beside, below or above what it points at, wherever the whole of it has room; so it never covers it. Among the
 * places that cover equally little of it, the first that covers least of what is pressed next (`free`): the act of a step may be beside
 * its mark. Without anything to point at: the corner at the bottom right.
 */
export function placeCard(target: Box | null, card: Size, view: Size, free: readonly Box[] = []): Spot {
  const right = view.width - card.width;
  const bottom = view.height - card.height;
  const corner = { left: within(right, right), top: within(bottom, bottom) };
  if (!target) return corner;
  const across = [within(target.left, right), EDGE, corner.left];
  const along = [within(target.top, bottom), EDGE, corner.top];
  const beside = [target.right + GAP, target.left - GAP - card.width].flatMap((left) =>
    along.map((top) => ({ left, top })),
  );
  const aboveOrBelow = [target.bottom + GAP, target.top - GAP - card.height].flatMap((top) =>
    across.map((left) => ({ left, top })),
  );
  const corners = across.slice(1).flatMap((left) => [corner.top, EDGE].map((top) => ({ left, top })));
  const sides = [...beside, ...aboveOrBelow].filter(
    ({ left, top }) => left >= 0 && top >= 0 && left <= right && top <= bottom,
  );
  const spots = [...sides, ...corners].map((spot) => {
    const box = boxAt(spot, card);
    return {
      spot,
      covers: shared(box, target) + Number(liesOver(box, target)),
      inTheWay: free.reduce((sum, each) => sum + shared(box, each), 0),
    };
  });
  return spots.reduce((best, one) =>
    one.covers < best.covers || (one.covers === best.covers && one.inTheWay < best.inTheWay) ? one : best,
  ).spot;
}
