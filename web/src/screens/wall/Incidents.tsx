import type { ScreenIncident, ScreenPicture } from '../../../../src/screens/screens.dto.js';
import { count } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { elapsedText, type Severity } from '../../live/ageing.rules.js';
import { NUMERALS } from '../../parts/marks.js';
import { useWallNow } from './now.js';
import { laneRows } from './wall.rules.js';

const GRADES: readonly Severity[] = ['I', 'II', 'III', 'IV'];

/** Hue and numeral; nothing to point at, so no words that come up under a pointer. */
export function Chip({ severity }: { severity: Severity }) {
  return (
    <span className={`chip chip-${severity}`}>
      <span aria-hidden="true">{NUMERALS[severity]}</span>
      <span className="visually-hidden">{t(`severity.${severity}`)}</span>
    </span>
  );
}

/** Open incidents by grade, each grade always in its place, also at zero. */
export function Tally({ picture }: { picture: ScreenPicture }) {
  return (
    <section className="panel live">
      <h2>{t('wall.tally')}</h2>
      <ul className="tally">
        {GRADES.map((severity) => {
          const { open, nobody } = picture.tally[severity];
          return (
            <li key={severity} className={open === 0 ? 'none' : ''}>
              <Chip severity={severity} />
              <b className="numeric">{count(open)}</b>
              {nobody > 0 && <span className="tally-nobody">{t('wall.nobody', { count: nobody })}</span>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** What nobody has: always there, also at zero (C-03). */
export function Lane({ picture, rows }: { picture: ScreenPicture; rows: number }) {
  const { lane } = picture;
  return (
    <section className={`panel live lane${lane.count > 0 ? ' filled' : ''}`}>
      <h2>
        {t('wall.lane', { count: lane.count })}
        {lane.oldestAt && <Oldest at={lane.oldestAt} />}
      </h2>
      {lane.count === 0 && <p className="quiet">{t('wall.lane-empty')}</p>}
      <ul>
        {laneRows(picture, rows).map((incident) => (
          <LaneRow key={incident.id} incident={incident} />
        ))}
      </ul>
    </section>
  );
}

function LaneRow({ incident }: { incident: ScreenIncident }) {
  return (
    <li>
      <Chip severity={incident.severity} />
      <span className="clip">
        {t(`kind.${incident.kind}`)} {incident.title ?? incident.place}
      </span>
      <Age at={incident.reportedAt} />
    </li>
  );
}

function Oldest({ at }: { at: string }) {
  const now = useWallNow();
  return <span className="numeric lane-oldest">{t('wall.lane-oldest', { age: elapsedText(now - Date.parse(at)) })}</span>; // prettier-ignore
}

function Age({ at }: { at: string }) {
  const now = useWallNow();
  return (
    <time className="numeric" dateTime={at}>
      {elapsedText(now - Date.parse(at))}
    </time>
  );
}
