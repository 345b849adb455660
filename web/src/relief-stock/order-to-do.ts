import type { SupplyOrderDto } from '../../../src/dispatch/dispatch.dto.js';
import { t } from '../i18n/i18n.js';
import type { ToDo } from './outbox/use-act.js';
import { type ShipDraft, shipBody, shipLaterBody } from './ship.rules.js';

const PAGE = 'keeper/orders';

/** Picking of an order begins, with network or without. */
export function pickToDo({ id, version, number }: SupplyOrderDto): ToDo {
  const label = t('outbox.did.order-pick', { number });
  return { kind: 'order-pick', body: { orderId: id }, path: `/supply-orders/${id}/pick`, direct: { version }, label, page: PAGE, draft: null }; // prettier-ignore
}

/** Goods of an order leave, with network or without. */
export function shipToDo(order: SupplyOrderDto, values: ShipDraft): ToDo {
  const { id, number } = order;
  const direct = shipBody(order, values);
  return {
    kind: 'order-ship',
    body: { ...shipLaterBody(order, values), orderId: id },
    path: `/supply-orders/${id}/ship`,
    direct,
    label: t('outbox.did.order-ship', { number, vehicle: direct.vehicle }),
    page: PAGE,
    draft: { name: `ship.${id}`, values },
  };
}
