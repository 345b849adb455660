import type { IncidentDto } from '../../../src/incidents/incidents.dto.js';
import { nobodyHasIt, NO_WORK } from './waiting.rules.js';
import type { Work } from './waiting.rules.js';

const RANK: Record<IncidentDto['severity'], number> = { I: 0, II: 1, III: 2, IV: 3 };
const bySeverityThenAge = (a: IncidentDto, b: IncidentDto): number =>
  RANK[a.severity] - RANK[b.severity] || a.reportedAt.localeCompare(b.reportedAt);

/** The lane that nobody has, and the others; the gravest first, then the oldest. Drills are listed apart (C-29). */
export function queueOf(
  incidents: IncidentDto[],
  workOf: Map<string, Work>,
  exercise: boolean,
): { lane: string[]; others: string[] } {
  const lane: string[] = [];
  const others: string[] = [];
  for (const incident of [...incidents].sort(bySeverityThenAge)) {
    if (incident.exercise !== exercise) continue;
    (nobodyHasIt(incident, workOf.get(incident.id) ?? NO_WORK) ? lane : others).push(incident.id);
  }
  return { lane, others };
}

/**
 * The order on screen while the pointer or the focus is inside: rows keep their places, gone ones leave a gap that closes
 * later, new ones wait (C-04).
 */
export function settleOrder(shown: string[], wanted: string[], held: boolean): { order: string[]; waiting: number } {
  if (!held) return { order: wanted, waiting: 0 };
  const known = new Set(shown);
  const waiting = wanted.filter((id) => !known.has(id)).length;
  return { order: shown, waiting };
}
