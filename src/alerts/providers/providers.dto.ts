import { z } from 'zod';
import { id, instant, phone, shortText } from '../../shared/fields.dto.js';

/** Requests of a provider, in bytes of text. */
export const CALLBACK_BYTES = 64 * 1024;

/** What became of messages that we handed over, by the reference that we gave them. Times and reasons are the provider's own. */
export const smsReceipts = z.object({
  receipts: z
    .array(z.object({ reference: id, status: z.enum(['delivered', 'failed']), reason: shortText.optional() }))
    .min(1)
    .max(200),
});
export type SmsReceipts = z.infer<typeof smsReceipts>;
/**
 * What became of calls that we asked for. answered: somebody, or a machine, took it; pressed: the key, told with the call or after it, as
 * soon as it is known. No key is an answer of a person, and a call without one answers nothing.
 */
export const voiceReceipts = z.object({
  receipts: z
    .array(
      z.object({
        reference: id,
        status: z.enum(['answered', 'no-answer', 'busy', 'failed']),
        pressed: z.enum(['1', '2']).optional(),
        at: instant.optional(),
        reason: shortText.optional(),
      }),
    )
    .min(1)
    .max(200),
});
export type VoiceReceipts = z.infer<typeof voiceReceipts>;
/** moved: receipts that moved a message on. The others were told before, came too late, or are of no message of ours. */
export const receiptsTaken = z.object({ moved: z.int(), unknown: z.int() });
export type ReceiptsTaken = z.infer<typeof receiptsTaken>;

/** Text messages that came in. id: the provider's own number of it; the same number is the same message. */
export const smsReplies = z.object({
  replies: z
    .array(
      z.object({
        id: z.string().regex(/^[\x21-\x7e]{1,100}$/),
        from: phone,
        text: z.string().max(10_000),
        sentAt: instant,
      }),
    )
    .min(1)
    .max(100),
});
export type SmsReplies = z.infer<typeof smsReplies>;
/** kept: messages that are new to us. The others were told before, or have no word in them. */
export const repliesKept = z.object({ kept: z.int() });
export type RepliesKept = z.infer<typeof repliesKept>;

const count = z.int();
const dayFigures = z.object({ waiting: count, handed: count, delivered: count, failed: count });
/** The gateway as it is set and what it did in the last day, as far as the reader may see alerts. Secrets are not in here. */
export const smsGatewayDto = z.object({
  set: z.boolean(), host: z.string().nullable(), auth: z.enum(['hmac', 'bearer']), asked: z.boolean(), callbacks: z.boolean(),
  receiptUrl: z.string(), replyUrl: z.string(), lastReplyAt: instant.nullable(), ownPhone: z.boolean(),
  day: dayFigures,
}); // prettier-ignore
export type SmsGatewayDto = z.infer<typeof smsGatewayDto>;
/** Who makes calls for us as it is set, and what became of a day's calls, as far as the reader may see alerts. */
export const voiceGatewayDto = smsGatewayDto.omit({ replyUrl: true, lastReplyAt: true }).extend({ lastKeyAt: instant.nullable() }); // prettier-ignore
export type VoiceGatewayDto = z.infer<typeof voiceGatewayDto>;
/** The mail server as it is set, and what left by it in the last day, as far as the reader may see alerts. */
export const mailServerDto = z.object({
  set: z.boolean(), host: z.string().nullable(), tls: z.boolean(), signsIn: z.boolean(), from: z.string().nullable(), ownEmail: z.boolean(),
  day: dayFigures,
}); // prettier-ignore
export type MailServerDto = z.infer<typeof mailServerDto>;
/**
 * Text messages, mail and group robots over all societies, for those who keep the system. last…: how the newest message of the last day ended;
 * set is false in a drill, which sends none. keyLost: robots at work whose address nobody can open here.
 */
const wayState = z.object({ set: z.boolean(), lastAt: instant.nullable(), lastFailure: z.string().nullable() });
export const channelStateDto = z.object({
  sms: wayState,
  mail: wayState,
  robots: z.object({ atWork: count, keyLost: count }),
});
export type ChannelStateDto = z.infer<typeof channelStateDto>;
/** How far a trial message got: `failure` is the code of the provider or of the line to it. */
export const trialDto = z.object({
  stage: z.enum(['handed', 'delivered', 'failed']),
  failure: z.string().nullable(),
});
export type TrialDto = z.infer<typeof trialDto>;
