import { Problem } from '../shared/problem.js';
import type { Incident } from './incident.entity.js';

/** A society by its place in the tree: '/330000/331000/' lies within '/330000/'. */
export interface Node {
  id: string;
  path: string;
}
const covers = (above: string, path: string) => path.startsWith(above);

/**
 * Who leads a new incident: the reporting officer's own society that covers the place, the lowest of them. An officer of somewhere
 * else, who took the call all the same, leads it until the society of the place takes the lead.
 */
export function leadOf(dutySocieties: readonly Node[], societyPath: string): Node | undefined {
  const lowestFirst = [...dutySocieties].sort((a, b) => b.path.length - a.path.length);
  return lowestFirst.find((society) => covers(society.path, societyPath)) ?? lowestFirst[0];
}

/** The keys of who may see an incident: the societies of the place and of the lead with all above them, and whom it was shared with. */
export function incidentScope(keys: { society: string[]; lead: string[]; shared: string[] }): string[] {
  return [...new Set([...keys.society, ...keys.lead, ...keys.shared])];
}

/** The keys of a scope that see who called: the society of the place, the one that leads, and all above them. */
export const wholeScopeOf = (incident: { scope: string[]; societyPath: string; leadPath: string }): string[] =>
  incident.scope.filter(
    (key) => key.startsWith('/') && (incident.societyPath.startsWith(key) || incident.leadPath.startsWith(key)),
  );

/**
 * May this society lead? Only one that covers the place or the present lead: 422 `incident.lead-outside`. Answers the societies for
 * which the actor must have duty: the new lead, and, when an upper society leads, that one too, because the lead is handed down and
 * never taken from above.
 */
export function dutyToTakeLead(incident: Incident, next: Node): string[] {
  if (!covers(next.path, incident.societyPath) && !covers(next.path, incident.leadPath))
    throw new Problem('incident.lead-outside');
  const handedDown = next.path !== incident.leadPath && covers(incident.leadPath, next.path);
  return handedDown ? [next.path, incident.leadPath] : [next.path];
}

/** The incident under its new lead, one version on. I6: whoever saw it before still does: keys that would be lost are kept as shared. */
export function underLead(
  incident: Incident,
  next: Node,
  change: { commander: string | undefined; scopeWithoutShared: string[] },
): Incident {
  const lost = incident.scope.filter((key) => !change.scopeWithoutShared.includes(key));
  const scope = [...change.scopeWithoutShared, ...lost];
  return {
    ...incident,
    wholeScope: wholeScopeOf({ scope, societyPath: incident.societyPath, leadPath: next.path }),
    leadSocietyId: next.id,
    leadPath: next.path,
    commander: change.commander ?? incident.commander,
    sharedKeys: lost,
    scope,
    version: incident.version + 1,
  };
}
