import type { SupplyInstance } from './supplies.types.js';

/** Nearest first, served in the order of report; or level by level; or level by level with reserves touched last. */
export type GreedyRule = 'by-report' | 'by-level' | 'by-level-with-reserves';

/** Units per road and item: `(warehouse * incidents + incident) * items + item`. */
export type Sent = Map<number, number>;

/** How desks without a planner allocate: each incident in turn takes its items from the nearest warehouse that has any. */
export function greedySupplies(n: SupplyInstance, rule: GreedyRule): Sent {
  const sent: Sent = new Map();
  const left = Float64Array.from(n.stock);
  const open = Float64Array.from(n.need);
  const order = Array.from({ length: n.incidents }, (_, k) => k);
  if (rule !== 'by-report') order.sort((one, other) => n.level[one]! - n.level[other]! || one - other);
  const items = Array.from({ length: n.items }, (_, i) => i).sort((one, other) => n.reachMin[one]! - n.reachMin[other]! || one - other); // prettier-ignore
  for (const keepsReserve of rule === 'by-level-with-reserves' ? [true, false] : [false])
    for (const incident of order) {
      const nearest = nearestFirst(n, incident);
      for (const item of items) takeNearest(n, { incident, item, nearest, keepsReserve }, { sent, left, open });
    }
  return sent;
}

function nearestFirst(n: SupplyInstance, incident: number): number[] {
  const minutes = (w: number): number => n.travelMin[w * n.incidents + incident]!;
  const roads = Array.from({ length: n.warehouses }, (_, w) => w).filter((w) => minutes(w) >= 0);
  return roads.sort((one, other) => minutes(one) - minutes(other));
}

function takeNearest(
  n: SupplyInstance,
  {
    incident,
    item,
    nearest,
    keepsReserve,
  }: { incident: number; item: number; nearest: number[]; keepsReserve: boolean },
  { sent, left, open }: { sent: Sent; left: Float64Array; open: Float64Array },
): void {
  const need = incident * n.items + item;
  for (const w of nearest) {
    if (open[need]! <= 0 || n.travelMin[w * n.incidents + incident]! > n.reachMin[item]!) return;
    const cell = w * n.items + item;
    const reserve = keepsReserve ? Math.min(n.reserve[cell]!, n.stock[cell]!) : 0;
    const units = Math.min(Math.max(0, left[cell]! - reserve), open[need]!);
    if (units <= 0) continue;
    left[cell] = left[cell]! - units;
    open[need] = open[need]! - units;
    const key = (w * n.incidents + incident) * n.items + item;
    sent.set(key, (sent.get(key) ?? 0) + units);
  }
}

export interface SupplyFigures {
  needMetPct: number;
  /** Mean of the smallest share in every group of at least two equals. */
  smallestShare: number;
  /** Groups of equals in which one gets under 5 % of an item and another over 50 %. */
  starved: number;
  groups: number;
  reserveBreach: number;
  /** Latest arrival, weighed by level. */
  latestH: number;
  shipments: number;
}

/** The figures by which plans of any origin are compared. */
export function supplyFigures(n: SupplyInstance, levelWeight: readonly number[], sent: Sent): SupplyFigures {
  const served = new Float64Array(n.need.length);
  const gone = new Float64Array(n.stock.length);
  const latest = new Float64Array(n.incidents);
  const pairs = new Set<number>();
  for (const [key, units] of sent) {
    const item = key % n.items;
    const road = Math.floor(key / n.items);
    const k = road % n.incidents;
    served[k * n.items + item] = served[k * n.items + item]! + units;
    const cell = Math.floor(road / n.incidents) * n.items + item;
    gone[cell] = gone[cell]! + units;
    latest[k] = Math.max(latest[k]!, n.travelMin[road]!);
    pairs.add(road);
  }
  const weight = (k: number): number => levelWeight[n.level[k]!] ?? 0;
  const worth = (units: ArrayLike<number>): number =>
    n.need.reduce((sum, _, at) => sum + units[at]! * weight(Math.floor(at / n.items)) * n.itemWeight[at % n.items]!, 0);
  let breach = 0;
  gone.forEach((units, cell) => {
    const stays = Math.min(n.reserve[cell]!, n.stock[cell]!);
    const short = Math.max(0, units - (n.stock[cell]! - stays));
    breach += (short * n.reserveWeight[Math.floor(cell / n.items)]!) / n.unitsPerPerson[cell % n.items]!;
  });
  const weights = latest.reduce((sum, _, k) => sum + weight(k), 0);
  return {
    needMetPct: (100 * worth(served)) / worth(n.need),
    ...equity(n, served),
    reserveBreach: breach,
    latestH: latest.reduce((sum, minutes, k) => sum + minutes * weight(k), 0) / weights / 60,
    shipments: pairs.size,
  };
}

function equity(n: SupplyInstance, served: Float64Array): Pick<SupplyFigures, 'smallestShare' | 'starved' | 'groups'> {
  let groups = 0;
  let starved = 0;
  let smallest = 0;
  for (let item = 0; item < n.items; item++) {
    const shares = new Map<number, number[]>();
    for (let k = 0; k < n.incidents; k++) {
      const need = n.need[k * n.items + item]!;
      if (need === 0) continue;
      const level = n.level[k]!;
      shares.set(level, [...(shares.get(level) ?? []), served[k * n.items + item]! / need]);
    }
    for (const equals of shares.values()) {
      if (equals.length < 2) continue;
      groups++;
      const least = Math.min(...equals);
      smallest += least;
      if (least < 0.05 && Math.max(...equals) > 0.5) starved++;
    }
  }
  return { smallestShare: smallest / Math.max(1, groups), starved, groups };
}
