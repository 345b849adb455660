import { useState } from 'react';
import type { AssignmentDto, SupplyOrderDto } from '../../../src/dispatch/dispatch.dto.js';
import { useFetched } from '../api/use-fetched.js';
import { count, hourMinute } from '../i18n/format.js';
import { named, t, unitOf } from '../i18n/i18n.js';
import { useLive, useRow } from '../live/hooks.js';
import { live } from '../live/live.js';
import { Empty } from '../parts/Empty.js';
import { UnitGlyph } from '../parts/marks.js';
import { Since } from '../parts/Since.js';
import { unitText } from '../rescue-teams/unit-name.rules.js';
import { lookOf } from '../rescue-teams/unit-state.rules.js';
import { AssignmentSteps } from './AssignmentSteps.js';
import { wayWords } from '../relief-stock/OrderParts.js';
import { OrderSteps } from './OrderSteps.js';

/** The live row wins over the fetched one; rows that left the console come from the server alone. */
function merged<R extends { id: string; version: number }>(fetched: R[], held: R[]): R[] {
  const byId = new Map(fetched.map((row) => [row.id, row]));
  for (const row of held) if ((byId.get(row.id)?.version ?? 0) < row.version) byId.set(row.id, row);
  return [...byId.values()];
}

/** Teams and goods of one incident, those that have ended too. */
export function MissionWork({ incidentId }: { incidentId: string }) {
  const assignments = useLive(
    ['assignment'],
    (store) => store.rows('assignment').filter((row) => row.incidentId === incidentId),
    [incidentId],
  );
  const orders = useLive(
    ['supply-order'],
    (store) => store.rows('supply-order').filter((row) => row.incidentId === incidentId),
    [incidentId],
  );
  const allTeams = useFetched<{ items: AssignmentDto[] }>(`/assignments?incidentId=${incidentId}`, assignments.length);
  const allOrders = useFetched<{ items: SupplyOrderDto[] }>(`/supply-orders?incidentId=${incidentId}`, orders.length);
  const teams = merged(allTeams.data?.items ?? [], assignments).sort((a, b) =>
    a.reservedAt.localeCompare(b.reservedAt),
  );
  const goods = merged(allOrders.data?.items ?? [], orders).sort((a, b) => a.reservedAt.localeCompare(b.reservedAt));
  return (
    <div className="work panel-scroll">
      <section>
        <h3>{t('work.teams')}</h3>
        {teams.length === 0 && (
          <Empty
            words={t('work.no-teams')}
            next={[{ href: `#/incidents/${incidentId}/dispatch`, words: t('incident.dispatch') }]}
          />
        )}
        <ul className="work-list" data-tour="work-teams">
          {teams.map((assignment) => (
            <TeamLine key={assignment.id} assignment={assignment} />
          ))}
        </ul>
      </section>
      <section>
        <h3>{t('work.goods')}</h3>
        {goods.length === 0 && (
          <Empty
            words={t('work.no-goods')}
            next={[{ href: `#/incidents/${incidentId}/needs`, words: t('incident-tab.needs') }]}
          />
        )}
        <ul className="work-list">
          {goods.map((order) => (
            <OrderLine key={order.id} order={order} />
          ))}
        </ul>
      </section>
    </div>
  );
}

const STAMPS = [
  'alertedAt',
  'answeredAt',
  'assembledAt',
  'departedAt',
  'arrivedAt',
  'releasedAt',
  'closedAt',
  'withdrawnAt',
] as const;

function TeamLine({ assignment }: { assignment: AssignmentDto }) {
  const [open, setOpen] = useState(false);
  const unit = useRow('team-unit', assignment.unitId);
  const look = assignment.active
    ? lookOf({
        state: 'booked',
        booking: { status: assignment.status },
      })
    : 'unavailable';
  return (
    <li data-tour={assignment.answeredAt === null ? undefined : 'team-answered'}>
      <button
        type="button"
        className="work-head"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        disabled={!assignment.active}
      >
        <UnitGlyph look={look} />
        <b className="clip" title={assignment.unitCode}>
          {unit ? unitText(unit) : `${assignment.teamName} ${assignment.unitCode}`}
        </b>
        <span className="numeric">
          {t('board.headcount', {
            count: assignment.actualHeadcount ?? assignment.promisedHeadcount ?? assignment.headcount,
          })}
        </span>
        <span>{t(`assignment.${assignment.status}`)}</span>
        <Since at={assignment.statusSince} />
        {assignment.active && <span aria-hidden="true">{open ? '▾' : '▸'}</span>}
      </button>
      <p className="quiet numeric">
        {STAMPS.filter((name) => assignment[name] !== null)
          .map((name) => `${t(`stamp.${name}`)} ${hourMinute(assignment[name]!)}`)
          .join(' · ')}
        {assignment.active && assignment.etaAt && ` · ${t('work.eta', { at: hourMinute(assignment.etaAt) })}`}
        {assignment.reason && ` · ${assignment.reason}`}
      </p>
      {assignment.orderDoubtful && <p className="notice warning">{t('work.order-doubtful')}</p>}
      {open && <AssignmentSteps assignmentId={assignment.id} />}
    </li>
  );
}

function OrderLine({ order }: { order: SupplyOrderDto }) {
  const { store } = live;
  return (
    <li>
      <p className="work-head">
        <b className="clip">
          {order.number} {named(store.row('warehouse', order.warehouseId))}
        </b>
        <span>{t(`order.${order.status}`)}</span>
        <Since at={order.statusSince} />
      </p>
      <p className="quiet numeric">
        {order.lines
          .map(
            (line) =>
              `${named(store.row('item', line.itemId))} ${count(line.units)} ${unitOf(store.row('item', line.itemId))}`,
          )
          .join(' · ')}
        {order.reason && ` · ${order.reason}`}
      </p>
      {order.status === 'received-with-differences' && <Arrived order={order} />}
      {order.vehicle && (
        <p className="quiet numeric">
          {[
            order.vehicle,
            order.driverName,
            order.driverPhone,
            order.etaAt && order.receivedAt === null ? t('work.eta', { at: hourMinute(order.etaAt) }) : null,
            order.receivedAt === null ? wayWords(order) || null : null,
            order.receiverName ? t('work.received-by', { who: order.receiverName }) : null,
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      )}
      <OrderSteps order={order} />
    </li>
  );
}

/** Signed for with differences: how many of each arrived whole, broken, or not at all. */
const Arrived = ({ order }: { order: SupplyOrderDto }) =>
  order.lines
    .filter(({ damagedUnits, missingUnits }) => damagedUnits + missingUnits > 0)
    .map((line) => (
      <p key={line.id} className="numeric unmet">
        {t('work.arrived', {
          item: named(live.store.row('item', line.itemId)),
          received: count(line.receivedUnits),
          damaged: count(line.damagedUnits),
          missing: count(line.missingUnits),
        })}
      </p>
    ));
