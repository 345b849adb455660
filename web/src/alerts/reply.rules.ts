import type { AnswerAlert } from '../../../src/alerts/alerts.dto.js';
import type { ReplyDto } from '../../../src/alerts/replies.dto.js';
import { NOTHING_HEARD } from '../dispatch/promise.rules.js';
import type { Heard } from '../dispatch/promise.rules.js';

/** How long words may lie before the desk is called to them, in seconds. Our own figure. */
export const REPLY_LIMIT_S = 60;
const LONGEST_REASON = 400;
type Words = Pick<ReplyDto, 'reading' | 'words'>;

/** The yes that a press gives: with the figures and the condition that were read, or a bare one. */
export function yesOf({ reading }: Words): AnswerAlert {
  const { answer, minutes, headcount, condition } = reading;
  if (answer !== 'accepted') return { answer: 'accept' };
  const heads = headcount === null ? {} : { headcount };
  const late = minutes === null ? {} : { minutes };
  if (condition !== null) return { answer: 'conditions', reason: condition, ...late, ...heads };
  return { answer: minutes === null ? 'accept' : 'delay', ...late, ...heads };
}

/** The no that a press gives: their words are the reason. */
export const noOf = ({ words }: Words): AnswerAlert => ({ answer: 'decline', reason: words.slice(0, LONGEST_REASON) });

/** What was read, for the officer to correct. */
export function heardOf({ reading }: Words): Heard {
  if (reading.answer !== 'accepted') return NOTHING_HEARD;
  const figure = (value: number | null) => (value === null ? '' : String(value));
  return { minutes: figure(reading.minutes), headcount: figure(reading.headcount), words: reading.condition ?? '' };
}
