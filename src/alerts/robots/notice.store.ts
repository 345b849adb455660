import type { Tx } from '../../database/index.js';
import { newId } from '../../shared/ids.js';

export interface NoticeRow {
  id: string;
  robotId: string;
  words: string;
  stage: 'waiting' | 'handed' | 'sent' | 'failed';
  dueAt: Date | null;
  attempts: number;
}
const NOTICE = `id, robot_id as "robotId", words, stage, due_at as "dueAt", attempts`;

/** A notice for each robot that hears of alerts like this one; answers how many (D16). */
export async function insertNotices(
  tx: Tx,
  {
    alertId,
    version,
    severity,
    scope,
    words,
    now,
  }: { alertId: string; version: number; severity: string; scope: string[]; words: string; now: Date },
): Promise<number> {
  const robots = await tx.query<{ id: string }>(
    `select r.id from group_robot r join society s on s.id = r.society_id where r.removed_at is null and r.paused_at is null and s.path = any($1)
       and array_position(array['I','II','III','IV'], r.severity) >= array_position(array['I','II','III','IV'], $2::text) order by r.id`,
    [scope, severity],
  );
  for (const robot of robots) {
    await tx.query(
      `insert into robot_notice (id, robot_id, alert_id, alert_version, words, at, stage, due_at, stage_at)
       values ($1, $2, $3, $4, $5, $6, 'waiting', $6, $6)`,
      [newId(), robot.id, alertId, version, words, now],
    );
  }
  return robots.length;
}

/** Robots that have something to say now, but for those that this process speaks for already. */
export async function robotsDue(
  tx: Tx,
  { now, inHand, limit }: { now: Date; inHand: string[]; limit: number },
): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select robot_id as id from robot_notice where due_at <= $1 and robot_id <> all($2::uuid[]) group by robot_id order by min(due_at), robot_id limit $3`,
    [now, inHand, limit],
  );
  return rows.map(({ id }) => id);
}

/** Oldest first. The caller holds the lock of the robot. */
export async function dueNotices(tx: Tx, robotId: string, now: Date): Promise<NoticeRow[]> {
  return tx.query<NoticeRow>(
    `select ${NOTICE} from robot_notice where robot_id = $1 and due_at <= $2 order by at, id limit 500`,
    [robotId, now],
  );
}

/** Notices that leave in one message, under a lease. */
export async function saveHanded(
  tx: Tx,
  ids: string[],
  { messageId, now, dueAt }: { messageId: string; now: Date; dueAt: Date },
): Promise<void> {
  await tx.query(
    `update robot_notice set stage = 'handed', stage_at = $2, due_at = $3, message_id = $4, told_with = $5, attempts = attempts + 1 where id = any($1)`,
    [ids, now, dueAt, messageId, ids.length],
  );
}

/** What a message came to, for the notices that are still its own. `dueAt`: when they are told again; null where it was the end of them. */
export async function saveTold(
  tx: Tx,
  messageId: string,
  { stage, now, dueAt, failure }: { stage: NoticeRow['stage']; now: Date; dueAt: Date | null; failure: string | null },
): Promise<void> {
  await tx.query(
    `update robot_notice set stage = $2, stage_at = $3, due_at = $4, failure = $5 where message_id = $1 and stage = 'handed'`,
    [messageId, stage, now, dueAt, failure],
  );
}

/** Messages that a provider would not hear now: their notices wait again, and it was no attempt. */
export async function saveBack(
  tx: Tx,
  messageIds: string[],
  { now, dueAt, failure }: { now: Date; dueAt: Date; failure: string },
): Promise<void> {
  await tx.query(
    `update robot_notice set stage = 'waiting', stage_at = $2, due_at = $3, failure = $4, attempts = attempts - 1
     where message_id = any($1) and stage = 'handed'`,
    [messageIds, now, dueAt, failure],
  );
}

/** Gives up notices: those whose process died with their last attempt, and all of a robot that is there no more. */
export async function failNotices(
  tx: Tx,
  ids: string[],
  { now, failure }: { now: Date; failure: string },
): Promise<void> {
  await tx.query(
    `update robot_notice set stage = 'failed', stage_at = $2, due_at = null, failure = $3 where id = any($1) and due_at is not null`,
    [ids, now, failure],
  );
}

export async function failAllOf(
  tx: Tx,
  robotId: string,
  { now, failure }: { now: Date; failure: string },
): Promise<void> {
  await tx.query(
    `update robot_notice set stage = 'failed', stage_at = $2, due_at = null, failure = $3 where robot_id = $1 and stage = 'waiting'`,
    [robotId, now, failure],
  );
}
