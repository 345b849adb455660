import type { IncidentDto } from '../../../src/incidents/incidents.dto.js';

type Incident = Pick<IncidentDto, 'id' | 'severity' | 'exercise' | 'status'>;
const GRADES = ['IV', 'III', 'II', 'I'];
const OPEN = new Set<IncidentDto['status']>(['verified', 'responding', 'on-scene', 'stabilised']);

/**
 * Whether goods reserved for one incident may pass to another that is under way: to a graver one, or from an exercise to a real one;
 * never from a real one to an exercise.
 */
export function mayTakeFrom(taker: Incident, loser: Incident): boolean {
  if (taker.id === loser.id || !OPEN.has(taker.status)) return false;
  if (taker.exercise !== loser.exercise) return loser.exercise;
  return GRADES.indexOf(taker.severity) > GRADES.indexOf(loser.severity);
}
