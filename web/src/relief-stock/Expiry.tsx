import { t } from '../i18n/i18n.js';
import { useCoarseNow } from '../live/clock.js';
import { daysLeft, EXPIRES_SOON_DAYS } from './order.rules.js';

/** A date that must not be overlooked: a sign and words when it is near or past, not colour alone. */
export function Expiry({ on }: { on: string }) {
  const left = daysLeft(on, useCoarseNow(3600));
  if (left > EXPIRES_SOON_DAYS) return <>{t('keeper.expires', { day: on })}</>;
  return (
    <span className={left < 0 ? 'expired' : 'expires-soon'}>
      <span aria-hidden="true">{left < 0 ? '✕' : '◷'}</span>{' '}
      {t(left < 0 ? 'keeper.expired' : 'keeper.expires', { day: on })}
    </span>
  );
}
