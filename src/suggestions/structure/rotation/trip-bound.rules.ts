import { type Column, type LinearModel, type Row, toLpText } from '../../planner/linear-model.rules.js';
import type { SolveLp } from '../placing.rules.js';
import { keyOfLane, laneOf, usefulUnits } from './lanes.rules.js';
import { daysInto, waysOf } from './rotation-net.rules.js';
import type { RotationProblem, Sending, TripPrices } from './rotation.types.js';
import { type Slot, slotsOf } from './use.rules.js';

/** Beyond so many columns no bound is looked for: it would take longer than the plan. */
const COLUMNS = 60_000;
/** The inner point without a corner: its prices are a little off, and what follows from them is reckoned from them as they are. */
const OPTIONS = { solver: 'ipm', run_crossover: 'off', random_seed: 0 };

type Way = Pick<Sending, 'lot' | 'kind' | 'to'>;

/**
 * How few trips could save as much: a linear program in which trips may be made in part, over the network of every item at once. A lot's
 * units on a trip need the share of the trip that they are of what the place could use of them. Its prices are the proof; null where the
 * program was too large or not solved.
 */
export function tripPrices(
  problem: RotationProblem,
  { saved, before, solve }: { saved: number; before: ReadonlyMap<number, number>; solve: SolveLp },
): TripPrices | null {
  if (saved <= 0) return null;
  const program = new TripProgram(problem);
  let used = saved;
  for (const item of new Set(problem.lots.map((lot) => lot.item))) if (program.add(item)) used += unitsOf(problem, item) - before.get(item)!; // prettier-ignore
  if (program.columns.length > COLUMNS) return null;
  return program.prices(used, solve);
}

const unitsOf = ({ lots }: RotationProblem, item: number): number =>
  lots.reduce((sum, lot) => sum + (lot.item === item ? lot.units : 0), 0);

class TripProgram {
  readonly columns: Column[] = [];
  private readonly rows: Row[] = [];
  private readonly trips = new Map<string, number>();
  private readonly usedTerms: Row['terms'] = [];
  private readonly lotRows = new Map<number, number>();
  private readonly gateRows = new Map<number, number>();
  private readonly slotRows: { store: number; item: number; slot: Slot; row: number }[] = [];
  private readonly needRows: number[];

  constructor(private readonly problem: RotationProblem) {
    this.needRows = problem.needs.map(({ units }) => this.row('<=', units));
  }

  /** The network of an item; false where none of its lots could be of use elsewhere. */
  add(item: number): boolean {
    const { problem } = this;
    const lots = problem.lots.map((_, at) => at).filter((at) => problem.lots[at]!.item === item);
    const ways = new Map(lots.map((at) => [at, waysOf(problem, at).filter((way) => usefulUnits(problem, way) > 0)]));
    if ([...ways.values()].every(({ length }) => length === 0)) return false;
    const days = daysInto(problem, ways);
    const into = problem.stores.map((_, store) => this.chains(store, item, slotsOf(problem, store, { item, days: days[store]! }))); // prettier-ignore
    for (const lot of lots) this.addLot(lot, ways.get(lot)!, into);
    return true;
  }

  private column(upper = Number.POSITIVE_INFINITY): number {
    return this.columns.push({ lower: 0, upper, integer: false }) - 1;
  }
  private row(sense: Row['sense'], rhs: number, terms: Row['terms'] = []): number {
    return this.rows.push({ terms, sense, rhs }) - 1;
  }
  private term(row: number, column: number, coefficient = 1): void {
    this.rows[row]!.terms.push([column, coefficient]);
  }

  private addLot(at: number, ways: readonly Way[], into: readonly ((fromDay: number, lastDay: number) => number)[]) {
    const { problem } = this;
    const { units, movable, breaking, store, fromDay, lastDay } = problem.lots[at]!;
    const lot = this.row('<=', units);
    const gate = this.row('<=', movable + breaking);
    this.lotRows.set(at, lot);
    this.gateRows.set(at, gate);
    const use = (row: number): number => {
      const column = this.column();
      this.usedTerms.push([column, 1]);
      this.term(lot, column);
      this.term(row, column);
      return column;
    };
    const stay = lastDay > 0 ? into[store]!(fromDay, lastDay) : -1;
    if (stay >= 0) use(stay);
    for (const way of ways) {
      const useful = usefulUnits(problem, way);
      const row = way.kind === 'need' ? this.needRows[way.to]! : into[way.to]!(problem.arrivalDay, lastDay);
      if (row < 0) continue;
      const column = use(row);
      this.term(gate, column);
      const key = keyOfLane(laneOf(problem, way));
      const trip = this.trips.get(key) ?? this.column(1);
      this.trips.set(key, trip);
      this.row('<=', 0, [[column, 1], [trip, -useful]]); // prettier-ignore
    }
  }

  /** As in `rotation-net`: the row from which what lies there from one day serves every stretch that ends by another; -1 for none. */
  private chains(store: number, item: number, slots: readonly Slot[]): (fromDay: number, lastDay: number) => number {
    const ends = slots.map((slot) => {
      const row = this.row('<=', slot.units);
      this.slotRows.push({ store, item, slot, row });
      return row;
    });
    const made = new Map<number, number[]>();
    const chainFrom = (fromDay: number): number[] => {
      const chain: number[] = [];
      slots.forEach(({ from }, at) => {
        if (from < fromDay) return void chain.push(-1);
        const row = this.row('=', 0);
        for (const below of [ends[at]!, ...(at > 0 && chain[at - 1]! >= 0 ? [chain[at - 1]!] : [])]) {
          const column = this.column();
          this.term(row, column, -1);
          this.term(below, column);
        }
        chain.push(row);
      });
      made.set(fromDay, chain);
      return chain;
    };
    return (fromDay, lastDay) => {
      const at = slots.findLastIndex(({ to }) => to <= lastDay);
      return at < 0 ? -1 : (made.get(fromDay) ?? chainFrom(fromDay))[at]!;
    };
  }

  prices(units: number, solve: SolveLp): TripPrices | null {
    const used = this.row('>=', units, this.usedTerms);
    const kept = this.rows.map((_, at) => at).filter((at) => this.rows[at]!.terms.length > 0);
    const model: LinearModel = { columns: this.columns, rows: kept.map((at) => this.rows[at]!) };
    const costs = new Map([...this.trips.values()].map((column) => [column, 1]));
    const { status, rowDuals } = solve({ lp: toLpText(model, costs), options: OPTIONS });
    if (status !== 'optimal' || rowDuals.length !== kept.length) return null;
    const duals = new Map(kept.map((at, n) => [at, rowDuals[n]!]));
    const price = (row: number | undefined): number => (row === undefined ? 0 : Math.max(0, -(duals.get(row) ?? 0)));
    return {
      used: Math.max(0, duals.get(used) ?? 0),
      lots: this.problem.lots.map((_, at) => price(this.lotRows.get(at))),
      leaving: this.problem.lots.map((_, at) => price(this.gateRows.get(at))),
      slots: this.slotRows.map(({ store, item, slot: { from, to }, row }) => ({ store, item, from, to, price: price(row) })),
      needs: this.needRows.map(price),
    };
  } // prettier-ignore
}
