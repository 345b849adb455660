import { notFound, Problem } from '../shared/problem.js';
import type { Role } from './access.dto.js';
import { type Action, ACTIONS } from './actions.data.js';
import type { Actor } from './actor.js';
import { isWithin } from './scope.rules.js';

/** Where an action happens: any one of the named societies (by path), or the team or warehouse itself. */
export interface Target {
  paths?: string[];
  teamId?: string;
  warehouseId?: string;
}

export function may(actor: Actor, action: Action, target: Target): boolean {
  const roles: readonly Role[] = ACTIONS[action];
  return actor.grants.some((grant) => {
    if (!roles.includes(grant.role)) return false;
    if (grant.teamId) return grant.teamId === target.teamId;
    if (grant.warehouseId) return grant.warehouseId === target.warehouseId;
    return (target.paths ?? []).some((path) => isWithin(path, grant.path));
  });
}

/** Refuses with 403 `access.denied`. Called with the row's own society, after the lock; never with what the caller claimed. */
export function allow(actor: Actor, action: Action, target: Target): void {
  if (!may(actor, action, target)) throw new Problem('access.denied', { action });
}

export const canSee = (actor: Actor, scope: string[]): boolean => scope.some((key) => actor.keys.includes(key));

/** The row if it exists and the actor may see it; otherwise 404 `<noun>.not-found`, the same for both. */
export function visibleOr404<T extends { scope: string[] }>(
  actor: Actor,
  row: T | undefined,
  noun: string,
  id: string,
): T {
  if (!row || !canSee(actor, row.scope)) throw notFound(noun, id);
  return row;
}
