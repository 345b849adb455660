import { useState } from 'react';
import type { FormEvent } from 'react';
import type { TransferDto } from '../../../../src/relief-stock/moving/transfer.dto.js';
import { useCommand } from '../../api/use-command.js';
import { useDraft } from '../../app/drafts.js';
import { go } from '../../app/routes.js';
import { t } from '../../i18n/i18n.js';
import { useRows } from '../../live/hooks.js';
import { Field } from '../../parts/Field.js';
import { Refusal } from '../../parts/Refusal.js';
import { EMPTY_GOODS, goodsBody, GoodsEditor, isReady } from './GoodsEditor.js';
import { toInstant, toLocal } from './moving.rules.js';
import { TextField } from './TextField.js';

const WITHOUT_GOODS = new Set(['agreement', 'virtual']);
const EMPTY = { toWarehouseId: '', plannedArrival: '', keepsOwner: false, note: '', goods: [EMPTY_GOODS] };

/** A transfer as the duty side writes it: where to, until when, what. Ordering is a step of its own. */
export function TransferForm({ warehouseId }: { warehouseId: string }) {
  const { values, change, discard } = useDraft(`transfer.${warehouseId}`, EMPTY);
  const [tomorrow] = useState(() => toLocal(Date.now() + 24 * 3_600_000));
  const plannedArrival = values.plannedArrival || tomorrow;
  const { busy, problem, send } = useCommand();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const { toWarehouseId, keepsOwner, note, goods } = values;
    const body = { fromWarehouseId: warehouseId, toWarehouseId, plannedArrivalAt: toInstant(plannedArrival), keepsOwner, note, goods: goodsBody(goods) }; // prettier-ignore
    const made = await send<TransferDto>('/stock/transfers', body);
    if (!made) return;
    discard();
    go(`keeper/transfers/${made.id}`);
  };
  return (
    <form className="moving keeper-form" onSubmit={(event) => void submit(event)}>
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
      <button
        type="submit"
        className="button primary huge"
        disabled={busy || !values.toWarehouseId || !isReady(values.goods)}
      >
        {t('moving.save-draft')}
      </button>
    </form>
  );
}

/** The other warehouses that goods can lie in, as far as the actor sees them. */
function Destination({ from, value, choose }: { from: string; value: string; choose: (id: string) => void }) {
  const others = useRows('warehouse')
    .filter(({ id, mode }) => id !== from && !WITHOUT_GOODS.has(mode))
    .sort((a, b) => a.code.localeCompare(b.code));
  return (
    <Field label={t('moving.to')} required>
      <select className="input" value={value} required onChange={(event) => choose(event.target.value)}>
        <option value="">{t('moving.choose')}</option>
        {others.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </Field>
  );
}
