import type { Role } from '../../../src/access/access.dto.js';
import type { WarehouseDto } from '../../../src/relief-stock/relief-stock.dto.js';
import { isBelow } from '../access/societies.js';
import { useSession } from '../access/session.js';
import { useLive } from '../live/hooks.js';

/** Who has work in a warehouse: who keeps it, and who checks or approves its papers. */
const WORKS_THERE: readonly Role[] = ['keeper', 'checker', 'dutyOfficer', 'dutyLead'];

/** The warehouses where this person has work: the named ones, or those of the societies where the role is held. */
export function useOwnWarehouses(): WarehouseDto[] {
  const { actor } = useSession();
  return useLive(
    ['warehouse', 'society'],
    (store) => {
      const grants = (actor?.grants ?? []).filter(({ role }) => WORKS_THERE.includes(role));
      return store
        .rows('warehouse')
        .filter((warehouse) =>
          grants.some(({ warehouseId, societyId }) =>
            warehouseId ? warehouseId === warehouse.id : isBelow(store, warehouse.societyId, societyId),
          ),
        )
        .sort((a, b) => a.code.localeCompare(b.code));
    },
    [actor],
  );
}
