import type { OutgoingAlert } from '../channel.service.js';
import { messageText, type Say } from '../message-text.rules.js';
import type { ParsedReply } from '../replies/reply.rules.js';
import { MOST_ATTEMPTS } from '../run.rules.js';

/** What somebody pressed while the call ran. */
export type Pressed = 'accept' | 'decline';
export const KEYS: Readonly<Record<'1' | '2', Pressed>> = { 1: 'accept', 2: 'decline' };
/** How a call ended: somebody (or a machine) took it, nobody did, or the network could not put it through. */
export type CallEnd = 'answered' | 'no-answer' | 'busy' | 'failed';

/** Who took no call is rung up once more after this long; who did not hear the first often hears the second. Our own figure. */
const REDIAL_MS = 30_000;

/** An order asks a question that a key can answer; a call for help wants a person at the desk. */
export const takesKeys = (kind: OutgoingAlert['kind']): boolean => kind === 'deploy';

/** Sentences that are said otherwise than written. */
const SPOKEN = new Set(['deploy', 'deploy-people', 'duty-call', 'duty-call-said', 'channel-trial', 'exercise']);
const PREFIX = 'alert-text.';

/** What is read aloud: what the text message says, without its link, and which keys answer. */
export function spokenText(alert: OutgoingAlert, sentence: Say): string {
  const spoken: Say = (key, params) => {
    const name = key.slice(PREFIX.length);
    return sentence(SPOKEN.has(name) ? `${PREFIX}voice.${name}` : key, params);
  };
  return messageText({ ...alert, link: '' }, spoken);
}

/** A pressed key as words are read: an answer of which nothing is unclear. */
export const readingOfKey = (pressed: Pressed): ParsedReply => ({
  answer: pressed === 'accept' ? 'accepted' : 'declined', confidence: 1, evidence: [],
}); // prettier-ignore

/** When to ring again after a call that nobody took, in milliseconds; null when that was the last or another call would change nothing. */
export const redialAfterMs = (end: CallEnd, attempt: number): number | null =>
  (end === 'no-answer' || end === 'busy') && attempt < MOST_ATTEMPTS ? REDIAL_MS : null;
