import { reportClocks } from '../../../src/incidents/reporting.rules.js';
import type { ReportClock } from '../../../src/incidents/reporting.rules.js';
import type { IncidentDto } from '../../../src/incidents/incidents.dto.js';
import type { ResponseLevel } from '../../../src/incidents/response/plans.dto.js';
import { stamp } from '../i18n/format.js';
import { t } from '../i18n/i18n.js';
import { useLive, useRow } from '../live/hooks.js';
import type { LiveStore } from '../live/store.js';
import { Until } from '../parts/Since.js';

/** The gravest response that runs for an incident, whoever's it is. */
const gravestOf = (store: LiveStore, incidentId: string): ResponseLevel | null =>
  (['I', 'II', 'III', 'IV'] as const).find((level) =>
    store.rows('response').some((row) => row.incidentId === incidentId && row.level === level),
  ) ?? null;

/** Which reports upwards are owed, by whom, since when and until when; those that came are ticked off with their time. */
export function ReportClocks({ incident }: { incident: IncidentDto }) {
  const level = useLive(['response'], (store) => gravestOf(store, incident.id), [incident.id]);
  const lead = useRow('society', incident.leadSocietyId);
  const above = useRow('society', lead?.parentId);
  const clocks = reportClocks(incident, level);
  if (clocks.length === 0) return null;
  return (
    <section aria-label={t('report-clock.title')}>
      <h3>{t('report-clock.title')}</h3>
      <p className="quiet">
        {above
          ? t('report-clock.owed', { lead: lead?.name ?? '', above: above.name })
          : t('report-clock.owed-by', { lead: lead?.name ?? '' })}
      </p>
      <ul className="report-clocks">
        {clocks.map((clock) => (
          <Clock key={clock.code} clock={clock} />
        ))}
      </ul>
    </section>
  );
}

function Clock({ clock }: { clock: ReportClock }) {
  const late = clock.metAt !== null && clock.metAt > clock.dueAt;
  return (
    <li>
      <span>{t(`report-clock.${clock.code}`)}</span>
      {clock.metAt === null ? (
        <>
          <Until at={clock.dueAt} />
          <span className="quiet">
            {t('report-clock.since', { since: stamp(clock.since), due: stamp(clock.dueAt) })}
          </span>
        </>
      ) : (
        <span className="quiet">
          {t(late ? 'report-clock.met-late' : 'report-clock.met', { at: stamp(clock.metAt) })}
        </span>
      )}
      <span className="quiet">{t(`report-source.${clock.source}`)}</span>
    </li>
  );
}
