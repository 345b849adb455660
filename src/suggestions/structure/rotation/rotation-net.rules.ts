import { type Network, NetworkSimplex } from '../../planner/flow/network-simplex.rules.js';
import type { Goals, RotationProblem, Sending } from './rotation.types.js';
import { type Slot, slotsOf } from './use.rules.js';

/** What keeps sendings from where they would go: the most units of a lot to a store. */
export type MostUnits = (sending: Pick<Sending, 'lot' | 'kind' | 'to'>) => number;
export interface Flow {
  goals: Goals;
  sendings: Sending[];
}

/** Beyond what any province needs, so that a fault ends instead of hanging. */
const PIVOTS = 5_000_000;

class Arcs {
  nodes = 1;
  readonly from: number[] = [];
  readonly to: number[] = [];
  readonly capacity: number[] = [];
  readonly high: number[] = [];
  readonly low: number[] = [];

  node(): number {
    return this.nodes++;
  }
  add(from: number, to: number, { capacity, high = 0, low = 0 }: { capacity: number; high?: number; low?: number }) {
    this.from.push(from);
    this.to.push(to);
    this.capacity.push(capacity);
    this.high.push(high);
    this.low.push(low);
    return this.from.length - 1;
  }
}
const SINK = 0;
const ANY = Number.MAX_SAFE_INTEGER;

export interface BuiltNet {
  arcs: Arcs;
  supply: Map<number, number>;
  slack: Map<number, number>;
  waste: number[];
  breaking: number[];
  ways: (Pick<Sending, 'lot' | 'kind' | 'to'> & { arc: number })[];
}

/** Kilometres in tenths; one at least, so that no unit is moved for nothing. */
export const km10Of = (km: number): number => Math.max(1, Math.round(km * 10));

/** Units of an item that a store has room for. */
export const roomFor = ({ stores, items }: RotationProblem, to: number, item: number): number =>
  Math.floor(stores[to]!.roomCm3 / Math.max(1, items[item]!.volumeCm3));

/** Where units of a lot could go: stores and needs within reach that could use some of it in time. */
export function waysOf(problem: RotationProblem, lot: number): Pick<Sending, 'lot' | 'kind' | 'to'>[] {
  const { item, store, lastDay, movable, breaking } = problem.lots[lot]!;
  if (movable + breaking === 0) return [];
  const stores = problem.stores.flatMap(({ takes, uses }, to) => {
    const isOpen = to !== store && takes[item]! && uses[item] && problem.roadKm[store]![to]! <= problem.withinKm && roomFor(problem, to, item) > 0; // prettier-ignore
    return isOpen && lastDay > problem.arrivalDay ? [{ lot, kind: 'store' as const, to }] : [];
  });
  const needs = problem.needs.flatMap((need, to) => {
    const isOpen = need.item === item && need.roadKm[store]! <= problem.withinKm && lastDay >= problem.needDay;
    return isOpen ? [{ lot, kind: 'need' as const, to }] : [];
  });
  return [...stores, ...needs];
}

/**
 * The best use of the lots of one item, exactly: the fewest units that expire unused, then the fewest below a minimum, then the fewest
 * unit-kilometres. A transport network: lots give, stretches of days in a store take. A lot may serve every stretch that ends by its last
 * day, so the stretches of a store hang in a chain from late to early; what arrives later has a chain that ends where it arrives.
 */
export function bestFlow(problem: RotationProblem, item: number, most: MostUnits): Flow {
  const net = netOf(problem, item, most);
  solveNet(net);
  return flowIn(net);
}

export interface RotationNet extends BuiltNet {
  simplex: NetworkSimplex;
  /** What a way costs that is closed: more than anything that a unit could spare. */
  closed: number;
}

/** The network of one item, to be solved as it is or with some of its ways closed. */
export function netOf(problem: RotationProblem, item: number, most: MostUnits): RotationNet {
  const built = build(problem, item, most);
  return { ...built, simplex: new NetworkSimplex(networkOf(built)), closed: 2 * (built.supply.size + 1) };
}

export function solveNet({ simplex }: RotationNet): void {
  const ending = simplex.solve({ pivots: PIVOTS, shouldStop: () => false });
  if (ending !== 'optimal' || simplex.missing() !== 0) throw new RangeError(`rotation.${ending}`);
}

export const unitsIn = ({ simplex }: RotationNet, arcs: readonly number[]): number =>
  arcs.reduce((total, arc) => total + simplex.tree.flow[arc]!, 0);

function flowIn(net: RotationNet): Flow {
  const { ways, waste, breaking, arcs } = net;
  const units = (arc: number): number => net.simplex.tree.flow[arc]!;
  const sendings = ways.flatMap(({ arc, ...way }) => (units(arc) > 0 ? [{ ...way, units: units(arc) }] : []));
  const unitKm10 = ways.reduce((total, { arc }) => total + units(arc) * arcs.low[arc]!, 0);
  return { goals: [unitsIn(net, waste), unitsIn(net, breaking), unitKm10], sendings };
}

function build(problem: RotationProblem, item: number, most: MostUnits): BuiltNet {
  const arcs = new Arcs();
  const built: BuiltNet = { arcs, supply: new Map(), slack: new Map(), waste: [], breaking: [], ways: [] };
  const lots = problem.lots.map((lot, at) => ({ ...lot, at })).filter((lot) => lot.item === item);
  const expired = lots.length + 1; // more than every unit below a minimum on any path
  const open = new Map(lots.map(({ at }) => [at, waysOf(problem, at).filter((way) => most(way) > 0)]));
  const days = daysInto(problem, open);
  const chains = problem.stores.map((_, store) => chainsInto(built, slotsOf(problem, store, { item, days: days[store]! }))); // prettier-ignore
  const needs = problem.needs.map(({ units, item: asked }) => {
    if (asked !== item) return -1;
    const node = arcs.node();
    built.slack.set(node, arcs.add(node, SINK, { capacity: units }));
    return node;
  });
  for (const lot of lots) {
    const node = arcs.node();
    built.supply.set(node, lot.units);
    const waste = arcs.add(node, SINK, { capacity: lot.units, high: expired });
    built.waste.push(waste);
    built.slack.set(node, waste);
    const stay = chains[lot.store]!(lot.fromDay, lot.lastDay);
    if (stay >= 0) arcs.add(node, stay, { capacity: lot.units });
    const ways = open.get(lot.at)!;
    if (ways.length === 0) continue;
    const gate = arcs.node();
    arcs.add(node, gate, { capacity: lot.movable });
    if (lot.breaking > 0) built.breaking.push(arcs.add(node, gate, { capacity: lot.breaking, high: 1 }));
    for (const way of ways) {
      const into = way.kind === 'need' ? needs[way.to]! : chains[way.to]!(problem.arrivalDay, lot.lastDay);
      if (into < 0) continue;
      const km = way.kind === 'need' ? problem.needs[way.to]!.roadKm[lot.store]! : problem.roadKm[lot.store]![way.to]!;
      const room = way.kind === 'need' ? lot.units : roomFor(problem, way.to, item);
      const capacity = Math.min(lot.units, room, most(way));
      built.ways.push({ ...way, arc: arcs.add(gate, into, { capacity, low: km10Of(km) }) });
    }
  }
  return built;
}

/** For every store the days that matter there: when lots that lie there, or may come, begin and end. */
export function daysInto(problem: RotationProblem, open: ReadonlyMap<number, readonly { kind: string; to: number }[]>) {
  const days = problem.stores.map(() => new Set([0]));
  for (const [at, ways] of open) {
    const { store, fromDay, lastDay } = problem.lots[at]!;
    if (lastDay <= 0) continue;
    days[store]!.add(fromDay).add(lastDay);
    for (const { kind, to } of ways) if (kind === 'store') days[to]!.add(problem.arrivalDay).add(lastDay);
  }
  return days.map((own) => [...own].toSorted((a, b) => a - b));
} // prettier-ignore

/** The stretches of one store. Answers the node from which a lot that lies there from one day serves all that ends by another; -1 for none. */
function chainsInto({ arcs, slack }: BuiltNet, slots: readonly Slot[]): (fromDay: number, lastDay: number) => number {
  const ends = slots.map(({ units }) => {
    const node = arcs.node();
    slack.set(node, arcs.add(node, SINK, { capacity: units }));
    return node;
  });
  const chains = new Map<number, number[]>();
  const chainFrom = (fromDay: number): number[] => {
    const known = chains.get(fromDay);
    if (known) return known;
    const made: number[] = [];
    slots.forEach(({ from }, at) => {
      if (from < fromDay) return void made.push(-1);
      const node = arcs.node();
      arcs.add(node, ends[at]!, { capacity: ANY });
      if (at > 0 && made[at - 1]! >= 0) arcs.add(node, made[at - 1]!, { capacity: ANY });
      made.push(node);
    });
    chains.set(fromDay, made);
    return made;
  };
  return (fromDay, lastDay) => {
    const at = slots.findLastIndex(({ to }) => to <= lastDay);
    return at < 0 ? -1 : chainFrom(fromDay)[at]!;
  };
}

function networkOf({ arcs, supply, slack }: BuiltNet): Network {
  const given = Float64Array.from({ length: arcs.nodes }, (_, node) => supply.get(node) ?? 0);
  given[SINK] = -given.reduce((sum, units) => sum + units, 0);
  return {
    nodes: arcs.nodes, arcs: arcs.from.length, from: Int32Array.from(arcs.from), to: Int32Array.from(arcs.to),
    capacity: Float64Array.from(arcs.capacity), high: Float64Array.from(arcs.high), low: Float64Array.from(arcs.low), supply: given,
    penalty: 16 * (supply.size + 2) * (supply.size + 2), slack: Int32Array.from({ length: arcs.nodes }, (_, node) => slack.get(node) ?? -1),
  }; // prettier-ignore
}
