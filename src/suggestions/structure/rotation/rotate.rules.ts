import { bestFlow, type Flow, type MostUnits } from './rotation-net.rules.js';
import type { Goals, ItemRotation, RotationProblem, Sending } from './rotation.types.js';
import { daysOf, type Parcel, type Slot, slotsOf, unusedOf } from './use.rules.js';

const UNLIMITED: MostUnits = () => Number.MAX_SAFE_INTEGER;

/** Per store: cubic centimetres that are left of its room. */
export type Room = number[];

/**
 * Where lots that would expire should go, item by item: the fewest units that expire unused, then the fewest below a minimum, then the fewest
 * tonne-kilometres, exactly (`rotation-net`). Items share the room of a store in their order; where that binds, the bound says what there was
 * to gain. Deterministic.
 */
export function bestRotation(problem: RotationProblem): { sendings: Sending[]; items: ItemRotation[] } {
  const room = problem.stores.map(({ roomCm3 }) => roomCm3);
  const items = [...new Set(problem.lots.map(({ item }) => item))].toSorted((a, b) => a - b);
  const told = items.map((item) => rotateItem(problem, item, room));
  return { sendings: told.flatMap(({ sendings }) => sendings), items: told.map(({ rotation }) => rotation) };
}

function rotateItem(problem: RotationProblem, item: number, room: Room) {
  const before = expiringUnits(problem, item, []);
  const nothing = { item, before, goals: [before, 0, 0] as Goals, bound: before, proven: true };
  if (before === 0) return { rotation: nothing, sendings: [] };
  const free = bestFlow(problem, item, UNLIMITED);
  const { flow, isCut } = withinRoom(problem, item, { free, room, most: UNLIMITED });
  takeRoom(problem, flow.sendings, room);
  const rotation: ItemRotation = { item, before, goals: flow.goals, bound: free.goals[0], proven: !isCut };
  return { rotation, sendings: flow.sendings };
}

export const volumeOf = ({ items }: RotationProblem, item: number): number => Math.max(1, items[item]!.volumeCm3);

export function takeRoom(problem: RotationProblem, sendings: readonly Sending[], room: Room): void {
  for (const { lot, kind, to, units } of sendings)
    if (kind === 'store') room[to]! -= units * volumeOf(problem, problem.lots[lot]!.item);
}

interface Cutting {
  free: Flow;
  room: Room;
  most: MostUnits;
}

/** Stores that would overflow take what fits, of what expires first; then what was cut may go elsewhere. */
export function withinRoom(problem: RotationProblem, item: number, { free, room, most: allowed }: Cutting) {
  const volume = volumeOf(problem, item);
  const kept = new Map<number, Map<number, number>>();
  const most: MostUnits = (way) => {
    const held = way.kind === 'store' ? kept.get(way.to) : undefined;
    return Math.min(allowed(way), held ? (held.get(way.lot) ?? 0) : Number.MAX_SAFE_INTEGER);
  };
  let flow = free;
  for (;;) {
    const over = problem.stores.flatMap((_, to) =>
      !kept.has(to) && unitsInto(flow, to) > Math.floor(room[to]! / volume) ? [to] : [],
    );
    if (over.length === 0) return { flow, isCut: kept.size > 0 };
    for (const to of over) kept.set(to, whatFits(problem, flow, { to, units: Math.floor(Math.max(0, room[to]!) / volume) }));
    flow = bestFlow(problem, item, most);
  }
} // prettier-ignore

/** Units of each lot that a store takes when it has room for so many: of what expires first. */
function whatFits({ lots }: RotationProblem, flow: Flow, { to, units: most }: { to: number; units: number }) {
  const own = flow.sendings.filter((one) => one.kind === 'store' && one.to === to);
  const fits = new Map<number, number>();
  let left = most;
  for (const { lot, units } of own.toSorted((a, b) => lots[a.lot]!.lastDay - lots[b.lot]!.lastDay || a.lot - b.lot)) {
    fits.set(lot, Math.min(units, left));
    left -= Math.min(units, left);
  }
  return fits;
}

const unitsInto = ({ sendings }: Flow, to: number): number =>
  sendings.reduce((sum, one) => sum + (one.kind === 'store' && one.to === to ? one.units : 0), 0);

export interface Looking {
  /** The day from which what is sent may be issued where it goes; `arrivalDay` unless told otherwise. */
  arrivesOn?: (sending: Sending) => number;
  /** Only those stores. */
  stores?: readonly number[];
}

/** What expires of every lot of an item, where it lies after the sendings, when stores issue first expired first. */
export function unusedUnits(problem: RotationProblem, item: number, sendings: readonly Sending[], how: Looking = {}) {
  return shelvesOf(problem, item, how.arrivesOn ? sendings.map(how.arrivesOn) : [])(sendings, how);
}

/** `unusedUnits` for who looks often: what stores issue is reckoned once. `more`: other days on which something arrives. */
export function shelvesOf(problem: RotationProblem, item: number, more: readonly number[] = []) {
  const days = [...new Set([...daysOf(problem, item), ...more])].toSorted((a, b) => a - b);
  const slots: Slot[][] = [];
  return (sendings: readonly Sending[], { arrivesOn = () => problem.arrivalDay, stores }: Looking = {}) =>
    parcelsOf(problem, item, { sendings, arrivesOn }).flatMap((own, store) => {
      if (own.length === 0 || (stores && !stores.includes(store))) return [];
      const left = unusedOf(own, (slots[store] ??= slotsOf(problem, store, { item, days })));
      return own.map(({ lot }, at) => ({ lot, store, units: left[at]! }));
    });
}

type Sent = { sendings: readonly Sending[]; arrivesOn: (sending: Sending) => number };

function parcelsOf(problem: RotationProblem, item: number, { sendings, arrivesOn }: Sent): Parcel[][] {
  const parcels = problem.stores.map((): Parcel[] => []);
  const gone = new Map<number, number>();
  for (const sending of sendings) {
    const { lot, kind, to, units } = sending;
    const { item: own, lastDay } = problem.lots[lot]!;
    if (own !== item) continue;
    gone.set(lot, (gone.get(lot) ?? 0) + units);
    if (kind === 'store') parcels[to]!.push({ lot, units, fromDay: arrivesOn(sending), lastDay });
  }
  problem.lots.forEach(({ item: own, store, units, fromDay, lastDay }, lot) => {
    if (own === item) parcels[store]!.push({ lot, units: units - (gone.get(lot) ?? 0), fromDay, lastDay });
  });
  return parcels;
}

export const expiringUnits = (problem: RotationProblem, item: number, sendings: readonly Sending[]): number =>
  unusedUnits(problem, item, sendings).reduce((sum, { units }) => sum + units, 0);
