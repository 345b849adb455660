import { itemNet, nearestFirst } from './item-net.rules.js';
import type { ItemNet } from './item-net.rules.js';
import { NetworkSimplex } from './network-simplex.rules.js';
import type { PivotLimits } from './network-simplex.rules.js';
import { SearchStopped } from './item-flow.rules.js';
import { unitValue } from './stages.rules.js';
import type { SupplyInstance, SupplyPolicy } from './supplies.types.js';

/** Values and prices are counted in parts of this size, so that they are whole. */
const PARTS = 10_000;

/** One item that takes units off its shelves where what they are worth exceeds their price. Kept warm between prices. */
export class PricedNet {
  private readonly simplex: NetworkSimplex;
  private readonly firstRoadArc: number;

  constructor(
    n: SupplyInstance,
    policy: SupplyPolicy,
    readonly net: ItemNet,
  ) {
    const { shelves, needs, stock, wanted, roadShelf, roadNeed } = net;
    const a = shelves.length;
    const source = a + needs.length;
    this.firstRoadArc = source;
    const arcs = source + roadShelf.length;
    const all = arcs + source + 1;
    const from = new Int32Array(all).fill(source);
    const to = new Int32Array(all).fill(source);
    const capacity = new Float64Array(all).fill(Number.POSITIVE_INFINITY);
    const low = new Float64Array(all);
    for (let x = 0; x < a; x++) {
      to[x] = x;
      capacity[x] = stock[x]!;
    }
    needs.forEach((k, y) => {
      from[a + y] = a + y;
      capacity[a + y] = wanted[y]!;
      low[a + y] = -Math.round(unitValue(n, policy, k, net.item) * PARTS);
    });
    for (let road = 0; road < roadShelf.length; road++) {
      from[source + road] = roadShelf[road]!;
      to[source + road] = a + roadNeed[road]!;
    }
    const high = new Float64Array(all);
    this.simplex = new NetworkSimplex({ nodes: source + 1, arcs, from, to, capacity, high, low, supply: new Float64Array(source + 1), penalty: 1 }); // prettier-ignore
  }

  units(road: number): number {
    return this.simplex.tree.flow[this.firstRoadArc + road]!;
  }

  gone(shelf: number): number {
    return this.simplex.tree.flow[shelf]!;
  }

  /** The most that can be earned at these prices a unit. Prices are rounded down, so that the answer is never too low. */
  earn(priceOf: (shelf: number) => number, limits: PivotLimits): number {
    const { simplex, net } = this;
    for (let x = 0; x < net.shelves.length; x++) simplex.low[x] = Math.floor(priceOf(x) * PARTS);
    if (limits.shouldStop()) throw new SearchStopped();
    simplex.reprice();
    if (simplex.solve(limits) !== 'optimal') throw new SearchStopped();
    let cost = 0;
    for (let arc = 0; arc < this.firstRoadArc; arc++) cost += simplex.tree.flow[arc]! * simplex.low[arc]!;
    return -cost / PARTS;
  }
}

/** Told to stop, the items so far. */
export function pricedNets(n: SupplyInstance, policy: SupplyPolicy, shouldStop: () => boolean): PricedNet[] {
  const nets: PricedNet[] = [];
  const nearest = nearestFirst(n);
  for (let item = 0; item < n.items && !shouldStop(); item++) {
    const net = itemNet(n, item, nearest);
    if (net.roadShelf.length > 0) nets.push(new PricedNet(n, policy, net));
  }
  return nets;
}
