import type { AlertDto } from './alerts.dto.js';

/** What a message is made of. `channel-test`: no alert at all, the weekly silent test; `channel-trial`: an administrator tries the channel. */
export interface Told {
  kind: AlertDto['kind'] | 'channel-test' | 'channel-trial';
  exercise: boolean;
  /** The drill that a text message leaves, by whose name an answer finds it. */
  drill?: number;
  incidentTitle: string;
  /** A kind of incident, or '' where there is none. */
  incidentKind: string;
  /** People asked for, where a team is asked to go and the number is known. */
  headcount: number | null;
  placeText: string;
  teamName: string;
  message: string;
  link: string;
}
/** Kinds that tell nothing. */
const NO_WORD = ['', 'other'];
/** The sentence of a key with its places filled. */
export type Say = (key: string, params: Record<string, string>) => string;

/** What happened in a few words: the title, and before it the kind (in words, '' where there is none) unless the title has it. */
export const whatHappened = (title: string, kind: string, join: (kind: string, title: string) => string): string =>
  kind === '' || title.includes(kind) ? title : join(kind, title);

/**
 * What a person reads on the phone, and what a desk sees before it sends: who it is for and how many, what and where, the words of the desk,
 * the link. A kind or place that the title names already is not said twice. The number stands before the question: the alert that comes back
 * with an answer is known by it and what is behind it (`replies/reply-text.rules`). A call to a desk that brings its own words says those: they tell why it is called.
 */
export function messageText(
  { kind, exercise, drill, incidentTitle, incidentKind, placeText, teamName, headcount, message, link }: Told,
  sentence: Say,
): string {
  const say: Say = (key, params) => sentence(`alert-text.${key}`, params);
  const kindWords = NO_WORD.includes(incidentKind) ? '' : say(`incident.${incidentKind}`, {});
  const happened = whatHappened(incidentTitle, kindWords, (word, title) => say('what-kind', { kind: word, title }));
  const where = incidentTitle.includes(placeText) ? happened : say('what-where', { what: happened, placeText });
  const called = kind === 'duty-call' && message !== '';
  const what = message === '' || called ? where : say('what-said', { what: where, message });
  const asked = kind === 'deploy' && headcount !== null;
  const key = called ? 'duty-call-said' : asked ? 'deploy-people' : kind;
  const words = say(key, { what, teamName, message, link, headcount: String(headcount) });
  const named = drill !== undefined && !kind.startsWith('channel-'); // a test of the channels asks for no answer
  const marked = named ? say('exercise-code', { words, number: String(drill) }) : say('exercise', { words });
  return (exercise ? marked : words).replace(/\s+/g, ' ');
}
