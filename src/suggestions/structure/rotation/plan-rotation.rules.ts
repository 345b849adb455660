import type { SolveLp } from '../placing.rules.js';
import { keyOfLane, laneOf, tripsOf } from './lanes.rules.js';
import { inPacks } from './packs.rules.js';
import { bestRotation, expiringUnits, takeRoom, volumeOf, withinRoom } from './rotate.rules.js';
import { bestFlow, km10Of, type MostUnits } from './rotation-net.rules.js';
import type { Goals, RotationPlan, RotationProblem, Sending } from './rotation.types.js';
import { provenTrips } from './trip-proof.rules.js';
import { TripSearch } from './trip-search.rules.js';
import { isWorthDriving, worthIn } from './worth.rules.js';

/** Searches for trips that save enough: again, with fewer units to lose, where whole packages or trips not worth driving cost too many. */
const SEARCHES = 3;

interface Carried {
  sendings: Sending[];
  items: { item: number; goals: Goals }[];
  expiring: number;
}

/**
 * What could be saved at most (`rotate`), then few trips that save the share of it that is asked for, in whole packages, none of them below
 * the least worth; and how few trips there could be. Deterministic.
 */
export function planRotation(problem: RotationProblem, { solve }: { solve: SolveLp }): RotationPlan {
  const best = bestRotation(problem);
  const gaining = best.items.filter(({ before, goals }) => before > goals[0]);
  const before = gaining.reduce((sum, one) => sum + one.before, 0);
  const possible = gaining.reduce((sum, one) => sum + one.before - one.goals[0], 0);
  const carried = drive(problem, {
    items: gaining.map(({ item }) => item),
    most: before - Math.ceil((possible * problem.keepPercent) / 100),
  });
  const goals = new Map(carried.items.map((one) => [one.item, one.goals]));
  const plan = {
    sendings: carried.sendings,
    items: best.items.map((one) => ({ item: one.item, goals: goals.get(one.item) ?? ([one.before, 0, 0] as const) })),
    best,
  };
  return { ...plan, ...provenTrips(problem, plan, solve) };
}

/** The trips themselves. `most`: units of those items that may expire. */
function drive(problem: RotationProblem, { items, most }: { items: readonly number[]; most: number }): Carried {
  let found = carry(problem, items, new Set());
  if (items.length === 0) return found;
  const search = new TripSearch(problem, items);
  let allowed = most;
  for (let n = 0; n < SEARCHES; n++) {
    const { carried, barred } = worthwhile(problem, items, search.find(allowed));
    search.bar(barred);
    if (isBetter(carried, found, { most, problem })) found = carried;
    if (carried.expiring <= most) break;
    allowed -= carried.expiring - most;
  }
  return found;
}

/** Enough saved comes first, then fewer trips; where none saves enough, the more the better. */
function isBetter(a: Carried, b: Carried, { most, problem }: { most: number; problem: RotationProblem }): boolean {
  if (a.expiring > most || b.expiring > most) return a.expiring < b.expiring;
  return tripsOf(problem, a.sendings).length < tripsOf(problem, b.sendings).length;
}

/** Leaves out what is not worth driving, the least first, as long as there is any: its goods may go on the other trips. */
function worthwhile(problem: RotationProblem, items: readonly number[], keys: ReadonlySet<string>) {
  const barred: string[] = [];
  const open = new Set(keys);
  for (;;) {
    const carried = carry(problem, items, open);
    const worthOf = worthIn(problem, carried.sendings);
    const idle = tripsOf(problem, carried.sendings)
      .map((trip) => ({ trip, worth: worthOf(trip) }))
      .filter(({ trip, worth }) => !isWorthDriving(problem, trip, worth))
      .toSorted((a, b) => (a.worth.fen ?? 0) - (b.worth.fen ?? 0));
    if (idle.length === 0) return { carried, barred };
    const key = keyOfLane(idle[0]!.trip);
    open.delete(key);
    barred.push(key);
  }
}

/** The best use of the lots with those trips only, in whole packages. Items share the room of a store in their order. */
function carry(problem: RotationProblem, items: readonly number[], keys: ReadonlySet<string>): Carried {
  const room = problem.stores.map(({ roomCm3 }) => roomCm3);
  const most: MostUnits = (way) => (keys.has(keyOfLane(laneOf(problem, way))) ? Number.MAX_SAFE_INTEGER : 0);
  const sendings: Sending[] = [];
  const goals: Carried['items'] = [];
  for (const item of items) {
    const { flow } = withinRoom(problem, item, { free: bestFlow(problem, item, most), room, most });
    const before = [...room];
    takeRoom(problem, flow.sendings, room);
    const roomLeft = (store: number): number => Math.floor(room[store]! / volumeOf(problem, item));
    const own = inPacks(problem, flow.sendings, { item, roomLeft });
    before.forEach((cm3, store) => (room[store] = cm3));
    takeRoom(problem, own, room);
    sendings.push(...own);
    goals.push({ item, goals: goalsOf(problem, item, own) });
  }
  return { sendings, items: goals, expiring: goals.reduce((sum, one) => sum + one.goals[0], 0) };
}

/** Goals of sendings as they are. */
function goalsOf(problem: RotationProblem, item: number, sendings: readonly Sending[]): Goals {
  const sent = new Map<number, number>();
  let unitKm10 = 0;
  for (const { lot, kind, to, units } of sendings) {
    const { store } = problem.lots[lot]!;
    sent.set(lot, (sent.get(lot) ?? 0) + units);
    unitKm10 += units * km10Of(kind === 'need' ? problem.needs[to]!.roadKm[store]! : problem.roadKm[store]![to]!);
  }
  const broken = [...sent].reduce((sum, [lot, units]) => sum + Math.max(0, units - problem.lots[lot]!.movable), 0);
  return [expiringUnits(problem, item, sendings), broken, unitKm10];
}
