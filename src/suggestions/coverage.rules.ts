import type { Speciality } from './planner/planner.types.js';

export interface AskedCapability {
  id: string;
  speciality: string;
  headcount: number;
  priority: number;
  neededBy: string | null;
}

/** A unit on its way or at work for the incident; the speciality named first is taken for its main one. */
export interface PromisedUnit {
  unitId: string;
  capabilities: readonly (Speciality | string)[];
  headcount: number;
}

/**
 * Headcount already promised to each need, by need id. An assignment does not say which need it serves, so units are laid on the
 * needs: those with the fewest uses first, each whole to one need, its main speciality before others, urgent needs before others.
 */
export function coverCapabilities(
  needs: readonly AskedCapability[],
  promised: readonly PromisedUnit[],
): Map<string, number> {
  const covered = new Map(needs.map((need) => [need.id, 0]));
  const usesOf = (unit: PromisedUnit) => needs.filter((need) => unit.capabilities.includes(need.speciality));
  const inOrder = promised.toSorted((a, b) => usesOf(a).length - usesOf(b).length || (a.unitId < b.unitId ? -1 : 1));
  for (const unit of inOrder) {
    const uses = usesOf(unit).toSorted(byFit(unit));
    const need = uses.find(({ id, headcount }) => covered.get(id)! < headcount) ?? uses[0];
    if (need) covered.set(need.id, covered.get(need.id)! + unit.headcount);
  }
  return covered;
}

const byFit = (unit: PromisedUnit) => (a: AskedCapability, b: AskedCapability) =>
  Number(unit.capabilities[0] === b.speciality) - Number(unit.capabilities[0] === a.speciality) ||
  a.priority - b.priority ||
  (a.neededBy ?? '9').localeCompare(b.neededBy ?? '9') ||
  (a.id < b.id ? -1 : 1);

/** Units already promised of each item, by item id. */
export function coverItems(promised: readonly { itemId: string; units: number }[]): Map<string, number> {
  const covered = new Map<string, number>();
  for (const { itemId, units } of promised) covered.set(itemId, (covered.get(itemId) ?? 0) + units);
  return covered;
}
