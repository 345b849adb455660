import type { AlertDto } from './alerts.dto.js';

/** What a message is made of. `channel-test`: no alert at all, the weekly silent test; `channel-trial`: an administrator tries the channel. */
export interface Told {
  kind: AlertDto['kind'] | 'channel-test' | 'channel-trial';
  exercise: boolean;
  incidentTitle: string;
  placeText: string;
  teamName: string;
  message: string;
  link: string;
}
/** The sentence of a key with its places filled. */
export type Say = (key: string, params: Record<string, string>) => string;

/**
 * What a person reads on the phone, and what a desk sees before it sends: who it is for, what and where, the words of the desk, the link. A
 * place that the title names already is not said twice. A call to a desk that brings its own words says those: they tell why it is called.
 */
export function messageText(
  { kind, exercise, incidentTitle, placeText, teamName, message, link }: Told,
  sentence: Say,
): string {
  const say: Say = (key, params) => sentence(`alert-text.${key}`, params);
  const where = incidentTitle.includes(placeText) ? incidentTitle : say('what-where', { incidentTitle, placeText });
  const called = kind === 'duty-call' && message !== '';
  const what = message === '' || called ? where : say('what-said', { what: where, message });
  const words = say(called ? 'duty-call-said' : kind, { what, teamName, message, link });
  return (exercise ? say('exercise', { words }) : words).replace(/\s+/g, ' ');
}
