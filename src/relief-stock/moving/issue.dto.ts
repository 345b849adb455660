import { z } from 'zod';
import {
  day, factTimes, flag, id, instant, LIMITS, page, pageQuery, phone, requiredText, shortText, text, version,
} from '../../shared/fields.dto.js'; // prettier-ignore
import { goodsLine, signatureDto } from './transfer.dto.js';

export const ISSUE_STATUSES = [
  'ordered', 'approved', 'picking', 'issued', 'signed', 'signed-with-differences', 'closed', 'cancelled',
] as const; // prettier-ignore
export const issueStatus = z.enum(ISSUE_STATUSES);
export type IssueStatus = z.infer<typeof issueStatus>;
/** Why goods leave outside an incident: relief of the poor, standby at an event, training, handed to another organisation. */
export const ISSUE_PURPOSES = ['poor-relief', 'standby', 'training', 'handed-over', 'other'] as const;
export const issuePurpose = z.enum(ISSUE_PURPOSES);
/** deferred: the goods may leave on one signature; the second is due later and the issue does not close without it. */
export const approvalState = z.enum(['not-needed', 'needed', 'deferred', 'given']);
export type ApprovalState = z.infer<typeof approvalState>;

const at = instant.nullable();
/** Goods issue (出库单). forSocietyId: whose people they serve; incidentId: what they are for. number: of its order (DY); issueNumber: once the goods left (CK). */
export const issueDto = z.object({
  id, number: z.string(), issueNumber: z.string().nullable(), status: issueStatus, statusSince: instant, warehouseId: id,
  warehouseName: z.string(), purpose: issuePurpose, recipient: z.string(), place: z.string().nullable(), note: z.string(), plannedAt: instant,
  lines: z.int(), units: z.int(), valueFen: z.int(), unpricedLines: z.int(), orderedBy: z.string(), approval: approvalState,
  approvalDueAt: at, deferReason: z.string().nullable(), approvedBy: z.string().nullable(), vehicle: z.string().nullable(),
  carrierName: z.string().nullable(), carrierPhone: z.string().nullable(), receiverName: z.string().nullable(), receivedUnits: z.int(),
  damagedUnits: z.int(), missingUnits: z.int(), reason: z.string().nullable(), incidentId: id.nullable(), forSocietyId: id.nullable(),
  inquiryId: id.nullable(), inquiryStatus: z.string().nullable(), orderedAt: instant, approvedAt: at, pickingAt: at,
  issuedAt: at, signedAt: at, closedAt: at, cancelledAt: at, signatures: z.array(signatureDto), version,
}); // prettier-ignore
export type IssueDto = z.infer<typeof issueDto>;
export const issuePage = page(issueDto);
export const issueDetailDto = issueDto.extend({
  goods: z.array(z.object({
    id, line: z.int(), itemId: id, units: z.int(), fund: z.string().nullable(), receivedUnits: z.int(), damagedUnits: z.int(), missingUnits: z.int(),
    reason: z.string().nullable(),
    lots: z.array(z.object({ lotId: id, lotCode: z.string(), expiresOn: day.nullable(), binCode: z.string(), units: z.int() })),
  })),
}); // prettier-ignore
export type IssueDetailDto = z.infer<typeof issueDetailDto>;

export const issuesQuery = z.object({
  warehouseId: id.optional(), status: issueStatus.optional(), open: flag.optional(), unapproved: flag.optional(), ...pageQuery,
}); // prettier-ignore
export type IssuesQuery = z.infer<typeof issuesQuery>;

/**
 * forSocietyId, incidentId: whose people the goods serve (else those of the warehouse's society) and for which incident: earmarked goods are
 * given for nothing else. deferReason: nobody else is there to sign and the goods cannot wait; the second signature follows within a
 * day.
 */
export const orderIssue = z.object({
  id: id.optional(), warehouseId: id, purpose: issuePurpose, recipient: shortText, place: shortText.nullish(), note: text.default(''),
  plannedAt: instant, deferReason: requiredText.optional(), forSocietyId: id.nullish(), incidentId: id.nullish(), goods: z.array(goodsLine).min(1).max(LIMITS.documentLines), ...factTimes,
}); // prettier-ignore
export type OrderIssue = z.infer<typeof orderIssue>;
export const issueStep = z.object({ version: version.optional(), ...factTimes });
export type IssueStep = z.infer<typeof issueStep>;
export const cancelIssue = issueStep.extend({ reason: requiredText });
export type CancelIssue = z.infer<typeof cancelIssue>;
/** receiverName: the recipient stands at the door and takes the goods, all whole; otherwise they travel and are signed for later. */
export const issueGoods = issueStep.extend({
  vehicle: shortText.optional(), carrierName: shortText.optional(), carrierPhone: phone.optional(), receiverName: shortText.optional(),
}); // prettier-ignore
export type IssueGoods = z.infer<typeof issueGoods>;
const counted = z.int().min(0).max(LIMITS.units);
/** Lines left out came whole. Good, damaged and missing add up to what was issued; a line with differences says why. */
export const signIssue = issueStep.extend({
  receiverName: shortText,
  lines: z.array(z.object({
    id, acceptedUnits: counted, damagedUnits: counted.default(0), missingUnits: counted.default(0), reason: requiredText.optional(),
  })).max(LIMITS.documentLines).default([]),
}); // prettier-ignore
export type SignIssue = z.infer<typeof signIssue>;
