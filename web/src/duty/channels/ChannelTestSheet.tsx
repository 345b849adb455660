import type {
  ChannelTestViewDto,
  Reach,
  TestedPersonDto,
} from '../../../../src/dispatch/channel-test/channel-test.dto.js';
import { useFetched } from '../../api/use-fetched.js';
import { stamp } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { useCoarseNow } from '../../live/clock.js';
import { live } from '../../live/live.js';
import { useChanged } from '../../live/use-changed.js';
import { Loading } from '../../parts/Loading.js';
import { Refusal } from '../../parts/Refusal.js';

/** Whom nothing took first, then whom nothing came back from. */
const ORDER: readonly Reach[] = ['failed', 'unconfirmed', 'reached'];

/** One test: everybody with each channel and how far the message came. */
export function ChannelTestSheet({ id }: { id: string }) {
  const changed = useChanged('channel-test');
  const minute = useCoarseNow(15);
  const { data, problem } = useFetched<ChannelTestViewDto>(`/channel-tests/${id}`, `${changed} ${minute}`);
  if (!data) return problem ? <Refusal problem={problem} /> : <Loading />;
  return (
    <article className="handover">
      <h2>{t('channel-test.of', { at: stamp(data.startedAt) })}</h2>
      <p className="quiet">
        {t('channel-test.started', { name: data.startedBy })} ·{' '}
        {data.closedAt ? t('channel-test.closed') : t('channel-test.until', { at: stamp(data.endsAt) })} ·{' '}
        {t('channel-test.counts', data.counts)}
      </p>
      {ORDER.map((reach) => {
        const people = data.people.filter((person) => person.reach === reach);
        if (people.length === 0) return null;
        return (
          <section key={reach} aria-label={t(`reach.${reach}`)}>
            <h3 className="paper-section">
              {t(`reach.${reach}`)} <span className="numeric">{people.length}</span>
            </h3>
            <ul className="matters">
              {people.map((person) => (
                <Tested key={`${person.memberId} ${person.userId}`} person={person} />
              ))}
            </ul>
          </section>
        );
      })}
    </article>
  );
} // prettier-ignore

function Tested({ person: { name, teamId, channels } }: { person: TestedPersonDto }) {
  const team = teamId === null ? t('channel-test.desk') : (live.store.row('team', teamId)?.name ?? '');
  return (
    <li className="duty-shift tested">
      <p className="duty-shift-head">
        <b>{name}</b> <span className="quiet">{team}</span>
      </p>
      <p className="duty-shift-head">
        {channels.map(({ channel, stage, failure, waitsUntil }) => (
          <span key={channel} className="duty-mark">
            {t(`channel.${channel}`)}:{' '}
            {waitsUntil ? t('channel-test.waits', { at: stamp(waitsUntil) }) : t(`test-stage.${stage}`)}
            {failure && stage === 'failed' ? ` (${failure})` : ''}
          </span>
        ))}
        {channels.length === 0 && <span className="duty-mark">{t('channel-test.no-channel')}</span>}
      </p>
    </li>
  );
}
