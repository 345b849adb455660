import { distanceM } from '../shared/geo.js';
import type { Point } from '../shared/fields.dto.js';

/** A place that no road leads through now: metres round a point. */
export interface BlockedCircle {
  center: Point;
  radiusM: number;
}

const METRES_A_DEGREE = 111_195;

/** Whether the straight way between two places touches a circle. Exact to a few metres over a province. */
export function crosses({ from, to }: { from: Point; to: Point }, { center, radiusM }: BlockedCircle): boolean {
  const scale = Math.cos((center.lat * Math.PI) / 180);
  const flat = ({ lon, lat }: Point) => ({ x: (lon - center.lon) * scale * METRES_A_DEGREE, y: (lat - center.lat) * METRES_A_DEGREE }); // prettier-ignore
  const [a, b] = [flat(from), flat(to)];
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, -(a.x * dx + a.y * dy) / length));
  const nearest = { lon: from.lon + along * (to.lon - from.lon), lat: from.lat + along * (to.lat - from.lat) };
  return distanceM(nearest, center) <= radiusM;
}
