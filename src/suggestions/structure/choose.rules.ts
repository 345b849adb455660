import { figuresOf, outcomes, stockAfter } from './outcome.rules.js';
import type { ItemFigures, Move, StructureProblem } from './structure.types.js';

/** A move has to lower the share that is missing in time by this much, or the expected minutes by this share, to be told at all. */
const LEAST_MISSING = 0.02;
const LEAST_MINUTES = 0.01;

/** Of two figures of one item the better: first what is missing in time, then the minutes. Above zero: `now` is better by that. */
export function improvement(before: ItemFigures, now: ItemFigures): { missing: number; minutes: number } {
  return { missing: before.worstMissing - now.worstMissing, minutes: before.expectedMin - now.expectedMin };
}

/** Whether the second figures are better than the first by enough to move goods for it; never where the worst case gets worse. */
export function isWorthIt(before: ItemFigures, now: ItemFigures): boolean {
  const { missing, minutes } = improvement(before, now);
  if (missing >= LEAST_MISSING) return true;
  return missing >= -1e-9 && minutes >= LEAST_MINUTES * before.expectedMin && minutes > 0;
}

/** Tonne-kilometres of a move, on the road. */
export const tonneKmOf = ({ items, roadKm }: StructureProblem, { from, to, item, units }: Move): number =>
  ((items[item]!.weightG * units) / 1e6) * roadKm[from]![to]!;

/** People who ask for an item in a year: what a minute of it weighs. */
export const peopleAYear = ({ scenarios }: StructureProblem, item: number): number =>
  scenarios.reduce(
    (sum, { perYear, demands }) =>
      sum + perYear * demands.reduce((people, one) => people + (one.units[item]! > 0 ? one.people : 0), 0),
    0,
  );

/** The figures of one item with some of its moves carried out, by evaluating every scenario. */
export function figuresWith(problem: StructureProblem, item: number, moves: readonly Move[]): ItemFigures {
  const stock = stockAfter(problem, moves.filter((move) => move.item === item)); // prettier-ignore
  return figuresOf(problem.scenarios, outcomes(problem, stock, [item]).map(([outcome]) => outcome!)); // prettier-ignore
}

interface Choosing {
  offered: Move[];
  today: ItemFigures[];
  shouldStop: () => boolean;
}
interface Candidate {
  move: Move;
  /** What it takes off the share that is missing in the worst case, and the person-minutes that it spares, for what it uses of the budget. */
  missing: number;
  worth: number;
  isWorth: boolean;
}

/**
 * The moves that are worth most, one after the other: first those that lower what is missing in the worst case, then those that spare most
 * person-minutes for what they use of the budget. Every gain is found by evaluating, with the moves chosen before it carried out. Afterwards
 * moves that have become useless are taken back.
 */
export function chooseMoves(problem: StructureProblem, { offered, today, shouldStop }: Choosing): Move[] {
  const { budget, stores, items } = problem;
  const chosen: Move[] = [];
  const figures = [...today];
  const room = stores.map(({ roomCm3 }) => roomCm3);
  let tonneKm = 0;
  const look = (move: Move): Candidate => {
    const now = figuresWith(problem, move.item, [...chosen, move]);
    const gain = improvement(figures[move.item]!, now);
    const used = Math.max(tonneKmOf(problem, move) / Math.max(budget.tonneKm, 1e-9), 1 / budget.moves);
    const worth = (gain.minutes * peopleAYear(problem, move.item)) / used;
    return {
      move,
      missing: gain.missing >= LEAST_MISSING ? gain.missing / used : 0,
      worth,
      isWorth: isWorthIt(figures[move.item]!, now),
    };
  };
  let candidates = offered.map(look);
  while (chosen.length < budget.moves && !shouldStop()) {
    const fits = candidates.filter(
      ({ move, isWorth }) =>
        isWorth &&
        tonneKm + tonneKmOf(problem, move) <= budget.tonneKm &&
        items[move.item]!.volumeCm3 * move.units <= room[move.to]!,
    );
    const best = fits.toSorted(better)[0];
    if (!best) break;
    const { move } = best;
    chosen.push(move);
    tonneKm += tonneKmOf(problem, move);
    room[move.to]! -= items[move.item]!.volumeCm3 * move.units;
    figures[move.item] = figuresWith(problem, move.item, chosen);
    candidates = candidates
      .filter((one) => one !== best)
      .map((one) => (one.move.item === move.item ? look(one.move) : one));
  }
  return withoutUseless(problem, chosen).toSorted(inOrder);
}

const better = (a: Candidate, b: Candidate): number =>
  b.missing - a.missing || b.worth - a.worth || inOrder(a.move, b.move);

const inOrder = (a: Move, b: Move): number => a.item - b.item || a.from - b.from || a.to - b.to;

/** A move that another made unnecessary is not told. The oldest is looked at first: it was chosen knowing least. */
function withoutUseless(problem: StructureProblem, chosen: readonly Move[]): Move[] {
  let kept = [...chosen];
  for (const move of chosen) {
    const others = kept.filter((one) => one !== move);
    const without = figuresWith(problem, move.item, others);
    if (!isWorthIt(without, figuresWith(problem, move.item, kept))) kept = others;
  }
  return kept;
}
