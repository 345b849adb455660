import { count } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { forget, sendNow } from './outbox.js';
import type { Jotted } from './outbox.rules.js';

/** What has not reached the server yet, and what it refused: each refusal stands until somebody has read it. */
export function OutboxStrip({ jotted }: { jotted: readonly Jotted[] }) {
  const waiting = jotted.filter(({ state }) => state === 'waiting').length;
  const rejected = jotted.filter(({ state }) => state === 'rejected');
  if (waiting === 0 && rejected.length === 0) return null;
  return (
    <div className="count-outbox" role="status">
      {waiting > 0 && (
        <p>
          <b>{t('count.waiting', { count: count(waiting) })}</b>{' '}
          <button type="button" className="button" onClick={sendNow}>
            {t('count.send-now')}
          </button>
        </p>
      )}
      {rejected.map((one) => (
        <p key={one.id} className="notice problem">
          <b>
            {one.label}: {count(one.units)}
          </b>{' '}
          {one.refusal?.words}{' '}
          <button type="button" className="button" onClick={() => forget(one.id)}>
            {t('count.count-again')}
          </button>
        </p>
      ))}
    </div>
  );
}
