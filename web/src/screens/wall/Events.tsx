import type { ScreenPicture } from '../../../../src/screens/screens.dto.js';
import { timeOfDay } from '../../i18n/format.js';
import { t, tCode } from '../../i18n/i18n.js';
import { Chip } from './Incidents.js';
import { eventAbout } from './wall.rules.js';

/** The last eight things that happened, newest first. They stand: a new one moves them on by one, nothing else does. */
export function Events({ picture }: { picture: ScreenPicture }) {
  return (
    <section className="wall-events panel live">
      <h2>{t('wall.events')}</h2>
      {picture.events.length === 0 && <p className="quiet">{t('wall.no-events')}</p>}
      <ol>
        {picture.events.map((event) => (
          <li key={event.seq}>
            <time className="numeric quiet" dateTime={event.at}>
              {timeOfDay(event.at)}
            </time>
            {event.severity && <Chip severity={event.severity} />}
            <span>{t(`change.${event.kind}`)}</span>
            <span className="clip quiet">{[...eventAbout(event), event.who && tCode('actor.', event.who)].filter(Boolean).join(' · ')}</span>
          </li>
        ))}
      </ol>
    </section>
  ); // prettier-ignore
}
