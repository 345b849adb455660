import type { Tx } from '../../database/index.js';
import { type ContactSettingDto, WAYS } from './contact.dto.js';

interface SettingRow extends Omit<ContactSettingDto, 'quiet'> {
  quietFromMin: number | null;
  quietToMin: number | null;
}
const SETTING = `user_id as "userId", ways, wait_s as "waitS", quiet_from_min as "quietFromMin", quiet_to_min as "quietToMin", version`;

const wallTime = (minute: number): string =>
  [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');

const toDto = ({ quietFromMin, quietToMin, ...row }: SettingRow): ContactSettingDto => ({
  ...row,
  quiet: quietFromMin === null ? null : { from: wallTime(quietFromMin), to: wallTime(quietToMin!) },
});

/** What stands where a person has said nothing. */
export const unsaid = (userId: string): ContactSettingDto => ({
  userId,
  ways: [...WAYS],
  waitS: 0,
  quiet: null,
  version: 0,
});

/** What these people have said, by account; who has said nothing is not in it. */
export async function contactSettings(
  tx: Tx,
  userIds: readonly (string | null)[],
): Promise<Map<string, ContactSettingDto>> {
  const ids = [...new Set(userIds.flatMap((id) => id ?? []))];
  if (ids.length === 0) return new Map();
  const rows = await tx.query<SettingRow>(`select ${SETTING} from contact_setting where user_id = any($1)`, [ids]);
  return new Map(rows.map((row) => [row.userId, toDto(row)]));
}

/** The society that a person belongs to, by its path. The row of the person is locked. */
export async function lockHomePath(tx: Tx, userId: string): Promise<string | undefined> {
  const sql = `select s.path from app_user u join society s on s.id = u.society_id where u.id = $1 for update of u`;
  return (await tx.query<{ path: string }>(sql, [userId]))[0]?.path;
}

export async function homePath(tx: Tx, userId: string): Promise<string | undefined> {
  const sql = `select s.path from app_user u join society s on s.id = u.society_id where u.id = $1`;
  return (await tx.query<{ path: string }>(sql, [userId]))[0]?.path;
}

export async function saveSetting(
  tx: Tx,
  { userId, ways, waitS, version }: ContactSettingDto,
  { fromMin, toMin, now }: { fromMin: number | null; toMin: number | null; now: Date },
): Promise<void> {
  await tx.query(
    `insert into contact_setting (user_id, ways, wait_s, quiet_from_min, quiet_to_min, set_at, version) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (user_id) do update set ways = $2, wait_s = $3, quiet_from_min = $4, quiet_to_min = $5, set_at = $6, version = $7`,
    [userId, ways, waitS, fromMin, toMin, now, version],
  );
}
