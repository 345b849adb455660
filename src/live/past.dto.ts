import { z } from 'zod';
import { alertDto } from '../alerts/alerts.dto.js';
import { rollDto } from '../dispatch/accountability/roll.dto.js';
import { chainFaultDto } from '../dispatch/audit/chain-audit.dto.js';
import { assignmentDto, supplyOrderDto } from '../dispatch/dispatch.dto.js';
import { helpCallDto } from '../dispatch/help-calls/help-call.dto.js';
import { incidentDto } from '../incidents/incidents.dto.js';
import { responseDto, taskDto } from '../incidents/response/responses.dto.js';
import { teamUnitDto } from '../rescue-teams/rescue-teams.dto.js';
import { clockSettingDto } from '../settings/settings.dto.js';
import { id, instant } from '../shared/fields.dto.js';

/** How far back a board is rebuilt. */
export const PAST_DAYS = 366;
/** Rows that one board holds at most. */
export const MOST_PAST_ROWS = 5000;
/** Numbers of the record among which the step before and the step after are looked for. */
export const STEP_WINDOW = 20_000;
/** Boards that one session may ask for in a minute. */
export const PAST_PER_MINUTE = 60;
/** Things without a line that are named, of each kind. */
export const MOST_UNRECORDED = 500;

/** What a past board is rebuilt from, each with its list; the same names as in the snapshot. */
export const PAST_LISTS = {
  incident: 'incidents', 'team-unit': 'teamUnits', assignment: 'assignments', roll: 'rolls', 'help-call': 'helpCalls',
  'supply-order': 'supplyOrders', alert: 'alerts', 'chain-fault': 'chainFaults', response: 'responses', task: 'tasks',
  'clock-setting': 'clockSettings',
} as const; // prettier-ignore
export type PastSubject = keyof typeof PAST_LISTS;
/** The fields of each, as they are written today: an old line may lack some. */
export const PAST_ROWS = {
  incident: incidentDto, 'team-unit': teamUnitDto, assignment: assignmentDto, roll: rollDto, 'help-call': helpCallDto,
  'supply-order': supplyOrderDto, alert: alertDto, 'chain-fault': chainFaultDto, response: responseDto, task: taskDto,
  'clock-setting': clockSettingDto,
} as const satisfies Record<PastSubject, z.ZodObject>; // prettier-ignore

/** at: the moment; or seq: the number of the record up to which it is rebuilt. societyId: as that desk saw it. incidentId: only that one and its work. */
export const pastQuery = z.object({
  at: instant.optional(), seq: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(), societyId: id.optional(), incidentId: id.optional(),
}).refine(({ at, seq }) => (at === undefined) !== (seq === undefined), { path: ['at'] }); // prettier-ignore
export type PastQuery = z.infer<typeof pastQuery>;

const moment = z.object({ seq: z.int(), at: instant });
/**
 * The board of a moment, rebuilt from the record alone. change: the newest change up to then that the asker may see; previous, next: those beside it.
 * unrecorded: what is there now and had no line by then: its state of then is not known. lacking: fields that lines of then did not have yet.
 */
export const pastBoardDto = z.object({
  seq: z.int(), at: instant, recordFrom: instant, change: moment.extend({
    kind: z.string(), subject: z.string(), subjectId: id, incidentId: id.nullable(), actorName: z.string().nullable(),
    data: z.record(z.string(), z.unknown()),
  }).nullable(), previous: moment.nullable(), next: moment.nullable(),
  incidents: z.array(incidentDto), teamUnits: z.array(teamUnitDto), assignments: z.array(assignmentDto), rolls: z.array(rollDto),
  helpCalls: z.array(helpCallDto), supplyOrders: z.array(supplyOrderDto), alerts: z.array(alertDto), chainFaults: z.array(chainFaultDto),
  responses: z.array(responseDto), tasks: z.array(taskDto), clockSettings: z.array(clockSettingDto),
  unrecorded: z.object({
    incidents: z.array(z.object({ id, number: z.string() })), teamUnits: z.array(z.object({ id, code: z.string(), teamName: z.string() })),
  }),
  lacking: z.array(z.object({ subject: z.string(), fields: z.array(z.string()) })),
}); // prettier-ignore
export type PastBoardDto = z.infer<typeof pastBoardDto>;
