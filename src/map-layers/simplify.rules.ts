import type { Position, Ring } from './shapes.types.js';

const M_PER_DEGREE = 111_320;
/** A line is thinned in stretches of this length: what a hostile shape costs grows with its length, not with its square. */
const STRETCH = 200;

/** The position between two others that lies farthest from their chord, and how far in metres, on a plane that is flat around the chord. */
function farthest(line: Position[], from: number, to: number): { at: number; offM: number } {
  const [[west, south], [east, north]] = [line[from]!, line[to]!];
  const shrink = Math.cos((south * Math.PI) / 180);
  const [dx, dy] = [(east - west) * shrink, north - south];
  const long = dx * dx + dy * dy;
  let found = { at: from, square: -1 };
  for (let at = from + 1; at < to; at += 1) {
    const x = (line[at]![0] - west) * shrink;
    const y = line[at]![1] - south;
    const along = long === 0 ? 0 : Math.max(0, Math.min(1, (x * dx + y * dy) / long));
    const square = (x - along * dx) ** 2 + (y - along * dy) ** 2;
    if (square > found.square) found = { at, square };
  }
  return { at: found.at, offM: found.square < 0 ? -1 : Math.sqrt(found.square) * M_PER_DEGREE };
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
