import { useState } from 'react';
import type { TransferDto } from '../../../../src/relief-stock/moving/transfer.dto.js';
import type { RequestDto } from '../../../../src/relief-stock/requests/requests.dto.js';
import { count } from '../../i18n/format.js';
import { named, t } from '../../i18n/i18n.js';
import { useRow, useRows } from '../../live/hooks.js';
import { Act } from '../../parts/Act.js';
import { SelectField } from '../../parts/TextField.js';
import { KEEPS, ON_DUTY, useRoleAt } from '../parts/who.js';

type Props = { request: RequestDto; done: () => void };
const WITHOUT_GOODS = new Set(['agreement', 'virtual']);

/** What our warehouses have promised and not sent: each sends all of it in one step, on one transfer. */
export function SendPromised({ request, done }: Props) {
  const pending = new Map<string, number>();
  for (const { warehouseId, pendingUnits } of request.commitments)
    if (pendingUnits > 0) pending.set(warehouseId, (pending.get(warehouseId) ?? 0) + pendingUnits);
  return [...pending].map(([warehouseId, units]) => (
    <FromStore key={warehouseId} request={request} warehouseId={warehouseId} units={units} done={done} />
  ));
}

function FromStore({ request, warehouseId, units, done }: Props & { warehouseId: string; units: number }) {
  const [chosen, choose] = useState('');
  const duty = useRoleAt(warehouseId, ON_DUTY);
  const keeps = useRoleAt(warehouseId, KEEPS);
  const from = useRow('warehouse', warehouseId);
  const stores = useRows('warehouse').filter(({ id, mode }) => id !== warehouseId && !WITHOUT_GOODS.has(mode));
  if (!duty && !keeps) return null;
  const toWarehouseId = request.warehouseId ?? chosen;
  return (
    <div className="receipt-line">
      <p>{t('request.to-send', { units: count(units), store: named(from) })}</p>
      {request.warehouseId === null && (
        <SelectField
          label={t('request.send-to')}
          required
          value={chosen}
          set={choose}
          none={t('form.choose')}
          options={stores.map((each) => ({ value: each.id, words: named(each) }))}
        />
      )}
      <Act<TransferDto>
        look="primary"
        label={t('request.act.dispatch-goods')}
        path={`/stock/requests/${request.id}/dispatch-goods`}
        body={{ version: request.version, warehouseId, toWarehouseId, order: duty }}
        said={t(duty ? 'request.said.dispatch-goods' : 'request.said.dispatch-draft')}
        done={done}
        blocked={toWarehouseId === '' ? t('request.choose-where') : null}
      />
    </div>
  );
}
