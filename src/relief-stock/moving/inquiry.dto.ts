import { z } from 'zod';
import {
  day,
  factTimes,
  flag,
  id,
  instant,
  LIMITS,
  page,
  pageQuery,
  requiredText,
  units,
  version,
} from '../../shared/fields.dto.js';
import { partnerDto } from './transfer.dto.js';

export const INQUIRY_STATUSES = ['open', 'write-off-proposed', 'explained', 'written-off'] as const;
export const inquiryStatus = z.enum(INQUIRY_STATUSES);
export type InquiryStatus = z.infer<typeof inquiryStatus>;

/**
 * What of a transfer, an issue or an order of a mission was missing (差异核查单): one of the three ids, and its number; to: the receiving
 * warehouse of a transfer, recipient: of the others. reason: what was last said about it.
 */
export const inquiryDto = z.object({
  id, number: z.string(), transferId: id.nullable(), issueId: id.nullable(), supplyOrderId: id.nullable(), document: z.string(), status: inquiryStatus, statusSince: instant,
  from: partnerDto, to: partnerDto.nullable(), recipient: z.string().nullable(), missingUnits: z.int(),
  foundUnits: z.int(), lostUnits: z.int(), openedBy: z.string(), openedAt: instant, reason: z.string().nullable(),
  proposedBy: z.string().nullable(), proposedAt: instant.nullable(), approvedBy: z.string().nullable(), endedAt: instant.nullable(), version,
}); // prettier-ignore
export type InquiryDto = z.infer<typeof inquiryDto>;
export const inquiryPage = page(inquiryDto);
export const inquiryDetailDto = inquiryDto.extend({
  goods: z.array(z.object({
    id, line: z.int(), itemId: id, lotId: id, lotCode: z.string(), expiresOn: day.nullable(), missingUnits: z.int(), foundUnits: z.int(),
    lostUnits: z.int(), reason: z.string().nullable(),
  })),
}); // prettier-ignore
export type InquiryDetailDto = z.infer<typeof inquiryDetailDto>;

export const inquiriesQuery = z.object({ warehouseId: id.optional(), open: flag.optional(), ...pageQuery });
export type InquiriesQuery = z.infer<typeof inquiriesQuery>;

/** Goods that were found: at the sender's (never loaded) or the receiver's (counted wrongly, came later); the recipient of an issue or order has no bin. */
export const explainInquiry = z.object({
  version: version.optional(), reason: requiredText,
  goods: z.array(z.object({ id, units, at: z.enum(['sender', 'receiver']), binId: id.optional() })).min(1).max(LIMITS.documentLines),
  ...factTimes,
}); // prettier-ignore
export type ExplainInquiry = z.infer<typeof explainInquiry>;
export const inquiryStep = z.object({ version: version.optional(), ...factTimes });
export type InquiryStep = z.infer<typeof inquiryStep>;
export const inquiryWord = inquiryStep.extend({ reason: requiredText });
export type InquiryWord = z.infer<typeof inquiryWord>;
