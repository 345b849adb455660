import { z } from 'zod';
import {
  day, factTimes, flag, id, instant, LIMITS, page, pageQuery, requiredText, shortText, text, units, version,
} from '../../shared/fields.dto.js'; // prettier-ignore
import { condition, lotSource, reversalMark, valueBasis } from '../relief-stock.dto.js';

/** Lines of one receipt that is counted before it is accepted; ordinary forms take fewer (`LIMITS.list`). */
const DOCUMENT_LINES = 2000;
const MOST_FEN = 10_000_000_000;

export const RECEIPT_STATUSES = [
  'announced', 'arrived', 'counted-a', 'counted-b', 'accepted', 'part-rejected', 'put-away', 'cancelled',
] as const; // prettier-ignore
export const receiptStatus = z.enum(RECEIPT_STATUSES);
export type ReceiptStatus = z.infer<typeof receiptStatus>;

/** Why units are not taken in: broken, too old, bad or of doubtful quality, not what was said, papers missing, not wanted, other. */
export const REJECT_REASONS = [
  'damaged',
  'expired',
  'quality',
  'wrong-item',
  'no-papers',
  'not-wanted',
  'other',
] as const;
export const rejectReason = z.enum(REJECT_REASONS);

const countUnits = z.int().min(0).max(LIMITS.units);
/** What one unit is worth and on what proof (an invoice, when nothing else is said). */
const worth = { unitValueFen: z.int().min(0).max(MOST_FEN).nullish(), valueBasis: valueBasis.optional() };
const goodsLine = { itemId: id, expiresOn: day.nullish(), units, fund: shortText.nullish(), ...worth };
const ofDonation = { donationId: id.optional() };

/**
 * Goods accepted on the spot. Units are whole base units; a lot code seen before for the item and expiry adds to that lot. countedWith:
 * who counted donated goods for the donor's side; without it, a colleague signs later.
 */
const acceptedGoods = z.object({
  id: id.optional(), warehouseId: id, source: lotSource, sourceName: shortText, note: text.default(''), ...ofDonation,
  countedWith: shortText.optional(),
  lines: z.array(z.object({
    ...goodsLine, lotCode: shortText, binId: id.optional(), overrideReason: requiredText.optional(),
  })).min(1).max(LIMITS.list), ...factTimes,
}); // prettier-ignore
const onlyDonated = (goods: { donationId?: string | undefined; source: string }) =>
  !goods.donationId || goods.source === 'donation';
/** Goods of a donation are donated. */
export const receiveGoods = acceptedGoods.refine(onlyDonated, { path: ['source'] });
/** The same without its times: a device that was away says those beside it. */
export const receiveGoodsLater = acceptedGoods
  .omit({ occurredAt: true, recordedAt: true })
  .refine(onlyDonated, { path: ['source'] });
export type ReceiveGoods = z.infer<typeof receiveGoods>;

/** Goods that are on their way, as the papers say. A lot that the papers do not name is named when it is accepted. */
export const announceGoods = z.object({
  id: id.optional(), warehouseId: id, source: lotSource, sourceName: shortText.optional(), note: text.default(''), ...ofDonation,
  expectedOn: day.nullish(),
  lines: z.array(z.object({ ...goodsLine, lotCode: shortText.nullish() })).min(1).max(DOCUMENT_LINES), ...factTimes,
}).refine(onlyDonated, { path: ['source'] })
  .refine((goods) => goods.donationId !== undefined || goods.sourceName !== undefined, { path: ['sourceName'] }); // prettier-ignore
export type AnnounceGoods = z.infer<typeof announceGoods>;

const step = { version, ...factTimes };
export const receiptStep = z.object(step);
export type ReceiptStep = z.infer<typeof receiptStep>;
export const cancelReceipt = z.object({ ...step, reason: requiredText });
export type CancelReceipt = z.infer<typeof cancelReceipt>;

/** One person's count of every line. The first count is shown to nobody before the second is in. */
export const countGoods = z.object({
  ...step, lines: z.array(z.object({ line: z.int().min(1), units: countUnits })).min(1).max(DOCUMENT_LINES),
}); // prettier-ignore
export type CountGoods = z.infer<typeof countGoods>;

/**
 * What becomes of each line: lots taken in, units rejected, units that did not come. accepted + rejected + short = announced, or more with
 * overReason. settledReason: which count holds, where the two differ. A line left out came whole and in order.
 */
export const acceptGoods = z.object({
  ...step, binId: id.optional(),
  lines: z.array(z.object({
    line: z.int().min(1),
    lots: z.array(z.object({
      lotCode: shortText.optional(), expiresOn: day.nullish(), units, condition: condition.default('good'), binId: id.optional(),
      overrideReason: requiredText.optional(),
    })).max(LIMITS.list),
    rejectedUnits: countUnits.default(0), rejectReason: rejectReason.optional(), shortUnits: countUnits.default(0),
    overReason: requiredText.optional(), settledReason: requiredText.optional(),
  })).max(DOCUMENT_LINES).default([]),
}); // prettier-ignore
export type AcceptGoods = z.infer<typeof acceptGoods>;

/** From where the goods were accepted into their bins; what is not named stays where it is. */
export const putAway = z.object({
  ...step, moves: z.array(z.object({ line: z.int().min(1), binId: id, units })).max(DOCUMENT_LINES).default([]),
}); // prettier-ignore
export type PutAway = z.infer<typeof putAway>;

/**
 * A line of a receipt. units: what entered the ledger. A line with several lots is followed by one line for each further lot (ofLine).
 * Counts are null until both are in. countDifferenceUnits: second count less first; paperDifferenceUnits: last count less the papers.
 */
export const receiptLineDto = z.object({
  line: z.int(), ofLine: z.int().nullable(), itemId: id, lotCode: z.string().nullable(), expiresOn: day.nullable(), fund: z.string().nullable(),
  unitValueFen: z.int().nullable(), valueBasis: valueBasis.nullable(), announcedUnits: z.int(), countedAUnits: z.int().nullable(),
  countedBUnits: z.int().nullable(), countDifferenceUnits: z.int().nullable(), paperDifferenceUnits: z.int().nullable(), units: z.int(),
  condition, lotId: id.nullable(), binId: id.nullable(), rejectedUnits: z.int(), rejectReason: rejectReason.nullable(), shortUnits: z.int(),
  overReason: z.string().nullable(), settledReason: z.string().nullable(), overrideReason: z.string().nullable(),
}); // prettier-ignore
export type ReceiptLineDto = z.infer<typeof receiptLineDto>;

export const signatureDto = z.object({
  role: z.string(), userId: id, name: z.string(), occurredAt: instant, signedAt: instant,
}); // prettier-ignore
/** secondSignatureDueAt: until when another person must sign; secondSignedAt: when one did. */
export const receiptDto = z.object({
  id, number: z.string(), warehouseId: id, source: lotSource, sourceName: z.string(), donationId: id.nullable(), expectedOn: day.nullable(),
  note: z.string(), status: receiptStatus, lines: z.array(receiptLineDto), receivedBy: z.string().nullable(),
  countedWith: z.string().nullable(), secondSignatureDueAt: instant.nullable(), secondSignedAt: instant.nullable(),
  cancelReason: z.string().nullable(), reversal: reversalMark.nullable(), signatures: z.array(signatureDto), occurredAt: instant, receivedAt: instant, version,
}); // prettier-ignore
export type ReceiptDto = z.infer<typeof receiptDto>;
/** A receipt as lists show it: how many lines, not which. */
export const receiptRowDto = receiptDto.omit({ lines: true, signatures: true }).extend({ lineCount: z.int() });
export type ReceiptRowDto = z.infer<typeof receiptRowDto>;
export const receiptPage = page(receiptRowDto);
/** overdueSignature: those whose second signature is late (true), or not (false). */
export const receiptsQuery = z.object({
  warehouseId: id.optional(), donationId: id.optional(), status: receiptStatus.optional(), overdueSignature: flag.optional(), ...pageQuery,
}); // prettier-ignore
export type ReceiptsQuery = z.infer<typeof receiptsQuery>;
