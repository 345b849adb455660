import type { Role } from '../../../src/access/access.dto.js';
import type { WarehouseDto } from '../../../src/relief-stock/relief-stock.dto.js';
import { isBelow } from '../access/societies.js';
import { useSession } from '../access/session.js';
import { useLive } from '../live/hooks.js';

/** Who has work in a warehouse: who keeps it, and who checks or approves its papers. */
const WORKS_THERE: readonly Role[] = ['keeper', 'checker', 'dutyOfficer', 'dutyLead'];

/** Who may look into all that is done there: for proof, or to keep its catalogue. */
const LOOKS_THERE: readonly Role[] = [...WORKS_THERE, 'auditor', 'supervisor', 'administrator'];

/** The warehouses where this person has work: the named ones, or those of the societies where the role is held. */
export const useOwnWarehouses = (): WarehouseDto[] => useWarehousesOf(WORKS_THERE);
/** Those where this person may look; the server refuses what is not for the role. */
export const useWarehousesToSee = (): WarehouseDto[] => useWarehousesOf(LOOKS_THERE);

function useWarehousesOf(roles: readonly Role[]): WarehouseDto[] {
  const { actor } = useSession();
  return useLive(
    ['warehouse', 'society'],
    (store) => {
      const grants = (actor?.grants ?? []).filter(({ role }) => roles.includes(role));
      return store
        .rows('warehouse')
        .filter((warehouse) =>
          grants.some(({ warehouseId, societyId }) =>
            warehouseId ? warehouseId === warehouse.id : isBelow(store, warehouse.societyId, societyId),
          ),
        )
        .sort((a, b) => a.code.localeCompare(b.code));
    },
    [actor, roles],
  );
}
