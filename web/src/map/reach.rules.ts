import { ROAD_FACTOR, SPEED_KM_H, speedClassOf } from '../../../src/shared/travel.rules.js';

/** Hours of the rings around an incident. */
export const RING_HOURS = [2, 4, 8] as const;

/** How far the straight line reaches in so many hours on the road, in metres: planning speed of the kind, roads longer than the line. */
export const reachM = (hours: number, kind: string): number =>
  Math.round((SPEED_KM_H[speedClassOf(kind)] * 1000 * hours) / ROAD_FACTOR);

const LEAST_PX = 6;
const MOST_PX = 26;
/** Radius of a stock mark: its area grows with the units, the largest store fills the largest mark. Nothing there is no mark. */
export function stockRadius(units: number, mostUnits: number): number | null {
  if (units <= 0 || mostUnits <= 0) return null;
  return Math.round(LEAST_PX + (MOST_PX - LEAST_PX) * Math.sqrt(Math.min(1, units / mostUnits)));
}
