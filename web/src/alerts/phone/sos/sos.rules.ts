import type { HelpCallDto } from '../../../../../src/dispatch/help-calls/help-call.dto.js';
import type { View } from '../face.rules.js';
import type { Sending } from '../outbox.rules.js';

/** How long the button is held until it calls (S10). */
export const HOLD_MS = 2000;
/** How long a first try may take before the call counts as not delivered. */
export const FIRST_TRY_MS = 2500;

/** How full the ring is, 0 to 1. */
export const fullness = (heldMs: number): number => Math.min(1, Math.max(0, heldMs / HOLD_MS));

export const isPress = ({ path }: Sending): boolean => path.endsWith('/help-calls');

/** What the phone knows of its last press: on its way, not delivered, refused, or heard by the server. */
export type Press = { name: 'none' } | { name: 'sending' | 'undelivered' | 'refused' | 'delivered'; sending: Sending };

export function pressOf(sendings: readonly Sending[], nowMs: number): Press {
  const sending = sendings.filter(isPress).at(-1);
  if (!sending) return { name: 'none' };
  if (sending.state !== 'waiting') return { name: sending.state, sending };
  const late = sending.tries > 0 || nowMs - sending.writtenAtMs > FIRST_TRY_MS;
  return { name: late ? 'undelivered' : 'sending', sending };
}

/** Calls that still stand, the newest first. */
export const standing = (calls: readonly HelpCallDto[]): HelpCallDto[] =>
  calls.filter(({ state }) => state !== 'ended').sort((a, b) => b.receivedAt.localeCompare(a.receivedAt));

/** Words belong to the last press as long as what it called stands, or is still on its way. */
export const takesWords = (press: Press, calls: readonly HelpCallDto[]): boolean =>
  press.name === 'sending' ||
  press.name === 'undelivered' ||
  (press.name === 'delivered' && standing(calls).length > 0);

/** Nobody is asked twice at the wake-up: the button comes with the yes, also with one that is still on its way. */
export function offersCall(view: View, asksForPeople: boolean): boolean {
  if (!asksForPeople) return true;
  if (view.name === 'answered') return view.answer.answer !== 'decline';
  if (view.name === 'sent' || view.name === 'unsent') return view.sending.body.answer !== 'decline';
  return view.name === 'closed';
}
