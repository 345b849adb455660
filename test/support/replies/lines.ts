import { readFileSync } from 'node:fs';
import type { Answer } from './reply.js';

/** One reply of a list of lines, and how it is to be read; `minutes` is null where the list does not judge them. */
export interface Line {
  words: string;
  now: Date;
  answer: Answer;
  minutes: number | undefined | null;
  people: number | undefined;
}

const ANSWERS: Record<string, Answer> = { A: 'accepted', D: 'declined', U: 'unclear' };
const figure = (said: string): number | undefined => (said === '' ? undefined : Number(said));

/** Lines "kind|minutes|people|words" (A, D, U; "?" for minutes that are not judged); a line with @ sets the moment in China. */
export function linesOf(file: string, from: Date): Line[] {
  const lines: Line[] = [];
  let now = from;
  for (const line of readFileSync(`test/support/replies/${file}`, 'utf8').trim().split('\n')) {
    if (line.startsWith('@')) {
      now = new Date(`${line.slice(1)}:00+08:00`);
      continue;
    }
    const [kind, minutes, people, words] = line.split('|') as [string, string, string, string];
    const judged = minutes === '?' ? null : figure(minutes);
    lines.push({ words, now, answer: ANSWERS[kind]!, minutes: judged, people: figure(people) });
  }
  return lines;
}
