import type { Tx } from '../../database/index.js';
import { newId } from '../../shared/ids.js';
import type { RollFactDto } from './roll.dto.js';
import type { RollPerson } from './roll.rules.js';

/** Something that was said about the people of a roll, or that its clock did. */
export interface NewFact {
  id?: string;
  assignmentId: string;
  kind: RollFactDto['kind'];
  stage?: string | null;
  cycle?: number | null;
  /** People whose state this fact changed. */
  changed?: readonly RollPerson[];
  heads?: number | null;
  late?: boolean;
  by: { userId: string | null; name: string };
  onBehalfOf?: string | null;
  channel?: string | null;
  words?: string | null;
  times: { occurredAt: Date; recordedAt: Date; now: Date };
}

export async function insertFact(tx: Tx, fact: NewFact): Promise<void> {
  const { by, times, changed = [] } = fact;
  const entries = changed.map(({ id, name, state, outcome, words }) => ({ personId: id, name, state, outcome, words }));
  await tx.query(
    `insert into roll_fact (id, assignment_id, kind, stage, cycle, entries, heads, late, by_name, by_user_id, on_behalf_of, channel, words,
       occurred_at, recorded_at, received_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      fact.id ?? newId(), fact.assignmentId, fact.kind, fact.stage ?? null, fact.cycle ?? null, JSON.stringify(entries), fact.heads ?? null,
      fact.late ?? false, by.name, by.userId, fact.onBehalfOf ?? null, fact.channel ?? null, fact.words ?? null, times.occurredAt,
      times.recordedAt, times.now,
    ], // prettier-ignore
  );
}

interface FactRow extends Omit<RollFactDto, 'occurredAt' | 'receivedAt'> {
  occurredAt: Date;
  receivedAt: Date;
}

/** Newest first. */
export async function factsOf(
  tx: Tx,
  assignmentId: string,
  page: { before: string | null; limit: number },
): Promise<RollFactDto[]> {
  const rows = await tx.query<FactRow>(
    `select id, kind, stage, cycle, entries, heads, late, by_name as "byName", on_behalf_of as "onBehalfOf", channel, words,
       occurred_at as "occurredAt", received_at as "receivedAt"
     from roll_fact where assignment_id = $1
       and ($2::uuid is null or (received_at, id) < (select received_at, id from roll_fact where id = $2 and assignment_id = $1))
     order by received_at desc, id desc limit $3`,
    [assignmentId, page.before, page.limit],
  );
  return rows.map((row) => ({
    ...row,
    occurredAt: row.occurredAt.toISOString(),
    receivedAt: row.receivedAt.toISOString(),
  }));
}

export interface ParSettingRow {
  intervalS: number;
  reason: string;
  setBy: string;
  setAt: Date;
  version: number;
}
const SETTING = `interval_s as "intervalS", reason, set_by as "setBy", set_at as "setAt", version`;

export async function parSettingOf(tx: Tx, incidentId: string): Promise<ParSettingRow | undefined> {
  return (await tx.query<ParSettingRow>(`select ${SETTING} from par_setting where incident_id = $1`, [incidentId]))[0];
}

export async function saveParSetting(
  tx: Tx,
  incidentId: string,
  setting: Omit<ParSettingRow, 'version'>,
): Promise<ParSettingRow> {
  const rows = await tx.query<ParSettingRow>(
    `insert into par_setting (incident_id, interval_s, reason, set_by, set_at) values ($1, $2, $3, $4, $5)
     on conflict (incident_id) do update set interval_s = excluded.interval_s, reason = excluded.reason, set_by = excluded.set_by,
       set_at = excluded.set_at, version = par_setting.version + 1
     returning ${SETTING}`,
    [incidentId, setting.intervalS, setting.reason, setting.setBy, setting.setAt],
  );
  return rows[0]!;
}
