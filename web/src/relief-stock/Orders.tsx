import { useEffect, useRef, useState } from 'react';
import type { SupplyOrderDto } from '../../../src/dispatch/dispatch.dto.js';
import { count } from '../i18n/format.js';
import { named, t } from '../i18n/i18n.js';
import { useLive, useRows } from '../live/hooks.js';
import { Empty } from '../parts/Empty.js';
import { live } from '../live/live.js';
import { OrderClock, STATUS_SIGNS } from './OrderClock.js';
import { OrderSheet } from './OrderSheet.js';
import { useActs } from './outbox/outbox.js';
import { withSteps } from './outbox/overlay.rules.js';
import { firstOrder, inSections, waitingFor } from './order.rules.js';

/** Supply orders of a warehouse: what the keeper has to do stands first, each with its clock and who is waited for. */
export function Orders({ warehouseId }: { warehouseId: string }) {
  useRows('item');
  const acts = useActs();
  const told = useLive(
    ['supply-order'],
    (store) => store.rows('supply-order').filter((order) => order.warehouseId === warehouseId),
    [warehouseId],
  );
  const orders = told.map((order) => withSteps(order, acts));
  const [chosenId, choose] = useState<string | null>(null);
  const sections = inSections(orders);
  // The order on screen stays when its step moves it to another section: a keeper must not pick from the next one by mistake (C-04).
  const shown = useRef<string | null>(null);
  const wanted = chosenId ?? shown.current;
  const chosen = orders.find(({ id }) => id === wanted) ?? firstOrder(sections);
  useEffect(() => {
    shown.current = chosen?.id ?? null;
  });
  if (!chosen)
    return (
      <Empty
        words={t('keeper.no-orders')}
        next={[
          { href: '#/keeper/receipt', words: t('keeper.tab-receipt') },
          { href: '#/keeper/counts', words: t('work.counts') },
        ]}
      />
    );
  return (
    <div className="orders">
      <nav className="order-list live-figures" data-tour="order-list" aria-label={t('keeper.order-list')}>
        {sections.map(({ section, orders: held }) => (
          <section key={section} aria-labelledby={`section-${section}`}>
            <h2 id={`section-${section}`}>
              <span aria-hidden="true">{STATUS_SIGNS[section]}</span> {t(`keeper.section.${section}`)}{' '}
              <span className="numeric">{held.length}</span>
            </h2>
            {held.map((order) => (
              <OrderRow key={order.id} order={order} chosen={order.id === chosen.id} choose={() => choose(order.id)} />
            ))}
          </section>
        ))}
      </nav>
      <OrderSheet key={chosen.id} order={chosen} />
    </div>
  );
}

function OrderRow({ order, chosen, choose }: { order: SupplyOrderDto; chosen: boolean; choose: () => void }) {
  const { store } = live;
  const incident = store.row('incident', order.incidentId);
  const [first, ...rest] = order.lines;
  const goods = first && `${named(store.row('item', first.itemId))} ${count(first.units)}`;
  return (
    <button type="button" className="order-row" aria-current={chosen || undefined} onClick={choose}>
      <b className="clip">
        {incident?.exercise && t('drill.prefix')}
        {incident?.placeText ?? order.number}
      </b>
      <OrderClock order={order} />
      <span className="quiet clip">
        {goods}
        {rest.length > 0 && ` ${t('keeper.and-more', { count: rest.length })}`}
      </span>
      <span className="quiet">{t(`keeper.waiting.${waitingFor(order.status)}`)}</span>
    </button>
  );
}
