import { z } from 'zod';
import { incidentKind } from '../../incidents/incidents.dto.js';
import { day, factTimes, id, instant, page, pageQuery, shortText, text, version } from '../../shared/fields.dto.js';

/**
 * What a fund or a donation may be used for; null: no such limit. societyId: only in that society and below. itemId: only for that item
 * (held to when goods come in). until: the last day of the limits on place and incident.
 */
export const intentDto = z.object({
  societyId: id.nullable(), itemId: id.nullable(), incidentKind: incidentKind.nullable(), incidentId: id.nullable(), until: day.nullable(),
}); // prettier-ignore
export type IntentDto = z.infer<typeof intentDto>;
const intentIn = intentDto.partial().default({});

export const fundKind = z.enum(['purchase', 'donation']);
export const fundDto = z.object({
  code: z.string(), name: z.string(), kind: fundKind, societyId: id, donor: z.string().nullable(), intent: intentDto, version,
}); // prettier-ignore
export type FundDto = z.infer<typeof fundDto>;
export const openFund = z.object({
  code: shortText, name: shortText, kind: fundKind, societyId: id, donor: shortText.nullish(), intent: intentIn,
}); // prettier-ignore
export type OpenFund = z.infer<typeof openFund>;
export const fundPage = page(fundDto);

/** A private person gives as `anonymous`: no personal name enters this record, the fiscal receipt knows it. */
export const donorKind = z.enum(['organisation', 'anonymous']);
export const donationValueBasis = z.enum(['invoice', 'market-price', 'none']);
export const donationStatus = z.enum(['announced', 'received']);

/**
 * An in-kind donation. Its goods come by receipts that name it and belong to its fund from then on. counters: who counted them. receiptNo: the
 * fiscal donation receipt.
 */
export const donationDto = z.object({
  id, number: z.string(), societyId: id, fund: z.string(), donorKind, donorName: z.string().nullable(), intent: intentDto,
  valueBasis: donationValueBasis, receiptNo: z.string().nullable(), note: z.string(), status: donationStatus,
  counters: z.array(z.string()), occurredAt: instant, receivedAt: instant, version,
}); // prettier-ignore
export type DonationDto = z.infer<typeof donationDto>;
export const donationPage = page(donationDto);
export const recordDonation = z.object({
  id: id.optional(), warehouseId: id, donorKind, donorName: shortText.nullish(), intent: intentIn, valueBasis: donationValueBasis,
  receiptNo: shortText.nullish(), note: text.default(''), ...factTimes,
}).refine(({ donorKind: kind, donorName }) => (kind === 'organisation') === Boolean(donorName), { path: ['donorName'] }); // prettier-ignore
export type RecordDonation = z.infer<typeof recordDonation>;
export const nameReceiptNo = z.object({ version, receiptNo: shortText, ...factTimes });
export type NameReceiptNo = z.infer<typeof nameReceiptNo>;
export const donationsQuery = z.object({
  societyId: id.optional(), status: donationStatus.optional(), receiptNo: shortText.optional(), ...pageQuery,
}); // prettier-ignore
export type DonationsQuery = z.infer<typeof donationsQuery>;
export const fundsQuery = z.object(pageQuery);
export type FundsQuery = z.infer<typeof fundsQuery>;

/** Goods that a receiver signed for. document: the number of the paper on which the movement stands. */
const handOver = z.object({
  recipient: z.string(), document: z.string(), units: z.int(), receiverName: z.string().nullable(), incidentId: id.nullable(), signedAt: instant,
}); // prettier-ignore
/**
 * Where the goods of a donation are, by item, from the ledger only: received = inStore + inTransit + issued + lost + disposed + adjusted +
 * converted. handedOver: each delivery to a receiver, as its paper and signature say (what came back later is not taken off; `issuedTo` is
 * net). receiverName: who signed, where the paper says it. lost: missing, explained or not yet. adjusted: counted or corrected away (negative: more than the book said). converted: taken
 * apart or put into kits, which then stand here as items of their own with a negative figure.
 */
export const traceDto = z.object({
  donationId: id, number: z.string(), fund: z.string(),
  items: z.array(z.object({
    itemId: id, receivedUnits: z.int(), inStoreUnits: z.int(), inTransitUnits: z.int(), issuedUnits: z.int(), lostUnits: z.int(),
    disposedUnits: z.int(), adjustedUnits: z.int(), convertedUnits: z.int(),
    issuedTo: z.array(z.object({ recipient: z.string(), units: z.int() })),
    handedOver: z.array(handOver),
    inStoreAt: z.array(z.object({ warehouseId: id, units: z.int() })),
  })),
}); // prettier-ignore
export type TraceDto = z.infer<typeof traceDto>;
