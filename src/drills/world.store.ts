import type { Tx } from '../database/index.js';
import type { InjectCall, InjectDto } from './drills.dto.js';
import type { ScoreFact } from './score.rules.js';

// What is read and written inside a drill. These statements run on its connections only.

export interface InjectRow {
  id: string;
  line: number;
  dueAt: Date;
  state: InjectDto['state'];
  begunAt: Date | null;
  playedAt: Date | null;
  refusal: string | null;
  call: InjectCall;
  enteredBy: string | null;
}
const INJECT = `id, line, due_at as "dueAt", state, begun_at as "begunAt", played_at as "playedAt", refusal, call, entered_by as "enteredBy"`;

export const toInjectDto = ({ begunAt: _, dueAt, playedAt, ...row }: InjectRow): InjectDto => ({
  ...row,
  dueAt: dueAt.toISOString(),
  playedAt: playedAt?.toISOString() ?? null,
});

export async function insertInjects(tx: Tx, rows: Pick<InjectRow, 'id' | 'line' | 'dueAt' | 'call'>[]): Promise<void> {
  const written = rows.map(({ dueAt, ...row }) => ({ ...row, due_at: dueAt.toISOString(), kind: row.call.kind }));
  await tx.query(
    `insert into drill_inject (id, line, due_at, kind, call)
     select id, line, due_at, kind, call from jsonb_to_recordset($1::jsonb) as (id uuid, line integer, due_at timestamptz, kind text, call jsonb)`,
    [JSON.stringify(written)],
  );
}

/** Those who enter injects by hand come one after another. Answers how many there are already. */
export async function holdInjects(tx: Tx): Promise<number> {
  await tx.query(`select 1 from drill_clock for update`);
  return (await tx.query<{ injects: number }>(`select count(*)::int as injects from drill_inject`))[0]!.injects;
}

/** An inject that is there already, and whether it is the same call. */
export async function enteredInject(
  tx: Tx,
  { id, call }: Pick<InjectRow, 'id' | 'call'>,
): Promise<(InjectRow & { same: boolean }) | undefined> {
  const rows = await tx.query<InjectRow & { same: boolean }>(
    `select ${INJECT}, call = $2::jsonb as same from drill_inject where id = $1`,
    [id, JSON.stringify(call)],
  );
  return rows[0];
}

/** After all that are there; which of several is played first is said by when they are due. */
export async function enterInject(
  tx: Tx,
  { id, dueAt, call, enteredBy }: Pick<InjectRow, 'id' | 'dueAt' | 'call' | 'enteredBy'>,
): Promise<InjectRow> {
  const rows = await tx.query<InjectRow>(
    `insert into drill_inject (id, line, due_at, kind, call, entered_by)
     select $1, coalesce(max(line), 0) + 1, $2, $3, $4, $5 from drill_inject returning ${INJECT}`,
    [id, dueAt, call.kind, JSON.stringify(call), enteredBy],
  );
  return rows[0]!;
}

export async function allInjects(tx: Tx): Promise<InjectRow[]> {
  return tx.query<InjectRow>(`select ${INJECT} from drill_inject order by due_at, line`);
}

/**
 * Takes the next inject whose time has come, one process at a time and in their order; one that was begun `lostS` seconds
 * ago or more and never noted (its process died) is taken again. When it was begun is the server's time: the drill's may stand, or run fast.
 */
export async function takeInject(tx: Tx, { now, lostS }: { now: Date; lostS: number }): Promise<InjectRow | undefined> {
  // prettier-ignore
  const rows = await tx.query<InjectRow>(
    `update drill_inject set state = 'playing', begun_at = pg_catalog.clock_timestamp() where id = (
       select id from drill_inject where due_at <= $1 and (state = 'waiting' or (state = 'playing' and begun_at <= pg_catalog.clock_timestamp() - make_interval(secs => $2)))
         and not exists (select 1 from drill_inject busy where busy.state = 'playing' and busy.begun_at > pg_catalog.clock_timestamp() - make_interval(secs => $2))
       order by due_at, line limit 1 for update skip locked)
     returning ${INJECT}`,
    [now, lostS],
  );
  return rows[0];
}

export async function saveInject(tx: Tx, row: InjectRow): Promise<void> {
  await tx.query(`update drill_inject set state = $2, played_at = $3, refusal = $4 where id = $1`, [
    row.id,
    row.state,
    row.playedAt,
    row.refusal,
  ]);
}

/** The account of the duty desk of a society: its officer, or who leads the desk. */
export async function deskOf(tx: Tx, adcode: string): Promise<string | undefined> {
  const [row] = await tx.query<{ account: string }>(
    `select u.account from role_grant g join app_user u on u.id = g.user_id join society s on s.id = g.society_id
     where s.adcode = $1 and g.role in ('dutyOfficer', 'dutyLead') and u.disabled_at is null order by g.role desc, u.account limit 1`,
    [adcode],
  );
  return row?.account;
}

/** By its code: a society, an item; the leader's telephone of a unit. */
export async function idOf(tx: Tx, table: 'society' | 'item', code: string): Promise<string | undefined> {
  const column = table === 'society' ? 'adcode' : 'code';
  return (await tx.query<{ id: string }>(`select id from ${table} where ${column} = $1`, [code]))[0]?.id;
}

export async function leaderPhone(tx: Tx, unitCode: string): Promise<string | undefined> {
  const [row] = await tx.query<{ phone: string }>(
    `select m.phone from team_unit u join team_member m on m.team_id = u.team_id and m.position = 'leader' where u.code = $1`,
    [unitCode],
  );
  return row?.phone;
}

/** The clocks of a drill that the score is made of. */
export async function scoreFacts(tx: Tx, limits: { firstAlertS: number; answerS: number }): Promise<ScoreFact[]> {
  return tx.query<ScoreFact>(
    `select 'first-alert' as code, m.dispatched_by as who, i.reported_at as since, j.at as "metAt", $1::int as "targetS"
     from incident i
     left join lateral (select dispatched_by from mission where incident_id = i.id order by dispatched_at limit 1) m on true
     left join lateral (select min(received_at) as at from journal where incident_id = i.id and kind = 'alert.handed') j on true
     where i.status not in ('dismissed', 'merged')
     union all
     select 'answer', coalesce(w.by_name, p.person_name), a.raised_at, w.received_at, $2::int
     from alert a
     left join lateral (select by_name, received_at from alert_answer where alert_id = a.id order by received_at limit 1) w on true
     left join lateral (select person_name from alert_delivery where alert_id = a.id order by step, person_role desc, id limit 1) p on true
     where a.kind = 'deploy'
     union all
     select 'departure', s.team_name, s.answered_at, s.departed_at, t.departure_target_min * 60
     from assignment s join team t on t.id = s.team_id where s.answered_at is not null and s.status not in ('declined', 'withdrawn')
     union all
     select 'arrival', s.team_name, s.alerted_at, s.arrived_at, null
     from assignment s where s.alerted_at is not null and s.status not in ('declined', 'no-answer', 'withdrawn')`,
    [limits.firstAlertS, limits.answerS],
  );
}

export interface ReportingRow {
  kind: string;
  status: string;
  reportedAt: Date;
  anyAt: Date | null;
  writtenAt: Date | null;
  lastAt: Date | null;
  level: string | null;
  who: string | null;
}
/** What the reporting clocks of every incident are made of, and who reported first. */
export async function reportingRows(tx: Tx): Promise<ReportingRow[]> {
  return tx.query<ReportingRow>(
    `select i.kind, i.status, i.reported_at as "reportedAt", min(r.received_at) as "anyAt",
       min(r.received_at) filter (where r.channel = 'written') as "writtenAt", max(r.received_at) as "lastAt",
       (select min(level) from incident_response p where p.incident_id = i.id and p.ended_at is null) as level,
       (array_agg(r.reported_by order by r.received_at))[1] as who
     from incident i left join situation_report r on r.incident_id = i.id group by i.id order by i.reported_at`,
  );
}
