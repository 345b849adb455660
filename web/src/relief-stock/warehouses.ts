import type { WarehouseDto } from '../../../src/relief-stock/relief-stock.dto.js';
import { useSession } from '../access/session.js';
import { useLive } from '../live/hooks.js';

/** The warehouses whose goods this person keeps: the named ones, or those of the societies where the role is held. */
export function useOwnWarehouses(): WarehouseDto[] {
  const { actor } = useSession();
  return useLive(
    ['warehouse', 'society'],
    (store) => {
      const grants = (actor?.grants ?? []).filter(({ role }) => role === 'keeper');
      const below = (societyId: string, ancestorId: string): boolean => {
        for (let id: string | null = societyId; id; id = store.row('society', id)?.parentId ?? null)
          if (id === ancestorId) return true;
        return false;
      };
      return store
        .rows('warehouse')
        .filter((warehouse) =>
          grants.some(({ warehouseId, societyId }) =>
            warehouseId ? warehouseId === warehouse.id : below(warehouse.societyId, societyId),
          ),
        )
        .sort((a, b) => a.code.localeCompare(b.code));
    },
    [actor],
  );
}
