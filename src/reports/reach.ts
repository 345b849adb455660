import { type Action, type Actor, findSociety, isWithin, may } from '../access/index.js';
import type { Tx } from '../database/index.js';
import { notFound, Problem } from '../shared/problem.js';

/** The societies that a report is about (with all below them), and the one that it was asked for. */
export interface Reach {
  society: { id: string; name: string; path: string } | null;
  paths: string[];
}

/**
 * As far as the actor answers for the action: the society asked for, or every one where he holds a role for it. 404 `society.not-found` for
 * one that does not exist or that he does not answer for; 403 `access.denied` without a role for it. Holders of one warehouse have no path: they
 * are looked at warehouse by warehouse.
 */
export async function reachOf(tx: Tx, actor: Actor, action: Action, societyId: string | undefined): Promise<Reach> {
  const held = actor.grants.filter((grant) => !grant.teamId && mayIn({ ...actor, grants: [grant] }, action, grant));
  if (held.length === 0) throw new Problem('access.denied', { action });
  if (societyId === undefined) {
    const whole = held.filter(({ warehouseId }) => !warehouseId).map(({ path }) => path);
    return { society: null, paths: [...new Set(whole)] };
  }
  const found = await findSociety(tx, societyId);
  if (!found || !held.some(({ path }) => isWithin(found.path, path))) throw notFound('society', societyId);
  return { society: found, paths: [found.path] };
}

const mayIn = (actor: Actor, action: Action, at: { path: string; warehouseId: string | null }): boolean =>
  may(actor, action, { paths: [at.path], ...(at.warehouseId ? { warehouseId: at.warehouseId } : {}) });
