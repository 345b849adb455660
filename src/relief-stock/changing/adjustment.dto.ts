import { z } from 'zod';
import {
  day, factTimes, flag, id, instant, page, pageQuery, requiredText, shortText, text, units, version,
} from '../../shared/fields.dto.js'; // prettier-ignore
import { condition, lotState, reversalMark } from '../relief-stock.dto.js';

/** Lines of one paper. More is another paper. */
export const DOCUMENT_LINES = 2000;

export const adjustmentKind = z.enum(['adjustment', 'damage', 'disposal', 'rotation']);
export type AdjustmentKind = z.infer<typeof adjustmentKind>;
export const adjustmentStatus = z.enum(['draft', 'submitted', 'posted', 'rejected', 'cancelled', 'reversed']);
export type AdjustmentStatus = z.infer<typeof adjustmentStatus>;

export const reasonDirection = z.enum(['in', 'out', 'either']);
export const reasonAccount = z.enum(['adjustment', 'loss', 'disposal', 'use', 'damage', 'good', 'quarantine']);
/** Why stock changes, for which kind of paper, which way, and to which account. */
export const stockReasonDto = z.object({
  code: z.string(), kind: adjustmentKind, direction: reasonDirection, account: reasonAccount, name: z.string(), nameEn: z.string(),
}); // prettier-ignore
export type StockReasonDto = z.infer<typeof stockReasonDto>;
export const reasonsQuery = z.object({ kind: adjustmentKind.optional() });
export type ReasonsQuery = z.infer<typeof reasonsQuery>;

export const signatureDto = z.object({
  role: z.string(), userId: id, name: z.string(), occurredAt: instant, signedAt: instant,
}); // prettier-ignore

/** How a line was entered: so many packs of an item, each of an exact number of units. */
export const packIn = z.object({ packId: id, packs: units });
export const packDto = z.object({ name: z.string(), unitsPerPack: z.int(), packs: z.int() });

/**
 * A line names goods in a bin: a known lot, or for goods found a lot code of an item. Condition, owner and fund tell apart what lies
 * there of one lot; left out: good, the warehouse's society, none. Either `units` or `pack`. `direction` only where the reason leaves it open.
 */
export const adjustmentLineIn = z.object({
  reason: shortText, lotId: id.optional(), itemId: id.optional(), lotCode: shortText.optional(), expiresOn: day.nullish(), binId: id,
  condition: condition.default('good'), ownerSocietyId: id.optional(), fund: shortText.nullish(), units: units.optional(), pack: packIn.optional(),
  direction: z.enum(['in', 'out']).optional(), note: text.default(''),
}); // prettier-ignore
export type AdjustmentLineIn = z.infer<typeof adjustmentLineIn>;
/** What will come in place of goods that are rotated out. */
export const replacementIn = z.object({ itemId: id, units, dueOn: day, supplier: shortText });
const content = {
  note: text.default(''),
  lines: z.array(adjustmentLineIn).min(1).max(DOCUMENT_LINES),
  replacements: z.array(replacementIn).max(200).default([]),
};
/** `submit`: draft and submit in one act. */
export const draftAdjustment = z.object({
  id: id.optional(), kind: adjustmentKind, warehouseId: id, submit: z.boolean().default(false), ...content, ...factTimes,
}); // prettier-ignore
export type DraftAdjustment = z.infer<typeof draftAdjustment>;
export const rewriteAdjustment = z.object({ version, ...content });
export type RewriteAdjustment = z.infer<typeof rewriteAdjustment>;
export const paperStep = z.object({ version: version.optional(), ...factTimes });
export type PaperStep = z.infer<typeof paperStep>;
export const rejectPaper = paperStep.extend({ reason: requiredText });
export type RejectPaper = z.infer<typeof rejectPaper>;
export const replaceGoods = z.object({ version: version.optional(), line: z.int().min(1).max(200), receiptId: id });
export type ReplaceGoods = z.infer<typeof replaceGoods>;

export const adjustmentLineDto = z.object({
  line: z.int(), reason: z.string(), direction: z.enum(['in', 'out']), itemId: id, lotId: id, lotCode: z.string(), expiresOn: day.nullable(),
  binId: id, binCode: z.string(), condition, ownerSocietyId: id, fund: z.string().nullable(), units: z.int(), pack: packDto.nullable(),
  note: z.string(),
}); // prettier-ignore
export type AdjustmentLineDto = z.infer<typeof adjustmentLineDto>;
/** `receiptId`: the receipt by which it came; null while it is only promised. */
export const replacementDto = replacementIn.extend({ line: z.int(), receiptId: id.nullable() });

const head = {
  id, number: z.string(), kind: adjustmentKind, warehouseId: id, status: adjustmentStatus, statusSince: instant, note: z.string(),
  valueFen: z.int(), approvalNeeded: z.boolean(), rejectReason: z.string().nullable(), draftedBy: z.string(), occurredAt: instant,
  recordedAt: instant, receivedAt: instant, postedAt: instant.nullable(), version,
}; // prettier-ignore
export const adjustmentHeadDto = z.object({ ...head, lineCount: z.int() });
export type AdjustmentHeadDto = z.infer<typeof adjustmentHeadDto>;
export const adjustmentDto = z.object({
  ...head, lines: z.array(adjustmentLineDto), replacements: z.array(replacementDto), signatures: z.array(signatureDto),
  reversal: reversalMark.nullable(),
}); // prettier-ignore
export type AdjustmentDto = z.infer<typeof adjustmentDto>;
export const adjustmentPage = page(adjustmentHeadDto);
export const adjustmentsQuery = z.object({
  warehouseId: id.optional(), kind: adjustmentKind.optional(), status: adjustmentStatus.optional(), ...pageQuery,
}); // prettier-ignore
export type AdjustmentsQuery = z.infer<typeof adjustmentsQuery>;

/** What lies in one bin of one lot, condition, owner and purpose: the cells that papers name. */
export const cellDto = z.object({
  id, warehouseId: id, itemId: id, itemCode: z.string(), lotId: id, lotCode: z.string(), lotState, expiresOn: day.nullable(), binId: id,
  binCode: z.string(), condition, ownerSocietyId: id, fund: z.string().nullable(), onHandUnits: z.int(), reservedUnits: z.int(),
}); // prettier-ignore
export type CellDto = z.infer<typeof cellDto>;
/** `setAside`: only goods of lots that may not be sent, or only of those that may. */
export const cellsQuery = z.object({
  warehouseId: id, itemId: id.optional(), lotId: id.optional(), binId: id.optional(), setAside: flag.optional(), ...pageQuery,
}); // prettier-ignore
export type CellsQuery = z.infer<typeof cellsQuery>;
