import type { AlertDto, AnswerAlert } from './alerts.dto.js';
import type { ReplyDto, ReplyReading } from './replies.dto.js';
import { actsAlone, type ParsedReply } from './replies/reply.rules.js';
import { type PersonRole, wantsAnswer } from './run.rules.js';

export type Why = NonNullable<ReplyDto['why']>;

/** A run that told somebody at this number, and whom. */
export interface ToldRun {
  alertId: string;
  kind: AlertDto['kind'];
  raisedAt: Date;
  doneReason: AlertDto['doneReason'];
  personName: string;
  personRole: PersonRole;
}
/** Which run words answer, or, when nobody can know, the runs they may belong to; `why` says why a person must look. */
export type Place = { run: ToldRun; why: Why | null } | { run: null; why: Why; among: ToldRun[] };

/** Clocks of providers differ from ours by less than this; words older than the run answer another one. Our own figure. */
const SKEW_MS = 60_000;

/** Runs of a number, newest first. One that runs and asks wins; several leave it to a person; an ended one makes the words late. */
export function placeReply(told: ToldRun[], sentAt: Date): Place {
  const running = told.filter((run) => run.doneReason === null);
  const asking = running.filter((run) => wantsAnswer(run.kind));
  const among = asking.length > 0 ? asking : running;
  const [run] = among;
  if (run && among.length === 1) return { run, why: whyNotAlone(run, sentAt) };
  if (run) return { run: null, why: 'several-runs', among };
  const [ended] = told;
  return ended ? { run: ended, why: 'late' } : { run: null, why: 'unknown-sender', among: [] };
}

/** An officer of the desk who was told speaks of the team, not for it. */
function whyNotAlone(run: ToldRun, sentAt: Date): Why | null {
  if (sentAt.getTime() < run.raisedAt.getTime() - SKEW_MS) return 'before-the-run';
  return run.kind === 'deploy' && run.personRole !== 'duty' ? null : 'not-the-team';
}

/** Why the words themselves need a person; null when they may be acted on. */
export function whyOfWords(read: ParsedReply): Why | null {
  if (read.answer === 'unclear') return 'unclear';
  return actsAlone(read) ? null : 'not-plain';
}

export const toReading = ({ answer, delayMinutes, headcount, condition }: ParsedReply): ReplyReading => ({
  answer, minutes: delayMinutes ?? null, headcount: headcount ?? null, condition: condition ?? null,
}); // prettier-ignore

const LONGEST_REASON = 400;

/** The answer that plain words give. A no is its own reason. */
export function answerOf(words: string, { answer, delayMinutes: minutes, headcount }: ParsedReply): AnswerAlert {
  if (answer === 'declined') return { answer: 'decline', reason: words.slice(0, LONGEST_REASON) };
  const heads = headcount === undefined ? {} : { headcount };
  return minutes === undefined ? { answer: 'accept', ...heads } : { answer: 'delay', minutes, ...heads };
}
