import { Injectable } from '@nestjs/common';
import { type Actor, allow, inCommand, visibleOr404 } from '../../access/index.js';
import { Database, read, type Tx } from '../../database/index.js';
import { recordChange, recordChanges } from '../../journal/index.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { decodeCursor, toPage } from '../../shared/paging.js';
import { Problem } from '../../shared/problem.js';
import { findIncident } from '../incidents.store.js';
import type { ResponseLevel } from './plans.dto.js';
import type { DropTask, TaskDto, TasksQuery, TaskStep } from './responses.dto.js';
import type { Response } from './responses.store.js';
import * as rules from './tasks.rules.js';
import * as store from './tasks.store.js';

type Task = store.Task;
const TOLD_AS: Record<rules.TaskStepName, string> = {
  take: 'task.taken', 'give-back': 'task.given-back', finish: 'task.done', drop: 'task.dropped',
}; // prettier-ignore

/** The work that signed levels ask for: who has taken which task, until when, and how it ended. */
@Injectable()
export class TasksService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** I do it. 403 unless the task is of a role that I hold, or I am on duty; 409 `task.stale`, `task.step-not-allowed`. */
  async takeTask(actor: Actor, id: string, input: TaskStep): Promise<TaskDto> {
    return inCommand(this.db, actor, (tx) =>
      this.step(tx, actor, {
        id, step: 'take', version: input.version,
        change: (_task, now) => ({ takenById: actor.userId, takenBy: actor.name, takenAt: now }),
      }),
    ); // prettier-ignore
  }

  /** It is open again; by whoever took it, or by the desk for somebody who went off duty. */
  async giveBackTask(actor: Actor, id: string, input: TaskStep): Promise<TaskDto> {
    return inCommand(this.db, actor, (tx) =>
      this.step(tx, actor, {
        id, step: 'give-back', version: input.version,
        change: () => ({ takenById: null, takenBy: null, takenAt: null }),
      }),
    ); // prettier-ignore
  }

  /** It is done. 422 `task.held-by-other` unless I took it. */
  async finishTask(actor: Actor, id: string, input: TaskStep): Promise<TaskDto> {
    return inCommand(this.db, actor, (tx) =>
      this.step(tx, actor, {
        id, step: 'finish', version: input.version,
        change: (task, now) => {
          rules.mustHold(task, actor.userId);
          return { endedBy: actor.name, endedAt: now };
        },
      }),
    ); // prettier-ignore
  }

  /** It will not be done, and why. */
  async dropTask(actor: Actor, id: string, input: DropTask): Promise<TaskDto> {
    return inCommand(this.db, actor, (tx) =>
      this.step(tx, actor, {
        id, step: 'drop', version: input.version,
        change: (_task, now) => ({ endedBy: actor.name, endedAt: now, endedReason: input.reason }),
      }),
    ); // prettier-ignore
  }

  /** The first due first. `mine`: what I took, and what waits for a role that I hold. 404 `incident.not-found`. */
  async tasks(actor: Actor, query: TasksQuery): Promise<{ items: TaskDto[]; nextCursor: string | null }> {
    const after = decodeCursor(query.cursor, ['number', 'string']) as [number, string] | null;
    const held = actor.grants.filter(({ teamId, warehouseId }) => teamId === null && warehouseId === null);
    const mine = { userId: actor.userId, roles: held.map(({ role }) => role), paths: held.map(({ path }) => path) };
    return read(this.db, async (tx) => {
      const { incidentId } = query;
      if (incidentId) visibleOr404(actor, await findIncident(tx, incidentId), 'incident', incidentId);
      const rows = await store.listTasks(tx, {
        keys: actor.keys, incidentId: incidentId ?? null, open: query.open ?? null, mine: query.mine ? mine : null,
        after: after && { dueMs: after[0], id: after[1] }, limit: query.limit,
      }); // prettier-ignore
      const page = toPage(rows, query.limit, (row) => [row.dueAt.getTime(), row.id]);
      return { ...page, items: page.items.map(store.toTaskDto) };
    });
  }

  private async step(
    tx: Tx,
    actor: Actor,
    asked: { id: string; step: rules.TaskStepName; version: number; change: (task: Task, now: Date) => Partial<Task> },
  ): Promise<TaskDto> {
    const { id, step, version, change } = asked;
    const task = visibleOr404(actor, await store.lockTask(tx, id), 'task', id);
    allow(actor, 'task.step', { paths: [task.path] });
    if (!rules.mayTake(actor.grants, task)) throw new Problem('access.denied', { action: 'task.step' });
    if (task.version !== version) throw new Problem('task.stale', { version: task.version });
    const state = rules.taskAfter(task.state, step);
    const next = { ...task, ...change(task, this.clock.now()), state, version: task.version + 1 };
    await store.saveTask(tx, next);
    const data = store.toTaskDto(next);
    const { scope, incidentId } = next;
    await recordChange(tx, {
      kind: TOLD_AS[step],
      subject: 'task',
      id,
      version: next.version,
      scope,
      data,
      actor,
      incidentId,
    });
    return data;
  }
}

/** T1: the difference of the newest act of a response, as tasks, told one by one. */
export async function writeTasks(
  tx: Tx,
  actor: Actor,
  signed: { response: Response; level: ResponseLevel },
): Promise<void> {
  const { response, level } = signed;
  const { last, incidentId, societyId, path, scope } = response;
  const tasks = rules.tasksOf(last.difference, { level, at: last.actedAt }).map(
    (task): Task => ({
      ...task, id: newId(), incidentId, responseId: response.id, societyId, path, scope, serial: last.serial, state: 'open', takenById: null,
      takenBy: null, takenAt: null, endedBy: null, endedAt: null, endedReason: null, version: 1,
    }),
  ); // prettier-ignore
  if (tasks.length === 0) return;
  await store.insertTasks(tx, tasks);
  await recordChanges(
    tx,
    tasks.map((task) => ({
      kind: 'task.set', subject: 'task', id: task.id, version: 1, scope, data: store.toTaskDto(task), actor, incidentId,
    })),
  ); // prettier-ignore
}
