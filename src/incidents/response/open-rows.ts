import type { Tx } from '../../database/index.js';
import { Problem } from '../../shared/problem.js';
import type { ResponseDto, TaskDto } from './responses.dto.js';
import { activeResponses, openResponses, toResponseDto } from './responses.store.js';
import { openTaskCount, openTasks, toTaskDto } from './tasks.store.js';

export const openResponseRows = async (tx: Tx, keys: string[]): Promise<ResponseDto[]> =>
  (await openResponses(tx, keys)).map(toResponseDto);
export const openTaskRows = async (tx: Tx, keys: string[]): Promise<TaskDto[]> =>
  (await openTasks(tx, keys)).map(toTaskDto);

/**
 * R5: an incident does not end while a response runs or a task waits; under the incident's lock, which each signature takes too.
 * 409 `incident.response-open`, `incident.tasks-open`.
 */
export async function mustBeSettled(tx: Tx, incidentId: string): Promise<void> {
  const running = await activeResponses(tx, incidentId);
  if (running.length > 0)
    throw new Problem(
      'incident.response-open',
      { level: running[0]!.level, plan: running[0]!.planTitle },
      { status: 409 },
    );
  const open = await openTaskCount(tx, incidentId);
  if (open > 0) throw new Problem('incident.tasks-open', { open }, { status: 409 });
}
