import { z } from 'zod';
import {
  day, factTimes, id, instant, LIMITS, page, pageQuery, reason, requiredText, shortText, text, version,
} from '../../shared/fields.dto.js'; // prettier-ignore
import { condition } from '../relief-stock.dto.js';

export const COUNT_LIMITS = {
  /** Lines of one count: a large store has some thousands of cells. */
  lines: 5000,
  /** Lines of one upload. */
  upload: 500,
  /** A device clock that is wrong by more was never set. */
  offsetMs: 366 * 86_400_000,
};

export const COUNT_KINDS = ['spot', 'half-yearly', 'after-incident'] as const;
export const COUNT_STATUSES = ['open', 'counted', 'approved', 'posted', 'cancelled'] as const;
export const LINE_STATES = ['open', 'counted', 'recount', 'explained', 'posted', 'dropped'] as const;
/** Why a line waits for another count. */
export const RECOUNT_REASONS = ['movement-near', 'second-counter', 'counts-differ', 'asked'] as const;
/** What people found behind a difference. */
export const DIFFERENCE_CAUSES = [
  'mis-shelved', 'issue-not-recorded', 'receipt-not-recorded', 'wrong-lot', 'damaged', 'lost', 'unknown', 'other',
] as const; // prettier-ignore

export const countStatus = z.enum(COUNT_STATUSES);
export type CountStatus = z.infer<typeof countStatus>;
export const lineState = z.enum(LINE_STATES);
export type LineState = z.infer<typeof lineState>;
export const recountReason = z.enum(RECOUNT_REASONS);
export type RecountReason = z.infer<typeof recountReason>;

const ids = z.array(id).min(1).max(LIMITS.list);
/** Which cells are counted: all of the warehouse, or those of some bins, items or lots. */
export const countScope = z.discriminatedUnion('by', [
  z.object({ by: z.literal('whole') }),
  z.object({ by: z.literal('bins'), ids }),
  z.object({ by: z.literal('items'), ids }),
  z.object({ by: z.literal('lots'), ids }),
]);
export type CountScope = z.infer<typeof countScope>;

export const openCount = z.object({
  id: id.optional(), warehouseId: id, scope: countScope.default({ by: 'whole' }), kind: z.enum(COUNT_KINDS), blind: z.boolean().default(true),
  note: text.default(''), ...factTimes,
}); // prettier-ignore
export type OpenCount = z.infer<typeof openCount>;

/** countedAt by the device's clock; clockOffsetMs: what must be added to it to have the server's. */
const counted = {
  units: z.int().min(0).max(LIMITS.units),
  countedAt: instant,
  clockOffsetMs: z.int().min(-COUNT_LIMITS.offsetMs).max(COUNT_LIMITS.offsetMs).default(0),
};
export const countLine = z.object(counted);
export type CountLine = z.infer<typeof countLine>;
export const countLines = z.object({
  lines: z.array(z.object({ lineId: id, ...counted })).min(1).max(COUNT_LIMITS.upload),
}); // prettier-ignore
export type CountLines = z.infer<typeof countLines>;
const foundLine = {
  id: id.optional(), binId: id, itemId: id, lotId: id.optional(), lotCode: shortText.optional(), expiresOn: day.nullish(),
  condition: condition.default('good'), fund: shortText.nullish(),
}; // prettier-ignore
const namesOneLot = (line: { lotId?: string | undefined; lotCode?: string | undefined }) =>
  (line.lotId === undefined) !== (line.lotCode === undefined);
/** Goods that the book does not know in this bin. The lot by its id, or by the code on the label. */
export const addFoundLine = z.object({ ...foundLine, ...counted }).refine(namesOneLot, { path: ['lotId'] });
/** The same as a device says it later: its times come with the command. */
export const foundLater = z
  .object({ countId: id, ...foundLine, units: counted.units })
  .refine(namesOneLot, { path: ['lotId'] });
export type AddFoundLine = z.infer<typeof addFoundLine>;

export const finishCount = z.object({ version: version.optional() });
export type FinishCount = z.infer<typeof finishCount>;
const lineIds = z.array(id).min(1).max(COUNT_LIMITS.lines);
export const recountLines = z.object({ version, lineIds });
export type RecountLines = z.infer<typeof recountLines>;
export const explainLines = z.object({
  version,
  lines: z.array(z.object({ lineId: id, cause: z.enum(DIFFERENCE_CAUSES), note: text.default('') })).min(1).max(COUNT_LIMITS.lines),
}); // prettier-ignore
export type ExplainLines = z.infer<typeof explainLines>;
/** seen: `figures` of the count as the approver had it on the screen. */
export const approveCount = z.object({ version, seen: z.string().max(64), ...factTimes });
export type ApproveCount = z.infer<typeof approveCount>;
export const postCount = z.object({ version });
export type PostCount = z.infer<typeof postCount>;
export const dropLines = z.object({ version, lineIds, reason: requiredText });
export type DropLines = z.infer<typeof dropLines>;
export const cancelCount = z.object({ version, reason: requiredText });
export type CancelCount = z.infer<typeof cancelCount>;

/** figures: a digest of every line's book and count at the last step; null while a blind count is open. */
export const countDto = z.object({
  id, number: z.string(), warehouseId: id, kind: z.enum(COUNT_KINDS), scope: countScope, blind: z.boolean(), note: z.string(), status: countStatus,
  lineCount: z.int(), openLines: z.int(), recountLines: z.int(), openedBy: z.string(), occurredAt: instant, openedAt: instant,
  finishedAt: instant.nullable(), approvedAt: instant.nullable(), postedAt: instant.nullable(), cancelledAt: instant.nullable(),
  cancelReason: z.string().nullable(), figures: z.string().nullable(), version,
}); // prettier-ignore
export type CountDto = z.infer<typeof countDto>;
export const countPage = page(countDto);
export const countsQuery = z.object({
  warehouseId: id.optional(),
  status: countStatus.optional(),
  kind: z.enum(COUNT_KINDS).optional(),
  ...pageQuery,
});
export type CountsQuery = z.infer<typeof countsQuery>;

/**
 * countedUnits is hidden while the line waits for another count; counterIds: who has counted it so far. bookUnits, varianceUnits and valueFen are hidden while a blind count is
 * open. bookChanged: movements that became known since the line was counted have changed the book of its moment.
 */
export const countLineDto = z.object({
  id, line: z.int(), binId: id, binCode: z.string(), itemId: id, lotId: id, lotCode: z.string(), expiresOn: day.nullable(), condition,
  ownerSocietyId: id, fund: z.string().nullable(), found: z.boolean(), state: lineState, recountReason: recountReason.nullable(),
  countedUnits: z.int().nullable(), countedAt: instant.nullable(), countedBy: z.string().nullable(), counterIds: z.array(id),
  bookUnits: z.int().nullable(), varianceUnits: z.int().nullable(), valueFen: z.int().nullable(), bookChanged: z.boolean().nullable(),
  cause: z.enum(DIFFERENCE_CAUSES).nullable(), note: z.string().nullable(), blocked: reason.nullable(), postedUnits: z.int().nullable(),
  dropReason: z.string().nullable(),
}); // prettier-ignore
export type CountLineDto = z.infer<typeof countLineDto>;
const signature = z.object({ role: z.string(), userId: id, name: z.string(), occurredAt: instant, signedAt: instant });
/** The whole paper. figures are those of now, not of the last step. */
export const countDetailDto = countDto.extend({ lines: z.array(countLineDto), signatures: z.array(signature) });
export type CountDetailDto = z.infer<typeof countDetailDto>;
/** What a step answers: the count, and the lines that it touched. */
export const countAnswer = countDto.extend({ lines: z.array(countLineDto) });
export type CountAnswer = z.infer<typeof countAnswer>;

/** For paper: what to count, bin by bin in walking order, and nothing of what the book says. */
export const countSheetDto = z.object({
  number: z.string(), warehouseCode: z.string(), warehouseName: z.string(), kind: z.enum(COUNT_KINDS), openedAt: instant, note: z.string(),
  lineCount: z.int(),
  bins: z.array(z.object({
    binCode: z.string(),
    lines: z.array(z.object({
      line: z.int(), itemCode: z.string(), itemName: z.string(), unit: z.string(), lotCode: z.string(), expiresOn: day.nullable(), condition,
      fund: z.string().nullable(),
    })),
  })),
}); // prettier-ignore
export type CountSheetDto = z.infer<typeof countSheetDto>;
