/** Roads are longer than the straight line by this factor (planning value for hill country). */
export const ROAD_FACTOR = 1.3;

export type SpeedClass = 'plain' | 'mountain' | 'typhoon';

/** Convoy speed on the road in km/h (planning values: plain 60, mountain 40, typhoon 25). */
export const SPEED_KM_H: Readonly<Record<SpeedClass, number>> = { plain: 60, mountain: 40, typhoon: 25 };

/** Minutes from the order to a loaded lorry at the gate (planning value). */
export const LOADING_MIN = 60;

const SPEED_OF_KIND: Readonly<Record<string, SpeedClass>> = {
  typhoon: 'typhoon',
  flood: 'typhoon',
  snow: 'typhoon',
  'mountain-search': 'mountain',
  landslide: 'mountain',
};
/** Roads as bad as the incident's kind makes them. */
export const speedClassOf = (kind: string): SpeedClass => SPEED_OF_KIND[kind] ?? 'plain';

/** Kilometres an hour of a class, or as they are said. */
export const kmHOf = (speed: SpeedClass | number): number => (typeof speed === 'number' ? speed : SPEED_KM_H[speed]);

/** Whole minutes on the road for a straight-line distance in metres at so many km/h, rounded up. */
export function roadMin(distanceM: number, kmH: number): number {
  return Math.ceil((distanceM * ROAD_FACTOR * 60) / (kmH * 1000));
}

/** The same at the speed of a class. */
export const travelMin = (distanceM: number, speedClass: SpeedClass): number =>
  roadMin(distanceM, SPEED_KM_H[speedClass]);
