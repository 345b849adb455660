import { z } from 'zod';
import { day, id, instant } from '../../shared/fields.dto.js';

const hex = z.string().regex(/^[0-9a-f]{64}$/);
/** One signed anchor. The key is the one it was signed with (base64 of SPKI DER), the signature base64; both stay when the key is changed. */
export const anchorDto = z.object({
  id, number: z.int(), day, missedDays: z.int(), seq: z.int(), hash: hex, signedAt: instant, previous: hex, keyId: z.string(),
  publicKey: z.string(), signature: z.string(),
}); // prettier-ignore
export type AnchorDto = z.infer<typeof anchorDto>;

/** What is wrong with an anchor: signature, place among the others, link to the one before; its line is gone, or is another. */
export const ANCHOR_FAULTS = ['signature', 'order', 'link', 'gone', 'line'] as const;
export type AnchorFault = (typeof ANCHOR_FAULTS)[number];

/** made: that of today is there; awaited: soon; late: should be there; off: a drill is never anchored. expectedBy: of the next one, if known. */
export const ANCHOR_STATES = ['made', 'awaited', 'late', 'off'] as const;
export const anchorStateDto = z.object({
  state: z.enum(ANCHOR_STATES),
  newestAt: instant.nullable(),
  expectedBy: instant.nullable(),
});
export type AnchorStateDto = z.infer<typeof anchorStateDto>;

/** before: the number above which one has read. */
export const anchorsQuery = z.object({
  before: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
});
export type AnchorsQuery = z.infer<typeof anchorsQuery>;
/** Held against the table of now. newKey: signed with another key than the one before it. */
export const heldAnchorDto = anchorDto.extend({
  holds: z.boolean(),
  fault: z.enum(ANCHOR_FAULTS).nullable(),
  newKey: z.boolean(),
});
export type HeldAnchorDto = z.infer<typeof heldAnchorDto>;
export const anchorsDto = anchorStateDto.extend({
  items: z.array(heldAnchorDto),
  nextBefore: z.int().nullable(),
});
export type AnchorsDto = z.infer<typeof anchorsDto>;
