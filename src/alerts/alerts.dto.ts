import { z } from 'zod';
import {
  factTimes,
  flag,
  headcount,
  id,
  instant,
  page,
  pageQuery,
  point,
  reason,
  shortText,
  text,
  version,
} from '../shared/fields.dto.js';

export const alertKind = z.enum(['deploy', 'information', 'stand-down', 'duty-call']);
export const channel = z.enum(['in-app', 'link', 'sms', 'voice', 'mail']);
/** Stages only move forward; failed, expired and cancelled are ends. */
export const deliveryStage = z.enum([
  'planned',
  'handed',
  'delivered',
  'displayed',
  'opened',
  'failed',
  'expired',
  'cancelled',
]);
export const answerKind = z.enum(['accept', 'decline', 'delay', 'conditions']);
/** Why an escalation run ended. While null, nextDueAt says when it moves on (D2). */
export const doneReason = z.enum(['answered', 'withdrawn', 'exhausted', 'stood-down']);

export const personRole = z.enum(['leader', 'deputy', 'duty']);

/** One message to one person by one channel; a repeated attempt is a row of its own. handedAt: when it left us; throughQuiet: in the person's quiet hours. */
export const deliveryDto = z.object({
  id, step: z.int(), personName: z.string(), personRole, memberId: id.nullable(), userId: id.nullable(),
  channel, attempt: z.int(), stage: deliveryStage, stageAt: instant, handedAt: instant.nullable(), failure: z.string().nullable(),
  throughQuiet: z.boolean(),
}); // prettier-ignore
export type DeliveryDto = z.infer<typeof deliveryDto>;

/** words: as they came, where the answer was read from free text. */
export const answerDto = z.object({
  id, answer: answerKind, minutes: z.int().nullable(), headcount: z.int().nullable(), reason: z.string().nullable(), byName: z.string(),
  onBehalfOf: z.string().nullable(), channel: z.enum(['in-app', 'link', 'desk', 'sms', 'voice']), words: z.string().nullable(), occurredAt: instant,
  receivedAt: instant,
}); // prettier-ignore
export type AnswerDto = z.infer<typeof answerDto>;

/** One escalation run. Steps count from 1; a step that had nobody to tell is in `skipped` with the reason. */
export const alertDto = z.object({
  id, kind: alertKind, incidentId: id, missionId: id.nullable(), assignmentId: id.nullable(), teamId: id.nullable(), unitCode: z.string(),
  teamName: z.string(), message: z.string(), severity: z.string(), exercise: z.boolean(), placeText: z.string(), location: point,
  step: z.int(), steps: z.int(), skipped: z.array(z.object({ step: z.int(), role: personRole, reason })), waitingFor: z.string().nullable(), raisedAt: instant, nextDueAt: instant.nullable(), doneReason: doneReason.nullable(),
  doneAt: instant.nullable(), deliveries: z.array(deliveryDto), answers: z.array(answerDto), version,
}); // prettier-ignore
export type AlertDto = z.infer<typeof alertDto>;
export const alertPage = page(alertDto);
export const alertsQuery = z.object({
  mine: flag.optional(),
  open: flag.optional(),
  incidentId: id.optional(),
  ...pageQuery,
});
export type AlertsQuery = z.infer<typeof alertsQuery>;

/** onBehalfOf: whose words a duty officer enters, with how they came (for example 电话). */
export const answerAlert = z.object({
  id: id.optional(), answer: answerKind, minutes: z.int().min(0).max(2880).optional(), headcount: headcount.optional(),
  reason: text.optional(), onBehalfOf: shortText.optional(), ...factTimes,
}); // prettier-ignore
export type AnswerAlert = z.infer<typeof answerAlert>;

/** The secret of a one-time link; anything that is not ours is unknown, not malformed. */
export const linkToken = z.string().max(200);

/** What a one-time link shows: one alert and nothing else. headcount: people asked for; null where nobody is asked to go. */
export const linkedAlertDto = z.object({
  alertId: id, personName: z.string(), teamName: z.string(), unitCode: z.string(), kind: alertKind, severity: z.string(),
  incidentTitle: z.string(), incidentKind: z.string(), headcount: z.int().nullable(), exercise: z.boolean(), placeText: z.string(), location: point,
  message: z.string(), raisedAt: instant, nextDueAt: instant.nullable(),
  doneReason: doneReason.nullable(), answered: answerDto.nullable(), dutyPhone: z.string().nullable(),
}); // prettier-ignore
export type LinkedAlertDto = z.infer<typeof linkedAlertDto>;

export const funnelDto = z.object({
  incidentId: id,
  people: z.array(z.object({
    alertId: id, teamName: z.string(), personName: z.string(), personRole: z.string(), step: z.int(), open: z.boolean(),
    channels: z.array(z.object({
      channel, attempt: z.int(), stage: deliveryStage, stageAt: instant, handedAt: instant.nullable(), failure: z.string().nullable(),
      throughQuiet: z.boolean(),
    })),
    answer: answerKind.nullable(), answeredAt: instant.nullable(),
  })),
}); // prettier-ignore
export type FunnelDto = z.infer<typeof funnelDto>;
