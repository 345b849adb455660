import { z } from 'zod';
import { id, instant, requiredText } from '../shared/fields.dto.js';

/**
 * The limits of the desk's clocks, in seconds: what stands where nobody has set another, and between what a society may choose. The bounds
 * keep every clock running: none can be switched off, or set so that it always rings or never does.
 */
export const CLOCKS = {
  'unassigned-I': { usualS: 60, leastS: 30, mostS: 180 },
  'unassigned-II': { usualS: 300, leastS: 60, mostS: 900 },
  'unassigned-III': { usualS: 900, leastS: 300, mostS: 2700 },
  'unassigned-IV': { usualS: 1800, leastS: 600, mostS: 5400 },
  'unanswered-I': { usualS: 120, leastS: 30, mostS: 300 },
  'unanswered-II': { usualS: 300, leastS: 60, mostS: 900 },
  'unanswered-III': { usualS: 600, leastS: 120, mostS: 1800 },
  'unanswered-IV': { usualS: 1200, leastS: 300, mostS: 3600 },
  'check-in': { usualS: 1800, leastS: 600, mostS: 7200 },
  'check-in-warning': { usualS: 300, leastS: 60, mostS: 540 },
} as const;
export type ClockKey = keyof typeof CLOCKS;
export const CLOCK_KEYS = Object.keys(CLOCKS) as ClockKey[];
export const clockKey = z.enum(CLOCK_KEYS as [ClockKey, ...ClockKey[]]);

/** What one society says about one clock. valueS null: it says nothing any more, and the nearest society above it counts again. */
export const clockSettingDto = z.object({
  id, societyId: id, key: clockKey, valueS: z.int().nullable(), setBy: z.string(), setAt: instant, reason: z.string(), version: z.int(),
}); // prettier-ignore
export type ClockSettingDto = z.infer<typeof clockSettingDto>;

export const clocksQuery = z.object({ societyId: id });
export type ClocksQuery = z.infer<typeof clocksQuery>;
/** The clocks of a society as they run: each with the society whose word counts; null where the usual limit stands. */
export const clocksDto = z.object({
  societyId: id,
  items: z.array(
    z.object({ key: clockKey, valueS: z.int(), fromSocietyId: id.nullable(), own: clockSettingDto.nullable() }),
  ),
});
export type ClocksDto = z.infer<typeof clocksDto>;

/** version: of the setting that the form showed, 0 where there was none. */
const held = z.int().min(0).max(2_147_483_647);
export const setClock = z.object({ valueS: z.int().min(0).max(1_000_000), version: held, reason: requiredText });
export type SetClock = z.infer<typeof setClock>;
export const resetClock = z.object({ version: held, reason: requiredText });
export type ResetClock = z.infer<typeof resetClock>;
