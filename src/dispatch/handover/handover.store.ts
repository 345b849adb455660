import { type Tx, violatedConstraint } from '../../database/index.js';
import { Problem } from '../../shared/problem.js';
import type { HandoverDto, HandoverHeadDto, HandoverItemDto } from './handover.dto.js';

type Times = 'dueAt' | 'drawnAt' | 'takenAt' | 'completedAt' | 'withdrawnAt';
export interface Handover extends Omit<HandoverHeadDto, Times> {
  dueAt: Date;
  drawnAt: Date;
  takenAt: Date | null;
  completedAt: Date | null;
  withdrawnAt: Date | null;
  scope: string[];
}
export interface Item extends Omit<HandoverItemDto, 'since' | 'dueAt' | 'acknowledgedAt'> {
  since: Date | null;
  dueAt: Date | null;
  acknowledgedAt: Date | null;
}
const HANDOVER = `id, number, society_id as "societyId", state, from_id as "fromId", from_name as "fromName", expected_id as "expectedId",
  expected_name as "expectedName", to_id as "toId", to_name as "toName", words, reply, due_at as "dueAt", drawn_at as "drawnAt",
  taken_at as "takenAt", completed_at as "completedAt", withdrawn_at as "withdrawnAt", withdrawn_by as "withdrawnBy", reason, scope, version`;
const ITEM = `id, handover_id as "handoverId", line, key, kind, subject_id as "subjectId", incident_id as "incidentId", title, who, since,
  due_at as "dueAt", params, late, settled, acknowledged_at as "acknowledgedAt", acknowledged_by as "acknowledgedBy", note, version`;

const utc = (at: Date | null): string | null => at && at.toISOString();

export const toHeadDto = ({ scope: _, ...row }: Handover): HandoverHeadDto => ({
  ...row, dueAt: row.dueAt.toISOString(), drawnAt: row.drawnAt.toISOString(), takenAt: utc(row.takenAt), completedAt: utc(row.completedAt),
  withdrawnAt: utc(row.withdrawnAt),
}); // prettier-ignore
export const toItemDto = (row: Item): HandoverItemDto => ({
  ...row,
  since: utc(row.since),
  dueAt: utc(row.dueAt),
  acknowledgedAt: utc(row.acknowledgedAt),
});
export const toHandoverDto = (row: Handover, items: readonly Item[]): HandoverDto => ({
  ...toHeadDto(row),
  items: items.map(toItemDto),
});

export async function findHandover(tx: Tx, id: string): Promise<Handover | undefined> {
  return (await tx.query<Handover>(`select ${HANDOVER} from handover where id = $1`, [id]))[0];
}

export async function lockHandover(tx: Tx, id: string): Promise<Handover | undefined> {
  return (await tx.query<Handover>(`select ${HANDOVER} from handover where id = $1 for update`, [id]))[0];
}

/** V1, 409 `handover.exists`: a desk is handed over once at a time. */
export async function insertHandover(tx: Tx, row: Handover): Promise<void> {
  try {
    await tx.query(
      `insert into handover (id, number, society_id, state, from_id, from_name, expected_id, expected_name, words, due_at, drawn_at, scope)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        row.id, row.number, row.societyId, row.state, row.fromId, row.fromName, row.expectedId, row.expectedName, row.words, row.dueAt,
        row.drawnAt, row.scope,
      ],
    ); // prettier-ignore
  } catch (error) {
    if (!violatedConstraint(error)?.startsWith('handover')) throw error;
    throw new Problem('handover.exists');
  }
}

export async function openHandoverOf(tx: Tx, societyId: string): Promise<Handover | undefined> {
  const sql = `select ${HANDOVER} from handover where society_id = $1 and state in ('drawn','taken')`;
  return (await tx.query<Handover>(sql, [societyId]))[0];
}

/** The caller holds its lock. */
export async function saveHandover(tx: Tx, row: Handover): Promise<void> {
  await tx.query(
    `update handover set state = $2, to_id = $3, to_name = $4, reply = $5, taken_at = $6, completed_at = $7, withdrawn_at = $8,
       withdrawn_by = $9, reason = $10, version = $11 where id = $1`,
    [
      row.id, row.state, row.toId, row.toName, row.reply, row.takenAt, row.completedAt, row.withdrawnAt, row.withdrawnBy, row.reason, row.version,
    ],
  );
} // prettier-ignore

export async function itemsOf(tx: Tx, handoverId: string): Promise<Item[]> {
  return tx.query<Item>(`select ${ITEM} from handover_item where handover_id = $1 order by line`, [handoverId]);
}

export async function insertItems(tx: Tx, items: readonly Item[]): Promise<void> {
  if (items.length === 0) return;
  const rows = items.map((item) => ({
    id: item.id, handover_id: item.handoverId, line: item.line, key: item.key, kind: item.kind, subject_id: item.subjectId,
    incident_id: item.incidentId, title: item.title, who: item.who, since: item.since, due_at: item.dueAt, params: item.params,
    late: item.late, acknowledged_at: item.acknowledgedAt, acknowledged_by: item.acknowledgedBy, settled: item.settled, note: item.note,
    version: item.version,
  })); // prettier-ignore
  await tx.query(`insert into handover_item select * from jsonb_populate_recordset(null::handover_item, $1::jsonb)`, [
    JSON.stringify(rows),
  ]);
}

export async function saveItem(tx: Tx, item: Item): Promise<void> {
  await tx.query(
    `update handover_item set acknowledged_at = $2, acknowledged_by = $3, note = $4, version = $5 where id = $1`,
    [item.id, item.acknowledgedAt, item.acknowledgedBy, item.note, item.version],
  );
}

/** Lines whose matter was over before anybody had acknowledged it. */
export async function settleItems(tx: Tx, handoverId: string, keys: readonly string[]): Promise<void> {
  await tx.query(
    `update handover_item set settled = true, version = version + 1 where handover_id = $1 and key = any($2) and acknowledged_at is null`,
    [handoverId, keys],
  );
}

/** Newest first. */
export async function handoversOf(
  tx: Tx,
  societyId: string,
  page: { before: string | null; limit: number },
): Promise<Handover[]> {
  return tx.query<Handover>(
    `select ${HANDOVER} from handover where society_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3`,
    [societyId, page.before, page.limit],
  );
}

/** Hand-overs that are late, and those that are told as late: what the watch compares. */
export async function lateHandovers(tx: Tx, now: Date): Promise<string[]> {
  const sql = `select id from handover where state in ('drawn','taken') and due_at <= $1 order by due_at, id`;
  return (await tx.query<{ id: string }>(sql, [now])).map(({ id }) => id);
}
