import { Problem } from '../../shared/problem.js';
import type { Requirement, ResponseLevel } from './plans.dto.js';
import type { TaskDto } from './responses.dto.js';
import type { Difference } from './response-plan.rules.js';

export type TaskState = TaskDto['state'];
export type TaskStepName = 'take' | 'give-back' | 'finish' | 'drop';
const EDGES: Record<TaskStepName, { from: readonly TaskState[]; to: TaskState }> = {
  take: { from: ['open'], to: 'taken' },
  'give-back': { from: ['taken'], to: 'open' },
  finish: { from: ['taken'], to: 'done' },
  drop: { from: ['open', 'taken'], to: 'dropped' },
};

/** The state after a step; 409 `task.step-not-allowed`. */
export function taskAfter(state: TaskState, step: TaskStepName): TaskState {
  if (!EDGES[step].from.includes(state)) throw new Problem('task.step-not-allowed', { step, state });
  return EDGES[step].to;
}

/** T3: who took a task finishes it; somebody else first gives it back, so that the record says who held it. 422 `task.held-by-other`. */
export function mustHold(task: { takenById: string | null; takenBy: string | null }, userId: string | null): void {
  if (task.takenById !== userId) throw new Problem('task.held-by-other', { name: task.takenBy });
}

interface Holder {
  role: string;
  path: string;
  teamId: string | null;
  warehouseId: string | null;
}
/** Whether a person may take a task: who holds its role at the society or above, and the desk on duty, which may do anybody's. */
export function mayTake(grants: readonly Holder[], task: { ownerRole: string; path: string }): boolean {
  return grants.some(
    ({ role, path, teamId, warehouseId }) =>
      teamId === null && warehouseId === null && task.path.startsWith(path) &&
      (role === task.ownerRole || role === 'dutyOfficer' || role === 'dutyLead'),
  ); // prettier-ignore
}

export type NewTask = Pick<
  TaskDto,
  'line' | 'act' | 'kind' | 'code' | 'count' | 'title' | 'titleEn' | 'level' | 'ownerRole'
> & { dueAt: Date };

/**
 * T1: one task for each line of a signed difference, no more and no less: what starts, then what is released, in the order of the
 * difference. Its deadline is an instant, counted from the signature.
 */
export function tasksOf(difference: Difference, signed: { level: ResponseLevel; at: Date }): NewTask[] {
  const lines = [
    ...difference.start.map((one) => ({ one, act: 'start' as const })),
    ...difference.release.map((one) => ({ one, act: 'release' as const })),
  ];
  return lines.map(({ one, act }, index) => ({ line: index + 1, act, level: signed.level, ...ofLine(one, signed.at) }));
}

function ofLine({ kind, code, count, title, titleEn, ownerRole, dueMin }: Requirement, at: Date) {
  return { kind, code, count, title, titleEn, ownerRole, dueAt: new Date(at.getTime() + dueMin * 60_000) };
}
