import type { Requirement } from '../../../../src/incidents/response/plans.dto.js';
import type { LiveStore } from '../../live/store.js';
import { workOf } from '../work.js';

/** What is under way for an incident already, for a line of a plan: people of the speciality, units of the item; null for a duty. */
export function committedTo(
  store: LiveStore,
  incidentId: string,
  line: Pick<Requirement, 'kind' | 'code'>,
): number | null {
  const { assignments, orders } = workOf(store, incidentId);
  if (line.kind === 'team')
    return assignments
      .filter(({ unitId }) => store.row('team-unit', unitId)?.capabilities.includes(line.code as never))
      .reduce((sum, each) => sum + (each.actualHeadcount ?? each.promisedHeadcount ?? each.headcount), 0);
  if (line.kind === 'task') return null;
  return orders
    .flatMap(({ lines }) => lines)
    .filter(({ itemId }) => store.row('item', itemId)?.code === line.code)
    .reduce((sum, { units }) => sum + units, 0);
}
