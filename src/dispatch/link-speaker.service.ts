import { deliveryByToken, findAlert, linkHash } from '../alerts/index.js';
import type { Tx } from '../database/index.js';
import { Problem } from '../shared/problem.js';

/** The person of a one-time link, and the assignment that its message is about. */
export interface LinkSpeaker {
  deliveryId: string;
  userId: string | null;
  memberId: string | null;
  name: string;
  role: 'leader' | 'deputy' | 'duty';
  phone: string | null;
  /** null for a desk: one that was told by link is not of the unit. */
  assignmentId: string | null;
}

/** 404 `link.not-found`. */
export async function linkSpeaker(tx: Tx, token: string): Promise<LinkSpeaker> {
  const delivery = await deliveryByToken(tx, linkHash(token));
  if (!delivery) throw new Problem('link.not-found');
  const { id: deliveryId, alertId, userId, memberId, personName: name, personRole: role, phone } = delivery;
  const alert = role === 'duty' ? undefined : await findAlert(tx, alertId);
  return { deliveryId, userId, memberId, name, role, phone, assignmentId: alert?.assignmentId ?? null };
}
