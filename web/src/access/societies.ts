import type { LiveStore } from '../live/store.js';

/** Whether a society is the other one or lies below it in the tree. */
export function isBelow(store: LiveStore, societyId: string, ancestorId: string): boolean {
  for (let id: string | null = societyId; id; id = store.row('society', id)?.parentId ?? null)
    if (id === ancestorId) return true;
  return false;
}

const DUTY_ROLES = new Set(['dutyOfficer', 'dutyLead']);
/** Whether we are on duty for a society or above it. The server has the last word. */
export function isOurDuty(store: LiveStore, societyId: string | undefined): boolean {
  if (societyId === undefined) return false;
  const grants = store.actor?.grants ?? [];
  return grants.some((grant) => DUTY_ROLES.has(grant.role) && isBelow(store, societyId, grant.societyId));
}

/** How many desks one society lies above another: 0 for the same, null when it does not lie above it. */
export function stepsUp(store: LiveStore, societyId: string, aboveId: string): number | null {
  let steps = 0;
  for (let id: string | null = societyId; id; id = store.row('society', id)?.parentId ?? null, steps += 1)
    if (id === aboveId) return steps;
  return null;
}

/** The desks at which we sit ourselves, not those below. */
export const ownDesks = (store: LiveStore): string[] => [
  ...new Set(
    (store.actor?.grants ?? [])
      .filter(({ role, teamId, warehouseId }) => DUTY_ROLES.has(role) && teamId === null && warehouseId === null)
      .map(({ societyId }) => societyId),
  ),
];
