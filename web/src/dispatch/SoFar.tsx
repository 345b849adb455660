import type { IncidentDto } from '../../../src/incidents/incidents.dto.js';
import type { SuggestionDto } from '../../../src/suggestions/suggestions.dto.js';
import { count } from '../i18n/format.js';
import { t } from '../i18n/i18n.js';
import { lineText, needWords, wayText } from './line-text.js';

type Progress = NonNullable<SuggestionDto['progress']>;

/** The plan as it stands while the planner goes on: to look at, without a way to send it. */
export function SoFar({ incident, progress }: { incident: IncidentDto; progress: Progress }) {
  const { lines, unmet, incidentVersion } = progress;
  return (
    <section className="so-far" aria-label={t('dispatch.so-far-title')}>
      <p className="notice" role="status">
        {soFarText(progress)}
      </p>
      <progress aria-label={t('suggestion.solving')} />
      {incidentVersion < incident.version && <p className="notice warning">{t('dispatch.so-far-old')}</p>}
      <ol className="lines">
        {lines.map((line) => (
          <li key={line.kind === 'team' ? line.unitId : `${line.warehouseId} ${line.needId}`} className="line">
            <span className="line-what">
              <b>{lineText(line)}</b>
              <span className="numeric">{wayText(line)}</span>
            </span>
          </li>
        ))}
      </ol>
      {unmet.length > 0 && (
        <ul className="notice warning">
          {unmet.map(({ needId, missing }) => (
            <li key={needId}>
              {t('dispatch.unmet-line', { need: needWords(incident, needId), missing: count(missing) })}
            </li>
          ))}
        </ul>
      )}
      <p className="quiet">{t('dispatch.so-far-look-only')}</p>
    </section>
  );
}

const percent = (share: number): string => (share * 100).toFixed(1);

function soFarText({ stage, needMet, gap }: Progress): string {
  return t('dispatch.so-far', { stage: t(`search-stage.${stage}`), met: percent(needMet), gap: percent(gap) });
}
