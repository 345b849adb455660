import type { Tx } from '../database/index.js';
import type { ClockSettingDto } from './settings.dto.js';

export interface ClockSettingRow extends Omit<ClockSettingDto, 'setAt'> {
  setAt: Date;
  scope: string[];
}
const SETTING = `id, society_id as "societyId", key, value_s as "valueS", set_by as "setBy", set_at as "setAt", reason, scope, version`;

export const toSettingDto = ({ scope: _, setAt, ...row }: ClockSettingRow): ClockSettingDto => ({
  ...row,
  setAt: setAt.toISOString(),
});

type New = Pick<ClockSettingRow, 'id' | 'societyId' | 'key' | 'setBy' | 'setAt' | 'scope'>;

/** The row of a clock at a society, locked; the first who sets it opens it, as version 0 that says nothing. */
export async function lockSetting(tx: Tx, row: New): Promise<ClockSettingRow> {
  await tx.query(
    `insert into clock_setting (id, society_id, key, set_by, set_at, scope) values ($1, $2, $3, $4, $5, $6)
     on conflict (society_id, key) do nothing`,
    [row.id, row.societyId, row.key, row.setBy, row.setAt, row.scope],
  );
  const sql = `select ${SETTING} from clock_setting where society_id = $1 and key = $2 for update`;
  return (await tx.query<ClockSettingRow>(sql, [row.societyId, row.key]))[0]!;
}

export async function saveSetting(tx: Tx, row: ClockSettingRow): Promise<void> {
  await tx.query(
    `update clock_setting set value_s = $2, set_by = $3, set_at = $4, reason = $5, version = $6 where id = $1`,
    [row.id, row.valueS, row.setBy, row.setAt, row.reason, row.version],
  );
}

/** Settings of the named societies, also those that were given up. */
export async function settingsOf(tx: Tx, societyIds: string[]): Promise<ClockSettingRow[]> {
  const sql = `select ${SETTING} from clock_setting where society_id = any($1) and version > 0 order by society_id, key`;
  return tx.query<ClockSettingRow>(sql, [societyIds]);
}

/** For the console snapshot; what was given up too, because whoever sets it again must know its version. */
export async function clockSettingRows(tx: Tx, keys: string[]): Promise<ClockSettingDto[]> {
  const sql = `select ${SETTING} from clock_setting where version > 0 and scope && $1 order by id`;
  return (await tx.query<ClockSettingRow>(sql, [keys])).map(toSettingDto);
}

/** A society and those above it, the nearest first. */
export async function wayUp(tx: Tx, path: string): Promise<string[]> {
  const sql = `select id from society where $1 like path || '%' order by length(path) desc`;
  return (await tx.query<{ id: string }>(sql, [path])).map(({ id }) => id);
}
