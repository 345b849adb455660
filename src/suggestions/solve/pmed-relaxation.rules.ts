import type { MedianInstance } from './solve.types.js';

export const FREE = 0;
export const OPEN = 1;
export const CLOSED = -1;
const FEW = 25;

/** An instance with, for each node, the sites by distance: most of the relaxation looks only at the near ones. */
export interface MedianNetwork extends MedianInstance {
  /** How many sites there are to choose from. */
  sites: number;
  /** `nearest[j * sites + k]` is the `k`-th nearest site of node `j`. */
  nearest: Int32Array;
  /** Its distance. */
  ranked: Float64Array;
  /** 1 when every distance is a whole number: then so is every objective. */
  grain: 0 | 1;
}

export function medianNetwork(instance: MedianInstance): MedianNetwork {
  const { nodes, distances } = instance;
  const nearest = new Int32Array(nodes * nodes);
  const ranked = new Float64Array(nodes * nodes);
  for (let j = 0; j < nodes; j += 1) {
    const row = distances.subarray(j * nodes, (j + 1) * nodes);
    const order = Int32Array.from(row.keys()).sort((left, right) => row[left]! - row[right]! || left - right);
    nearest.set(order, j * nodes);
    for (let k = 0; k < nodes; k += 1) ranked[j * nodes + k] = row[order[k]!]!;
  }
  const grain = distances.every((value) => Number.isInteger(value)) ? 1 : 0;
  return { ...instance, sites: nodes, nearest, ranked, grain };
}

/** The network without its closed sites. */
export function withoutClosed(network: MedianNetwork, state: Int8Array): MedianNetwork {
  const { nodes, nearest, ranked } = network;
  const sites = state.reduce((count, one) => (one === CLOSED ? count : count + 1), 0);
  if (sites === network.sites) return network;
  const narrow = { ...network, sites, nearest: new Int32Array(nodes * sites), ranked: new Float64Array(nodes * sites) };
  let to = 0;
  for (let from = 0; from < nearest.length; from += 1) {
    if (state[nearest[from]!] === CLOSED) continue;
    narrow.nearest[to] = nearest[from]!;
    narrow.ranked[to] = ranked[from]!;
    to += 1;
  }
  return narrow;
}

/** What one set of prices says: a lower bound, the sites it would open, and what each site is worth to it. */
export interface MedianPricing {
  value: number;
  /** Sites that the relaxation opens. */
  chosen: Int32Array;
  isChosen: Uint8Array;
  /** Per site: the sum of what its near nodes save, never positive. */
  worth: Float64Array;
  /** Worth of the best free site left out and of the worst free site let in: what a change of mind costs at least. */
  bestOut: number;
  worstIn: number;
  /** Per node: 1 minus the number of open sites that would serve it. */
  slack: Float64Array;
  /** Squared length of `slack`. */
  norm: number;
}

/**
 * The assignment of nodes is priced out: each site saves what it saves alone, and the best `medians` of them are opened.
 * The bound it can reach is that of the linear relaxation.
 */
export function priceMedians(network: MedianNetwork, prices: Float64Array, state: Int8Array): MedianPricing {
  const { nodes, sites, nearest, ranked } = network;
  const worth = new Float64Array(nodes);
  let value = 0;
  for (let j = 0; j < nodes; j += 1) {
    const price = prices[j]!;
    value += price;
    for (let k = j * sites, end = k + sites; k < end && ranked[k]! < price; k += 1)
      worth[nearest[k]!]! += ranked[k]! - price;
  }
  const choice = chooseBest(network, worth, state);
  const isChosen = new Uint8Array(nodes);
  for (const i of choice.chosen) {
    isChosen[i] = 1;
    value += worth[i]!;
  }
  const slack = slackOf(network, prices, choice.chosen, isChosen);
  let norm = 0;
  for (let j = 0; j < nodes; j += 1) norm += slack[j]! ** 2;
  return { ...choice, value, isChosen, worth, slack, norm };
}

/** The open sites and the free ones that are worth most. */
function chooseBest(
  { medians }: MedianNetwork,
  worth: Float64Array,
  state: Int8Array,
): Pick<MedianPricing, 'chosen' | 'bestOut' | 'worstIn'> {
  const chosen: number[] = [];
  const free: number[] = [];
  for (let i = 0; i < state.length; i += 1) {
    if (state[i] === OPEN) chosen.push(i);
    else if (state[i] === FREE) free.push(i);
  }
  const taken = Math.max(0, medians - chosen.length);
  const values = Float64Array.from(free, (i) => worth[i]!).sort();
  const worstIn = taken > 0 && taken <= free.length ? values[taken - 1]! : Number.NEGATIVE_INFINITY;
  const bestOut = taken < free.length ? values[taken]! : Number.POSITIVE_INFINITY;
  for (const i of free) if (worth[i]! < worstIn) chosen.push(i);
  for (const i of free) if (worth[i] === worstIn && chosen.length < medians) chosen.push(i);
  return { chosen: Int32Array.from(chosen), bestOut, worstIn };
}

function slackOf(
  { nodes, sites, nearest, ranked, distances }: MedianNetwork,
  prices: Float64Array,
  chosen: Int32Array,
  isChosen: Uint8Array,
): Float64Array {
  const slack = new Float64Array(nodes).fill(1);
  // Few sites reach far: look at them one by one. Many sites reach only their neighbours: look at those.
  if (chosen.length * FEW < nodes) {
    for (const i of chosen)
      for (let j = 0, at = i * nodes; j < nodes; j += 1, at += 1) if (distances[at]! < prices[j]!) slack[j]! -= 1;
    return slack;
  }
  for (let j = 0; j < nodes; j += 1)
    for (let k = j * sites, end = k + sites; k < end && ranked[k]! < prices[j]!; k += 1)
      slack[j]! -= isChosen[nearest[k]!]!;
  return slack;
}
