import { notFound, Problem } from '../shared/problem.js';
import type { MemberDto } from './rescue-teams.dto.js';
import type { Unit } from './rescue-teams.entity.js';

const SHANGHAI_OFFSET_MS = 8 * 3_600_000; // no daylight saving since 1991

/** The day in Asia/Shanghai, as YYYY-MM-DD. */
export const shanghaiDay = (at: Date): string => new Date(at.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10);

/** The units a duty command is about: the named ones, all of this team (404 `team-unit.not-found`), or all there are. */
export function unitsOnDuty(units: readonly Unit[], named: readonly string[] | undefined): Unit[] {
  if (named === undefined) return [...units];
  return named.map((id) => {
    const unit = units.find((one) => one.id === id);
    if (!unit) throw notFound('team-unit', id);
    return unit;
  });
}

/** A unit that is out on an assignment stays on duty until it is released: 409 `team-unit.step-not-allowed`. */
export function mayStandDown(units: readonly Unit[]): void {
  const booked = units.find((unit) => unit.booking);
  if (booked)
    throw new Problem('team-unit.step-not-allowed', { unit: booked.code, step: 'stand-down', state: 'booked' });
}

/** A device's clock may be ahead by this much; a fact further in the future is a wrong date. */
const CLOCK_AHEAD_MS = 5 * 60_000;

/** When a fact happened and when a device wrote it, both now unless said. 400 `request.invalid` for the future. */
export function factTimes(
  input: { occurredAt?: string | undefined; recordedAt?: string | undefined },
  now: Date,
): { occurredAt: Date; recordedAt: Date } {
  const at = (text: string | undefined, pointer: string) => {
    const moment = text === undefined ? now : new Date(text);
    if (moment.getTime() > now.getTime() + CLOCK_AHEAD_MS)
      throw new Problem('request.invalid', {}, { errors: [{ pointer, code: 'too_late' }] });
    return moment;
  };
  return { occurredAt: at(input.occurredAt, '/occurredAt'), recordedAt: at(input.recordedAt, '/recordedAt') };
}

/** R4: positions may arrive late and out of order: only a newer one moves the unit. */
export const isNewer = (at: Date, held: Date | null): boolean => held === null || at > held;

/** The number with its middle hidden: enough to recognise, not to call. */
export const maskedPhone = (phone: string): string =>
  phone.length < 7 ? '*'.repeat(phone.length) : `${phone.slice(0, 3)}****${phone.slice(-2)}`;

/** The address with its name hidden but for the first letter: enough to recognise, not to write to. */
export const maskedEmail = (email: string): string => `${email.slice(0, 1)}***${email.slice(email.lastIndexOf('@'))}`;

/** R3: a member for readers without a need to call; this is also what the record keeps, because the record can never forget. */
export const withoutPhone = (member: MemberDto): MemberDto => ({
  ...member,
  phone: maskedPhone(member.phone),
  email: member.email && maskedEmail(member.email),
});
