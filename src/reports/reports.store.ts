import type { Tx } from '../database/index.js';
import { bodyFor } from '../journal/index.js';
import type { CountedIncident } from './incident-figures.rules.js';
import type { LogRowDto, ResponseRowDto } from './reports.dto.js';
import type { ResponseStamps } from './response.rules.js';

/** What a report covers. keys: what the reader may see at all; paths: the societies that it is about, with all below them. */
export interface Cover {
  keys: string[];
  paths: string[];
  from: Date;
  until: Date;
  severity: string | null;
  exercise: boolean;
}

const covered = `i.scope && $1 and s.path like any($2) and i.reported_at >= $3 and i.reported_at < $4
  and ($5::text is null or i.severity = $5) and i.exercise = $6`;
const valuesOf = ({ keys, paths, from, until, severity, exercise }: Cover) => [
  keys, paths.map((path) => `${path}%`), from, until, severity, exercise,
]; // prettier-ignore

type ResponseRow = ResponseStamps &
  Pick<ResponseRowDto, 'incidentId' | 'number' | 'title' | 'kind' | 'severity' | 'societyId' | 'society'>;

/** Incidents that were taken up, newest first, with the first stamps of the assignments that the reader may see. */
export async function responseRows(tx: Tx, cover: Cover, limit: number): Promise<ResponseRow[]> {
  return tx.query<ResponseRow>(
    `select i.id as "incidentId", i.number, i.title, i.kind, i.severity, i.society_id as "societyId", s.name as society,
       i.reported_at as "reportedAt", a.alerted as "alertedAt", a.answered as "answeredAt", a.departed as "departedAt",
       a.arrived as "arrivedAt", coalesce(a.doubtful, false) as "orderDoubtful"
     from incident i join society s on s.id = i.society_id
     cross join lateral (select min(coalesce(alerted_at, reserved_at)) as alerted, min(answered_at) as answered, min(departed_at) as departed,
       min(arrived_at) as arrived, bool_or(order_doubtful) as doubtful from assignment where incident_id = i.id and scope && $1) a
     where ${covered} and i.status not in ('dismissed','merged')
     order by i.reported_at desc, i.id desc limit $7`,
    [...valuesOf(cover), limit],
  );
}

/** Incidents by day in China, kind, level and society; those that were dismissed or merged stand apart. */
export async function incidentCounts(tx: Tx, cover: Cover): Promise<(CountedIncident & { left: boolean })[]> {
  return tx.query<CountedIncident & { left: boolean }>(
    `select (i.reported_at at time zone 'Asia/Shanghai')::date as day, i.kind, i.severity, i.society_id as "societyId", s.name as society,
       i.status in ('dismissed','merged') as left, count(*)::int as units
     from incident i join society s on s.id = i.society_id where ${covered} group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 5`,
    valuesOf(cover),
  );
}

type LogRow = Omit<LogRowDto, 'at' | 'occurredAt' | 'data'> & { receivedAt: Date; occurredAt: Date; body: string };

/** Sealed changes below a number, newest first, by when the server got them. Where a unit is, minute by minute, is not told. */
export async function logBefore(tx: Tx, cover: Cover, page: { before: number | null; limit: number }): Promise<LogRowDto[]> {
  const rows = await tx.query<LogRow>(
    `select j.seq, j.kind, j.subject, j.subject_id as "subjectId", j.incident_id as "incidentId", j.actor_name as "actorName", ${bodyFor('j', '$1', '$2')},
       j.occurred_at as "occurredAt", j.received_at as "receivedAt"
     from journal j left join incident i on i.id = j.incident_id
     where j.seq is not null and j.scope && $1 and j.scope && $2 and j.received_at >= $3 and j.received_at < $4
       and ($5::text is null or i.severity = $5) and coalesce(i.exercise, $6) = $6
       and j.kind <> 'team.position-reported' and ($7::bigint is null or j.seq < $7)
     order by j.seq desc limit $8`,
    [cover.keys, cover.paths, cover.from, cover.until, cover.severity, cover.exercise, page.before, page.limit],
  );
  return rows.map(({ body, receivedAt, occurredAt, ...row }) => ({
    ...row,
    at: receivedAt.toISOString(),
    occurredAt: occurredAt.toISOString(),
    data: JSON.parse(body) as Record<string, unknown>,
  }));
} // prettier-ignore
