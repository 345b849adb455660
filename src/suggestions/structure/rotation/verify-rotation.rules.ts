import type { ExpectedUse, ItemRotation, RotationLot, RotationPlan, RotationProblem } from './rotation.types.js';

/** What is wrong with a plan; empty for one that may be shown. */
export type RotationFault =
  | 'sends-what-is-not-there' | 'breaks-minimum' | 'too-far' | 'too-late' | 'no-room' | 'not-taken' | 'beyond-need' | 'goals-wrong'
  | 'bound-wrong' | 'better-exists'; // prettier-ignore

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
  checkSendings(problem, plan, faults);
  if (faults.size > 0) return [...faults];
  for (const told of plan.items) checkItem(problem, plan, { told, faults });
  return [...faults];
}

function checkSendings(problem: RotationProblem, { sendings }: RotationPlan, faults: Set<RotationFault>): void {
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

/** Units issued until the end of a day, reckoned anew. */
function issued(use: ExpectedUse | null, day: number): number {
  if (!use || day <= 0) return 0;
  let byScenarios = 0;
  for (const { perYear, units } of use.scenarios) byScenarios += (perYear * units * day) / 365;
  return Math.max(Math.floor(byScenarios + 1e-9), Math.floor((use.issuedUnits * day) / use.recordDays));
}

interface Piece {
  lot: number;
  units: number;
  fromDay: number;
  lastDay: number;
}
/** Days in a row between which nothing of the item begins or ends: after `since`, to the end of `day`. */
type Day = { store: number; since: number; day: number; units: number };

/** What each day of a store takes of each lot; kept only where something is taken. */
interface Taken {
  lot: number;
  day: Day;
  units: number;
}

interface Asked {
  told: ItemRotation;
  faults: Set<RotationFault>;
}

function checkItem(problem: RotationProblem, plan: RotationPlan, { told, faults }: Asked): void {
  const { item } = told;
  const own = plan.sendings.filter(({ lot }) => problem.lots[lot]!.item === item);
  const days = daysOfUse(problem, item);
  const before = run(piecesOf(problem, item, []), days);
  const after = run(piecesOf(problem, item, own), days);
  const sent = new Map<number, number>();
  let km10 = 0;
  for (const { lot, kind, to, units } of own) {
    sent.set(lot, (sent.get(lot) ?? 0) + units);
    km10 += units * roadOf(problem, lot, { kind, to });
  }
  const broken = [...sent].reduce((sum, [lot, units]) => sum + Math.max(0, units - problem.lots[lot]!.movable), 0);
  const goals = [after.expired, broken, km10];
  if (before.expired !== told.before || goals.some((value, at) => value !== told.goals[at])) faults.add('goals-wrong');
  if (told.bound > told.goals[0] || told.sendingsBound > own.length) faults.add('bound-wrong');
  if (!told.proven) return;
  if (told.bound !== told.goals[0]) faults.add('bound-wrong');
  const lots = problem.lots.filter((lot) => lot.item === item).length;
  if (lots * days.flat().length > EXCHANGES) return;
  if (hasBetter(problem, plan, { item, days, taken: after.taken })) faults.add('better-exists');
}

const roadOf = (
  { lots, needs, roadKm }: RotationProblem,
  lot: number,
  { kind, to }: { kind: string; to: number },
): number =>
  Math.max(
    1,
    Math.round(10 * (kind === 'need' ? needs[to]!.roadKm[lots[lot]!.store]! : roadKm[lots[lot]!.store]![to]!)),
  );

/** What every store issues of the item, day by day, put together where nothing begins or ends, to the last day of any lot. */
function daysOfUse({ stores, lots, arrivalDay }: RotationProblem, item: number): Day[][] {
  const own = lots.filter((lot) => lot.item === item);
  const last = Math.max(0, ...own.map(({ lastDay }) => lastDay));
  const cuts = new Set([arrivalDay, ...own.flatMap(({ lastDay, fromDay }) => [lastDay, fromDay])]);
  return stores.map(({ uses }, store) => {
    const days: Day[] = [];
    let [since, units] = [0, 0];
    for (let day = 1; day <= last; day++) {
      units += issued(uses[item]!, day) - issued(uses[item]!, day - 1);
      if (!cuts.has(day)) continue;
      if (units > 0) days.push({ store, since, day, units });
      [since, units] = [day, 0];
    }
    return days;
  });
}

function piecesOf({ stores, lots, arrivalDay }: RotationProblem, item: number, own: RotationPlan['sendings']): Piece[][] {
  return stores.map((_, store) => [
    ...lots.flatMap((lot, at): Piece[] => {
      const gone = own.reduce((sum, one) => sum + (one.lot === at ? one.units : 0), 0);
      return lot.item === item && lot.store === store ? [{ ...lot, lot: at, units: lot.units - gone }] : [];
    }),
    ...own.flatMap(({ lot, kind, to, units }): Piece[] =>
      kind === 'store' && to === store ? [{ lot, units, fromDay: arrivalDay, lastDay: lots[lot]!.lastDay }] : [],
    ),
  ]);
} // prettier-ignore

/** Every store issues day by day, what expires first first. */
function run(pieces: Piece[][], days: Day[][]): { expired: number; taken: Taken[] } {
  const taken: Taken[] = [];
  let expired = 0;
  pieces.forEach((own, store) => {
    const left = own.map((piece) => ({ ...piece })).sort((a, b) => a.lastDay - b.lastDay || a.lot - b.lot);
    for (const day of days[store]!) {
      let wanted = day.units;
      for (const piece of left) {
        if (wanted === 0) break;
        if (piece.units === 0 || piece.fromDay > day.since || piece.lastDay < day.day) continue;
        const units = Math.min(wanted, piece.units);
        piece.units -= units;
        wanted -= units;
        taken.push({ lot: piece.lot, day, units });
      }
    }
    for (const { units } of left) expired += units;
  });
  return { expired, taken };
}

interface Edge {
  from: number;
  to: number;
  cost: number;
}
type Held = { item: number; days: Day[][]; taken: Taken[] };

/** Any circle of exchanges that lowers the goals: Bellman and Ford on what could still be taken or given back. */
function hasBetter(problem: RotationProblem, plan: RotationPlan, held: Held): boolean {
  const { edges, nodes } = residualOf(problem, plan, held);
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
function residualOf(problem: RotationProblem, plan: RotationPlan, { item, days, taken }: Held) {
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
  const sent = (kind: string, to: number) => plan.sendings.filter((one) => one.kind === kind && one.to === to);
  const needNodes = problem.needs.map((need, at) => {
    if (need.item !== item) return -1;
    const flow = sent('need', at).reduce((sum, { units }) => sum + units, 0);
    arc(nodes, 0, { cost: 0, flow, capacity: need.units });
    return nodes++;
  });
  const made = { problem, plan, dayNodes, needNodes, arc, node: () => nodes++ };
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
  plan: RotationPlan;
  dayNodes: (Day & { node: number; flow: (lot: number) => number })[][];
  needNodes: number[];
  arc: Arc;
  node: () => number;
}

function lotArcs({ problem, plan, dayNodes, needNodes, arc, node }: LotArcs, lot: RotationLot, at: number): void {
  const { store, item, lastDay, movable, breaking } = lot;
  const [lotAt, gateAt] = [node(), node()];
  const own = plan.sendings.filter((one) => one.lot === at);
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
