import type { Tx } from '../../database/index.js';
import { ensure } from '../../shared/problem.js';
import type { ResponseLevel } from './plans.dto.js';
import type { ActDto, ResponseDto } from './responses.dto.js';

export interface Act extends Omit<ActDto, 'actedAt' | 'expectedUntil'> {
  actedAt: Date;
  expectedUntil: Date | null;
}
/** The response of one society to one incident, with its newest act. */
export interface Response {
  id: string;
  incidentId: string;
  societyId: string;
  path: string;
  planVersionId: string;
  planTitle: string;
  planNumber: number;
  level: ResponseLevel | null;
  startedAt: Date;
  levelSince: Date;
  endedAt: Date | null;
  last: Act;
  scope: string[];
  version: number;
}
const ACT = `jsonb_build_object('id', a.id, 'serial', a.serial, 'step', a.step, 'from', a.from_level, 'to', a.to_level, 'reason', a.reason,
  'decidedBy', a.decided_by, 'documentNo', a.document_no, 'expectedUntil', a.expected_until, 'facts', a.facts, 'reached', a.reached,
  'difference', a.difference, 'actedBy', a.acted_by, 'actedAt', a.acted_at)`;
const RESPONSE = `r.id, r.incident_id as "incidentId", r.society_id as "societyId", s.path, r.plan_version_id as "planVersionId",
  p.title as "planTitle", p.number as "planNumber", r.level, r.started_at as "startedAt", r.level_since as "levelSince",
  r.ended_at as "endedAt", r.scope, r.version,
  (select ${ACT} from response_act a where a.response_id = r.id order by a.serial desc limit 1) as last`;
const FROM = `from incident_response r join society s on s.id = r.society_id join plan_version p on p.id = r.plan_version_id`;

type JsonAct = Omit<Act, 'actedAt' | 'expectedUntil'> & { actedAt: string; expectedUntil: string | null };
const toAct = (act: JsonAct): Act => ({
  ...act,
  actedAt: new Date(act.actedAt),
  expectedUntil: act.expectedUntil === null ? null : new Date(act.expectedUntil),
});
const toResponse = (row: Omit<Response, 'last'> & { last: JsonAct }): Response => ({ ...row, last: toAct(row.last) });

export const toActDto = (act: Act): ActDto => ({
  ...act,
  actedAt: act.actedAt.toISOString(),
  expectedUntil: act.expectedUntil && act.expectedUntil.toISOString(),
});
export const toResponseDto = ({ path: _p, scope: _s, ...response }: Response): ResponseDto => ({
  ...response,
  startedAt: response.startedAt.toISOString(),
  levelSince: response.levelSince.toISOString(),
  endedAt: response.endedAt && response.endedAt.toISOString(),
  last: toActDto(response.last),
});

type Row = Parameters<typeof toResponse>[0];
export async function findResponse(tx: Tx, id: string): Promise<Response | undefined> {
  const rows = await tx.query<Row>(`select ${RESPONSE} ${FROM} where r.id = $1`, [id]);
  return rows[0] && toResponse(rows[0]);
}

export async function lockResponse(tx: Tx, id: string): Promise<Response | undefined> {
  const held = await tx.query(`select 1 from incident_response where id = $1 for update`, [id]);
  return held.length === 0 ? undefined : findResponse(tx, id);
}

/** Responses to an incident that have not ended; read under the incident's lock where it matters. */
export async function activeResponses(tx: Tx, incidentId: string): Promise<Response[]> {
  const rows = await tx.query<Row>(
    `select ${RESPONSE} ${FROM} where r.incident_id = $1 and r.ended_at is null order by s.path`,
    [incidentId],
  );
  return rows.map(toResponse);
}

export async function insertResponse(tx: Tx, response: Omit<Response, 'last'>): Promise<void> {
  await tx.query(
    `insert into incident_response (id, incident_id, society_id, plan_version_id, level, started_at, level_since, scope, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      response.id, response.incidentId, response.societyId, response.planVersionId, response.level, response.startedAt, response.levelSince,
      response.scope, response.version,
    ], // prettier-ignore
  );
}

export async function saveResponse(tx: Tx, response: Response): Promise<void> {
  const saved = await tx.query(
    `update incident_response set level = $3, level_since = $4, ended_at = $5, version = $2 where id = $1 and version = $2 - 1 returning id`,
    [response.id, response.version, response.level, response.levelSince, response.endedAt],
  );
  ensure(saved.length === 1, 'R2 a response is saved under its lock, one version on');
}

export async function insertAct(tx: Tx, responseId: string, act: Act): Promise<void> {
  await tx.query(
    `insert into response_act (id, response_id, serial, step, from_level, to_level, reason, decided_by, document_no, expected_until, facts,
       reached, difference, acted_by, acted_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      act.id, responseId, act.serial, act.step, act.from, act.to, act.reason, act.decidedBy, act.documentNo, act.expectedUntil,
      JSON.stringify(act.facts), JSON.stringify(act.reached), JSON.stringify(act.difference), act.actedBy, act.actedAt,
    ], // prettier-ignore
  );
}

/** Every response to an incident, the newest first, with all its acts. */
export async function responsesOf(
  tx: Tx,
  incidentId: string,
  keys: string[],
): Promise<{ response: Response; acts: Act[] }[]> {
  const rows = await tx.query<Row & { acts: JsonAct[] }>(
    `select ${RESPONSE}, (select jsonb_agg(${ACT} order by a.serial) from response_act a where a.response_id = r.id) as acts ${FROM}
     where r.incident_id = $1 and r.scope && $2 order by r.started_at desc, r.id limit 100`,
    [incidentId, keys],
  );
  return rows.map(({ acts, ...row }) => ({ response: toResponse(row), acts: acts.map(toAct) }));
}

/** Responses that have not ended, as far as the keys reach: what a console opens with. */
export async function openResponses(tx: Tx, keys: string[]): Promise<Response[]> {
  const rows = await tx.query<Row>(
    `select ${RESPONSE} ${FROM} where r.ended_at is null and r.scope && $1 order by r.started_at, r.id`,
    [keys],
  );
  return rows.map(toResponse);
}

/** The societies that may respond to an incident: those of the place and of the lead, and all above them. */
export async function societiesAlong(tx: Tx, paths: string[]): Promise<{ id: string; path: string }[]> {
  return tx.query(`select id, path from society where path = any($1) order by path`, [paths]);
}
