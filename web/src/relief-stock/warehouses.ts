import type { WarehouseDto } from '../../../src/relief-stock/relief-stock.dto.js';
import { isBelow } from '../access/societies.js';
import { useSession } from '../access/session.js';
import { useLive } from '../live/hooks.js';

/** The warehouses whose goods this person keeps or checks: the named ones, or those of the societies where the role is held. */
export function useOwnWarehouses(): WarehouseDto[] {
  const { actor } = useSession();
  return useLive(
    ['warehouse', 'society'],
    (store) => {
      const grants = (actor?.grants ?? []).filter(({ role }) => role === 'keeper' || role === 'checker');
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
