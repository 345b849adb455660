import { useMemo, useSyncExternalStore } from 'react';
import { AUDITOR_SILENT_AFTER_MS, isAuditorSilent } from '../../../src/dispatch/audit/chain-audit.rules.js';
import { go } from '../app/routes.js';
import { desk } from '../desk/desk-state.js';
import { stamp } from '../i18n/format.js';
import { t } from '../i18n/i18n.js';
import { pace, serverNow, useCoarseNow } from '../live/clock.js';
import { useLive, useRow } from '../live/hooks.js';
import { live } from '../live/live.js';
import { useLink } from '../live/use-link.js';
import { Since } from '../parts/Since.js';

const MOST_SHOWN = 3;

/** Where the alert chain has gone silent, and whether anybody still looks for that. It stays until the cause is gone. */
export function ChainBanner() {
  const exercise = desk.use((state) => state.exercise);
  const ids = useLive(['chain-fault', 'incident'], (store) =>
    store
      .rows('chain-fault')
      .filter((fault) => (store.row('incident', fault.incidentId)?.exercise ?? false) === exercise)
      .sort((a, b) => a.since.localeCompare(b.since))
      .map((fault) => fault.id),
  [exercise]); // prettier-ignore
  const auditor = useSilentAuditor();
  if (ids.length === 0 && !auditor.silent) return null;
  return (
    <section className="chain-banner" role="alert" aria-label={t('chain.title')}>
      {auditor.silent && (
        <p>
          <b>{t('chain.auditor-silent')}</b>
          <span>{auditor.at ? t('chain.auditor-last', { at: stamp(auditor.at) }) : t('chain.auditor-never')}</span>
          {auditor.at && <Since at={auditor.at} />}
        </p>
      )}
      {ids.slice(0, MOST_SHOWN).map((id) => (
        <FaultLine key={id} id={id} />
      ))}
      {ids.length > MOST_SHOWN && <p>{t('chain.more', { count: ids.length - MOST_SHOWN })}</p>}
    </section>
  );
}

function FaultLine({ id }: { id: string }) {
  const fault = useRow('chain-fault', id);
  const incident = useRow('incident', fault?.incidentId);
  if (!fault) return null;
  const { kind, step, incidentId } = fault;
  const team = `${fault.teamName} ${fault.unitCode}`.trim();
  return (
    <p>
      <b>{t('chain.title')}</b>
      <span className="clip">
        {t(`chain.${kind}`, { team, step, who: fault.who ?? '' })} · {incident?.title ?? ''}
      </span>
      <Since at={fault.since} />
      <button type="button" className="button small" onClick={() => go(`incidents/${incidentId}/alerts`)}>
        {t('chain.look')}
      </button>
    </p>
  );
}

/** Now, as far from the last look as this computer's clock says: in a drill the beat of the line is not faster than the day. */
const heardAt = (at: string | null, nowMs: number): Date =>
  new Date(at ? Date.parse(at) + (nowMs - Date.parse(at)) / pace() : nowMs);

/** Judged here, by the server's clock: an auditor that stopped cannot say so. Without a link nothing is known of it. */
function useSilentAuditor(): { silent: boolean; at: string | null } {
  const at = useSyncExternalStore(live.subscribe, () => live.auditedAt);
  const since = useMemo(() => serverNow(), []);
  const nowMs = useCoarseNow(5);
  const { state } = useLink();
  const settled = nowMs - since > AUDITOR_SILENT_AFTER_MS; // the first beats are still to come
  const silent =
    (state === 'live' || state === 'unanswered') &&
    settled &&
    isAuditorSilent(at ? new Date(at) : null, heardAt(at, nowMs));
  return { silent, at };
}
