import type { Tx } from '../database/index.js';
import type { Alarm } from './alarm.rules.js';
import type { AlarmDto } from './alarms.dto.js';
import type { ChangeFact, HealthFact } from './health.rules.js';

const ALARM = `id, society_id as "societyId", source, since, code, severity, incident_id as "incidentId", exercise, raised_at as "raisedAt", raises,
  raised_again_at as "raisedAgainAt", seen_at as "seenAt", desk_seen_at as "deskSeenAt", cleared_at as "clearedAt", lost,
  answered_at as "answeredAt", acknowledged_at as "acknowledgedAt", acknowledged_by as "acknowledgedBy", snoozed_at as "snoozedAt",
  snoozed_until as "snoozedUntil", snoozed_by as "snoozedBy", snooze_reason as "snoozeReason", level, hop_at as "hopAt", scope, version`;

const iso = (at: Date | null) => at && at.toISOString();
export function toAlarmDto(row: Alarm): AlarmDto {
  const { scope: _s, seenAt: _e, deskSeenAt: _d, lost: _l, answeredAt: _a, hopAt: _h, ...alarm } = row;
  return {
    ...alarm, since: alarm.since.toISOString(), raisedAt: alarm.raisedAt.toISOString(), raisedAgainAt: iso(alarm.raisedAgainAt),
    clearedAt: iso(alarm.clearedAt), acknowledgedAt: iso(alarm.acknowledgedAt), snoozedAt: iso(alarm.snoozedAt),
    snoozedUntil: iso(alarm.snoozedUntil),
  };
} // prettier-ignore

/** The newest row of a source at a desk. */
export async function lockNewest(tx: Tx, societyId: string, source: string): Promise<Alarm | undefined> {
  const sql = `select ${ALARM} from alarm where society_id = $1 and source = $2
    order by cleared_at is null desc, raised_at desc, id desc limit 1 for update`;
  return (await tx.query<Alarm>(sql, [societyId, source]))[0];
}

export async function lockAlarm(tx: Tx, id: string): Promise<Alarm | undefined> {
  return (await tx.query<Alarm>(`select ${ALARM} from alarm where id = $1 for update`, [id]))[0];
}

/** False when another console was quicker (L1): then its row is the one. */
export async function insertAlarm(tx: Tx, row: Alarm): Promise<boolean> {
  const rows = await tx.query(
    `insert into alarm (id, society_id, source, since, code, severity, incident_id, exercise, raised_at, seen_at, desk_seen_at, hop_at, scope)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
     on conflict (society_id, source) where cleared_at is null do nothing returning id`,
    [
      row.id, row.societyId, row.source, row.since, row.code, row.severity, row.incidentId, row.exercise, row.raisedAt, row.seenAt,
      row.deskSeenAt, row.hopAt, row.scope,
    ],
  ); // prettier-ignore
  return rows.length > 0;
}

export async function saveAlarm(tx: Tx, row: Alarm): Promise<void> {
  await tx.query(
    `update alarm set since = $2, raises = $3, raised_again_at = $4, seen_at = $5, desk_seen_at = $6, cleared_at = $7, lost = $8,
       answered_at = $9, acknowledged_at = $10, acknowledged_by = $11, snoozed_at = $12, snoozed_until = $13, snoozed_by = $14,
       snooze_reason = $15, level = $16, hop_at = $17, version = $18 where id = $1`,
    [
      row.id, row.since, row.raises, row.raisedAgainAt, row.seenAt, row.deskSeenAt, row.clearedAt, row.lost, row.answeredAt,
      row.acknowledgedAt, row.acknowledgedBy, row.snoozedAt, row.snoozedUntil, row.snoozedBy, row.snoozeReason, row.level, row.hopAt,
      row.version,
    ],
  ); // prettier-ignore
}

export async function insertChange(tx: Tx, id: string, kind: ChangeFact['kind'], at: Date): Promise<void> {
  await tx.query(`insert into alarm_change (alarm_id, at, kind) values ($1, $2, $3)`, [id, at, kind]);
}

/** A console of `keys` still shows these rows; `deskIds` are the desks at which its person sits. No change of the alarm. */
export async function markSeen(tx: Tx, seen: { ids: readonly string[]; keys: string[]; deskIds: readonly string[]; now: Date }): Promise<void> {
  await tx.query(
    `update alarm set seen_at = $3, desk_seen_at = case when society_id = any($4) then $3 else desk_seen_at end
     where id in (select id from alarm where id = any($1) and cleared_at is null and scope && $2 order by id for update)`,
    [seen.ids, seen.keys, seen.now, seen.deskIds],
  );
} // prettier-ignore

export async function openCount(tx: Tx, societyId: string): Promise<number> {
  const sql = `select count(*)::int as open from alarm where society_id = $1 and cleared_at is null`;
  return (await tx.query<{ open: number }>(sql, [societyId]))[0]!.open;
}

/** Open rows whose time has come: to look at a hop, to end a snooze, or to be let go of. Each is somebody else's while it is locked. */
export async function lockDue(tx: Tx, { now, lostBefore, limit }: { now: Date; lostBefore: Date; limit: number }): Promise<Alarm[]> {
  return tx.query<Alarm>(
    `select ${ALARM} from alarm where cleared_at is null and (hop_at <= $1 or snoozed_until <= $1 or seen_at < $2)
     order by id limit $3 for update skip locked`,
    [now, lostBefore, limit],
  );
} // prettier-ignore

/** Open alarms for the console snapshot. */
export async function openAlarmRows(tx: Tx, keys: string[]): Promise<AlarmDto[]> {
  const sql = `select ${ALARM} from alarm where cleared_at is null and scope && $1 order by raised_at, id`;
  return (await tx.query<Alarm>(sql, [keys])).map(toAlarmDto);
}

/** What was raised at a desk in a span or stood in it, exercises left out. */
export async function healthFacts(tx: Tx, { societyId, from, to }: { societyId: string; from: Date; to: Date }): Promise<HealthFact[]> {
  return tx.query<HealthFact>(
    `select id, severity, raised_at as "raisedAt", cleared_at as "clearedAt", answered_at as "answeredAt" from alarm
     where society_id = $1 and not exercise and raised_at < $3 and (raised_at >= $2 or cleared_at is null or cleared_at >= $2)
     order by raised_at, id`,
    [societyId, from, to],
  );
} // prettier-ignore

/** When the sources of a desk came and went in a span, exercises left out. */
export async function changeFacts(tx: Tx, { societyId, from, to }: { societyId: string; from: Date; to: Date }): Promise<ChangeFact[]> {
  return tx.query<ChangeFact>(
    `select a.source, c.at, c.kind from alarm_change c join alarm a on a.id = c.alarm_id
     where a.society_id = $1 and not a.exercise and c.at >= $2 and c.at < $3 order by a.source, c.at`,
    [societyId, from, to],
  );
} // prettier-ignore
