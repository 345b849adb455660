import { useState } from 'react';
import type { FormEvent } from 'react';
import type { CallDto, CapacityDto } from '../../../../src/relief-stock/watch/watch.dto.js';
import { query } from '../../api/http.js';
import { useCommand } from '../../api/use-command.js';
import { useFetched } from '../../api/use-fetched.js';
import { count, stamp } from '../../i18n/format.js';
import { named, t, unitOf } from '../../i18n/i18n.js';
import { useRow, useRows } from '../../live/hooks.js';
import { live } from '../../live/live.js';
import { useChanged } from '../../live/use-changed.js';
import { Act, ReasonAct, Submit } from '../../parts/Act.js';
import { Refusal } from '../../parts/Refusal.js';
import { SelectField, TextField } from '../../parts/TextField.js';
import { say } from '../../parts/toast.js';
import { ItemPicker } from '../ItemPicker.js';
import { dayOf } from '../parts/days.js';
import { PaperList, PaperRow } from '../parts/PaperList.js';
import { ReceiptField } from '../parts/ReceiptField.js';
import { KEEPS, ON_DUTY, useRoleAt } from '../parts/who.js';

const WITHOUT_GOODS = new Set(['agreement', 'virtual']);

/** Goods that are not in store but promised by contract: called off for a day, and received like any others. `#/keeper/capacity` */
export default function CapacityPage({ warehouseId }: { warehouseId: string }) {
  useRows('item');
  const changed = useChanged('capacity-call');
  const calls = useFetched<{ items: CallDto[] }>(`/stock/capacity-calls${query({ warehouseId, limit: 100 })}`, changed);
  return (
    <div className="page">
      <p className="quiet">{t('capacity.about')}</p>
      <CallForm warehouseId={warehouseId} done={calls.reload} />
      <PaperList
        of={calls}
        empty={t('capacity.none')}
        sections={(rows) => [
          { title: t('capacity.status.called'), rows: rows.filter(({ status }) => status === 'called') },
          { title: t('capacity.ended'), rows: rows.filter(({ status }) => status !== 'called') },
        ]}
        row={(call) => <CallRow call={call} done={calls.reload} />}
      />
    </div>
  );
}

function CallRow({ call, done }: { call: CallDto; done: () => void }) {
  const item = live.store.row('item', call.itemId);
  const [reserve, to] = [
    live.store.row('warehouse', call.warehouseId),
    live.store.row('warehouse', call.toWarehouseId),
  ];
  return (
    <PaperRow
      title={`${named(item)} ${count(call.units)} ${unitOf(item)}`}
      aside={t('capacity.on-day', { day: call.onDay })}
      state={`${t(`capacity.status.${call.status}`)} · ${named(reserve)} → ${named(to)}`}
      detail={[call.calledBy, stamp(call.calledAt), call.note, call.reason].filter(Boolean).join(' · ')}
    >
      {call.status === 'called' && <CallActs call={call} done={done} />}
    </PaperRow>
  );
}

function CallActs({ call, done }: { call: CallDto; done: () => void }) {
  const [receiptId, choose] = useState('');
  const keeps = useRoleAt(call.toWarehouseId, KEEPS);
  const duty = useRoleAt(call.warehouseId, ON_DUTY);
  const path = `/stock/capacity-calls/${call.id}`;
  const body = { version: call.version };
  return (
    <>
      {keeps && (
        <div className="form-row">
          <ReceiptField
            label={t('adjustments.came-with')}
            warehouseId={call.toWarehouseId}
            value={receiptId}
            set={choose}
          />
          <Act
            look="primary"
            label={t('capacity.receive')}
            path={`${path}/receive`}
            body={{ ...body, receiptId }}
            said={t('capacity.said-received')}
            done={done}
            blocked={receiptId === '' ? t('adjustments.choose-receipt') : null}
          />
        </div>
      )}
      {duty && (
        <ReasonAct
          label={t('capacity.cancel')}
          path={`${path}/cancel`}
          body={body}
          said={t('capacity.said-cancelled')}
          done={done}
        />
      )}
      {!keeps && !duty && <p className="quiet">{t('capacity.waits')}</p>}
    </>
  );
}

/** Reserves that the actor may call off: those of the societies where he is on duty. */
function CallForm({ warehouseId, done }: { warehouseId: string; done: () => void }) {
  const reserves = useRows('warehouse').filter(({ mode }) => WITHOUT_GOODS.has(mode));
  const [values, setValues] = useState({ reserveId: '', itemId: '', units: '', onDay: dayOf(1), note: '' });
  const reserveId = values.reserveId || (reserves.length === 1 ? reserves[0]!.id : '');
  const duty = useRoleAt(reserveId, ON_DUTY);
  const { busy, problem, send } = useCommand();
  const set = (part: Partial<typeof values>) => setValues({ ...values, ...part });
  if (reserves.length === 0) return <p className="notice">{t('capacity.no-reserves')}</p>;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const { itemId, units, onDay, note } = values;
    const body = { warehouseId: reserveId, toWarehouseId: warehouseId, itemId, units: Number(units), onDay, note: note.trim() };
    if (!(await send('/stock/capacity-calls', body))) return;
    say(t('capacity.said-called'));
    set({ units: '', note: '' });
    done();
  }; // prettier-ignore
  const whole = reserveId !== '' && values.itemId !== '' && Number(values.units) > 0 && values.onDay !== '';
  return (
    <form className="receipt-line" onSubmit={(event) => void submit(event)} noValidate>
      <h2>{t('capacity.call')}</h2>
      <div className="form-grid">
        <SelectField
          label={t('capacity.reserve')}
          required
          value={reserveId}
          set={(id) => set({ reserveId: id })}
          none={t('form.choose')}
          options={reserves.map((each) => ({ value: each.id, words: named(each) }))}
        />
        <TextField
          label={t('capacity.day')}
          type="date"
          required
          value={values.onDay}
          set={(onDay) => set({ onDay })}
          hint={<Left warehouseId={reserveId} day={values.onDay} />}
        />
      </div>
      <ItemPicker itemId={values.itemId} choose={(itemId) => set({ itemId })} fault={null} />
      <div className="form-grid">
        <UnitsOf itemId={values.itemId} value={values.units} set={(units) => set({ units })} />
        <TextField label={t('keeper.note')} value={values.note} set={(note) => set({ note })} />
      </div>
      <Refusal problem={problem} />
      <Submit
        label={t('capacity.call')}
        busy={busy}
        lacks={whole ? (duty ? null : t('keeper.only-duty')) : t('form.incomplete')}
      />
    </form>
  );
}

function UnitsOf({ itemId, value, set }: { itemId: string; value: string; set: (units: string) => void }) {
  const unit = unitOf(useRow('item', itemId));
  const label = unit ? t('keeper.units-of', { unit }) : t('keeper.units');
  return <TextField label={label} type="units" required value={value} set={set} />;
}

/** What the reserve can still deliver on that day. */
function Left({ warehouseId, day }: { warehouseId: string; day: string }) {
  const { data, problem } = useFetched<CapacityDto>(
    warehouseId && day ? `/stock/capacity${query({ warehouseId, day })}` : null,
  );
  if (problem) return <>{problem.words}</>;
  if (!data) return null;
  return <>{t('capacity.left', { left: count(data.leftUnits), all: count(data.capacityUnits) })}</>;
}
