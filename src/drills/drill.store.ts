import { drillPath } from '../access/index.js';
import type { Tx } from '../database/index.js';
import { type DrillDto, type ListedPerson, type ScoreDto, type ScriptedInject } from './drills.dto.js';

export interface DrillRow {
  id: string;
  number: number;
  title: string;
  societyId: string;
  societyPath: string;
  script: string | null;
  injects: ScriptedInject[];
  listed: ListedPerson[];
  startsAt: Date | null;
  speed: number;
  state: DrillDto['state'];
  plannedBy: string;
  plannedAt: Date;
  preparingSince: Date | null;
  attempts: number;
  startedAt: Date | null;
  endedAt: Date | null;
  score: ScoreDto | null;
  refusal: DrillDto['refusal'];
  scope: string[];
  version: number;
}
const DRILL = `d.id, d.number, d.title, d.society_id as "societyId", s.path as "societyPath", d.script, d.injects, d.listed, d.starts_at as "startsAt",
  d.speed, d.state, d.planned_by as "plannedBy", d.planned_at as "plannedAt", d.preparing_since as "preparingSince", d.attempts, d.started_at as "startedAt",
  d.ended_at as "endedAt", d.score, d.refusal, d.scope, d.version`;
const FROM = `from drill d join society s on s.id = d.society_id`;

/** The schema that holds a drill. */
export const schemaOf = (number: number): string => `drill_${number}`;

/** What everybody may read of it, and the journal keeps: neither names nor telephones of those who are told or scored. */
export function toDrillDto(row: DrillRow): DrillDto {
  const {
    societyPath: _,
    scope: __,
    preparingSince: ___,
    attempts: ____,
    injects,
    listed,
    score,
    startsAt,
    plannedAt,
    startedAt,
    endedAt,
    ...rest
  } = row;
  return {
    ...rest, injects: injects.length, listed: listed.length, score: score && withoutPeople(score), path: `${drillPath(row.number)}/`, startsAt: startsAt?.toISOString() ?? null,
    plannedAt: plannedAt.toISOString(), startedAt: startedAt?.toISOString() ?? null, endedAt: endedAt?.toISOString() ?? null,
  }; // prettier-ignore
}

const withoutPeople = ({ people: _, ...score }: ScoreDto): DrillDto['score'] => score;

export async function insertDrill(tx: Tx, row: DrillRow): Promise<void> {
  await tx.query(
    `insert into drill (id, number, title, society_id, script, injects, listed, starts_at, speed, state, planned_by, planned_at, scope)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      row.id, row.number, row.title, row.societyId, row.script, JSON.stringify(row.injects), JSON.stringify(row.listed), row.startsAt, row.speed,
      row.state, row.plannedBy, row.plannedAt, row.scope,
    ], // prettier-ignore
  );
}

export async function lockDrill(tx: Tx, id: string): Promise<DrillRow | undefined> {
  return (await tx.query<DrillRow>(`select ${DRILL} ${FROM} where d.id = $1 for update of d`, [id]))[0];
}

export async function findDrill(tx: Tx, id: string): Promise<DrillRow | undefined> {
  return (await tx.query<DrillRow>(`select ${DRILL} ${FROM} where d.id = $1`, [id]))[0];
}

export async function drillsIn(tx: Tx, state: DrillDto['state']): Promise<DrillRow[]> {
  return tx.query<DrillRow>(`select ${DRILL} ${FROM} where d.state = $1 order by d.number`, [state]);
}

/** What runs, and what has ended since. */
export async function drillsSince(tx: Tx, since: Date): Promise<DrillRow[]> {
  return tx.query<DrillRow>(
    `select ${DRILL} ${FROM} where d.state = 'running' or d.started_at is not null and d.ended_at >= $1 order by d.number`,
    [since],
  );
}

export async function drillsVisible(
  tx: Tx,
  filter: { keys: string[]; after: [string, string] | null; limit: number },
): Promise<DrillRow[]> {
  const [at, id] = filter.after ?? [null, null];
  return tx.query<DrillRow>(
    `select ${DRILL} ${FROM} where d.scope && $1 and ($2::timestamptz is null or (d.planned_at, d.id) < ($2, $3::uuid))
     order by d.planned_at desc, d.id desc limit $4`,
    [filter.keys, at, id, filter.limit],
  );
}

/** The step of a drill, and its next version. */
export async function saveDrill(tx: Tx, row: DrillRow): Promise<void> {
  await tx.query(
    `update drill set state = $2, preparing_since = $3, started_at = $4, ended_at = $5, score = $6, version = $7,
       attempts = $8, refusal = $9 where id = $1`,
    [
      row.id,
      row.state,
      row.preparingSince,
      row.startedAt,
      row.endedAt,
      row.score && JSON.stringify(row.score),
      row.version,
      row.attempts,
      row.refusal,
    ],
  );
}

/** Its maker is still at it; nothing is renewed of what somebody else has begun again, or ended. */
export async function renewPreparing(tx: Tx, { id, attempts }: DrillRow, now: Date): Promise<void> {
  await tx.query(`update drill set preparing_since = $3 where id = $1 and state = 'preparing' and attempts = $2`, [
    id,
    attempts,
    now,
  ]);
}

/** Ended before a moment, and their schemas are still there. */
export async function forgottenDrills(tx: Tx, endedBefore: Date): Promise<number[]> {
  const rows = await tx.query<{ number: number }>(
    `select number from drill where state = 'ended' and ended_at < $1 and dropped_at is null order by number`,
    [endedBefore],
  );
  return rows.map(({ number }) => number);
}

export async function noteDropped(tx: Tx, number: number, now: Date): Promise<void> {
  await tx.query(`update drill set dropped_at = $2 where number = $1 and state = 'ended'`, [number, now]);
}

/** Whose telephone a number is, of the people under a society: one name a number, with the mail address of the person. */
export async function peopleOfPhones(tx: Tx, phones: string[], path: string): Promise<ListedPerson[]> {
  return tx.query(
    `select distinct on (phone) name, phone, email from (
       select u.name, u.phone, u.email, s.path from app_user u join society s on s.id = u.society_id where u.disabled_at is null
       union all select m.name, m.phone, m.email, s.path from team_member m join team t on t.id = m.team_id join society s on s.id = t.society_id) people
     where phone = any($1) and path like $2 || '%' order by phone, email nulls last, name`,
    [phones, path],
  );
}
