import { useSession } from '../../access/session.js';
import { count } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { othersOf, tallyOf } from './act.rules.js';
import { useActs } from './outbox.js';

/** In the head of the keeper's page: what has not reached the server, and what waits for a decision. */
export function OutboxMark() {
  const { actor } = useSession();
  const acts = useActs();
  const { waiting, refused } = tallyOf(acts, actor?.userId ?? '');
  const others = othersOf(acts, actor?.userId ?? '').length;
  if (waiting + refused + others === 0) return null;
  return (
    <a className="button outbox-mark" href="#/keeper/outbox" data-refused={refused > 0 || undefined}>
      {refused > 0 && (
        <span>
          <span aria-hidden="true">!</span> {t('outbox.to-decide', { count: count(refused) })}
        </span>
      )}
      {waiting > 0 && (
        <span>
          <span aria-hidden="true">▲</span> {t('outbox.waiting', { count: count(waiting) })}
        </span>
      )}
      {waiting + refused === 0 && <span>{t('outbox.of-others')}</span>}
    </a>
  );
}
