import { peopleAYear, tonneKmOf } from './choose.rules.js';
import { figuresOf, outcomes, stockAfter } from './outcome.rules.js';
import type { AdvisedMove, Move, Outcome, StructureProblem } from './structure.types.js';

/**
 * What a move is good for: every scenario is evaluated with all moves but this one, and the one that it helps most is named, with the
 * last arrival and the mean minutes there.
 */
export function describeMove(
  problem: StructureProblem,
  { move, moves, after }: { move: Move; moves: readonly Move[]; after: readonly Outcome[][] },
): AdvisedMove {
  const { scenarios, roadKm } = problem;
  const { item } = move;
  const others = moves.filter((one) => one.item === item && one !== move);
  const without = outcomes(problem, stockAfter(problem, others), [item]).map(([outcome]) => outcome!);
  const withIt = after.map((each) => each[item]!);
  const spared = scenarios.map(({ perYear }, at) => perYear * (without[at]!.unitMinutes - withIt[at]!.unitMinutes));
  const scenario = spared.indexOf(Math.max(...spared));
  const [worse, now] = [without[scenario]!, withIt[scenario]!];
  const minutes = figuresOf(scenarios, without).expectedMin - figuresOf(scenarios, withIt).expectedMin;
  return {
    ...move, roadKm: roadKm[move.from]![move.to]!, tonneKm: tonneKmOf(problem, move),
    savedPersonMin: Math.round(minutes * peopleAYear(problem, item)), scenario,
    latestWithoutMin: worse.latestMin, latestMin: now.latestMin, meanWithoutMin: worse.unitMinutes / worse.needUnits,
    meanMin: now.unitMinutes / now.needUnits,
  }; // prettier-ignore
}
