import { shipmentsOf } from './lots.rules.js';
import { SearchStopped } from './item-flow.rules.js';
import { DEFAULT_LIMITS } from './plan-supplies.rules.js';
import { pricedNets } from './priced-nets.rules.js';
import type { PricedNet } from './priced-nets.rules.js';
import { unitValue, wantedValue } from './stages.rules.js';
import type { SearchLimits, SharedCapacity, SupplyInstance, SupplyPolicy, SupplyShipment } from './supplies.types.js';

export interface CapacityPlan {
  shipments: SupplyShipment[];
  /** Weighed persons served. */
  value: number;
  /** No plan within the capacities reaches more. */
  bound: number;
  /** (bound - value) / bound. */
  gap: number;
  /** What one more unit of each capacity would be worth, at most. */
  prices: Float64Array;
  rounds: number;
  status: 'within-gap' | 'rounds' | 'stopped';
}

export interface CapacityLimits extends SearchLimits {
  /** Price rounds; counted, so that the same input gives the same bytes. */
  priceRounds: number;
  /** Enough, as a share of the bound. */
  gap: number;
}

/**
 * Serves as many weighed persons as loading docks, lorries and the like allow. Items meet in the capacities, so those get
 * prices (Lagrange): at any prices the items' own optima bound what is possible, and what they would send, cut to fit and
 * filled up, is a plan. Prices move along a smoothed subgradient with Polyak's step (Held, Wolfe and Crowder 1974). The
 * gap between the two is proven. Here levels count by weight; reserves, arrivals and equity are not looked at.
 * Each round re-solves each item from its tree.
 */
export function planWithinCapacities(
  n: SupplyInstance,
  policy: SupplyPolicy,
  capacities: readonly SharedCapacity[],
  limits: Partial<CapacityLimits> = {},
): CapacityPlan {
  const all = { ...DEFAULT_LIMITS, priceRounds: 60, gap: 0.001, ...limits };
  const search = new PriceSearch(n, policy, { capacities, shouldStop: all.shouldStop });
  let status: CapacityPlan['status'] = 'rounds';
  try {
    for (let round = 0; round < all.priceRounds; round++) {
      if (all.shouldStop()) throw new SearchStopped();
      search.round(all);
      if (search.gap() > all.gap) continue;
      status = 'within-gap';
      break;
    }
  } catch (stopped) {
    if (!(stopped instanceof SearchStopped)) throw stopped;
    status = 'stopped';
  }
  const { bestValue: value, bound, rounds, prices } = search;
  return { shipments: shipmentsOf(n, search.carried()), value, bound, gap: search.gap(), prices, rounds, status };
}

class PriceSearch {
  readonly prices: Float64Array;
  bound: number;
  bestValue = 0;
  rounds = 0;
  private readonly capacities: readonly SharedCapacity[];
  private readonly nets: PricedNet[];
  private best: Float64Array[];
  private readonly smoothed: Float64Array;
  /** Capacities by warehouse. */
  private readonly over: number[][];
  private stride = 1.2;
  private withoutGain = 0;
  /** Needs (net, need, value of a kilogram), the densest first. */
  private readonly byDensity: { at: number; need: number; density: number }[];

  constructor(
    private readonly n: SupplyInstance,
    private readonly policy: SupplyPolicy,
    { capacities, shouldStop }: { capacities: readonly SharedCapacity[]; shouldStop: () => boolean },
  ) {
    this.capacities = capacities;
    this.nets = pricedNets(n, policy, shouldStop);
    this.best = this.nets.map(({ net }) => new Float64Array(net.roadShelf.length));
    this.prices = new Float64Array(capacities.length);
    this.smoothed = new Float64Array(capacities.length);
    this.over = Array.from({ length: n.warehouses }, () => []);
    capacities.forEach(({ warehouses }, c) => warehouses.forEach((w) => this.over[w]!.push(c)));
    this.byDensity = this.nets
      .flatMap(({ net }, at) => [...net.needs.keys()].map((need) => ({ at, need, density: this.density(at, need) })))
      .sort((one, other) => other.density - one.density || one.need - other.need || one.at - other.at);
    this.bound = wantedValue(n, policy);
  }

  gap(): number {
    return this.bound > 0 ? Math.max(0, this.bound - this.bestValue) / this.bound : 0;
  }

  carried() {
    return this.nets.map(({ net }, at) => ({ net, units: (road: number) => this.best[at]![road]! }));
  }

  private density(at: number, need: number): number {
    const { net } = this.nets[at]!;
    return unitValue(this.n, this.policy, net.needs[need]!, net.item) / this.n.unitKg[net.item]!;
  }

  round(limits: SearchLimits): void {
    const { prices, capacities } = this;
    this.rounds++;
    const load = new Float64Array(capacities.length);
    let reached = capacities.reduce((sum, { capacity }, c) => sum + prices[c]! * capacity, 0);
    for (const priced of this.nets) {
      const { shelves, item } = priced.net;
      const priceOf = (w: number): number =>
        this.over[w]!.reduce((sum, c) => sum + prices[c]! * capacities[c]!.unitLoad[item]!, 0);
      reached += priced.earn((x) => priceOf(shelves[x]!), limits);
      shelves.forEach((w, x) => {
        for (const c of this.over[w]!) load[c] = load[c]! + priced.gone(x) * capacities[c]!.unitLoad[item]!;
      });
    }
    this.noteBound(reached);
    this.noteValue(this.fit());
    this.movePrices(load, reached);
  }

  private noteBound(reached: number): void {
    const isGain = reached < this.bound * (1 - 1e-6);
    if (reached < this.bound) this.bound = reached;
    this.withoutGain = isGain ? 0 : this.withoutGain + 1;
    if (this.withoutGain < 4) return;
    this.stride *= 0.7;
    this.withoutGain = 0;
  }

  private noteValue({ value, units }: { value: number; units: Float64Array[] }): void {
    if (value <= this.bestValue) return;
    this.bestValue = value;
    this.best = units;
  }

  private movePrices(load: Float64Array, reached: number): void {
    const { prices, smoothed, capacities } = this;
    let length = 0;
    for (let c = 0; c < prices.length; c++) {
      const excess = load[c]! - capacities[c]!.capacity;
      const pull = prices[c]! <= 0 && excess < 0 ? 0 : excess;
      smoothed[c] = this.rounds === 1 ? pull : (smoothed[c]! + pull) / 2;
      length += smoothed[c]! * smoothed[c]!;
    }
    const step = (this.stride * (reached - this.bestValue)) / Math.max(1e-9, length);
    for (let c = 0; c < prices.length; c++) prices[c] = Math.max(0, prices[c]! + step * smoothed[c]!);
  }

  /** What the items would send, densest first as far as the capacities go; then what is still open from what is left. */
  private fit(): { value: number; units: Float64Array[] } {
    const { nets, capacities } = this;
    const room = Float64Array.from(capacities, ({ capacity }) => capacity);
    const left = nets.map(({ net }) => net.stock.slice());
    const open = nets.map(({ net }) => net.wanted.slice());
    const units = nets.map(({ net }) => new Float64Array(net.roadShelf.length));
    let value = 0;
    for (const pass of ['planned', 'more'] as const)
      for (const { at, need, density } of this.byDensity) {
        const { net } = nets[at]!;
        for (let place = net.firstTo[need]!; place < net.firstTo[need + 1]! && open[at]![need]! > 0; place++) {
          const road = net.roadsTo[place]!;
          const shelf = net.roadShelf[road]!;
          const wish = pass === 'planned' ? nets[at]!.units(road) : open[at]![need]!;
          const sent = this.fitting(Math.min(wish, left[at]![shelf]!, open[at]![need]!), { w: net.shelves[shelf]!, item: net.item, room }); // prettier-ignore
          if (sent <= 0) continue;
          left[at]![shelf] = left[at]![shelf]! - sent;
          open[at]![need] = open[at]![need]! - sent;
          units[at]![road] = units[at]![road]! + sent;
          value += sent * density * this.n.unitKg[net.item]!;
        }
      }
    return { value, units };
  }

  /** As many units as all capacities over a warehouse have room for; takes the room. */
  private fitting(wish: number, { w, item, room }: { w: number; item: number; room: Float64Array }): number {
    if (wish <= 0) return 0;
    let units = wish;
    for (const c of this.over[w]!) {
      const load = this.capacities[c]!.unitLoad[item]!;
      if (load > 0) units = Math.min(units, Math.floor(room[c]! / load));
    }
    for (const c of this.over[w]!) room[c] = room[c]! - units * this.capacities[c]!.unitLoad[item]!;
    return units;
  }
}
