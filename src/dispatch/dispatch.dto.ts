import { z } from 'zod';
import {
  factTimes, headcount, id, instant, LIMITS, page, pageQuery, phone, reason, requiredText, shortText, text, units, version,
} from '../shared/fields.dto.js'; // prettier-ignore

export const ASSIGNMENT_STATUSES = [
  'planned', 'reserved', 'alerted', 'accepted', 'declined', 'no-answer', 'assembling', 'departed', 'on-scene', 'working', 'resting',
  'released', 'returning', 'closed', 'withdrawn',
] as const; // prettier-ignore
export const assignmentStatus = z.enum(ASSIGNMENT_STATUSES);
export type AssignmentStatus = z.infer<typeof assignmentStatus>;

export const dispatchMission = z.object({
  id: id.optional(),
  assignments: z.array(z.object({ teamUnitId: id, headcount: headcount.optional(), task: text.optional() })).max(50).default([]),
  supplies: z.array(z.object({ warehouseId: id, itemId: id, units })).max(LIMITS.list).default([]),
  message: text.optional(), overrideReason: requiredText.optional(), ...factTimes,
}).refine((mission) => mission.assignments.length + mission.supplies.length > 0, { path: ['assignments'] }); // prettier-ignore
export type DispatchMission = z.infer<typeof dispatchMission>;

export const assignmentDto = z.object({
  id, missionId: id, incidentId: id, teamId: id, unitId: id, unitCode: z.string(), teamName: z.string(), status: assignmentStatus,
  statusSince: instant, headcount: z.int(), promisedHeadcount: z.int().nullable(), actualHeadcount: z.int().nullable(), task: z.string(),
  reason: z.string().nullable(), etaAt: instant.nullable(), reservedAt: instant, alertedAt: instant.nullable(),
  answeredAt: instant.nullable(), assembledAt: instant.nullable(), departedAt: instant.nullable(), arrivedAt: instant.nullable(),
  releasedAt: instant.nullable(), returningAt: instant.nullable(), closedAt: instant.nullable(), withdrawnAt: instant.nullable(),
  orderDoubtful: z.boolean(), active: z.boolean(), version,
}); // prettier-ignore
export type AssignmentDto = z.infer<typeof assignmentDto>;

/** headcount: people actually there, for assemble and arrive; reason is required to decline and to withdraw. */
export const assignmentStep = z.object({
  version: version.optional(), headcount: headcount.optional(), etaMin: z.int().min(0).max(10_080).optional(),
  reason: requiredText.optional(), ...factTimes,
}); // prettier-ignore
export type AssignmentStep = z.infer<typeof assignmentStep>;
export const ASSIGNMENT_STEPS = [
  'accept', 'decline', 'assemble', 'depart', 'arrive', 'work', 'rest', 'resume', 'release', 'return', 'close', 'withdraw',
] as const; // prettier-ignore

/** What one link or one session may say in a minute, of one sort. A phone that is told to wait sends it later. */
export const SAID_PER_MINUTE = 30;

/** What a leader may say by the link of a message. Answering has its own way, and withdrawing is the desk's. */
export const LINKED_STEPS = [
  'assemble', 'depart', 'arrive', 'work', 'rest', 'resume', 'release', 'return', 'close',
] as const; // prettier-ignore
/** The same id again is the same word, and changes nothing. headcount: people actually there, for assemble and arrive. */
export const linkedStep = z.object({
  id: id.optional(),
  step: z.enum(LINKED_STEPS),
  headcount: headcount.optional(),
  ...factTimes,
});
export type LinkedStep = z.infer<typeof linkedStep>;
/**
 * Where the unit of a link stands; null for a desk. named: its people are known by name, so nobody is asked for their number. mayStep: the
 * person of this link said the yes, and the assignment lives.
 */
export const linkedProgressDto = z.object({
  unit: assignmentDto
    .pick({ status: true, statusSince: true, headcount: true, promisedHeadcount: true, actualHeadcount: true, active: true })
    .extend({ named: z.boolean(), mayStep: z.boolean() })
    .nullable(),
}); // prettier-ignore
export type LinkedProgressDto = z.infer<typeof linkedProgressDto>;

export const SUPPLY_ORDER_STATUSES = [
  'reserved', 'approved', 'picking', 'shipped', 'received', 'received-with-differences', 'closed', 'cancelled',
] as const; // prettier-ignore
export const supplyOrderStatus = z.enum(SUPPLY_ORDER_STATUSES);
export type SupplyOrderStatus = z.infer<typeof supplyOrderStatus>;
/** Reserved units that a graver incident took over: by which order, who decided it and why. */
export const takeOverDto = z.object({
  byOrderId: id, byOrderNumber: z.string(), byIncidentId: id, units: z.int(), reason: z.string(), byName: z.string(), takenAt: instant,
}); // prettier-ignore
export type TakeOverDto = z.infer<typeof takeOverDto>;
/** units: as ordered; what is left to send is less by takenUnits. */
export const supplyOrderLine = z.object({
  id, itemId: id, units: z.int(), takenUnits: z.int(), shippedUnits: z.int(), receivedUnits: z.int(), damagedUnits: z.int(),
  missingUnits: z.int(), takeOvers: z.array(takeOverDto),
  lots: z.array(z.object({ lotId: id, lotCode: z.string(), expiresOn: z.string().nullable(), binCode: z.string(), units: z.int() })),
}); // prettier-ignore
export const supplyOrderDto = z.object({
  id, number: z.string(), missionId: id, incidentId: id, warehouseId: id, followsId: id.nullable(), status: supplyOrderStatus,
  statusSince: instant,
  lines: z.array(supplyOrderLine), reservedUntil: instant.nullable(), approvedBy: z.string().nullable(), vehicle: z.string().nullable(),
  driverName: z.string().nullable(), driverPhone: z.string().nullable(), etaAt: instant.nullable(),
  /** What the arrival is reckoned from, or why none can be named; null where a person named the minutes. */
  etaWay: z.array(reason).nullable(), receiverName: z.string().nullable(),
  reason: z.string().nullable(), inquiryId: id.nullable(), reservedAt: instant, approvedAt: instant.nullable(), pickingAt: instant.nullable(),
  shippedAt: instant.nullable(), receivedAt: instant.nullable(), closedAt: instant.nullable(), cancelledAt: instant.nullable(), version,
}); // prettier-ignore
export type SupplyOrderDto = z.infer<typeof supplyOrderDto>;

export const supplyStep = z.object({ version: version.optional(), reason: requiredText.optional(), ...factTimes });
export type SupplyStep = z.infer<typeof supplyStep>;
export const cancelSupplies = supplyStep.extend({ reason: requiredText });
export type CancelSupplies = z.infer<typeof cancelSupplies>;
/** Lines left out go whole. rest: what stays behind is kept for a following order, or (default) free for others again. */
export const shipSupplies = supplyStep.extend({
  vehicle: shortText, driverName: shortText.optional(), driverPhone: phone.optional(), etaMin: z.int().min(0).max(20_160).optional(),
  lines: z.array(z.object({ lineId: id, units: z.int().min(0).max(LIMITS.units) })).max(LIMITS.list).optional(),
  rest: z.enum(['kept', 'released']).optional(),
}); // prettier-ignore
export type ShipSupplies = z.infer<typeof shipSupplies>;
/** Picked or sent off by a device that was away: its times are the command's own. */
export const pickLater = z.object({ orderId: id });
export const shipLater = shipSupplies
  .omit({ version: true, reason: true, occurredAt: true, recordedAt: true })
  .extend({ orderId: id });
/** Without lines all that is still reserved; without units all of the line. incidentId: the graver incident that takes. */
export const takeOverSupplies = supplyStep.extend({
  incidentId: id, reason: requiredText,
  lines: z.array(z.object({ lineId: id, units: units.optional() })).min(1).max(LIMITS.list).optional(),
}); // prettier-ignore
export type TakeOverSupplies = z.infer<typeof takeOverSupplies>;
/** Of what was promised to a request: without units all that is left. incidentId: the graver incident that takes. */
export const takePromise = supplyStep.extend({ incidentId: id, reason: requiredText, units: units.optional() });
export type TakePromise = z.infer<typeof takePromise>;
/** Lines left out were received whole. Accepted + damaged + missing must equal what was shipped. */
export const receiveSupplies = supplyStep.extend({
  receiverName: shortText,
  lines: z.array(z.object({
    lineId: id, receivedUnits: z.int().min(0).max(LIMITS.units), damagedUnits: z.int().min(0).max(LIMITS.units).default(0),
    missingUnits: z.int().min(0).max(LIMITS.units).default(0),
  })).max(LIMITS.list).default([]),
}); // prettier-ignore
export type ReceiveSupplies = z.infer<typeof receiveSupplies>;

export const missionDto = z.object({
  id, number: z.string(), incidentId: id, suggestionId: id.nullable(), message: z.string(), dispatchedBy: z.string(), dispatchedAt: instant,
  assignments: z.array(assignmentDto), supplyOrders: z.array(supplyOrderDto), hints: z.array(reason), version,
}); // prettier-ignore
export type MissionDto = z.infer<typeof missionDto>;
/** A mission as the console stores it: its assignments and supply orders are subjects of their own. */
export const missionHeadDto = missionDto.omit({ assignments: true, supplyOrders: true, hints: true });
export type MissionHeadDto = z.infer<typeof missionHeadDto>;
export const missionPage = page(missionDto);
export const assignmentPage = page(assignmentDto);
export const supplyOrderPage = page(supplyOrderDto);
export const workQuery = z.object({
  incidentId: id.optional(), warehouseId: id.optional(), teamId: id.optional(), status: z.string().max(200).optional(), ...pageQuery,
}); // prettier-ignore
export type WorkQuery = z.infer<typeof workQuery>;
export const missionsQuery = z.object(pageQuery);
export type MissionsQuery = z.infer<typeof missionsQuery>;
