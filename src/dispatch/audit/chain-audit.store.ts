import type { Tx } from '../../database/index.js';
import type { ChainFaultDto, ChainFaultKind, ChainFaultsQuery } from './chain-audit.dto.js';

export interface FoundFault {
  kind: ChainFaultKind;
  subjectId: string;
  step: number;
  alertId: string | null;
  assignmentId: string | null;
  incidentId: string;
  teamName: string;
  unitCode: string;
  who: string | null;
  since: Date;
  scope: string[];
}
export interface FaultRow extends FoundFault {
  id: string;
  openedAt: Date;
  closedAt: Date | null;
  version: number;
}
const FAULT = `id, kind, subject_id as "subjectId", step, alert_id as "alertId", assignment_id as "assignmentId", incident_id as "incidentId",
  team_name as "teamName", unit_code as "unitCode", who, since, opened_at as "openedAt", closed_at as "closedAt", scope, version`;

export function toFaultDto({ subjectId: _, scope: __, since, openedAt, closedAt, ...row }: FaultRow): ChainFaultDto {
  const times = {
    since: since.toISOString(),
    openedAt: openedAt.toISOString(),
    closedAt: closedAt?.toISOString() ?? null,
  };
  return { ...row, ...times };
}

const OF_ALERT = `a.id as "alertId", a.assignment_id as "assignmentId", a.incident_id as "incidentId", a.team_name as "teamName",
  a.unit_code as "unitCode"`;
const peopleOf = (step: string) =>
  `(select string_agg(person ->> 'name', '、') from jsonb_array_elements(a.steps -> (${step} - 1) -> 'people') person)`;
const STEP_PEOPLE = peopleOf('a.step');
/** How far back the auditor looks for what came late: longer than he can have been away unseen. */
const LOOK_BACK = `interval '1 day'`;
/** Nobody has done anything for the incident since: it still runs, and no assignment was made after that moment. */
const LEFT_ALONE = `exists (select 1 from incident i where i.id = a.incident_id and i.status not in ('closed','dismissed','merged'))
  and not exists (select 1 from assignment later where later.incident_id = a.incident_id and later.reserved_at > a.done_at)`;

/** What came late and is over by now, while nobody could look: it is named once all the same. */
const neverNamed = (kind: string, subject: string, step: string) =>
  `not exists (select 1 from chain_fault f where f.kind = '${kind}' and f.subject_id = ${subject} and f.step = ${step})`;
const CAME_LATE = `
  select 'step-late', a.id, s.step, ${OF_ALERT}, ${peopleOf('s.step')}, s.due_at, a.scope
  from alert_step s join alert a on a.id = s.alert_id
  where s.late_s > 0 and s.late_s >= $2 and s.left_at > $1::timestamptz - ${LOOK_BACK} and ${neverNamed('step-late', 'a.id', 's.step')}
  union all
  select 'delivery-late', a.id, late.step, ${OF_ALERT}, late.who, late.since, a.scope
  from (select alert_id, step, string_agg(distinct person_name, '、') as who, min(handed_at - make_interval(secs => late_s)) as since
    from alert_delivery where late_s > 0 and late_s >= $2 and handed_at > $1::timestamptz - ${LOOK_BACK} group by alert_id, step) late
  join alert a on a.id = late.alert_id where ${neverNamed('delivery-late', 'a.id', 'late.step')}`;

/**
 * Every silence in the chain, read from the rows alone: nothing here is shared with what moves runs on or hands messages over, so a fault
 * of theirs is not a fault here. $1 now, by the clock of the database; $2 the grace in seconds.
 */
const SILENCES = `
  select 'step-late' as kind, a.id as "subjectId", a.step, ${OF_ALERT}, ${STEP_PEOPLE} as who, a.next_due_at as since, a.scope
  from alert a where a.next_due_at < $1::timestamptz - make_interval(secs => $2)
  union all
  select 'step-untold', a.id, a.step, ${OF_ALERT}, ${STEP_PEOPLE}, a.raised_at, a.scope
  from alert a where a.next_due_at is not null and a.raised_at < $1::timestamptz - make_interval(secs => $2)
    and not exists (select 1 from alert_delivery d where d.alert_id = a.id and d.step = a.step)
  union all
  select 'delivery-late', a.id, a.step, ${OF_ALERT}, late.who, late.since, a.scope
  from (select alert_id, min(due_at) as since, string_agg(distinct person_name, '、') as who from alert_delivery
    where due_at < $1::timestamptz - make_interval(secs => $2) group by alert_id) late join alert a on a.id = late.alert_id
  union all
  select 'assignment-silent', s.id, 0, null, s.id, s.incident_id, s.team_name, s.unit_code, null, s.status_since, s.scope
  from assignment s where s.status = 'alerted'
    and not exists (select 1 from alert a where a.assignment_id = s.id and a.kind = 'deploy' and a.done_reason is null)
  union all
  select 'tier-untold', a.id, a.step, ${OF_ALERT}, null, a.done_at, a.scope
  from alert a where a.done_reason = 'exhausted' and a.kind = 'deploy' and ${LEFT_ALONE}
    and not exists (select 1 from alert call where call.assignment_id = a.assignment_id and call.kind = 'duty-call' and call.raised_at >= a.done_at)
  union all
  select 'call-unanswered', a.id, a.step, ${OF_ALERT}, ${STEP_PEOPLE}, a.done_at, a.scope
  from alert a where a.done_reason = 'exhausted' and a.kind = 'duty-call' and ${LEFT_ALONE}
  union all ${CAME_LATE}`;

export async function silences(
  tx: Tx,
  { now, graceS, limit }: { now: Date; graceS: number; limit: number },
): Promise<FoundFault[]> {
  return tx.query<FoundFault>(`select * from (${SILENCES}) silence order by since, "subjectId" limit $3`, [
    now,
    graceS,
    limit,
  ]);
}

/** One auditor at a time; false when another is looking now. */
export async function lockAudit(tx: Tx): Promise<boolean> {
  return (await tx.query(`select id from chain_audit where id = 1 for update skip locked`)).length > 0;
}

export async function saveAudit(tx: Tx, at: Date): Promise<void> {
  await tx.query(`update chain_audit set last_audited_at = $1 where id = 1`, [at]);
}

/** When the auditor last looked; null if never. */
export async function lastAuditedAt(tx: Tx): Promise<Date | null> {
  return (await tx.query<{ at: Date | null }>(`select last_audited_at as at from chain_audit where id = 1`))[0]!.at;
}

export async function openFaults(tx: Tx): Promise<FaultRow[]> {
  return tx.query<FaultRow>(`select ${FAULT} from chain_fault where closed_at is null order by opened_at, id`);
}

export async function insertFault(tx: Tx, row: FaultRow): Promise<void> {
  await tx.query(
    `insert into chain_fault (id, kind, subject_id, step, alert_id, assignment_id, incident_id, team_name, unit_code, who, since, opened_at, scope)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      row.id, row.kind, row.subjectId, row.step, row.alertId, row.assignmentId, row.incidentId, row.teamName, row.unitCode, row.who,
      row.since, row.openedAt, row.scope,
    ], // prettier-ignore
  );
}

export async function closeFault(tx: Tx, id: string, at: Date): Promise<FaultRow> {
  const sql = `update chain_fault set closed_at = $2, version = version + 1 where id = $1 returning ${FAULT}`;
  return (await tx.query<FaultRow>(sql, [id, at]))[0]!;
}

/** Open alarms for the console snapshot. */
export async function openFaultRows(tx: Tx, keys: string[]): Promise<ChainFaultDto[]> {
  const sql = `select ${FAULT} from chain_fault where closed_at is null and scope && $1 order by opened_at, id`;
  return (await tx.query<FaultRow>(sql, [keys])).map(toFaultDto);
}

/** Newest first. */
export async function visibleFaults(
  tx: Tx,
  keys: string[],
  query: Omit<ChainFaultsQuery, 'limit' | 'cursor'> & { before: string | null; limit: number },
): Promise<ChainFaultDto[]> {
  const rows = await tx.query<FaultRow>(
    `select ${FAULT} from chain_fault where scope && $1 and ($2::boolean is null or (closed_at is null) = $2)
       and ($3::uuid is null or incident_id = $3) and ($4::uuid is null or id < $4) order by id desc limit $5`,
    [keys, query.open ?? null, query.incidentId ?? null, query.before, query.limit],
  );
  return rows.map(toFaultDto);
}

/** Open alarms by kind, for the metrics. */
export async function openFaultCounts(tx: Tx): Promise<{ kind: ChainFaultKind; count: number }[]> {
  return tx.query(`select kind, count(*)::int as count from chain_fault where closed_at is null group by kind`);
}
