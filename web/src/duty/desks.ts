import type { Role, SocietyDto } from '../../../src/access/access.dto.js';
import { useSession } from '../access/session.js';
import { isBelow } from '../access/societies.js';
import { useLive } from '../live/hooks.js';

const SITS: readonly Role[] = ['dutyOfficer', 'dutyLead'];
const PLANS: readonly Role[] = [...SITS, 'supervisor', 'administrator'];

/** The desks whose duty is my business, my own first; the server has the last word. */
export function useDesks(roles: readonly Role[] = PLANS): SocietyDto[] {
  const { actor } = useSession();
  return useLive(
    ['society'],
    (store) => {
      const held = (actor?.grants ?? []).filter(
        ({ role, teamId, warehouseId }) => roles.includes(role) && !teamId && !warehouseId,
      );
      const own = new Set(held.map(({ societyId }) => societyId));
      return store
        .rows('society')
        .filter(({ id, level }) => level !== 'township' && held.some(({ societyId }) => isBelow(store, id, societyId)))
        .sort((a, b) => Number(own.has(b.id)) - Number(own.has(a.id)) || a.adcode.localeCompare(b.adcode));
    },
    [actor],
  );
}
/** The desks at which I may hand over and take over. */
export const useMyDesks = (): SocietyDto[] => useDesks(SITS);
