import type { Figures } from '../incidents.dto.js';
import type { StatedFacts } from './responses.dto.js';
import type { LevelFacts } from './response-plan.rules.js';

/**
 * The facts that a plan's triggers are held against: the effective figures of the situation reports, and what the person who decides adds.
 * A measure that nobody reported is absent, not zero. Moved people and people needing aid may be the same: the larger counts.
 */
export function factsOf(
  incident: { figures: Figures; peopleAffected: number | null },
  stated: StatedFacts = {},
): LevelFacts {
  const { dead, missing, moved, needingAid, roomsCollapsed, affected, injured } = incident.figures;
  const told = {
    deadAndMissing: dead === undefined && missing === undefined ? undefined : (dead ?? 0) + (missing ?? 0),
    movedOrNeedingAid: larger(moved, needingAid),
    roomsCollapsed,
    affected: affected ?? incident.peopleAffected ?? undefined,
    injured,
    ...stated,
  };
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined)) as LevelFacts;
}

function larger(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return Math.max(a, b);
}
