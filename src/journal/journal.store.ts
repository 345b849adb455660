import type { Tx } from '../database/index.js';
import { ensure } from '../shared/problem.js';

/** Who did it, as the record keeps it. A job has a name and no id. */
export interface RecordedActor {
  userId: string | null;
  name: string;
  onBehalfOf?: string;
}

/** One changed thing. `data` is the DTO that GET returns; `scope` the keys of who may see it (access/README.md). */
export interface Change {
  kind: string;
  subject: string;
  id: string;
  version: number;
  scope: string[];
  data: object;
  /** What those see of it who hold none of these keys; without it everybody in `scope` sees `data`. */
  masked?: { data: object; wholeScope: string[] };
  actor: RecordedActor;
  incidentId?: string;
  occurredAt?: Date;
  recordedAt?: Date;
}

export const JOURNAL_HINT = 'journal';

/** Writes the change in the transaction that makes it: told if and only if it commits. */
export async function recordChange(tx: Tx, change: Change): Promise<void> {
  ensure(change.scope.length > 0, `J1 ${change.kind} says who may see it`);
  const { masked } = change;
  await tx.query(
    `insert into journal (kind, subject, subject_id, version, incident_id, scope, body, actor_id, actor_name, on_behalf_of, occurred_at,
       recorded_at, whole_scope, masked)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, coalesce($11, clock_timestamp()), coalesce($12, clock_timestamp()), $13, $14)`,
    [
      change.kind, change.subject, change.id, change.version, change.incidentId ?? null, change.scope, JSON.stringify(change.data),
      change.actor.userId, change.actor.name, change.actor.onBehalfOf ?? null, change.occurredAt ?? null, change.recordedAt ?? null,
      masked?.wholeScope ?? null, masked ? JSON.stringify(masked.data) : null,
    ], // prettier-ignore
  );
  tx.afterCommit(JOURNAL_HINT);
}

/** Many changes of one command in one statement, in their order. */
export async function recordChanges(tx: Tx, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map(({ data, masked, actor, ...change }) => {
    ensure(change.scope.length > 0, `J1 ${change.kind} says who may see it`);
    const { kind, subject, id, version, scope, incidentId = null, occurredAt = null, recordedAt = null } = change;
    const { userId, name, onBehalfOf = null } = actor;
    return {
      kind, subject, id, version, incidentId, scope, body: JSON.stringify(data), userId, name, onBehalfOf, occurredAt, recordedAt,
      wholeScope: masked?.wholeScope ?? null, masked: masked ? JSON.stringify(masked.data) : null,
    };
  }); // prettier-ignore
  await tx.query(
    `insert into journal (kind, subject, subject_id, version, incident_id, scope, body, actor_id, actor_name, on_behalf_of, occurred_at,
       recorded_at, whole_scope, masked)
     select kind, subject, id, version, "incidentId", array(select jsonb_array_elements_text(scope)), body, "userId", name, "onBehalfOf",
       coalesce("occurredAt", clock_timestamp()), coalesce("recordedAt", clock_timestamp()),
       case when masked is not null then array(select jsonb_array_elements_text("wholeScope")) end, masked
     from rows from (jsonb_to_recordset($1::jsonb) as (kind text, subject text, id uuid, version integer, "incidentId" uuid, scope jsonb,
       body text, "userId" uuid, name text, "onBehalfOf" text, "occurredAt" timestamptz, "recordedAt" timestamptz,
       "wholeScope" jsonb, masked text)) with ordinality as one
     order by ordinality`,
    [JSON.stringify(rows)],
  );
  tx.afterCommit(JOURNAL_HINT);
}

/** A sealed change as its readers get it. */
export interface SealedChange {
  seq: number;
  kind: string;
  subject: string;
  subjectId: string;
  version: number;
  incidentId: string | null;
  scope: string[];
  body: string;
  actorName: string | null;
  occurredAt: Date;
  receivedAt: Date;
}

/** As it is handed on inside: to be told to whoever may see the whole, and masked to the others. */
export interface FedChange extends SealedChange {
  masked: string | null;
  wholeScope: string[] | null;
}

const ABOUT = `seq, kind, subject, subject_id as "subjectId", version, incident_id as "incidentId", scope, actor_name as "actorName",
  occurred_at as "occurredAt", received_at as "receivedAt"`;
const WHOLE = `${ABOUT}, body`;

/** SQL of the text of a line of `journal` (by its alias) for a reader: all of it if every set of keys ("$2", say) has one of its whole scope. */
export const bodyFor = (journal: string, ...keys: string[]): string =>
  `case when ${journal}.masked is null or (${keys.map((set) => `${journal}.whole_scope && ${set}`).join(' and ')})
     then ${journal}.body else ${journal}.masked end as body`;
const sealedFor = (keys: string): string => `${ABOUT}, ${bodyFor('journal', keys)}`;

/** Numbers what has committed; answers the newest number, or null when there was nothing to number. */
export async function seal(tx: Tx, most: number): Promise<number | null> {
  const [row] = await tx.query<{ seq: number | null }>('select seal_journal($1) as seq', [most]);
  return row!.seq;
}

export async function headSeq(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ seq: number }>('select seq from journal_head');
  return row!.seq;
}

export async function headHash(tx: Tx): Promise<string> {
  const [row] = await tx.query<{ hash: string }>(`select encode(hash, 'hex') as hash from journal_head`);
  return row!.hash;
}

/** The line that the head names: number and hash of one moment; undefined while nothing is sealed. */
export async function newestLine(tx: Tx): Promise<{ seq: number; hash: string } | undefined> {
  const [line] = await tx.query<{ seq: number; hash: string }>(
    `select seq, encode(hash, 'hex') as hash from journal where seq = (select seq from journal_head)`,
  );
  return line;
}

/** The hashes of some lines by their numbers; a line that is not there is left out. */
export async function lineHashes(tx: Tx, seqs: readonly number[]): Promise<Map<number, string>> {
  const lines = await tx.query<{ seq: number; hash: string }>(
    `select seq, encode(hash, 'hex') as hash from journal where seq = any($1)`,
    [seqs],
  );
  return new Map(lines.map(({ seq, hash }) => [seq, hash]));
}

/** When the first line was received; null while there is none. */
export async function firstLineAt(tx: Tx): Promise<Date | null> {
  const [line] = await tx.query<{ at: Date }>(`select received_at as at from journal where seq = 1`);
  return line?.at ?? null;
}

/** Sealed changes after a number, oldest first. */
export async function changesAfter(tx: Tx, after: number, limit: number): Promise<FedChange[]> {
  return tx.query<FedChange>(
    `select ${WHOLE}, masked, whole_scope as "wholeScope" from journal where seq > $1 order by seq limit $2`,
    [after, limit],
  );
}

/** The same, only what one actor may see. */
export async function visibleChangesAfter(
  tx: Tx,
  after: number,
  keys: string[],
  limit: number,
): Promise<SealedChange[]> {
  return tx.query<SealedChange>(
    `select ${sealedFor('$2')} from journal where seq > $1 and scope && $2 order by seq limit $3`,
    [after, keys, limit],
  );
}

export async function incidentChanges(
  tx: Tx,
  incidentId: string,
  keys: string[],
  after: number,
  limit: number,
): Promise<SealedChange[]> {
  return tx.query<SealedChange>(
    `select ${sealedFor('$3')} from journal where incident_id = $1 and seq > $2 and scope && $3 order by seq limit $4`,
    [incidentId, after, keys, limit],
  );
}

/** The newest sealed changes that the keys reach, newest first, of some kinds of some subjects; looks no further back than `within` numbers. */
export async function latestChanges(
  tx: Tx,
  asked: { keys: string[]; subjects: readonly string[]; kinds: readonly string[]; within: number; limit: number },
): Promise<SealedChange[]> {
  return tx.query<SealedChange>(
    `select ${sealedFor('$1')} from journal where seq > (select seq from journal_head) - $4 and scope && $1 and subject = any($2) and kind = any($3)
     order by seq desc limit $5`,
    [asked.keys, asked.subjects, asked.kinds, asked.within, asked.limit],
  );
}

/** Lines of the exported record: the hashed text and its links, so that a file can be verified without us. */
export interface RecordLine {
  seq: number;
  text: string;
  prevHash: string;
  hash: string;
}
export async function recordLines(tx: Tx, after: number, limit: number): Promise<RecordLine[]> {
  return tx.query<RecordLine>(
    `select seq, journal_text(journal, seq) as text, encode(prev_hash, 'hex') as "prevHash", encode(hash, 'hex') as hash
     from journal where seq > $1 order by seq limit $2`,
    [after, limit],
  );
}

/** How long the oldest committed change has waited for its number, in milliseconds; 0 when none waits. */
export async function sealerLagMs(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ ms: number }>(
    `select coalesce(extract(epoch from clock_timestamp() - min(received_at)) * 1000, 0)::float8 as ms from journal where seq is null`,
  );
  return row!.ms;
}

/** What the lines of the record are searched for. Times are those of their receipt. */
export interface RecordWanted {
  subject?: string | undefined;
  kind?: string | undefined;
  subjectId?: string | undefined;
  incidentId?: string | undefined;
  who?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
}

/**
 * Lines that fit, the newest first, among the `window` lines before a number: a search for what is rare stops there and goes on when it is
 * asked to. No index serves it, because one more index would cost every command.
 */
export async function searchRecord(
  tx: Tx,
  of: { before: number; window: number; keys: string[]; limit: number },
  wanted: RecordWanted,
): Promise<SealedChange[]> {
  return tx.query<SealedChange>(
    `select ${sealedFor('$3')} from journal
     where seq < $1 and seq >= $1 - $2::bigint and scope && $3 and ($4::text is null or subject = $4) and ($5::text is null or kind = $5)
       and ($6::uuid is null or subject_id = $6) and ($7::uuid is null or incident_id = $7)
       and ($8::text is null or position(lower($8) in lower(coalesce(actor_name, ''))) > 0)
       and ($9::timestamptz is null or received_at >= $9) and ($10::timestamptz is null or received_at < $10)
     order by seq desc limit $11`,
    [
      of.before, of.window, of.keys, wanted.subject ?? null, wanted.kind ?? null, wanted.subjectId ?? null, wanted.incidentId ?? null,
      wanted.who ?? null, wanted.from ?? null, wanted.to ?? null, of.limit,
    ], // prettier-ignore
  );
}
