import { Problem } from '../shared/problem.js';
import { type Json, mustBeList, mustBeObject, nameIn, placeAt, type Tally } from './file.rules.js';
import type { Position, Ring, Shape } from './shapes.types.js';

/** Degrees on the earth: a number that is none, or out of range, is refused by its place. 422 `map-layer.bad-coordinate`, `.out-of-range`. */
export function positionOf(value: unknown, pointer: string): Position {
  const [lon, lat] = mustBeList(value, pointer);
  if (typeof lon !== 'number' || typeof lat !== 'number' || !Number.isFinite(lon) || !Number.isFinite(lat))
    throw new Problem('map-layer.bad-coordinate', {}, placeAt(pointer));
  if (Math.abs(lon) > 180 || Math.abs(lat) > 90)
    throw new Problem('map-layer.out-of-range', { lon, lat }, placeAt(pointer));
  return [lon, lat];
}

/** A ring is closed: four positions at least, the last one the first. */
export function mustBeRing(ring: Position[], pointer: string): Ring {
  const [first, last] = [ring[0], ring.at(-1)];
  if (ring.length < 4 || !first || first[0] !== last?.[0] || first[1] !== last[1])
    throw new Problem('map-layer.ring-open', {}, placeAt(pointer));
  return ring;
}

const emptyShape = (name: string | null): Shape => ({ name, points: [], lines: [], polygons: [] });

/** The shapes of a GeoJSON document (RFC 7946). Heights and foreign members fall away. */
export function shapesOfGeoJson(root: Json, tally: Tally): Shape[] {
  if (root.type === 'FeatureCollection') {
    return mustBeList(root.features, '/features').map((each, n) => featureOf(each, `/features/${n}`, tally));
  }
  if (root.type === 'Feature') return [featureOf(root, '', tally)];
  tally.shape('');
  return [addGeometry(emptyShape(null), root, '', tally)];
}

function featureOf(value: unknown, pointer: string, tally: Tally): Shape {
  const feature = mustBeObject(value, pointer);
  if (feature.type !== 'Feature') throw new Problem('map-layer.not-geo', {}, placeAt(`${pointer}/type`));
  tally.shape(pointer);
  const shape = emptyShape(nameIn(feature.properties));
  if (feature.geometry === null || feature.geometry === undefined) return shape;
  return addGeometry(shape, feature.geometry, `${pointer}/geometry`, tally);
}

/** Reads one geometry into the shape; a collection reads its members, and the depth of the file bounds how often. */
function addGeometry(shape: Shape, value: unknown, pointer: string, tally: Tally): Shape {
  const { type, coordinates, geometries } = mustBeObject(value, pointer);
  if (type === 'GeometryCollection') {
    mustBeList(geometries, `${pointer}/geometries`).forEach((each, n) =>
      addGeometry(shape, each, `${pointer}/geometries/${n}`, tally),
    );
    return shape;
  }
  const at = `${pointer}/coordinates`;
  const path = (given: unknown, where: string): Position[] => {
    const list = mustBeList(given, where);
    tally.add(list.length, where);
    return list.map((each, n) => positionOf(each, `${where}/${n}`));
  };
  const each = <T>(given: unknown, where: string, read: (one: unknown, there: string) => T): T[] =>
    mustBeList(given, where).map((one, n) => read(one, `${where}/${n}`));
  const polygon = (given: unknown, where: string) =>
    each(given, where, (ring, there) => mustBeRing(path(ring, there), there)); // prettier-ignore
  const readers: Record<string, () => void> = {
    Point: () => void shape.points.push(path([coordinates], at)[0]!),
    MultiPoint: () => void (shape.points = shape.points.concat(path(coordinates, at))),
    LineString: () => void shape.lines.push(path(coordinates, at)),
    MultiLineString: () => void (shape.lines = shape.lines.concat(each(coordinates, at, path))),
    Polygon: () => void shape.polygons.push(polygon(coordinates, at)),
    MultiPolygon: () => void (shape.polygons = shape.polygons.concat(each(coordinates, at, polygon))),
  };
  if (typeof type !== 'string' || !Object.hasOwn(readers, type))
    throw new Problem('map-layer.not-geo', {}, placeAt(`${pointer}/type`));
  readers[type]!();
  return shape;
}
