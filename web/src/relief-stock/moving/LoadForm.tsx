import type { FormEvent } from 'react';
import type { TransferDetailDto } from '../../../../src/relief-stock/moving/transfer.dto.js';
import { useDraft } from '../../app/drafts.js';
import { count } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { Submit } from '../../parts/Act.js';
import { Field } from '../../parts/Field.js';
import { TextField } from '../../parts/TextField.js';
import { Refusal } from '../../parts/Refusal.js';
import { say } from '../../parts/toast.js';
import { fieldWords, withoutFieldErrors } from '../field-errors.js';
import { FaultText } from '../FaultText.js';
import { useStockAct } from '../outbox/use-act.js';
import { transferToDo } from './to-do.js';
import { inTenths, KG, M3, toBase } from './moving.rules.js';

const EMPTY = { vehicle: '', driverName: '', driverPhone: '', capacityKg: '', capacityM3: '' };
const FIELDS = ['vehicle', 'driverName', 'driverPhone'] as const;

/** Loads the vehicle. What it carries is checked when somebody knows it; the load stands beside it either way. */
export function LoadForm({ transfer, left, done }: { transfer: TransferDetailDto; left: number; done: () => void }) {
  const { values, change, discard } = useDraft(`load.${transfer.id}`, EMPTY);
  const { busy, problem, act } = useStockAct();
  const weight = toBase(values.capacityKg, KG);
  const volume = toBase(values.capacityM3, M3);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const todo = transferToDo(transfer, 'transfer-load', loadBody(values));
    const answer = await act({ ...todo, draft: { name: `load.${transfer.id}`, values } });
    if (answer === null) return;
    discard();
    if (answer !== 'kept') say(t('moving.said.load', { number: transfer.number }));
    done();
  };
  return (
    <form className="keeper-form" onSubmit={(event) => void submit(event)}>
      <h3>{t('moving.load-title')}</h3>
      <div className="form-grid">
        {FIELDS.map((name) => (
          <TextField
            key={name}
            label={t(`keeper.ship-${name}`)}
            type={name === 'driverPhone' ? 'tel' : 'text'}
            required={name === 'vehicle'}
            maxLength={80}
            value={values[name]}
            set={(text) => change({ [name]: text })}
            fault={fieldWords(problem, name)}
          />
        ))}
        <Capacity
          label={t('moving.capacityKg')}
          load={t('moving.load-kg', { kg: count(inTenths(transfer.weightG, KG)) })}
          value={values.capacityKg}
          over={weight !== undefined && weight < transfer.weightG}
          set={(capacityKg) => change({ capacityKg })}
        />
        <Capacity
          label={t('moving.capacityM3')}
          load={t('moving.load-m3', { m3: count(inTenths(transfer.volumeCm3, M3)) })}
          value={values.capacityM3}
          over={volume !== undefined && volume < transfer.volumeCm3}
          set={(capacityM3) => change({ capacityM3 })}
        />
      </div>
      <Refusal problem={withoutFieldErrors(problem, FIELDS)} />
      {left > 0 && <p className="notice warning">{t('keeper.picks-left', { count: left })}</p>}
      <Submit
        label={t('moving.act.load')}
        busy={busy}
        lacks={values.vehicle.trim() === '' ? t('form.incomplete') : null}
      />
    </form>
  );
}

const loadBody = ({ vehicle, driverName, driverPhone, capacityKg, capacityM3 }: typeof EMPTY) => {
  const [capacityWeightG, capacityVolumeCm3] = [toBase(capacityKg, KG), toBase(capacityM3, M3)];
  return {
    vehicle: vehicle.trim(), ...(driverName.trim() ? { driverName: driverName.trim() } : {}),
    ...(driverPhone.trim() ? { driverPhone: driverPhone.trim() } : {}), ...(capacityWeightG ? { capacityWeightG } : {}),
    ...(capacityVolumeCm3 ? { capacityVolumeCm3 } : {}),
  }; // prettier-ignore
};

type CapacityProps = { label: string; load: string; value: string; over: boolean; set: (value: string) => void };

function Capacity({ label, load, value, over, set }: CapacityProps) {
  return (
    <Field label={label} hint={load}>
      <input
        className="input"
        inputMode="decimal"
        maxLength={9}
        value={value}
        aria-invalid={over}
        onChange={(event) => set(event.target.value)}
      />
      {over && <FaultText words={t('moving.too-small')} />}
    </Field>
  );
}
