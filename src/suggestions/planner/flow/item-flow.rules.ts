import { costDigits, roadCost } from './cost-digits.rules.js';
import type { CostDigits } from './cost-digits.rules.js';
import { fairFill } from './fair-fill.rules.js';
import type { FillFlow } from './fill-flow.rules.js';
import type { ItemNet } from './item-net.rules.js';
import { NetworkSimplex } from './network-simplex.rules.js';
import type { PivotLimits } from './network-simplex.rules.js';
import type { SpanningTree } from './spanning-tree.rules.js';
import type { AdminOrder, SupplyGoal, SupplyInstance } from './supplies.types.js';

/** The caller's limits ended the search. */
export class SearchStopped extends Error {
  constructor() {
    super('supplies.search-stopped');
  }
}

/**
 * One item with its fills fixed, as a flow: shelves give their free stock to needs by roads and the rest of it to the source, which
 * brings the reserves at a price (arcs 2x and 2x + 1 of shelf x). Kept with its tree, so that a change of costs or of forbidden roads is answered from where it stands.
 */
export class ItemFlow {
  readonly simplex: NetworkSimplex;
  readonly digits: CostDigits;
  readonly served: Float64Array;
  /** Roads priced as forbidden. */
  readonly forbidden: Uint8Array;
  /** A forbidden road is in the tree: potentials are to be computed again before the next solve. */
  private stale = false;
  /** Nothing has changed since the tree was the best. Whoever changes the tree itself says so by `becomes`. */
  private solved = false;
  /** The least high cost over all roads, once proven, and the potentials that prove it. */
  leastHigh = Number.NaN;
  leastHighPotentials = new Float64Array(0);
  /** Units per road that are shown in place of the tree: the first fill until the item is solved, a drawn-together plan after. */
  shown: Float64Array | null;

  constructor(
    /** Replaced when a change elsewhere makes a new instance; the item's own numbers are the same. */
    public instance: SupplyInstance,
    readonly net: ItemNet,
    { adminOrder, fill }: { adminOrder: AdminOrder; fill: FillFlow },
  ) {
    const { served } = fill;
    this.served = served;
    this.shown = unitsByRoad(net, fill);
    this.digits = costDigits(instance, net, adminOrder);
    this.forbidden = new Uint8Array(net.roadShelf.length);
    this.simplex = new NetworkSimplex(networkOf(instance, net, { digits: this.digits, served }));
  }

  /** Arc of a road. */
  arcOf(road: number): number {
    return 2 * this.net.shelves.length + road;
  }

  /** Units on a road. */
  units(road: number): number {
    return this.shown ? this.shown[road]! : this.simplex.tree.flow[this.arcOf(road)]!;
  }

  /** Throws `SearchStopped` at a limit; the tree is then feasible, but not the best. */
  solve(limits: PivotLimits): void {
    if (limits.shouldStop()) throw new SearchStopped();
    if (this.solved && !this.stale) return;
    if (this.stale) this.simplex.reprice();
    this.stale = false;
    if (this.simplex.solve(limits) !== 'optimal') throw new SearchStopped();
    this.solved = true;
  }

  /** Solves for the first time and keeps what the early goals can reach at best. */
  solveFirst(limits: PivotLimits): void {
    this.solve(limits);
    this.leastHigh = this.highCost();
    this.shown = null;
    this.leastHighPotentials = this.simplex.tree.high.slice(0, this.net.shelves.length + this.net.needs.length + 1);
  }

  /** Goes back to a former tree. */
  becomes(tree: SpanningTree): void {
    this.simplex.tree.become(tree);
    this.solved = false;
  }

  forbid(road: number): void {
    if (this.forbidden[road] === 1) return;
    // Where nothing goes over it, the flow is as good without it.
    this.solved &&= this.simplex.tree.flow[this.arcOf(road)] === 0;
    this.forbidden[road] = 1;
    const arc = this.arcOf(road);
    this.simplex.high[arc] = this.simplex.high[arc]! + this.digits.forbidden;
    this.stale ||= this.simplex.inTree(arc);
  }

  allow(road: number): void {
    if (this.forbidden[road] === 0) return;
    this.solved = false;
    this.forbidden[road] = 0;
    const arc = this.arcOf(road);
    this.simplex.high[arc] = this.simplex.high[arc]! - this.digits.forbidden;
    this.stale = true;
  }

  /**
   * What one unit more on an arc would cost the early goals at their optimum, all roads allowed: 0 or more where nothing
   * goes, 0 or less where all goes.
   */
  reducedEarly(arc: number): number {
    const reduced = this.simplex.reducedHigh(arc, this.leastHighPotentials);
    const road = arc - 2 * this.net.shelves.length;
    return road >= 0 && this.forbidden[road] === 1 ? reduced - this.digits.forbidden : reduced;
  }

  /** Another low cost for a road. */
  setLow(road: number, cost: number): void {
    const arc = this.arcOf(road);
    if (this.simplex.low[arc] === cost) return;
    this.simplex.low[arc] = cost;
    this.stale = true;
    this.solved = false;
  }

  /** High cost of the flow, forbidden roads included. */
  highCost(): number {
    const { flow } = this.simplex.tree;
    const { high } = this.simplex;
    let sum = 0;
    for (let arc = 0; arc < flow.length; arc++) if (flow[arc]! > 0) sum += flow[arc]! * high[arc]!;
    return sum;
  }

  /** Units times cost of one goal, over the roads that carry anything. Exact. */
  total(goal: SupplyGoal, loaded: readonly number[] = loadedRoads(this)): number {
    if (goal === 'reserve') return this.reserveTotal(loaded);
    let sum = 0;
    for (const road of loaded) sum += this.units(road) * roadCost(this.instance, goal, this.net.roadPlace[road]!);
    return sum;
  }

  /** Roads are sorted by shelf, so that each shelf's lie side by side. */
  private reserveTotal(loaded: readonly number[]): number {
    const { shelves, stock, reserve, roadShelf } = this.net;
    let sum = 0;
    for (let at = 0; at < loaded.length;) {
      const x = roadShelf[loaded[at]!]!;
      let gone = 0;
      for (; at < loaded.length && roadShelf[loaded[at]!] === x; at++) gone += this.units(loaded[at]!);
      sum += Math.max(0, gone - (stock[x]! - reserve[x]!)) * this.instance.reserveWeight[shelves[x]!]!;
    }
    return sum;
  }

  /** Where a road stands in the instance. */
  placeOf(road: number): number {
    return this.net.roadPlace[road]!;
  }
}

/** An item's net with units on its roads. */
export type Carried = Pick<ItemFlow, 'net' | 'units'>;

/** Units of all roads side by side, and where they begin: read in one go where there are a million. */
function amountsOf({ shown, simplex, net }: ItemFlow): { list: Float64Array; first: number } {
  return shown ? { list: shown, first: 0 } : { list: simplex.tree.flow, first: 2 * net.shelves.length };
}

/** Roads with anything on them, in their order: by shelf, then need. */
export function loadedRoads(carried: Carried): number[] {
  const roads: number[] = [];
  const count = carried.net.roadShelf.length;
  if (carried instanceof ItemFlow) {
    const { list, first } = amountsOf(carried);
    for (let road = 0; road < count; road++) if (list[first + road]! > 0) roads.push(road);
  } else for (let road = 0; road < count; road++) if (carried.units(road) > 0) roads.push(road);
  return roads;
}

/** The fills of an item and the flow that carries them, not yet solved. Throws `SearchStopped` between the two when told to stop. */
export function itemFlow(
  instance: SupplyInstance,
  net: ItemNet,
  { adminOrder, shouldStop }: { adminOrder: AdminOrder; shouldStop: () => boolean },
): ItemFlow {
  const fill = fairFill(net, (need) => instance.level[net.needs[need]!]!);
  if (shouldStop()) throw new SearchStopped();
  return new ItemFlow(instance, net, { adminOrder, fill });
}

function unitsByRoad({ needs, roadShelf, roadNeed }: ItemNet, { units }: FillFlow): Float64Array {
  const byRoad = new Float64Array(roadShelf.length);
  for (let road = 0; road < byRoad.length; road++)
    byRoad[road] = units[roadShelf[road]! * needs.length + roadNeed[road]!]!;
  return byRoad;
}

function networkOf(n: SupplyInstance, net: ItemNet, { digits, served }: { digits: CostDigits; served: Float64Array }) {
  const { shelves, needs, stock, reserve, roadShelf, roadNeed } = net;
  const a = shelves.length;
  const source = a + needs.length;
  const arcs = 2 * a + roadShelf.length;
  const all = arcs + source + 1;
  const from = new Int32Array(all).fill(source);
  const to = new Int32Array(all).fill(source);
  const capacity = new Float64Array(all).fill(Number.POSITIVE_INFINITY);
  const high = new Float64Array(all);
  const low = new Float64Array(all);
  const supply = new Float64Array(source + 1);
  const slack = new Int32Array(source + 1).fill(-1);
  const reserveStep = digits.highBases[digits.early.indexOf('reserve')]!;
  for (let x = 0; x < a; x++) {
    from[2 * x] = x;
    slack[x] = 2 * x;
    supply[x] = stock[x]! - reserve[x]!;
    supply[source] = supply[source]! - supply[x]!;
    to[2 * x + 1] = x;
    capacity[2 * x + 1] = reserve[x]!;
    high[2 * x + 1] = n.reserveWeight[shelves[x]!]! * reserveStep;
  }
  for (let road = 0; road < roadShelf.length; road++) {
    from[2 * a + road] = roadShelf[road]!;
    to[2 * a + road] = a + roadNeed[road]!;
  }
  const roads = { n, net, first: 2 * a };
  digits.early.forEach((goal, index) => {
    if (goal !== 'reserve') addRoadCosts(high, roads, { goal, base: digits.highBases[index]! });
  });
  digits.late.forEach((goal, index) => addRoadCosts(low, roads, { goal, base: digits.lowBases[index]! }));
  for (let y = 0; y < needs.length; y++) {
    supply[a + y] = -served[y]!;
    supply[source] = supply[source]! + served[y]!;
  }
  return { nodes: source + 1, arcs, from, to, capacity, high, low, supply, slack, penalty: digits.penalty };
}

function addRoadCosts(
  costs: Float64Array,
  { n, net, first }: { n: SupplyInstance; net: ItemNet; first: number },
  { goal, base }: { goal: SupplyGoal; base: number },
): void {
  const { roadPlace } = net;
  for (let road = 0; road < roadPlace.length; road++)
    costs[first + road] = costs[first + road]! + base * roadCost(n, goal, roadPlace[road]!);
}
