import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { NetworkSimplex } from './network-simplex.rules.js';
import type { Network } from './network-simplex.rules.js';
import { seeded } from './random.rules.js';

const PATIENT = { pivots: 1e6, shouldStop: () => false };

/** Sources, sinks and a few passing nodes; supplies sum to zero; the costs are small, so that ties are frequent. */
function randomNetwork(seed: number, arcs: number): Network {
  const random = seeded(seed);
  const nodes = 8;
  const pick = (from: number, to: number): Float64Array =>
    Float64Array.from({ length: arcs }, () => random.whole(from, to));
  const supply = new Float64Array(nodes);
  for (let node = 0; node < 3; node++) {
    const units = random.whole(0, 9);
    supply[node] = units;
    supply[7 - node] = -units;
  }
  return {
    nodes,
    arcs,
    from: Int32Array.from({ length: arcs }, () => random.whole(0, nodes - 1)),
    to: Int32Array.from({ length: arcs }, () => random.whole(0, nodes - 1)),
    capacity: pick(0, 8),
    high: pick(0, 3),
    low: pick(-2, 9),
    supply,
    penalty: 1e6,
  };
}

/** Bellman-Ford on the rest network, costs as one exact number: no negative cycle is a proof of optimality by another road. */
function hasBetterCycle(network: Network, flow: Float64Array): boolean {
  const cost = (arc: number): number => network.high[arc]! * 1e6 + network.low[arc]!;
  const edges: [number, number, number][] = [];
  network.from.forEach((from, arc) => {
    if (flow[arc]! < network.capacity[arc]!) edges.push([from, network.to[arc]!, cost(arc)]);
    if (flow[arc]! > 0) edges.push([network.to[arc]!, from, -cost(arc)]);
  });
  const distance = new Float64Array(network.nodes);
  let changed = false;
  for (let round = 0; round <= network.nodes; round++) {
    changed = false;
    for (const [from, to, length] of edges)
      if (distance[from]! + length < distance[to]!) {
        distance[to] = distance[from]! + length;
        changed = true;
      }
  }
  return changed;
}

function expectSound(network: Network, simplex: NetworkSimplex): void {
  const { flow } = simplex.tree;
  const balance = Float64Array.from(network.supply);
  for (let arc = 0; arc < simplex.arcs; arc++) {
    expect(Number.isInteger(flow[arc])).toBe(true);
    expect(flow[arc]).toBeGreaterThanOrEqual(0);
    expect(flow[arc]).toBeLessThanOrEqual(network.capacity[arc]!);
    balance[network.from[arc]!]! -= flow[arc]!;
    balance[network.to[arc]!]! += flow[arc]!;
  }
  const short = balance.reduce((sum, units) => sum + Math.abs(units), 0);
  expect(short).toBe(simplex.missing());
}

describe('the network simplex', () => {
  it('ends with a flow that keeps every node and capacity, and that no cycle improves', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 10, max: 60 }), (seed, arcs) => {
        const network = randomNetwork(seed, arcs);
        const simplex = new NetworkSimplex(network);
        expect(simplex.solve(PATIENT)).toBe('optimal');
        expectSound(network, simplex);
        if (simplex.missing() === 0) expect(hasBetterCycle(network, simplex.tree.flow)).toBe(false);
      }),
      { numRuns: 120, seed: 1 },
    );
  });

  it('starts again from its tree after costs have changed, and finds what a fresh start finds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), (seed) => {
        const network = randomNetwork(seed, 50);
        const other = { ...network, high: randomNetwork(seed + 1, 50).high, low: randomNetwork(seed + 2, 50).low };
        const warm = new NetworkSimplex(network);
        warm.solve(PATIENT);
        const before = warm.tree.copy();
        warm.high.set(other.high);
        warm.low.set(other.low);
        warm.reprice();
        warm.solve(PATIENT);
        expectSound(other, warm);
        const fresh = new NetworkSimplex(other);
        fresh.solve(PATIENT);
        expect(warm.missing()).toBe(fresh.missing());
        expect([costOf(other, warm), 'warm']).toEqual([costOf(other, fresh), 'warm']);
        warm.tree.become(before);
        expect(warm.tree.copy()).toEqual(before);
      }),
      { numRuns: 60, seed: 2 },
    );
  });

  it('reports what cannot be brought instead of hiding it', () => {
    const simplex = new NetworkSimplex({
      nodes: 2, arcs: 1, from: Int32Array.of(0), to: Int32Array.of(1), capacity: Float64Array.of(3), high: Float64Array.of(1),
      low: Float64Array.of(0), supply: Float64Array.of(5, -5), penalty: 1e6,
    }); // prettier-ignore
    simplex.solve(PATIENT);
    expect([simplex.tree.flow[0], simplex.missing()]).toEqual([3, 4]);
  });

  it('stops at a pivot limit or on request, with a feasible tree', () => {
    const network = randomNetwork(5, 60);
    const limited = new NetworkSimplex(network);
    expect(limited.solve({ pivots: 2, shouldStop: () => false })).toBe('pivot-limit');
    expectSound(network, limited);
    expect(limited.solve(PATIENT)).toBe('optimal');
    const long = assignment(60);
    let asked = 0;
    const stopped = new NetworkSimplex(long);
    expect(stopped.solve({ pivots: 1e6, shouldStop: () => ++asked === 2 })).toBe('stopped');
    expectSound(long, stopped);
  });
});

/** n givers, n takers, every pair: enough pivots for several batches. */
function assignment(n: number): Network {
  const random = seeded(9);
  const arcs = n * n;
  return {
    nodes: 2 * n,
    arcs,
    from: Int32Array.from({ length: arcs }, (_, arc) => Math.floor(arc / n)),
    to: Int32Array.from({ length: arcs }, (_, arc) => n + (arc % n)),
    capacity: new Float64Array(arcs).fill(10),
    high: Float64Array.from({ length: arcs }, () => random.whole(0, 99)),
    low: new Float64Array(arcs),
    supply: Float64Array.from({ length: 2 * n }, (_, node) => (node < n ? 50 : -50)),
    penalty: 1e6,
  };
}

function costOf(network: Network, simplex: NetworkSimplex): [number, number] {
  const sum = (cost: Float64Array): number =>
    cost.reduce((total, each, arc) => total + each * simplex.tree.flow[arc]!, 0);
  return [sum(network.high), sum(network.low)];
}
