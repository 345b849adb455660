import { z } from 'zod';
import {
  day, factTimes, flag, id, instant, LIMITS, page, pageQuery, phone, requiredText, shortText, text, units, version,
} from '../../shared/fields.dto.js'; // prettier-ignore

export const TRANSFER_STATUSES = [
  'draft', 'ordered', 'picking', 'loaded', 'departed', 'arrived', 'received', 'received-with-differences', 'closed', 'cancelled', 'returned',
  'lost',
] as const; // prettier-ignore
export const transferStatus = z.enum(TRANSFER_STATUSES);
export type TransferStatus = z.infer<typeof transferStatus>;

export const signatureDto = z.object({
  role: z.string(),
  userId: id,
  name: z.string(),
  occurredAt: instant,
  signedAt: instant,
});
/** A warehouse as its partner sees it: enough to load a lorry for it. */
export const partnerDto = z.object({ id, code: z.string(), name: z.string(), societyId: id, keeperName: z.string().nullable(), keeperPhone: z.string().nullable() }); // prettier-ignore
export type PartnerDto = z.infer<typeof partnerDto>;

const at = instant.nullable();
/**
 * A transfer (调拨单) without its lines, as lists and the record have it. keepsOwner: the receiver keeps the goods for their owner; incidentId:
 * what the goods are for; requests: those that its lines answer.
 */
export const transferDto = z.object({
  id, number: z.string(), status: transferStatus, statusSince: instant, from: partnerDto, to: partnerDto, keepsOwner: z.boolean(), note: z.string(),
  plannedArrivalAt: instant, vehicle: z.string().nullable(), driverName: z.string().nullable(), driverPhone: z.string().nullable(),
  capacityWeightG: z.int().nullable(), capacityVolumeCm3: z.int().nullable(), lines: z.int(), units: z.int(), weightG: z.int(),
  volumeCm3: z.int(), acceptedUnits: z.int(), damagedUnits: z.int(), missingUnits: z.int(), reason: z.string().nullable(),
  incidentId: id.nullable(), requests: z.array(z.object({ id, number: z.string() })), inquiryId: id.nullable(), inquiryStatus: z.string().nullable(), draftedBy: z.string(), draftedAt: instant, orderedAt: at, pickingAt: at,
  loadedAt: at, departedAt: at, arrivedAt: at, receivedAt: at, closedAt: at, cancelledAt: at, returnedAt: at, lostAt: at,
  signatures: z.array(signatureDto), version,
}); // prettier-ignore
export type TransferDto = z.infer<typeof transferDto>;
export const transferPage = page(transferDto);

/** A lot of a line in the bin it is taken from, and how the receiver found it. */
export const transferLotDto = z.object({
  id, lotId: id, lotCode: z.string(), expiresOn: day.nullable(), binCode: z.string(), units: z.int(), acceptedUnits: z.int().nullable(),
  damagedUnits: z.int().nullable(), missingUnits: z.int().nullable(), putInBin: z.string().nullable(), damagedTo: z.enum(['bin', 'disposal']).nullable(),
  reason: z.string().nullable(),
}); // prettier-ignore
export type TransferLotDto = z.infer<typeof transferLotDto>;
export const transferDetailDto = transferDto.extend({
  goods: z.array(
    z.object({
      id,
      line: z.int(),
      itemId: id,
      units: z.int(),
      requestLineId: id.nullable(),
      fund: z.string().nullable(),
      lotId: id.nullable(),
      lots: z.array(transferLotDto),
    }),
  ),
});
export type TransferDetailDto = z.infer<typeof transferDetailDto>;

export const transfersQuery = z.object({
  warehouseId: id.optional(), direction: z.enum(['outgoing', 'incoming']).optional(), status: transferStatus.optional(), open: flag.optional(),
  ...pageQuery,
}); // prettier-ignore
export type TransfersQuery = z.infer<typeof transfersQuery>;

/** fund: only goods of that fund. */
export const goodsLine = z.object({ itemId: id, units, fund: shortText.optional() });
/**
 * requestLineId: the line of a request that these goods answer; they are those that the warehouse has promised to it. lotId: only goods of
 * that lot; not with a request.
 */
export const transferGoods = goodsLine.extend({ requestLineId: id.optional(), lotId: id.optional() });
const content = {
  toWarehouseId: id, keepsOwner: z.boolean().default(false), plannedArrivalAt: instant, note: text.default(''), incidentId: id.nullish(),
  goods: z.array(transferGoods).min(1).max(LIMITS.documentLines),
}; // prettier-ignore
export const draftTransfer = z.object({ id: id.optional(), fromWarehouseId: id, ...content });
export type DraftTransfer = z.infer<typeof draftTransfer>;
export const reviseTransfer = z.object({ version, ...content });
export type ReviseTransfer = z.infer<typeof reviseTransfer>;

/**
 * What a warehouse has promised to a request goes out on one transfer: all of it, or the lines and units named. toWarehouseId: the warehouse
 * that the request names, unless told. order: false leaves a draft for the duty side to order.
 */
export const dispatchGoods = z.object({
  id: id.optional(), version: version.optional(), warehouseId: id, toWarehouseId: id.optional(), plannedArrivalAt: instant.optional(),
  keepsOwner: z.boolean().default(false), note: text.default(''), order: z.boolean().default(true),
  lines: z.array(z.object({ lineId: id, units: units.optional() })).min(1).max(LIMITS.documentLines).optional(),
}); // prettier-ignore
export type DispatchGoods = z.infer<typeof dispatchGoods>;

export const transferStep = z.object({ version: version.optional(), ...factTimes });
export type TransferStep = z.infer<typeof transferStep>;
export const endTransfer = transferStep.extend({ reason: requiredText });
export type EndTransfer = z.infer<typeof endTransfer>;
/** What the vehicle may carry is checked against the weight and volume of the goods when it is told. */
export const loadTransfer = transferStep.extend({
  vehicle: shortText, driverName: shortText.optional(), driverPhone: phone.optional(),
  capacityWeightG: z.int().min(1).max(1_000_000_000_000).optional(), capacityVolumeCm3: z.int().min(1).max(1_000_000_000_000).optional(),
  plannedArrivalAt: instant.optional(),
}); // prettier-ignore
export type LoadTransfer = z.infer<typeof loadTransfer>;

const counted = z.int().min(0).max(LIMITS.units);
/**
 * Lots left out came whole and go to `binId`, or the first bin. Good, damaged and missing of a lot add up to what was sent; a lot with
 * differences says why. Damaged goods lie in a bin as damaged, or go to disposal at once.
 */
export const receiveTransfer = transferStep.extend({
  binId: id.optional(),
  lots: z.array(z.object({
    id, acceptedUnits: counted, damagedUnits: counted.default(0), missingUnits: counted.default(0), binId: id.optional(),
    damagedTo: z.enum(['bin', 'disposal']).default('bin'), reason: requiredText.optional(),
  })).max(LIMITS.documentLines).default([]),
}); // prettier-ignore
export type ReceiveTransfer = z.infer<typeof receiveTransfer>;
