import { memo } from 'react';
import { desk } from '../desk/desk-state.js';
import { AssignmentSteps } from '../dispatch/AssignmentSteps.js';
import { t } from '../i18n/i18n.js';
import type { Severity } from '../live/ageing.rules.js';
import { useLive, useRow } from '../live/hooks.js';
import { useLimits } from '../settings/limits.js';
import { SeverityChip } from '../parts/marks.js';
import { Since, Until } from '../parts/Since.js';
import { EnterWords } from './EnterWords.js';
import { Replies } from './Replies.js';

/** Alerts without an end yet: who is waited for, since when, and when the next person is called. */
export function WaitingAlerts() {
  const ids = useLive(['alert'], (store) =>
    store
      .rows('alert')
      .sort((a, b) => a.raisedAt.localeCompare(b.raisedAt))
      .map((alert) => alert.id),
  );
  return (
    <div className="panel-scroll" tabIndex={0} role="group" aria-label={t('tab.alerts')}>
      <Replies />
      {ids.length === 0 && <p className="empty">{t('alerts.empty')}</p>}
      <ul className="alert-list live-figures">
        {ids.map((id) => (
          <AlertRow key={id} id={id} />
        ))}
      </ul>
    </div>
  );
}

const AlertRow = memo(function AlertRow({ id }: { id: string }) {
  const alert = useRow('alert', id);
  const incident = useRow('incident', alert?.incidentId);
  const selected = desk.use((state) => state.selectedId === alert?.incidentId);
  const { unansweredS } = useLimits(incident?.leadSocietyId);
  if (!alert) return null;
  const severity = (alert.severity in unansweredS ? alert.severity : 'IV') as Severity;
  return (
    <li className={`alert-row${selected ? ' selected' : ''}`}>
      <p className="alert-head">
        <SeverityChip severity={severity} />
        <b className="clip">{t('waiting.answer', { who: alert.waitingFor ?? alert.teamName })}</b>
        <Since at={alert.raisedAt} limit={{ limitS: unansweredS[severity] }} />
      </p>
      <p className="clip quiet">
        {alert.teamName} {alert.unitCode} · {incident?.title ?? alert.placeText}
      </p>
      {alert.kind === 'duty-call' && alert.message !== '' && <p>{alert.message}</p>}
      <p className="quiet">
        {t('alerts.step', { step: alert.step, steps: alert.steps })}
        {alert.nextDueAt && (
          <>
            {' · '}
            {t('alerts.next')} <Until at={alert.nextDueAt} />
          </>
        )}
      </p>
      <p className="alert-deliveries">
        {alert.deliveries.map((delivery) => (
          <span key={delivery.id} className={`stage stage-${delivery.stage}`}>
            {delivery.personName} {t(`channel.${delivery.channel}`)} {t(`stage.${delivery.stage}`)}
          </span>
        ))}
      </p>
      {alert.assignmentId && <AssignmentSteps assignmentId={alert.assignmentId} />}
      {alert.kind === 'deploy' && <EnterWords alert={alert} />}
    </li>
  );
});
