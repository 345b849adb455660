import type { ItemFlow } from './item-flow.rules.js';
import type { SupplyInstance } from './supplies.types.js';

/**
 * No plan with these fills and roads needs fewer shipments: each incident alone, as many of the fullest shelves as its
 * most scattered item needs.
 */
export function fewestShipments(n: SupplyInstance, flows: readonly ItemFlow[]): number {
  const least = new Int32Array(n.incidents);
  for (const flow of flows)
    flow.net.needs.forEach((k, need) => (least[k] = Math.max(least[k]!, fewestShelves(flow, need))));
  return least.reduce((sum, count) => sum + count, 0);
}

function fewestShelves({ net, served, forbidden }: ItemFlow, need: number): number {
  const stocks = new Float64Array(net.firstTo[need + 1]! - net.firstTo[need]!);
  let count = 0;
  let fullest = 0;
  for (let at = net.firstTo[need]!; at < net.firstTo[need + 1]!; at++) {
    const road = net.roadsTo[at]!;
    if (forbidden[road] !== 0) continue;
    const stock = net.stock[net.roadShelf[road]!]!;
    stocks[count++] = stock;
    if (stock > fullest) fullest = stock;
  }
  if (served[need]! <= fullest) return served[need]! > 0 ? 1 : 0;
  const sorted = stocks.subarray(0, count).sort();
  let short = served[need]!;
  let shelves = 0;
  while (short > 0) short -= sorted[count - ++shelves]!;
  return shelves;
}
