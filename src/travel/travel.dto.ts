import { z } from 'zod';
import { id, instant, point, requiredText, shortText, version } from '../shared/fields.dto.js';

export const TERRAINS = ['plain', 'hill', 'mountain'] as const;
export const terrain = z.enum(TERRAINS);
export type Terrain = z.infer<typeof terrain>;
export const WEATHERS = ['fair', 'heavy-rain', 'snow', 'typhoon'] as const;
export const weatherKind = z.enum(WEATHERS);
export type WeatherKind = z.infer<typeof weatherKind>;

/** Crossings that may be in force at once in one province: every way is looked for over all of them. */
export const MOST_CROSSINGS = 60;
/** Weather of one society that is in force or to come at once. */
export const MOST_WEATHER = 20;

/** An end of a crossing: a named place (WGS 84) on an island by its name, or on the mainland (null). */
const end = z.object({ name: shortText, point, island: shortText.nullable() });
const dayMinute = z.int().min(0).max(1439);
const content = {
  kind: z.enum(['ferry', 'bridge']), name: shortText, from: end, to: end,
  /** Minutes on the water or over the bridge, loading included. */
  crossingMin: z.int().min(1).max(1440),
  /** Minutes between two departures. */
  headwayMin: z.int().min(1).max(1440).nullable(),
  /** First and last departure, minutes of the day in China; null: around the clock. */
  firstMin: dayMinute.nullable(), lastMin: dayMinute.nullable(),
  carriesVehicles: z.boolean(),
  /** Gross tonnes of one vehicle; null: no limit known. */
  maxVehicleT: z.int().min(1).max(200).nullable(),
  source: requiredText,
}; // prettier-ignore
export const crossingDto = z.object({
  id, societyId: id, ...content, suspendedFrom: instant.nullable(), suspendedUntil: instant.nullable(), suspendedReason: z.string().nullable(),
  retiredAt: instant.nullable(), setBy: z.string(), setAt: instant, version,
}); // prettier-ignore
export type CrossingDto = z.infer<typeof crossingDto>;

interface Timed {
  kind: string;
  headwayMin: number | null;
  firstMin: number | null;
  lastMin: number | null;
}
const hoursFit = ({ firstMin, lastMin }: Timed) =>
  (firstMin === null) === (lastMin === null) && (firstMin === null || lastMin! >= firstMin);
const bridgeIsOpen = ({ kind, headwayMin, firstMin }: Timed) =>
  kind === 'ferry' || (headwayMin === null && firstMin === null);

export const openCrossing = z
  .object({ id: id.optional(), societyId: id, ...content })
  .refine(hoursFit, { path: ['lastMin'] })
  .refine(bridgeIsOpen, { path: ['headwayMin'] });
export type OpenCrossing = z.infer<typeof openCrossing>;
export const changeCrossing = z
  .object({ version, ...content })
  .refine(hoursFit, { path: ['lastMin'] })
  .refine(bridgeIsOpen, { path: ['headwayMin'] });
export type ChangeCrossing = z.infer<typeof changeCrossing>;
const inOrder = ({ from, until }: { from?: string | undefined; until?: string | null | undefined }) =>
  !from || !until || Date.parse(until) > Date.parse(from);
/** from: left out, now. until: left out, until it is resumed. */
export const suspendCrossing = z
  .object({ version, from: instant.optional(), until: instant.nullish(), reason: requiredText })
  .refine(inOrder, { path: ['until'] });
export type SuspendCrossing = z.infer<typeof suspendCrossing>;
export const crossingStep = z.object({ version });
export type CrossingStep = z.infer<typeof crossingStep>;

export const weatherDto = z.object({
  id, societyId: id, kind: weatherKind, from: instant, until: instant.nullable(), note: z.string(), setBy: z.string(), setAt: instant,
  liftedBy: z.string().nullable(), liftedAt: instant.nullable(), version,
}); // prettier-ignore
export type WeatherDto = z.infer<typeof weatherDto>;
export const setWeather = z
  .object({ id: id.optional(), societyId: id, kind: weatherKind, from: instant.optional(), until: instant.nullish(), note: requiredText })
  .refine(inOrder, { path: ['until'] }); // prettier-ignore
export type SetWeather = z.infer<typeof setWeather>;
export const liftWeather = z.object({ version });
export type LiftWeather = z.infer<typeof liftWeather>;

/** terrain null: not said here. island null: on the mainland. */
export const areaDto = z.object({
  societyId: id, terrain: terrain.nullable(), island: z.string().nullable(), source: z.string(), setBy: z.string(), setAt: instant, version,
}); // prettier-ignore
export type AreaDto = z.infer<typeof areaDto>;
/** version: of the area that the form showed, 0 where there was none. */
export const setArea = z.object({
  version: z.int().min(0).max(2_147_483_647), terrain: terrain.nullable(), island: shortText.nullable(), source: requiredText,
}); // prettier-ignore
export type SetArea = z.infer<typeof setArea>;

/** What is in force or to come; retired crossings and weather that has passed or was lifted are left to the record. */
export const travelDto = z.object({
  crossings: z.array(crossingDto),
  weather: z.array(weatherDto),
  areas: z.array(areaDto),
});
export type TravelDto = z.infer<typeof travelDto>;
