import type { FunnelDto } from '../../../src/alerts/alerts.dto.js';
import { useFetched } from '../api/use-fetched.js';
import { hourMinute } from '../i18n/format.js';
import { t } from '../i18n/i18n.js';
import { useLive } from '../live/hooks.js';
import { Refusal } from '../parts/Refusal.js';

const CHANNELS = ['in-app', 'link', 'sms'] as const;

/** Who was told, by which channel, how far it got, and what the person said. */
export function AlertFunnel({ incidentId }: { incidentId: string }) {
  const news = useLive(
    ['alert'],
    (store) =>
      store.rows('alert').reduce((sum, alert) => sum + (alert.incidentId === incidentId ? alert.version : 0), 0),
    [incidentId],
  );
  const { data, problem } = useFetched<FunnelDto>(`/incidents/${incidentId}/alert-funnel`, news);
  if (problem && !data) return <Refusal problem={problem} />;
  if (!data) return <p className="empty">{t('app.loading')}</p>;
  if (data.people.length === 0) return <p className="empty">{t('funnel.empty')}</p>;
  return (
    <div className="panel-scroll" tabIndex={0} role="group" aria-label={t('incident-tab.alerts')}>
      <table className="levels funnel">
        <thead>
          <tr>
            <th scope="col">{t('funnel.person')}</th>
            {CHANNELS.map((channel) => (
              <th scope="col" key={channel}>
                {t(`channel.${channel}`)}
              </th>
            ))}
            <th scope="col">{t('funnel.answer')}</th>
          </tr>
        </thead>
        <tbody>
          {data.people.map((person) => (
            <tr key={`${person.alertId} ${person.personName} ${person.step}`}>
              <th scope="row">
                {person.personName} <span className="quiet">{t(`person.${person.personRole}`)}</span>
                <br />
                <span className="quiet">{person.teamName}</span>
              </th>
              {CHANNELS.map((channel) => (
                <td key={channel}>
                  {person.channels
                    .filter((each) => each.channel === channel)
                    .map((each) => (
                      <span
                        key={each.attempt}
                        className={`stage stage-${each.stage}`}
                        title={each.failure ?? undefined}
                      >
                        {t(`stage.${each.stage}`)} {hourMinute(each.stageAt)}
                      </span>
                    ))}
                </td>
              ))}
              <td>
                {person.answer
                  ? `${t(`answer.${person.answer}`)} ${person.answeredAt ? hourMinute(person.answeredAt) : ''}`
                  : t('funnel.none')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
