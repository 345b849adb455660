/**
 * Writes public/land.json: Natural Earth land (public domain, through world-atlas) clipped to the working area of the desk.
 * No boundary lines and no names. Run by hand when the source or the box changes: `node web/build/land.mjs`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import { feature } from 'topojson-client';

const BOX = { west: 105, south: 15, east: 135, north: 42 };
const DECIMALS = 4; // 0.0001 degree, about 11 m: finer than the source
const MIN_RING_DEG2 = 2e-5; // drops specks under about 0.2 km2

const inside = {
  west: ([lon]) => lon >= BOX.west,
  east: ([lon]) => lon <= BOX.east,
  south: ([, lat]) => lat >= BOX.south,
  north: ([, lat]) => lat <= BOX.north,
};

function crossing(side, [lon1, lat1], [lon2, lat2]) {
  if (side === 'west' || side === 'east') {
    const t = (BOX[side] - lon1) / (lon2 - lon1);
    return [BOX[side], lat1 + t * (lat2 - lat1)];
  }
  const t = (BOX[side] - lat1) / (lat2 - lat1);
  return [lon1 + t * (lon2 - lon1), BOX[side]];
}

/** Sutherland-Hodgman on an open ring. Edges along the box are harmless here: nothing but the fill is drawn. */
function clipRing(ring) {
  let points = ring.slice(0, -1);
  for (const side of Object.keys(inside)) {
    const next = [];
    points.forEach((point, index) => {
      const before = points[(index + points.length - 1) % points.length];
      if (inside[side](point) !== inside[side](before)) next.push(crossing(side, before, point));
      if (inside[side](point)) next.push(point);
    });
    points = next;
  }
  return points;
}

const area = (ring) =>
  Math.abs(ring.reduce((sum, [lon, lat], i) => sum + lon * ring[(i + 1) % ring.length][1] - ring[(i + 1) % ring.length][0] * lat, 0)) / 2; // prettier-ignore

function rounded(ring) {
  const factor = 10 ** DECIMALS;
  const points = ring.map(([lon, lat]) => [Math.round(lon * factor) / factor, Math.round(lat * factor) / factor]);
  const distinct = points.filter((p, i) => i === 0 || p[0] !== points[i - 1][0] || p[1] !== points[i - 1][1]);
  return distinct.length < 3 ? [] : [...distinct, distinct[0]];
}

const require = createRequire(import.meta.url);
const topology = JSON.parse(readFileSync(require.resolve('world-atlas/land-10m.json'), 'utf8'));
const polygons = feature(topology, topology.objects.land).features.flatMap(({ geometry }) =>
  geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates,
);
const coordinates = polygons
  .map((rings) => rings.map(clipRing).filter((ring) => ring.length > 2 && area(ring) > MIN_RING_DEG2))
  .filter((rings) => rings.length > 0)
  .map((rings) => rings.map(rounded).filter((ring) => ring.length > 3))
  .filter((rings) => rings.length > 0);
const text = JSON.stringify({ type: 'MultiPolygon', coordinates });
writeFileSync(new URL('../public/land.json', import.meta.url), text);
console.log(`${coordinates.length} polygons, ${text.length} bytes, ${gzipSync(text, { level: 9 }).length} gzipped`);
