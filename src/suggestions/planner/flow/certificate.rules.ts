import { readDigits } from './cost-digits.rules.js';
import { loadedRoads } from './item-flow.rules.js';
import type { ItemFlow } from './item-flow.rules.js';
import type { Arrival } from './latest-arrival.rules.js';
import type { ArrivalProof, ItemProof, PriceList, SupplyInstance } from './supplies.types.js';

/** Prices by warehouse and incident of the instance; 0 where the item is neither kept nor wanted. Early goals alone without low potentials. */
function listed(n: SupplyInstance, flow: ItemFlow, high: Float64Array, low?: Float64Array): PriceList {
  const { early, late, highBases, lowBases } = flow.digits;
  const first = pricesOf(n, flow, { potentials: high, bases: highBases });
  const then = low ? pricesOf(n, flow, { potentials: low, bases: lowBases }) : { warehouse: [], incident: [] };
  return {
    goals: low ? [...early, ...late] : early,
    warehouse: [...first.warehouse, ...then.warehouse],
    incident: [...first.incident, ...then.incident],
  };
}

/** Potentials of one level above the source, goal by goal. */
function pricesOf(
  { warehouses, incidents }: SupplyInstance,
  { net: { shelves, needs } }: ItemFlow,
  { potentials, bases }: { potentials: Float64Array; bases: readonly number[] },
): Pick<PriceList, 'warehouse' | 'incident'> {
  const warehouse = bases.map(() => new Float64Array(warehouses));
  const incident = bases.map(() => new Float64Array(incidents));
  const source = potentials[shelves.length + needs.length]!;
  for (let x = 0; x < shelves.length; x++)
    readDigits(potentials[x]! - source, { bases, parts: warehouse, at: shelves[x]! });
  for (let y = 0; y < needs.length; y++)
    readDigits(potentials[shelves.length + y]! - source, { bases, parts: incident, at: needs[y]! });
  return { warehouse, incident };
}

/** The item's optimum as it stands in its tree. */
export function itemProof(n: SupplyInstance, flow: ItemFlow): ItemProof {
  const { high, low } = flow.simplex.tree;
  const early = listed(n, flow, flow.leastHighPotentials);
  const all = listed(n, flow, high, low);
  const loaded = loadedRoads(flow);
  const allValue = all.goals.map((goal) => flow.total(goal, loaded));
  return { item: flow.net.item, early, earlyValue: allValue.slice(0, early.goals.length), all, allValue };
}

export function arrivalProof(n: SupplyInstance, { incident, latestMin, blocking }: Arrival): ArrivalProof | null {
  if (!blocking) return null;
  const { flow, potentials } = blocking;
  return { incident, latestMin, item: flow.net.item, prices: listed(n, flow, potentials) };
}
