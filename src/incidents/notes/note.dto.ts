import { z } from 'zod';
import {
  factTimes, id, instant, longText, page, pageQuery, phone, requiredText, shortText, version,
} from '../../shared/fields.dto.js'; // prettier-ignore
import { incidentStatus, shownReporter } from '../incidents.dto.js';

/** in: somebody spoke to the desk; out: the desk spoke to somebody; internal: a note of the desk for itself. */
export const NOTE_DIRECTIONS = ['in', 'out', 'internal'] as const;
export const noteDirection = z.enum(NOTE_DIRECTIONS);
export const NOTE_CHANNELS = ['phone', 'radio', 'message', 'written', 'in-person'] as const;
export const noteChannel = z.enum(NOTE_CHANNELS);
/** Notes that are kept of one incident. */
export const MOST_NOTES = 2000;
/** How long before the report of its incident something may have been said. */
export const NOTE_BACK_DAYS = 30;

/**
 * person, organisation, phone: of the other end; one of them at least, but for an internal note. occurredAt: when it was said; left out,
 * now, or when what it corrects was said. answersId: the note
 * that this one answers. correctsId: the note that this one stands in for, with the reason why.
 */
export const recordNote = z.object({
  id: id.optional(), direction: noteDirection, channel: noteChannel.default('phone'), person: shortText.optional(),
  organisation: shortText.optional(), phone: phone.optional(), words: longText.min(1), answersId: id.optional(), correctsId: id.optional(),
  correctionReason: requiredText.optional(), ...factTimes,
}).refine(
  ({ direction, person, organisation, phone: number }) => direction === 'internal' || (person ?? organisation ?? number) !== undefined,
  { path: ['person'] },
).refine(({ correctsId, correctionReason }) => (correctsId === undefined) === (correctionReason === undefined), { path: ['correctionReason'] }); // prettier-ignore
export type RecordNote = z.infer<typeof recordNote>;

/** "Note 3", and of which incident: after a merge a note may speak of one of another number. */
export const noteRef = z.object({ id, serial: z.int(), incidentNumber: z.string() });
/**
 * correctedBy: the note that stands in for this one; it counts no more, but stays. version: 2 from then on. hidden: person and phone are not
 * for the asker, as with a reporter.
 */
export const noteDto = z.object({
  id, incidentId: id, incidentNumber: z.string(), serial: z.int(), direction: noteDirection, channel: noteChannel,
  person: z.string().nullable(), organisation: z.string().nullable(), phone: z.string().nullable(), words: z.string(),
  answers: noteRef.nullable(), corrects: noteRef.nullable(), correctionReason: z.string().nullable(), correctedBy: noteRef.nullable(),
  recordedBy: z.string(), occurredAt: instant, recordedAt: instant, receivedAt: instant, version, hidden: z.literal(true).optional(),
}); // prettier-ignore
export type NoteDto = z.infer<typeof noteDto>;

/** How an incident was first heard of: the call with which its log begins. mergedInto: the incident into which it went. */
export const firstCallDto = z.object({
  incidentId: id, incidentNumber: z.string(), title: z.string(), status: incidentStatus, reporter: shownReporter, whatHappened: z.string(),
  occurredAt: instant, reportedAt: instant, mergedInto: z.object({ id, number: z.string() }).nullable(),
}); // prettier-ignore
export type FirstCallDto = z.infer<typeof firstCallDto>;
/** Notes of an incident and of all that were merged into it, the newest talk first; firstCalls: the reports of all of them, its own first. */
export const notePage = page(noteDto).extend({ firstCalls: z.array(firstCallDto) });
export type NotePage = z.infer<typeof notePage>;
export const notesQuery = z.object({ direction: noteDirection.optional(), ...pageQuery });
export type NotesQuery = z.infer<typeof notesQuery>;
