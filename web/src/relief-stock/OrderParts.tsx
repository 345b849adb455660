import { reasonText } from '../parts/reason.js';
import type { SupplyOrderDto } from '../../../src/dispatch/dispatch.dto.js';
import { count, hourMinute, stamp } from '../i18n/format.js';
import { named, t } from '../i18n/i18n.js';
import { live } from '../live/live.js';

/** Who drives what, when it left and when it should arrive. */
export function Transport({ order }: { order: SupplyOrderDto }) {
  return (
    <dl className="transport">
      <div>
        <dt>{t('keeper.vehicle')}</dt>
        <dd>{order.vehicle}</dd>
      </div>
      {order.driverName && (
        <div>
          <dt>{t('keeper.driver')}</dt>
          <dd>
            {order.driverName}{' '}
            {order.driverPhone && (
              <a className="numeric" href={`tel:${order.driverPhone}`}>
                {order.driverPhone}
              </a>
            )}
          </dd>
        </div>
      )}
      {order.shippedAt && (
        <div>
          <dt>{t('keeper.shipped-at')}</dt>
          <dd className="numeric">{stamp(order.shippedAt)}</dd>
        </div>
      )}
      {order.etaAt && (
        <div>
          <dt>{t('keeper.eta')}</dt>
          <dd className="numeric">
            {hourMinute(order.etaAt)} <span className="quiet">{wayWords(order)}</span>
          </dd>
        </div>
      )}
      {!order.etaAt && order.etaWay && (
        <div>
          <dt>{t('keeper.eta')}</dt>
          <dd>{t('work.eta-no-way', { why: wayWords(order) })}</dd>
        </div>
      )}
      {order.receiverName && (
        <div>
          <dt>{t('keeper.receiver')}</dt>
          <dd>{order.receiverName}</dd>
        </div>
      )}
    </dl>
  );
}

/** What the arrival is reckoned from, or why none can be named; nothing where a person named the minutes. */
export const wayWords = ({ etaWay }: SupplyOrderDto): string =>
  (etaWay ?? []).map(reasonText).join(t('list.separator'));

/** Ordered, shipped and, once signed for, what arrived how. */
export function Lines({ order }: { order: SupplyOrderDto }) {
  const received = order.receivedAt !== null || order.status.startsWith('received');
  return (
    <table className="keeper-table">
      <thead>
        <tr>
          <th scope="col">{t('keeper.item')}</th>
          <th scope="col">{t('keeper.ordered')}</th>
          <th scope="col">{t('keeper.shipped')}</th>
          {received && (
            <>
              <th scope="col">{t('receive.receivedUnits')}</th>
              <th scope="col">{t('receive.damagedUnits')}</th>
              <th scope="col">{t('receive.missingUnits')}</th>
            </>
          )}
        </tr>
      </thead>
      <tbody className="numeric">
        {order.lines.map((line) => (
          <tr key={line.id}>
            <th scope="row">{named(live.store.row('item', line.itemId))}</th>
            <td>{count(line.units)}</td>
            <td>{count(line.shippedUnits)}</td>
            {received && (
              <>
                <td>{count(line.receivedUnits)}</td>
                <td>{count(line.damagedUnits)}</td>
                <td>{count(line.missingUnits)}</td>
              </>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
