import { SPEED_KM_H, speedClassOf } from '../shared/travel.rules.js';
import type { CrossingDto, Terrain, WeatherKind } from './travel.dto.js';

/** Convoy speed by ground, km/h: plain and mountain are the planning values of shared/travel.rules.ts, hill an assumption between them. */
export const TERRAIN_KM_H: Readonly<Record<Terrain, number>> = {
  plain: SPEED_KM_H.plain,
  hill: 50,
  mountain: SPEED_KM_H.mountain,
};
/** Share of the speed that weather leaves: typhoon is the planning value 25 of 60 km/h; heavy rain and snow are assumptions. */
export const WEATHER_SHARE: Readonly<Record<WeatherKind, number>> = {
  fair: 1, 'heavy-rain': 0.7, snow: 0.5, typhoon: SPEED_KM_H.typhoon / SPEED_KM_H.plain,
}; // prettier-ignore

/** The ground of a society's area. Paths end in a slash. */
export interface Area {
  path: string;
  terrain: Terrain | null;
  island: string | null;
}
/** Weather that a desk has set. setAt orders those of one society. */
export interface WeatherInForce {
  path: string;
  kind: WeatherKind;
  setAt: Date;
}
export type Crossing = Pick<
  CrossingDto,
  'id' | 'kind' | 'name' | 'from' | 'to' | 'crossingMin' | 'headwayMin' | 'firstMin' | 'lastMin' | 'carriesVehicles' | 'maxVehicleT'
> & {
  suspended: { reason: string } | null;
  /** A suspension to come; until null: until it is resumed. */
  closes: { from: Date; until: Date | null; reason: string } | null;
}; // prettier-ignore

/** All that ways are reckoned with, read in one moment. Crossings that are retired, and weather that has passed, are not in it. */
export interface Conditions {
  crossings: Crossing[];
  areas: Area[];
  weather: WeatherInForce[];
}
export const NO_CONDITIONS: Conditions = { crossings: [], areas: [], weather: [] };

/** What counts for a place: rows of its society and of those above it, the nearest first. */
const along = <Row extends { path: string }>(path: string, rows: readonly Row[]): Row[] =>
  rows.filter((row) => path.startsWith(row.path)).toSorted((a, b) => b.path.length - a.path.length);

/** The island that a society's area lies on, by its name; null on the mainland. The nearest society with a row says it. */
export const landOf = (path: string, areas: readonly Area[]): string | null => along(path, areas)[0]?.island ?? null;

/** What the road's speed comes from. `by`: the desk's word, an area's data, or the kind of the incident (an assumption). */
export interface Speed {
  kmH: number;
  terrain: Terrain;
  terrainBy: 'area' | 'kind' | 'default';
  weather: WeatherKind;
  weatherBy: 'desk' | 'kind' | 'default';
}

/**
 * The speed on the way to a place: the ground of its area times the weather that a desk has set there. Both are those of the destination
 * and are taken for the whole way. Where no desk has said anything, a typhoon, flood or snow is driven at 25 km/h at most; a landslide or a
 * search in the mountains on mountain roads, whatever the county's ground.
 */
export function speedTo({ path, kind }: { path: string; kind: string }, { areas, weather }: Conditions): Speed {
  const said = along(path, areas).find(({ terrain }) => terrain !== null)?.terrain;
  const steep = speedClassOf(kind) === 'mountain' && said !== 'mountain';
  const terrain: Terrain = steep ? 'mountain' : (said ?? 'plain');
  const terrainBy = steep ? 'kind' : said ? 'area' : 'default';
  const nearest = along(path, weather)[0]?.path;
  const set = weather
    .filter((one) => one.path === nearest)
    .toSorted((a, b) => b.setAt.getTime() - a.setAt.getTime())[0];
  const groundKmH = TERRAIN_KM_H[terrain];
  if (set)
    return { kmH: groundKmH * WEATHER_SHARE[set.kind], terrain, terrainBy, weather: set.kind, weatherBy: 'desk' };
  if (speedClassOf(kind) === 'typhoon')
    return { kmH: Math.min(groundKmH, SPEED_KM_H.typhoon), terrain, terrainBy, weather: 'typhoon', weatherBy: 'kind' };
  return { kmH: groundKmH, terrain, terrainBy, weather: 'fair', weatherBy: 'default' };
}
