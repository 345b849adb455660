import { z } from 'zod';
import {
  factTimes, id, instant, page, pageQuery, requiredText, shortText, text, units, version,
} from '../../shared/fields.dto.js'; // prettier-ignore

/** Lines that one paper may have. */
export const REQUEST_LINES = 2000;

export const LINE_STATES = ['open', 'part-filled', 'filled', 'passed-up', 'withdrawn', 'closed'] as const;
export const requestLineState = z.enum(LINE_STATES);
export type RequestLineState = z.infer<typeof requestLineState>;
export const REQUEST_STATUSES = ['open', 'answered', 'closed', 'withdrawn'] as const;
export const requestStatus = z.enum(REQUEST_STATUSES);
export type RequestStatus = z.infer<typeof requestStatus>;
/** below: somebody asks; above: a society above gives without being asked. */
export const requestOrigin = z.enum(['below', 'above']);

/**
 * societyId: who needs the goods; askedSocietyId: whose desk it goes to first: the society above, or a partner; for origin `above` the
 * society that gives. Without an incident it is for stock.
 */
export const requestGoods = z.object({
  id: id.optional(), origin: requestOrigin.default('below'), societyId: id, askedSocietyId: id.optional(), warehouseId: id.nullish(),
  incidentId: id.nullish(), neededBy: instant, place: shortText, note: text.default(''),
  lines: z.array(z.object({ itemId: id, units })).min(1).max(REQUEST_LINES), ...factTimes,
}); // prettier-ignore
export type RequestGoods = z.infer<typeof requestGoods>;

/**
 * The five quantities of a line are read from the ledger at that moment: committed = reserved + in transit + received; what was damaged
 * or lost on the way is committed no more, so that it is asked for again.
 */
export const requestLineDto = z.object({
  id, line: z.int(), itemId: id, requestedUnits: z.int(), committedUnits: z.int(), reservedUnits: z.int(), inTransitUnits: z.int(),
  receivedUnits: z.int(), state: requestLineState,
}); // prettier-ignore
export type RequestLineDto = z.infer<typeof requestLineDto>;

export const requestDeskDto = z.object({
  societyId: id, how: z.enum(['addressed', 'passed-up', 'sideways', 'above']), fromSocietyId: id.nullable(), byName: z.string(),
  reason: z.string().nullable(), sinceAt: instant, outcome: z.enum(['passed-up', 'declined']).nullable(), doneBy: z.string().nullable(),
  doneReason: z.string().nullable(), doneAt: instant.nullable(),
}); // prettier-ignore
export type RequestDeskDto = z.infer<typeof requestDeskDto>;

/**
 * pendingUnits: still promised by this commitment itself, neither taken up by a transfer nor taken back; takenUnits: a graver incident took
 * them.
 */
export const commitmentDto = z.object({
  id, answerId: id, lineId: id, societyId: id, warehouseId: id, units: z.int(), pendingUnits: z.int(), takenUnits: z.int(), byName: z.string(),
  committedAt: instant,
}); // prettier-ignore
export type CommitmentDto = z.infer<typeof commitmentDto>;

/** A transfer that carries units of a line; called off ones are left out. */
export const consignmentDto = z.object({
  transferId: id,
  number: z.string(),
  lineId: id,
  warehouseId: id,
  units: z.int(),
});
/** Promised units that a graver incident took: with which supply order, who decided it and why. */
export const promiseTakeOverDto = z.object({
  commitmentId: id, lineId: id, byIncidentId: id, byOrderNumber: z.string(), units: z.int(), reason: z.string(), byName: z.string(),
  takenAt: instant,
}); // prettier-ignore

export const requestDto = z.object({
  id, number: z.string(), origin: requestOrigin, societyId: id, warehouseId: id.nullable(), incidentId: id.nullable(), neededBy: instant,
  place: z.string(), note: z.string(), status: requestStatus, reason: z.string().nullable(), requestedBy: z.string(),
  lines: z.array(requestLineDto), desks: z.array(requestDeskDto), commitments: z.array(commitmentDto),
  consignments: z.array(consignmentDto), takeOvers: z.array(promiseTakeOverDto),
  signatures: z.array(z.object({ role: z.string(), name: z.string(), signedAt: instant })),
  occurredAt: instant, recordedAt: instant, receivedAt: instant, version,
}); // prettier-ignore
export type RequestDto = z.infer<typeof requestDto>;
export const requestPage = page(requestDto);

/** A line of the list: the head and the sums of its lines, without history. */
export const requestHeadDto = requestDto.omit({
  lines: true, desks: true, commitments: true, consignments: true, takeOvers: true, signatures: true,
}).extend({
  lineCount: z.int(), requestedUnits: z.int(), committedUnits: z.int(), receivedUnits: z.int(), openSocietyIds: z.array(id),
}); // prettier-ignore
export type RequestHeadDto = z.infer<typeof requestHeadDto>;
export const requestHeadPage = page(requestHeadDto);

/** side: `own` those that the actor's societies or warehouses asked; `to-answer` those that lie open at a desk of the actor. */
export const requestsQuery = z.object({
  side: z.enum(['own', 'to-answer']).optional(), status: requestStatus.optional(), societyId: id.optional(), incidentId: id.optional(), ...pageQuery,
}); // prettier-ignore
export type RequestsQuery = z.infer<typeof requestsQuery>;

/** What the society of each named warehouse gives. id: the answer's own, so that it is kept once however often it is sent. */
export const answerRequest = z.object({
  id: id.optional(), version: version.optional(),
  lines: z.array(z.object({ lineId: id, warehouseId: id, units })).min(1).max(REQUEST_LINES), ...factTimes,
}); // prettier-ignore
export type AnswerRequest = z.infer<typeof answerRequest>;

/** societyId: the desk that acts. */
export const deskStep = z.object({
  version: version.optional(),
  societyId: id,
  reason: requiredText,
  ...factTimes,
});
export type DeskStep = z.infer<typeof deskStep>;
export const askPartner = deskStep.extend({ partnerId: id });
export type AskPartner = z.infer<typeof askPartner>;

/** Without lineIds the whole request. */
export const endRequest = z.object({
  version: version.optional(), reason: requiredText, lineIds: z.array(id).min(1).max(REQUEST_LINES).optional(), ...factTimes,
}); // prettier-ignore
export type EndRequest = z.infer<typeof endRequest>;
export const takeBack = z.object({ version: version.optional(), reason: requiredText, ...factTimes });
export type TakeBack = z.infer<typeof takeBack>;
