import { arrivalProof, itemProof } from './certificate.rules.js';
import { drawTogether } from './few-shipments.rules.js';
import { itemFlow, SearchStopped } from './item-flow.rules.js';
import type { ItemFlow } from './item-flow.rules.js';
import { itemNet, nearestFirst } from './item-net.rules.js';
import { arrivalOrder, latestArrivals } from './latest-arrival.rules.js';
import type { Arrival } from './latest-arrival.rules.js';
import { shipmentsOf } from './lots.rules.js';
import { fewestShipments } from './shipment-bound.rules.js';
import { servedValue, stagesOf, unitValue, wantedValue } from './stages.rules.js';
import type { SearchLimits, SupplyCertificate, SupplyInstance, SupplyPlan, SupplyPolicy } from './supplies.types.js';

export const DEFAULT_POLICY: SupplyPolicy = {
  adminOrder: 'after-arrival',
  latestArrival: true,
  levelWeight: [8, 4, 2, 1],
  fewShipments: null,
};

export const DEFAULT_LIMITS: SearchLimits = { pivots: 1e7, shipmentRounds: 300, seed: 1, shouldStop: () => false };

/** A plan in the making; kept, it is where the next plan starts from. */
export interface SupplyWork {
  instance: SupplyInstance;
  policy: SupplyPolicy;
  /** Warehouses by incident, see `nearestFirst`. */
  nearest: Int32Array;
  /** By item; an item that nobody needs or nobody has is left out. */
  flows: ItemFlow[];
  /** Items looked at before the search was stopped. */
  itemsSeen: number;
  arrivals: Arrival[];
  certificate: SupplyCertificate | null;
}

/**
 * Allocates stock to incidents. Goals, each as good as can be before the next is looked at: units served, level by level;
 * among equals the smallest share first; reserves; latest arrival, incident by incident in order of level; person-minutes;
 * tonne-kilometres; where the policy asks for it, administrative order before or after arrival, and fewer shipments within
 * a tolerance. Quantities are whole units of the item, times minutes, distances kilometres. Pure and exact: the same
 * instance, policy and limits give the same bytes on every machine.
 *
 * Stopped early it answers what it has; `bound` says how good that could be at most. Time O(items x pivots x nodes):
 * see `npm run bench -- suggest`. Method: network simplex per item (Cunningham 1976), fair shares as a leximin base of a
 * polymatroid (Federgruen and Groenevelt 1986), arrivals by bisection from warm trees.
 * Throws `RangeError` for amounts or costs that could not be exact.
 */
export function planSupplies(
  instance: SupplyInstance,
  policy: SupplyPolicy = DEFAULT_POLICY,
  limits: Partial<SearchLimits> = {},
): SupplyPlan {
  const all = { ...DEFAULT_LIMITS, ...limits };
  return planOf(workOut(instance, policy, all), all);
}

/** Solves all but the shipments. Never throws for a stop: what is missing is then missing in the work. */
export function workOut(instance: SupplyInstance, policy: SupplyPolicy, limits: SearchLimits): SupplyWork {
  const work = newWork(instance, policy);
  try {
    for (; work.itemsSeen < instance.items; work.itemsSeen++) {
      if (limits.shouldStop()) return work;
      const flow = freshFlow(work, work.itemsSeen, limits);
      if (flow) work.flows.push(flow);
    }
    const planSoFar = (): SupplyPlan => planOf(work, limits);
    limits.onStage?.('fills', planSoFar);
    for (const flow of work.flows) flow.solveFirst(limits);
    limits.onStage?.('reserves', planSoFar);
    finishWork(work, limits);
  } catch (stopped) {
    if (!(stopped instanceof SearchStopped)) throw stopped;
  }
  return work;
}

export function newWork(instance: SupplyInstance, policy: SupplyPolicy): SupplyWork {
  const nearest = nearestFirst(instance);
  return { instance, policy, nearest, flows: [], itemsSeen: 0, arrivals: [], certificate: null };
}

/** An item from the beginning; none when nobody needs or has it. Looks at the flag twice on the way. Throws `SearchStopped`. */
export function freshFlow(
  { instance, policy: { adminOrder }, nearest }: SupplyWork,
  item: number,
  { shouldStop }: SearchLimits,
): ItemFlow | undefined {
  const net = itemNet(instance, item, nearest);
  if (net.shelves.length === 0 || net.needs.length === 0) return undefined;
  if (shouldStop()) throw new SearchStopped();
  return itemFlow(instance, net, { adminOrder, shouldStop });
}

/** Arrivals and what comes after them, from wherever the items stand. */
export function finishWork(work: SupplyWork, limits: SearchLimits): void {
  const { instance, policy, flows } = work;
  const order = arrivalOrder(instance);
  if (policy.latestArrival) for (const arrival of latestArrivals(flows, order, limits)) work.arrivals.push(arrival);
  work.certificate = {
    arrivalOrder: policy.latestArrival ? [...order] : [],
    items: flows.map((flow) => {
      if (limits.shouldStop()) throw new SearchStopped();
      return itemProof(instance, flow);
    }),
    arrivals: work.arrivals.flatMap((arrival) => arrivalProof(instance, arrival) ?? []),
  };
}

export function planOf(work: SupplyWork, limits: SearchLimits): SupplyPlan {
  const { instance, policy, flows, certificate } = work;
  const direct = stagesOf(instance, policy, flows);
  const { latestMin } = direct;
  const drawn =
    certificate && policy.fewShipments
      ? drawTogether(instance, flows, limits, { ...policy.fewShipments, latestMin })
      : null;
  flows.forEach((flow, index) => drawn && (flow.shown = drawn.units[index]!));
  const plan: SupplyPlan = {
    instance: instance.name,
    shipments: shipmentsOf(instance, flows),
    stages: drawn ? stagesOf(instance, policy, flows) : direct,
    direct,
    bound: { needMet: mostMet(work), shipments: Math.max(drawn?.bound ?? 0, shipmentsAtLeast(work)) },
    certificate,
    status: certificate ? 'optimal' : 'stopped',
    seed: limits.seed,
    shipmentRounds: drawn?.rounds ?? 0,
  };
  if (drawn) for (const flow of flows) flow.shown = null;
  return plan;
}

/** Told to stop it says no more than that each incident served is sent something. */
function shipmentsAtLeast({ instance, flows, certificate }: SupplyWork): number {
  if (certificate) return fewestShipments(instance, flows);
  const served = new Uint8Array(instance.incidents);
  for (const { net, served: units } of flows) net.needs.forEach((k, need) => units[need]! > 0 && (served[k] = 1));
  return served.reduce((sum, one) => sum + one, 0);
}

/** Fills are the best there are; an item not yet looked at could be met in full. */
function mostMet({ instance, policy, flows, itemsSeen }: SupplyWork): number {
  const wanted = wantedValue(instance, policy);
  if (wanted === 0) return 1;
  let most = servedValue(instance, policy, flows);
  for (let item = itemsSeen; item < instance.items; item++)
    for (let k = 0; k < instance.incidents; k++)
      most += instance.need[k * instance.items + item]! * unitValue(instance, policy, k, item);
  return most / wanted;
}
