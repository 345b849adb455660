import { z } from 'zod';
import { id, instant, shortText } from '../shared/fields.dto.js';

const name = z
  .string()
  .max(60)
  .regex(/^[a-z][a-z.-]*$/);
/** Lines of the record, the newest first. before: the number above which one has read. */
export const linesQuery = z.object({
  before: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(), limit: z.coerce.number().int().min(1).max(200).default(50),
  subject: name.optional(), kind: name.optional(), subjectId: id.optional(), incidentId: id.optional(), who: shortText.optional(),
  from: instant.optional(), to: instant.optional(),
}); // prettier-ignore
export type LinesQuery = z.infer<typeof linesQuery>;

export const recordLineDto = z.object({
  seq: z.int(), kind: z.string(), subject: z.string(), subjectId: id, version: z.int(), incidentId: id.nullable(),
  actorName: z.string().nullable(), occurredAt: instant, receivedAt: instant, data: z.record(z.string(), z.unknown()),
}); // prettier-ignore
export type RecordLineDto = z.infer<typeof recordLineDto>;
/** nextBefore: where to read on; a page may be short or empty and have one, because a search looks at so many lines at a time. */
export const linesDto = z.object({ items: z.array(recordLineDto), nextBefore: z.int().nullable(), lookedAt: z.int() });
export type LinesDto = z.infer<typeof linesDto>;

export const chainQuery = z.object({ after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0) });
export type ChainQuery = z.infer<typeof chainQuery>;
/** A stretch of the chain, checked line by line against the line before it. fault: what is wrong at `atSeq`; null when all of it holds. */
export const chainDto = z.object({
  from: z.int(),
  to: z.int(),
  head: z.int(),
  fault: z.object({ atSeq: z.int(), kind: z.enum(['gap', 'link', 'hash', 'text', 'head']) }).nullable(),
});
export type ChainDto = z.infer<typeof chainDto>;
