import { bestFlow, type Flow, type MostUnits } from './rotation-net.rules.js';
import type { ItemRotation, RotationPlan, RotationProblem, Sending } from './rotation.types.js';
import { daysOf, type Parcel, slotsOf, unusedOf } from './use.rules.js';

/**
 * Networks solved over and over, an item, for fewer sendings and for their bound: few where networks are large. Counted, not timed: the same
 * facts give the same bytes.
 */
const TRIES = 80;
const ARCS_TRIED = 8_000;
const triesFor = ({ arcs }: Flow): number => Math.min(TRIES, Math.floor(ARCS_TRIED / Math.max(1, arcs)));

const keyOf = ({ lot, kind, to }: Pick<Sending, 'lot' | 'kind' | 'to'>): string => `${lot} ${kind} ${to}`;
const UNLIMITED: MostUnits = () => Number.MAX_SAFE_INTEGER;

/**
 * Where lots that would expire should go, item by item: the fewest units that expire unused, then the fewest below a minimum, then the fewest
 * tonne-kilometres, exactly (`rotation-net`); then few sendings, found by leaving them out one by one. Items share the room of a store in their
 * order; where that binds, the bound says what there was to gain. Deterministic.
 */
export function planRotation(problem: RotationProblem): RotationPlan {
  const room = problem.stores.map(({ roomCm3 }) => roomCm3);
  const items = [...new Set(problem.lots.map(({ item }) => item))].toSorted((a, b) => a - b);
  const told = items.map((item) => rotateItem(problem, item, room));
  return { sendings: told.flatMap(({ sendings }) => sendings), items: told.map(({ rotation }) => rotation) };
}

function rotateItem(problem: RotationProblem, item: number, room: number[]) {
  const before = unusedUnits(problem, item, []).reduce((sum, { units }) => sum + units, 0);
  const nothing = { item, before, goals: [before, 0, 0], bound: before, sendingsBound: 0, proven: true } as const;
  if (before === 0) return { rotation: nothing as ItemRotation, sendings: [] };
  const free = bestFlow(problem, item, UNLIMITED);
  const { flow, most, isCut } = withinRoom(problem, item, { free, room });
  const fewest = fewerSendings(problem, item, { flow, most });
  for (const { kind, to, units } of fewest.sendings)
    if (kind === 'store') room[to]! -= units * problem.items[item]!.volumeCm3;
  const sendingsBound = leastSendings(problem, item, { flow: fewest, most });
  const rotation: ItemRotation = {
    item,
    before,
    goals: fewest.goals,
    bound: free.goals[0],
    sendingsBound,
    proven: !isCut,
  };
  return { rotation, sendings: fewest.sendings };
}

/** Stores that would overflow take what fits, of what expires first; then what was cut may go elsewhere. */
function withinRoom(problem: RotationProblem, item: number, { free, room }: { free: Flow; room: readonly number[] }) {
  const volume = Math.max(1, problem.items[item]!.volumeCm3);
  const kept = new Map<number, Map<number, number>>();
  const most: MostUnits = ({ lot, kind, to }) => {
    const held = kind === 'store' ? kept.get(to) : undefined;
    return held ? (held.get(lot) ?? 0) : Number.MAX_SAFE_INTEGER;
  };
  let flow = free;
  for (;;) {
    const over = problem.stores.flatMap((_, to) =>
      !kept.has(to) && unitsInto(flow, to) > Math.floor(room[to]! / volume) ? [to] : [],
    );
    if (over.length === 0) return { flow, most, isCut: kept.size > 0 };
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

const isAsGood = (a: Flow, b: Flow): boolean => a.goals.every((value, goal) => value === b.goals[goal]);
type Search = { flow: Flow; most: MostUnits };

/** Leaves sendings out one by one, as long as the goals before stay as they are. */
function fewerSendings(problem: RotationProblem, item: number, { flow, most }: Search): Flow {
  const closed = new Set<string>();
  let best = flow;
  let tries = triesFor(flow);
  for (let at = 0; at < best.sendings.length && best.sendings.length > 1 && tries > 0; tries--) {
    const key = keyOf(best.sendings[at]!);
    const without = bestFlow(problem, item, (way) => (closed.has(keyOf(way)) || keyOf(way) === key ? 0 : most(way)));
    if (isAsGood(without, best) && without.sendings.length < best.sendings.length) {
      closed.add(key);
      best = without;
      at = 0;
    } else at++;
  }
  return best;
}

/** Lots that have to go somewhere, and places that have to get something, whatever plan is as good: the larger number of those looked at. */
function leastSendings(problem: RotationProblem, item: number, { flow, most }: Search): number {
  const count = flow.sendings.length;
  if (count <= 1) return count;
  const groups = (keyOfGroup: (way: Pick<Sending, 'lot' | 'kind' | 'to'>) => string): number => {
    const names = [...new Set(flow.sendings.map(keyOfGroup))].slice(0, triesFor(flow));
    return names.filter((name) => {
      const without = bestFlow(problem, item, (way) => (keyOfGroup(way) === name ? 0 : most(way)));
      return !isAsGood(without, flow);
    }).length;
  };
  const lots = groups(({ lot }) => String(lot));
  return lots === count
    ? count
    : Math.max(
        1,
        lots,
        groups(({ kind, to }) => `${kind} ${to}`),
      );
}

/** What expires of every lot of an item, where it lies after the sendings, when stores issue first expired first. */
export function unusedUnits(problem: RotationProblem, item: number, sendings: readonly Sending[]) {
  const parcels = problem.stores.map((): Parcel[] => []);
  const gone = new Map<number, number>();
  for (const { lot, kind, to, units } of sendings) {
    if (problem.lots[lot]!.item !== item) continue;
    gone.set(lot, (gone.get(lot) ?? 0) + units);
    const { lastDay } = problem.lots[lot]!;
    if (kind === 'store') parcels[to]!.push({ lot, units, fromDay: problem.arrivalDay, lastDay });
  }
  problem.lots.forEach(({ item: own, store, units, fromDay, lastDay }, lot) => {
    if (own === item) parcels[store]!.push({ lot, units: units - (gone.get(lot) ?? 0), fromDay, lastDay });
  });
  const days = daysOf(problem, item);
  return parcels.flatMap((own, store) => {
    if (own.length === 0) return [];
    const left = unusedOf(own, slotsOf(problem, store, { item, days }));
    return own.map(({ lot }, at) => ({ lot, store, units: left[at]! }));
  });
}
