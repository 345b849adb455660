import type { ScreenPicture, Shortage } from '../../../../src/screens/screens.dto.js';
import { count } from '../../i18n/format.js';
import { named, t } from '../../i18n/i18n.js';
import { UnitGlyph } from '../../parts/marks.js';
import { LOOKS } from '../../rescue-teams/unit-state.rules.js';
import { Chip } from './Incidents.js';
import { looksOf } from './wall.rules.js';

/** Units and people by what they are doing: our own, and those sent to one of our incidents. */
export function Teams({ picture }: { picture: ScreenPicture }) {
  const tally = looksOf(picture.units);
  return (
    <section className="panel live">
      <h2>{t('wall.teams')}</h2>
      <ul className="looks">
        {LOOKS.map((look) => (
          <li key={look}>
            <UnitGlyph look={look} />
            <span>{t(`look.${look}`)}</span>
            <b className="numeric">{t('wall.units', { count: count(tally[look].units) })}</b>
            <span className="numeric quiet">{t('wall.people', { count: count(tally[look].people) })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What is missing most, over all open incidents. */
export function Shortages({ picture, rows }: { picture: ScreenPicture; rows: number }) {
  const shown = picture.shortages.slice(0, rows);
  return (
    <section className="panel live shortages">
      <h2>{t('wall.shortages')}</h2>
      {shown.length === 0 && <p className="quiet">{t('wall.no-shortages')}</p>}
      <ul>
        {shown.map((line) => (
          <li key={line.what === 'people' ? line.speciality : line.itemId}>
            <Chip severity={line.severity} />
            <span className="clip">{line.what === 'people' ? t(`speciality.${line.speciality}`) : named(line)}</span>
            <b className="numeric">{missingWords(line)}</b>
          </li>
        ))}
      </ul>
    </section>
  );
}

const missingWords = (line: Shortage): string =>
  line.what === 'people'
    ? t('wall.missing-people', { count: count(line.missing) })
    : t('wall.missing-goods', { count: count(line.missing), unit: line.unit });
