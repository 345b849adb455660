import { Problem } from '../shared/problem.js';
import type { ShipSupplies, TakeOverSupplies } from './dispatch.dto.js';

interface Line {
  id: string;
  itemId: string;
  units: number;
  takenUnits: number;
}
/** What a line still has to send. */
export const openUnits = (line: Pick<Line, 'units' | 'takenUnits'>): number => line.units - line.takenUnits;

export interface Part<T> {
  line: T;
  /** What goes or is taken, and what stays behind. */
  units: number;
  rest: number;
}

/**
 * What of each line that still has goods goes out: lines left out go whole. 400 `request.invalid` for a foreign or repeated line; 422
 * `reservation.too-small` for more than is reserved, `supply-order.nothing-shipped` when nothing goes at all.
 */
export function partsToShip<T extends Line>(lines: readonly T[], asked: ShipSupplies['lines'] = []): Part<T>[] {
  const named = unitsByLine(lines, asked);
  // A line that was taken over whole is looked at as well where units of it are named: they stand on a lorry, or so the keeper says.
  const going = lines.filter((line) => openUnits(line) > 0 || (named.get(line.id) ?? 0) > 0);
  const parts = going.map((line) => partOf(line, named.get(line.id)));
  if (parts.every(({ units }) => units === 0)) throw new Problem('supply-order.nothing-shipped');
  return parts;
}

/** What of each line is taken over: the named ones, or all. The same refusals; 409 `reservation.closed` when nothing is left to take. */
export function partsToTake<T extends Line>(lines: readonly T[], asked: TakeOverSupplies['lines']): Part<T>[] {
  const named = unitsByLine(lines, asked ?? []);
  const wanted = lines.filter((line) => (asked ? named.has(line.id) : openUnits(line) > 0));
  const parts = wanted.map((line) => partOf(line, named.get(line.id)));
  const empty = parts.find(({ units }) => units === 0);
  if (empty || parts.length === 0)
    throw new Problem('reservation.closed', { orderLineId: empty?.line.id ?? null, state: 'released' });
  return parts;
}

function partOf<T extends Line>(line: T, asked: number | undefined): Part<T> {
  const open = openUnits(line);
  const units = asked ?? open;
  if (units > open) throw new Problem('reservation.too-small', { reserved: open, requested: units });
  return { line, units, rest: open - units };
}

function unitsByLine(
  lines: readonly Line[],
  asked: readonly { lineId: string; units?: number | undefined }[],
): Map<string, number | undefined> {
  asked.forEach(({ lineId }, n) => {
    const known = lines.some((line) => line.id === lineId) && asked.findIndex((each) => each.lineId === lineId) === n;
    if (!known)
      throw new Problem('request.invalid', {}, { errors: [{ pointer: `/lines/${n}/lineId`, code: 'unknown' }] });
  });
  return new Map(asked.map(({ lineId, units }) => [lineId, units]));
}

type Grade = 'I' | 'II' | 'III' | 'IV';
const RANK: Record<Grade, number> = { I: 1, II: 2, III: 3, IV: 4 };
interface Claimant {
  id: string;
  severity: Grade;
  exercise: boolean;
}

/** How many units of a promise go: all that is left of it, or those named. 409 `reservation.closed`, 422 `reservation.too-small`. */
export function unitsToTake(
  promise: { commitmentId: string; pendingUnits: number },
  asked: number | undefined,
): number {
  const { commitmentId, pendingUnits: reserved } = promise;
  if (reserved === 0) throw new Problem('reservation.closed', { orderLineId: commitmentId, state: 'released' });
  if (asked !== undefined && asked > reserved)
    throw new Problem('reservation.too-small', { reserved, requested: asked });
  return asked ?? reserved;
}

/**
 * Only a graver incident takes reserved goods from another one: the grade stands for the response level. A real incident outranks every
 * exercise, an exercise no real incident; goods that are promised for stock (null) give way to every real one. 422
 * `reservation.take-over-refused`.
 */
export function mustOutrank(taker: Claimant, loser: Claimant | null): void {
  if (loser === null) {
    if (taker.exercise) throw new Problem('reservation.take-over-refused', { level: taker.severity, other: '—' });
    return;
  }
  const outranks =
    taker.exercise === loser.exercise ? RANK[taker.severity] < RANK[loser.severity] : loser.exercise && !taker.exercise;
  if (taker.id === loser.id || !outranks)
    throw new Problem('reservation.take-over-refused', { level: taker.severity, other: loser.severity });
}
