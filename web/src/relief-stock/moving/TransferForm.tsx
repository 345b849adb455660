import { useState } from 'react';
import type { FormEvent } from 'react';
import type { TransferDto } from '../../../../src/relief-stock/moving/transfer.dto.js';
import { useCommand } from '../../api/use-command.js';
import { useDraft } from '../../app/drafts.js';
import { go } from '../../app/routes.js';
import { t } from '../../i18n/i18n.js';
import { useRows } from '../../live/hooks.js';
import { Submit } from '../../parts/Act.js';
import { Refusal } from '../../parts/Refusal.js';
import { EMPTY_GOODS, goodsBody, isReady } from './goods.rules.js';
import { GoodsEditor } from './GoodsEditor.js';
import { toInstant, toLocal } from './moving.rules.js';
import { SelectField, TextField } from '../../parts/TextField.js';
import { IncidentField } from '../parts/IncidentField.js';

const WITHOUT_GOODS = new Set(['agreement', 'virtual']);
const EMPTY = {
  toWarehouseId: '',
  plannedArrival: '',
  keepsOwner: false,
  note: '',
  incidentId: '',
  goods: [EMPTY_GOODS],
};

/** A transfer as the duty side writes it: where to, until when, what. Ordering is a step of its own. */
export function TransferForm({ warehouseId }: { warehouseId: string }) {
  const { values, change, discard } = useDraft(`transfer.${warehouseId}`, EMPTY);
  const [tomorrow] = useState(() => toLocal(Date.now() + 24 * 3_600_000));
  const plannedArrival = values.plannedArrival || tomorrow;
  const { busy, problem, send } = useCommand();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const { toWarehouseId, keepsOwner, note, incidentId, goods } = values;
    const body = { fromWarehouseId: warehouseId, toWarehouseId, plannedArrivalAt: toInstant(plannedArrival), keepsOwner, note, ...(incidentId ? { incidentId } : {}), goods: goodsBody(goods) }; // prettier-ignore
    const made = await send<TransferDto>('/stock/transfers', body);
    if (!made) return;
    discard();
    go(`keeper/transfers/${made.id}`);
  };
  return (
    <form className="keeper-form" onSubmit={(event) => void submit(event)}>
      <div className="form-grid">
        <Destination
          from={warehouseId}
          value={values.toWarehouseId}
          choose={(toWarehouseId) => change({ toWarehouseId })}
        />
        <TextField
          label={t('moving.planned-arrival')}
          hint={t('moving.planned-arrival-hint')}
          type="datetime-local"
          required
          value={plannedArrival}
          set={(moment) => change({ plannedArrival: moment })}
        />
        <IncidentField
          label={t('moving.for-incident')}
          none={t('moving.no-incident')}
          hint={t('moving.for-hint')}
          value={values.incidentId}
          set={(incidentId) => change({ incidentId })}
        />
      </div>
      <label className="moving-flag">
        <input
          type="checkbox"
          checked={values.keepsOwner}
          onChange={(event) => change({ keepsOwner: event.target.checked })}
        />
        <span>
          {t('moving.keeps-owner')} <small className="quiet">{t('moving.keeps-owner-hint')}</small>
        </span>
      </label>
      <GoodsEditor warehouseId={warehouseId} goods={values.goods} change={(goods) => change({ goods })} />
      <TextField label={t('keeper.note')} value={values.note} set={(note) => change({ note })} />
      <Refusal problem={problem} />
      <Submit
        label={t('moving.save-draft')}
        busy={busy}
        lacks={values.toWarehouseId && isReady(values.goods) ? null : t('moving.transfer-incomplete')}
      />
    </form>
  );
}

/** The other warehouses that goods can lie in, as far as the actor sees them. */
function Destination({ from, value, choose }: { from: string; value: string; choose: (id: string) => void }) {
  const others = useRows('warehouse')
    .filter(({ id, mode }) => id !== from && !WITHOUT_GOODS.has(mode))
    .sort((a, b) => a.code.localeCompare(b.code));
  return (
    <SelectField
      label={t('moving.to')}
      required
      value={value}
      set={choose}
      none={t('form.choose')}
      options={others.map(({ id, name }) => ({ value: id, words: name }))}
    />
  );
}
