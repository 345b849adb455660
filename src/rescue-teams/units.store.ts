import type { Tx } from '../database/index.js';
import type { Team, Unit } from './rescue-teams.entity.js';
import type { UnitBooking } from './rescue-teams.dto.js';

/** A credential that ends within so many days is about to expire. */
const EXPIRING_DAYS = 90;

/**
 * People and kit counted by unit or by team, as common table expressions over `chosen` (ids). `$1` is the day. A person's paper of one
 * kind is the newest one: a renewed certificate has not expired.
 */
export const countedBy = (key: 'unit_id' | 'team_id'): string => `
  papers as (
    select m.${key}, c.member_id, c.kind, max(c.valid_until) as valid_until
    from team_member m join credential c on c.member_id = m.id where m.${key} in (select id from chosen) group by 1, 2, 3),
  dated as (
    select ${key}, count(*) filter (where kind = 'first-aid' and valid_until >= $1::date)::int as certified,
      count(*) filter (where valid_until < $1::date)::int as expired,
      count(*) filter (where valid_until between $1::date and $1::date + ${EXPIRING_DAYS})::int as expiring
    from papers group by 1),
  roster as (
    select ${key}, count(*)::int as members, count(*) filter (where insured_until >= $1::date)::int as insured,
      count(*) filter (where unreachable_since is not null)::int as unreachable
    from team_member where ${key} in (select id from chosen) group by 1),
  kit as (
    select ${key}, count(*) filter (where inspection_due_on < $1::date)::int as overdue,
      count(*) filter (where status = 'in-repair')::int as in_repair
    from team_equipment where ${key} in (select id from chosen) group by 1)`;

export const COUNTS = `jsonb_build_object('members', coalesce(r.members, 0), 'insured', coalesce(r.insured, 0),
    'certified', coalesce(d.certified, 0), 'expired', coalesce(d.expired, 0), 'expiring', coalesce(d.expiring, 0),
    'unreachable', coalesce(r.unreachable, 0)) as people,
  jsonb_build_object('overdue', coalesce(k.overdue, 0), 'inRepair', coalesce(k.in_repair, 0)) as kit`;

const personOf = (team: string, position: 'leader' | 'deputy') =>
  `(select jsonb_build_object('memberId', m.id, 'userId', m.user_id, 'name', m.name, 'phone', m.phone, 'email', m.email)
    from team_member m where m.team_id = ${team} and m.position = '${position}') as ${position}`;
/** Leader and deputy of a team; `team` is the SQL of its id. */
export const ledBy = (team: string): string => `${personOf(team, 'leader')}, ${personOf(team, 'deputy')}`;

const UNIT = `u.id, u.team_id as "teamId", t.code as "teamCode", t.name as "teamName", t.speciality, u.code, u.name,
  t.society_id as "societyId", s.path as "societyPath", u.capabilities, u.headcount, u.stand_by as "standBy",
  t.departure_target_min as "departureTargetMin", jsonb_build_object('lon', u.base_lon, 'lat', u.base_lat) as base, u.lon, u.lat,
  u.position_at as "positionAt", u.state_since as "stateSince", u.booking, u.scope, u.version`;
const UNIT_FROM = `team_unit u join team t on t.id = u.team_id join society s on s.id = t.society_id`;

/** Units that fit a condition (over u, t, s; parameters from `$2`), with their facts of a day, in one query. */
async function unitsWhere<More = unknown>(
  tx: Tx,
  asked: { day: string; condition: string; params: unknown[]; also?: string; order?: string },
): Promise<(Unit & More)[]> {
  const { day, condition, params, also = '', order = 'u.id' } = asked;
  return tx.query<Unit & More>(
    `with chosen as (select ${UNIT}${also} from ${UNIT_FROM} where ${condition}), ${countedBy('unit_id')}
     select u.*, ${COUNTS}, ${ledBy('u."teamId"')}
     from chosen u left join roster r on r.unit_id = u.id left join dated d on d.unit_id = u.id left join kit k on k.unit_id = u.id
     order by ${order}`,
    [day, ...params],
  );
}

export const unitsByIds = (tx: Tx, ids: string[], day: string): Promise<Unit[]> =>
  unitsWhere(tx, { day, condition: 'u.id = any($2)', params: [ids] });
export const unitsOfTeams = (tx: Tx, teamIds: string[], day: string): Promise<Unit[]> =>
  unitsWhere(tx, { day, condition: 'u.team_id = any($2)', params: [teamIds], order: 'u.code' });
export const visibleUnits = (tx: Tx, keys: string[], day: string): Promise<Unit[]> =>
  unitsWhere(tx, { day, condition: 'u.scope && $2', params: [keys] });
export const allUnits = (tx: Tx, day: string): Promise<Unit[]> =>
  unitsWhere(tx, { day, condition: 'true', params: [] });

/** Units of teams under any of the paths, nearest first; metres on the ellipsoid. */
export async function unitsByDistance(
  tx: Tx,
  asked: { lon: number; lat: number; paths: string[]; day: string },
): Promise<(Unit & { distanceM: number })[]> {
  return unitsWhere<{ distanceM: number }>(tx, {
    day: asked.day,
    condition: 'exists (select 1 from unnest($2::text[]) p where starts_with(s.path, p))',
    params: [asked.paths, asked.lon, asked.lat],
    also: `, round(st_distance(u.location, st_setsrid(st_makepoint($3, $4), 4326)::geography))::int as "distanceM"`,
    order: `"distanceM", u.code`,
  });
}

/** Locks units in id order, which is the order of everyone; facts are read afterwards. */
export async function lockUnitRows(tx: Tx, ids: string[]): Promise<void> {
  await tx.query(`select 1 from team_unit where id = any($1) order by id for update`, [ids]);
}

export async function insertUnit(
  tx: Tx,
  unit: Pick<Unit, 'id' | 'code' | 'name' | 'capabilities' | 'headcount'>,
  team: Team,
  now: Date,
) {
  await tx.query(
    `insert into team_unit (id, team_id, code, name, capabilities, headcount, base_lon, base_lat, lon, lat, state_since, scope)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $7, $8, $9, $10)`,
    [unit.id, team.id, unit.code, unit.name, unit.capabilities, unit.headcount, team.lon, team.lat, now, team.scope],
  );
}

export async function unitCodeTaken(tx: Tx, code: string): Promise<boolean> {
  return (await tx.query(`select 1 from team_unit where code = $1`, [code])).length > 0;
}

/** One version on; `stateSince` when the state that consoles show is another one from now. */
export async function advanceUnit(tx: Tx, id: string, stateSince: Date | null): Promise<void> {
  await tx.query(`update team_unit set version = version + 1, state_since = coalesce($2, state_since) where id = $1`, [
    id,
    stateSince,
  ]);
}

export async function saveStandBy(tx: Tx, ids: string[], standBy: boolean): Promise<void> {
  await tx.query(`update team_unit set stand_by = $2 where id = any($1)`, [ids, standBy]);
}

/** The base of all units of a team moves; units that never told a position stand at the base. */
export async function saveUnitBases(tx: Tx, teamId: string, base: { lon: number; lat: number }): Promise<void> {
  await tx.query(
    `update team_unit set base_lon = $2, base_lat = $3, lon = case when position_at is null then $2 else lon end,
       lat = case when position_at is null then $3 else lat end where team_id = $1`,
    [teamId, base.lon, base.lat],
  );
}

export async function savePosition(
  tx: Tx,
  id: string,
  position: { lon: number; lat: number; at: Date },
): Promise<void> {
  await tx.query(`update team_unit set lon = $2, lat = $3, position_at = $4, version = version + 1 where id = $1`, [
    id,
    position.lon,
    position.lat,
    position.at,
  ]);
}

/** D1: books a unit that nobody has booked; false when somebody has. */
export async function claimUnit(tx: Tx, id: string, booking: UnitBooking): Promise<boolean> {
  const claimed = await tx.query(
    `update team_unit set assignment_id = $2, booking = $3, state_since = $4, version = version + 1
     where id = $1 and assignment_id is null returning id`,
    [id, booking.assignmentId, JSON.stringify(booking), booking.since],
  );
  return claimed.length === 1;
}

export async function saveBookingStatus(tx: Tx, id: string, status: string, since: Date): Promise<boolean> {
  const saved = await tx.query(
    `update team_unit set booking = booking || jsonb_build_object('status', $2::text, 'since', $3::text), version = version + 1
     where id = $1 and assignment_id is not null returning id`,
    [id, status, since.toISOString()],
  );
  return saved.length === 1;
}

/** Frees a unit from one assignment; false when it is not booked for that one. */
export async function releaseUnit(tx: Tx, id: string, assignmentId: string, now: Date): Promise<boolean> {
  const freed = await tx.query(
    `update team_unit set assignment_id = null, booking = null, state_since = $3, version = version + 1
     where id = $1 and assignment_id = $2 returning id`,
    [id, assignmentId, now],
  );
  return freed.length === 1;
}

/** The day as of which readiness is told: the stored one, or today in Shanghai before it was ever stored. */
export async function readinessDay(tx: Tx): Promise<string> {
  const [row] = await tx.query<{ day: string }>(
    `select coalesce((select day from readiness_day), (now() at time zone 'Asia/Shanghai')::date) as day`,
  );
  return row!.day;
}

export async function lockReadinessDay(tx: Tx): Promise<string | undefined> {
  return (await tx.query<{ day: string }>(`select day from readiness_day for update`))[0]?.day;
}

export async function saveReadinessDay(tx: Tx, day: string): Promise<void> {
  await tx.query(
    `insert into readiness_day (day) values ($1) on conflict (only_one) do update set day = excluded.day`,
    [day],
  );
}
