import { Problem } from '../shared/problem.js';
import { type ClockKey, CLOCKS } from './settings.dto.js';

type Severity = 'I' | 'II' | 'III' | 'IV';
/** Every limit of the desk's clocks, as one society has them. */
export interface ClockLimits {
  unassignedS: Record<Severity, number>;
  unansweredS: Record<Severity, number>;
  /** A team in the field is heard from this often; amber some minutes before. */
  checkIn: { limitS: number; amberS: number };
}

/** What counts for a clock: the nearest society on the way up that says something, or the usual limit (`from` null). */
export function limitAlong(
  key: ClockKey,
  way: readonly string[],
  said: (societyId: string, key: ClockKey) => number | null | undefined,
): { valueS: number; from: string | null } {
  for (const from of way) {
    const valueS = said(from, key);
    if (valueS !== null && valueS !== undefined) return { valueS, from };
  }
  return { valueS: CLOCKS[key].usualS, from: null };
}

/** All limits at once. */
export function limitsOf(valueOf: (key: ClockKey) => number): ClockLimits {
  const by = (name: 'unassigned' | 'unanswered'): Record<Severity, number> => ({
    I: valueOf(`${name}-I`),
    II: valueOf(`${name}-II`),
    III: valueOf(`${name}-III`),
    IV: valueOf(`${name}-IV`),
  });
  const limitS = valueOf('check-in');
  const checkIn = { limitS, amberS: limitS - valueOf('check-in-warning') };
  return { unassignedS: by('unassigned'), unansweredS: by('unanswered'), checkIn };
}

/** The limits where nobody has set any. */
export const USUAL_LIMITS: ClockLimits = limitsOf((key) => CLOCKS[key].usualS);

/** Refuses a limit that would switch a clock off, or make it ring always. 422 `clock-limit.out-of-bounds`. */
export function mustBeWithin(key: ClockKey, valueS: number): void {
  const { leastS, mostS } = CLOCKS[key];
  if (valueS >= leastS && valueS <= mostS) return;
  const errors = [{ pointer: '/valueS', code: 'out-of-bounds', params: { leastS, mostS } }];
  throw new Problem('clock-limit.out-of-bounds', { leastS, mostS, valueS }, { errors });
}
