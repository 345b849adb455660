import type { Goals, ItemRotation, RotationLot, RotationPlan, RotationProblem, Sending } from './rotation.types.js';
import { type Day, reckon, roadOf, type Taken } from './verify-days.rules.js';
import { tripFaults } from './verify-trips.rules.js';

/** What is wrong with a plan; empty for one that may be shown. */
export type RotationFault =
  | 'sends-what-is-not-there' | 'breaks-minimum' | 'too-far' | 'too-late' | 'no-room' | 'not-taken' | 'beyond-need' | 'goals-wrong'
  | 'bound-wrong' | 'better-exists' | 'splits-a-package' | 'not-worth-a-trip' | 'trips-bound-wrong'; // prettier-ignore

/** Beyond so many exchanges they are not looked for: the sums are still checked. */
const EXCHANGES = 3_000_000;
/** How much each goal weighs on a way through the network; a way has at most as many steps as there are lots. */
const EXPIRED = 2 ** 42;
const BROKEN = 2 ** 30;

/**
 * Judges a plan by itself: adds up what every lot gives and every store takes, has every store issue day by day, first expired first, and
 * looks for any exchange of units that would be better in the first three goals. Shares only types with what it judges.
 */
export function verifyRotation(problem: RotationProblem, plan: RotationPlan): RotationFault[] {
  const faults = new Set<RotationFault>();
  for (const { sendings } of [plan, plan.best]) checkSendings(problem, sendings, faults);
  if (faults.size > 0) return [...faults];
  for (const told of plan.best.items) checkBest(problem, plan.best, { told, faults });
  for (const { item, goals } of plan.items)
    if (differ(goals, reckon(problem, item, plan.sendings).goals)) faults.add('goals-wrong');
  for (const fault of tripFaults(problem, plan)) faults.add(fault);
  return [...faults];
}

function checkSendings(problem: RotationProblem, sendings: readonly Sending[], faults: Set<RotationFault>): void {
  const [out, into, needs] = [new Map<number, number>(), new Map<number, number>(), new Map<number, number>()];
  for (const { lot: at, kind, to, units } of sendings) {
    const lot = problem.lots[at]!;
    const km = kind === 'store' ? problem.roadKm[lot.store]![to]! : problem.needs[to]!.roadKm[lot.store]!;
    if (!(Number.isInteger(units) && units > 0)) faults.add('sends-what-is-not-there');
    if (km > problem.withinKm) faults.add('too-far');
    if (lot.lastDay < (kind === 'store' ? problem.arrivalDay + 1 : problem.needDay)) faults.add('too-late');
    if (kind === 'store' && (to === lot.store || !problem.stores[to]!.takes[lot.item])) faults.add('not-taken');
    if (kind === 'need' && problem.needs[to]!.item !== lot.item) faults.add('beyond-need');
    out.set(at, (out.get(at) ?? 0) + units);
    if (kind === 'need') needs.set(to, (needs.get(to) ?? 0) + units);
    else into.set(to, (into.get(to) ?? 0) + units * Math.max(1, problem.items[lot.item]!.volumeCm3));
  }
  for (const [at, units] of out) {
    const { movable, breaking, units: there } = problem.lots[at]!;
    if (units > there) faults.add('sends-what-is-not-there');
    if (units > movable + breaking) faults.add('breaks-minimum');
  }
  for (const [to, cm3] of into) if (cm3 > problem.stores[to]!.roomCm3) faults.add('no-room');
  for (const [to, units] of needs) if (units > problem.needs[to]!.units) faults.add('beyond-need');
}

interface Asked {
  told: ItemRotation;
  faults: Set<RotationFault>;
}

/** The best use of an item's lots: its sums, and that nothing is better. */
function checkBest(problem: RotationProblem, { sendings }: RotationPlan['best'], { told, faults }: Asked): void {
  const { item } = told;
  const { goals, days, taken } = reckon(problem, item, sendings);
  if (reckon(problem, item, []).goals[0] !== told.before || differ(goals, told.goals)) faults.add('goals-wrong');
  if (told.bound > told.goals[0]) faults.add('bound-wrong');
  if (!told.proven) return;
  if (told.bound !== told.goals[0]) faults.add('bound-wrong');
  const lots = problem.lots.filter((lot) => lot.item === item).length;
  if (lots * days.flat().length > EXCHANGES) return;
  if (hasBetter(problem, sendings, { item, days, taken })) faults.add('better-exists');
}

const differ = (a: Goals, b: Goals): boolean => a.some((value, at) => value !== b[at]);

interface Edge {
  from: number;
  to: number;
  cost: number;
}
type Held = { item: number; days: Day[][]; taken: Taken[] };

/** Any circle of exchanges that lowers the goals: Bellman and Ford on what could still be taken or given back. */
function hasBetter(problem: RotationProblem, sendings: readonly Sending[], held: Held): boolean {
  const { edges, nodes } = residualOf(problem, sendings, held);
  const distance = new Float64Array(nodes);
  for (let round = 0; round <= nodes; round++) {
    let moved = false;
    for (let at = 0; at < edges.length; at++) {
      const { from, to, cost } = edges[round % 2 === 0 ? at : edges.length - 1 - at]!;
      if (distance[from]! + cost >= distance[to]!) continue;
      distance[to] = distance[from]! + cost;
      moved = true;
    }
    if (!moved) return false;
  }
  return true;
}

type Arc = (from: number, to: number, how: { cost: number; flow: number; capacity: number }) => void;
const ANY = Number.MAX_SAFE_INTEGER;

/** What could still be taken (forward) or given back (backward): lots through their gates to the days of stores and to needs, then the sink. */
function residualOf(problem: RotationProblem, sendings: readonly Sending[], { item, days, taken }: Held) {
  const edges: Edge[] = [];
  let nodes = 1;
  const arc: Arc = (from, to, { cost, flow, capacity }) => {
    if (flow < capacity) edges.push({ from, to, cost });
    if (flow > 0) edges.push({ from: to, to: from, cost: -cost });
  };
  const flows = flowsOf(taken);
  const dayNodes = days.map((own) =>
    own.map((day) => {
      const flow = [...(flows.get(day)?.values() ?? [])].reduce((sum, units) => sum + units, 0);
      arc(nodes, 0, { cost: 0, flow, capacity: day.units });
      return { ...day, node: nodes++, flow: (lot: number): number => flows.get(day)?.get(lot) ?? 0 };
    }),
  );
  const sent = (kind: string, to: number) => sendings.filter((one) => one.kind === kind && one.to === to);
  const needNodes = problem.needs.map((need, at) => {
    if (need.item !== item) return -1;
    const flow = sent('need', at).reduce((sum, { units }) => sum + units, 0);
    arc(nodes, 0, { cost: 0, flow, capacity: need.units });
    return nodes++;
  });
  const made = { problem, sendings, dayNodes, needNodes, arc, node: () => nodes++ };
  problem.lots.forEach((lot, at) => lot.item === item && lotArcs(made, lot, at));
  return { edges, nodes };
}

/** Units that each stretch of days takes of each lot. */
function flowsOf(taken: readonly Taken[]): Map<Day, Map<number, number>> {
  const flows = new Map<Day, Map<number, number>>();
  for (const { lot, day, units } of taken) {
    const own = flows.get(day) ?? new Map<number, number>();
    flows.set(day, own.set(lot, (own.get(lot) ?? 0) + units));
  }
  return flows;
}

interface LotArcs {
  problem: RotationProblem;
  sendings: readonly Sending[];
  dayNodes: (Day & { node: number; flow: (lot: number) => number })[][];
  needNodes: number[];
  arc: Arc;
  node: () => number;
}

function lotArcs({ problem, sendings, dayNodes, needNodes, arc, node }: LotArcs, lot: RotationLot, at: number): void {
  const { store, item, lastDay, movable, breaking } = lot;
  const [lotAt, gateAt] = [node(), node()];
  const own = sendings.filter((one) => one.lot === at);
  const unitsOf = (kind: string, to?: number): number =>
    own.reduce((sum, one) => sum + (one.kind === kind && (to === undefined || one.to === to) ? one.units : 0), 0);
  let used = unitsOf('need');
  const serve = (from: number, to: number, starts: number): void => {
    for (const day of dayNodes[to]!) {
      if (day.since < starts || day.day > lastDay) continue;
      used += day.flow(at);
      arc(from, day.node, { cost: 0, flow: day.flow(at), capacity: ANY });
    }
  };
  serve(lotAt, store, lot.fromDay);
  problem.stores.forEach(({ takes, roomCm3 }, to) => {
    const capacity = Math.floor(roomCm3 / Math.max(1, problem.items[item]!.volumeCm3));
    if (to === store || !takes[item] || capacity === 0 || problem.roadKm[store]![to]! > problem.withinKm) return;
    if (!dayNodes[to]!.some(({ since, day }) => since >= problem.arrivalDay && day <= lastDay)) return;
    const way = node();
    arc(gateAt, way, { cost: roadOf(problem, at, { kind: 'store', to }), flow: unitsOf('store', to), capacity });
    serve(way, to, problem.arrivalDay);
  });
  needNodes.forEach((into, to) => {
    if (into < 0 || problem.needs[to]!.roadKm[store]! > problem.withinKm || lastDay < problem.needDay) return;
    arc(gateAt, into, { cost: roadOf(problem, at, { kind: 'need', to }), flow: unitsOf('need', to), capacity: ANY });
  });
  const gone = unitsOf('need') + unitsOf('store');
  arc(lotAt, gateAt, { cost: 0, flow: Math.min(gone, movable), capacity: movable });
  arc(lotAt, gateAt, { cost: BROKEN, flow: Math.max(0, gone - movable), capacity: breaking });
  arc(lotAt, 0, { cost: EXPIRED, flow: lot.units - used, capacity: ANY });
}
