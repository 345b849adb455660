import type { CapInstance } from './solve.types.js';

export const FREE = 0;
export const OPEN = 1;
export const CLOSED = -1;

/** What one set of prices says: a lower bound, and the warehouses that it would open. */
export interface CapPricing {
  value: number;
  /** Per warehouse: what it costs to open, less what its best customers save. */
  worth: Float64Array;
  /** Per warehouse: share that is opened. */
  opened: Float64Array;
  /** Per customer: 1 minus the share that is served. */
  slack: Float64Array;
}

/** Total demand, and whether all capacities are equal (then a number of warehouses can be rounded up). */
export interface CapTotals {
  demand: number;
  equal: boolean;
}

export function capTotals({ demands, capacities }: CapInstance): CapTotals {
  return {
    demand: demands.reduce((sum, units) => sum + units, 0),
    equal: capacities.every((units) => units === capacities[0]),
  };
}

/**
 * The customers' demand is priced out. Each warehouse then takes the customers that save most, within its capacity and no
 * customer more than once, and enough warehouses are opened for the total demand. The bound it can reach is at least that
 * of the linear relaxation in which no customer takes more from a warehouse than the share to which it is open.
 */
export class CapRelaxation {
  readonly totals: CapTotals;
  /** Share of customer `j` that warehouse `i` takes if it is open, at `i * customers + j`. */
  private readonly share: Float64Array;
  private readonly picked: Int32Array;
  private readonly ratio: Float64Array;

  constructor(readonly instance: CapInstance) {
    this.totals = capTotals(instance);
    this.share = new Float64Array(instance.costs.length);
    this.picked = new Int32Array(instance.customers);
    this.ratio = new Float64Array(instance.customers);
  }

  price(prices: Float64Array, state: Int8Array): CapPricing {
    const { warehouses, customers, fixedCosts } = this.instance;
    const worth = new Float64Array(warehouses).fill(Number.POSITIVE_INFINITY);
    for (let i = 0; i < warehouses; i += 1) if (state[i] !== CLOSED) worth[i] = fixedCosts[i]! - this.saving(i, prices);
    const opened = new Float64Array(warehouses);
    let value = this.cover(worth, state, opened);
    for (let j = 0; j < customers; j += 1) value += prices[j]!;
    const slack = new Float64Array(customers).fill(1);
    for (let i = 0; i < warehouses; i += 1) {
      if (opened[i] === 0) continue;
      for (let j = 0, at = i * customers; j < customers; j += 1, at += 1) slack[j]! -= opened[i]! * this.share[at]!;
    }
    return { value, worth, opened, slack };
  }

  /** The best customers of one warehouse: a knapsack whose last item may be cut. */
  private saving(i: number, prices: Float64Array): number {
    const { customers, costs, demands, capacities } = this.instance;
    const { share, picked, ratio } = this;
    const base = i * customers;
    share.fill(0, base, base + customers);
    let count = 0;
    let units = 0;
    let saving = 0;
    for (let j = 0; j < customers; j += 1) {
      const gain = prices[j]! - costs[base + j]!;
      if (!(gain > 0)) continue;
      share[base + j] = 1;
      saving += gain;
      if (demands[j] === 0) continue;
      ratio[j] = gain / demands[j]!;
      units += demands[j]!;
      picked[count] = j;
      count += 1;
    }
    const tooMuch = units - capacities[i]!;
    return tooMuch > 0 ? saving - this.drop(base, count, tooMuch) : saving;
  }

  /** Gives back the customers that save least a unit, until `tooMuch` units are given back. Returns what they saved. */
  private drop(base: number, count: number, tooMuch: number): number {
    const { demands } = this.instance;
    const { share, picked, ratio } = this;
    let from = 0;
    let to = count;
    let left = tooMuch;
    let lost = 0;
    // A weighted quickselect: only the half in which the cut lies is looked at again.
    while (from < to) {
      const pivot = ratio[picked[(from + to) >> 1]!]!;
      let low = from;
      let equal = from;
      let high = to;
      let lowUnits = 0;
      let equalUnits = 0;
      while (equal < high) {
        const j = picked[equal]!;
        if (ratio[j]! < pivot) {
          lowUnits += demands[j]!;
          picked[equal] = picked[low]!;
          picked[low] = j;
          low += 1;
          equal += 1;
        } else if (ratio[j]! > pivot) {
          high -= 1;
          picked[equal] = picked[high]!;
          picked[high] = j;
        } else {
          equalUnits += demands[j]!;
          equal += 1;
        }
      }
      if (lowUnits > left) {
        to = low;
        continue;
      }
      for (let at = from; at < low; at += 1) share[base + picked[at]!] = 0;
      for (let at = from; at < low; at += 1) lost += ratio[picked[at]!]! * demands[picked[at]!]!;
      left -= lowUnits;
      for (let at = low; at < high && left > 0; at += 1) {
        const j = picked[at]!;
        const cut = Math.min(1, left / demands[j]!);
        share[base + j] = 1 - cut;
        lost += cut * ratio[j]! * demands[j]!;
        left -= cut * demands[j]!;
      }
      if (!(left > 0) || equalUnits === 0) return lost;
      from = high;
    }
    return lost;
  }

  /** Opens whatever pays for itself, and then the cheapest capacity until there is enough. Fills `opened`. */
  cover(worth: Float64Array, state: Int8Array, opened: Float64Array): number {
    const { capacities, warehouses } = this.instance;
    opened.fill(0);
    let value = 0;
    let need = this.totals.demand;
    const others: number[] = [];
    for (let i = 0; i < warehouses; i += 1) {
      if (state[i] === CLOSED) continue;
      if (state[i] === OPEN || worth[i]! < 0) {
        opened[i] = 1;
        value += worth[i]!;
        need -= capacities[i]!;
      } else others.push(i);
    }
    if (need <= 0) return value;
    others.sort((left, right) => worth[left]! / capacities[left]! - worth[right]! / capacities[right]!);
    for (const i of others) {
      const part = this.totals.equal ? 1 : Math.min(1, need / capacities[i]!);
      opened[i] = part;
      value += part * worth[i]!;
      need -= capacities[i]!;
      if (need <= 0) return value;
    }
    return need > 1e-9 * this.totals.demand ? Number.POSITIVE_INFINITY : value;
  }
}
