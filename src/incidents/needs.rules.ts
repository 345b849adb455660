import { Problem } from '../shared/problem.js';
import type { NeedsDto, SetNeeds } from './incidents.dto.js';

/**
 * The list of needs that replaces the held one. A need is the same need while it asks for the same speciality or item, and keeps its
 * id, so that what was sent for it still points at it. 422 `incident.need-repeated` when one is named twice.
 */
export function replaceNeeds(held: NeedsDto, asked: SetNeeds, newId: () => string): NeedsDto {
  refuseRepeats(asked.capabilities.map((need) => need.speciality));
  refuseRepeats(asked.items.map((need) => need.itemId));
  const capabilityIds = new Map(held.capabilities.map((need) => [need.speciality, need.id]));
  const itemIds = new Map(held.items.map((need) => [need.itemId, need.id]));
  return inOrder({
    capabilities: asked.capabilities.map((need) => ({
      ...need,
      id: capabilityIds.get(need.speciality) ?? newId(),
      neededBy: utc(need.neededBy),
    })),
    items: asked.items.map((need) => ({
      ...need,
      id: itemIds.get(need.itemId) ?? newId(),
      neededBy: utc(need.neededBy),
    })),
  });
}

/** Most urgent first, then by id, so that a list reads the same from every side. */
export function inOrder({ capabilities, items }: NeedsDto): NeedsDto {
  return { capabilities: [...capabilities].sort(byUrgency), items: [...items].sort(byUrgency) };
}

interface Urgent {
  id: string;
  priority: number;
}
const byUrgency = (a: Urgent, b: Urgent) => a.priority - b.priority || (a.id < b.id ? -1 : 1);

const utc = (at: string | null | undefined) => (at ? new Date(at).toISOString() : null);

function refuseRepeats(names: string[]): void {
  const seen = new Set<string>();
  for (const need of names) {
    if (seen.has(need)) throw new Problem('incident.need-repeated', { need });
    seen.add(need);
  }
}
