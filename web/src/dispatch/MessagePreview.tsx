import { useId } from 'react';
import type { IncidentDto } from '../../../src/incidents/incidents.dto.js';
import type { AudienceDto, AudiencePerson } from '../../../src/dispatch/audience.dto.js';
import { useFetched } from '../api/use-fetched.js';
import { t } from '../i18n/i18n.js';
import { live } from '../live/live.js';
import { unitText } from '../rescue-teams/unit-name.rules.js';
import { peopleOf, turnText, waysText } from './audience.rules.js';
import { previewOf } from './preview.rules.js';

/** headcount: people asked for, where that is not the whole unit. */
type Asked = { unitId: string; headcount?: number };
type Props = { incident: IncidentDto; message: string; units: Asked[]; warehouseIds: string[] };
type Recipient = { key: string; words: string; who: string };

/** What will be sent and to whom, before it is sent: the message of the first team; the others get the same with their own name. */
export function MessagePreview({ incident, message, units, warehouseIds }: Props) {
  const [first] = units.flatMap(toTold);
  const teams = units.flatMap(toLeader);
  const keepers = [...new Set(warehouseIds)].flatMap(toKeeper);
  const ids = units.map(({ unitId }) => unitId).join();
  const recipients = useId();
  const { data: audience } = useFetched<AudienceDto>(ids ? `/dispatch-audience?units=${ids}` : null);
  return (
    <div className="message-preview">
      {first && (
        <blockquote lang="zh-CN" data-preview>
          {previewOf({ incident, ...first, message, link: t('dispatch.own-link') })}
        </blockquote>
      )}
      {!first && keepers.length > 0 && <p className="quiet">{t('dispatch.no-message')}</p>}
      <h3 id={recipients}>{t('dispatch.recipients', { count: teams.length + keepers.length })}</h3>
      {/* Long lists scroll: also by keyboard. */}
      <ul tabIndex={0} aria-labelledby={recipients}>
        {[...teams, ...keepers].map(({ key, words, who }) => (
          <li key={key}>
            {words} <span className="quiet numeric">{who}</span>
            <Audience people={peopleOf(audience, key)} />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** How each person is rung: leader at once, deputy in turn, by the ways of their own. */
function Audience({ people }: { people: AudiencePerson[] }) {
  if (people.length === 0) return null;
  return (
    <ul className="audience" data-audience>
      {people.map((person) => (
        <li key={person.role}>
          <span className="quiet">{t(`person.${person.role}`)}</span> {person.name}: {waysText(person)}
          {turnText(person) && <span className="quiet"> · {turnText(person)}</span>}
          {person.quiet && (
            <span className={person.inQuiet ? 'through-quiet' : 'quiet'}>
              {' · '}
              {t(person.inQuiet ? 'audience.in-quiet' : 'audience.quiet', person.quiet)}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

const teamOf = (unitId: string) => live.store.row('team', live.store.row('team-unit', unitId)?.teamId);

function toTold({ unitId, headcount }: Asked): { teamName: string; headcount: number | null }[] {
  const team = teamOf(unitId);
  return team
    ? [{ teamName: team.name, headcount: headcount ?? live.store.row('team-unit', unitId)?.headcount ?? null }]
    : [];
}

function toLeader({ unitId }: Asked): Recipient[] {
  const unit = live.store.row('team-unit', unitId);
  const team = teamOf(unitId);
  if (!team || !unit) return [];
  const who = [team.leaderName, team.leaderPhone].filter(Boolean).join(' ');
  return [{ key: unitId, words: unitText(unit), who }];
}

function toKeeper(warehouseId: string): Recipient[] {
  const row = live.store.row('warehouse', warehouseId);
  if (!row) return [];
  return [{ key: row.id, words: row.name, who: [row.keeperName, row.keeperPhone].filter(Boolean).join(' ') }];
}
