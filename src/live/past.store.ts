import type { Tx } from '../database/index.js';
import { bodyFor, type SealedChange } from '../journal/index.js';

/** Where a board begins: literal, so that the partial index `journal_board` serves it. */
const FROM_INDEX = `('incident','team-unit','help-call','chain-fault','clock-setting')`;
/** What else belongs to an incident and is found by it. */
const OF_INCIDENT = ['assignment', 'roll', 'supply-order', 'alert', 'response', 'task'];
const BOARD = `('incident','team-unit','help-call','chain-fault','clock-setting','assignment','roll','supply-order','alert','response','task')`;
const ABOUT = `seq, kind, subject, subject_id as "subjectId", version, incident_id as "incidentId", scope, actor_name as "actorName",
  occurred_at as "occurredAt", received_at as "receivedAt"`;

/** What the record spans, on its own clock: the moment of its first line, its newest number, and now. */
export async function recordSpan(tx: Tx): Promise<{ firstAt: Date | null; head: number; now: Date }> {
  const [row] = await tx.query<{ firstAt: Date | null; head: number; now: Date }>(
    `select (select received_at from journal where seq = 1) as "firstAt", (select seq from journal_head) as head, clock_timestamp() as now`,
  );
  return row!;
}

/** The newest number of the record that had come by a moment: numbers and times go up together, but for what commits within milliseconds. */
export async function seqAt(tx: Tx, at: Date): Promise<number> {
  const [row] = await tx.query<{ seq: number }>(
    `with recursive halves (low, high) as (
       select 0::bigint, (select seq from journal_head)
       union all
       select case when j.received_at <= $1 then j.seq else low end, case when j.received_at <= $1 then high else j.seq - 1 end
       from halves join journal j on j.seq = (low + high + 1) / 2 where low < high)
     select low as seq from halves where low >= high limit 1`,
    [at],
  );
  return row!.seq;
}

export async function momentOf(tx: Tx, seq: number): Promise<Date | null> {
  const [row] = await tx.query<{ at: Date }>(`select received_at as at from journal where seq = $1`, [seq]);
  return row?.at ?? null;
}

/** The newest line up to a number of every incident that was open, every unit and clock, every call for help and fault of the chain that stood. */
export async function boardHeads(tx: Tx, seq: number, keys: string[][]): Promise<SealedChange[]> {
  return tx.query<SealedChange>(
    `with recursive ids (subject, subject_id) as (
       (select subject, subject_id from journal where subject in ${FROM_INDEX} order by subject, subject_id limit 1)
       union all
       select n.subject, n.subject_id from ids cross join lateral (
         select j.subject, j.subject_id from journal j
         where j.subject in ${FROM_INDEX} and (j.subject, j.subject_id) > (ids.subject, ids.subject_id)
         order by j.subject, j.subject_id limit 1) n)
     select head.* from ids cross join lateral (
       select ${ABOUT}, ${bodyFor('j', '$2', '$3')} from journal j
       where j.subject in ${FROM_INDEX} and j.subject = ids.subject and j.subject_id = ids.subject_id and j.seq <= $1
       order by j.subject, j.subject_id, j.seq desc limit 1) head
     where case head.subject when 'incident' then head.body::json->>'status' not in ('closed','dismissed','merged')
       when 'help-call' then head.body::json->>'state' <> 'ended' when 'chain-fault' then head.body::json->>'closedAt' is null else true end`,
    [seq, keys[0], keys.at(-1)],
  );
}

/** The newest line up to a number of all work for some incidents, where all of the key sets reach it. At most `limit`. */
export async function workHeads(
  tx: Tx,
  incidentIds: string[],
  of: { seq: number; keys: string[][]; limit: number },
): Promise<SealedChange[]> {
  return tx.query<SealedChange>(
    `select ${ABOUT}, ${bodyFor('journal', '$4', '$5')} from journal where scope && $4 and scope && $5 and seq in (
       select distinct on (subject, subject_id) seq from journal
       where incident_id = any($1) and seq <= $2 and subject = any($3) order by subject, subject_id, seq desc)
     limit $6`,
    [incidentIds, of.seq, OF_INCIDENT, of.keys[0], of.keys.at(-1), of.limit],
  );
}

/** The newest changes of the board up to a number that all of the key sets reach, newest first: within `window` numbers. */
export async function changesUpTo(tx: Tx, seq: number, of: { keys: string[][]; window: number; limit: number }): Promise<SealedChange[]> {
  return tx.query<SealedChange>(
    `select ${ABOUT}, ${bodyFor('journal', '$3', '$4')} from journal where seq <= $1 and seq > $1 - $2::bigint and scope && $3 and scope && $4 and subject in ${BOARD}
     order by seq desc limit $5`,
    [seq, of.window, of.keys[0], of.keys.at(-1), of.limit],
  );
} // prettier-ignore

/** The first such change after a number. */
export async function changeAfter(tx: Tx, seq: number, of: { keys: string[][]; window: number }): Promise<SealedChange | undefined> {
  const rows = await tx.query<SealedChange>(
    `select ${ABOUT}, ${bodyFor('journal', '$3', '$4')} from journal where seq > $1 and seq <= $1 + $2::bigint and scope && $3 and scope && $4 and subject in ${BOARD}
     order by seq limit 1`,
    [seq, of.window, of.keys[0], of.keys.at(-1)],
  );
  return rows[0];
} // prettier-ignore

/** Incidents that had been reported by then without a line about it: they came into the database by another way. */
export async function unrecordedIncidents(tx: Tx, of: { seq: number; at: Date; keys: string[][]; limit: number }): Promise<{ id: string; number: string }[]> {
  return tx.query(
    `select i.id, i.number from incident i
     where i.reported_at <= $1 and i.scope && $2 and i.scope && $3 and not exists (
       select 1 from journal j where j.subject in ${FROM_INDEX} and j.subject = 'incident' and j.subject_id = i.id and j.seq <= $4)
     order by i.number limit $5`,
    [of.at, of.keys[0], of.keys.at(-1), of.seq, of.limit],
  );
} // prettier-ignore
