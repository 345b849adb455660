import { hourMinute } from '../i18n/format.js';
import { t } from '../i18n/i18n.js';
import { elapsedText } from '../live/ageing.rules.js';
import { useNow } from '../live/clock.js';
import { useLink, useRememberedAt } from '../live/use-link.js';
import { useOldestRead } from './reads.js';

/** Says that the page shows what was known, and since when: nobody takes old figures for those of now. */
export function OfflineNote() {
  const { state, silentS } = useLink();
  const remembered = useRememberedAt();
  const read = useOldestRead();
  const nowMs = useNow();
  if (state !== 'offline' && remembered === null && read === null) return null;
  const times = [remembered, read, state === 'offline' && remembered === null ? nowMs - silentS * 1000 : null];
  const sinceMs = Math.min(...times.filter((at) => at !== null));
  const age = elapsedText(Math.max(0, nowMs - sinceMs));
  const words = { live: 'reading', delayed: 'reading', unanswered: 'unanswered', offline: 'since' }[state];
  return (
    <p className="offline-note" role="status">
      <span aria-hidden="true">○</span> {t(`offline.${words}`, { time: hourMinute(sinceMs), age })}
    </p>
  );
}
