import type { FormEvent } from 'react';
import type { ShipSupplies, SupplyOrderDto } from '../../../src/dispatch/dispatch.dto.js';
import { useCommand } from '../api/use-command.js';
import { useDraft } from '../app/drafts.js';
import { t } from '../i18n/i18n.js';
import { Field } from '../parts/Field.js';
import { Refusal } from '../parts/Refusal.js';
import { say } from '../parts/toast.js';
import { fieldWords, withoutFieldErrors } from './field-errors.js';

const EMPTY = { vehicle: '', driverName: '', driverPhone: '', etaMin: '' };
const FIELDS = ['vehicle', 'driverName', 'driverPhone', 'etaMin'] as const;

/** Loads and sends off. The vehicle is what the receiver will look for; the driver's phone is how to ask where it is. */
export function ShipForm({ order, left, shipped }: { order: SupplyOrderDto; left: number; shipped: () => void }) {
  const { values, change, discard } = useDraft(`ship.${order.id}`, EMPTY);
  const { busy, problem, send } = useCommand();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const body: ShipSupplies = {
      version: order.version,
      vehicle: values.vehicle.trim(),
      ...(values.driverName.trim() ? { driverName: values.driverName.trim() } : {}),
      ...(values.driverPhone.trim() ? { driverPhone: values.driverPhone.trim() } : {}),
      ...(values.etaMin ? { etaMin: Number(values.etaMin) } : {}),
    };
    if (!(await send(`/supply-orders/${order.id}/ship`, body))) return;
    discard();
    shipped();
    say(t('keeper.said-shipped', { number: order.number }));
  };
  const input = (name: (typeof FIELDS)[number], type: 'text' | 'tel' | 'number', required = false) => {
    const words = fieldWords(problem, name);
    return (
      <Field label={t(`keeper.ship-${name}`)} required={required}>
        <input
          className="input"
          type={type}
          min={type === 'number' ? 0 : undefined}
          max={type === 'number' ? 20_160 : undefined}
          value={values[name]}
          maxLength={80}
          required={required}
          aria-invalid={words !== null}
          onChange={(event) => change({ [name]: event.target.value })}
        />
        {words && (
          <span className="field-fault" role="alert">
            {words}
          </span>
        )}
      </Field>
    );
  };
  return (
    <form className="keeper-form" onSubmit={(event) => void submit(event)}>
      <h3>{t('keeper.ship-title')}</h3>
      <div className="form-grid">
        {input('vehicle', 'text', true)}
        {input('driverName', 'text')}
        {input('driverPhone', 'tel')}
        {input('etaMin', 'number')}
      </div>
      <Refusal problem={withoutFieldErrors(problem, FIELDS)} />
      {left > 0 && <p className="notice warning">{t('keeper.picks-left', { count: left })}</p>}
      <button type="submit" className="button primary huge" disabled={busy || values.vehicle.trim() === ''}>
        {t('keeper.ship')}
      </button>
    </form>
  );
}
