import { solveCap } from './cap.rules.js';
import { checkAssignment, checkCap, checkMedians, WrongAnswer } from './check.rules.js';
import { solveAssignment } from './gap.rules.js';
import { solveMedians } from './pmed.rules.js';
import { type AssignmentInstance, type Instance, type Limits, PROOF_TOLERANCE, type Sense } from './solve.types.js';

export interface Solution {
  /** Cost, or profit when maximising. Null while no feasible point is known, or when there is none. */
  objective: number | null;
  /** No point is better than this. Null when it is proven that there is none at all. */
  bound: number | null;
  /** Relative; null without an objective. */
  gap: number | null;
  status: 'optimal' | 'infeasible' | 'time-limit';
  proven: boolean;
  /** Who proved it, and how. */
  method: string;
}

interface Outcome {
  objective: number;
  bound: number;
  method: string;
}

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** Solves one instance, and computes the objective again from the choice alone. */
export function solveInstance(instance: Instance, sense: Sense, limits: Limits): Solution {
  const { objective, bound, method } = outcomeOf(instance, sense, limits);
  const sign = sense === 'max' ? -1 : 1;
  const signed = (value: number): number | null => (Number.isFinite(value) ? sign * value || 0 : null);
  if (objective === Number.POSITIVE_INFINITY) {
    const isNone = bound === Number.POSITIVE_INFINITY;
    const status = isNone ? 'infeasible' : 'time-limit';
    return { objective: null, bound: signed(bound), gap: null, status, proven: isNone, method };
  }
  const gap = Math.max(0, objective - bound) / Math.max(1e-9, Math.abs(objective));
  const proven = objective === bound || gap <= PROOF_TOLERANCE;
  const status = proven ? 'optimal' : 'time-limit';
  return { objective: signed(objective), bound: signed(bound), gap, status, proven, method };
}

function outcomeOf(instance: Instance, sense: Sense, limits: Limits): Outcome {
  if (instance.kind === 'cap') {
    const solved = solveCap(instance, limits);
    const how = 'Lagrangian branch and bound over the warehouses, exact transport for each choice';
    return confirmed(solved, solved.choice && checkCap(instance, solved.choice), how);
  }
  if (instance.kind === 'pmed') {
    const solved = solveMedians(instance, limits);
    const how = 'Lagrangian branch and bound over the sites';
    return confirmed(solved, solved.choice && checkMedians(instance, solved.choice), how);
  }
  const { scaled, scale } = inWholeCosts(instance, sense === 'max' ? -1 : 1);
  const solved = solveAssignment(scaled, limits);
  const how = 'Lagrangian branch and bound with exact knapsack reduced costs';
  const outcome = confirmed(solved, solved.choice && checkAssignment(scaled, solved.choice), how);
  return { ...outcome, objective: outcome.objective / scale, bound: outcome.bound / scale };
}

function confirmed(
  solved: { objective: number; bound: number; nodes: number; evaluations: number },
  checked: number | null,
  how: string,
): Outcome {
  const { objective, bound, nodes, evaluations } = solved;
  if (checked !== null && Math.abs(checked - objective) > 1e-9 * Math.max(1, Math.abs(objective)))
    throw new WrongAnswer(`the choice costs ${checked}, not ${objective}`);
  return { objective, bound, method: `${how}: ${plural(nodes, 'node')}, ${plural(evaluations, 'bound')}` };
}

const MOST_DECIMALS = 6;

/** The engine counts in whole costs: fractions are scaled up. More decimals than that are refused when the file is read. */
function inWholeCosts(instance: AssignmentInstance, sign: 1 | -1): { scaled: AssignmentInstance; scale: number } {
  let scale = 1;
  while (scale < 10 ** MOST_DECIMALS && !instance.costs.every((cost) => isWhole(cost * scale))) scale *= 10;
  return { scaled: { ...instance, costs: instance.costs.map((cost) => Math.round(cost * scale) * sign) }, scale };
}

function isWhole(value: number): boolean {
  return Math.abs(value - Math.round(value)) < 1e-6 * Math.max(1, Math.abs(value) * 1e-3);
}
