import type { IncidentDto } from '../incidents/incidents.dto.js';
import type { ScreenEvent } from './screens.dto.js';
import { placeWords } from './picture.rules.js';

/** What a wall is told of the record: steps of incidents, of teams and of goods; nothing that is about a person. */
export const EVENT_SUBJECTS = ['incident', 'assignment', 'supply-order'] as const;
export const EVENT_KINDS = [
  'incident.reported', 'incident.verified', 'incident.responding', 'incident.on-scene', 'incident.stabilised', 'incident.demobilised',
  'incident.closed', 'incident.dismissed', 'incident.merged', 'incident.reopened', 'incident.lead-taken', 'incident.needs-set',
  'incident.figures-reported', 'team.alerted', 'team.accepted', 'team.declined', 'team.no-answer', 'team.assembled', 'team.departed',
  'team.arrived', 'team.working', 'team.released', 'team.returning', 'team.closed', 'team.withdrawn', 'supplies.reserved',
  'supplies.approved', 'supplies.shipped', 'supplies.received', 'supplies.closed', 'supplies.cancelled', 'supplies.expired',
] as const; // prettier-ignore

/** A change as the record has it, of one of the subjects above. */
export interface Told {
  seq: number;
  kind: string;
  subject: string;
  incidentId: string | null;
  body: string;
  actorName: string | null;
  receivedAt: Date;
}
export type Scene = Pick<IncidentDto, 'kind' | 'severity' | 'placeText' | 'exercise'>;

/**
 * The newest events of one world, newest first: those of exercises never stand beside real ones (C-29). An event whose incident is not known
 * is left out, because nobody could say which of the two it is.
 */
export function eventsOf(
  changes: readonly Told[],
  sceneOf: (incidentId: string) => Scene | undefined,
  { exercise, namesAllowed, most }: { exercise: boolean; namesAllowed: boolean; most: number },
): ScreenEvent[] {
  const events = changes.flatMap((change): ScreenEvent[] => {
    const scene = change.incidentId ? sceneOf(change.incidentId) : undefined;
    if (!scene || scene.exercise !== exercise) return [];
    const data = JSON.parse(change.body) as { teamName?: string; number?: string };
    return [{
      seq: change.seq, at: change.receivedAt.toISOString(), kind: change.kind, incidentKind: scene.kind, severity: scene.severity,
      place: namesAllowed ? scene.placeText : placeWords(scene.placeText),
      team: change.subject === 'assignment' ? (data.teamName ?? null) : null,
      number: change.subject === 'supply-order' ? (data.number ?? null) : null,
      who: namesAllowed ? change.actorName : null,
    }]; // prettier-ignore
  });
  return events.slice(0, most);
}
