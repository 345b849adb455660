import type { IntentDto, RecordDonation, TraceDto } from '../../../../src/relief-stock/receiving/donation.dto.js';

export type IntentDraft = Record<keyof IntentDto, string>;
export const NO_INTENT: IntentDraft = { societyId: '', itemId: '', incidentKind: '', incidentId: '', until: '' };

/** Only what was asked for goes on the wire. */
export const intentBody = (draft: IntentDraft): Partial<IntentDto> =>
  Object.fromEntries(Object.entries(draft).filter(([, value]) => value !== '')) as Partial<IntentDto>;

export type DonationDraft = {
  id: string;
  donorKind: RecordDonation['donorKind'];
  donorName: string;
  valueBasis: RecordDonation['valueBasis'];
  receiptNo: string;
  note: string;
  intent: IntentDraft;
};
export const EMPTY_DONATION: DonationDraft = {
  id: '', donorKind: 'organisation', donorName: '', valueBasis: 'none', receiptNo: '', note: '', intent: NO_INTENT,
}; // prettier-ignore

/** A private person stays without a name: the fiscal receipt knows it. */
export const isWhole = (draft: DonationDraft): boolean =>
  draft.donorKind === 'anonymous' || draft.donorName.trim() !== '';

export function donationBody(draft: DonationDraft, warehouseId: string) {
  const { id, donorKind, donorName, valueBasis, receiptNo, note, intent } = draft;
  return {
    id, warehouseId, donorKind, valueBasis, note: note.trim(), intent: intentBody(intent),
    ...(donorKind === 'organisation' ? { donorName: donorName.trim() } : {}),
    ...(receiptNo.trim() ? { receiptNo: receiptNo.trim() } : {}),
  }; // prettier-ignore
}

/** Where units of an item are or went, in the order of their way; ends that hold nothing are left out. */
export const ENDS = ['inStore', 'inTransit', 'issued', 'lost', 'disposed', 'adjusted', 'converted'] as const;
export const endsOf = (item: TraceDto['items'][number]): { end: (typeof ENDS)[number]; units: number }[] =>
  ENDS.map((end) => ({ end, units: item[`${end}Units`] })).filter(({ units }) => units !== 0);
