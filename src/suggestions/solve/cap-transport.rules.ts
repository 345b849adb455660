import type { CapInstance } from './solve.types.js';

/** Flow between one warehouse and one customer. */
export interface Shipment {
  warehouse: number;
  customer: number;
  units: number;
}

/** The cheapest way to serve everybody from these warehouses, or null when they cannot. Exact. */
export function transport(
  instance: CapInstance,
  open: readonly number[],
): { cost: number; loads: Float64Array; shipments(): Shipment[] } | null {
  const network = new Transport(instance, open);
  return network.settle() ? network.result() : null;
}

/** Below this share of a demand or a capacity an amount is rounding. */
const DUST = 1e-9;

/**
 * Everybody starts at the cheapest warehouse; what is too much flows on, along the cheapest chain of changes, until every
 * warehouse holds what it can: successive shortest paths over the warehouses, so no step ever has to be taken back.
 */
class Transport {
  private readonly size: number;
  /** Per open warehouse and customer. */
  private readonly flow: Float64Array;
  private readonly unit: Float64Array;
  private readonly loads: Float64Array;
  /** Cheapest change of one unit from one warehouse to another, and the customer who makes it. */
  private readonly arcs: Float64Array;
  private readonly movers: Int32Array;
  private readonly dust: number;
  private fixed = 0;

  constructor(
    private readonly instance: CapInstance,
    private readonly open: readonly number[],
  ) {
    const { customers } = instance;
    this.size = open.length;
    this.flow = new Float64Array(this.size * customers);
    this.unit = new Float64Array(this.size * customers);
    this.loads = new Float64Array(this.size);
    this.arcs = new Float64Array(this.size * this.size).fill(Number.POSITIVE_INFINITY);
    this.movers = new Int32Array(this.size * this.size).fill(-1);
    this.dust = DUST * Math.max(1, ...open.map((i) => instance.capacities[i]!));
    for (let j = 0; j < customers; j += 1) this.assignCheapest(j);
  }

  settle(): boolean {
    const { capacities, demands } = this.instance;
    const total = this.open.reduce((sum, i) => sum + capacities[i]!, 0);
    if (this.size === 0 || demands.reduce((sum, units) => sum + units, 0) > total + this.dust) return false;
    for (let a = 0, at = 0; a < this.size; a += 1)
      for (let j = 0; j < demands.length; j += 1, at += 1) if (this.flow[at]! > 0) this.arrive(a, j);
    for (let a = 0; a < this.size; a += 1) while (this.excess(a) > this.dust) if (!this.relieve(a)) return false;
    return true;
  }

  result(): { cost: number; loads: Float64Array; shipments(): Shipment[] } {
    const { customers } = this.instance;
    let cost = this.fixed;
    for (let at = 0; at < this.flow.length; at += 1) cost += this.flow[at]! * this.unit[at]!;
    const shipments = (): Shipment[] =>
      [...this.flow.keys()]
        .filter((at) => this.flow[at]! > 0)
        .map((at) => ({
          warehouse: this.open[Math.floor(at / customers)]!,
          customer: at % customers,
          units: this.flow[at]!,
        }));
    return { cost, loads: this.loads, shipments };
  }

  private assignCheapest(j: number): void {
    const { customers, costs, demands } = this.instance;
    const demand = demands[j]!;
    let cheapest = 0;
    for (let a = 0; a < this.size; a += 1) {
      const cost = costs[this.open[a]! * customers + j]!;
      this.unit[a * customers + j] = demand > 0 ? cost / demand : 0;
      if (cost < costs[this.open[cheapest]! * customers + j]!) cheapest = a;
    }
    if (this.size === 0) return;
    this.flow[cheapest * customers + j] = demand;
    this.loads[cheapest]! += demand;
    // Who needs nothing may still cost something; no capacity is involved.
    if (demand === 0) this.fixed += costs[this.open[cheapest]! * customers + j]!;
  }

  private excess(a: number): number {
    return this.loads[a]! - this.instance.capacities[this.open[a]!]!;
  }

  /** Customer `j` has come to warehouse `a`: perhaps the cheapest to move on from there. */
  private arrive(a: number, j: number): void {
    const { customers } = this.instance;
    const { size, unit, arcs, movers } = this;
    const own = unit[a * customers + j]!;
    for (let b = 0; b < size; b += 1) {
      const change = unit[b * customers + j]! - own;
      if (b === a || change >= arcs[a * size + b]!) continue;
      arcs[a * size + b] = change;
      movers[a * size + b] = j;
    }
  }

  /** Customer `j` has left warehouse `a`: the changes that were theirs are looked for again. */
  private leave(a: number, j: number): void {
    const { customers } = this.instance;
    const { size, flow, unit, arcs, movers } = this;
    for (let b = 0; b < size; b += 1) {
      if (b === a || movers[a * size + b] !== j) continue;
      let least = Number.POSITIVE_INFINITY;
      for (let other = 0; other < customers; other += 1) {
        if (flow[a * customers + other] === 0) continue;
        const change = unit[b * customers + other]! - unit[a * customers + other]!;
        if (change >= least) continue;
        least = change;
        movers[a * size + b] = other;
      }
      arcs[a * size + b] = least;
    }
  }

  /** Moves units of `source` along the cheapest chain to a warehouse with room. */
  private relieve(source: number): boolean {
    const { size, arcs } = this;
    const distance = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
    const before = new Int32Array(size).fill(-1);
    distance[source] = 0;
    for (let round = 0, changed = true; changed && round < size; round += 1) {
      changed = false;
      for (let a = 0; a < size; a += 1)
        for (let b = 0; b < size; b += 1) {
          const length = distance[a]! + arcs[a * size + b]!;
          if (b === source || !(length < distance[b]! - 1e-12 * Math.max(1, Math.abs(length)))) continue;
          distance[b] = length;
          before[b] = a;
          changed = true;
        }
    }
    let target = -1;
    for (let b = 0; b < size; b += 1)
      if (this.excess(b) < -this.dust && (target < 0 || distance[b]! < distance[target]!)) target = b;
    if (target < 0 || distance[target] === Number.POSITIVE_INFINITY) return false;
    this.push(source, target, before);
    return true;
  }

  private push(source: number, target: number, before: Int32Array): void {
    const { customers } = this.instance;
    const { size, flow } = this;
    const chain: [from: number, to: number, mover: number][] = [];
    for (let b = target; b !== source; b = before[b]!) {
      const a = before[b]!;
      chain.push([a, b, this.movers[a * size + b]!]);
    }
    let units = Math.min(this.excess(source), -this.excess(target));
    for (const [a, , j] of chain) units = Math.min(units, flow[a * customers + j]!);
    for (const [a, b, j] of chain) {
      const left = flow[a * customers + j]! - units;
      flow[a * customers + j] = left > this.dust * DUST ? left : 0;
      flow[b * customers + j]! += units;
    }
    for (const [a, b, j] of chain) {
      if (flow[a * customers + j] === 0) this.leave(a, j);
      this.arrive(b, j);
    }
    this.loads[source]! -= units;
    this.loads[target]! += units;
  }
}
