import type { ActorDto } from '../../../../src/access/access.dto.js';
import type { TaskDto } from '../../../../src/incidents/response/responses.dto.js';

export type TaskStep = 'take' | 'give-back' | 'finish' | 'drop';

export const isLate = (task: Pick<TaskDto, 'dueAt' | 'endedAt'>, nowMs: number): boolean =>
  task.endedAt === null && Date.parse(task.dueAt) < nowMs;

/** The first due first; in one minute in the order of the plan. */
export const byDue = (a: TaskDto, b: TaskDto): number =>
  a.dueAt.localeCompare(b.dueAt) || a.serial - b.serial || a.line - b.line;

type Below = (societyId: string, ancestorId: string) => boolean;
const societyGrants = (actor: ActorDto) =>
  actor.grants.filter(({ teamId, warehouseId }) => teamId === null && warehouseId === null);

/** What I took, and what waits for a role that I hold there. The server decides by the same words. */
export function isMine(task: TaskDto, actor: ActorDto, below: Below): boolean {
  if (task.takenById !== null) return task.takenById === actor.userId;
  return societyGrants(actor).some(
    ({ role, societyId }) => role === task.ownerRole && below(task.societyId, societyId),
  );
}

/** The steps that this person may take on a task. */
export function stepsOf(task: TaskDto, actor: ActorDto, below: Below): TaskStep[] {
  const may = societyGrants(actor).some(
    ({ role, societyId }) =>
      (role === task.ownerRole || role === 'dutyOfficer' || role === 'dutyLead') && below(task.societyId, societyId),
  );
  if (!may || task.endedAt !== null) return [];
  if (task.state === 'open') return ['take', 'drop'];
  return task.takenById === actor.userId ? ['finish', 'give-back', 'drop'] : ['give-back', 'drop'];
}

const lineOf = ({ responseId, kind, code, count, title }: TaskDto): string =>
  [responseId, kind, code, count, title].join('\n');

/**
 * Tasks that nobody took and that nothing asks for any more: all that wait of a response that has ended, and while one runs what was
 * released before anybody had begun, with its release. `running`: responses that run.
 */
export function idleOf(tasks: readonly TaskDto[], running: ReadonlySet<string>): TaskDto[] {
  const waiting = tasks.filter(({ state }) => state === 'open');
  const linesOf = (act: TaskDto['act']) => new Set(waiting.filter((task) => task.act === act).map(lineOf));
  const [begun, released] = [linesOf('start'), linesOf('release')];
  const isIdle = (task: TaskDto) => begun.has(lineOf(task)) && released.has(lineOf(task));
  return waiting.filter((task) => !running.has(task.responseId) || isIdle(task));
}
