import type { TeamUnitDto } from '../../../src/rescue-teams/rescue-teams.dto.js';
import { t } from '../i18n/i18n.js';
import { UnitGlyph } from '../parts/marks.js';
import { LOOKS, lookOf, stateKey, stateSince } from '../rescue-teams/unit-state.rules.js';
import { Then } from './Then.js';

/** Units of whose state then the record knows, those that were out first. */
export function PastUnits({ units, atMs }: { units: TeamUnitDto[]; atMs: number }) {
  const order = (unit: TeamUnitDto) => LOOKS.indexOf(lookOf(unit));
  const sorted = [...units].sort((a, b) => order(a) - order(b) || a.code.localeCompare(b.code));
  return (
    <section aria-label={t('past.units', { count: units.length })}>
      <h2>{t('past.units', { count: units.length })}</h2>
      {units.length === 0 && <p className="empty">{t('past.no-units')}</p>}
      <ul className="past-lines">
        {sorted.map((unit) => (
          <li key={unit.id}>
            <span className="unit-code">{unit.code}</span>
            <span className="clip">
              <UnitGlyph look={lookOf(unit)} /> {unit.teamName}
            </span>
            <span>{t(stateKey(unit))}</span>
            <Then since={stateSince(unit)} atMs={atMs} />
          </li>
        ))}
      </ul>
    </section>
  );
}
