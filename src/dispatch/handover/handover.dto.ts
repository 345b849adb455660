import { z } from 'zod';
import { id, instant, page, pageQuery, requiredText, text, version } from '../../shared/fields.dto.js';

/**
 * What somebody takes over with a desk: calls for help, alerts that nobody answered, people and units that are silent, clocks that run, incidents that are
 * open (one's own, and those that a desk below leads), silences that the auditor found, words that wait for a person, silences that are known and end, alarms that
 * somebody has put aside.
 */
export const HANDOVER_KINDS = [
  'help-call', 'chain-fault', 'person-missing', 'unit-silent', 'alert-unanswered', 'person-silent', 'reply-waiting', 'par-clock', 'par-hold',
  'report-clock', 'task', 'reservation', 'goods-under-way', 'alarm-aside', 'duty-notice', 'incident', 'incident-below',
] as const; // prettier-ignore
export const handoverKind = z.enum(HANDOVER_KINDS);
export type HandoverKind = z.infer<typeof handoverKind>;
export const HANDOVER_STATES = ['drawn', 'taken', 'complete', 'withdrawn'] as const;
export const handoverState = z.enum(HANDOVER_STATES);
export type HandoverState = z.infer<typeof handoverState>;
/** More than this many open matters are not one desk's any more. */
export const MOST_ITEMS = 2000;

/** One open matter. key: the same matter has the same key whenever it is looked for. since, dueAt: of the matter. params: what its kind says. */
export const matterDto = z.object({
  key: z.string(), kind: handoverKind, subjectId: id, incidentId: id.nullable(), title: z.string(), who: z.string().nullable(),
  since: instant.nullable(), dueAt: instant.nullable(), params: z.record(z.string(), z.union([z.string(), z.number()])),
}); // prettier-ignore
export type Matter = z.infer<typeof matterDto>;
/** late: appeared after the list was drawn. settled: was over before anybody had acknowledged it. */
export const handoverItemDto = matterDto.extend({
  id, handoverId: id, line: z.int(), late: z.boolean(), settled: z.boolean(), acknowledgedAt: instant.nullable(),
  acknowledgedBy: z.string().nullable(), note: z.string(), version,
}); // prettier-ignore
export type HandoverItemDto = z.infer<typeof handoverItemDto>;

/** expected: who comes by the roster, or whom the outgoing officer named; to: who really took over. */
export const handoverHeadDto = z.object({
  id, number: z.string(), societyId: id, state: handoverState, fromId: id, fromName: z.string(), expectedId: id.nullable(),
  expectedName: z.string().nullable(), toId: id.nullable(), toName: z.string().nullable(), words: z.string(), reply: z.string(), dueAt: instant,
  drawnAt: instant, takenAt: instant.nullable(), completedAt: instant.nullable(), withdrawnAt: instant.nullable(),
  withdrawnBy: z.string().nullable(), reason: z.string().nullable(), version,
}); // prettier-ignore
export type HandoverHeadDto = z.infer<typeof handoverHeadDto>;
/** The document as the record keeps it: the list as it was drawn and signed. */
export const handoverDto = handoverHeadDto.extend({ items: z.array(handoverItemDto) });
export type HandoverDto = z.infer<typeof handoverDto>;
/** added: matters that appeared since and have no line yet; gone: keys of lines whose matter is over. Looked up at this moment. */
export const handoverViewDto = handoverDto.extend({ added: z.array(matterDto), gone: z.array(z.string()) });
export type HandoverViewDto = z.infer<typeof handoverViewDto>;
export const handoverPage = page(handoverHeadDto);
export const handoversQuery = z.object({ societyId: id, ...pageQuery });
export type HandoversQuery = z.infer<typeof handoversQuery>;
/** What would be handed over now, without a document. */
export const mattersQuery = z.object({ societyId: id });
export type MattersQuery = z.infer<typeof mattersQuery>;
export const mattersDto = z.object({ societyId: id, at: instant, items: z.array(matterDto) });
export type MattersDto = z.infer<typeof mattersDto>;

/** Without expectedId and dueAt what the roster says: the next officer, at the end of the running shift; else in 30 minutes. */
export const drawHandover = z.object({ id: id.optional(), societyId: id, words: text.default(''), expectedId: id.optional(), dueAt: instant.optional() }); // prettier-ignore
export type DrawHandover = z.infer<typeof drawHandover>;
export const handoverStep = z.object({ version });
export type HandoverStep = z.infer<typeof handoverStep>;
/** Of one matter, by its key. note: what the incoming officer says to it. */
export const acknowledgeItem = z.object({ key: z.string().min(1).max(200), note: text.default('') });
export type AcknowledgeItem = z.infer<typeof acknowledgeItem>;
export const completeHandover = handoverStep.extend({ reply: text.default('') });
export type CompleteHandover = z.infer<typeof completeHandover>;
export const withdrawHandover = handoverStep.extend({ reason: requiredText });
export type WithdrawHandover = z.infer<typeof withdrawHandover>;
