import type { Role, SocietyDto } from '../../../../src/access/access.dto.js';
import { isBelow } from '../../access/societies.js';
import { useSession } from '../../access/session.js';
import { useLive } from '../../live/hooks.js';

const DRAFTS: readonly Role[] = ['dutyOfficer', 'dutyLead', 'administrator'];
const RELEASES: readonly Role[] = ['dutyLead', 'supervisor', 'administrator'];

function useSocieties(roles: readonly Role[]): SocietyDto[] {
  const { actor } = useSession();
  return useLive(
    ['society'],
    (store) => {
      const held = (actor?.grants ?? []).filter(
        ({ role, teamId, warehouseId }) => roles.includes(role) && !teamId && !warehouseId,
      );
      return store
        .rows('society')
        .filter(({ id, level }) => level !== 'township' && held.some(({ societyId }) => isBelow(store, id, societyId)))
        .sort((a, b) => a.adcode.localeCompare(b.adcode));
    },
    [actor],
  );
}
/** The societies whose plans I may draft, and put in force. The server has the last word. */
export const useMayDraft = (): SocietyDto[] => useSocieties(DRAFTS);
export const useMayRelease = (): SocietyDto[] => useSocieties(RELEASES);
