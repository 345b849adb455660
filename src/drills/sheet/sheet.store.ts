import type { Tx } from '../../database/index.js';
import { ensure } from '../../shared/problem.js';
import type { ImprovementDto, RemarksDto } from './sheet.dto.js';
import type { Judgement, OwnItem } from './sheet.rules.js';

export interface SheetRow {
  drillId: string;
  leftOut: string[];
  wentWell: string;
  mustImprove: string;
  remarksBy: string | null;
  remarksAt: Date | null;
  remarksVersion: number;
  version: number;
}
const SHEET = `drill_id as "drillId", left_out as "leftOut", went_well as "wentWell", must_improve as "mustImprove", remarks_by as "remarksBy",
  remarks_at as "remarksAt", remarks_version as "remarksVersion", version`;
export interface JudgementRow extends Omit<Judgement, 'at'> {
  at: Date;
}
export interface ImprovementRow extends Omit<ImprovementDto, 'addedAt' | 'doneAt'> {
  drillId: string;
  addedAt: Date;
  doneAt: Date | null;
}
const IMPROVEMENT = `id, drill_id as "drillId", item, what, owner, due_on as "dueOn", state, added_by as "addedBy", added_at as "addedAt",
  done_by as "doneBy", done_at as "doneAt", done_note as "doneNote", version`;

export const toRemarksDto = (row: SheetRow): RemarksDto => ({
  wentWell: row.wentWell,
  mustImprove: row.mustImprove,
  by: row.remarksBy,
  at: row.remarksAt?.toISOString() ?? null,
  version: row.remarksVersion,
});
export const toJudgement = ({ at, ...row }: JudgementRow): Judgement => ({ ...row, at: at.toISOString() });
export const toImprovementDto = ({ drillId: _, addedAt, doneAt, ...row }: ImprovementRow): ImprovementDto => ({
  ...row,
  addedAt: addedAt.toISOString(),
  doneAt: doneAt?.toISOString() ?? null,
});

/** Every drill has its sheet from the beginning. */
export async function insertSheet(tx: Tx, drillId: string): Promise<void> {
  await tx.query(`insert into drill_sheet (drill_id) values ($1)`, [drillId]);
}

export async function lockSheet(tx: Tx, drillId: string): Promise<SheetRow> {
  return (await tx.query<SheetRow>(`select ${SHEET} from drill_sheet where drill_id = $1 for update`, [drillId]))[0]!;
}

export async function findSheet(tx: Tx, drillId: string): Promise<SheetRow> {
  return (await tx.query<SheetRow>(`select ${SHEET} from drill_sheet where drill_id = $1`, [drillId]))[0]!;
}

/** What may change of it, under its lock, and one version on. */
export async function saveSheet(tx: Tx, row: SheetRow): Promise<void> {
  const saved = await tx.query(
    `update drill_sheet set left_out = $3, went_well = $4, must_improve = $5, remarks_by = $6, remarks_at = $7, remarks_version = $8, version = $2
     where drill_id = $1 and version = $2 - 1 returning drill_id`,
    [row.drillId, row.version, row.leftOut, row.wentWell, row.mustImprove, row.remarksBy, row.remarksAt, row.remarksVersion],
  ); // prettier-ignore
  ensure(saved.length === 1, 'E14 a sheet is saved under its lock, one version on');
}

export async function ownItems(tx: Tx, drillId: string): Promise<OwnItem[]> {
  return tx.query<OwnItem>(`select id, aspect, words from drill_item where drill_id = $1 order by line`, [drillId]);
}

export async function insertItem(
  tx: Tx,
  item: OwnItem & { drillId: string; line: number; addedBy: string; addedAt: Date },
): Promise<void> {
  await tx.query(
    `insert into drill_item (id, drill_id, line, aspect, words, added_by, added_at) values ($1, $2, $3, $4, $5, $6, $7)`,
    [item.id, item.drillId, item.line, item.aspect, item.words, item.addedBy, item.addedAt],
  );
}

/** Oldest first. */
export async function judgementsOf(tx: Tx, drillId: string): Promise<JudgementRow[]> {
  return tx.query<JudgementRow>(
    `select id, item, grade, note, judged_by as by, judged_by_id as "byId", judged_at as at from drill_judgement
     where drill_id = $1 order by judged_at, id`,
    [drillId],
  );
}

export async function insertJudgement(tx: Tx, drillId: string, row: JudgementRow): Promise<void> {
  await tx.query(
    `insert into drill_judgement (id, drill_id, item, grade, note, judged_by_id, judged_by, judged_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [row.id, drillId, row.item, row.grade, row.note, row.byId, row.by, row.at],
  );
}

/** In the order in which they were written down. */
export async function improvementsOf(tx: Tx, drillId: string): Promise<ImprovementRow[]> {
  return tx.query<ImprovementRow>(`select ${IMPROVEMENT} from drill_improvement where drill_id = $1 order by line`, [drillId]); // prettier-ignore
}

export async function findImprovement(tx: Tx, drillId: string, id: string): Promise<ImprovementRow | undefined> {
  return (await tx.query<ImprovementRow>(`select ${IMPROVEMENT} from drill_improvement where drill_id = $1 and id = $2`, [drillId, id])) // prettier-ignore
  [0];
}

export async function insertImprovement(tx: Tx, row: ImprovementRow, line: number): Promise<void> {
  await tx.query(
    `insert into drill_improvement (id, drill_id, line, item, what, owner, due_on, state, added_by, added_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [row.id, row.drillId, line, row.item, row.what, row.owner, row.dueOn, row.state, row.addedBy, row.addedAt],
  );
}

export async function saveImprovement(tx: Tx, row: ImprovementRow): Promise<void> {
  const saved = await tx.query(
    `update drill_improvement set what = $3, owner = $4, due_on = $5, state = $6, done_by = $7, done_at = $8, done_note = $9, version = $2
     where id = $1 and version = $2 - 1 returning id`,
    [row.id, row.version, row.what, row.owner, row.dueOn, row.state, row.doneBy, row.doneAt, row.doneNote],
  );
  ensure(saved.length === 1, 'E14 an improvement is saved under the lock of its sheet, one version on');
}
