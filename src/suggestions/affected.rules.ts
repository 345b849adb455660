import { isWithinReach } from './suggestion.rules.js';

/** A change as the journal tells it, as far as plans care. */
export interface SeenChange {
  kind: string;
  subject: string;
  subjectId: string;
  incidentId: string | null;
  scope: readonly string[];
  body: string;
}

export const TRIGGERS = [
  'asked',
  'stale',
  'needs',
  'incident',
  'teams',
  'stock',
  'dispatch',
  'travel',
  'tick',
  'solved',
] as const;
/**
 * Why a suggestion was asked for: by a person, after a refused accept, because facts moved, or because the tick found that they had
 * (`solved`: the look after a solve found it).
 */
export type Trigger = (typeof TRIGGERS)[number];

const TRIGGER_BY_SUBJECT: Readonly<Record<string, Trigger>> = {
  incident: 'incident',
  team: 'teams',
  'team-unit': 'teams',
  'stock-level': 'stock',
  assignment: 'dispatch',
  'supply-order': 'dispatch',
  crossing: 'travel',
  'road-weather': 'travel',
  'travel-area': 'travel',
};

/** Which facts the change moved, or null when no plan depends on it. */
export const triggerOf = ({ kind, subject }: Pick<SeenChange, 'kind' | 'subject'>): Trigger | null =>
  kind === 'incident.needs-set' ? 'needs' : (TRIGGER_BY_SUBJECT[subject] ?? null);

/** The incident that the change is about, planned for or not: one that ends retires what is open for it. */
export function ownIncidentOf(change: SeenChange): string | null {
  if (change.subject === 'incident') return change.subjectId;
  return triggerOf(change) === 'dispatch' ? change.incidentId : null;
}

/** An open incident that asks for something, and the societies for which plans are kept for it. */
export interface WatchedIncident {
  id: string;
  specialities: ReadonlySet<string>;
  itemIds: ReadonlySet<string>;
  planningPaths: readonly string[];
}

/** Whether a moved team, unit or stock level could be used for the incident (within reach, and of a kind that is asked for), or a way to it. */
export function affects(change: SeenChange, incident: WatchedIncident): boolean {
  const trigger = triggerOf(change);
  if (trigger === 'travel') return true; // a way may lead over it from anywhere
  if (trigger !== 'teams' && trigger !== 'stock') return false;
  const holderPath = holderOf(change.scope);
  const reached = incident.planningPaths.some((path) => holderPath === null || isWithinReach(holderPath, path));
  return reached && isAskedFor(change, incident);
}

/** Whether another incident now asks for goods that this one asks for too: they are planned together. */
export function competes(change: SeenChange, { id, itemIds }: WatchedIncident): boolean {
  if (triggerOf(change) !== 'needs' || change.subjectId === id) return false;
  const { needs } = JSON.parse(change.body) as { needs?: { items: { itemId: string }[] } };
  return needs?.items.some(({ itemId }) => itemIds.has(itemId)) ?? false;
}

/** Teams, units and stock carry `down:<path of their holder>`. */
function holderOf(scope: readonly string[]): string | null {
  return scope.find((key) => key.startsWith('down:'))?.slice('down:'.length) ?? null;
}

function isAskedFor(change: SeenChange, { specialities, itemIds }: WatchedIncident): boolean {
  const row = JSON.parse(change.body) as { itemId?: string; speciality?: string; capabilities?: string[] };
  if (change.subject === 'stock-level') return row.itemId === undefined || itemIds.has(row.itemId);
  return [...(row.capabilities ?? []), row.speciality].some((one) => one !== undefined && specialities.has(one));
}
