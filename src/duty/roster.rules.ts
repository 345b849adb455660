import { Problem } from '../shared/problem.js';
import { type DoubleDto, type DutyRole, type GapDto, MOST_SHIFT_HOURS } from './duty.dto.js';

const HOUR_MS = 3_600_000;
const SHANGHAI_OFFSET_MS = 8 * HOUR_MS; // no daylight saving since 1991
/** A gap this near is told before somebody falls into it. */
export const GAP_AHEAD_MS = 72 * HOUR_MS;
/** A society keeps a roster as long as a shift of it ended within these days, or is still to come. */
export const ROSTER_LIVES_MS = 30 * 24 * HOUR_MS;

export interface Span {
  from: Date;
  to: Date;
}
export interface Slot {
  role: DutyRole;
  userId: string;
  startsAt: Date;
  endsAt: Date;
}
type Held = Slot & { id: string; name: string };

/** U2: the parts of a span in which no shift of the role has anybody. Shifts may come in any order and overlap. */
export function gapsOf(shifts: readonly Slot[], role: DutyRole, { from, to }: Span): Span[] {
  const covered = shifts.filter((shift) => shift.role === role && shift.endsAt > from && shift.startsAt < to);
  const gaps: Span[] = [];
  let reached = from;
  for (const { startsAt, endsAt } of covered.sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime())) {
    if (startsAt > reached) gaps.push({ from: reached, to: startsAt });
    if (endsAt > reached) reached = endsAt;
  }
  if (reached < to) gaps.push({ from: reached, to });
  return gaps;
}

/** The gaps of every role that the desk keeps: officers always, leads once it has put one on the roster. */
export function gapsOfDesk(shifts: readonly Slot[], span: Span): GapDto[] {
  const roles: DutyRole[] = ['dutyOfficer', ...(shifts.some(({ role }) => role === 'dutyLead') ? (['dutyLead'] as const) : [])];
  return roles.flatMap((role) =>
    gapsOf(shifts, role, span).map(({ from, to }) => ({ role, from: from.toISOString(), to: to.toISOString() })),
  );
} // prettier-ignore

/** Where one person sits at two places at once, pair by pair, the earliest first. */
export function doublesOf(shifts: readonly Held[]): DoubleDto[] {
  const byPerson = new Map<string, Held[]>();
  for (const shift of [...shifts].sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime()))
    byPerson.set(shift.userId, [...(byPerson.get(shift.userId) ?? []), shift]);
  return [...byPerson.values()].flatMap((own) =>
    own.flatMap((one, n) => own.slice(n + 1).filter((other) => meet(one, other)).map((other) => ({
      userId: one.userId, name: one.name, from: other.startsAt.toISOString(),
      to: (one.endsAt < other.endsAt ? one.endsAt : other.endsAt).toISOString(), shiftIds: [one.id, other.id],
    }))),
  ); // prettier-ignore
}

const meet = (a: Pick<Slot, 'startsAt' | 'endsAt'>, b: Pick<Slot, 'startsAt' | 'endsAt'>): boolean =>
  a.startsAt < b.endsAt && b.startsAt < a.endsAt;

/** The shifts of a simple pattern: one after the other without a gap, the people in turn. */
export function shiftsOfPattern(pattern: {
  role: DutyRole;
  from: string;
  days: number;
  startHour: number;
  shiftHours: number;
  userIds: readonly string[];
}): Slot[] {
  const { role, from, days, startHour, shiftHours, userIds } = pattern;
  const first = Date.parse(`${from}T00:00:00Z`) - SHANGHAI_OFFSET_MS + startHour * HOUR_MS;
  const lengthMs = shiftHours * HOUR_MS;
  return Array.from({ length: (days * 24) / shiftHours }, (_, n) => ({
    role, userId: userIds[n % userIds.length]!, startsAt: new Date(first + n * lengthMs), endsAt: new Date(first + (n + 1) * lengthMs),
  })); // prettier-ignore
}

/** 422 `duty-shift.span` for a shift that ends before it begins, or is longer than anybody stays awake. */
export function mustBeShift({ startsAt, endsAt }: Pick<Slot, 'startsAt' | 'endsAt'>): void {
  const hours = (endsAt.getTime() - startsAt.getTime()) / HOUR_MS;
  if (hours <= 0 || hours > MOST_SHIFT_HOURS) throw new Problem('duty-shift.span', { most: MOST_SHIFT_HOURS });
}

/** U1, 422 `duty-shift.double-booked`: nobody sits twice at one desk in one role. Elsewhere or in another role is shown, not refused. */
export function mustNotMeet(wanted: readonly (Slot & { id?: string })[], held: readonly (Held | Slot)[]): void {
  for (const slot of wanted) {
    const other = held.find(
      (one) =>
        one.userId === slot.userId &&
        one.role === slot.role &&
        meet(one, slot) &&
        !('id' in one && wanted.some(({ id }) => id === one.id)),
    );
    if (other) throw new Problem('duty-shift.double-booked', { at: slot.startsAt.toISOString() });
  }
  wanted.forEach((slot, n) => {
    const twice = wanted.slice(n + 1).some((one) => one.userId === slot.userId && one.role === slot.role && meet(one, slot));
    if (twice) throw new Problem('duty-shift.double-booked', { at: slot.startsAt.toISOString() });
  }); // prettier-ignore
}
