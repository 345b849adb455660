import { SearchStopped } from './item-flow.rules.js';
import type { ItemFlow } from './item-flow.rules.js';
import { placeAgain } from './item-net.rules.js';
import { finishWork, freshFlow, newWork } from './plan-supplies.rules.js';
import type { SupplyWork } from './plan-supplies.rules.js';
import type { SearchLimits, SupplyInstance } from './supplies.types.js';

/**
 * Works out a changed instance from the work before: a count, a closed road, another need, an incident more (at the end).
 * Only items that the change touches start anew; the others keep their trees, and arrivals begin from flows that are early
 * already. All goals come out as from a fresh start; among plans of equal goals it may answer another. The former work is
 * used up. Throws `RangeError` when the instances are not of the same warehouses and items.
 */
export function workAgain(former: SupplyWork, instance: SupplyInstance, limits: SearchLimits): SupplyWork {
  const { instance: before, policy } = former;
  if (
    before.warehouses !== instance.warehouses ||
    before.items !== instance.items ||
    before.incidents > instance.incidents
  )
    throw new RangeError('supplies.not-the-same-network');
  const touched = former.certificate ? touchedItems(before, instance) : new Set(Array(instance.items).keys());
  const kept = new Map(former.flows.map((flow) => [flow.net.item, flow]));
  const work = newWork(instance, policy);
  try {
    const anew: ItemFlow[] = [];
    for (; work.itemsSeen < instance.items; work.itemsSeen++) {
      if (limits.shouldStop()) return work;
      const item = work.itemsSeen;
      const flow = touched.has(item) ? freshFlow(work, item, limits) : kept.get(item);
      if (!flow) continue;
      flow.instance = instance;
      if (instance.incidents !== before.incidents) placeAgain(flow.net, instance.incidents);
      work.flows.push(flow);
      if (touched.has(item)) anew.push(flow);
    }
    for (const flow of anew) flow.solveFirst(limits);
    finishWork(work, limits);
  } catch (stopped) {
    if (!(stopped instanceof SearchStopped)) throw stopped;
  }
  return work;
}

/** Items whose own numbers differ: of the item, a cell, a need, or a road between the two. */
function touchedItems(before: SupplyInstance, after: SupplyInstance): Set<number> {
  const { items, warehouses, incidents } = after;
  const touched = new Set<number>();
  const differs = (
    list: 'reachMin' | 'unitKg' | 'unitsPerPerson' | 'itemWeight' | 'stock' | 'reserve',
    at: number,
  ): boolean => before[list][at] !== after[list][at];
  for (let i = 0; i < items; i++)
    if ((['reachMin', 'unitKg', 'unitsPerPerson', 'itemWeight'] as const).some((list) => differs(list, i)))
      touched.add(i);
  for (let cell = 0; cell < warehouses * items; cell++)
    if (differs('stock', cell) || differs('reserve', cell)) touched.add(cell % items);
  for (let need = 0; need < incidents * items; need++) {
    const isNew = Math.floor(need / items) >= before.incidents;
    if (isNew ? after.need[need]! > 0 : before.need[need] !== after.need[need]) touched.add(need % items);
  }
  for (let k = 0; k < before.incidents; k++) {
    if (before.level[k] !== after.level[k]) addNeeded(touched, after, k);
    for (let w = 0; w < warehouses; w++) if (roadDiffers(before, after, w, k)) addNeeded(touched, after, k, w);
  }
  return touched;
}

function roadDiffers(before: SupplyInstance, after: SupplyInstance, w: number, k: number): boolean {
  const then = w * before.incidents + k;
  const now = w * after.incidents + k;
  return (['travelMin', 'distanceKm', 'adminStep', 'lateWeight'] as const).some(
    (list) => before[list]?.[then] !== after[list]?.[now],
  );
}

/** Items that an incident needs and, when one is given, that a warehouse has. */
function addNeeded(touched: Set<number>, { items, need, stock }: SupplyInstance, k: number, w?: number): void {
  for (let i = 0; i < items; i++)
    if (need[k * items + i]! > 0 && (w === undefined || stock[w * items + i]! > 0)) touched.add(i);
}
