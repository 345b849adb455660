import { randomFrom } from './random.rules.js';
import type { MedianNetwork } from './pmed-relaxation.rules.js';

/** Sum of the distances to the nearest open site. */
export function medianCost(network: MedianNetwork, sites: ArrayLike<number>): number {
  const { nodes, distances } = network;
  let sum = 0;
  for (let j = 0; j < nodes; j += 1) {
    let least = Number.POSITIVE_INFINITY;
    for (let at = 0; at < sites.length; at += 1) least = Math.min(least, distances[j * nodes + sites[at]!]!);
    sum += least;
  }
  return sum;
}

/** Per node: the nearest and the second nearest open site. */
interface Served {
  first: Float64Array;
  second: Float64Array;
  by: Int32Array;
  cost: number;
}

function serve({ nodes, sites, nearest, ranked }: MedianNetwork, isOpen: Uint8Array): Served {
  const first = new Float64Array(nodes).fill(Number.POSITIVE_INFINITY);
  const second = new Float64Array(nodes).fill(Number.POSITIVE_INFINITY);
  const by = new Int32Array(nodes);
  let cost = 0;
  for (let j = 0; j < nodes; j += 1) {
    let found = 0;
    for (let k = j * sites, end = k + sites; k < end && found < 2; k += 1) {
      if (isOpen[nearest[k]!] === 0) continue;
      if (found === 0) {
        first[j] = ranked[k]!;
        by[j] = nearest[k]!;
      } else second[j] = ranked[k]!;
      found += 1;
    }
    cost += first[j]!;
  }
  return { first, second, by, cost };
}

function openSites(isOpen: Uint8Array): number[] {
  const open: number[] = [];
  for (let site = 0; site < isOpen.length; site += 1) if (isOpen[site] === 1) open.push(site);
  return open;
}

/** The exchange of one open for one closed site that gains most, or null when none gains. */
function bestExchange(
  network: MedianNetwork,
  isOpen: Uint8Array,
  served: Served,
  candidates: readonly number[],
): [out: number, into: number] | null {
  const open = openSites(isOpen);
  const { nodes, distances } = network;
  const { first, second, by } = served;
  const lost = new Float64Array(nodes);
  for (let j = 0; j < nodes; j += 1) lost[by[j]!]! += second[j]! - first[j]!;
  let best = 1e-9 * served.cost;
  let exchange: [number, number] | null = null;
  const spared = new Float64Array(nodes);
  for (const into of candidates) {
    if (isOpen[into] === 1) continue;
    spared.fill(0);
    let gained = 0;
    const row = distances.subarray(into * nodes, (into + 1) * nodes);
    for (let j = 0; j < nodes; j += 1) {
      const distance = row[j]!;
      if (distance < first[j]!) {
        gained += first[j]! - distance;
        spared[by[j]!]! += second[j]! - first[j]!;
      } else if (distance < second[j]!) spared[by[j]!]! += second[j]! - distance;
    }
    for (const out of open) {
      const gain = gained + spared[out]! - lost[out]!;
      if (gain > best) {
        best = gain;
        exchange = [out, into];
      }
    }
  }
  return exchange;
}

/** Exchanges one open site for one candidate at a time while that gains. */
export function improveMedians(
  network: MedianNetwork,
  sites: ArrayLike<number>,
  candidates: readonly number[],
): { sites: number[]; cost: number } {
  const isOpen = new Uint8Array(network.nodes);
  for (let at = 0; at < sites.length; at += 1) isOpen[sites[at]!] = 1;
  for (;;) {
    const served = serve(network, isOpen);
    const exchange =
      sites.length > 1 && sites.length < network.nodes ? bestExchange(network, isOpen, served, candidates) : null;
    if (!exchange) {
      if (sites.length === 1) return bestSingle(network);
      const open = openSites(isOpen);
      return { sites: open, cost: medianCost(network, open) };
    }
    isOpen[exchange[0]] = 0;
    isOpen[exchange[1]] = 1;
  }
}

/** Shakes the best choice and improves it again, a fixed number of times: the same answer every time. */
export function shakeMedians(
  network: MedianNetwork,
  sites: number[],
  candidates: readonly number[],
  rounds: number,
): { sites: number[]; cost: number } {
  let best = { sites, cost: medianCost(network, sites) };
  if (sites.length < 2 || sites.length >= network.nodes) return best;
  const random = randomFrom(network.nodes * 31 + sites.length);
  for (let round = 0; round < rounds; round += 1) {
    const isOpen = new Uint8Array(network.nodes);
    for (const site of best.sites) isOpen[site] = 1;
    for (let shake = 0; shake < 2 + (round % 4); shake += 1) {
      const closed = candidates.filter((site) => isOpen[site] === 0);
      const open = openSites(isOpen);
      if (closed.length === 0) return best;
      isOpen[open[Math.floor(random() * open.length)]!] = 0;
      isOpen[closed[Math.floor(random() * closed.length)]!] = 1;
    }
    const next = improveMedians(network, openSites(isOpen), candidates);
    // An equal choice is taken too: it is another place to search from.
    if (next.cost <= best.cost) best = next;
  }
  return best;
}

/** One median: the second nearest does not exist, so the best is simply looked up. */
function bestSingle(network: MedianNetwork): { sites: number[]; cost: number } {
  let best = { sites: [0], cost: medianCost(network, [0]) };
  for (let site = 1; site < network.nodes; site += 1) {
    const cost = medianCost(network, [site]);
    if (cost < best.cost) best = { sites: [site], cost };
  }
  return best;
}
