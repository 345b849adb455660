import { z } from 'zod';
import { day, id, instant, page, requiredText, text, version } from '../shared/fields.dto.js';

/** Who sits at a desk: duty officers, and the officer who leads the shift. */
export const DUTY_ROLES = ['dutyOfficer', 'dutyLead'] as const;
export const dutyRole = z.enum(DUTY_ROLES);
export type DutyRole = z.infer<typeof dutyRole>;
/** The longest span that is read or made at once, in days, and the longest shift, in hours. */
export const MOST_DAYS = 93;
export const MOST_SHIFT_HOURS = 72;

/** able: the person can sign in and still holds the role at that desk; who cannot leaves a gap. */
export const shiftDto = z.object({
  id, societyId: id, role: dutyRole, userId: id, name: z.string(), able: z.boolean(), startsAt: instant,
  endsAt: instant, madeBy: z.string(), changedBy: z.string().nullable(), reason: z.string().nullable(), cancelledAt: instant.nullable(),
  version,
}); // prettier-ignore
export type ShiftDto = z.infer<typeof shiftDto>;

export const gapDto = z.object({ role: dutyRole, from: instant, to: instant });
export type GapDto = z.infer<typeof gapDto>;
/** One person in two shifts at once: at two desks, or in two roles. */
export const doubleDto = z.object({ userId: id, name: z.string(), from: instant, to: instant, shiftIds: z.array(id) });
export type DoubleDto = z.infer<typeof doubleDto>;
/** Somebody who may be put on the roster of a desk, and as what. */
export const deskPersonDto = z.object({ userId: id, name: z.string(), roles: z.array(dutyRole) });
export type DeskPersonDto = z.infer<typeof deskPersonDto>;

/** A span of a roster. `kept`: the society has one; without it whoever holds a duty role is called, as ever. */
export const rosterDto = z.object({
  societyId: id, from: instant, to: instant, kept: z.boolean(), shifts: z.array(shiftDto), gaps: z.array(gapDto), doubles: z.array(doubleDto),
  onDuty: z.array(shiftDto), people: z.array(deskPersonDto),
}); // prettier-ignore
export type RosterDto = z.infer<typeof rosterDto>;
export const rosterQuery = z.object({ societyId: id, from: instant.optional(), days: z.coerce.number().int().min(1).max(MOST_DAYS).default(7) }); // prettier-ignore
export type RosterQuery = z.infer<typeof rosterQuery>;
export const nowQuery = z.object({ societyId: id });
export type NowQuery = z.infer<typeof nowQuery>;
/** Who is on duty now; empty without a roster, or in a gap of it. */
export const onDutyDto = z.object({ societyId: id, kept: z.boolean(), shifts: z.array(shiftDto) });
export type OnDutyDto = z.infer<typeof onDutyDto>;

/**
 * Shifts of one length in rotation, without a gap: from `startHour` o'clock in China on `from`, for `days` days, the people in the order in
 * which they are named.
 */
export const makeRoster = z.object({
  societyId: id, role: dutyRole.default('dutyOfficer'), from: day, days: z.int().min(1).max(MOST_DAYS), startHour: z.int().min(0).max(23).default(8),
  shiftHours: z.union([z.literal(8), z.literal(12), z.literal(24)]), userIds: z.array(id).min(1).max(50),
}); // prettier-ignore
export type MakeRoster = z.infer<typeof makeRoster>;
export const addShift = z.object({ id: id.optional(), societyId: id, role: dutyRole.default('dutyOfficer'), userId: id, startsAt: instant, endsAt: instant, reason: text.optional() }); // prettier-ignore
export type AddShift = z.infer<typeof addShift>;
/** What is left out stays. */
export const changeShift = z.object({ version, userId: id.optional(), startsAt: instant.optional(), endsAt: instant.optional(), reason: requiredText }); // prettier-ignore
export type ChangeShift = z.infer<typeof changeShift>;
export const cancelShift = z.object({ version, reason: requiredText });
export type CancelShift = z.infer<typeof cancelShift>;
/** Two shifts of one desk and role exchange their people. */
export const swapShifts = z.object({ version, withId: id, withVersion: version, reason: requiredText });
export type SwapShifts = z.infer<typeof swapShifts>;
export const shiftsDto = z.object({ shifts: z.array(shiftDto) });
export type ShiftsDto = z.infer<typeof shiftsDto>;

export const NOTICE_KINDS = ['roster-gap', 'handover-late'] as const;
export const dutyNoticeKind = z.enum(NOTICE_KINDS);
/**
 * roster-gap: the next 72 hours have one (figures: gaps, from, to). handover-late: who comes did not take over in time (number, who, dueAt).
 * toIds: whom it is for; empty when there is nobody. subjectId: the society, or the hand-over.
 */
export const dutyNoticeDto = z.object({
  id, kind: dutyNoticeKind, societyId: id, subjectId: id, toIds: z.array(id), toNames: z.array(z.string()),
  figures: z.record(z.string(), z.union([z.string(), z.number()])), since: instant, closedAt: instant.nullable(), version,
}); // prettier-ignore
export type DutyNoticeDto = z.infer<typeof dutyNoticeDto>;
export const dutyNoticePage = page(dutyNoticeDto);
