import type { ReactNode } from 'react';
import type { IncidentDto } from '../../../src/incidents/incidents.dto.js';
import { count, stamp } from '../i18n/format.js';
import { named, t, unitOf } from '../i18n/i18n.js';
import { useLive, useRow } from '../live/hooks.js';
import { live } from '../live/live.js';
import { reasonText } from '../parts/reason.js';
import { hasEnded } from './ending.rules.js';
import { FIGURES } from './figures.rules.js';
import { ReportClocks } from './ReportClocks.js';
import { SituationForm } from './SituationForm.js';
import { coverageFor, WORK_SUBJECTS } from './work.js';

export function Overview({ incident }: { incident: IncidentDto }) {
  const lead = useRow('society', incident.leadSocietyId);
  const { reporter } = incident;
  const known = FIGURES.filter((name) => incident.figures[name] !== undefined);
  return (
    <div className="overview panel-scroll">
      <section>
        <h3>{t('overview.report')}</h3>
        <p className="what">{incident.whatHappened || t('overview.nothing-said')}</p>
        <dl className="facts">
          <Fact term={t('overview.reporter')}>
            {[reporter.name, reporter.phone, t(`source.${reporter.source}`)].filter(Boolean).join(' · ')}
            {reporter.hidden && <span className="quiet"> {t('caller.hidden')}</span>}
          </Fact>
          <Fact term={t('overview.reported-at')}>{stamp(incident.reportedAt)}</Fact>
          <Fact term={t('overview.lead')}>{lead?.name ?? ''}</Fact>
          <Fact term={t('overview.commander')}>{incident.commander ?? t('overview.no-commander')}</Fact>
          <Fact term={t('overview.people')}>
            {incident.peopleAffected === null ? t('overview.unknown') : count(incident.peopleAffected)}
          </Fact>
          <Fact term={t('overview.point')}>
            {incident.location.lon.toFixed(4)}, {incident.location.lat.toFixed(4)}
          </Fact>
        </dl>
        {incident.levelProposals.length > 0 && (
          <div className="notice">
            <h3>{t('overview.levels')}</h3>
            <ul>
              {incident.levelProposals.map((proposal, index) => (
                <li key={index}>{reasonText(proposal)}</li>
              ))}
            </ul>
            <p className="quiet">{t('overview.levels-note')}</p>
          </div>
        )}
        <Coverage incident={incident} />
      </section>
      <section>
        <h3>
          {t('overview.figures')}{' '}
          <span className="quiet">
            {incident.figuresAsOf ? t('overview.as-of', { at: stamp(incident.figuresAsOf) }) : ''}
          </span>
        </h3>
        {known.length === 0 && <p className="quiet">{t('overview.no-figures')}</p>}
        <dl className="facts figures">
          {known.map((name) => (
            <Fact key={name} term={t(`figure.${name}`)}>
              <b className="numeric">{count(incident.figures[name]!)}</b>
            </Fact>
          ))}
        </dl>
        <ReportClocks incident={incident} />
        <SituationForm incident={incident} />
      </section>
    </div>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Needed, on the way, missing: for people and goods; of an incident that has ended what it needed, because nothing is on the way any more. */
export function Coverage({ incident }: { incident: IncidentDto }) {
  const coverage = useLive(['incident', 'team-unit', ...WORK_SUBJECTS], (store) => coverageFor(store, incident), [
    incident,
  ]);
  const under = !hasEnded(incident.status);
  if (coverage.capabilities.length + coverage.items.length === 0) return <p className="quiet">{t('needs.none')}</p>;
  const lines = [
    ...coverage.capabilities.map((need) => ({
      ...need,
      words: t(`speciality.${need.speciality}`),
      unit: t('needs.people'),
    })),
    ...coverage.items.map((need) => {
      const item = live.store.row('item', need.itemId);
      return { ...need, words: named(item) || need.itemId, unit: unitOf(item) };
    }),
  ];
  return (
    <table className="levels">
      <thead>
        <tr>
          <th scope="col">{t('needs.need')}</th>
          <th scope="col">{t('needs.priority')}</th>
          <th scope="col">{t('needs.needed')}</th>
          {under && <th scope="col">{t('needs.sent')}</th>}
          {under && <th scope="col">{t('needs.missing')}</th>}
        </tr>
      </thead>
      <tbody className="numeric">
        {lines.map((line) => (
          <tr key={line.id}>
            <th scope="row">{line.words}</th>
            <td>{t(`priority.${line.priority}`)}</td>
            <td>
              {count(line.needed)} {line.unit}
            </td>
            {under && <td>{count(line.sent)}</td>}
            {under && <td>{line.missing > 0 ? <b className="unmet">{count(line.missing)}</b> : t('needs.met')}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
