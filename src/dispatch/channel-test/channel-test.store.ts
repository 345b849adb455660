import { type Tx, violatedConstraint } from '../../database/index.js';
import { Problem } from '../../shared/problem.js';
import type { ChannelTestDto, TestChannel, TestStage } from './channel-test.dto.js';

export interface Test extends Omit<ChannelTestDto, 'startedAt' | 'endsAt' | 'closedAt' | 'counts'> {
  startedAt: Date;
  endsAt: Date;
  closedAt: Date | null;
  scope: string[];
}
export interface Message {
  id: string;
  testId: string;
  memberId: string | null;
  userId: string | null;
  teamId: string | null;
  personName: string;
  phone: string | null;
  email: string | null;
  channel: TestChannel;
  stage: TestStage;
  stageAt: Date;
  attempts: number;
  dueAt: Date | null;
  /** Waits for the quiet hours of the person until then. */
  quietUntil: Date | null;
  failure: string | null;
}
const TEST = `id, society_id as "societyId", started_at as "startedAt", ends_at as "endsAt", closed_at as "closedAt", started_by as "startedBy",
  scope, version`;
const MESSAGE = `id, test_id as "testId", member_id as "memberId", user_id as "userId", team_id as "teamId", person_name as "personName", phone, email,
  channel, stage, stage_at as "stageAt", attempts, due_at as "dueAt", quiet_until as "quietUntil", failure`;

export async function findTest(tx: Tx, id: string): Promise<Test | undefined> {
  return (await tx.query<Test>(`select ${TEST} from channel_test where id = $1`, [id]))[0];
}

export async function lockTest(tx: Tx, id: string): Promise<Test | undefined> {
  return (await tx.query<Test>(`select ${TEST} from channel_test where id = $1 for update`, [id]))[0];
}

/** W1, 409 `channel-test.exists`: one test of a desk at a time. */
export async function insertTest(tx: Tx, test: Test): Promise<void> {
  try {
    await tx.query(
      `insert into channel_test (id, society_id, started_at, ends_at, started_by, scope) values ($1, $2, $3, $4, $5, $6)`,
      [test.id, test.societyId, test.startedAt, test.endsAt, test.startedBy, test.scope],
    );
  } catch (error) {
    if (!violatedConstraint(error)?.startsWith('channel_test')) throw error;
    throw new Problem('channel-test.exists');
  }
}

export async function closeTest(tx: Tx, id: string, at: Date): Promise<Test> {
  const sql = `update channel_test set closed_at = $2, version = version + 1 where id = $1 returning ${TEST}`;
  return (await tx.query<Test>(sql, [id, at]))[0]!;
}

/** Newest first. */
export async function testsOf(tx: Tx, societyId: string, page: { before: string | null; limit: number }): Promise<Test[]> {
  return tx.query<Test>(
    `select ${TEST} from channel_test where society_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3`,
    [societyId, page.before, page.limit],
  );
} // prettier-ignore

export async function overdueTests(tx: Tx, now: Date): Promise<string[]> {
  const sql = `select id from channel_test where closed_at is null and ends_at <= $1 order by ends_at, id`;
  return (await tx.query<{ id: string }>(sql, [now])).map(({ id }) => id);
}

/** Desks that test, and whose last test began so long ago that the next is due. */
export async function desksToTest(tx: Tx, before: Date): Promise<{ id: string; path: string }[]> {
  return tx.query(
    `select s.id, s.path from channel_test t join society s on s.id = t.society_id
     group by s.id having max(t.started_at) <= $1 and bool_and(t.closed_at is not null) order by s.path`,
    [before],
  );
}

export async function insertMessages(tx: Tx, messages: readonly Message[]): Promise<void> {
  if (messages.length === 0) return;
  const rows = messages.map((one) => ({
    id: one.id, test_id: one.testId, member_id: one.memberId, user_id: one.userId, team_id: one.teamId, person_name: one.personName,
    phone: one.phone, email: one.email, channel: one.channel, stage: one.stage, stage_at: one.stageAt, attempts: one.attempts, due_at: one.dueAt, quiet_until: one.quietUntil,
  })); // prettier-ignore
  await tx.query(`insert into channel_test_message select * from jsonb_populate_recordset(null::channel_test_message, $1::jsonb)`, [
    JSON.stringify(rows),
  ]); // prettier-ignore
}

export async function messagesOf(tx: Tx, testIds: readonly string[]): Promise<Message[]> {
  return tx.query<Message>(
    `select ${MESSAGE} from channel_test_message where test_id = any($1) order by person_name, member_id, user_id, channel, id`,
    [testIds],
  );
}

/** A message with the end of its test. */
export type DueMessage = Message & { endsAt: Date };

/** Messages that are due, locked; those that another process holds are left to it. At night only those whose person's quiet hours are over. */
export async function lockDueMessages(tx: Tx, of: { now: Date; night: boolean; limit: number }): Promise<DueMessage[]> {
  return tx.query<DueMessage>(
    `select ${MESSAGE}, (select ends_at from channel_test t where t.id = test_id) as "endsAt" from channel_test_message
     where due_at <= $1 and (not $3 or quiet_until <= $1) order by due_at, id limit $2 for update skip locked`,
    [of.now, of.limit, of.night],
  );
}

export async function lockMessage(tx: Tx, id: string): Promise<Message | undefined> {
  return (await tx.query<Message>(`select ${MESSAGE} from channel_test_message where id = $1 for update`, [id]))[0];
}

export async function lockMessageOfToken(tx: Tx, tokenHash: Buffer): Promise<Message | undefined> {
  const sql = `select ${MESSAGE} from channel_test_message where token_hash = $1 for update`;
  return (await tx.query<Message>(sql, [tokenHash]))[0];
}

/** The messages in the app of somebody, in tests that still run. */
export async function lockOwnMessages(tx: Tx, userId: string): Promise<Message[]> {
  return tx.query<Message>(
    `select ${MESSAGE} from channel_test_message where user_id = $1 and channel = 'in-app' and stage <> 'receipt'
       and test_id in (select id from channel_test where closed_at is null) order by id for update`,
    [userId],
  );
}

export async function saveMessage(tx: Tx, message: Message, tokenHash?: Buffer): Promise<void> {
  await tx.query(
    `update channel_test_message set stage = $2, stage_at = $3, attempts = $4, due_at = $5, failure = $6, token_hash = coalesce($7, token_hash),
       quiet_until = $8 where id = $1`,
    [message.id, message.stage, message.stageAt, message.attempts, message.dueAt, message.failure, tokenHash ?? null, message.quietUntil], // prettier-ignore
  );
}

/** Nothing of a test is handed over once it has ended. */
export async function endMessages(tx: Tx, testId: string): Promise<void> {
  await tx.query(`update channel_test_message set due_at = null where test_id = $1 and stage = 'handed'`, [testId]);
  await tx.query(`update channel_test_message set stage = 'failed', failure = 'not-sent', due_at = null where test_id = $1 and stage = 'planned'`, [testId]); // prettier-ignore
}
