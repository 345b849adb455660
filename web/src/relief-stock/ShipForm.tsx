import type { FormEvent } from 'react';
import type { SupplyOrderDto } from '../../../src/dispatch/dispatch.dto.js';
import { useDraft } from '../app/drafts.js';
import { count } from '../i18n/format.js';
import { named, t } from '../i18n/i18n.js';
import { live } from '../live/live.js';
import { Submit } from '../parts/Act.js';
import { Choices } from '../parts/Field.js';
import { Refusal } from '../parts/Refusal.js';
import { TextField } from '../parts/TextField.js';
import { say } from '../parts/toast.js';
import { fieldWords, withoutFieldErrors } from './field-errors.js';
import { shipToDo } from './order-to-do.js';
import { useStockAct } from './outbox/use-act.js';
import { KEEPS, useRoleAt } from './parts/who.js';
import { EMPTY_SHIPMENT, type ShipDraft, shipFault, toSend } from './ship.rules.js';

const FIELDS = ['vehicle', 'driverName', 'driverPhone', 'etaMin'] as const;
const KINDS = { vehicle: 'text', driverName: 'text', driverPhone: 'tel', etaMin: 'units' } as const;

/** Loads and sends off. The vehicle is what the receiver will look for; the driver's phone is how to ask where it is. */
export function ShipForm({ order, left, shipped }: { order: SupplyOrderDto; left: number; shipped: () => void }) {
  const { values, change, discard } = useDraft<ShipDraft>(`ship.${order.id}`, EMPTY_SHIPMENT);
  const keeps = useRoleAt(order.warehouseId, KEEPS);
  const { busy, problem, act } = useStockAct();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await act(shipToDo(order, values));
    if (answer === null) return;
    discard();
    shipped();
    if (answer !== 'kept') say(t('keeper.said-shipped', { number: order.number }));
  };
  const fault = shipFault(order, values);
  return (
    <form className="keeper-form" onSubmit={(event) => void submit(event)}>
      <h3 data-tour={left === 0 ? 'picks-done' : undefined}>{t('keeper.ship-title')}</h3>
      <div className="form-grid" data-tour="ship-form">
        {FIELDS.map((name) => (
          <TextField
            key={name}
            label={t(`keeper.ship-${name}`)}
            type={KINDS[name]}
            required={name === 'vehicle'}
            maxLength={80}
            value={values[name]}
            set={(text) => change({ [name]: text })}
            fault={fieldWords(problem, name)}
          />
        ))}
      </div>
      <InPart order={order} values={values} change={change} />
      <Refusal problem={withoutFieldErrors(problem, FIELDS)} />
      {left > 0 && <p className="notice warning">{t('keeper.picks-left', { count: left })}</p>}
      <Submit
        label={t(values.inPart ? 'keeper.ship-part' : 'keeper.ship')}
        busy={busy}
        lacks={keeps ? fault && t(`keeper.ship-fault.${fault}`) : t('keeper.only-keeper')}
      />
    </form>
  );
}

type PartProps = { order: SupplyOrderDto; values: ShipDraft; change: (part: Partial<ShipDraft>) => void };

/** Not all of it fits or is there: how much goes now, and what becomes of the rest. */
function InPart({ order, values, change }: PartProps) {
  return (
    <>
      <label className="moving-flag">
        <input type="checkbox" checked={values.inPart} onChange={(event) => change({ inPart: event.target.checked })} />
        <span>
          {t('keeper.in-part')} <small className="quiet">{t('keeper.in-part-hint')}</small>
        </span>
      </label>
      {values.inPart && (
        <fieldset className="receipt-line">
          <legend>{t('keeper.goes-now')}</legend>
          <div className="form-grid">
            {order.lines.map((line) => (
              <TextField
                key={line.id}
                label={named(live.store.row('item', line.itemId))}
                type="units"
                hint={t('keeper.to-send', { units: count(toSend(line)) })}
                value={values.units[line.id] ?? String(toSend(line))}
                invalid={Number(values.units[line.id] ?? 0) > toSend(line)}
                set={(units) => change({ units: { ...values.units, [line.id]: units } })}
              />
            ))}
          </div>
          <Choices
            legend={t('keeper.rest')}
            name="rest"
            values={['kept', 'released'] as const}
            value={values.rest}
            choose={(rest) => change({ rest })}
            words={(rest) => t(`keeper.rest.${rest}`)}
          />
        </fieldset>
      )}
    </>
  );
}
