import type { Tx } from '../../database/index.js';
import type { Opening } from './robot-key.js';
import type { RobotDto, RobotStateDto } from './robots.dto.js';
import { hintOf } from './sealed.rules.js';

export interface RobotRow extends Omit<
  RobotDto,
  'hint' | 'signed' | 'pausedAt' | 'removedAt' | 'madeAt' | 'changedAt'
> {
  societyPath: string;
  webhook: string;
  secret: string | null;
  pausedAt: Date | null;
  removedAt: Date | null;
  madeAt: Date;
  changedAt: Date;
  tokens: number;
  tokensAt: Date;
}
const ROBOT = `r.id, r.society_id as "societyId", s.name as "societyName", s.path as "societyPath", r.kind, r.name, r.webhook, r.secret, r.severity,
  r.paused_at as "pausedAt", r.removed_at as "removedAt", r.made_by as "madeBy", r.made_at as "madeAt", r.changed_by as "changedBy",
  r.changed_at as "changedAt", r.tokens, r.tokens_at as "tokensAt", r.version`;
const FROM = `from group_robot r join society s on s.id = r.society_id`;

/** D17: the parts are named one by one, so that nothing that is added to a row leaves with it. */
export const toRobotDto = (row: RobotRow): RobotDto => ({
  id: row.id, societyId: row.societyId, societyName: row.societyName, kind: row.kind, name: row.name, hint: hintOf(row.webhook),
  signed: row.secret !== null, severity: row.severity, pausedAt: row.pausedAt?.toISOString() ?? null,
  removedAt: row.removedAt?.toISOString() ?? null, madeBy: row.madeBy, madeAt: row.madeAt.toISOString(), changedBy: row.changedBy,
  changedAt: row.changedAt.toISOString(), version: row.version,
}); // prettier-ignore

export async function lockRobot(tx: Tx, id: string): Promise<RobotRow | undefined> {
  return (await tx.query<RobotRow>(`select ${ROBOT} ${FROM} where r.id = $1 for no key update of r`, [id]))[0];
}

/** Locks the society, so that two administrators cannot add one robot too many side by side. */
export async function robotsHeld(tx: Tx, societyId: string): Promise<number> {
  await tx.query(`select 1 from society where id = $1 for no key update`, [societyId]);
  const sql = `select count(*)::int as held from group_robot where society_id = $1 and removed_at is null`;
  return (await tx.query<{ held: number }>(sql, [societyId]))[0]!.held;
}

export async function insertRobot(tx: Tx, row: RobotRow): Promise<void> {
  await tx.query(
    `insert into group_robot (id, society_id, kind, name, webhook, secret, severity, made_by, made_at, changed_by, changed_at, tokens, tokens_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      row.id, row.societyId, row.kind, row.name, row.webhook, row.secret, row.severity, row.madeBy, row.madeAt, row.changedBy, row.changedAt,
      row.tokens, row.tokensAt,
    ], // prettier-ignore
  );
}

export async function saveRobot(tx: Tx, row: RobotRow): Promise<void> {
  await tx.query(
    `update group_robot set name = $2, webhook = $3, secret = $4, severity = $5, paused_at = $6, removed_at = $7, changed_by = $8, changed_at = $9,
       version = $10 where id = $1`,
    [
      row.id, row.name, row.webhook, row.secret, row.severity, row.pausedAt, row.removedAt, row.changedBy, row.changedAt, row.version,
    ], // prettier-ignore
  );
}

/** Robots whose address or secret lies in the clear. */
export async function plainRobots(tx: Tx, lock: '' | 'for no key update' = ''): Promise<Opening[]> {
  return tx.query<Opening>(
    `select id, webhook, secret from group_robot
     where removed_at is null and (webhook not like 'sealed:%' or secret not like 'sealed:%') order by id ${lock}`,
  );
}

/** What opens the robots that are at work, in all societies. */
export async function openingsAtWork(tx: Tx): Promise<Opening[]> {
  return tx.query<Opening>(
    `select id, webhook, secret from group_robot where removed_at is null and paused_at is null`,
  );
}

/** The same address and secret, sealed: nothing that anybody sees has changed. */
export async function saveSealed(tx: Tx, { id, webhook, secret }: Opening): Promise<void> {
  await tx.query(`update group_robot set webhook = $2, secret = $3 where id = $1`, [id, webhook, secret]);
}

export async function saveTokens(
  tx: Tx,
  { id, tokens, tokensAt }: Pick<RobotRow, 'id' | 'tokens' | 'tokensAt'>,
): Promise<void> {
  await tx.query(`update group_robot set tokens = $2, tokens_at = $3 where id = $1`, [id, tokens, tokensAt]);
}

/** What the last message of a robot came to; `failure` null: it arrived. */
export async function noteLast(
  tx: Tx,
  { id, at, failure }: { id: string; at: Date; failure: string | null },
): Promise<void> {
  await tx.query(`update group_robot set last_at = $2, last_failure = $3 where id = $1`, [id, at, failure]);
}

type IsLost = (robot: Pick<Opening, 'webhook' | 'secret'>) => boolean;
type StateRow = RobotRow & {
  lastAt: Date | null;
  lastFailure: string | null;
  waiting: number;
  sent: number;
  failed: number;
};
const toState = (row: StateRow, isLost: IsLost): RobotStateDto => ({
  ...toRobotDto(row), keyLost: isLost(row), lastAt: row.lastAt?.toISOString() ?? null, lastFailure: row.lastFailure, waiting: row.waiting, sent: row.sent, failed: row.failed,
}); // prettier-ignore

/** Robots of societies under one of the paths with what they did since an instant, newest first; those that were removed are left out. */
export async function robotsUnder(
  tx: Tx,
  asked: { paths: string[]; since: Date; before: string | null; limit: number; isLost: IsLost },
): Promise<RobotStateDto[]> {
  const rows = await tx.query<StateRow>(
    `select ${ROBOT}, r.last_at as "lastAt", r.last_failure as "lastFailure",
       (select count(*)::int from robot_notice n where n.robot_id = r.id and n.due_at is not null) as waiting,
       (select count(*)::int from robot_notice n where n.robot_id = r.id and n.at >= $2 and n.stage = 'sent') as sent,
       (select count(*)::int from robot_notice n where n.robot_id = r.id and n.at >= $2 and n.stage = 'failed') as failed
     ${FROM} where r.removed_at is null and exists (select 1 from unnest($1::text[]) p where starts_with(s.path, p))
       and ($3::uuid is null or r.id < $3) order by r.id desc limit $4`,
    [asked.paths, asked.since, asked.before, asked.limit],
  );
  return rows.map((row) => toState(row, asked.isLost));
}
