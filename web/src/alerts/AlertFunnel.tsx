import type { FunnelDto } from '../../../src/alerts/alerts.dto.js';
import { useFetched } from '../api/use-fetched.js';
import { hourMinute } from '../i18n/format.js';
import { t } from '../i18n/i18n.js';
import { elapsedText } from '../live/ageing.rules.js';
import { useLive } from '../live/hooks.js';
import { Refusal } from '../parts/Refusal.js';
import { Since } from '../parts/Since.js';

const CHANNELS = ['in-app', 'link', 'sms', 'voice', 'mail'] as const;
/** Stages at which a message is with the person or on its way to him. */
const REACHES = new Set(['handed', 'delivered', 'displayed', 'opened']);
/** Why nothing was sent by a channel, which is no failure. */
const NOT_SENT = new Set(['sent-by-sms', 'no-mail-server', 'no-voice-gateway', 'no-address']);
type Person = FunnelDto['people'][number];

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
  const called = data.people.some(({ channels }) => channels.some(({ channel }) => channel === 'voice'));
  const shown = CHANNELS.filter((channel) => called || channel !== 'voice');
  return (
    <div className="panel-scroll" tabIndex={0} role="group" aria-label={t('incident-tab.alerts')}>
      <table className="levels funnel">
        <thead>
          <tr>
            <th scope="col">{t('funnel.person')}</th>
            {shown.map((channel) => (
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
              {shown.map((channel) => (
                <td key={channel}>
                  {person.channels
                    .filter((each) => each.channel === channel)
                    .map((each) => (
                      <Attempt key={each.attempt} attempt={each} waits={person.open && person.answer === null} />
                    ))}
                </td>
              ))}
              <td>{person.answer ? answerOf(person) : t('funnel.none')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** How far one attempt got and when it was sent; while the person is silent, how long ago that was. */
function Attempt({ attempt, waits }: { attempt: Person['channels'][number]; waits: boolean }) {
  const { stage, stageAt, handedAt, failure, throughQuiet } = attempt;
  if (failure !== null && NOT_SENT.has(failure)) return <span className="quiet">{t(`funnel.${failure}`)}</span>;
  return (
    <span className={`stage stage-${stage}`} title={failure ?? undefined}>
      {attempt.attempt > 1 && `${t('funnel.attempt', { n: attempt.attempt })} `}
      {t(`stage.${stage}`)} {hourMinute(stageAt)}
      {waits && handedAt && REACHES.has(stage) && (
        <>
          {' '}
          <Since at={handedAt} />
        </>
      )}
      {throughQuiet && <span className="through-quiet"> {t('funnel.through-quiet')}</span>}
    </span>
  );
}

/** What was said, when, and how long after the first message to this person. */
function answerOf({ answer, answeredAt, channels }: Person): string {
  const words = t(`answer.${answer!}`);
  if (!answeredAt) return words;
  const sent = channels.flatMap(({ handedAt }) => (handedAt ? [Date.parse(handedAt)] : []));
  const afterMs = Date.parse(answeredAt) - Math.min(...sent);
  const after = sent.length > 0 && afterMs >= 0 ? t('funnel.after', { time: elapsedText(afterMs) }) : '';
  return `${words} ${hourMinute(answeredAt)} ${after}`.trim();
}
