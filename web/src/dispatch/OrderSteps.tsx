import { lazy, Suspense, useState } from 'react';
import type { SupplyOrderDto } from '../../../src/dispatch/dispatch.dto.js';
import { UNSETTLED } from '../../../src/dispatch/supply-order.rules.js';
import { maySomewhere } from '../access/may.js';
import { useSession } from '../access/session.js';
import { isOurDuty } from '../access/societies.js';
import { useCommand } from '../api/use-command.js';
import { named, t } from '../i18n/i18n.js';
import { useLive, useRow } from '../live/hooks.js';
import { ReasonAct } from '../parts/Act.js';
import { Loading } from '../parts/Loading.js';
import { Refusal } from '../parts/Refusal.js';
import { Until } from '../parts/Since.js';
import { say } from '../parts/toast.js';

const ReceiveForm = lazy(async () => ({ default: (await import('../relief-stock/ReceiveForm.js')).ReceiveForm }));

/** What the desk does about an order: its owner approves goods that are only reserved, either side cancels, the side of the incident signs. */
export function OrderSteps({ order }: { order: SupplyOrderDto }) {
  if (order.status === 'shipped') return <Receipt order={order} />;
  if (!UNSETTLED.includes(order.status)) return null;
  return (
    <>
      {order.status === 'reserved' && <Approval order={order} />}
      <Cancellation order={order} />
    </>
  );
}

/** Goods that are not wanted any more, until they leave: the desk of the incident may say so, the incident cannot end over them. */
function Cancellation({ order }: { order: SupplyOrderDto }) {
  const { actor } = useSession();
  if (!maySomewhere(actor, 'supply.cancel')) return null;
  return (
    <ReasonAct
      label={t('work.cancel-order')}
      path={`/supply-orders/${order.id}/cancel`}
      body={{ version: order.version }}
      said={t('work.said-cancelled', { number: order.number })}
    />
  );
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
