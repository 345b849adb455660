import * as gcoordModule from 'gcoord';
import type { Point } from './fields.dto.js';

// CommonJS package: its whole surface is the default export at run time, and its types say otherwise.
const gcoord = (gcoordModule as unknown as { default: GcoordSurface }).default;
interface GcoordSurface {
  WGS84: string;
  GCJ02: string;
  BD09: string;
  transform(position: [number, number], from: string, to: string): [number, number];
}

export type Datum = 'WGS84' | 'CGCS2000' | 'GCJ02' | 'BD09';
export interface RawPoint extends Point {
  datum: Datum;
}

const EARTH_RADIUS_M = 6_371_008.8;

/** WGS 84 for a point given in another datum, to 1e-6 degree (0.1 m). CGCS2000 differs by centimetres and passes as it is. */
export function toWgs84(raw: RawPoint): Point {
  if (raw.datum === 'WGS84' || raw.datum === 'CGCS2000') return { lon: raw.lon, lat: raw.lat };
  const from = raw.datum === 'GCJ02' ? gcoord.GCJ02 : gcoord.BD09;
  const [lon, lat] = gcoord.transform([raw.lon, raw.lat], from, gcoord.WGS84);
  return { lon: Math.round(lon * 1e6) / 1e6, lat: Math.round(lat * 1e6) / 1e6 };
}

/** Great-circle distance in metres on the mean sphere. */
export function distanceM(a: Point, b: Point): number {
  const rad = Math.PI / 180;
  const h =
    Math.sin(((b.lat - a.lat) * rad) / 2) ** 2 +
    Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(((b.lon - a.lon) * rad) / 2) ** 2;
  return Math.round(2 * EARTH_RADIUS_M * Math.asin(Math.sqrt(h)));
}

/** Reads 'lon,lat' of a query; the schema has checked its shape. */
export function parseLonLat(text: string): Point {
  const [lon, lat] = text.split(',').map(Number) as [number, number];
  return { lon, lat };
}
