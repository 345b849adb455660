/**
 * Replies by text message to a deploy alert ("answer at once whether you can set out"), as leaders and members might
 * send them: with slips of the finger and of speech input, touches of Wu dialect, traditional signs, quoted alerts,
 * strangers on an old number. All are invented; the names in them are nobody's. How each one is to be read:
 *
 * Answer
 * - `unclear` whenever a careful duty officer would ring back: a wrong yes and a wrong no cost more than a call.
 * - Words of receipt alone are no answer: received, seen, noted, "here", a thumb. The alert asks "can you or not" and
 *   offers no digits, so "1" alone means nothing more. "Fine" and "OK" alone are a yes; beside a word of receipt they
 *   are not. Words of ability or will alone are an answer: can,
 *   may, no problem, coming, going; so are "no time" and "cannot get away".
 * - A reason without a yes or a no (abroad, ill, in a meeting, no driver) is unclear.
 * - A hedge on whether (perhaps, should, will try) is unclear; one on when or how many (about, at least) is not.
 * - A question alone is unclear, also one that asks leave ("in two hours, all right?"). After a plain yes it changes
 *   nothing.
 * - Who hands the alert to somebody else, or speaks for another, is unclear: that one has not answered. A plain no with
 *   "ask others" is a no; "X cannot, I come" is a yes.
 * - Another day without an hour is unclear; later today without an hour is a yes without a delay.
 * - A figure alone is a yes if it says of what: a delay, people, a clock time with "arrive" or a part of day. A bare
 *   number is unclear.
 * - Within one text the last plain word counts; if it ends in doubt, unclear. Double negations are read to their end.
 * - A quoted alert is not part of the answer.
 *
 * Condition
 * - What the duty desk can do or grant (a vehicle, kit, a letter to the employer) makes it accepted with `condition`,
 *   also in the form "unless … cannot".
 * - What only the sender's own affairs, others or the weather settle (leave, children, fever, rain) is unclear. What is
 *   sure to come today (the end of a shift, of a meeting) is a yes without a delay.
 * - What is done already, what the sender does himself, and a limit ("until six") are no condition.
 *
 * Headcount
 * - "I bring two" is three; "we are five", "five people", "with me five" are five; named people count with the sender.
 * - Boats, vehicles, dogs and the numbers of squads are not people; people per vehicle times vehicles are.
 * - Of a range the fewer; "about eight" and "only eight" are eight. No number and nobody named: no headcount.
 *
 * Delay
 * - Minutes from the reply to arrival, or to setting out if only that is said; with both, to arrival (legs add up).
 * - Of a range the longer; "within", "about", "at the earliest" give the figure as said.
 * - At once, soon, later: no delay. Times of other things (a shift, a train, a call back) are no delay.
 * - A clock time is the next one after the moment of the reply; an hour without a part of day is read on the
 *   twelve-hour face, so "six" at 17:10 is 18:00.
 */
import { ACCEPTED } from './accepted.js';
import { ACCEPTED_WITH_FIGURES } from './accepted-figures.js';
import { DECLINED } from './declined.js';
import type { Reply } from './reply.js';
import { UNCLEAR } from './unclear.js';

export type { Answer, Expected, Reply } from './reply.js';

export const REPLIES: readonly Reply[] = [...ACCEPTED, ...ACCEPTED_WITH_FIGURES, ...DECLINED, ...UNCLEAR];
