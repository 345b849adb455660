import type { IncidentDto } from '../../../src/incidents/incidents.dto.js';
import { t } from '../i18n/i18n.js';
import { live } from '../live/live.js';
import { unitText } from '../rescue-teams/unit-name.rules.js';
import { previewOf } from './preview.rules.js';

type Props = { incident: IncidentDto; message: string; unitIds: string[]; warehouseIds: string[] };
type Recipient = { key: string; words: string; who: string };

/** What will be sent and to whom, before it is sent: the message of the first team; the others get the same with their own name. */
export function MessagePreview({ incident, message, unitIds, warehouseIds }: Props) {
  const [first] = unitIds.map(teamOf).filter((team) => team !== undefined);
  const teams = unitIds.flatMap(toLeader);
  const keepers = [...new Set(warehouseIds)].flatMap(toKeeper);
  return (
    <div className="message-preview">
      {first && (
        <blockquote lang="zh-CN" data-preview>
          {previewOf({ incident, teamName: first.name, message, link: t('dispatch.own-link') })}
        </blockquote>
      )}
      {!first && keepers.length > 0 && <p className="quiet">{t('dispatch.no-message')}</p>}
      <h3>{t('dispatch.recipients', { count: teams.length + keepers.length })}</h3>
      <ul>
        {[...teams, ...keepers].map(({ key, words, who }) => (
          <li key={key}>
            {words} <span className="quiet numeric">{who}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

const teamOf = (unitId: string) => live.store.row('team', live.store.row('team-unit', unitId)?.teamId);

function toLeader(unitId: string): Recipient[] {
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
