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
