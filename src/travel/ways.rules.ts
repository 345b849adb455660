import { distanceM } from '../shared/geo.js';
import type { Point, Reason } from '../shared/fields.dto.js';
import { type Conditions, type Crossing, landOf } from './conditions.rules.js';
import type { Leg } from './router.js';

/** Minutes where there is no way. */
export const NO_WAY = -1;
const DAY_MIN = 1440;
const MINUTE_MS = 60_000;
const CHINA_MIN = 480;
/** Gross tonnes: a loaded two-axle lorry, the limit of GB 1589; a light vehicle with its team, the limit of that class. */
export const VEHICLE_T = { lorry: 18, team: 4.5 } as const;
export type Load = keyof typeof VEHICLE_T;

/** One way to be found. fromPath: of the society whose ground the place lies on; leavesInMin: from the moment to the wheels turning. */
export interface WayLeg extends Leg {
  fromPath: string;
  load: Load;
  leavesInMin: number;
}
/** Minutes from the wheels turning to the place, waits included; over: the crossings, or why there is no way. boundTo: arrival, where a timetable fixes it. */
export interface Way {
  minutes: number;
  over: Reason[];
  boundTo: string | null;
}

/** An end of a crossing that this load may use now. */
interface Pier {
  point: Point;
  island: string | null;
  crossing: Crossing;
  other: number;
}

const mayUse = ({ suspended, carriesVehicles, maxVehicleT, kind }: Crossing, load: Load): boolean => {
  if (suspended) return false;
  if (!carriesVehicles) return load === 'team' && kind === 'ferry';
  return maxVehicleT === null || maxVehicleT >= VEHICLE_T[load];
};

function piersOf(crossings: readonly Crossing[], load: Load): Pier[] {
  return crossings
    .filter((crossing) => mayUse(crossing, load))
    .flatMap((crossing, n) => [
      { point: crossing.from.point, island: crossing.from.island, crossing, other: 2 * n + 1 },
      { point: crossing.to.point, island: crossing.to.island, crossing, other: 2 * n },
    ]);
}

const straight = (from: Point, to: Point): Leg => ({ from, to, straightM: distanceM(from, to) });
const keyOf = ({ from, to }: Pick<Leg, 'from' | 'to'>): string => `${from.lon} ${from.lat} ${to.lon} ${to.lat}`;

/** A pier can shorten a way on one land only where it is nearer than the other end. */
const isWorth = (pier: Pier, end: Point, straightM: number): boolean => distanceM(end, pier.point) < straightM;

/** What one leg is made of: its two ends by land, and the piers that it may use. */
interface Plan {
  leg: WayLeg;
  fromLand: string | null;
  toLand: string | null;
  piers: Pier[];
}

/**
 * Crossings that can lie on a way between two lands: an island that is neither end and leads nowhere else is a blind alley. On one land only
 * those with both ends there (a ferry over a bay) can be shorter than the road; a way round by other islands is not looked for.
 */
export function crossingsBetween(crossings: readonly Crossing[], fromLand: string | null, toLand: string | null): Crossing[] {
  if (fromLand === toLand) return crossings.filter(({ from, to }) => from.island === fromLand && to.island === fromLand);
  let kept = [...crossings];
  for (;;) {
    const isBlind = (land: string | null): boolean =>
      land !== fromLand && land !== toLand && new Set(kept.flatMap(({ from, to }) => (from.island === land ? [to.island] : to.island === land ? [from.island] : []))).size < 2;
    const left = kept.filter(({ from, to }) => !isBlind(from.island) && !isBlind(to.island));
    if (left.length === kept.length) return kept;
    kept = left;
  }
} // prettier-ignore

/** The legs with the piers that each may use; without crossings a leg is its road and nothing else. */
export function plansOf(legs: readonly WayLeg[], toPath: string, { crossings, areas }: Conditions): Plan[] {
  const known = new Map<string, Pier[]>();
  const piersFor = (fromLand: string | null, toLand: string | null, load: Load): Pier[] => {
    const key = JSON.stringify([fromLand, load]);
    const piers = known.get(key) ?? piersOf(crossingsBetween(crossings, fromLand, toLand), load);
    known.set(key, piers);
    return piers;
  };
  const toLand = landOf(toPath, areas);
  return legs.map((leg) => {
    const fromLand = landOf(leg.fromPath, areas);
    const piers = piersFor(fromLand, toLand, leg.load);
    const near = (end: Point) => piers.some((pier) => isWorth(pier, end, leg.straightM));
    const helps = fromLand !== toLand || (near(leg.from) && near(leg.to));
    return { leg, fromLand, toLand, piers: helps ? piers : [] };
  });
}

/** Every road that the plans need, each once: from door to door on one land, to and from piers, between piers. */
export function roadsOf(plans: readonly Plan[]): Leg[] {
  const roads = new Map<string, Leg>();
  const need = (road: Leg) => void roads.set(keyOf(road), road);
  const between = new Set<Pier[]>();
  for (const { leg, fromLand, toLand, piers } of plans) {
    if (fromLand === toLand) need({ from: leg.from, to: leg.to, straightM: leg.straightM });
    for (const pier of piers) {
      if (pier.island === fromLand) need(straight(leg.from, pier.point));
      if (pier.island === toLand) need(straight(pier.point, leg.to));
    }
    if (piers.length > 0) between.add(piers);
  }
  for (const piers of between)
    for (const one of piers)
      for (const next of piers)
        if (next.island === one.island && next.crossing !== one.crossing) need(straight(one.point, next.point));
  return [...roads.values()];
}

/** Minutes by road, or NO_WAY. */
export type RoadMin = (from: Point, to: Point) => number;
export const roadMinOf = (roads: readonly Leg[], minutes: readonly number[]): RoadMin => {
  const known = new Map(roads.map((road, at) => [keyOf(road), minutes[at]!]));
  return (from, to) => known.get(keyOf({ from, to })) ?? NO_WAY;
};

/** Minute since 1970, and of the day in China. */
const minuteOf = (at: Date): number => Math.floor(at.getTime() / MINUTE_MS);
const dayMinuteOf = (minute: number): number => (minute + CHINA_MIN) % DAY_MIN;

/**
 * Minutes until a ferry leaves for who comes at a minute of the day: half the headway, as a planning value; the last one is waited for at
 * most until it leaves; before the first and after the last it is the first that goes (`isBound`). A bridge is not waited for.
 */
export function waitMin(crossing: Crossing, minute: number): { wait: number; isBound: boolean } {
  const { headwayMin, firstMin, lastMin } = crossing;
  const usual = Math.ceil((headwayMin ?? 0) / 2);
  if (firstMin === null || lastMin === null) return { wait: usual, isBound: false };
  if (minute < firstMin) return { wait: firstMin - minute, isBound: true };
  if (minute > lastMin) return { wait: DAY_MIN - minute + firstMin, isBound: true };
  return minute + usual > lastMin ? { wait: lastMin - minute, isBound: true } : { wait: usual, isBound: false };
}

interface Reached {
  minutes: number;
  over: Reason[];
  isBound: boolean;
}

/**
 * The quickest of the road and of every chain of roads and crossings, from a moment. Who comes to a pier later never leaves earlier, so the
 * first visit of a pier is the best one (Dijkstra). What will be suspended by the time of boarding is not waited for.
 */
export function wayOf(plan: Plan, roadMin: RoadMin, at: Date, conditions: Conditions): Way {
  const { leg, fromLand, toLand, piers } = plan;
  const direct = fromLand === toLand ? roadMin(leg.from, leg.to) : NO_WAY;
  let best: Reached | null = direct === NO_WAY ? null : { minutes: direct, over: [], isBound: false };
  const open = new Map<number, Reached>();
  const done = new Set<number>();
  const offer = (n: number, reached: Reached) => {
    if (!done.has(n) && reached.minutes < (open.get(n)?.minutes ?? Infinity)) open.set(n, reached);
  };
  for (const [n, pier] of piers.entries()) {
    const road = pier.island === fromLand ? roadMin(leg.from, pier.point) : NO_WAY;
    if (road !== NO_WAY) offer(n, { minutes: road, over: [], isBound: false });
  }
  const startMin = minuteOf(at) + leg.leavesInMin;
  const shut = new Set<Crossing>();
  while (open.size > 0) {
    const [n, reached] = [...open].reduce((a, b) => (b[1].minutes < a[1].minutes ? b : a));
    open.delete(n);
    done.add(n);
    if (best && reached.minutes >= best.minutes) break;
    const landed = cross(piers[n]!.crossing, reached, startMin);
    if (!landed) {
      shut.add(piers[n]!.crossing);
      continue;
    }
    const pier = piers[piers[n]!.other]!;
    const last = pier.island === toLand ? roadMin(pier.point, leg.to) : NO_WAY;
    if (last !== NO_WAY && landed.minutes + last < (best?.minutes ?? Infinity))
      best = { ...landed, minutes: landed.minutes + last };
    for (const [next, other] of piers.entries()) {
      const road = other.island === pier.island && other.crossing !== pier.crossing ? roadMin(pier.point, other.point) : NO_WAY;
      if (road !== NO_WAY) offer(next, { ...landed, minutes: landed.minutes + road });
    }
  }
  return best ? told(best, leg, at) : { minutes: NO_WAY, over: whyNot(plan, conditions, shut), boundTo: null };
} // prettier-ignore

/** Null where it will be suspended when it would be boarded. */
function cross(crossing: Crossing, reached: Reached, startMin: number): Reached | null {
  const { kind, name, crossingMin, carriesVehicles, closes } = crossing;
  const { wait, isBound } = waitMin(crossing, dayMinuteOf(startMin + reached.minutes));
  const boardsMs = (startMin + reached.minutes + wait) * MINUTE_MS;
  if (closes && closes.from.getTime() <= boardsMs && (closes.until === null || boardsMs < closes.until.getTime()))
    return null;
  const code = kind === 'bridge' ? 'way-bridge' : carriesVehicles ? 'way-ferry' : 'way-ferry-on-foot';
  const step: Reason = { code, params: { name, crossingMin, waitMin: wait } };
  return {
    minutes: reached.minutes + wait + crossingMin,
    over: [...reached.over, step],
    isBound: reached.isBound || isBound,
  };
}

function told({ minutes, over, isBound }: Reached, { leavesInMin }: WayLeg, at: Date): Way {
  const arrivalMs = (minuteOf(at) + leavesInMin + minutes) * MINUTE_MS;
  return { minutes, over, boundTo: isBound ? new Date(arrivalMs).toISOString() : null };
}

/** Why nothing leads there: what is or by then will be suspended, or is too light; else that nothing joins the two lands. */
function whyNot({ leg, fromLand, toLand }: Plan, { crossings }: Conditions, shut: ReadonlySet<Crossing>): Reason[] {
  if (fromLand === toLand) return [{ code: 'way-no-road', params: {} }];
  const lands = [fromLand, toLand].filter((land) => land !== null);
  const touching = crossings.filter(({ from, to }) => lands.some((land) => land === from.island || land === to.island));
  const reasons = touching.flatMap((crossing): Reason[] => {
    const { name, suspended, closes } = crossing;
    const stops = suspended ?? (shut.has(crossing) ? closes : null);
    if (stops) return [{ code: 'way-suspended', params: { name, cause: stops.reason } }];
    return mayUse(crossing, leg.load) ? [] : [{ code: 'way-too-heavy', params: { name } }];
  });
  return reasons.length > 0 ? reasons : [{ code: 'way-no-crossing', params: { island: lands.join(' ') } }];
}
