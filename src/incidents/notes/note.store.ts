import type { Tx } from '../../database/index.js';
import type { FirstCallDto, NoteDto } from './note.dto.js';
import type { KnownNote } from './note.rules.js';

export interface NoteRow {
  id: string;
  incidentId: string;
  serial: number;
  direction: NoteDto['direction'];
  channel: NoteDto['channel'];
  person: string | null;
  organisation: string | null;
  phone: string | null;
  words: string;
  answersId: string | null;
  correctsId: string | null;
  correctionReason: string | null;
  recordedBy: string;
  recordedById: string;
  occurredAt: Date;
  recordedAt: Date;
  receivedAt: Date;
}
type ShownRow = Omit<NoteRow, 'answersId' | 'correctsId' | 'recordedById'> &
  Pick<NoteDto, 'incidentNumber' | 'answers' | 'corrects' | 'correctedBy'>;

const ref = (alias: string) =>
  `(select jsonb_build_object('id', o.id, 'serial', o.serial, 'incidentNumber', oi.number)
    from incident_note o join incident oi on oi.id = o.incident_id where ${alias})`;
const SHOWN = `n.id, n.incident_id as "incidentId", i.number as "incidentNumber", n.serial, n.direction, n.channel, n.person, n.organisation, n.phone,
  n.words, ${ref('o.id = n.answers_id')} as answers, ${ref('o.id = n.corrects_id')} as corrects, n.correction_reason as "correctionReason",
  ${ref('o.corrects_id = n.id')} as "correctedBy", n.recorded_by as "recordedBy", n.occurred_at as "occurredAt", n.recorded_at as "recordedAt",
  n.received_at as "receivedAt"`;
/** The incident and all that went into it, at whatever remove. */
const FAMILY = `with recursive family (id) as (
  select $1::uuid union select i.id from incident i join family f on i.merged_into_id = f.id)`;

const toNoteDto = (row: ShownRow): NoteDto => ({
  ...row,
  occurredAt: row.occurredAt.toISOString(),
  recordedAt: row.recordedAt.toISOString(),
  receivedAt: row.receivedAt.toISOString(),
  version: row.correctedBy ? 2 : 1,
});

export async function insertNote(tx: Tx, note: NoteRow): Promise<void> {
  await tx.query(
    `insert into incident_note (id, incident_id, serial, direction, channel, person, organisation, phone, words, answers_id, corrects_id,
       correction_reason, recorded_by, recorded_by_id, occurred_at, recorded_at, received_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
    [
      note.id, note.incidentId, note.serial, note.direction, note.channel, note.person, note.organisation, note.phone, note.words,
      note.answersId, note.correctsId, note.correctionReason, note.recordedBy, note.recordedById, note.occurredAt, note.recordedAt,
      note.receivedAt,
    ], // prettier-ignore
  );
}

/** How many notes an incident has. Under its lock that is also the last serial (Y2). */
export async function countNotes(tx: Tx, incidentId: string): Promise<number> {
  const sql = `select count(*)::int as n from incident_note where incident_id = $1`;
  return (await tx.query<{ n: number }>(sql, [incidentId]))[0]!.n;
}

export async function noteDtos(tx: Tx, ids: string[]): Promise<NoteDto[]> {
  const rows = await tx.query<ShownRow>(
    `select ${SHOWN} from incident_note n join incident i on i.id = n.incident_id where n.id = any($1)`,
    [ids],
  );
  return ids.map((id) => toNoteDto(rows.find((row) => row.id === id)!));
}

/** A note of an incident or of one that went into it. */
export async function findNoteOf(tx: Tx, incidentId: string, id: string): Promise<KnownNote | undefined> {
  const rows = await tx.query<KnownNote>(
    `${FAMILY} select n.id, n.incident_id as "incidentId", n.serial, n.occurred_at as "occurredAt", c.serial as "correctedBySerial"
     from incident_note n left join incident_note c on c.corrects_id = n.id where n.id = $2 and n.incident_id in (select id from family)`,
    [incidentId, id],
  );
  return rows[0];
}

export interface NotesAsked {
  direction: NoteDto['direction'] | null;
  before: { occurredMs: number; id: string } | null;
  limit: number;
}
/** Notes of an incident and of those that went into it, the newest talk first, one more than the page holds. */
export async function listNotes(tx: Tx, incidentId: string, { direction, before, limit }: NotesAsked): Promise<NoteDto[]> {
  const rows = await tx.query<ShownRow>(
    `${FAMILY} select ${SHOWN} from incident_note n join incident i on i.id = n.incident_id
     where n.incident_id in (select id from family) and ($2::text is null or n.direction = $2)
       and ($3::float8 is null or (date_trunc('milliseconds', n.occurred_at), n.id) < (to_timestamp($3 / 1000.0), $4::uuid))
     order by date_trunc('milliseconds', n.occurred_at) desc, n.id desc limit $5`,
    [incidentId, direction, before?.occurredMs ?? null, before?.id ?? null, limit + 1],
  );
  return rows.map(toNoteDto);
} // prettier-ignore

/** The incidents above this one, at whatever remove: into which it went. The nearest first. */
export async function mergedInto(
  tx: Tx,
  incidentId: string,
): Promise<{ id: string; number: string; scope: string[]; wholeScope: string[] }[]> {
  return tx.query(
    `with recursive above (id, nth) as (
       select merged_into_id, 1 from incident where id = $1
       union all select i.merged_into_id, nth + 1 from incident i join above a on i.id = a.id where nth < 100)
     select i.id, i.number, i.scope, i.whole_scope as "wholeScope" from above a join incident i on i.id = a.id order by a.nth`,
    [incidentId],
  );
} // prettier-ignore

/** The reports with which an incident and those that went into it were first heard of, its own first, then by time. */
export async function firstCalls(tx: Tx, incidentId: string, most: number): Promise<FirstCallDto[]> {
  const rows = await tx.query<Omit<FirstCallDto, 'occurredAt' | 'reportedAt'> & { occurredAt: Date; reportedAt: Date }>(
    `${FAMILY} select i.id as "incidentId", i.number as "incidentNumber", i.title, i.status, i.reporter, i.what_happened as "whatHappened",
       i.occurred_at as "occurredAt", i.reported_at as "reportedAt",
       (select jsonb_build_object('id', m.id, 'number', m.number) from incident m where m.id = i.merged_into_id) as "mergedInto"
     from family f join incident i on i.id = f.id order by i.id <> $1, i.reported_at, i.id limit $2`,
    [incidentId, most],
  );
  return rows.map((row) => ({
    ...row,
    occurredAt: row.occurredAt.toISOString(),
    reportedAt: row.reportedAt.toISOString(),
  }));
}
