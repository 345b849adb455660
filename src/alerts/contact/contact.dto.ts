import { z } from 'zod';
import { id } from '../../shared/fields.dto.js';

/** By what a person is told: `sms` is the text message and the link that goes with it. */
export const WAYS = ['in-app', 'sms', 'mail'] as const;
export const way = z.enum(WAYS);
export type Way = z.infer<typeof way>;
/** Our figures: a person who is asked first by one way should have the time to answer it, and no step of a ladder may pass meanwhile. */
export const MOST_WAIT_S = 60;
/** What may wait must come within the day. */
export const MOST_QUIET_MIN = 12 * 60;

const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
/** Minutes of the day, 0 to 1439, of `22:30`. */
export const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
/** On the clock of China; from after to: over midnight. */
export const quietHours = z.object({ from: wallTime, to: wallTime }).refine(({ from, to }) => {
  const spanMin = (minuteOf(to) - minuteOf(from) + 1440) % 1440;
  return spanMin > 0 && spanMin <= MOST_QUIET_MIN;
});
export type QuietHours = z.infer<typeof quietHours>;

const ways = z
  .array(way)
  .length(WAYS.length)
  .refine((all) => new Set(all).size === WAYS.length);
const waitS = z.int().min(0).max(MOST_WAIT_S);
/** version 0: nothing was said; every way at once and no quiet hours. */
export const contactSettingDto = z.object({
  userId: id, ways: z.array(way), waitS: z.int(), quiet: z.object({ from: z.string(), to: z.string() }).nullable(), version: z.int(),
}); // prettier-ignore
export type ContactSettingDto = z.infer<typeof contactSettingDto>;

/** version: of the setting that the form showed. */
export const setContact = z.object({
  ways,
  waitS,
  quiet: quietHours.nullable(),
  version: z.int().min(0).max(2_147_483_647),
});
export type SetContact = z.infer<typeof setContact>;
