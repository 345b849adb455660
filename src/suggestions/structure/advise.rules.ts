import { chooseMoves, peopleAYear } from './choose.rules.js';
import { describeMove } from './describe.rules.js';
import { figuresOf, outcomes, stockAfter } from './outcome.rules.js';
import { proposePlacing, type SolveLp } from './placing.rules.js';
import type { Bound, ItemFigures, Move, StructureAdvice, StructureProblem } from './structure.types.js';

export interface AdviseWith {
  solve: SolveLp;
  /** Looked at between items: true ends the search with what there is. */
  shouldStop: () => boolean;
}

/**
 * Which store should hold which item. Every item is placed by a linear program (`placing`), the moves that are worth most within the
 * budget are chosen by evaluating them (`choose`), and what is told is what the planner's allocation core answers in every scenario
 * before and after (`outcome`). A move without which nothing would be worse is not told. Deterministic but for `shouldStop`.
 */
export function adviseStructure(problem: StructureProblem, { solve, shouldStop }: AdviseWith): StructureAdvice {
  const all = problem.items.map((_, item) => item);
  const before = outcomes(problem, stockAfter(problem, []), all);
  const today = all.map((item) =>
    figuresOf(
      problem.scenarios,
      before.map((each) => each[item]!),
    ),
  );
  const asked = all.filter((item) => before.some((each) => each[item]!.needUnits > 0));
  const late: number[] = [];
  const offered: Move[] = [];
  const bounds = new Map<number, Bound>();
  for (const item of byWeight(problem, asked, today)) {
    const proposal = shouldStop() ? null : proposePlacing(problem, { item, today: today[item]!, solve });
    if (!proposal) late.push(item);
    else {
      bounds.set(item, proposal.bound);
      offered.push(...proposal.moves);
    }
  }
  const moves = chooseMoves(problem, { offered, today, shouldStop });
  const has = (list: readonly Move[], item: number): boolean => list.some((move) => move.item === item);
  if (shouldStop()) late.push(...asked.filter((item) => has(offered, item) && !has(moves, item)));
  const stock = stockAfter(problem, moves);
  const after = outcomes(problem, stock, all);
  return {
    items: asked.map((item) => ({
      item,
      before: today[item]!,
      after: figuresOf(problem.scenarios, after.map((each) => each[item]!)),
      bound: bounds.get(item) ?? null,
    })),
    moves: moves.map((move) => describeMove(problem, { move, moves, after })),
    before, after, late: late.toSorted((a, b) => a - b),
  }; // prettier-ignore
}

/** Items that leave people waiting longest come first, in case that time runs out. */
function byWeight(problem: StructureProblem, asked: number[], today: ItemFigures[]): number[] {
  const weights = new Map(asked.map((item) => [item, today[item]!.expectedMin * peopleAYear(problem, item)]));
  return asked.toSorted((a, b) => weights.get(b)! - weights.get(a)! || a - b);
}
