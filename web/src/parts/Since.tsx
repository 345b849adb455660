import { ageOf, elapsedText } from '../live/ageing.rules.js';
import type { Limit } from '../live/ageing.rules.js';
import { t } from '../i18n/i18n.js';
import { useNow } from '../live/clock.js';

const WORDS = { calm: '', amber: 'age.amber', red: 'age.red' } as const;

/** How long a state lasts, ticking with the server's clock. Amber is outlined, red is filled: not colour alone (C-06, C-07). */
export function Since({ at, limit = null }: { at: string; limit?: Limit | null }) {
  const elapsedMs = useNow() - Date.parse(at);
  const age = ageOf(elapsedMs, limit);
  return (
    <time className={`clock age-${age}`} dateTime={at}>
      {elapsedText(elapsedMs)}
      {age !== 'calm' && <span className="visually-hidden">{t(WORDS[age])}</span>}
    </time>
  );
}

/** Time left until an instant, or how long it is past; for due times and expected arrivals. */
export function Until({ at }: { at: string }) {
  const leftMs = Date.parse(at) - useNow();
  return (
    <time className={`clock ${leftMs < 0 ? 'age-amber' : 'age-calm'}`} dateTime={at}>
      {leftMs < 0 ? t('clock.overdue', { time: elapsedText(-leftMs) }) : t('clock.left', { time: elapsedText(leftMs) })}
    </time>
  );
}
