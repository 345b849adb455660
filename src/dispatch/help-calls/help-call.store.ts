import type { Tx } from '../../database/index.js';
import type { HelpCallDto } from './help-call.dto.js';
import type { CallerIds, HelpProgress } from './help-call.rules.js';

export interface HelpCallRow extends HelpProgress {
  id: string;
  incidentId: string;
  assignmentId: string;
  teamId: string;
  unitCode: string;
  teamName: string;
  byName: string;
  byRole: HelpCallDto['byRole'];
  byUserId: string | null;
  byMemberId: string | null;
  phone: string | null;
  channel: HelpCallDto['channel'];
  exercise: boolean;
  presses: number;
  occurredAt: Date;
  recordedAt: Date;
  receivedAt: Date;
  callAlertId: string | null;
  deskIds: string[];
  scope: string[];
  version: number;
}
/** What the phone said at one moment. */
export interface HelpWordRow {
  id: string;
  helpCallId: string;
  kind: 'press' | 'added';
  words: string;
  lon: number | null;
  lat: number | null;
  accuracyM: number | null;
  occurredAt: Date;
  recordedAt: Date;
  receivedAt: Date;
}
const CALL = `id, incident_id as "incidentId", assignment_id as "assignmentId", team_id as "teamId", unit_code as "unitCode",
  team_name as "teamName", by_name as "byName", by_role as "byRole", by_user_id as "byUserId", by_member_id as "byMemberId", phone, channel,
  exercise, state, presses, occurred_at as "occurredAt", recorded_at as "recordedAt", received_at as "receivedAt", taken_up_at as "takenUpAt",
  taken_up_by as "takenUpBy", taken_up_by_id as "takenUpById", ended_at as "endedAt", ended_by as "endedBy", ended_by_id as "endedById",
  outcome, reason, call_alert_id as "callAlertId", desk_ids as "deskIds", scope, version`;
const WORD = `id, help_call_id as "helpCallId", kind, words, lon, lat, accuracy_m as "accuracyM", occurred_at as "occurredAt",
  recorded_at as "recordedAt", received_at as "receivedAt"`;

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** The newest position counts, by the moment of which it speaks. */
export function toHelpCallDto(row: HelpCallRow, said: readonly HelpWordRow[]): HelpCallDto {
  const { id, incidentId, assignmentId, teamId, unitCode, teamName, byName, byRole, phone, channel, exercise, state } =
    row;
  const { presses, takenUpBy, endedBy, outcome, reason, deskIds, version } = row;
  const placed = said.filter(({ lon }) => lon !== null).sort((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime()).at(-1); // prettier-ignore
  return {
    id, incidentId, assignmentId, teamId, unitCode, teamName, byName, byRole, phone, channel, exercise, state, presses,
    position: placed ? { lon: placed.lon!, lat: placed.lat!, accuracyM: placed.accuracyM, at: placed.occurredAt.toISOString() } : null,
    words: said.filter(({ words }) => words !== '').map((one) => ({
      id: one.id, words: one.words, occurredAt: one.occurredAt.toISOString(), receivedAt: one.receivedAt.toISOString(),
    })),
    occurredAt: row.occurredAt.toISOString(), receivedAt: row.receivedAt.toISOString(), takenUpAt: iso(row.takenUpAt), takenUpBy,
    endedAt: iso(row.endedAt), endedBy, outcome, reason, deskIds, version,
  }; // prettier-ignore
}

export async function helpCallDtos(tx: Tx, rows: readonly HelpCallRow[]): Promise<HelpCallDto[]> {
  if (rows.length === 0) return [];
  const said = await tx.query<HelpWordRow>(
    `select ${WORD} from help_call_word where help_call_id = any($1) order by nth`,
    [rows.map(({ id }) => id)],
  );
  return rows.map((row) => toHelpCallDto(row, said.filter(({ helpCallId }) => helpCallId === row.id))); // prettier-ignore
}

export async function findHelpCall(tx: Tx, id: string): Promise<HelpCallRow | undefined> {
  return (await tx.query<HelpCallRow>(`select ${CALL} from help_call where id = $1`, [id]))[0];
}

export async function lockHelpCall(tx: Tx, id: string): Promise<HelpCallRow | undefined> {
  return (await tx.query<HelpCallRow>(`select ${CALL} from help_call where id = $1 for update`, [id]))[0];
}

/** The call to which a press or a word with this id belongs, if the phone has said it before. */
export async function findCallOfWord(tx: Tx, wordId: string): Promise<HelpCallRow | undefined> {
  const sql = `select ${CALL} from help_call where id = (select help_call_id from help_call_word where id = $1)`;
  return (await tx.query<HelpCallRow>(sql, [wordId]))[0];
}

/** Calls of one person in one assignment, newest first. The ids name the same person. */
export async function callsOfPerson(tx: Tx, assignmentId: string, { userId, memberId }: CallerIds): Promise<HelpCallRow[]> {
  return tx.query<HelpCallRow>(
    `select ${CALL} from help_call where assignment_id = $1 and (by_user_id = $2 or by_member_id = $3) order by received_at desc, id desc limit 20`,
    [assignmentId, userId, memberId],
  );
} // prettier-ignore

export async function insertHelpCall(tx: Tx, row: HelpCallRow): Promise<void> {
  await tx.query(
    `insert into help_call (id, incident_id, assignment_id, team_id, unit_code, team_name, by_name, by_role, by_user_id, by_member_id, phone,
       channel, exercise, state, occurred_at, recorded_at, received_at, call_alert_id, desk_ids, scope)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'raised', $14, $15, $16, $17, $18, $19)`,
    [
      row.id, row.incidentId, row.assignmentId, row.teamId, row.unitCode, row.teamName, row.byName, row.byRole, row.byUserId, row.byMemberId,
      row.phone, row.channel, row.exercise, row.occurredAt, row.recordedAt, row.receivedAt, row.callAlertId, row.deskIds, row.scope,
    ], // prettier-ignore
  );
}

/** Everything that a step may change. The caller holds its lock. */
export async function saveHelpCall(tx: Tx, row: HelpCallRow): Promise<HelpCallRow> {
  const rows = await tx.query<HelpCallRow>(
    `update help_call set state = $2, presses = $3, taken_up_at = $4, taken_up_by = $5, taken_up_by_id = $6, ended_at = $7, ended_by = $8,
       ended_by_id = $9, outcome = $10, reason = $11, version = version + 1 where id = $1 returning ${CALL}`,
    [
      row.id, row.state, row.presses, row.takenUpAt, row.takenUpBy, row.takenUpById, row.endedAt, row.endedBy, row.endedById, row.outcome,
      row.reason,
    ], // prettier-ignore
  );
  return rows[0]!;
}

export async function insertHelpWord(tx: Tx, row: HelpWordRow): Promise<void> {
  await tx.query(
    `insert into help_call_word (id, help_call_id, kind, words, lon, lat, accuracy_m, occurred_at, recorded_at, received_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      row.id, row.helpCallId, row.kind, row.words, row.lon, row.lat, row.accuracyM, row.occurredAt, row.recordedAt, row.receivedAt,
    ], // prettier-ignore
  );
}

export async function countWords(tx: Tx, helpCallId: string): Promise<number> {
  const sql = `select count(*)::int as n from help_call_word where help_call_id = $1`;
  return (await tx.query<{ n: number }>(sql, [helpCallId]))[0]!.n;
}

/** H4: what keeps an incident open. The caller holds the incident. */
export async function openCallsOfIncident(tx: Tx, incidentId: string): Promise<HelpCallRow[]> {
  return tx.query<HelpCallRow>(
    `select ${CALL} from help_call where incident_id = $1 and state <> 'ended' order by received_at, id limit 50`,
    [incidentId],
  );
}

/** Open calls, for the console snapshot. */
export async function openHelpCallRows(tx: Tx, keys: string[]): Promise<HelpCallDto[]> {
  const sql = `select ${CALL} from help_call where state <> 'ended' and scope && $1 order by received_at, id`;
  return helpCallDtos(tx, await tx.query<HelpCallRow>(sql, [keys]));
}

export interface HelpCallFilter {
  incidentId?: string | undefined;
  teamId?: string | undefined;
  open?: boolean | undefined;
  before: string[] | null;
  limit: number;
}
/** Newest first, by when they came. */
export async function visibleHelpCalls(tx: Tx, keys: string[], filter: HelpCallFilter): Promise<HelpCallDto[]> {
  const [receivedAt = null, id = null] = filter.before ?? [];
  const rows = await tx.query<HelpCallRow>(
    `select ${CALL} from help_call where scope && $1 and ($2::uuid is null or incident_id = $2) and ($3::uuid is null or team_id = $3)
       and ($4::boolean is null or (state <> 'ended') = $4)
       and ($5::timestamptz is null or (date_trunc('milliseconds', received_at), id) < ($5, $6::uuid))
     order by date_trunc('milliseconds', received_at) desc, id desc limit $7`,
    [keys, filter.incidentId ?? null, filter.teamId ?? null, filter.open ?? null, receivedAt, id, filter.limit],
  );
  return helpCallDtos(tx, rows);
}
