import type { AnswerAlert } from '../../../src/alerts/alerts.dto.js';

/** What an officer hears on the phone, as it is typed. */
export type Heard = { minutes: string; headcount: string; words: string };
export const NOTHING_HEARD: Heard = { minutes: '', headcount: '', words: '' };

const figure = (text: string): number | undefined => (/^\d+$/.test(text.trim()) ? Number(text) : undefined);

/** A yes with a delay in minutes or with conditions in words, either with fewer people; null while neither is said. */
export function promiseOf({ minutes, headcount, words }: Heard): AnswerAlert | null {
  const [late, people, reason] = [figure(minutes), figure(headcount), words.trim()];
  if (late === undefined && reason === '') return null;
  return {
    ...(late === undefined ? { answer: 'conditions' } : { answer: 'delay', minutes: late }),
    ...(people === undefined || people < 1 ? {} : { headcount: people }),
    ...(reason === '' ? {} : { reason }),
  };
}
