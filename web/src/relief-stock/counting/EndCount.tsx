import type { CountDetailDto } from '../../../../src/relief-stock/counting/count.dto.js';
import { t } from '../../i18n/i18n.js';
import { ReasonAct } from '../../parts/Act.js';

const MAY_END = new Set<CountDetailDto['status']>(['open', 'counted', 'approved']);

/** A count that is given up: nothing of it is posted, and who gave it up says why. */
export function EndCount({ count, done }: { count: CountDetailDto; done: () => void }) {
  if (!MAY_END.has(count.status)) return null;
  const partly = count.lines.some(({ state }) => state === 'posted');
  return (
    <ReasonAct
      label={t('count.cancel')}
      path={`/stock/counts/${count.id}/cancel`}
      body={{ version: count.version }}
      said={t('count.said-cancelled', { number: count.number })}
      done={done}
      blocked={partly ? t('count.partly-posted') : null}
    />
  );
}
