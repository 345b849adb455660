import { Problem } from '../../shared/problem.js';
import { maskedReporter } from '../masked.rules.js';
import { notInFuture } from '../incident-steps.rules.js';
import type { IncidentStatus } from '../incidents.dto.js';
import { type FirstCallDto, MOST_NOTES, NOTE_BACK_DAYS, type NoteDto } from './note.dto.js';

/** Of a note, what another one that speaks of it needs to know. */
export interface KnownNote {
  id: string;
  incidentId: string;
  serial: number;
  occurredAt: Date;
  correctedBySerial: number | null;
}

/**
 * Who reads what was said: the desks of the place and of the lead with all above them, also those that led before. Teams and stores that the
 * incident was shown to do not: notes name families, callers and their numbers.
 */
export const deskKeys = (scope: readonly string[]): string[] => scope.filter((key) => key.startsWith('/'));

/** A note, or how an incident was first heard of, for desks that are neither of the place nor of the lead nor above: what was said, not by whom. */
export const maskedNote = (note: NoteDto): NoteDto => ({ ...note, person: null, phone: null, hidden: true });
export const maskedFirstCall = (first: FirstCallDto): FirstCallDto => ({
  ...first,
  reporter: maskedReporter(first.reporter),
});

/**
 * Y4: an incident that went into another takes no new notes, only corrections of its own: 409 `note.incident-merged` { number } names where to. 422
 * `note.too-many` { most }.
 */
export function mustTake(
  incident: { status: IncidentStatus },
  of: { correcting: boolean; count: number; mergedIntoNumber: string | null },
): void {
  if (incident.status === 'merged' && !of.correcting)
    throw new Problem('note.incident-merged', { number: of.mergedIntoNumber }, { status: 409 });
  if (of.count >= MOST_NOTES) throw new Problem('note.too-many', { most: MOST_NOTES });
}

/**
 * Y3: only a note of the same incident is corrected, and of a line of corrections only the last. 404 `note.not-found`; 409
 * `note.corrected-already` { serial } names the one that stands in for it.
 */
export function mustBeCorrectable(
  note: KnownNote | undefined,
  asked: { incidentId: string; id: string },
): asserts note is KnownNote {
  if (!note || note.incidentId !== asked.incidentId) throw new Problem('note.not-found', { id: asked.id });
  if (note.correctedBySerial !== null)
    throw new Problem('note.corrected-already', { serial: note.correctedBySerial }, { status: 409 });
}

const DAY_MS = 86_400_000;
/** When it was said: unless told, now, or, of a correction, when what it corrects was said. 400 `request.invalid` for the future, and for long before anybody had reported the incident: a wrong date. */
export function saidAt(
  occurredAt: string | undefined,
  of: { reportedAt: Date; corrected?: KnownNote | undefined; now: Date },
): Date {
  if (occurredAt === undefined && of.corrected) return of.corrected.occurredAt;
  const at = notInFuture(occurredAt, '/occurredAt', of.now);
  if (at.getTime() < of.reportedAt.getTime() - NOTE_BACK_DAYS * DAY_MS)
    throw new Problem('request.invalid', {}, { errors: [{ pointer: '/occurredAt', code: 'too_early' }] });
  return at;
}
