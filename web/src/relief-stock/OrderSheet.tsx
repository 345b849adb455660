import type { SupplyOrderDto } from '../../../src/dispatch/dispatch.dto.js';
import { useDraft } from '../app/drafts.js';
import { count } from '../i18n/format.js';
import { named, t } from '../i18n/i18n.js';
import { live } from '../live/live.js';
import { ReasonAct } from '../parts/Act.js';
import { OrderClock, STATUS_SIGNS } from './OrderClock.js';
import { InquiryPanel } from './moving/InquiryPanel.js';
import { Lines, Transport } from './OrderParts.js';
import { pickList, waitingFor } from './order.rules.js';
import { pickToDo } from './order-to-do.js';
import { StockStep } from './outbox/StockStep.js';
import { PickList } from './PickList.js';
import { PaperLinks } from './parts/PaperLinks.js';
import { KEEPS, useRoleAt } from './parts/who.js';
import { EMPTY_SHIPMENT, type ShipDraft } from './ship.rules.js';
import { ShipForm } from './ShipForm.js';
import { TakeOver } from './TakeOver.js';

const PAPERS = ['release-order', 'waybill', 'delivery-receipt'] as const;
const NO_PICKS: { done: string[] } = { done: [] };

/** One order: where it goes, the next act, the pick list by bin. */
export function OrderSheet({ order }: { order: SupplyOrderDto }) {
  const picks = useDraft(`pick.${order.id}`, NO_PICKS);
  const incident = live.store.row('incident', order.incidentId);
  const bins = pickList(order.lines);
  const total = bins.reduce((sum, bin) => sum + bin.picks.length, 0);
  const left = total - picks.values.done.length;
  const keeps = useRoleAt(order.warehouseId, KEEPS);
  const open = ['reserved', 'approved', 'picking'].includes(order.status);
  return (
    <article className="order-sheet" aria-labelledby="order-title" tabIndex={0}>
      <header>
        <h2 id="order-title">
          <span aria-hidden="true">{STATUS_SIGNS[order.status]}</span> {t(`order.${order.status}`)}{' '}
          <OrderClock order={order} />
        </h2>
        <p>
          {incident?.exercise && <b>{t('drill.prefix')}</b>}
          <b>{order.number}</b> {incident && `· ${incident.title} · ${incident.placeText}`}
        </p>
        <p className="quiet">{t(`keeper.waiting.${waitingFor(order.status)}`)}</p>
        <TakenOver order={order} />
        {order.vehicle && <NotShipped order={order} vehicle={order.vehicle} />}
      </header>
      {order.status === 'approved' && (
        <StockStep
          label={t('keeper.start-picking')}
          mark="start-picking"
          todo={pickToDo(order)}
          said={t('keeper.said-picking')}
          blocked={keeps ? null : t('keeper.only-keeper')}
        />
      )}
      {(order.status === 'approved' || order.status === 'picking') && (
        <PickList
          bins={bins}
          warehouseId={order.warehouseId}
          done={picks.values.done}
          toggle={order.status === 'picking' ? (done) => picks.change({ done }) : null}
        />
      )}
      {order.status === 'picking' && <ShipForm order={order} left={left} shipped={picks.discard} />}
      {order.vehicle && <Transport order={order} />}
      {!['approved', 'picking'].includes(order.status) && <Lines order={order} />}
      {open && (
        <div className="form-acts">
          <TakeOver order={order} />
          <ReasonAct
            label={t('keeper.cancel-order')}
            path={`/supply-orders/${order.id}/cancel`}
            body={{ version: order.version }}
            said={t('keeper.said-cancelled', { number: order.number })}
          />
        </div>
      )}
      {order.inquiryId && <InquiryPanel id={order.inquiryId} warehouseId={order.warehouseId} />}
      <PaperLinks papers={PAPERS} id={order.id} />
    </article>
  );
}

/** What a graver incident took of it, by whom and why: the keeper must not look for goods that are gone. */
function TakenOver({ order }: { order: SupplyOrderDto }) {
  return order.lines.flatMap((line) =>
    line.takeOvers.map((one) => (
      <p key={`${line.id} ${one.byOrderId}`} className="notice warning">
        {t('keeper.taken-over', {
          item: named(live.store.row('item', line.itemId)),
          units: count(one.units),
          number: one.byOrderNumber,
          name: one.byName,
          reason: one.reason,
        })}
      </p>
    )),
  );
}

/** Two keepers loaded the same order and the other was faster: what this one typed is still here, because only an own shipment discards it. */
function NotShipped({ order, vehicle }: { order: SupplyOrderDto; vehicle: string }) {
  const { values, discard } = useDraft<ShipDraft>(`ship.${order.id}`, EMPTY_SHIPMENT);
  const mine = values.vehicle.trim();
  if (mine === '' || mine === vehicle) return null;
  return (
    <div className="notice problem" role="alert" data-not-shipped>
      <p>{t('keeper.not-shipped', { mine, vehicle })}</p>
      <button type="button" className="button" onClick={() => discard()}>
        {t('keeper.not-shipped-seen')}
      </button>
    </div>
  );
}
