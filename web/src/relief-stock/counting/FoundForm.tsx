import { useState } from 'react';
import type { FormEvent } from 'react';
import type { CountAnswer, CountDetailDto } from '../../../../src/relief-stock/counting/count.dto.js';
import { newId } from '../../api/ids.js';
import { t } from '../../i18n/i18n.js';
import { clockSkewMs } from '../../live/clock.js';
import { Submit } from '../../parts/Act.js';
import { Choices } from '../../parts/Field.js';
import { Refusal } from '../../parts/Refusal.js';
import { TextField } from '../../parts/TextField.js';
import { say } from '../../parts/toast.js';
import { ItemPicker } from '../ItemPicker.js';
import { useStockAct } from '../outbox/use-act.js';
import { goodsWords } from '../outbox/words.js';
import { BinField } from '../parts/BinField.js';
import { ReceiptScan } from '../ReceiptScan.js';

const CONDITIONS = ['good', 'damaged', 'quarantined'] as const;
type Condition = (typeof CONDITIONS)[number];
const EMPTY = { itemId: '', binId: '', lotCode: '', expiresOn: '', units: '', condition: 'good' as Condition };

/** Goods that lie here and that no line of the count names: the lot by the code on its label. */
export function FoundForm({ count, done }: { count: CountDetailDto; done: () => void }) {
  const [values, setValues] = useState(EMPTY);
  // The line's own id: told twice, it is one line.
  const [lineId, setLineId] = useState(newId);
  const { busy, problem, act } = useStockAct();
  const set = (part: Partial<typeof EMPTY>) => setValues({ ...values, ...part });
  const { itemId, binId, lotCode, expiresOn, units, condition } = values;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const body = {
      id: lineId,
      itemId,
      binId,
      lotCode: lotCode.trim(),
      expiresOn: expiresOn || null,
      condition,
      units: Number(units),
    };
    const told = await act<CountAnswer>({
      kind: 'count-found', body: { countId: count.id, ...body }, path: `/stock/counts/${count.id}/lines`,
      direct: { ...body, countedAt: new Date().toISOString(), clockOffsetMs: Math.round(clockSkewMs()) },
      label: t('outbox.did.count-found', { goods: goodsWords([body]) }), page: `keeper/counts/${count.id}`, draft: null,
    }); // prettier-ignore
    if (told === null) return;
    if (told !== 'kept') say(t('count.said-found'));
    setValues({ ...EMPTY, binId });
    setLineId(newId());
    done();
  };
  const whole = itemId !== '' && binId !== '' && lotCode.trim() !== '' && Number(units) > 0;
  return (
    <details className="receipt-line">
      <summary className="button bare">{t('count.found')}</summary>
      <form className="keeper-form" onSubmit={(event) => void submit(event)} noValidate>
        <FoundFields warehouseId={count.warehouseId} values={values} set={set} />
        <Refusal problem={problem} />
        <Submit look="primary" label={t('count.add-found')} busy={busy} lacks={whole ? null : t('form.incomplete')} />
      </form>
    </details>
  );
}

type FieldsProps = { warehouseId: string; values: typeof EMPTY; set: (part: Partial<typeof EMPTY>) => void };

function FoundFields({ warehouseId, values, set }: FieldsProps) {
  const { itemId, binId, lotCode, expiresOn, units, condition } = values;
  return (
    <>
      <ReceiptScan warehouseId={warehouseId} set={({ units: _, ...part }) => set(part)} />
      <ItemPicker itemId={itemId} choose={(id) => set({ itemId: id })} fault={null} camera={false} />
      <div className="form-grid">
        <TextField
          label={t('keeper.lot-code')}
          required
          maxLength={80}
          value={lotCode}
          set={(code) => set({ lotCode: code })}
          scanned
        />
        <TextField
          label={t('keeper.expires-on')}
          type="date"
          value={expiresOn}
          set={(day) => set({ expiresOn: day })}
        />
        <BinField
          label={t('count.found-in')}
          warehouseId={warehouseId}
          value={binId}
          set={(id) => set({ binId: id })}
          required
        />
        <TextField
          label={t('keeper.units')}
          type="units"
          required
          value={units}
          set={(figure) => set({ units: figure })}
        />
      </div>
      <Choices
        legend={t('count.found-condition')}
        name="found-condition"
        values={CONDITIONS}
        value={condition}
        choose={(next) => set({ condition: next })}
        words={(each) => t(`changing.condition.${each}`)}
      />
    </>
  );
}
