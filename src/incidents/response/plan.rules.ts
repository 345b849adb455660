import { Problem } from '../../shared/problem.js';
import {
  type PlanAdds,
  PLAN_STATES,
  type PlanDto,
  RESPONSE_LEVELS,
  type Requirement,
  type Trigger,
} from './plans.dto.js';

export type PlanState = (typeof PLAN_STATES)[number];
export type PlanStepName = 'amend' | 'release' | 'retire' | 'renew';
/** Which state each step starts from, and where it leads. `renew` drafts the next version and leaves this one as it is. */
const EDGES: Record<PlanStepName, { from: readonly PlanState[]; to: PlanState | null }> = {
  amend: { from: ['draft'], to: 'draft' },
  release: { from: ['draft'], to: 'in-force' },
  retire: { from: ['draft', 'in-force'], to: 'retired' },
  renew: { from: ['in-force', 'retired'], to: null },
};

/** The state after a step. 409 `plan.step-not-allowed`: a text in force is never edited, a new version takes its place. */
export function planAfter(state: PlanState, step: PlanStepName): PlanState {
  const edge = EDGES[step];
  if (!edge.from.includes(state)) throw new Problem('plan.step-not-allowed', { step, state });
  return edge.to ?? state;
}

export interface PlanBody {
  triggers: readonly Trigger[];
  adds: PlanAdds;
}

/** P3: what is inherited comes first and stays whole; a copy only adds. `chain` runs from the topmost plan down to the own one. */
export function wholePlan(chain: readonly PlanBody[]): { triggers: Trigger[]; adds: PlanAdds } {
  const adds = Object.fromEntries(
    RESPONSE_LEVELS.map((level) => [level, chain.flatMap((each) => each.adds[level])]),
  ) as PlanAdds;
  return { triggers: chain.flatMap((each) => [...each.triggers]), adds };
}

/** 422 `plan.line-repeated`: a task, speciality or item named twice in one level, or a task in two levels, what is inherited included. */
export function mustNotRepeat({ adds }: { adds: PlanAdds }, own: PlanAdds): void {
  const tasks = RESPONSE_LEVELS.flatMap((level) => adds[level].filter(({ kind }) => kind === 'task'));
  refuseTwice(tasks);
  for (const level of RESPONSE_LEVELS) refuseTwice(own[level].filter(({ kind }) => kind !== 'task'));
}

function refuseTwice(lines: readonly Requirement[]): void {
  const seen = new Set<string>();
  for (const { kind, code, title } of lines) {
    const key = `${kind} ${code}`;
    if (seen.has(key)) throw new Problem('plan.line-repeated', { line: title || code });
    seen.add(key);
  }
}

interface Above {
  state: PlanState;
  hazard: PlanDto['hazard'];
  path: string | null;
}
/** A plan is inherited from a society above, for the same hazard or for any, while it is in force: else 422 `plan.not-inheritable`. */
export function mustBeInheritable(above: Above, own: { hazard: PlanDto['hazard']; path: string }): void {
  const isAbove = above.path !== null && own.path !== above.path && own.path.startsWith(above.path);
  const fits = above.hazard === own.hazard || above.hazard === 'any';
  if (!isAbove || !fits || above.state !== 'in-force') throw new Problem('plan.not-inheritable');
}

export interface Candidate {
  id: string;
  hazard: PlanDto['hazard'];
  path: string;
}
/** The plan that binds a society: its own before one above, and at one society the one for the hazard before the one for any. */
export function bindingPlan<T extends Candidate>(
  plans: readonly T[],
  of: { path: string; hazard: string },
): T | undefined {
  const fitting = plans.filter(
    (plan) => of.path.startsWith(plan.path) && (plan.hazard === of.hazard || plan.hazard === 'any'),
  );
  return fitting.sort(
    (a, b) => b.path.length - a.path.length || Number(a.hazard === 'any') - Number(b.hazard === 'any'),
  )[0];
}
