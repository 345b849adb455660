import type { Tx } from '../../database/index.js';
import { ensure } from '../../shared/problem.js';
import type { TaskDto } from './responses.dto.js';

export interface Task extends Omit<TaskDto, 'dueAt' | 'takenAt' | 'endedAt'> {
  dueAt: Date;
  takenAt: Date | null;
  endedAt: Date | null;
  path: string;
  scope: string[];
}
const TASK = `t.id, t.incident_id as "incidentId", t.response_id as "responseId", t.society_id as "societyId", t.serial, t.line, t.act, t.kind,
  t.code, t.count, t.title, t.title_en as "titleEn", t.level, t.owner_role as "ownerRole", t.due_at as "dueAt", t.state,
  t.taken_by_id as "takenById", t.taken_by as "takenBy", t.taken_at as "takenAt", t.ended_by as "endedBy", t.ended_at as "endedAt",
  t.ended_reason as "endedReason", t.scope, t.version, s.path`;
const FROM = `from incident_task t join society s on s.id = t.society_id`;

export const toTaskDto = ({ path: _p, scope: _s, ...task }: Task): TaskDto => ({
  ...task,
  dueAt: task.dueAt.toISOString(),
  takenAt: task.takenAt && task.takenAt.toISOString(),
  endedAt: task.endedAt && task.endedAt.toISOString(),
});

export async function lockTask(tx: Tx, id: string): Promise<Task | undefined> {
  const held = await tx.query(`select 1 from incident_task where id = $1 for update`, [id]);
  return held.length === 0 ? undefined : (await tx.query<Task>(`select ${TASK} ${FROM} where t.id = $1`, [id]))[0];
}

export async function insertTasks(tx: Tx, tasks: readonly Task[]): Promise<void> {
  const rows = tasks.map((task) => ({
    id: task.id, incident_id: task.incidentId, response_id: task.responseId, serial: task.serial, line: task.line, act: task.act,
    kind: task.kind, code: task.code, count: task.count, title: task.title, title_en: task.titleEn, level: task.level,
    owner_role: task.ownerRole, society_id: task.societyId, due_at: task.dueAt, state: task.state, scope: task.scope, version: task.version,
  })); // prettier-ignore
  await tx.query(`insert into incident_task select * from jsonb_populate_recordset(null::incident_task, $1::jsonb)`, [
    JSON.stringify(rows),
  ]);
}

export async function saveTask(tx: Tx, task: Task): Promise<void> {
  const saved = await tx.query(
    `update incident_task set state = $3, taken_by_id = $4, taken_by = $5, taken_at = $6, ended_by = $7, ended_at = $8, ended_reason = $9,
       version = $2 where id = $1 and version = $2 - 1 returning id`,
    [
      task.id, task.version, task.state, task.takenById, task.takenBy, task.takenAt, task.endedBy, task.endedAt, task.endedReason,
    ], // prettier-ignore
  );
  ensure(saved.length === 1, 'T2 a task is saved under its lock, one version on');
}

/** Tasks that wait for somebody, as far as the keys reach: what a console opens with. */
export async function openTasks(tx: Tx, keys: string[]): Promise<Task[]> {
  return tx.query<Task>(
    `select ${TASK} ${FROM} where t.state in ('open','taken') and t.scope && $1 order by t.due_at, t.id`,
    [keys],
  );
}

/** How many tasks of an incident still wait for somebody. */
export async function openTaskCount(tx: Tx, incidentId: string): Promise<number> {
  const [row] = await tx.query<{ open: number }>(
    `select count(*) as open from incident_task where incident_id = $1 and state in ('open','taken')`,
    [incidentId],
  );
  return row!.open;
}

export interface TaskFilter {
  keys: string[];
  incidentId: string | null;
  open: boolean | null;
  mine: { userId: string; roles: string[]; paths: string[] } | null;
  after: { dueMs: number; id: string } | null;
  limit: number;
}
/** Visible tasks, the first due first, one more than the page holds. Mine: what I took, and what is open for a role that I hold there. */
export async function listTasks(tx: Tx, filter: TaskFilter): Promise<Task[]> {
  const { keys, incidentId, open, mine, after, limit } = filter;
  return tx.query<Task>(
    `select ${TASK} ${FROM}
     where t.scope && $1 and ($2::uuid is null or t.incident_id = $2) and ($3::boolean is null or (t.state in ('open','taken')) = $3)
       and ($4::uuid is null or t.taken_by_id = $4 or (t.state = 'open' and exists (
         select 1 from unnest($5::text[], $6::text[]) as held (role, path) where held.role = t.owner_role and s.path like held.path || '%')))
       and ($7::float8 is null or (t.due_at, t.id) > (to_timestamp($7 / 1000.0), $8::uuid))
     order by t.due_at, t.id limit $9`,
    [
      keys, incidentId, open, mine?.userId ?? null, mine?.roles ?? [], mine?.paths ?? [], after?.dueMs ?? null, after?.id ?? null, limit + 1,
    ], // prettier-ignore
  );
}
