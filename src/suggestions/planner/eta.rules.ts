import { type SpeedClass, travelMin } from '../../shared/travel.rules.js';
import type { Speciality } from './planner.types.js';

/**
 * Minutes from alert to departure (planning values: 30 for water and mountain, 120 for relief, 360 for water supply,
 * sanitation and psychosocial support). The other specialities follow the nearest of these by kind of work.
 */
export const DEPARTURE_MIN: Readonly<Record<Speciality, number>> = {
  water: 30,
  mountain: 30,
  'search-rescue': 30,
  medical: 30,
  relief: 120,
  logistics: 120,
  telecom: 120,
  psychosocial: 360,
  'water-supply': 360,
  sanitation: 360,
};

export interface EtaFacts {
  /** Straight line on the globe, metres. */
  distanceM: number;
  speedClass: SpeedClass;
  departureMin: number;
  /** Fixed legs by ferry, for the islands. */
  ferryMin?: number;
}

/**
 * Whole minutes from now to the incident: departure, road, ferry. An external router replaces this function where the
 * snapshot is made; the planner itself only reads `etaMin`.
 */
export function etaMin({ distanceM, speedClass, departureMin, ferryMin = 0 }: EtaFacts): number {
  return departureMin + travelMin(distanceM, speedClass) + ferryMin;
}
