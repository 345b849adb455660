import { z } from 'zod';
import { id, instant, requiredText } from '../shared/fields.dto.js';

/** Every alarm that a console can derive; `act.<code>` in the web's words says what to do about it. */
export const ALARM_CODES = [
  'nobody', 'answer', 'departure', 'arrival', 'check-in', 'par', 'par-missed', 'missing', 'approval', 'task', 'reply', 'chain', 'handover', 'help-call',
] as const; // prettier-ignore
export const alarmCode = z.enum(ALARM_CODES);
export type AlarmCode = z.infer<typeof alarmCode>;
export const alarmSeverity = z.enum(['I', 'II', 'III', 'IV']);
export type AlarmSeverity = z.infer<typeof alarmSeverity>;

/** How long an alarm may be put aside, in minutes (C-17). */
export const MOST_SNOOZE_MIN: Record<AlarmSeverity, number> = { I: 30, II: 30, III: 480, IV: 480 };
/** What one console may say at once. */
export const MOST_NOTED = 50;
export const MOST_STANDING = 500;
/** The longest span of a report, in days. */
export const MOST_HEALTH_DAYS = 93;

/**
 * source: what rings, the same on every console and for as long as it may ring again; since: the moment that its clock counts from; societyId:
 * at whose desk.
 */
export const alarmNote = z.object({
  source: z.string().regex(/^[0-9a-z][0-9a-z./:-]{0,159}$/), since: instant, code: alarmCode, societyId: id, incidentId: id.nullable().default(null),
}); // prettier-ignore
export type AlarmNote = z.infer<typeof alarmNote>;

/** raised: alarms without a row; standing and gone: rows of which the cause is still there, or was a moment ago. */
export const noteAlarms = z.object({
  raised: z.array(alarmNote).max(MOST_NOTED).default([]), standing: z.array(id).max(MOST_STANDING).default([]),
  gone: z.array(id).max(MOST_NOTED).default([]),
}); // prettier-ignore
export type NoteAlarms = z.infer<typeof noteAlarms>;
export const acknowledgeAlarms = z.object({ alarms: z.array(alarmNote).min(1).max(MOST_NOTED) });
export type AcknowledgeAlarms = z.infer<typeof acknowledgeAlarms>;
export const snoozeAlarm = z.object({ minutes: z.int().min(1).max(MOST_SNOOZE_MIN.IV), reason: requiredText });
export type SnoozeAlarm = z.infer<typeof snoozeAlarm>;

/**
 * One alarm at one desk. raises: how often it was raised, again within a minute each time; level: how many desks above hear it too;
 * an alarm is acknowledged, or put aside until `snoozedUntil`, or calls.
 */
export const alarmDto = z.object({
  id, societyId: id, source: z.string(), since: instant, code: alarmCode, severity: alarmSeverity, incidentId: id.nullable(), exercise: z.boolean(),
  raisedAt: instant, raises: z.int(), raisedAgainAt: instant.nullable(), clearedAt: instant.nullable(),
  acknowledgedAt: instant.nullable(), acknowledgedBy: z.string().nullable(), snoozedAt: instant.nullable(), snoozedUntil: instant.nullable(),
  snoozedBy: z.string().nullable(), snoozeReason: z.string().nullable(), level: z.int(), version: z.int(),
}); // prettier-ignore
export type AlarmDto = z.infer<typeof alarmDto>;
export const alarmsDto = z.object({ alarms: z.array(alarmDto) });
export type AlarmsDto = z.infer<typeof alarmsDto>;

const DAY_MS = 86_400_000;
export const alarmHealthQuery = z.object({ societyId: id, from: instant, to: instant }).refine(
  ({ from, to }) => Date.parse(to) > Date.parse(from) && Date.parse(to) - Date.parse(from) <= MOST_HEALTH_DAYS * DAY_MS,
  { path: ['to'] },
); // prettier-ignore
export type AlarmHealthQuery = z.infer<typeof alarmHealthQuery>;

const share = z.number().min(0).max(1).nullable();
/**
 * How a desk's alarms did in a span, exercises left out. Shares are 0 to 1; what cannot be said (nothing was raised) is null.
 * operatorHoursBy: the roster where one is kept, else one seat manned all the time. goal: what the standards ask for, to be shown beside it.
 */
export const alarmHealthDto = z.object({
  societyId: id, from: instant, to: instant, raised: z.int(), operatorHours: z.number(), operatorHoursBy: z.enum(['roster', 'span']),
  perOperatorHour: z.number().nullable(), floodShare: share, mostInTenMinutes: z.int(), stale: z.int(), chattering: z.int(),
  bySeverity: z.array(z.object({ severity: alarmSeverity, raised: z.int(), share })),
  answered: z.int(), unanswered: z.int(), acknowledgeP50S: z.number().nullable(), acknowledgeP90S: z.number().nullable(),
  goal: z.object({
    perOperatorHour: z.number(), floodShare: z.number(), stale: z.int(), chattering: z.int(), severityShares: z.array(z.number()),
  }),
}); // prettier-ignore
export type AlarmHealthDto = z.infer<typeof alarmHealthDto>;
