import { type Column, type Costs, type LinearModel, type Row, type SolveAnswer, type SolveRequest, toLpText } from '../planner/linear-model.rules.js'; // prettier-ignore
import { THREE_DAYS_MIN } from './structure.types.js';
import type { Bound, ItemFigures, Move, StructureProblem } from './structure.types.js';

/** Solves a linear program; the same request gives the same answer. */
export type SolveLp = (request: SolveRequest) => SolveAnswer;

/** A store is offered goods from this many of the nearest stores that can spare some, and from the fullest. */
const NEAREST = 12;
const FULLEST = 3;
/** A unit is moved a kilometre only where that spares this many unit-minutes in the most frequent scenario: no move for nothing. */
const WORTH_MIN_PER_KM = 0.02;
const CLOSE = 1e-6;

interface Pair {
  from: number;
  to: number;
  column: number;
}

/** The two-stage model of one item: where it lies first, what every scenario takes from there second. */
interface Placing {
  columns: Column[];
  rows: Row[];
  pairs: Pair[];
  /** Largest share missing in time, over the scenarios. */
  worst: number;
  minutes: Map<number, number>;
  /** What divides a sum of minutes into minutes of a unit asked for. */
  perUnit: number;
}

type Where = 'anywhere' | 'by-moves';

/** What a placing could reach, and the moves that lead nearest to it. */
export interface Proposal {
  bound: Bound;
  moves: Move[];
}

/**
 * The best placing of one item over all scenarios, exactly: first the largest share that is missing in time, then the expected minutes
 * (72 hours for a unit that does not come). `bound` places the same goods anywhere with room, whatever that costs; `moves` keep within
 * the tonne-kilometres and are rounded down to whole packages. Null when the solver has no answer.
 */
export function proposePlacing(
  problem: StructureProblem,
  { item, today, solve }: { item: number; today: ItemFigures; solve: SolveLp },
): Proposal | null {
  const bound = boundOf(problem, item, { today, solve });
  if (!bound) return null;
  const placing = model(problem, item, 'by-moves');
  if (placing.pairs.length === 0) return { bound, moves: [] };
  let allowed = today.worstMissing;
  if (bound.worstMissing < allowed - CLOSE) {
    const best = ask(placing, new Map([[placing.worst, 1]]), { worst: allowed, solve });
    if (!best) return null;
    allowed = best.objective;
  }
  const costs = new Map(placing.minutes);
  for (const { from, to, column } of placing.pairs)
    costs.set(column, WORTH_MIN_PER_KM * Math.max(1, problem.roadKm[from]![to]!));
  const answer = ask(placing, costs, { worst: allowed, solve });
  return answer && { bound, moves: movesOf(problem, item, { placing, answer }) };
}

function boundOf(problem: StructureProblem, item: number, { today, solve }: { today: ItemFigures; solve: SolveLp }) {
  const free = model(problem, item, 'anywhere');
  const worst = ask(free, new Map([[free.worst, 1]]), { worst: 1, solve });
  const least = ask(free, free.minutes, { worst: today.worstMissing, solve });
  if (!worst || !least) return null;
  return { worstMissing: Math.max(0, worst.objective), expectedMin: least.objective / free.perUnit };
}

function ask(
  { columns, rows, worst }: Placing,
  costs: Costs,
  how: { worst: number; solve: SolveLp },
): SolveAnswer | null {
  const upper = Math.min(1, how.worst + CLOSE);
  const bounded = columns.map((column, at) => (at === worst ? { ...column, upper } : column));
  const lp: LinearModel = { columns: bounded, rows };
  const answer = how.solve({ lp: toLpText(lp, costs), options: { random_seed: 0 } });
  return answer.status === 'optimal' ? answer : null;
}

/** Units of the item that a store may give: what is free above what stays. */
const spareOf = ({ stores }: StructureProblem, item: number, store: number): number => {
  const { movable, free, kept } = stores[store]!;
  return movable ? Math.max(0, free[item]! - kept[item]!) : 0;
};
/** Units of the item that a store has room for. */
export const roomOf = ({ stores, items }: StructureProblem, item: number, store: number): number => {
  const { movable, takes, roomCm3 } = stores[store]!;
  return movable && takes[item] ? Math.floor(roomCm3 / Math.max(1, items[item]!.volumeCm3)) : 0;
};

function model(problem: StructureProblem, item: number, where: Where): Placing {
  const { stores, scenarios } = problem;
  const asking = scenarios
    .map((scenario) => ({ ...scenario, need: needOf(scenario, item) }))
    .filter(({ need }) => need > 0);
  const most = Math.max(...asking.map(({ perYear }) => perYear));
  const placing: Placing = { columns: [], rows: [], pairs: [], worst: 0, minutes: new Map(), perUnit: 0 };
  add(placing, 0, 1);
  placing.perUnit = asking.reduce((sum, { perYear, need }) => sum + (perYear / most) * need, 0);
  const lies = stores.map(({ free }, store) => {
    const [spare, room] = [spareOf(problem, item, store), roomOf(problem, item, store)];
    return add(placing, free[item]! - spare, free[item]! + room);
  });
  if (where === 'anywhere') {
    const all = stores.reduce((sum, { free }) => sum + free[item]!, 0);
    placing.rows.push({ terms: lies.map((column) => [column, 1]), sense: '=', rhs: all });
  } else addMoves(placing, problem, { item, lies });
  for (const { demands, perYear, need } of asking)
    addScenario(placing, problem, { item, lies, demands, need, weight: perYear / most });
  return placing;
}

const needOf = ({ demands }: StructureProblem['scenarios'][number], item: number): number =>
  demands.reduce((sum, { units }) => sum + units[item]!, 0);

function add(placing: Placing, lower: number, upper: number): number {
  return placing.columns.push({ lower, upper, integer: false }) - 1;
}

type Placed = { item: number; lies: number[] };

function addMoves(placing: Placing, problem: StructureProblem, { item, lies }: Placed): void {
  const { stores, items, roadKm, budget } = problem;
  const terms: Row['terms'][] = lies.map((column) => [[column, 1]]);
  const out = stores.map((): Row['terms'] => []);
  const loads: Row['terms'] = [];
  for (const [from, to] of pairsOf(problem, item)) {
    const column = add(placing, 0, spareOf(problem, item, from));
    placing.pairs.push({ from, to, column });
    terms[from]!.push([column, 1]);
    terms[to]!.push([column, -1]);
    out[from]!.push([column, 1]);
    const tonneKm = (items[item]!.weightG / 1e6) * roadKm[from]![to]!;
    if (tonneKm > 0) loads.push([column, tonneKm]);
  }
  stores.forEach(({ free }, store) => placing.rows.push({ terms: terms[store]!, sense: '=', rhs: free[item]! }));
  out.forEach((row, store) => {
    if (row.length > 0) placing.rows.push({ terms: row, sense: '<=', rhs: spareOf(problem, item, store) });
  });
  if (loads.length > 0) placing.rows.push({ terms: loads, sense: '<=', rhs: budget.tonneKm });
}

/** Who may give to whom: to every store with room, the nearest that can spare some and the fullest. */
function pairsOf(problem: StructureProblem, item: number): [from: number, to: number][] {
  const { stores, roadKm } = problem;
  const spare = stores.map((_, store) => spareOf(problem, item, store));
  const givers = stores.map((_, store) => store).filter((store) => spare[store]! > 0);
  const fullest = givers.toSorted((a, b) => spare[b]! - spare[a]! || a - b).slice(0, FULLEST);
  return stores.flatMap((_, to): [number, number][] => {
    if (roomOf(problem, item, to) === 0) return [];
    const near = givers.toSorted((a, b) => roadKm[a]![to]! - roadKm[b]![to]! || a - b).slice(0, NEAREST + 1);
    return [...new Set([...near, ...fullest])]
      .filter((from) => from !== to)
      .toSorted((a, b) => a - b)
      .map((from) => [from, to]);
  });
}

type Asked = Placed & { demands: StructureProblem['scenarios'][number]['demands']; need: number; weight: number };

/** What a scenario takes: from every store no more than lies there, to every county no more than it asks for. */
function addScenario(placing: Placing, problem: StructureProblem, { item, lies, demands, need, weight }: Asked): void {
  const taken: Row['terms'][] = lies.map((column) => [[column, -1]]);
  const inTime: Row['terms'] = [[placing.worst, need]];
  for (const { units, arrivalMin } of demands) {
    const wanted = units[item]!;
    if (wanted === 0) continue;
    const missing = add(placing, 0, wanted);
    const terms: Row['terms'] = [[missing, 1]];
    placing.minutes.set(missing, weight * THREE_DAYS_MIN);
    arrivalMin.forEach((minutes, store) => {
      if (minutes < 0 || minutes > THREE_DAYS_MIN || placing.columns[lies[store]!]!.upper === 0) return;
      const column = add(placing, 0, wanted);
      placing.minutes.set(column, weight * minutes);
      terms.push([column, 1]);
      taken[store]!.push([column, 1]);
      if (minutes <= problem.withinMin) inTime.push([column, 1]);
    });
    placing.rows.push({ terms, sense: '=', rhs: wanted });
  }
  for (const row of taken) if (row.length > 1) placing.rows.push({ terms: row, sense: '<=', rhs: 0 });
  placing.rows.push({ terms: inTime, sense: '>=', rhs: need });
}

/** Whole packages of what the model moves; rounded down, so that no store gives or takes more than it may. */
function movesOf(
  { items }: StructureProblem,
  item: number,
  { placing, answer }: { placing: Placing; answer: SolveAnswer },
): Move[] {
  const { packUnits } = items[item]!;
  return placing.pairs
    .map(({ from, to, column }) => {
      const units = Math.floor((answer.columns[column]! + 1e-6) / packUnits) * packUnits;
      return { from, to, item, units };
    })
    .filter(({ units }) => units > 0);
}
