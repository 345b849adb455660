import type { IncidentDto } from '../../../src/incidents/incidents.dto.js';
import { t } from '../i18n/i18n.js';
import { shortNumber } from '../incidents/QueueRow.js';
import { waitingsIn, workOf } from '../incidents/work.js';
import type { LiveStore } from '../live/store.js';
import { SeverityChip, UnitGlyph } from '../parts/marks.js';
import { lookOf } from '../rescue-teams/unit-state.rules.js';
import { Then } from './Then.js';

type Props = { store: LiveStore; atMs: number };
/** The incidents that were open, the oldest report first, each with whom it waited for and what was out for it. */
export function PastIncidents({ store, atMs }: Props) {
  const incidents = store.rows('incident').sort((a, b) => a.reportedAt.localeCompare(b.reportedAt));
  return (
    <section aria-label={t('past.incidents', { count: incidents.length })}>
      <h2>{t('past.incidents', { count: incidents.length })}</h2>
      {incidents.length === 0 && <p className="empty">{t('past.no-incidents')}</p>}
      {incidents.map((incident) => (
        <Incident key={incident.id} incident={incident} store={store} atMs={atMs} />
      ))}
    </section>
  );
}

function Incident({ incident, store, atMs }: Props & { incident: IncidentDto }) {
  const lead = store.row('society', incident.leadSocietyId)?.shortName ?? '';
  return (
    <article className="past-incident" aria-label={`${shortNumber(incident.number)} ${incident.title}`}>
      <p className="past-head">
        <SeverityChip severity={incident.severity} />
        <b>
          {incident.exercise && <span className="drill-mark">{t('drill.prefix')}</span>} {shortNumber(incident.number)}{' '}
          {t(`kind.${incident.kind}`)} {incident.placeText}
        </b>
        <span>
          {t(`status.${incident.status}`)} <Then since={incident.statusSince} atMs={atMs} />
        </span>
        <span className="quiet">{t('past.lead', { society: lead })}</span>
      </p>
      <Waitings incident={incident} store={store} atMs={atMs} />
      <Work incidentId={incident.id} store={store} atMs={atMs} />
    </article>
  );
}

function Waitings({ incident, store, atMs }: Props & { incident: IncidentDto }) {
  const waitings = waitingsIn(store, incident.id, atMs);
  return (
    <p className="past-waiting">
      <span className="quiet">{t('past.waited')}</span> {waitings.length === 0 && t('waiting.none')}
      {waitings.map(({ code, who, since, limit, ref }) => (
        <span key={`${code} ${ref}`} className="past-item">
          {t(`waiting.${code}`, { who })} <Then since={since} atMs={atMs} limit={limit} />
        </span>
      ))}
    </p>
  );
}

/** Teams, people who were called, goods, calls for help and levels of the incident. */
function Work({ incidentId, store, atMs }: Props & { incidentId: string }) {
  const { assignments, alerts, orders } = workOf(store, incidentId);
  const calls = store.rows('help-call').filter((call) => call.incidentId === incidentId);
  const responses = store.rows('response').filter((row) => row.incidentId === incidentId);
  const lines = [
    ...calls.map((call) => ({ key: call.id, what: t('help-call.title'), name: `${call.byName} ${call.unitCode}`, state: t(`help-call.state.${call.state}`), since: call.occurredAt, look: null })),
    ...assignments.map((one) => ({ key: one.id, what: t('past.team'), name: `${one.teamName} ${one.unitCode}`, state: t(`assignment.${one.status}`), since: one.statusSince, look: lookOf({ state: 'available', booking: one }) })),
    ...alerts.map((alert) => ({ key: alert.id, what: t('past.alert'), name: alert.waitingFor ?? alert.teamName, state: t('past.alert-step', { step: alert.step, steps: alert.steps }), since: alert.raisedAt, look: null })),
    ...orders.map((order) => ({ key: order.id, what: t('past.goods'), name: order.number, state: t(`order.${order.status}`), since: order.statusSince, look: null })),
    ...responses.map((row) => ({ key: row.id, what: t('past.response'), name: store.row('society', row.societyId)?.shortName ?? '', state: row.level ? t(`response-level.${row.level}`) : '', since: row.last.actedAt, look: null })),
  ];
  if (lines.length === 0) return <p className="quiet">{t('past.no-work')}</p>;
  return (
    <ul className="past-lines">
      {lines.map(({ key, what, name, state, since, look }) => (
        <li key={key}>
          <span className="quiet">{what}</span>
          <span className="clip">{look && <UnitGlyph look={look} />} {name}</span>
          <span>{state}</span>
          <Then since={since} atMs={atMs} />
        </li>
      ))}
    </ul>
  );
} // prettier-ignore
