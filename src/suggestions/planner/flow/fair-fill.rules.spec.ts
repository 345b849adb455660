import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fairFill } from './fair-fill.rules.js';
import { sampleInstance } from './instances.samples.js';
import { itemNet } from './item-net.rules.js';
import { seeded } from './random.rules.js';
import type { SupplyInstance } from './supplies.types.js';

/** One item, a few shelves and needs, about half of the roads closed. */
function smallInstance(seed: number, size = { warehouses: 3, incidents: 3, most: 5 }): SupplyInstance {
  const random = seeded(seed);
  const { warehouses, incidents, most } = size;
  const list = (length: number, from: number, to: number): number[] =>
    Array.from({ length }, () => random.whole(from, to));
  const stock = Int32Array.from(list(warehouses, 0, most));
  return {
    name: `small${seed}`,
    warehouses,
    incidents,
    items: 1,
    level: Uint8Array.from(list(incidents, 0, 1)),
    reserveWeight: Uint8Array.from(list(warehouses, 1, 3)),
    adminStep: Uint8Array.from(list(warehouses * incidents, 0, 5)),
    travelMin: Int32Array.from(list(warehouses * incidents, -2, 4), (minutes) =>
      minutes < 0 ? -1 : 30 + 10 * minutes,
    ),
    distanceKm: Float64Array.from(list(warehouses * incidents, 1, 9)),
    reachMin: Int32Array.of(65),
    unitKg: Float64Array.of(2),
    unitsPerPerson: Float64Array.of(1),
    itemWeight: Float64Array.of(1),
    lots: [...stock].map((units) => (units > 0 ? [{ units, expiresInDays: 90 }] : [])),
    stock,
    reserve: Int32Array.from(stock, (units) => random.whole(0, units)),
    need: Int32Array.from(list(incidents, 1, most)),
    horizonDays: 7,
  };
}

/** Whether some flow serves exactly these units: over every set of needs, enough stock in reach (Hall's condition). */
function canServe(n: SupplyInstance, served: readonly number[]): boolean {
  for (let set = 1; set < 2 ** n.incidents; set++) {
    let asked = 0;
    let stock = 0;
    const inSet = (k: number): boolean => ((set >> k) & 1) === 1;
    served.forEach((units, k) => (asked += inSet(k) ? units : 0));
    for (let w = 0; w < n.warehouses; w++) {
      const serves = served.some((_, k) => {
        const minutes = n.travelMin[w * n.incidents + k]!;
        return inSet(k) && minutes >= 0 && minutes <= n.reachMin[0]!;
      });
      if (serves) stock += n.stock[w]!;
    }
    if (asked > stock) return false;
  }
  return true;
}

/** Level by level: total served, then the sorted shares. Larger is better. */
function judge(n: SupplyInstance, served: readonly number[]): number[] {
  return [0, 1].flatMap((level) => {
    const members = [...served.keys()].filter((k) => n.level[k] === level);
    const total = members.reduce((sum, k) => sum + served[k]!, 0);
    return [total, ...members.map((k) => served[k]! / n.need[k]!).sort((one, other) => one - other)];
  });
}

function bestByHand(n: SupplyInstance): number[] {
  let best: number[] = [];
  const count = n.need.reduce((product, wanted) => product * (wanted + 1), 1);
  for (let code = 0; code < count; code++) {
    let rest = code;
    const served = [...n.need].map((wanted) => {
      const units = rest % (wanted + 1);
      rest = Math.floor(rest / (wanted + 1));
      return units;
    });
    if (!canServe(n, served)) continue;
    const value = judge(n, served);
    const at = value.findIndex((part, index) => part !== best[index]);
    if (best.length === 0 || (at >= 0 && value[at]! > best[at]!)) best = value;
  }
  return best;
}

function servedBy(n: SupplyInstance, item = 0): number[] {
  const net = itemNet(n, item);
  const flow = fairFill(net, (need) => n.level[net.needs[need]!]!);
  const served = new Array<number>(n.incidents).fill(0);
  net.needs.forEach((k, need) => (served[k] = flow.served[need]!));
  return served;
}

describe('who gets how many units', () => {
  it('is the best of all ways to share, level by level, the smallest share first', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), (seed) => {
        const n = smallInstance(seed);
        expect(judge(n, servedBy(n))).toEqual(bestByHand(n));
      }),
      { numRuns: 600, seed: 3 },
    );
  });

  it('is the best of all ways among four equals, too', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const n = { ...smallInstance(seed, { warehouses: 3, incidents: 4, most: 6 }), level: new Uint8Array(4) };
      expect(judge(n, servedBy(n))).toEqual(bestByHand(n));
    }
  });

  it('sends over real roads no more than there is, at the size of a province', () => {
    const n = sampleInstance('M', 1);
    for (let item = 0; item < n.items; item++) {
      const net = itemNet(n, item);
      const flow = fairFill(net, (need) => n.level[net.needs[need]!]!);
      const sum = (from: number, step: number, count: number): number =>
        Array.from({ length: count }, (_, index) => flow.units[from + step * index]!).reduce((a, b) => a + b, 0);
      const { length: needs } = net.needs;
      net.stock.forEach((stock, x) => expect(sum(x * needs, 1, needs) + flow.left[x]!).toBe(stock));
      net.needs.forEach((_, y) => expect(sum(y, needs, net.shelves.length)).toBe(flow.served[y]));
      const roads = new Set(net.roadShelf.map((x, road) => x * needs + net.roadNeed[road]!));
      flow.units.forEach((units, at) => expect(units > 0 && !roads.has(at)).toBe(false));
    }
  });

  it('refuses amounts that it could not compare exactly', () => {
    const n = smallInstance(1);
    n.need[0] = 2e8;
    expect(() => itemNet(n, 0)).toThrow('supplies.too-many-units');
  });
});
