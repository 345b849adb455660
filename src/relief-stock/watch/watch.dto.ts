import { z } from 'zod';
import {
  day,
  flag,
  id,
  instant,
  LIMITS,
  page,
  pageQuery,
  requiredText,
  text,
  units,
  version,
} from '../../shared/fields.dto.js';

const level = z.int().min(0).max(LIMITS.units);

/** Minimum, target and maximum of an item in a warehouse, in this order of size; three zeros: nothing is asked of it. */
export const setPolicy = z.object({
  version, minimumUnits: level, targetUnits: level, maximumUnits: level,
}); // prettier-ignore
export type SetPolicy = z.infer<typeof setPolicy>;

/**
 * How an item stands against its policy. Households: how many would be served for 72 hours by that many units, after the planning figure
 * named in `coverSource`; null for items that are not handed out to households.
 */
export const policyDto = z.object({
  id, warehouseId: id, itemId: id, minimumUnits: z.int(), targetUnits: z.int(), maximumUnits: z.int(), onHandUnits: z.int(),
  availableUnits: z.int(), minimumHouseholds: z.int().nullable(), targetHouseholds: z.int().nullable(),
  availableHouseholds: z.int().nullable(), coverSource: z.string().nullable(), standing: z.enum(['unset', 'below', 'within', 'above']),
  setBy: z.string().nullable(), setAt: instant.nullable(), version,
}); // prettier-ignore
export type PolicyDto = z.infer<typeof policyDto>;
export const policyPage = page(policyDto);
export const policiesQuery = z.object({ warehouseId: id, ...pageQuery });
export type PoliciesQuery = z.infer<typeof policiesQuery>;

export const NOTICE_KINDS = [
  'below-minimum',
  'above-maximum',
  'expired',
  'expiring',
  'cold',
  'signature-overdue',
] as const;
export const noticeKind = z.enum(NOTICE_KINDS);
export type NoticeKind = z.infer<typeof noticeKind>;
/**
 * figures: what the notice is about, by kind: units and limits, the day and the days left, or since when a second signature is due. A notice
 * is about an item, or about a paper (`documentId`, with the kind of paper in its figures).
 */
export const noticeDto = z.object({
  id, kind: noticeKind, warehouseId: id, itemId: id.nullable(), lotId: id.nullable(), lotCode: z.string().nullable(),
  documentId: id.nullable(), documentNumber: z.string().nullable(),
  figures: z.record(z.string(), z.union([z.string(), z.int()])), sinceAt: instant, acknowledgedBy: z.string().nullable(),
  acknowledgedAt: instant.nullable(), note: z.string().nullable(), closedAt: instant.nullable(), version,
}); // prettier-ignore
export type NoticeDto = z.infer<typeof noticeDto>;
export const noticePage = page(noticeDto);
export const noticesQuery = z.object({
  warehouseId: id.optional(), kind: noticeKind.optional(), open: flag.optional(), acknowledged: flag.optional(), ...pageQuery,
}); // prettier-ignore
export type NoticesQuery = z.infer<typeof noticesQuery>;
export const acknowledgeNotice = z.object({ version: version.optional(), note: text.optional() });
export type AcknowledgeNotice = z.infer<typeof acknowledgeNotice>;

export const CALL_STATUSES = ['called', 'received', 'cancelled'] as const;
export const callStatus = z.enum(CALL_STATUSES);
export type CallStatus = z.infer<typeof callStatus>;
/** warehouseId: the contract or online reserve; toWarehouseId: where its goods are to arrive on that day. */
export const callCapacity = z.object({
  id: id.optional(), warehouseId: id, toWarehouseId: id, itemId: id, units, onDay: day, note: text.default(''),
}); // prettier-ignore
export type CallCapacity = z.infer<typeof callCapacity>;
export const callDto = z.object({
  id, warehouseId: id, toWarehouseId: id, itemId: id, units: z.int(), onDay: day, note: z.string(), status: callStatus,
  receiptId: id.nullable(), reason: z.string().nullable(), calledBy: z.string(), calledAt: instant, settledAt: instant.nullable(), version,
}); // prettier-ignore
export type CallDto = z.infer<typeof callDto>;
export const callPage = page(callDto);
export const callsQuery = z.object({ warehouseId: id.optional(), status: callStatus.optional(), ...pageQuery });
export type CallsQuery = z.infer<typeof callsQuery>;
/** The receipt by which the goods came in. */
export const settleCall = z.object({ version: version.optional(), receiptId: id });
export type SettleCall = z.infer<typeof settleCall>;
export const cancelCall = z.object({ version: version.optional(), reason: requiredText });
export type CancelCall = z.infer<typeof cancelCall>;
export const capacityQuery = z.object({ warehouseId: id, day });
export type CapacityQuery = z.infer<typeof capacityQuery>;
export const capacityDto = z.object({
  warehouseId: id,
  day,
  capacityUnits: z.int(),
  calledUnits: z.int(),
  leftUnits: z.int(),
});
export type CapacityDto = z.infer<typeof capacityDto>;
