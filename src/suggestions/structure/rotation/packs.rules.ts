import type { RotationLot, RotationProblem, Sending } from './rotation.types.js';

/** Units that a store still has room for beyond what the sendings bring; asked for units of one item. */
export type RoomLeft = (store: number) => number;

/**
 * Sendings to stores in whole packages: rounded up where the lot and the room allow it, so that nothing is lost; else what the lot has left
 * goes whole; else rounded down. What is asked for by a need goes as it is asked: people count, not packages.
 */
export function inPacks(
  problem: RotationProblem,
  sendings: readonly Sending[],
  { item, roomLeft }: { item: number; roomLeft: RoomLeft },
): Sending[] {
  const { packUnits } = problem.items[item]!;
  if (packUnits <= 1) return [...sendings];
  const more = new Map<Sending, number>();
  const room = new Map<number, number>();
  for (const lot of new Set(sendings.map((one) => one.lot))) {
    const own = sendings.filter((one) => one.lot === lot);
    for (const [sending, units] of roundedOf(problem.lots[lot]!, own, { packUnits, room, roomLeft })) more.set(sending, units);
  }
  return sendings.flatMap((one) => {
    const units = more.get(one) ?? one.units;
    return units > 0 ? [{ ...one, units }] : [];
  });
} // prettier-ignore

interface Rounding {
  packUnits: number;
  /** What sendings that were rounded up have taken of the room. */
  room: Map<number, number>;
  roomLeft: RoomLeft;
}

/** All are rounded down first; what that frees, and what the lot has left, goes to those that lost most. */
function roundedOf(lot: RotationLot, own: readonly Sending[], { packUnits, room, roomLeft }: Rounding) {
  const sent = own.reduce((sum, { units }) => sum + units, 0);
  const most = mostOf(lot, sent);
  const odd = (one: Sending): number => (one.kind === 'store' ? one.units % packUnits : 0);
  const units = new Map(own.map((one) => [one, one.units - odd(one)]));
  let left = most - [...units.values()].reduce((sum, each) => sum + each, 0);
  for (const one of own.toSorted((a, b) => odd(b) - odd(a))) {
    const taken = Math.min(left, packUnits);
    const extra = taken - odd(one);
    if (odd(one) === 0 || extra < 0) continue;
    const used = room.get(one.to) ?? 0;
    if (extra > 0 && roomLeft(one.to) - used < extra) continue;
    room.set(one.to, used + Math.max(0, extra));
    units.set(one, units.get(one)! + taken);
    left -= taken;
  }
  return units;
}

/** What may leave without breaking more of the minimum than is broken already, or all that may leave. */
const mostOf = ({ movable, breaking }: RotationLot, sent: number): number =>
  sent <= movable ? movable : movable + breaking;
