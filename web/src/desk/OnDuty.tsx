import type { OnDutyDto } from '../../../src/duty/duty.dto.js';
import { useSession } from '../access/session.js';
import { query } from '../api/http.js';
import { useFetched } from '../api/use-fetched.js';
import { t } from '../i18n/i18n.js';
import { useCoarseNow } from '../live/clock.js';
import { useLive } from '../live/hooks.js';
import { useChanged } from '../live/use-changed.js';

/** Who is on duty now, and whether somebody will be missing soon; nothing where no roster is kept. */
export function OnDuty() {
  const { actor } = useSession();
  const societyId = actor?.grants[0]?.societyId;
  const changed = useChanged('duty-shift');
  const minute = useCoarseNow(60);
  const path = societyId ? `/duty/now${query({ societyId })}` : null;
  const { data } = useFetched<OnDutyDto>(path, `${changed} ${minute}`);
  const gap = useLive(
    ['duty-notice'],
    (store) => store.rows('duty-notice').some((one) => one.kind === 'roster-gap' && one.societyId === societyId),
    [societyId],
  );
  if (!data?.kept) return null;
  const names = data.shifts.map(({ name }) => name).join(t('top.duty-names'));
  const words = names ? t('top.on-duty', { names }) : t('top.no-duty');
  return (
    <a className="on-duty clip" href="#/duty" title={`${words} · ${t('top.duty-open')}`}>
      {words}
      {gap && <span className="on-duty-gap"> △ {t('top.gap')}</span>}
    </a>
  );
}
