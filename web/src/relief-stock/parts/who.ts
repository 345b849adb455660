import type { Role } from '../../../../src/access/access.dto.js';
import { isBelow, isOurDuty } from '../../access/societies.js';
import { useSession } from '../../access/session.js';
import { useLive } from '../../live/hooks.js';

/** Whether the actor holds one of the roles at a warehouse, or at its society or above. The server has the last word. */
export function useRoleAt(warehouseId: string | null | undefined, roles: readonly Role[]): boolean {
  const { actor } = useSession();
  return useLive(
    ['warehouse', 'society'],
    (store) => {
      const warehouse = store.row('warehouse', warehouseId);
      return (actor?.grants ?? []).some(
        (grant) =>
          roles.includes(grant.role) &&
          (grant.warehouseId === null
            ? warehouse !== undefined && isBelow(store, warehouse.societyId, grant.societyId)
            : grant.warehouseId === warehouseId),
      );
    },
    [actor, warehouseId, roles.join(' ')],
  );
}

export const KEEPS: readonly Role[] = ['keeper'];
/** Who may approve what changes the books. */
export const APPROVES: readonly Role[] = ['checker', 'dutyLead'];
export const ON_DUTY: readonly Role[] = ['dutyOfficer', 'dutyLead'];

/** Whether the actor is on duty for the society of a warehouse. */
export const useDutyOf = (warehouseId: string): boolean =>
  useLive(['warehouse', 'society'], (store) => isOurDuty(store, store.row('warehouse', warehouseId)?.societyId), [
    warehouseId,
  ]);
