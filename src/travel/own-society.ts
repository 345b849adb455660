import { type Actor, allow, canSee, findSociety, resourceKeys, type SocietyRow } from '../access/index.js';
import type { Tx } from '../database/index.js';
import { notFound } from '../shared/problem.js';

/** The society whose roads an actor speaks for. 404 `society.not-found`; 403 `access.denied`. */
export async function ownSociety(tx: Tx, actor: Actor, id: string): Promise<SocietyRow> {
  const society = await findSociety(tx, id);
  if (!society || !canSee(actor, resourceKeys(society.path))) throw notFound('society', id);
  allow(actor, 'travel.manage', { paths: [society.path] });
  return society;
}
