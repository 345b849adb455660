import { type Datum, toWgs84 } from '../shared/geo.js';
import { Problem } from '../shared/problem.js';
import { mustBeDegrees, parseFile, Tally } from './file.rules.js';
import { shapesOfGeoJson } from './geojson.rules.js';
import { LAYER_LIMITS, type LayerShapesDto, type PreviewDto } from './map-layers.dto.js';
import type { Position, Shape } from './shapes.types.js';
import { simplifyLine, simplifyRing } from './simplify.rules.js';
import { shapesOfTopoJson } from './topojson.rules.js';

export interface Reading {
  datum: Datum;
  toleranceM: number;
}

/**
 * A file as the layer that would be kept: checked, thinned, then converted to EPSG:4326, once. Refuses with 422 `map-layer.…` and the place in
 * the file; nothing is worked out before the limits of size, depth, shapes and vertices have been looked at.
 */
export function readLayer(bytes: Uint8Array, { datum, toleranceM }: Reading): PreviewDto {
  const root = parseFile(bytes);
  mustBeDegrees(root, datum);
  const tally = new Tally();
  const shapes = root.type === 'Topology' ? shapesOfTopoJson(root, tally) : shapesOfGeoJson(root, tally);
  const { thin, droppedRings } = simplify(shapes, toleranceM);
  const vertices = thin.reduce((sum, shape) => sum + verticesOf(shape), 0);
  if (vertices === 0) throw new Problem('map-layer.empty');
  if (vertices > LAYER_LIMITS.keptVertices)
    throw new Problem('map-layer.still-too-many', { count: vertices, most: LAYER_LIMITS.keptVertices });
  const converted = thin.map((shape) => inWgs84(shape, datum));
  const kept = featuresOf(converted);
  const laidOut = { shapes: kept, extent: extentOf(converted), features: kept.features.length };
  // Shared arcs of a topology count where they are used too; what is told is what was there to draw.
  const sourceVertices = shapes.reduce((sum, shape) => sum + verticesOf(shape), 0);
  return { ...laidOut, sourceVertices, vertices, droppedRings };
}

const positionsOf = ({ points, lines, polygons }: Shape): Position[][] => [points, ...lines, ...polygons.flat()];
const verticesOf = (shape: Shape): number => positionsOf(shape).reduce((sum, { length }) => sum + length, 0);

/** Areas whose outline is smaller than the tolerance fall away with their holes. */
function simplify(shapes: Shape[], toleranceM: number): { thin: Shape[]; droppedRings: number } {
  let droppedRings = 0;
  const thin = shapes.map((shape) => ({
    ...shape,
    lines: shape.lines.map((line) => simplifyLine(line, toleranceM)),
    polygons: shape.polygons.flatMap((rings) => {
      const [outline, ...holes] = rings.map((ring) => simplifyRing(ring, toleranceM));
      const stay = outline ? [outline, ...holes.filter((hole) => hole !== null)] : [];
      droppedRings += rings.length - stay.length;
      return stay.length === 0 ? [] : [stay];
    }),
  }));
  return { thin, droppedRings };
}

const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;

function inWgs84(shape: Shape, datum: Datum): Shape {
  const one = ([lon, lat]: Position): Position => {
    const moved = toWgs84({ lon, lat, datum });
    return [round(moved.lon), round(moved.lat)];
  };
  return {
    name: shape.name,
    points: shape.points.map(one),
    lines: shape.lines.map((line) => line.map(one)),
    polygons: shape.polygons.map((rings) => rings.map((ring) => ring.map(one))),
  };
}

function featuresOf(shapes: Shape[]): LayerShapesDto {
  type Kept = LayerShapesDto['features'][number];
  const features = shapes.flatMap(({ name, points, lines, polygons }) => {
    const feature = (type: Kept['geometry']['type'], coordinates: unknown[]): Kept[] =>
      coordinates.length === 0
        ? []
        : [{ type: 'Feature', properties: { name }, geometry: { type, coordinates } }];
    return [...feature('MultiPoint', points), ...feature('MultiLineString', lines), ...feature('MultiPolygon', polygons)];
  }); // prettier-ignore
  return { type: 'FeatureCollection', datum: 'WGS84', features };
}

/** West, south, east, north. */
function extentOf(shapes: Shape[]): [number, number, number, number] {
  const extent: [number, number, number, number] = [180, 90, -180, -90];
  for (const [lon, lat] of shapes.flatMap(positionsOf).flat()) {
    extent[0] = Math.min(extent[0], lon);
    extent[1] = Math.min(extent[1], lat);
    extent[2] = Math.max(extent[2], lon);
    extent[3] = Math.max(extent[3], lat);
  }
  return extent;
}
