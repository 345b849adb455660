import { Problem } from '../shared/problem.js';
import { type Json, mustBeList, mustBeObject, nameIn, placeAt, Tally } from './file.rules.js';
import { mustBeRing, positionOf } from './geojson.rules.js';
import type { Position, Shape } from './shapes.types.js';

type Transform = { scale: [number, number]; translate: [number, number] } | null;
/** What the topology's geometries are made of. Arcs are counted each time they are used: one arc named often is a large file in a small one. */
interface Sheet {
  arcs: Position[][];
  transform: Transform;
  tally: Tally;
}

/** The shapes of a TopoJSON document: every object of it, with its shared arcs laid out. */
export function shapesOfTopoJson(root: Json, tally: Tally): Shape[] {
  const transform = transformOf(root.transform);
  const read = new Tally(); // what the file holds; `tally` counts what is drawn with it
  const arcs = mustBeList(root.arcs, '/arcs').map((arc, n) => arcOf(arc, `/arcs/${n}`, { transform, tally: read }));
  const sheet: Sheet = { arcs, transform, tally };
  const objects = mustBeObject(root.objects, '/objects');
  return Object.keys(objects).flatMap((key) => {
    const pointer = `/objects/${key.slice(0, 80)}`;
    const object = mustBeObject(objects[key], pointer);
    const members = object.type === 'GeometryCollection' ? mustBeList(object.geometries, pointer) : [object];
    return members.map((member, n) => shapeOf(member, `${pointer}/geometries/${n}`, sheet));
  });
}

function transformOf(value: unknown): Transform {
  if (value === undefined || value === null) return null;
  const { scale, translate } = mustBeObject(value, '/transform');
  const two = (given: unknown): given is [number, number] =>
    Array.isArray(given) && given.length === 2 && given.every((each) => Number.isFinite(each));
  if (!two(scale) || !two(translate)) throw new Problem('map-layer.bad-coordinate', {}, placeAt('/transform'));
  return { scale, translate };
}

/** Positions of an arc; with a transform each is the step from the one before it. */
function arcOf(value: unknown, pointer: string, { transform, tally }: Pick<Sheet, 'transform' | 'tally'>): Position[] {
  const list = mustBeList(value, pointer);
  tally.add(list.length, pointer);
  let [x, y] = [0, 0];
  return list.map((each, n) => {
    const where = `${pointer}/${n}`;
    if (!transform) return positionOf(each, where);
    const [dx, dy] = mustBeList(each, where) as [number, number];
    [x, y] = [x + dx, y + dy];
    return placed([x, y], transform, where);
  });
}

const placed = ([x, y]: [number, number], { scale, translate }: NonNullable<Transform>, where: string): Position =>
  positionOf([x * scale[0] + translate[0], y * scale[1] + translate[1]], where);

function shapeOf(value: unknown, pointer: string, sheet: Sheet): Shape {
  const geometry = mustBeObject(value, pointer);
  sheet.tally.shape(pointer);
  const shape: Shape = { name: nameIn(geometry.properties), points: [], lines: [], polygons: [] };
  addGeometry(shape, geometry, pointer, sheet);
  return shape;
}

function addGeometry(shape: Shape, { type, arcs, coordinates, geometries }: Json, at: string, sheet: Sheet): void {
  const lists = (given: unknown, where: string): unknown[][] =>
    mustBeList(given, where).map((each, n) => mustBeList(each, `${where}/${n}`));
  const polygon = (given: unknown, where: string): Position[][] =>
    lists(given, where).map((ring, n) => mustBeRing(joined(ring, `${where}/${n}`, sheet), `${where}/${n}`));
  const point = (given: unknown, where: string): Position => {
    sheet.tally.add(1, where);
    return sheet.transform
      ? placed(mustBeList(given, where) as [number, number], sheet.transform, where)
      : positionOf(given, where);
  };
  const [lines, places] = [`${at}/arcs`, `${at}/coordinates`];
  const readers: Record<string, () => void> = {
    Point: () => void shape.points.push(point(coordinates, places)),
    MultiPoint: () =>
      void (shape.points = shape.points.concat(mustBeList(coordinates, places).map((each) => point(each, places)))),
    LineString: () => void shape.lines.push(joined(mustBeList(arcs, lines), lines, sheet)),
    MultiLineString: () =>
      void (shape.lines = shape.lines.concat(lists(arcs, lines).map((each) => joined(each, lines, sheet)))),
    Polygon: () => void shape.polygons.push(polygon(arcs, lines)),
    MultiPolygon: () =>
      void (shape.polygons = shape.polygons.concat(lists(arcs, lines).map((each) => polygon(each, lines)))),
    GeometryCollection: () =>
      mustBeList(geometries, at).forEach((each) => addGeometry(shape, mustBeObject(each, at), at, sheet)),
  };
  if (type === null) return; // a thing without a place
  if (typeof type !== 'string' || !Object.hasOwn(readers, type))
    throw new Problem('map-layer.not-geo', {}, placeAt(`${at}/type`));
  readers[type]!();
}

/** Arcs end to end, each from where the last one ended; a negative number is an arc read backwards. */
function joined(numbers: unknown[], pointer: string, { arcs, tally }: Sheet): Position[] {
  let line: Position[] = [];
  for (const number of numbers) {
    const arc = typeof number === 'number' ? arcs[number < 0 ? ~number : number] : undefined;
    if (!arc || !Number.isInteger(number)) throw new Problem('map-layer.bad-arc', {}, placeAt(pointer));
    tally.add(arc.length, pointer);
    const way = (number as number) < 0 ? [...arc].reverse() : arc;
    line = line.length === 0 ? way : line.concat(way.slice(1));
  }
  return line;
}
