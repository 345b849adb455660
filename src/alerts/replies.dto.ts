import { z } from 'zod';
import { factTimes, headcount, id, instant, page, pageQuery, flag, requiredText, shortText, text, version } from '../shared/fields.dto.js'; // prettier-ignore
import { answerKind, personRole } from './alerts.dto.js';

/** How words came: by text message or by a key in a call of ours from outside, or told to an officer. */
export const replyChannel = z.enum(['sms', 'voice', 'phone', 'radio', 'wechat', 'in-person']);
/** taken: read and acted on; to-read, late: waits for a person; read: a person said what it means; set-aside: a person said it is no answer. */
export const replyState = z.enum(['taken', 'to-read', 'late', 'read', 'set-aside']);
/** Why a reply waits for a person. */
export const replyWhy = z.enum([
  'unclear', 'not-plain', 'late', 'before-the-run', 'several-runs', 'not-the-team', 'unknown-sender', 'refused',
  'check-short', 'check-differs', 'check-unclear', 'drill-too',
]); // prettier-ignore

/** What the parser made of the words; a proposal, where a person decides. */
export const replyReading = z.object({
  answer: z.enum(['accepted', 'declined', 'unclear']), minutes: z.int().nullable(), headcount: z.int().nullable(),
  condition: z.string().nullable(),
}); // prettier-ignore
export type ReplyReading = z.infer<typeof replyReading>;

/** alertId is null while nobody knows what the words answer; phone is that of a message from outside. */
export const replyDto = z.object({
  id, channel: replyChannel, phone: z.string().nullable(), words: z.string(), personName: z.string().nullable(),
  personRole: personRole.nullable(), alertId: id.nullable(), incidentId: id.nullable(), teamName: z.string(), unitCode: z.string(),
  reading: replyReading, state: replyState, why: replyWhy.nullable(), answerId: id.nullable(), enteredBy: z.string().nullable(),
  decidedBy: z.string().nullable(), decidedAt: instant.nullable(), remark: z.string().nullable(), occurredAt: instant, receivedAt: instant,
  version,
}); // prettier-ignore
export type ReplyDto = z.infer<typeof replyDto>;
export const replyPage = page(replyDto);
export const repliesQuery = z.object({
  waiting: flag.optional(),
  alertId: id.optional(),
  incidentId: id.optional(),
  ...pageQuery,
});
export type RepliesQuery = z.infer<typeof repliesQuery>;

/** Words that an officer heard or read, with whose they are and how they came. */
export const enterReply = z.object({
  id: id.optional(), words: requiredText, channel: replyChannel.exclude(['voice']), onBehalfOf: shortText, ...factTimes,
}); // prettier-ignore
export type EnterReply = z.infer<typeof enterReply>;

/** What waiting words mean. alertId: which run they answer, where nobody knew; onBehalfOf: whose they are, likewise. */
export const readReply = z.object({
  version: version.optional(), alertId: id.optional(), onBehalfOf: shortText.optional(), answer: answerKind,
  minutes: z.int().min(0).max(2880).optional(), headcount: headcount.optional(), reason: text.optional(),
}); // prettier-ignore
export type ReadReply = z.infer<typeof readReply>;

export const setReplyAside = z.object({ version: version.optional(), reason: requiredText });
export type SetReplyAside = z.infer<typeof setReplyAside>;
