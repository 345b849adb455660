import { loadedRoads } from './item-flow.rules.js';
import type { Carried } from './item-flow.rules.js';
import type { Lot, SupplyInstance, SupplyShipment } from './supplies.types.js';

/**
 * What is on the roads, as shipments with lots. Within a cell the usable lots are alike to the plan, so the split comes
 * last: first expired, first out; the incident that is reached first takes first. Exact for one horizon for all.
 */
export function shipmentsOf(n: SupplyInstance, flows: readonly Carried[]): SupplyShipment[] {
  const shipments: SupplyShipment[] = [];
  const loaded = flows.map((flow) => loadedRoads(flow));
  const next = new Int32Array(flows.length);
  // Cell by cell as the instance keeps them: where there are 60,000, memory is what costs.
  for (let w = 0; w < n.warehouses; w++)
    for (let at = 0; at < flows.length; at++) {
      const roads = loaded[at]!;
      const { shelves, roadShelf } = flows[at]!.net;
      const from = next[at]!;
      let to = from;
      while (to < roads.length && shelves[roadShelf[roads[to]!]!] === w) to++;
      if (to > from) splitCell(n, flows[at]!, roads.slice(from, to), shipments);
      next[at] = to;
    }
  return inOrder(n, shipments);
}

/** By warehouse, incident, item: sorted as plain numbers (place and index packed into one), which is many times faster than with a comparison. */
function inOrder(n: SupplyInstance, shipments: readonly SupplyShipment[]): SupplyShipment[] {
  const count = shipments.length;
  const keys = new Float64Array(count);
  for (let at = 0; at < count; at++) {
    const { warehouse, incident, item } = shipments[at]!;
    keys[at] = ((warehouse * n.incidents + incident) * n.items + item) * count + at;
  }
  keys.sort();
  const sorted: SupplyShipment[] = [];
  for (let at = 0; at < count; at++) sorted.push(shipments[keys[at]! % count]!);
  return sorted;
}

/** Usable lots of a cell, the first to expire first. */
function usableLots(lots: readonly Lot[], horizonDays: number): number[] {
  const usable: number[] = [];
  let isSorted = true;
  for (let lot = 0; lot < lots.length; lot++) {
    const { expiresInDays } = lots[lot]!;
    if (expiresInDays < horizonDays) continue;
    isSorted &&= usable.length === 0 || lots[usable.at(-1)!]!.expiresInDays <= expiresInDays;
    usable.push(lot);
  }
  if (isSorted) return usable;
  return usable.sort((one, other) => lots[one]!.expiresInDays - lots[other]!.expiresInDays || one - other);
}

/** Roads of one shelf, the quickest first, take its usable lots, the first to expire first. */
function splitCell(n: SupplyInstance, flow: Carried, roads: number[], shipments: SupplyShipment[]): void {
  const { item, shelves, needs, roadShelf, roadNeed, roadMin } = flow.net;
  const warehouse = shelves[roadShelf[roads[0]!]!]!;
  const lots = n.lots[warehouse * n.items + item]!;
  const order = usableLots(lots, n.horizonDays);
  let next = 0;
  let left = order.length > 0 ? lots[order[0]!]!.units : 0;
  if (roads.length > 1)
    roads.sort((one, other) => roadMin[one]! - roadMin[other]! || roadNeed[one]! - roadNeed[other]!);
  for (const road of roads) {
    const units = flow.units(road);
    const taken: SupplyShipment['lots'] = [];
    for (let short = units; short > 0;) {
      if (next >= order.length) throw new Error(`supplies.lots-short ${warehouse} ${item}`);
      const part = Math.min(short, left);
      if (part > 0) taken.push({ lot: order[next]!, units: part });
      left -= part;
      short -= part;
      if (left === 0 && ++next < order.length) left = lots[order[next]!]!.units;
    }
    shipments.push({ warehouse, incident: needs[roadNeed[road]!]!, item, units, lots: taken });
  }
}
