import { z } from 'zod';
import {
  factTimes, flag, id, instant, page, pageQuery, point, requiredText, text, version,
} from '../../shared/fields.dto.js'; // prettier-ignore

/** raised: nobody has taken it up. taken-up: somebody sees to it. ended: with an outcome and a reason. */
export const HELP_CALL_STATES = ['raised', 'taken-up', 'ended'] as const;
export const helpCallState = z.enum(HELP_CALL_STATES);
export type HelpCallState = z.infer<typeof helpCallState>;
/** safe: out of danger; mistake: pressed by mistake; handed-over: somebody else, named in the reason, goes on with it. */
export const HELP_OUTCOMES = ['safe', 'mistake', 'handed-over'] as const;
export const helpOutcome = z.enum(HELP_OUTCOMES);
export type HelpOutcome = z.infer<typeof helpOutcome>;
/** Words and positions that are kept of one call. */
export const MOST_WORDS = 100;

/** Where the phone says that it is, WGS 84; accuracyM: the radius in metres within which it is. */
const position = point.extend({ accuracyM: z.int().min(0).max(1_000_000).optional() });
/** id: made by the phone. The same id again is the same press. */
const said = { id, words: text.default(''), position: position.optional(), ...factTimes };
export const callForHelp = z.object(said);
export type CallForHelp = z.infer<typeof callForHelp>;
/** By somebody who is signed in: for which assignment. */
export const callForHelpFrom = z.object({ assignmentId: id, ...said });
export type CallForHelpFrom = z.infer<typeof callForHelpFrom>;
/** More about a call: words, a position, or both. */
export const addToHelpCall = z.object(said).refine(
  ({ words, position: at }) => words !== '' || at !== undefined, { path: ['words'] },
); // prettier-ignore
export type AddToHelpCall = z.infer<typeof addToHelpCall>;

export const takeUpHelpCall = z.object({ version: version.optional() });
export type TakeUpHelpCall = z.infer<typeof takeUpHelpCall>;
export const endHelpCall = z.object({ outcome: helpOutcome, reason: requiredText, version: version.optional() });
export type EndHelpCall = z.infer<typeof endHelpCall>;

/** deskIds: the desks that have to act, the leading one first. presses: how often it was called before anybody took it up. */
export const helpCallDto = z.object({
  id, incidentId: id, assignmentId: id, teamId: id, unitCode: z.string(), teamName: z.string(), byName: z.string(),
  byRole: z.enum(['leader', 'deputy', 'member']), phone: z.string().nullable(), channel: z.enum(['link', 'in-app']), exercise: z.boolean(),
  state: helpCallState, presses: z.int(), position: point.extend({ accuracyM: z.int().nullable(), at: instant }).nullable(),
  words: z.array(z.object({ id, words: z.string(), occurredAt: instant, receivedAt: instant })), occurredAt: instant, receivedAt: instant,
  takenUpAt: instant.nullable(), takenUpBy: z.string().nullable(), endedAt: instant.nullable(), endedBy: z.string().nullable(),
  outcome: helpOutcome.nullable(), reason: z.string().nullable(), deskIds: z.array(id), version,
}); // prettier-ignore
export type HelpCallDto = z.infer<typeof helpCallDto>;
export const helpCallPage = page(helpCallDto);
export const helpCallsQuery = z.object({
  incidentId: id.optional(),
  teamId: id.optional(),
  open: flag.optional(),
  ...pageQuery,
});
export type HelpCallsQuery = z.infer<typeof helpCallsQuery>;

/** What a link shows of calls for help: whether its person may call, and that person's own calls, newest first. */
export const linkedHelpDto = z.object({ mayCall: z.boolean(), calls: z.array(helpCallDto) });
export type LinkedHelpDto = z.infer<typeof linkedHelpDto>;
