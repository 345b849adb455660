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
  const { firstTo, roadsTo, roadShelf, stock } = net;
  let fullest = 0;
  for (let at = firstTo[need]!; at < firstTo[need + 1]!; at++) {
    const road = roadsTo[at]!;
    if (forbidden[road] === 0 && stock[roadShelf[road]!]! > fullest) fullest = stock[roadShelf[road]!]!;
  }
  if (served[need]! <= fullest) return served[need]! > 0 ? 1 : 0;
  const open = roadsTo.subarray(firstTo[need]!, firstTo[need + 1]!).filter((road) => forbidden[road] === 0);
  const stocks = Float64Array.from(open, (road) => stock[roadShelf[road]!]!).sort();
  let short = served[need]!;
  let shelves = 0;
  while (short > 0) short -= stocks[stocks.length - ++shelves]!;
  return shelves;
}
