import { useState } from 'react';
import type { FormEvent } from 'react';
import type { FundDto } from '../../../../src/relief-stock/receiving/donation.dto.js';
import { useCommand } from '../../api/use-command.js';
import { useFetched } from '../../api/use-fetched.js';
import { t } from '../../i18n/i18n.js';
import { live } from '../../live/live.js';
import { Submit } from '../../parts/Act.js';
import { Choices } from '../../parts/Field.js';
import { Refusal } from '../../parts/Refusal.js';
import { TextField } from '../../parts/TextField.js';
import { say } from '../../parts/toast.js';
import { PaperList, PaperRow } from '../parts/PaperList.js';
import { useRoleAt } from '../parts/who.js';
import { intentBody, NO_INTENT } from './donation.rules.js';
import { IntentFields } from './IntentFields.js';
import { IntentWords } from './IntentWords.js';

const MAY_OPEN = ['keeper', 'administrator', 'dutyLead'] as const;
const EMPTY = { code: '', name: '', kind: 'purchase' as FundDto['kind'], donor: '', intent: NO_INTENT };

/** Money and gifts that goods were bought with or came from, each with what it may be used for. */
export function FundsPage({ warehouseId }: { warehouseId: string }) {
  const funds = useFetched<{ items: FundDto[] }>('/stock/funds?limit=200');
  return (
    <>
      <p className="quiet">{t('donations.funds-about')}</p>
      <PaperList
        of={funds}
        empty={t('donations.no-funds')}
        keyOf={({ code }) => code}
        row={(fund) => (
          <PaperRow
            title={`${fund.name} · ${fund.code}`}
            aside={t(`donations.fund-kind.${fund.kind}`)}
            state={<IntentWords intent={fund.intent} />}
            detail={[live.store.row('society', fund.societyId)?.shortName, fund.donor].filter(Boolean).join(' · ')}
          />
        )}
      />
      <OpenFund warehouseId={warehouseId} done={funds.reload} />
    </>
  );
}

function OpenFund({ warehouseId, done }: { warehouseId: string; done: () => void }) {
  const [values, setValues] = useState(EMPTY);
  const may = useRoleAt(warehouseId, MAY_OPEN);
  const { busy, problem, send } = useCommand();
  const set = (part: Partial<typeof EMPTY>) => setValues({ ...values, ...part });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const { code, name, kind, donor, intent } = values;
    const societyId = live.store.row('warehouse', warehouseId)?.societyId;
    const body = {
      code: code.trim(), name: name.trim(), kind, societyId, intent: intentBody(intent), ...(donor.trim() ? { donor: donor.trim() } : {}),
    }; // prettier-ignore
    if (!(await send('/stock/funds', body))) return;
    say(t('donations.said-fund', { name: name.trim() }));
    setValues(EMPTY);
    done();
  };
  const whole = values.code.trim() !== '' && values.name.trim() !== '';
  return (
    <form className="receipt-line" onSubmit={(event) => void submit(event)} noValidate>
      <h3>{t('donations.open-fund')}</h3>
      <Choices
        legend={t('donations.fund-kind')}
        name="fund-kind"
        values={['purchase', 'donation'] as const}
        value={values.kind}
        choose={(kind) => set({ kind })}
        words={(kind) => t(`donations.fund-kind.${kind}`)}
      />
      <FundFields values={values} set={set} />
      <IntentFields intent={values.intent} set={(part) => set({ intent: { ...values.intent, ...part } })} />
      <Refusal problem={problem} />
      <Submit
        look="primary"
        label={t('donations.open-fund')}
        busy={busy}
        lacks={may ? (whole ? null : t('form.incomplete')) : t('donations.fund-who')}
      />
    </form>
  );
}

function FundFields({ values, set }: { values: typeof EMPTY; set: (part: Partial<typeof EMPTY>) => void }) {
  return (
    <div className="form-grid">
      <TextField
        label={t('donations.fund-code')}
        type="code"
        required
        maxLength={80}
        value={values.code}
        set={(code) => set({ code })}
      />
      <TextField
        label={t('donations.fund-name')}
        required
        maxLength={80}
        value={values.name}
        set={(name) => set({ name })}
      />
      <TextField
        label={t('donations.fund-donor')}
        maxLength={80}
        value={values.donor}
        set={(donor) => set({ donor })}
      />
    </div>
  );
}
