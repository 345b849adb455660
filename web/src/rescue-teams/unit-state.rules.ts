import type { AssignmentStatus } from '../../../src/dispatch/dispatch.dto.js';
import type { TeamUnitDto } from '../../../src/rescue-teams/rescue-teams.dto.js';

/** The five looks of a unit. Each has its own glyph, hue and word, so a greyscale picture stays clear (C-10, C-11). */
export const LOOKS = ['waiting', 'moving', 'on-scene', 'ready', 'unavailable'] as const;
export type Look = (typeof LOOKS)[number];
export const GLYPHS: Record<Look, string> = {
  ready: '●',
  waiting: '◌',
  moving: '▲',
  'on-scene': '■',
  unavailable: '✕',
};

const LOOK_OF_STATUS: Partial<Record<AssignmentStatus, Look>> = {
  planned: 'waiting',
  reserved: 'waiting',
  alerted: 'waiting',
  'no-answer': 'waiting',
  accepted: 'moving',
  assembling: 'moving',
  departed: 'moving',
  returning: 'moving',
  released: 'moving',
  'on-scene': 'on-scene',
  working: 'on-scene',
  resting: 'on-scene',
};

/** What a look needs to know of a unit: the desk and the big screen hold it in rows of their own. */
type Booked = { booking: { status: string } | null };

export function lookOf(unit: Pick<TeamUnitDto, 'state'> & Booked): Look {
  if (unit.booking) return LOOK_OF_STATUS[unit.booking.status as AssignmentStatus] ?? 'waiting';
  return unit.state === 'available' ? 'ready' : 'unavailable';
}

/** The exact word behind a look: the step of the assignment, or the state of the unit. */
export const stateKey = (unit: Pick<TeamUnitDto, 'state' | 'booking'>): string =>
  unit.booking ? `assignment.${unit.booking.status}` : `unit-state.${unit.state}`;

export const stateSince = (unit: Pick<TeamUnitDto, 'stateSince' | 'booking'>): string =>
  unit.booking?.since ?? unit.stateSince;

const IN_THE_FIELD = new Set(['departed', 'on-scene', 'working', 'resting', 'released', 'returning']);
export const isInField = (unit: Booked): boolean => IN_THE_FIELD.has(unit.booking?.status ?? '');

export const STALE_POSITION_MS = 5 * 60_000;
/** Age of the position of a unit in the field when it is too old to trust, else null (C-27). A unit at its base needs no fix. */
export function stalePositionMs(unit: Pick<TeamUnitDto, 'positionAt'> & Booked, nowMs: number): number | null {
  if (!isInField(unit)) return null;
  if (unit.positionAt === null) return Number.POSITIVE_INFINITY;
  const ageMs = nowMs - Date.parse(unit.positionAt);
  return ageMs > STALE_POSITION_MS ? ageMs : null;
}

/** States in which nobody waits for the unit, so their clocks never turn amber (C-08). */
export const neverTimesOut = (unit: Pick<TeamUnitDto, 'booking'>): boolean =>
  !unit.booking || unit.booking.status === 'resting';
