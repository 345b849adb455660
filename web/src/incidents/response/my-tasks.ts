import type { ActorDto } from '../../../../src/access/access.dto.js';
import type { TaskDto } from '../../../../src/incidents/response/responses.dto.js';
import { isBelow } from '../../access/societies.js';
import type { LiveStore } from '../../live/store.js';
import { byDue, isMine } from './tasks.rules.js';

/** My tasks, drills apart from real incidents, the first due first. */
export function myTasksIn(store: LiveStore, actor: ActorDto | null, exercise: boolean): TaskDto[] {
  if (!actor) return [];
  const below = (id: string, above: string) => isBelow(store, id, above);
  return store
    .rows('task')
    .filter((task) => isMine(task, actor, below))
    .filter((task) => (store.row('incident', task.incidentId)?.exercise ?? false) === exercise)
    .sort(byDue);
}
