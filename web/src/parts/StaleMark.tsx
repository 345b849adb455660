import { timeOfDay } from '../i18n/format.js';
import { t } from '../i18n/i18n.js';
import { serverNow } from '../live/clock.js';
import { useLink } from '../live/use-link.js';
import { elapsedText } from '../live/ageing.rules.js';

/** Over figures that nobody renews any more: of when they are, and how old (C-26). Nothing while the link is up. */
export function StaleMark() {
  const { state, silentS } = useLink();
  if (state !== 'offline') return null;
  const heardMs = serverNow() - silentS * 1000;
  return (
    <p className="stale-mark numeric">
      {t('link.stale', { at: timeOfDay(heardMs), age: elapsedText(silentS * 1000) })}
    </p>
  );
}
