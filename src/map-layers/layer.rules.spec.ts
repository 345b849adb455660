import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import { distanceM, toWgs84 } from '../shared/geo.js';
import type { Problem } from '../shared/problem.js';
import { readLayer } from './layer.rules.js';
import { LAYER_LIMITS } from './map-layers.dto.js';
import type { Position } from './shapes.types.js';
import { simplifyLine, simplifyRing } from './simplify.rules.js';

// The package has no types.
const { feature } = createRequire(import.meta.url)('topojson-client') as {
  feature(world: unknown, object: unknown): { features: { geometry: { coordinates: Position[][][] } }[] };
};
const HANGZHOU: Position = [120.1551, 30.2741];
const bytes = (document: unknown): Buffer =>
  Buffer.from(typeof document === 'string' ? document : JSON.stringify(document));
const read = (document: unknown, more: Partial<Parameters<typeof readLayer>[1]> = {}) =>
  readLayer(bytes(document), { datum: 'WGS84', toleranceM: 0, ...more });
const point = (coordinates: unknown) => ({ type: 'Feature', properties: { name: '示范' }, geometry: { type: 'Point', coordinates } }); // prettier-ignore
/** A closed ring of so many corners around Hangzhou. */
const circle = (corners: number, radius = 0.2): Position[] => {
  const ring = Array.from({ length: corners }, (_, n): Position => {
    const angle = (2 * Math.PI * n) / corners;
    return [HANGZHOU[0] + radius * Math.cos(angle), HANGZHOU[1] + radius * Math.sin(angle)];
  });
  return [...ring, ring[0]!];
};
const refusal = (work: () => unknown): { code: string; pointer: string | undefined } => {
  try {
    work();
  } catch (error) {
    const { code, errors } = error as Problem;
    return { code, pointer: errors?.[0]?.pointer };
  }
  throw new Error('it was taken');
};
const place = (document: unknown, datum: 'WGS84' | 'CGCS2000' | 'GCJ02' | 'BD09') => {
  const [[lon, lat]] = read(document, { datum }).shapes.features[0]!.geometry.coordinates as [Position];
  return { lon, lat };
};

describe('coordinates of a file (console 3.2)', () => {
  const given = { lon: HANGZHOU[0], lat: HANGZHOU[1] };

  it('move by 519 m at Hangzhou when the file is in GCJ-02, and not at all in WGS 84 or CGCS2000', () => {
    const moved = distanceM(given, place(point(HANGZHOU), 'GCJ02'));
    expect(Math.abs(moved - 519)).toBeLessThanOrEqual(5);
    expect(place(point(HANGZHOU), 'WGS84')).toEqual(given);
    expect(place(point(HANGZHOU), 'CGCS2000')).toEqual(given);
  });

  it.each(['GCJ02', 'BD09'] as const)('come back to where they were within 0.1 m: %s', (datum) => {
    const wgs = toWgs84({ ...given, datum });
    // The other way round by search: which point of the datum is read as `given`?
    let guess = given;
    for (let turn = 0; turn < 20; turn += 1) {
      const seen = place(point([guess.lon, guess.lat]), datum);
      guess = { lon: guess.lon + given.lon - seen.lon, lat: guess.lat + given.lat - seen.lat };
    }
    const metres = (a: typeof given, b: typeof given) =>
      Math.hypot((a.lon - b.lon) * 96_000, (a.lat - b.lat) * 111_000); // prettier-ignore
    expect(metres(place(point([guess.lon, guess.lat]), datum), given)).toBeLessThan(0.1);
    expect(place(point(HANGZHOU), datum)).toEqual(wgs);
  });

  it('are converted once: what came from here is not taken for another datum', () => {
    const { shapes } = read(point(HANGZHOU), { datum: 'GCJ02' });
    expect(refusal(() => read(shapes, { datum: 'GCJ02' })).code).toBe('map-layer.converted-already');
    expect(read(shapes).shapes).toEqual(shapes);
  });

  it('must be degrees, whatever the file says of itself', () => {
    const crs = (name: string) => ({ ...point(HANGZHOU), crs: { type: 'name', properties: { name } } });
    expect(refusal(() => read(crs('urn:ogc:def:crs:EPSG::3857'))).code).toBe('map-layer.other-crs');
    for (const good of ['urn:ogc:def:crs:OGC:1.3:CRS84', 'EPSG:4326', 'urn:ogc:def:crs:EPSG::4490'])
      expect(read(crs(good)).features).toBe(1);
    expect(refusal(() => read(point([13_375_000, 3_540_000])))).toEqual({
      code: 'map-layer.out-of-range',
      pointer: '/geometry/coordinates/0',
    });
    expect(refusal(() => read(point([30.27, 120.15]))).code).toBe('map-layer.out-of-range');
  });
});

describe('a hostile file', () => {
  it.each([
    ['text that is no JSON', '{"type":"Point","coordinates":[NaN,30]}', 'map-layer.unreadable'],
    ['a number too large to be one', '{"type":"Point","coordinates":[1e999,30]}', 'map-layer.bad-coordinate'],
    ['a coordinate that is text', point(['120', 30]), 'map-layer.bad-coordinate'],
    ['a coordinate that is nothing', point([null, 30]), 'map-layer.bad-coordinate'],
    ['brackets without end', '['.repeat(1_000_000), 'map-layer.nested-too-deep'],
    ['objects in objects', '{"a":'.repeat(50) + '1' + '}'.repeat(50), 'map-layer.nested-too-deep'],
    ['a list', [], 'map-layer.not-geo'],
    ['another kind of object', { type: 'Folder' }, 'map-layer.not-geo'],
    ['the name of a method for a type', { type: 'constructor', coordinates: [] }, 'map-layer.not-geo'],
    ['an open ring', { type: 'Polygon', coordinates: [circle(8).slice(0, -1)] }, 'map-layer.ring-open'],
    ['nothing to draw', { type: 'FeatureCollection', features: [] }, 'map-layer.empty'],
    ['a zip archive', 'PK\u0003\u0004…', 'map-layer.shapefile'],
  ])('is refused: %s', (_, document, code) => expect(refusal(() => read(document)).code).toBe(code));

  it('is refused for its million vertices before anything is worked out', () => {
    const many = `{"type":"LineString","coordinates":[${'[1,2],'.repeat(999_999)}[1,2]]}`;
    expect(many.length).toBeLessThan(LAYER_LIMITS.bytes);
    expect(refusal(() => read(many)).code).toBe('map-layer.too-many-vertices');
  });

  it('cannot hide many vertices behind one arc that is used again and again', () => {
    const arc = Array.from({ length: 1000 }, (_, n) => [120 + n / 10_000, 30]);
    const geometries = Array.from({ length: 1000 }, () => ({ type: 'LineString', arcs: [0] }));
    const document = { type: 'Topology', objects: { a: { type: 'GeometryCollection', geometries } }, arcs: [arc] };
    expect(refusal(() => read(document)).code).toBe('map-layer.too-many-vertices');
    const wild = { type: 'Topology', objects: { a: { type: 'LineString', arcs: [7] } }, arcs: [arc] };
    expect(refusal(() => read(wild)).code).toBe('map-layer.bad-arc');
  });

  it('brings nothing along but names: no prototype, no foreign key', () => {
    const document = `{"type":"FeatureCollection","__proto__":{"polluted":1},"features":[{"type":"Feature",
      "properties":{"__proto__":{"name":"坏"},"name":"好\\u0000","secret":"x"},"geometry":{"type":"Point","coordinates":[120,30,99]}}]}`;
    const { shapes } = read(document);
    expect(shapes.features).toEqual([
      { type: 'Feature', properties: { name: '好' }, geometry: { type: 'MultiPoint', coordinates: [[120, 30]] } },
    ]);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect(JSON.stringify(shapes)).not.toContain('secret');
  });

  it('is refused when too much is left, and taken with a larger tolerance', () => {
    const rings = Array.from({ length: 9 }, (_, n) => [circle(5000, 0.1 + n / 100)]);
    const document = { type: 'MultiPolygon', coordinates: rings };
    expect(refusal(() => read(document)).code).toBe('map-layer.still-too-many');
    const { vertices, sourceVertices } = read(document, { toleranceM: 50 });
    expect(sourceVertices).toBe(45_009);
    expect(vertices).toBeLessThan(1000);
  });
});

describe('simplifying', () => {
  const distanceTo = (at: Position, path: Position[]): number =>
    Math.min(
      ...path.slice(1).map((to, n) => {
        const from = path[n]!;
        const shrink = Math.cos((at[1] * Math.PI) / 180);
        const [dx, dy] = [(to[0] - from[0]) * shrink, to[1] - from[1]];
        const [x, y] = [(at[0] - from[0]) * shrink, at[1] - from[1]];
        const along = Math.max(0, Math.min(1, (x * dx + y * dy) / (dx * dx + dy * dy || 1)));
        return Math.hypot(x - along * dx, y - along * dy) * 111_320;
      }),
    );

  it.each([10, 100, 1000])('moves no line farther than the tolerance: %d m', (toleranceM) => {
    const path = Array.from({ length: 900 }, (_, n): Position => [120 + n / 3000, 30 + Math.sin(n / 40) / 30]);
    const thin = simplifyLine(path, toleranceM);
    expect(thin.length).toBeLessThan(path.length / 3);
    expect([thin[0], thin.at(-1)]).toEqual([path[0], path.at(-1)]);
    for (const at of path) expect(distanceTo(at, thin)).toBeLessThan(toleranceM * 1.02);
  });

  it('keeps rings closed, keeps small islands as triangles and lets smaller ones go', () => {
    const ring = simplifyRing(circle(500), 50)!;
    expect(ring[0]).toEqual(ring.at(-1));
    expect(ring.length).toBeLessThan(200);
    const island = circle(12, 0.0005); // about 100 m across
    expect(simplifyRing(island, 80)).toHaveLength(4);
    expect(simplifyRing(island, 2000)).toBeNull();
    const both = { type: 'MultiPolygon', coordinates: [[circle(90)], [island]] };
    expect(read(both, { toleranceM: 2000 })).toMatchObject({ droppedRings: 1, features: 1 });
  });

  it('costs what a line is long, whatever its shape: a place on every stretch stays', () => {
    const comb = Array.from({ length: 4000 }, (_, n): Position => [
      120 + n * 1e-5,
      30 + (n % 2) * 1e-3 * (1 - n / 4000),
    ]);
    const flat = comb.map(([lon]): Position => [lon, 30]);
    expect(simplifyLine(comb, 1).length).toBeGreaterThan(3000);
    expect(simplifyLine(flat, 1)).toHaveLength(21);
  });
});

describe('TopoJSON', () => {
  it('is read as the library that wrote the format reads it', () => {
    const world = JSON.parse(readFileSync('node_modules/world-atlas/land-110m.json', 'utf8')) as { objects: { land: unknown } }; // prettier-ignore
    const { shapes, vertices, features } = read(world);
    const expected = feature(world, world.objects.land);
    const round = (at: Position) => at.map((each) => Math.round(each * 1e6) / 1e6);
    const rings = expected.features.flatMap(({ geometry }) => geometry.coordinates).map((polygon) => polygon.map((ring) => ring.map(round))); // prettier-ignore
    expect(shapes.features.flatMap(({ geometry }) => geometry.coordinates)).toEqual(rings);
    expect(features).toBe(1);
    expect(vertices).toBe(rings.flat(2).length);
  });
});
