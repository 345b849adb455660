import { lazy, Suspense, useState } from 'react';
import type { SupplyOrderDto } from '../../../src/dispatch/dispatch.dto.js';
import { isOurDuty } from '../access/societies.js';
import { useCommand } from '../api/use-command.js';
import { named, t } from '../i18n/i18n.js';
import { useLive, useRow } from '../live/hooks.js';
import { Loading } from '../parts/Loading.js';
import { Refusal } from '../parts/Refusal.js';
import { Until } from '../parts/Since.js';
import { say } from '../parts/toast.js';

const ReceiveForm = lazy(async () => ({ default: (await import('../relief-stock/ReceiveForm.js')).ReceiveForm }));

/** What the desk does about an order: its owner approves goods that are only reserved, the side of the incident signs for them. */
export function OrderSteps({ order }: { order: SupplyOrderDto }) {
  if (order.status === 'reserved') return <Approval order={order} />;
  return order.status === 'shipped' ? <Receipt order={order} /> : null;
}

function Receipt({ order }: { order: SupplyOrderDto }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <div className="steps">
        <button type="button" className="button small primary" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('work.receive')}
        </button>
      </div>
      {open && (
        <Suspense fallback={<Loading />}>
          <ReceiveForm order={order} />
        </Suspense>
      )}
    </>
  );
}

function Approval({ order }: { order: SupplyOrderDto }) {
  const { busy, problem, send } = useCommand();
  const warehouse = useRow('warehouse', order.warehouseId);
  const owner = useRow('society', warehouse?.societyId);
  const societyId = warehouse?.societyId;
  const ours = useLive(['society'], (store) => isOurDuty(store, societyId), [societyId]);
  const approve = async () => {
    if (await send(`/supply-orders/${order.id}/approve`, { version: order.version }))
      say(t('said.approved', { number: order.number }));
  };
  return (
    <div className="steps">
      <span>
        {t('work.waits-approval', { who: named(owner) || named(warehouse) })}{' '}
        {order.reservedUntil && <Until at={order.reservedUntil} />}
      </span>
      {ours && (
        <button type="button" className="button small primary" disabled={busy} onClick={() => void approve()}>
          {t('work.approve')}
        </button>
      )}
      <Refusal problem={problem} />
    </div>
  );
}
