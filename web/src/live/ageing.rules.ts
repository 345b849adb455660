import type { IncidentDto } from '../../../src/incidents/incidents.dto.js';

export type Severity = IncidentDto['severity'];
export type Age = 'calm' | 'amber' | 'red';
/** A running clock: since when, how long it may run, and from when on it is amber (half of the limit unless said otherwise). */
export type Limit = { limitS: number; amberS?: number };

export function ageOf(elapsedMs: number, limit: Limit | null): Age {
  if (!limit) return 'calm';
  const elapsedS = elapsedMs / 1000;
  if (elapsedS >= limit.limitS) return 'red';
  return elapsedS >= (limit.amberS ?? limit.limitS / 2) ? 'amber' : 'calm';
}

const two = (value: number): string => String(value).padStart(2, '0');

/** mm:ss under an hour, then h:mm; from two days on `3d`. Never negative: a fact from the future has age zero. */
export function elapsedText(elapsedMs: number): string {
  const seconds = Math.max(0, Math.floor(elapsedMs / 1000));
  if (seconds < 3600) return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
  const hours = Math.floor(seconds / 3600);
  return hours < 48 ? `${hours}:${two(Math.floor((seconds % 3600) / 60))}` : `${Math.floor(hours / 24)}d`;
}

/** How far a clock has run: 1 is the limit. Clocks without limit never press, nor do those that a coarse `now` has not reached. */
export const pressure = (elapsedMs: number, limit: Limit | null): number =>
  limit ? Math.max(0, elapsedMs) / 1000 / limit.limitS : 0;
