import type { Role, SocietyDto } from '../../../src/access/access.dto.js';
import { useSession } from '../access/session.js';
import { isBelow } from '../access/societies.js';
import { useLive } from '../live/hooks.js';

const RUN: readonly Role[] = ['dutyLead', 'supervisor'];

/** The societies for which I may run a drill. The server has the last word. */
export function useMayRunDrills(): SocietyDto[] {
  const { actor } = useSession();
  return useLive(
    ['society'],
    (store) => {
      const held = (actor?.grants ?? []).filter(({ role }) => RUN.includes(role));
      return store
        .rows('society')
        .filter(({ id, level }) => level !== 'township' && held.some(({ societyId }) => isBelow(store, id, societyId)))
        .sort((a, b) => a.adcode.localeCompare(b.adcode));
    },
    [actor],
  );
}
