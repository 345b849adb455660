import type { ActorDto } from '../../../src/access/access.dto.js';
import { type Action, ACTIONS } from '../../../src/access/actions.data.js';
import type { LiveStore } from '../live/store.js';
import { isBelow } from './societies.js';

/** Whether somebody holds a role for it anywhere: what the menu offers. The server has the last word. */
export const maySomewhere = (actor: ActorDto | null, action: Action): boolean =>
  (actor?.grants ?? []).some(({ role }) => (ACTIONS[action] as readonly string[]).includes(role));

/** Whether somebody holds one for a society, there or above it. */
export const mayAt = (store: LiveStore, action: Action, societyId: string): boolean =>
  (store.actor?.grants ?? []).some(
    ({ role, societyId: held, teamId, warehouseId }) =>
      (ACTIONS[action] as readonly string[]).includes(role) &&
      !teamId &&
      !warehouseId &&
      isBelow(store, societyId, held),
  );
