import { lazy, type ReactNode, Suspense } from 'react';
import type { IncidentDto } from '../../../src/incidents/incidents.dto.js';
import { useFetched } from '../api/use-fetched.js';
import { useReady } from '../app/ready.js';
import { go } from '../app/routes.js';
import { count } from '../i18n/format.js';
import { t } from '../i18n/i18n.js';
import { useCoarseNow } from '../live/clock.js';
import { useLive, useRow } from '../live/hooks.js';
import { Loading } from '../parts/Loading.js';
import { SeverityChip } from '../parts/marks.js';
import { Refusal } from '../parts/Refusal.js';
import { Since } from '../parts/Since.js';
import { Tabs } from '../parts/Tabs.js';
import { AlertFunnel } from '../alerts/AlertFunnel.js';
import { HelpCalls } from '../dispatch/help-calls/HelpCalls.js';
import { MissionWork } from '../dispatch/MissionWork.js';
import { PeoplePanel } from '../dispatch/people/PeoplePanel.js';
import { hasEnded } from './ending.rules.js';
import { IncidentSteps } from './IncidentSteps.js';
import { NeedsEditor } from './NeedsEditor.js';
import { CallLog } from './notes/CallLog.js';
import { Coverage, Overview } from './Overview.js';
import { shortNumber } from './QueueRow.js';
import { ResponsePanel } from './response/ResponsePanel.js';
import { Timeline } from './Timeline.js';
import { besideTitle } from './title.rules.js';
import { isProposed, waitingsIn, WORK_SUBJECTS } from './work.js';

const ComparisonPanel = lazy(() => import('../comparison/ComparisonPanel.js'));
const Comparison = ({ incident }: { incident: IncidentDto }) => (
  <Suspense fallback={<Loading />}>
    <ComparisonPanel incident={incident} />
  </Suspense>
);

/** One incident over map and board: a strip that stays, and its tabs (S3). Escape goes back to the map. */
export default function IncidentPage({ id, tab }: { id: string; tab: string }) {
  const held = useRow('incident', id);
  const fetched = useFetched<IncidentDto>(held ? null : `/incidents/${id}`);
  const incident = held ?? fetched.data;
  useReady('incident', incident !== null || fetched.problem !== null);
  if (!incident) {
    return (
      <section className="sheet">
        {fetched.problem ? <Refusal problem={fetched.problem} /> : <p className="empty">{t('app.loading')}</p>}
        <button type="button" className="button" onClick={() => go('')}>
          {t('incident.back')} <kbd>Esc</kbd>
        </button>
      </section>
    );
  }
  const tabs: { key: string; panel: () => ReactNode; mark?: string }[] = [
    { key: 'overview', panel: () => <Overview incident={incident} /> },
    { key: 'calls', panel: () => <CallLog incident={incident} /> },
    { key: 'work', mark: 'tab-work', panel: () => <MissionWork incidentId={id} /> },
    { key: 'people', panel: () => <PeoplePanel incidentId={id} /> },
    { key: 'response', mark: 'tab-response', panel: () => <ResponsePanel incident={incident} /> },
    { key: 'needs', panel: () => <Needs incident={incident} /> },
    { key: 'comparison', panel: () => <Comparison incident={incident} /> },
    { key: 'timeline', mark: 'tab-timeline', panel: () => <Timeline incidentId={id} /> },
    { key: 'alerts', panel: () => <AlertFunnel incidentId={id} /> },
  ];
  return (
    <section className="sheet" aria-label={incident.title}>
      <IncidentStrip incident={incident} />
      <HelpCalls incidentId={id} />
      <Tabs
        label={t('incident.tabs')}
        open={tab || 'overview'}
        choose={(key) => go(`incidents/${id}/${key}`)}
        tabs={tabs.map((each) => ({ ...each, label: t(`incident-tab.${each.key}`) }))}
      />
    </section>
  );
}

/** What an ended incident needed is read; the server takes no other needs any more. */
function Needs({ incident }: { incident: IncidentDto }) {
  if (!hasEnded(incident.status)) return <NeedsEditor incident={incident} />;
  return (
    <div className="panel-scroll form-body">
      <Coverage incident={incident} />
    </div>
  );
}

function IncidentStrip({ incident }: { incident: IncidentDto }) {
  return (
    <header className="incident-strip" data-tour="incident">
      <SeverityChip severity={incident.severity} />
      <div className="incident-title">
        <h2 className="clip">
          {incident.exercise && <span className="drill-mark">{t('drill.prefix')}</span>}
          {shortNumber(incident.number)} {incident.title}
        </h2>
        <p className="quiet clip">
          {besideTitle(incident.title, [t(`kind.${incident.kind}`), incident.placeText]).join(' · ')}
        </p>
      </div>
      <dl className="facts">
        <div>
          <dt>{t('incident.status')}</dt>
          <dd>
            {t(`status.${incident.status}`)} <Since at={incident.statusSince} />
          </dd>
        </div>
        <div>
          <dt>{t('incident.elapsed')}</dt>
          <dd>
            <Since at={incident.reportedAt} />
          </dd>
        </div>
        <div>
          <dt>{t('incident.waiting')}</dt>
          <dd>
            <FirstWaiting incidentId={incident.id} />
          </dd>
        </div>
      </dl>
      <div className="incident-acts">
        {!hasEnded(incident.status) && (
          <button
            type="button"
            className="button primary"
            data-tour="dispatch"
            onClick={() => go(`incidents/${incident.id}/dispatch`)}
          >
            <kbd>D</kbd> {t('incident.dispatch')}
            <ProposalMark incidentId={incident.id} />
          </button>
        )}
        <IncidentSteps incident={incident} />
        <button type="button" className="button bare" onClick={() => go('')}>
          {t('incident.back')} <kbd>Esc</kbd>
        </button>
      </div>
      <Ended incident={incident} />
    </header>
  );
}

/** How it ended and where it goes on; on the one that stays, what went into it. */
function Ended({ incident }: { incident: IncidentDto }) {
  if (incident.status === 'merged' && incident.mergedIntoId) return <MergedInto id={incident.mergedIntoId} />;
  if (hasEnded(incident.status))
    return (
      <p className="notice incident-ended">
        {t(`ended.${incident.status}`)} {incident.statusReason}
      </p>
    );
  if (incident.absorbedIds.length === 0) return null;
  return (
    <p className="notice incident-ended">
      <a href={`#/incidents/${incident.id}/calls`}>
        {t('ended.absorbed', { count: count(incident.absorbedIds.length) })}
      </a>
    </p>
  );
}

function MergedInto({ id }: { id: string }) {
  const held = useRow('incident', id);
  const { data } = useFetched<IncidentDto>(held ? null : `/incidents/${id}`);
  const into = held ?? data;
  return (
    <p className="notice warning incident-ended">
      {t('ended.merged')}{' '}
      {into && (
        <a href={`#/incidents/${id}`}>
          {shortNumber(into.number)} {into.title}
        </a>
      )}
    </p>
  );
}

/** A proposal stands ready; it came by itself, so it is said where it is used. */
function ProposalMark({ incidentId }: { incidentId: string }) {
  const ready = useLive(['suggestion'], (store) => isProposed(store, incidentId), [incidentId]);
  return ready && <span className="proposal-mark">{t('incident.proposed')}</span>;
}

/** Who the incident waits for, with the clock that presses most. */
function FirstWaiting({ incidentId }: { incidentId: string }) {
  const nowMs = useCoarseNow(15);
  const waiting = useLive(
    ['incident', 'team-unit', ...WORK_SUBJECTS],
    (store) => {
      const first = waitingsIn(store, incidentId, nowMs)[0];
      return first ? ([first.code, first.who, first.since, first.limit?.limitS ?? 0] as const) : null;
    },
    [incidentId, nowMs],
  );
  if (!waiting) return <>{t('waiting.none')}</>;
  return (
    <>
      {t(`waiting.${waiting[0]}`, { who: waiting[1] })}{' '}
      <Since at={waiting[2]} limit={waiting[3] > 0 ? { limitS: waiting[3] } : null} />
    </>
  );
}
