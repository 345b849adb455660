import type { Tx } from '../database/index.js';
import type { Speciality } from '../rescue-teams/rescue-teams.dto.js';
import { activeAssignments } from './assignment.store.js';
import { suppliedItems } from './supply-order.store.js';

/** What is on the way or there already. A unit can serve one of its specialities; which one is for the reader to decide. */
export interface Promised {
  capabilities: { unitId: string; capabilities: Speciality[]; headcount: number }[];
  items: { itemId: string; units: number }[];
}

/** People of active assignments (who is there, else who was promised, else who was asked for) and units of orders not cancelled. */
export async function promisedForIncident(tx: Tx, incidentId: string): Promise<Promised> {
  const assignments = await activeAssignments(tx, incidentId);
  return {
    capabilities: assignments.map(({ unitId, capabilities, headcount, promisedHeadcount, actualHeadcount }) => ({
      unitId,
      capabilities,
      headcount: actualHeadcount ?? promisedHeadcount ?? headcount,
    })),
    items: await suppliedItems(tx, incidentId),
  };
}
