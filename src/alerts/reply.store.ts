import type { Tx } from '../database/index.js';
import type { RepliesQuery, ReplyDto, ReplyReading } from './replies.dto.js';
import type { ToldRun } from './reply-place.rules.js';

export interface ReplyRow {
  id: string;
  providerId: string | null;
  channel: ReplyDto['channel'];
  phone: string | null;
  words: string;
  personName: string | null;
  personRole: ReplyDto['personRole'];
  alertId: string | null;
  incidentId: string | null;
  teamName: string;
  unitCode: string;
  reading: ReplyReading;
  state: ReplyDto['state'];
  why: ReplyDto['why'];
  answerId: string | null;
  /** Where the words answered a check of people: what keeps that answer. */
  factId: string | null;
  enteredBy: string | null;
  decidedBy: string | null;
  decidedAt: Date | null;
  remark: string | null;
  occurredAt: Date;
  receivedAt: Date;
  scope: string[];
  version: number;
}
const REPLY = `id, provider_id as "providerId", channel, phone, words, person_name as "personName", person_role as "personRole",
  alert_id as "alertId", incident_id as "incidentId", team_name as "teamName", unit_code as "unitCode", reading, state, why,
  answer_id as "answerId", fact_id as "factId", entered_by as "enteredBy", decided_by as "decidedBy", decided_at as "decidedAt", remark,
  occurred_at as "occurredAt", received_at as "receivedAt", scope, version`;
const WAITING = `state in ('to-read','late')`;

export function toReplyDto({ providerId: _, scope: __, factId: ___, ...row }: ReplyRow): ReplyDto {
  const { decidedAt, occurredAt, receivedAt } = row;
  return {
    ...row, decidedAt: decidedAt?.toISOString() ?? null, occurredAt: occurredAt.toISOString(), receivedAt: receivedAt.toISOString(),
  }; // prettier-ignore
}

/** One transaction at a time for one message of a provider, so that the first decides and the others find it kept. */
export async function lockProviderId(tx: Tx, providerId: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('reply ' || $1, 0))`, [providerId]);
}

export async function insertReply(tx: Tx, row: ReplyRow): Promise<void> {
  await tx.query(
    `insert into alert_reply (id, provider_id, channel, phone, words, person_name, person_role, alert_id, incident_id, team_name, unit_code,
       reading, state, why, answer_id, entered_by, occurred_at, received_at, scope, fact_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`,
    [
      row.id, row.providerId, row.channel, row.phone, row.words, row.personName, row.personRole, row.alertId, row.incidentId, row.teamName,
      row.unitCode, JSON.stringify(row.reading), row.state, row.why, row.answerId, row.enteredBy, row.occurredAt, row.receivedAt, row.scope,
      row.factId,
    ], // prettier-ignore
  );
}

/** What became of a reply; its words, its sender and its times never change. */
export async function saveReply(tx: Tx, row: ReplyRow): Promise<ReplyRow> {
  const rows = await tx.query<ReplyRow>(
    `update alert_reply set person_name = $2, alert_id = $3, incident_id = $4, team_name = $5, unit_code = $6, state = $7, why = $8,
       answer_id = $9, decided_by = $10, decided_at = $11, remark = $12, scope = $13, version = version + 1 where id = $1 returning ${REPLY}`,
    [
      row.id, row.personName, row.alertId, row.incidentId, row.teamName, row.unitCode, row.state, row.why, row.answerId, row.decidedBy,
      row.decidedAt, row.remark, row.scope,
    ], // prettier-ignore
  );
  return rows[0]!;
}

export async function findReply(tx: Tx, id: string): Promise<ReplyRow | undefined> {
  return (await tx.query<ReplyRow>(`select ${REPLY} from alert_reply where id = $1`, [id]))[0];
}

export async function lockReply(tx: Tx, id: string): Promise<ReplyRow | undefined> {
  return (await tx.query<ReplyRow>(`select ${REPLY} from alert_reply where id = $1 for update`, [id]))[0];
}

export async function replyOfProvider(tx: Tx, providerId: string): Promise<ReplyRow | undefined> {
  return (await tx.query<ReplyRow>(`select ${REPLY} from alert_reply where provider_id = $1`, [providerId]))[0];
}

/** Replies that wait for a person, for the console snapshot. */
export async function waitingReplyRows(tx: Tx, keys: string[]): Promise<ReplyDto[]> {
  const rows = await tx.query<ReplyRow>(
    `select ${REPLY} from alert_reply where ${WAITING} and scope && $1 order by received_at, id`,
    [keys],
  );
  return rows.map(toReplyDto);
}

/** Newest first. */
export async function visibleReplies(
  tx: Tx,
  keys: string[],
  query: Omit<RepliesQuery, 'limit' | 'cursor'> & { before: string | null; limit: number },
): Promise<ReplyDto[]> {
  const rows = await tx.query<ReplyRow>(
    `select ${REPLY} from alert_reply where scope && $1 and ($2::uuid is null or alert_id = $2) and ($3::uuid is null or incident_id = $3)
       and ($4::boolean is null or (${WAITING}) = $4) and ($5::uuid is null or id < $5)
     order by id desc limit $6`,
    [keys, query.alertId ?? null, query.incidentId ?? null, query.waiting ?? null, query.before, query.limit],
  );
  return rows.map(toReplyDto);
}

const PHONE_KEY = `right(regexp_replace($1, '[^0-9]', '', 'g'), 11)`;

/**
 * The runs that told somebody at a number since an instant, or that run now and would tell him next, newest first; one line a run, with
 * the last step at which he stands.
 */
export async function runsOfNumber(tx: Tx, phone: string, since: Date): Promise<ToldRun[]> {
  return tx.query<ToldRun>(
    `select * from (
       select distinct on (a.id) a.id as "alertId", a.kind, a.raised_at as "raisedAt", a.done_reason as "doneReason",
         known.name as "personName", known.role as "personRole"
       from (
         select alert_id, step, person_name as name, person_role as role from alert_delivery where phone_key = ${PHONE_KEY} and phone_key <> ''
         union all
         select a.id, rung.n, person ->> 'name', coalesce(person ->> 'role', rung.each ->> 'role')
         from alert a, jsonb_array_elements(a.steps) with ordinality rung(each, n), jsonb_array_elements(rung.each -> 'people') person
         where a.next_due_at is not null and person ->> 'phone' <> ''
           and right(regexp_replace(person ->> 'phone', '[^0-9]', '', 'g'), 11) = ${PHONE_KEY}
       ) known join alert a on a.id = known.alert_id
       where a.done_reason is null or a.done_at >= $2
       order by a.id, known.step desc
     ) told order by "raisedAt" desc, "alertId" desc limit 20`,
    [phone, since],
  );
}

/** Societies whose desks wait for an answer now, and the top one: who may know what words from an unknown number are about. */
export async function waitingDeskKeys(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ key: string }>(
    `select distinct key from alert, unnest(scope) key where done_reason is null and key like '/%'
     union select path from society where parent_id is null`,
  );
  return rows.map(({ key }) => key);
}
