import type { DonationDto } from '../../../../src/relief-stock/receiving/donation.dto.js';
import { useFetched } from '../../api/use-fetched.js';
import { t } from '../../i18n/i18n.js';
import { SelectField } from '../../parts/TextField.js';
import type { ReceiptDraft } from '../receipt.rules.js';

type Props = { draft: ReceiptDraft; edit: (part: Partial<ReceiptDraft>) => void };

/** The recorded donation that goods belong to: they enter its fund, and its trace follows them from then on. */
export function DonationField({ draft, edit }: Props) {
  const { data } = useFetched<{ items: DonationDto[] }>('/stock/donations?limit=200');
  const donations = data?.items ?? [];
  const choose = (donationId: string) => {
    const chosen = donations.find(({ id }) => id === donationId);
    edit({ donationId, ...(chosen ? { sourceName: chosen.donorName ?? t('donations.anonymous') } : {}) });
  };
  return (
    <SelectField
      label={t('donations.of-donation')}
      hint={donations.length === 0 ? t('donations.record-first') : t('donations.of-donation-hint')}
      value={draft.donationId}
      set={choose}
      none={t('donations.not-recorded')}
      options={donations.map((one) => ({
        value: one.id,
        words: `${one.number} · ${one.donorName ?? t('donations.anonymous')}`,
      }))}
    />
  );
}
