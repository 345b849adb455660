import { z } from 'zod';
import { day, id, instant, longText, requiredText, shortText, text, version } from '../../shared/fields.dto.js';
import { DRILL_STATES } from '../drills.dto.js';

export const ASPECTS = ['preparation', 'reporting', 'command', 'handling', 'resources', 'information', 'on-site', 'recovery'] as const; // prettier-ignore
export type Aspect = (typeof ASPECTS)[number];
/** From the best down; the last one says that nobody could see it. */
export const GRADES = ['excellent', 'good', 'fair', 'poor', 'not-observed'] as const;
export type Grade = (typeof GRADES)[number];
export const IMPROVEMENT_STATES = ['open', 'done'] as const;
/** Of one drill. */
export const SHEET_LIMITS = { items: 40, judgements: 2000, improvements: 200 };

/** The code of a default item, or the id of one of the drill's own. */
export const itemKey = z.string().regex(/^[a-z0-9-]{1,40}$/);
const aspect = z.enum(ASPECTS);
const grade = z.enum(GRADES);

export const judgeItem = z.object({ item: itemKey, grade, note: text.default('') });
export type JudgeItem = z.infer<typeof judgeItem>;
export const addItem = z.object({ aspect, words: requiredText });
export type AddItem = z.infer<typeof addItem>;
export const writeRemarks = z.object({ version, wentWell: longText, mustImprove: longText });
export type WriteRemarks = z.infer<typeof writeRemarks>;
const improvement = { what: requiredText, owner: shortText, dueOn: day };
export const addImprovement = z.object({ item: itemKey.optional(), ...improvement });
export type AddImprovement = z.infer<typeof addImprovement>;
export const reviseImprovement = z.object({ version, ...improvement });
export type ReviseImprovement = z.infer<typeof reviseImprovement>;
export const finishImprovement = z.object({ version, note: requiredText });
export type FinishImprovement = z.infer<typeof finishImprovement>;
export const reopenImprovement = z.object({ version });
export type ReopenImprovement = z.infer<typeof reopenImprovement>;

/** stands: it is the newest word of its evaluator about the item. */
export const judgementDto = z.object({ id, item: itemKey, grade, note: z.string(), by: z.string(), byId: id, at: instant, stands: z.boolean() }); // prettier-ignore
export type JudgementDto = z.infer<typeof judgementDto>;
/** wordsEn: null for an item of the drill's own. apart: evaluators who saw it are two grades or more from one another. */
export const sheetItemDto = z.object({
  key: itemKey, aspect, words: z.string(), wordsEn: z.string().nullable(), leftOut: z.boolean(), judgements: z.array(judgementDto), apart: z.boolean(),
}); // prettier-ignore
export type SheetItemDto = z.infer<typeof sheetItemDto>;
/** Judgements that stand, by grade; `goodPct`: of what was observed, how much was excellent or good. aspect: null for all together. */
export const aspectSumDto = z.object({
  aspect: aspect.nullable(), items: z.int(), unjudged: z.int(), grades: z.record(grade, z.int()), goodPct: z.int().nullable(),
}); // prettier-ignore
export type AspectSumDto = z.infer<typeof aspectSumDto>;
export const remarksDto = z.object({
  wentWell: z.string(), mustImprove: z.string(), by: z.string().nullable(), at: instant.nullable(), version,
}); // prettier-ignore
export type RemarksDto = z.infer<typeof remarksDto>;
export const improvementDto = z.object({
  id, item: itemKey.nullable(), what: z.string(), owner: z.string(), dueOn: day, state: z.enum(IMPROVEMENT_STATES), addedBy: z.string(), addedAt: instant,
  doneBy: z.string().nullable(), doneAt: instant.nullable(), doneNote: z.string().nullable(), version,
}); // prettier-ignore
export type ImprovementDto = z.infer<typeof improvementDto>;
/** judgements: empty for who may not run drills there, and reads the sheet after the end. */
export const drillSheetDto = z.object({
  drillId: id, state: z.enum(DRILL_STATES), items: z.array(sheetItemDto), sums: z.array(aspectSumDto), remarks: remarksDto,
  improvements: z.array(improvementDto), version,
}); // prettier-ignore
export type DrillSheetDto = z.infer<typeof drillSheetDto>;
