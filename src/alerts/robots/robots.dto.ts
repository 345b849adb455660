import { z } from 'zod';
import { id, instant, page, pageQuery, shortText, version } from '../../shared/fields.dto.js';

/** What opens a robot lies in the database under this mark. */
export const SEALED = 'sealed:v1:';
export const isSealed = (text: string): boolean => text.startsWith(SEALED);

export const ROBOT_KINDS = ['dingtalk', 'wecom', 'feishu'] as const;
export const robotKind = z.enum(ROBOT_KINDS);
export type RobotKind = z.infer<typeof robotKind>;
export const severity = z.enum(['I', 'II', 'III', 'IV']);
export const ROBOTS_PER_SOCIETY = 10;

/** A robot in a group. What opens it is not in here and nowhere else that can be read: `hint` are the last four characters of its key. */
export const robotDto = z.object({
  id, societyId: id, societyName: z.string(), kind: robotKind, name: z.string(), hint: z.string(), signed: z.boolean(), severity,
  pausedAt: instant.nullable(), removedAt: instant.nullable(), madeBy: z.string(), madeAt: instant, changedBy: z.string(), changedAt: instant, version,
}); // prettier-ignore
export type RobotDto = z.infer<typeof robotDto>;
/** What it did: `waiting` notices are still to be told, `failed` ones of the last day never were; `lastFailure` null: its last message arrived. */
export const robotStateDto = robotDto.extend({
  /** What opens it is sealed with a key that this server does not have: it tells nothing until the key is back, or its address is entered again. */
  keyLost: z.boolean(),
  lastAt: instant.nullable(), lastFailure: z.string().nullable(), waiting: z.int(), sent: z.int(), failed: z.int(),
}); // prettier-ignore
export type RobotStateDto = z.infer<typeof robotStateDto>;
export const robotPage = page(robotStateDto);

const webhook = z.string().trim().min(10).max(500);
/** The secret of a robot that signs (DingTalk, Feishu). */
const secret = z.string().trim().min(1).max(200).refine((text) => !isSealed(text)); // prettier-ignore
export const addRobot = z.object({
  id: id.optional(), societyId: id, kind: robotKind, name: shortText, webhook, secret: secret.optional(), severity: severity.default('IV'),
}); // prettier-ignore
export type AddRobot = z.infer<typeof addRobot>;
/** What is left out stays. A webhook that is given replaces the old one together with its secret. */
export const changeRobot = z.object({
  version, name: shortText.optional(), severity: severity.optional(), paused: z.boolean().optional(), webhook: webhook.optional(), secret: secret.optional(),
}); // prettier-ignore
export type ChangeRobot = z.infer<typeof changeRobot>;
export const removeRobot = z.object({ version });
export type RemoveRobot = z.infer<typeof removeRobot>;
export const robotsQuery = z.object({ ...pageQuery });
export type RobotsQuery = z.infer<typeof robotsQuery>;
/** Whether the provider took a trial message; else its code or that of the line to it. */
export const robotTrialDto = z.object({ sent: z.boolean(), failure: z.string().nullable() });
export type RobotTrialDto = z.infer<typeof robotTrialDto>;
