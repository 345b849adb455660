import { loadedRoads } from './item-flow.rules.js';
import type { ItemFlow, Prices } from './item-flow.rules.js';
import type { Arrival } from './latest-arrival.rules.js';
import type { ArrivalProof, ItemProof, PriceList, SupplyInstance } from './supplies.types.js';

/** Prices by warehouse and incident of the instance; 0 where the item is neither kept nor wanted. */
function listed(
  { warehouses, incidents }: SupplyInstance,
  { net }: ItemFlow,
  { goals, shelf, need }: Prices,
): PriceList {
  const spread = (part: Float64Array, at: Int32Array, length: number): Float64Array => {
    const list = new Float64Array(length);
    part.forEach((price, index) => (list[at[index]!] = price));
    return list;
  };
  return {
    goals,
    warehouse: shelf.map((part) => spread(part, net.shelves, warehouses)),
    incident: need.map((part) => spread(part, net.needs, incidents)),
  };
}

/** The item's optimum as it stands in its tree. */
export function itemProof(n: SupplyInstance, flow: ItemFlow): ItemProof {
  const { high, low } = flow.simplex.tree;
  const early = listed(n, flow, flow.prices(flow.leastHighPotentials));
  const all = listed(n, flow, flow.prices(high, low));
  const loaded = loadedRoads(flow);
  const earlyValue = early.goals.map((goal) => flow.total(goal, loaded));
  return { item: flow.net.item, early, earlyValue, all, allValue: all.goals.map((goal) => flow.total(goal, loaded)) };
}

export function arrivalProof(n: SupplyInstance, { incident, latestMin, blocking }: Arrival): ArrivalProof | null {
  if (!blocking) return null;
  const { flow, potentials } = blocking;
  return { incident, latestMin, item: flow.net.item, prices: listed(n, flow, flow.prices(potentials)) };
}
