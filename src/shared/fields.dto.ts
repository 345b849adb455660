import { z } from 'zod';

/** Field schemas that every wire schema is built from. Each limit is stated once, here. */
export const LIMITS = {
  shortText: 80,
  text: 400,
  longText: 4000,
  list: 200,
  /** Lines of one warehouse paper: posted in one statement a table, whatever their number. */
  documentLines: 2000,
  page: 500,
  units: 10_000_000,
  headcount: 2000,
};

/** Half of a character: the database would keep another text than the record. */
const LONE_SURROGATE = /\p{Surrogate}/u;
const CONTROL = String.raw`\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f`;
/**
 * Signs that nobody sees: they come along with what is copied from a telephone's contacts or a page, turn what stands beside them around, or make
 * an empty field look filled. They are left out, not refused: who has typed them cannot find them. Joiners stay, scripts and emoji need them.
 */
const UNSEEN = /[\u200b\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;
const seen = (text: string): string => text.replace(UNSEEN, '');
const clean = (max: number, refused = CONTROL) =>
  z
    .string()
    .overwrite(seen)
    .trim()
    .max(max)
    .regex(new RegExp(`^[^${refused}]*$`))
    .refine((text) => !LONE_SURROGATE.test(text));

/** As the database writes it, so that one thing has one spelling in scope keys, answers and the feed. */
export const id = z.uuid().toLowerCase();
/** One line: names stand between line breaks in the text that the record is hashed over. */
export const shortText = clean(LIMITS.shortText, String.raw`\u0000-\u001f\u007f\u0085\u2028\u2029`).min(1);
export const text = clean(LIMITS.text);
export const requiredText = clean(LIMITS.text).min(1);
export const longText = clean(LIMITS.longText);
export const phone = z
  .string()
  .overwrite(seen)
  .regex(/^\+?[0-9 -]{3,20}$/);
/** A mail address as it is written in a message: no name, no comment, 254 characters at most (RFC 5321). */
export const email = z.email().max(254);
export const instant = z.iso.datetime({ offset: true });
export const day = z.iso.date();
export const version = z.int().min(1).max(2_147_483_647);
export const units = z.int().min(1).max(LIMITS.units);
export const headcount = z.int().min(1).max(LIMITS.headcount);
export const people = z.int().min(0).max(1_500_000_000);
export const priority = z.union([z.literal(1), z.literal(2), z.literal(3)]);

/** WGS 84 degrees, or another datum named beside them; the server converts once and keeps the raw value. */
export const point = z.object({ lon: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) });
export const datum = z.enum(['WGS84', 'CGCS2000', 'GCJ02', 'BD09']);
export const pointIn = point.extend({ datum: datum.default('WGS84') });

/** When it happened and when a device wrote it; the server adds when it was received. Both default to now. */
export const factTimes = { occurredAt: instant.optional(), recordedAt: instant.optional() };

export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(LIMITS.page).default(100),
  cursor: z.string().max(200).optional(),
};
export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });
export const flag = z.enum(['true', 'false']).transform((value) => value === 'true');

/** A reason or hint in code form; the reader's language has the sentence. */
export const reason = z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) });
export type Reason = z.infer<typeof reason>;
export type Point = z.infer<typeof point>;
