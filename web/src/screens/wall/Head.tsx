import type { ScreenPicture } from '../../../../src/screens/screens.dto.js';
import { inDrill } from '../../app/world.js';
import { stamp, timeOfDay } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { elapsedText } from '../../live/ageing.rules.js';
import { wall } from './feed.js';
import { useWallNow } from './now.js';

const MARKS = { live: '●', delayed: '◐', offline: '○' } as const;

/** Whose picture it is, how old it is, and what time it is. */
export function Head({ picture }: { picture: ScreenPicture }) {
  return (
    <header className="wall-head">
      <h1>
        {inDrill && t('drill.prefix')}
        {picture.society}
      </h1>
      <span className="quiet clip">{picture.name}</span>
      <span className="wall-space" />
      <AsOf />
      <LinkBadge />
      <Clock />
    </header>
  );
}

function AsOf() {
  const confirmedAt = wall.state.use((state) => state.confirmedAt);
  const link = wall.state.use((state) => state.link);
  const silentS = wall.state.use((state) => state.silentS);
  if (confirmedAt === null) return null;
  const time = timeOfDay(confirmedAt);
  if (link === 'live') return <span className="quiet numeric">{t('wall.as-of', { time })}</span>;
  return (
    <strong className="wall-old numeric" role="alert">
      {t('wall.old', { time, age: elapsedText(silentS * 1000) })}
    </strong>
  );
}

function LinkBadge() {
  const link = wall.state.use((state) => state.link);
  const seconds = wall.state.use((state) => state.silentS);
  return (
    <span className={`wall-link wall-link-${link}`} role="status">
      <span aria-hidden="true">{MARKS[link]}</span> {t(`link.${link}`, { seconds })}
    </span>
  );
}

function Clock() {
  const now = useWallNow();
  return (
    <time className="wall-clock numeric" dateTime={new Date(now).toISOString()}>
      <span className="quiet">{stamp(now).slice(0, 10)}</span> {timeOfDay(now)}
    </time>
  );
}
