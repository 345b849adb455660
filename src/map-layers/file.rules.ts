import { Problem } from '../shared/problem.js';
import { LAYER_LIMITS } from './map-layers.dto.js';

export type Json = Record<string, unknown>;

/** Where in the file it is, as a refusal says it. */
export const placeAt = (pointer: string) => ({ errors: [{ pointer, code: 'place' }] });

/** The text of a file as JSON, looked over before it is parsed. 422 `map-layer.shapefile`, `.unreadable`, `.nested-too-deep`. */
export function parseFile(bytes: Uint8Array): Json {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) throw new Problem('map-layer.shapefile');
  const text = decode(bytes);
  mustNotNest(text);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new Problem('map-layer.unreadable');
  }
  return mustBeObject(parsed, '');
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Problem('map-layer.unreadable');
  }
}

/** Counts brackets outside strings: a parser, or whoever walks what it made, must never be led deeper than this. */
function mustNotNest(text: string): void {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (inString) {
      if (sign === 0x5c) at += 1;
      else if (sign === 0x22) inString = false;
    } else if (sign === 0x22) inString = true;
    else if (sign === 0x7b || sign === 0x5b) {
      depth += 1;
      if (depth > LAYER_LIMITS.depth) throw new Problem('map-layer.nested-too-deep', { most: LAYER_LIMITS.depth });
    } else if (sign === 0x7d || sign === 0x5d) depth -= 1;
  }
}

export function mustBeObject(value: unknown, pointer: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Problem('map-layer.not-geo', {}, placeAt(pointer));
  return value as Json;
}

export function mustBeList(value: unknown, pointer: string): unknown[] {
  if (!Array.isArray(value)) throw new Problem('map-layer.not-geo', {}, placeAt(pointer));
  return value as unknown[];
}

const KNOWN_CRS = /(CRS:?84|EPSG:{1,2}(4326|4490))$/i;
/**
 * A file that names its own system must name degrees of WGS 84 or CGCS2000 (many GCJ-02 files do, wrongly: whoever brings them in says so).
 * What was converted here once is not converted again. 422 `map-layer.other-crs`, `.converted-already`.
 */
export function mustBeDegrees(root: Json, datum: string): void {
  const crs = root.crs as { properties?: { name?: unknown } } | null | undefined;
  if (crs !== undefined && crs !== null) {
    const name = typeof crs === 'object' ? crs.properties?.name : crs;
    if (typeof name !== 'string' || !KNOWN_CRS.test(name))
      throw new Problem('map-layer.other-crs', { name: String(name).slice(0, 60) }, placeAt('/crs'));
  }
  if (root.datum === 'WGS84' && datum !== 'WGS84')
    throw new Problem('map-layer.converted-already', {}, placeAt('/datum'));
}

/** The name of a thing among its properties; control characters fall away. */
export function nameIn(properties: unknown): string | null {
  if (typeof properties !== 'object' || properties === null) return null;
  const found = ['name', 'NAME', 'Name'].map((key) =>
    Object.hasOwn(properties, key) ? (properties as Json)[key] : null,
  );
  const name = found.find((each): each is string => typeof each === 'string' && each.trim() !== '');
  // eslint-disable-next-line no-control-regex
  return name === undefined ? null : name.replace(/[\u0000-\u001f\u007f]|\p{Surrogate}/gu, ' ').trim().slice(0, 80); // prettier-ignore
}

/** Counts what was read, and stops at the limit, before anything is done with it. */
export class Tally {
  vertices = 0;
  shapes = 0;

  shape(pointer: string): void {
    this.shapes += 1;
    if (this.shapes > LAYER_LIMITS.shapes)
      throw new Problem('map-layer.too-many-shapes', { most: LAYER_LIMITS.shapes }, placeAt(pointer));
  }

  add(count: number, pointer: string): void {
    this.vertices += count;
    if (this.vertices > LAYER_LIMITS.sourceVertices)
      throw new Problem('map-layer.too-many-vertices', { most: LAYER_LIMITS.sourceVertices }, placeAt(pointer));
  }
}
