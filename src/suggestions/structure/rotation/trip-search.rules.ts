import { type Random, seeded } from '../../planner/flow/random.rules.js';
import type { RotationProblem } from './rotation.types.js';
import { type LaneState, TripState } from './trip-state.rules.js';

const SLOPE_ROUNDS = 12;
/** A trip costs so much, spread over what it carries; a way of 100 km counts as a thousandth of it. */
const TRIP_COST = 1_000_000;
/** Rounds of ruin and recreate: counted, not timed, so that the same facts give the same bytes. Few where networks are large. */
const ROUNDS = { most: 300, arcs: 500_000 };
const OPEN_AGAIN = 0.5;

/**
 * Few trips that save enough, over all items at once. Slope scaling (Kim and Pardalos 1999) gathers goods on trips that carry much already;
 * then trips are left out, those first whose goods are lost least, as long as no more than so many units expire; ruin and recreate round one
 * trip does the rest. The best found, not proven: `trip-bound` says how few there could be. Deterministic.
 */
export class TripSearch {
  private readonly state: TripState;
  private readonly random: Random = seeded(20_261);
  /** What expires with every trip open. */
  readonly least: number;
  private readonly barred = new Set<string>();

  constructor(problem: RotationProblem, items: readonly number[]) {
    this.state = new TripState(problem, items);
    this.least = this.state.expiring;
  }

  /** Trips that are not to be made at all. */
  bar(keys: Iterable<string>): void {
    for (const key of keys) this.barred.add(key);
  }

  /** Keys of the trips to make so that no more than so many units expire, or as few as can be where the others are barred. */
  find(mostExpiring: number): Set<string> {
    const { state } = this;
    for (const lane of state.lanes) state.set(lane, !this.barred.has(lane.key));
    this.solveAll();
    const most = Math.max(mostExpiring, state.expiring);
    this.gather();
    this.leaveOut(state.used(), most);
    const rounds = Math.min(ROUNDS.most, Math.floor(ROUNDS.arcs / Math.max(1, state.arcs)));
    for (let round = 0; round < rounds && state.used().length > 1; round++) this.ruin(most);
    this.leaveOut(state.used(), most);
    return new Set(state.used().map(({ key }) => key));
  }

  private solveAll(): void {
    this.state.solve(this.state.lanes.length === 0 ? [] : new Set(this.state.lanes.flatMap(({ nets }) => nets)));
  }

  /** Slope scaling: what carries much becomes cheap. Ends with the fewest trips that were seen open, and only those. */
  private gather(): void {
    const { state } = this;
    const open = state.lanes.filter(({ isOpen }) => isOpen);
    let fewest = state.used();
    for (let round = 0; round < SLOPE_ROUNDS; round++) {
      for (const lane of open) {
        const load = state.load(lane);
        if (load > 0 || round === 0) state.charge(lane, Math.round(TRIP_COST / Math.max(1, load || lane.useful)));
      }
      this.solveAll();
      const used = state.used();
      if (used.length < fewest.length) fewest = used;
    }
    const kept = new Set(fewest);
    for (const lane of open) {
      state.charge(lane, 0);
      if (!kept.has(lane)) state.set(lane, false);
    }
    this.solveAll();
  }

  /** Leaves out trips of a list, the least loss first. A loss is looked at again only when its turn comes: it hardly ever becomes less. */
  private leaveOut(lanes: readonly LaneState[], most: number): void {
    const { state } = this;
    const losses = new Map<LaneState, number>(lanes.map((lane) => [lane, 0]));
    while (losses.size > 0) {
      const [lane, known] = leastOf(losses);
      if (state.load(lane) === 0) {
        state.set(lane, false);
        losses.delete(lane);
        continue;
      }
      const before = state.expiring;
      const undo = state.mark(lane.nets, [lane]);
      state.set(lane, false);
      state.solve(lane.nets);
      const loss = state.expiring - before;
      if (loss <= known && state.expiring <= most) losses.delete(lane);
      else {
        undo();
        if (before + loss > most) losses.delete(lane);
        else losses.set(lane, loss);
      }
    }
  }

  /** Opens trips round one of those that are made, lets goods gather by charges with noise, and leaves out again. */
  private ruin(most: number): void {
    const { state, random } = this;
    const used = state.used();
    const [count, expiring, gramKm10] = [used.length, state.expiring, state.gramKm10()];
    const one = used[random.whole(0, used.length - 1)]!;
    const round = state.lanes.filter(
      (lane) => !this.barred.has(lane.key) && (lane.from === one.from || (lane.kind === one.kind && lane.to === one.to)),
    );
    const nets = [...new Set(round.flatMap((lane) => lane.nets))];
    const undo = state.mark(nets, state.lanes);
    for (const lane of round) if (!lane.isOpen && random.unit() < OPEN_AGAIN) state.set(lane, true);
    const opened = round.filter(({ isOpen }) => isOpen);
    for (const lane of opened) {
      const load = Math.max(state.load(lane), lane.useful * random.unit(), 1) * (0.6 + 0.8 * random.unit());
      state.charge(lane, Math.round(TRIP_COST / load));
    }
    state.solve(nets);
    for (const lane of opened) {
      state.charge(lane, 0);
      if (state.load(lane) === 0) state.set(lane, false);
    }
    state.solve(nets);
    this.leaveOut(opened, most);
    const isBetter = (): boolean => {
      const now = state.used().length;
      if (now !== count) return now < count;
      return state.expiring !== expiring ? state.expiring < expiring : state.gramKm10() <= gramKm10;
    };
    if (state.expiring > most || !isBetter()) undo();
  }
} // prettier-ignore

function leastOf(losses: ReadonlyMap<LaneState, number>): [LaneState, number] {
  let least: [LaneState, number] | null = null;
  for (const entry of losses) if (!least || entry[1] < least[1]) least = entry;
  return least!;
}
