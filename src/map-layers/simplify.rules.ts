import type { Position, Ring } from './shapes.types.js';

const M_PER_DEGREE = 111_320;
/** A line is thinned in stretches of this length: what a hostile shape costs grows with its length, not with its square. */
const STRETCH = 1000;

/** Distance of a point from a chord in metres, on a plane that is flat around the chord. */
function offM(point: Position, [from, to]: [Position, Position]): number {
  const shrink = Math.cos((from[1] * Math.PI) / 180);
  const [x, y] = [(point[0] - from[0]) * shrink, point[1] - from[1]];
  const [dx, dy] = [(to[0] - from[0]) * shrink, to[1] - from[1]];
  const long = dx * dx + dy * dy;
  const along = long === 0 ? 0 : Math.max(0, Math.min(1, (x * dx + y * dy) / long));
  return Math.hypot(x - along * dx, y - along * dy) * M_PER_DEGREE;
}

/** The position between two others that lies farthest from their chord. */
function farthest(line: Position[], from: number, to: number): { at: number; offM: number } {
  const chord: [Position, Position] = [line[from]!, line[to]!];
  let found = { at: from, offM: -1 };
  for (let at = from + 1; at < to; at += 1) {
    const off = offM(line[at]!, chord);
    if (off > found.offM) found = { at, offM: off };
  }
  return found;
}

/** Which positions stay (Douglas and Peucker): all that lie farther than the tolerance from what would be drawn without them. */
function kept(line: Position[], toleranceM: number, anchors: number[]): Position[] {
  const stays = new Set(anchors);
  const open = anchors.slice(1).map((to, n): [number, number] => [anchors[n]!, to]);
  for (let part = open.pop(); part; part = open.pop()) {
    const [from, to] = part;
    const { at, offM: off } = farthest(line, from, to);
    if (off <= toleranceM) continue;
    stays.add(at);
    open.push([from, at], [at, to]);
  }
  return line.filter((_, n) => stays.has(n));
}

/** Places that always stay: both ends, one each stretch, and what is asked for. */
function anchorsOf(length: number, more: number[] = []): number[] {
  const steps = Array.from({ length: Math.ceil(length / STRETCH) }, (_, n) => n * STRETCH);
  return [...new Set([...steps, ...more, length - 1])].sort((a, b) => a - b);
}

/** A line without the positions that do not show at this tolerance; its ends stay. */
export function simplifyLine(line: Position[], toleranceM: number): Position[] {
  return toleranceM === 0 || line.length < 3 ? line : kept(line, toleranceM, anchorsOf(line.length));
}

/** A ring the same way. One that would collapse keeps the triangle of its farthest corners; null when even that is thinner than the tolerance. */
export function simplifyRing(ring: Ring, toleranceM: number): Ring | null {
  if (toleranceM === 0) return ring;
  const last = ring.length - 1;
  // The chord of a closed ring is a point, so this is the corner farthest from where it begins.
  const across = farthest(ring, 0, last).at;
  const thin = kept(ring, toleranceM, anchorsOf(ring.length, [across]));
  if (thin.length >= 4) return thin;
  const sides = [farthest(ring, 0, across), farthest(ring, across, last)];
  const corner = sides[0]!.offM >= sides[1]!.offM ? sides[0]! : sides[1]!;
  if (corner.offM <= toleranceM / 2) return null;
  const corners = [0, across, corner.at].sort((a, b) => a - b).map((at) => ring[at]!);
  return [...corners, corners[0]!];
}
