import type { WarehouseDto } from '../../../src/relief-stock/relief-stock.dto.js';
import { isBelow } from '../access/societies.js';
import { useSession } from '../access/session.js';
import { useLive } from '../live/hooks.js';

/** Who works at a warehouse's desk: who keeps and checks its goods, and the duty side that orders them. */
const AT_WORK = new Set(['keeper', 'checker', 'dutyOfficer', 'dutyLead']);

/** The warehouses of this person: the named ones, or those of the societies where such a role is held. */
export function useOwnWarehouses(): WarehouseDto[] {
  const { actor } = useSession();
  return useLive(
    ['warehouse', 'society'],
    (store) => {
      const grants = (actor?.grants ?? []).filter(({ role }) => AT_WORK.has(role));
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
