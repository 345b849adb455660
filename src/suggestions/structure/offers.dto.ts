import { z } from 'zod';
import { id, instant, text, units, version } from '../../shared/fields.dto.js';

/** Open offers of a society, and incidents that they are matched with, at most. */
export const OFFER_LIMITS = { offers: 200, incidents: 60 };

export const offerDto = z.object({
  id, societyId: id, partnerId: id, itemId: id, units, untilAt: instant, note: z.string(), enteredBy: z.string(), enteredAt: instant,
  withdrawnBy: z.string().nullable(), withdrawnAt: instant.nullable(), version,
}); // prettier-ignore
export type OfferDto = z.infer<typeof offerDto>;
/** untilAt: when the partner's lorry has to have left. */
export const enterOffer = z.object({
  id: id.optional(),
  societyId: id,
  partnerId: id,
  itemId: id,
  units,
  untilAt: instant,
  note: text.default(''),
});
export type EnterOffer = z.infer<typeof enterOffer>;
export const withdrawOffer = z.object({ version });
export type WithdrawOffer = z.infer<typeof withdrawOffer>;
export const offersQuery = z.object({ societyId: id });
export type OffersQuery = z.infer<typeof offersQuery>;

/** Units of an offer for an incident that lacks them now; arrivalMin counts from now, loading included. */
export const matchDto = z.object({
  offerId: id,
  partnerId: id,
  incidentId: id,
  itemId: id,
  units: z.int(),
  arrivalMin: z.int(),
});
/** lacking: what is asked and not promised; covered: what offers would bring of it. */
const lackDto = z.object({
  incidentId: id,
  number: z.string(),
  title: z.string(),
  itemId: id,
  lacking: z.int(),
  covered: z.int(),
});
export const matchesDto = z.object({ matches: z.array(matchDto), lacks: z.array(lackDto), travel: z.string() });
export type MatchesDto = z.infer<typeof matchesDto>;
