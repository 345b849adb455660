import type { Tx } from '../database/index.js';
import type { GrantDto, Role, SocietyDto, UserDto } from './access.dto.js';

export interface SocietyRow {
  id: string;
  adcode: string;
  name: string;
  shortName: string;
  level: SocietyDto['level'];
  parentId: string | null;
  path: string;
  lon: number;
  lat: number;
  population: number;
  version: number;
}
const SOCIETY = `id, adcode, name, short_name as "shortName", level, parent_id as "parentId", path, lon, lat, population, version`;

export const toSocietyDto = ({ path: _, lon, lat, ...row }: SocietyRow): SocietyDto => ({
  ...row,
  location: { lon, lat },
});

export async function allSocieties(tx: Tx): Promise<SocietyRow[]> {
  return tx.query<SocietyRow>(`select ${SOCIETY} from society order by path`);
}

export async function findSociety(tx: Tx, id: string): Promise<SocietyRow | undefined> {
  return (await tx.query<SocietyRow>(`select ${SOCIETY} from society where id = $1`, [id]))[0];
}

export async function findSocieties(tx: Tx, ids: string[]): Promise<SocietyRow[]> {
  return tx.query<SocietyRow>(`select ${SOCIETY} from society where id = any($1)`, [ids]);
}

/** The county or city society whose seat is nearest to a point: the first guess of where an incident belongs. */
export async function nearestSociety(tx: Tx, lon: number, lat: number): Promise<SocietyRow | undefined> {
  const order = `st_distance(st_makepoint(lon, lat)::geography, st_makepoint($1, $2)::geography)`;
  return (
    await tx.query<SocietyRow>(`select ${SOCIETY} from society where level = 'county' order by ${order}, id limit 1`, [
      lon,
      lat,
    ])
  )[0];
}

export interface UserRow {
  id: string;
  account: string;
  name: string;
  phone: string | null;
  email: string | null;
  societyId: string;
  passwordHash: string;
  locale: 'zh-CN' | 'en';
  disabledAt: Date | null;
  failures: number;
  lockedUntil: Date | null;
  version: number;
}
const USER = `id, account, name, phone, email, society_id as "societyId", password_hash as "passwordHash", locale, disabled_at as "disabledAt",
  failures, locked_until as "lockedUntil", version`;

export async function findUserByAccount(tx: Tx, account: string): Promise<UserRow | undefined> {
  return (await tx.query<UserRow>(`select ${USER} from app_user where account = $1`, [account]))[0];
}

export async function findUserById(tx: Tx, id: string): Promise<UserRow | undefined> {
  return (await tx.query<UserRow>(`select ${USER} from app_user where id = $1`, [id]))[0];
}

export async function lockUser(tx: Tx, id: string): Promise<UserRow | undefined> {
  return (await tx.query<UserRow>(`select ${USER} from app_user where id = $1 for update`, [id]))[0];
}

export async function saveFailures(tx: Tx, id: string, failures: number, lockedUntil: Date | null): Promise<void> {
  await tx.query(`update app_user set failures = $2, locked_until = $3 where id = $1`, [id, failures, lockedUntil]);
}

export async function insertUser(
  tx: Tx,
  user: Pick<UserRow, 'id' | 'account' | 'name' | 'phone' | 'email' | 'societyId' | 'passwordHash'>,
) {
  await tx.query(`insert into app_user (id, account, name, phone, society_id, password_hash, email) values ($1, $2, $3, $4, $5, $6, $7)`, [
    user.id, user.account, user.name, user.phone, user.societyId, user.passwordHash, user.email,
  ]); // prettier-ignore
}

export async function saveEmail(tx: Tx, id: string, email: string | null): Promise<void> {
  await tx.query(`update app_user set email = $2 where id = $1`, [id, email]);
}

export async function accountTaken(tx: Tx, account: string): Promise<boolean> {
  return (await tx.query(`select 1 from app_user where account = $1`, [account])).length > 0;
}

export interface GrantRow extends GrantDto {
  path: string;
}
const GRANT = `g.role, g.society_id as "societyId", s.adcode as "societyAdcode", s.name as "societyName", g.team_id as "teamId",
  g.warehouse_id as "warehouseId", s.path`;

export async function grantsOf(tx: Tx, userId: string): Promise<GrantRow[]> {
  return tx.query<GrantRow>(
    `select ${GRANT} from role_grant g join society s on s.id = g.society_id where g.user_id = $1 order by s.path, g.role`,
    [userId],
  );
}

export async function insertGrant(
  tx: Tx,
  grant: {
    id: string;
    userId: string;
    role: Role;
    societyId: string;
    teamId: string | null;
    warehouseId: string | null;
  },
): Promise<void> {
  await tx.query(
    `insert into role_grant (id, user_id, role, society_id, team_id, warehouse_id) values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [grant.id, grant.userId, grant.role, grant.societyId, grant.teamId, grant.warehouseId],
  );
}

/**
 * The path of the society that a team or warehouse belongs to. Read from their own tables, although they are above this module, because a
 * grant that names one must not be believed.
 */
export async function pathOfPlace(tx: Tx, table: 'team' | 'warehouse', id: string): Promise<string | undefined> {
  const rows = await tx.query<{ path: string }>(
    `select s.path from ${table} place join society s on s.id = place.society_id where place.id = $1`,
    [id],
  );
  return rows[0]?.path;
}

/** Users whose home society lies under one of the paths, by account. */
export async function usersUnder(
  tx: Tx,
  paths: string[],
  after: string | null,
  limit: number,
): Promise<Omit<UserDto, 'roles'>[]> {
  return tx.query(
    `select u.id, u.account, u.name, u.phone, u.email, u.society_id as "societyId", u.disabled_at is not null as disabled, u.version
     from app_user u join society s on s.id = u.society_id
     where exists (select 1 from unnest($1::text[]) p where s.path like p || '%') and ($2::text is null or u.account > $2)
     order by u.account limit $3`,
    [paths, after, limit],
  );
}

export interface SessionRow {
  id: string;
  userId: string;
  expiresAt: Date;
  account: string;
  name: string;
  locale: 'zh-CN' | 'en';
}

export async function insertSession(
  tx: Tx,
  session: {
    id: string; userId: string; tokenHash: Buffer; now: Date; expiresAt: Date; realLastsMs?: number; ip: string; userAgent: string;
  }, // prettier-ignore
): Promise<void> {
  await tx.query(
    `insert into session (id, user_id, token_hash, created_at, last_seen_at, expires_at, ip, user_agent, real_expires_at)
     values ($1, $2, $3, $4, $4, $5, $6, $7,
       pg_catalog.clock_timestamp() + make_interval(secs => $8))`,
    [
      session.id,
      session.userId,
      session.tokenHash,
      session.now,
      session.expiresAt,
      session.ip,
      session.userAgent.slice(0, 200),
      session.realLastsMs === undefined ? null : session.realLastsMs / 1000,
    ],
  );
}

/** A session that is open, of an account that may be used, with the grants of its person: one statement, because every request asks. */
export async function liveSession(
  tx: Tx,
  tokenHash: Buffer,
  now: Date,
): Promise<(SessionRow & { grants: GrantRow[] }) | undefined> {
  const rows = await tx.query<SessionRow & { grants: GrantRow[] }>(
    `select s.id, s.user_id as "userId", s.expires_at as "expiresAt", u.account, u.name, u.locale,
       (select coalesce(jsonb_agg(held order by held.path, held.role), '[]')
        from (select ${GRANT} from role_grant g join society s on s.id = g.society_id where g.user_id = u.id) held) as grants
     from session s join app_user u on u.id = s.user_id
     where s.token_hash = $1 and s.revoked_at is null and s.expires_at > $2 and u.disabled_at is null
       and (s.real_expires_at is null or s.real_expires_at > pg_catalog.clock_timestamp())`,
    [tokenHash, now],
  );
  return rows[0];
}

/** Whose session it was that ended now; undefined when it had ended before. */
export async function revokeSession(tx: Tx, id: string, now: Date): Promise<string | undefined> {
  const rows = await tx.query<{ userId: string }>(
    `update session set revoked_at = $2 where id = $1 and revoked_at is null returning user_id as "userId"`,
    [id, now],
  );
  return rows[0]?.userId;
}

/** Sessions of a drill that are open though the real ones have run out. */
export async function outlivedSessions(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select id from session where real_expires_at <= pg_catalog.clock_timestamp() and revoked_at is null order by id`,
  );
  return rows.map(({ id }) => id);
}

/** A session under an id that is known elsewhere: entering again gives it another token. */
export async function replaceSession(tx: Tx, session: Parameters<typeof insertSession>[1]): Promise<void> {
  await tx.query(`delete from session where id = $1`, [session.id]);
  await insertSession(tx, session);
}

/** Ends every living session of a person, or all but one; answers which. */
export async function revokeSessionsOf(
  tx: Tx,
  of: { userId: string; except: string | undefined; now: Date },
): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `update session set revoked_at = $2 where user_id = $1 and revoked_at is null and ($3::uuid is null or id <> $3) returning id`,
    [of.userId, of.now, of.except ?? null],
  );
  return rows.map((row) => row.id);
}

/** A new password also lifts a lock: whoever sets it has proved to be somebody else than the one who guessed. */
export async function savePassword(tx: Tx, id: string, passwordHash: string): Promise<void> {
  await tx.query(`update app_user set password_hash = $2, failures = 0, locked_until = null where id = $1`, [
    id,
    passwordHash,
  ]);
}

export async function saveDisabled(tx: Tx, id: string, at: Date | null): Promise<void> {
  await tx.query(`update app_user set disabled_at = $2 where id = $1 and (disabled_at is null) <> ($2::timestamptz is null)`, [id, at]); // prettier-ignore
}

export async function nextUserVersion(tx: Tx, id: string): Promise<UserRow> {
  return (
    await tx.query<UserRow>(`update app_user set version = version + 1 where id = $1 returning ${USER}`, [id])
  )[0]!;
}

/** Whether the grant was there. */
export async function deleteGrant(
  tx: Tx,
  grant: { userId: string; role: Role; societyId: string; teamId: string | null; warehouseId: string | null },
): Promise<boolean> {
  const rows = await tx.query(
    `delete from role_grant where user_id = $1 and role = $2 and society_id = $3 and team_id is not distinct from $4
       and warehouse_id is not distinct from $5 returning id`,
    [grant.userId, grant.role, grant.societyId, grant.teamId, grant.warehouseId],
  );
  return rows.length > 0;
}

/** How many people hold one of the roles at the society of a warehouse: for all of it, or for this warehouse. */
export async function peopleWith(
  tx: Tx,
  roles: Role[],
  { id, societyId }: { id: string; societyId: string },
): Promise<number> {
  const [row] = await tx.query<{ people: number }>(
    `select count(distinct g.user_id) as people from role_grant g join app_user u on u.id = g.user_id
     where g.role = any($1) and g.society_id = $2 and (g.warehouse_id is null or g.warehouse_id = $3) and u.disabled_at is null`,
    [roles, societyId, id],
  );
  return row!.people;
}
