import type { Tx } from '../database/index.js';
import type { ScreenDto } from './screens.dto.js';

export interface ScreenRow {
  id: string;
  societyId: string;
  societyName: string;
  societyPath: string;
  name: string;
  namesAllowed: boolean;
  madeBy: string;
  madeAt: Date;
  expiresAt: Date;
  lastSeenAt: Date | null;
  revokedAt: Date | null;
  version: number;
}
const SCREEN = `c.id, c.society_id as "societyId", s.name as "societyName", s.path as "societyPath", c.name, c.names_allowed as "namesAllowed",
  c.made_by as "madeBy", c.made_at as "madeAt", c.expires_at as "expiresAt", c.last_seen_at as "lastSeenAt", c.revoked_at as "revokedAt",
  c.version`;
const FROM = `from screen c join society s on s.id = c.society_id`;

export const toScreenDto = ({ societyPath: _, madeAt, expiresAt, lastSeenAt, revokedAt, ...row }: ScreenRow): ScreenDto => ({
  ...row,
  madeAt: madeAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
  lastSeenAt: lastSeenAt?.toISOString() ?? null,
  revokedAt: revokedAt?.toISOString() ?? null,
}); // prettier-ignore

export async function screenByToken(tx: Tx, tokenHash: Buffer): Promise<ScreenRow | undefined> {
  return (await tx.query<ScreenRow>(`select ${SCREEN} ${FROM} where c.token_hash = $1`, [tokenHash]))[0];
}

export async function lockScreen(tx: Tx, id: string): Promise<ScreenRow | undefined> {
  return (await tx.query<ScreenRow>(`select ${SCREEN} ${FROM} where c.id = $1 for update of c`, [id]))[0];
}

/** Screens of societies under one of the paths, newest first. */
export async function screensUnder(
  tx: Tx,
  asked: { paths: string[]; before: string | null; limit: number },
): Promise<ScreenRow[]> {
  return tx.query<ScreenRow>(
    `select ${SCREEN} ${FROM} where exists (select 1 from unnest($1::text[]) p where starts_with(s.path, p))
       and ($2::timestamptz is null or (c.made_at, c.id) < ($2::timestamptz, $3::uuid))
     order by c.made_at desc, c.id desc limit $4`,
    [asked.paths, ...beforeOf(asked.before), asked.limit],
  );
}

/** `<instant> <id>`, as the cursor of a page has it. */
const beforeOf = (before: string | null): [string | null, string | null] => {
  const [at, id] = before?.split(' ') ?? [];
  return [at ?? null, id ?? null];
};

/** Locks the society, so that two administrators cannot make one screen too many side by side. */
export async function openScreensOf(tx: Tx, societyId: string, now: Date): Promise<number> {
  await tx.query(`select 1 from society where id = $1 for no key update`, [societyId]);
  const [row] = await tx.query<{ open: number }>(
    `select count(*)::int as open from screen where society_id = $1 and revoked_at is null and expires_at > $2`,
    [societyId, now],
  );
  return row!.open;
}

export async function insertScreen(tx: Tx, screen: ScreenRow, tokenHash: Buffer): Promise<void> {
  await tx.query(
    `insert into screen (id, society_id, name, names_allowed, token_hash, made_by, made_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      screen.id, screen.societyId, screen.name, screen.namesAllowed, tokenHash, screen.madeBy, screen.madeAt, screen.expiresAt,
    ], // prettier-ignore
  );
}

export async function saveRevoked(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.query(`update screen set revoked_at = $2, version = version + 1 where id = $1 and revoked_at is null`, [
    id,
    now,
  ]);
}

/** Never back in time: two processes may tell of one screen. */
export async function saveSeen(tx: Tx, seen: { id: string; at: Date }[]): Promise<void> {
  await tx.query(
    `update screen c set last_seen_at = greatest(c.last_seen_at, seen.at)
     from jsonb_to_recordset($1::jsonb) as seen (id uuid, at timestamptz) where c.id = seen.id`,
    [JSON.stringify(seen)],
  );
}
