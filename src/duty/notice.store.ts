import type { Tx } from '../database/index.js';
import type { DutyNoticeDto } from './duty.dto.js';

export interface NoticeRow extends Omit<DutyNoticeDto, 'since' | 'closedAt'> {
  since: Date;
  closedAt: Date | null;
  scope: string[];
}
const NOTICE = `id, kind, society_id as "societyId", subject_id as "subjectId", to_ids as "toIds", to_names as "toNames", figures, since,
  closed_at as "closedAt", scope, version`;

export const toNoticeDto = ({ scope: _, since, closedAt, ...row }: NoticeRow): DutyNoticeDto => ({
  ...row,
  since: since.toISOString(),
  closedAt: closedAt && closedAt.toISOString(),
});

export async function lockOpenNotice(tx: Tx, kind: DutyNoticeDto['kind'], subjectId: string): Promise<NoticeRow | undefined> {
  const sql = `select ${NOTICE} from duty_notice where kind = $1 and subject_id = $2 and closed_at is null for update`;
  return (await tx.query<NoticeRow>(sql, [kind, subjectId]))[0];
} // prettier-ignore

export async function openSubjects(tx: Tx, kind: DutyNoticeDto['kind']): Promise<string[]> {
  const sql = `select subject_id as id from duty_notice where kind = $1 and closed_at is null order by subject_id`;
  return (await tx.query<{ id: string }>(sql, [kind])).map(({ id }) => id);
}

export async function insertNotice(tx: Tx, row: NoticeRow): Promise<void> {
  await tx.query(
    `insert into duty_notice (id, kind, society_id, subject_id, to_ids, to_names, figures, since, scope)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [row.id, row.kind, row.societyId, row.subjectId, row.toIds, row.toNames, JSON.stringify(row.figures), row.since, row.scope], // prettier-ignore
  );
}

export async function saveNotice(tx: Tx, row: NoticeRow): Promise<void> {
  await tx.query(
    `update duty_notice set to_ids = $2, to_names = $3, figures = $4, closed_at = $5, scope = $6, version = $7 where id = $1`,
    [row.id, row.toIds, row.toNames, JSON.stringify(row.figures), row.closedAt, row.scope, row.version],
  );
}

/** Open notices for the console snapshot. */
export async function openDutyNoticeRows(tx: Tx, keys: string[]): Promise<DutyNoticeDto[]> {
  const sql = `select ${NOTICE} from duty_notice where closed_at is null and scope && $1 order by since, id`;
  return (await tx.query<NoticeRow>(sql, [keys])).map(toNoticeDto);
}

export interface PersonToTell {
  path: string;
  userId: string;
  name: string;
}
/** Holders of a duty role at a society and those above it, the nearest desk first. */
export async function dutyPeopleAlong(tx: Tx, path: string, role: 'dutyLead' | 'dutyOfficer'): Promise<PersonToTell[]> {
  return tx.query<PersonToTell>(
    `select s.path, u.id as "userId", u.name from society s
     join role_grant g on g.society_id = s.id and g.role = $2 and g.team_id is null and g.warehouse_id is null
     join app_user u on u.id = g.user_id and u.disabled_at is null
     where $1 like s.path || '%' order by length(s.path) desc, u.account`,
    [path, role],
  );
}
