import type { Tx } from '../database/index.js';
import type { KitFacts, PeopleFacts, Team } from './rescue-teams.entity.js';
import type { Speciality } from './rescue-teams.dto.js';
import { countedBy, COUNTS, ledBy } from './units.store.js';

const TEAM = `t.id, t.code, t.name, t.name_en as "nameEn", t.speciality, t.society_id as "societyId", s.path as "societyPath", t.grade,
  t.departure_target_min as "departureTargetMin", t.lon, t.lat, t.scope, t.version,
  (select count(*)::int from team_member m where m.team_id = t.id) as members, ${ledBy('t.id')}`;
const TEAM_FROM = `from team t join society s on s.id = t.society_id`;

export async function findTeam(tx: Tx, id: string): Promise<Team | undefined> {
  return (await tx.query<Team>(`select ${TEAM} ${TEAM_FROM} where t.id = $1`, [id]))[0];
}

/** Locks a team and all its units: whatever a change of the team does to a unit is told in the same transaction. */
export async function lockTeam(tx: Tx, id: string): Promise<Team | undefined> {
  await tx.query(`select 1 from team where id = $1 for update`, [id]);
  await tx.query(`select 1 from team_unit where team_id = $1 order by id for update`, [id]);
  return findTeam(tx, id);
}

/** Locks every team and unit; for the turn of the day. */
export async function lockAll(tx: Tx): Promise<void> {
  await tx.query(`select 1 from team order by id for update`);
  await tx.query(`select 1 from team_unit order by id for update`);
}

export async function visibleTeams(tx: Tx, keys: string[]): Promise<Team[]> {
  return tx.query<Team>(`select ${TEAM} ${TEAM_FROM} where t.scope && $1 order by t.id`, [keys]);
}

export async function teamCodeTaken(tx: Tx, code: string): Promise<boolean> {
  return (await tx.query(`select 1 from team where code = $1`, [code])).length > 0;
}

export async function insertTeam(tx: Tx, team: Team): Promise<void> {
  await tx.query(
    `insert into team (id, code, name, name_en, speciality, society_id, grade, departure_target_min, lon, lat, scope)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      team.id, team.code, team.name, team.nameEn, team.speciality, team.societyId, team.grade, team.departureTargetMin, team.lon,
      team.lat, team.scope,
    ], // prettier-ignore
  );
}

export async function saveTeam(
  tx: Tx,
  team: Pick<Team, 'id' | 'name' | 'nameEn' | 'departureTargetMin' | 'lon' | 'lat'>,
): Promise<void> {
  await tx.query(`update team set name = $2, name_en = $3, departure_target_min = $4, lon = $5, lat = $6 where id = $1`, [
    team.id, team.name, team.nameEn, team.departureTargetMin, team.lon, team.lat,
  ]); // prettier-ignore
}

export async function advanceTeam(tx: Tx, id: string): Promise<void> {
  await tx.query(`update team set version = version + 1 where id = $1`, [id]);
}

export interface TeamFilter {
  keys: string[];
  speciality: Speciality | null;
  societyPath: string | null;
  centre: { lon: number; lat: number } | null;
  after: { distanceM: number; code: string } | null;
  limit: number;
}

/**
 * Visible teams, nearest first when a centre is given (by the unit that is nearest, or the base of a team without units), otherwise by
 * code; one more than the page holds.
 */
export async function listTeams(tx: Tx, filter: TeamFilter): Promise<(Team & { distanceM: number })[]> {
  const { keys, speciality, societyPath, centre, after, limit } = filter;
  return tx.query<Team & { distanceM: number }>(
    `with fitting as (
       select t.id, t.code, case when $4::float8 is null then 0 else round(coalesce(
           (select min(st_distance(u.location, st_setsrid(st_makepoint($4, $5), 4326)::geography)) from team_unit u
            where u.team_id = t.id and ($2::text is null or t.speciality = $2 or $2 = any(u.capabilities))),
           st_distance(st_setsrid(st_makepoint(t.lon, t.lat), 4326)::geography, st_setsrid(st_makepoint($4, $5), 4326)::geography)))::int
         end as "distanceM"
       from team t join society s on s.id = t.society_id
       where t.scope && $1 and ($3::text is null or starts_with(s.path, $3))
         and ($2::text is null or t.speciality = $2 or exists (
           select 1 from team_unit u where u.team_id = t.id and $2 = any(u.capabilities))))
     select ${TEAM}, f."distanceM" ${TEAM_FROM.replace('from team t', 'from fitting f join team t on t.id = f.id')}
     where $6::float8 is null or (f."distanceM", f.code) > ($6, $7::text)
     order by f."distanceM", f.code limit $8`,
    [
      keys, speciality, societyPath, centre?.lon ?? null, centre?.lat ?? null, after?.distanceM ?? null, after?.code ?? null, limit,
    ], // prettier-ignore
  );
}

/** People and kit of a whole team, reserve included, counted on a day. */
export async function teamFacts(tx: Tx, id: string, day: string): Promise<{ people: PeopleFacts; kit: KitFacts }> {
  const [row] = await tx.query<{ people: PeopleFacts; kit: KitFacts }>(
    `with chosen as (select $2::uuid as id), ${countedBy('team_id')}
     select ${COUNTS} from chosen left join roster r on r.team_id = chosen.id left join dated d on d.team_id = chosen.id
       left join kit k on k.team_id = chosen.id`,
    [day, id],
  );
  return row!;
}
