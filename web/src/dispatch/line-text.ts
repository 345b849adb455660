import type { IncidentDto } from '../../../src/incidents/incidents.dto.js';
import { count } from '../i18n/format.js';
import { named, t, unitOf } from '../i18n/i18n.js';
import { live } from '../live/live.js';
import { kmText } from '../map/distance.rules.js';
import type { SuggestionDto } from '../../../src/suggestions/suggestions.dto.js';
import { reasonText } from '../parts/reason.js';
import { minutesText } from '../parts/duration.js';
import { unitText } from '../rescue-teams/unit-name.rules.js';
import type { SuggestionLine } from './choice.rules.js';

/** Who or what a line sends. */
export function lineText(line: SuggestionLine): string {
  const { store } = live;
  if (line.kind === 'team') {
    const unit = store.row('team-unit', line.unitId);
    return `${unit ? unitText(unit) : line.unitId} ${t('board.headcount', { count: line.headcount })}`;
  }
  const item = store.row('item', line.itemId);
  return `${named(item) || line.itemId} ${count(line.units)} ${unitOf(item)} · ${named(store.row('warehouse', line.warehouseId))}`;
}

/** How far, and how long until it is there: assembling and loading are in the time, and the words say so. */
export const wayText = (line: SuggestionLine): string =>
  t(`dispatch.way-${line.kind}`, { km: kmText(line.distanceM), time: minutesText(line.etaMin) });

/** What an arrival is reckoned from: the road with its speed, then what lies on the way, or why there is none. */
export function wayReasons(
  { travel, ways }: SuggestionDto,
  { unitId, warehouseId }: { unitId?: string | undefined; warehouseId?: string | undefined },
): string {
  const over = ways[unitId ?? warehouseId ?? ''] ?? [];
  return [...(travel?.provenance ?? []), ...over].map(reasonText).join(t('list.separator'));
}

export function needWords(incident: IncidentDto, needId: string): string {
  const people = incident.needs.capabilities.find((need) => need.id === needId);
  if (people) return t(`speciality.${people.speciality}`);
  const goods = incident.needs.items.find((need) => need.id === needId);
  return goods ? named(live.store.row('item', goods.itemId)) : '';
}
