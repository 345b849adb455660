import type { Severity } from '../live/ageing.rules.js';

const MIN_MS = 60_000;
/** How long a grade may be silent on this computer, in minutes: the gravest five at most (C-19). */
export const MUTE_CHOICES: Record<Severity, readonly number[]> = {
  I: [2, 5],
  II: [5, 15],
  III: [15, 60],
  IV: [60, 240],
};
/** Until when each grade is silent, in ms. */
export type Mutes = Partial<Record<Severity, number>>;
export const SEVERITIES: readonly Severity[] = ['I', 'II', 'III', 'IV'];

const mostMs = (severity: Severity): number => Math.max(...MUTE_CHOICES[severity]) * MIN_MS;

/** Silences a grade, never for longer than it may be. */
export const mute = (mutes: Mutes, severity: Severity, { minutes, nowMs }: { minutes: number; nowMs: number }): Mutes => ({
  ...mutes, [severity]: nowMs + Math.min(minutes * MIN_MS, mostMs(severity)),
}); // prettier-ignore

export const unmute = (mutes: Mutes, severity: Severity): Mutes =>
  Object.fromEntries(Object.entries(mutes).filter(([each]) => each !== severity));

export const isMuted = (mutes: Mutes, severity: Severity, nowMs: number): boolean => (mutes[severity] ?? 0) > nowMs;

/** What a browser kept, as far as it may be: an end that lies too far away, of a clock that was wrong, is brought in. */
export function keptMutes(kept: unknown, nowMs: number): Mutes {
  if (typeof kept !== 'object' || kept === null) return {};
  const ends = kept as Record<string, unknown>;
  return Object.fromEntries(
    SEVERITIES.flatMap((severity) => {
      const until = ends[severity];
      return typeof until === 'number' && until > nowMs ? [[severity, Math.min(until, nowMs + mostMs(severity))]] : [];
    }),
  );
}

/** The first of the calling alarms that may be heard, gravest first: one sound at a time. No mute silences a call for help. */
export const firstAudible = <T extends { severity: Severity; code: string }>(calling: readonly T[], mutes: Mutes, nowMs: number): T | undefined =>
  calling.find(({ severity, code }) => code === 'help-call' || !isMuted(mutes, severity, nowMs)); // prettier-ignore
