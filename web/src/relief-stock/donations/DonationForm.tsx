import type { FormEvent } from 'react';
import type { DonationDto } from '../../../../src/relief-stock/receiving/donation.dto.js';
import { newId } from '../../api/ids.js';
import { useCommand } from '../../api/use-command.js';
import { useDraft } from '../../app/drafts.js';
import { go } from '../../app/routes.js';
import { t } from '../../i18n/i18n.js';
import { Submit } from '../../parts/Act.js';
import { Choices } from '../../parts/Field.js';
import { Refusal } from '../../parts/Refusal.js';
import { SelectField, TextField } from '../../parts/TextField.js';
import { say } from '../../parts/toast.js';
import { type DonationDraft, donationBody, EMPTY_DONATION, isWhole } from './donation.rules.js';
import { IntentFields } from './IntentFields.js';

const VALUE_BASES = ['none', 'invoice', 'market-price'] as const;

/** A gift in kind is recorded before its goods come in: from then on they belong to its fund, and its trace follows them. */
export function DonationForm({ warehouseId }: { warehouseId: string }) {
  const { values, change, discard } = useDraft<DonationDraft>(`donation.${warehouseId}`, EMPTY_DONATION);
  const { busy, problem, send } = useCommand();
  const edit = (part: Partial<DonationDraft>) => change(values.id === '' ? { id: newId(), ...part } : part);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const body = donationBody(values.id === '' ? { ...values, id: newId() } : values, warehouseId);
    const made = await send<DonationDto>('/stock/donations', body);
    if (!made) return;
    discard();
    say(t('donations.said-recorded', { number: made.number }));
    go(`keeper/donations/${made.id}`);
  };
  return (
    <form className="keeper-form" onSubmit={(event) => void submit(event)} noValidate>
      <h2>{t('donations.new')}</h2>
      <Choices
        legend={t('donations.donor-kind')}
        name="donor-kind"
        values={['organisation', 'anonymous'] as const}
        value={values.donorKind}
        choose={(donorKind) => edit({ donorKind })}
        words={(kind) => t(`donations.donor-kind.${kind}`)}
      />
      {values.donorKind === 'anonymous' && <p className="quiet">{t('donations.no-names')}</p>}
      <div className="form-grid">
        {values.donorKind === 'organisation' && (
          <TextField
            label={t('donations.donor-name')}
            required
            maxLength={80}
            value={values.donorName}
            set={(donorName) => edit({ donorName })}
          />
        )}
        <TextField
          label={t('donations.receipt-no')}
          hint={t('donations.receipt-later')}
          maxLength={80}
          value={values.receiptNo}
          set={(receiptNo) => edit({ receiptNo })}
        />
        <SelectField
          label={t('donations.value-basis')}
          value={values.valueBasis}
          set={(basis) => edit({ valueBasis: basis as DonationDraft['valueBasis'] })}
          options={VALUE_BASES.map((basis) => ({ value: basis, words: t(`donations.value-basis.${basis}`) }))}
        />
        <TextField label={t('keeper.note')} value={values.note} set={(note) => edit({ note })} />
      </div>
      <IntentFields intent={values.intent} set={(part) => edit({ intent: { ...values.intent, ...part } })} />
      <Refusal problem={problem} />
      <Submit label={t('donations.record')} busy={busy} lacks={isWhole(values) ? null : t('form.incomplete')} />
    </form>
  );
}
