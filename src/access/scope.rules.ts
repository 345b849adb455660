import type { Role } from './access.dto.js';

/**
 * Scope keys: one way to say who may see a row. A row carries keys, an actor holds keys, and the row is visible if they share one.
 * Rooms of the live feed are named by the same keys. See README.md for the table.
 */
export type ScopeKey = string;
export const EVERYONE: ScopeKey = 'all';
export const teamKey = (teamId: string): ScopeKey => `team:${teamId}`;
export const warehouseKey = (warehouseId: string): ScopeKey => `warehouse:${warehouseId}`;
export const userKey = (userId: string): ScopeKey => `user:${userId}`;

/** '/330000/331000/' → ['/330000/', '/330000/331000/']: a society and all above it. */
export function pathKeys(path: string): ScopeKey[] {
  const parts = path.split('/').filter(Boolean);
  return parts.map((_, n) => `/${parts.slice(0, n + 1).join('/')}/`);
}

/** Keys of a resource (team, warehouse): its society and those above; and, downwards, every society below may see it to ask for it. */
export function resourceKeys(path: string): ScopeKey[] {
  return [...pathKeys(path), `down:${path}`];
}

export interface ActorGrant {
  role: Role;
  societyId: string;
  path: string;
  teamId: string | null;
  warehouseId: string | null;
}

/** What a person may see: the subtree of each society where a role is held and the resources above it, or one team or warehouse. */
export function actorKeys(userId: string, grants: ActorGrant[]): ScopeKey[] {
  const keys = new Set<ScopeKey>([EVERYONE, userKey(userId)]);
  for (const grant of grants) {
    if (grant.teamId) keys.add(teamKey(grant.teamId));
    else if (grant.warehouseId) keys.add(warehouseKey(grant.warehouseId));
    else if (grant.role !== 'teamLeader' && grant.role !== 'member') {
      keys.add(grant.path);
      for (const above of pathKeys(grant.path)) keys.add(`down:${above}`);
    }
  }
  return [...keys];
}

export const isWithin = (path: string, ancestor: string): boolean => path.startsWith(ancestor);
