import type { SupplyInstance } from '../flow/supplies.types.js';
import { isRoad } from './sendings.rules.js';
import type { ItemSendings } from './sendings.rules.js';
import { demand } from './violation.rules.js';

/**
 * No unit of an item could be used better: none lies idle that an open need could get, by whatever detour; none is with a
 * lower level that a higher one could get; and among equals none could move so that the smaller share grows. For amounts
 * that can be served together (a polymatroid) moving single units is enough to find any better sharing (Murota 2003).
 * One search per open need: O(incidents x roads).
 */
export function verifyFair(n: SupplyInstance, sendings: ItemSendings): void {
  const { item, served, shipments } = sendings;
  const firstFrom = new Int32Array(n.warehouses + 1);
  for (const { warehouse } of shipments) firstFrom[warehouse + 1] = firstFrom[warehouse + 1]! + 1;
  for (let w = 0; w < n.warehouses; w++) firstFrom[w + 1] = firstFrom[w + 1]! + firstFrom[w]!;
  const roadsTo = Array.from({ length: n.incidents }, (_, incident) => shelvesNear(n, incident, item));
  for (let k = 0; k < n.incidents; k++) {
    if (served[k]! >= n.need[k * n.items + item]!) continue;
    const { idle, reached } = search(n, sendings, { from: k, roadsTo, firstFrom });
    demand(!idle, 'no-idle-stock-for-open-need', `${k}/${item}`);
    for (const other of reached) {
      if (other === k || served[other] === 0) continue;
      demand(n.level[other]! <= n.level[k]!, 'higher-level-first', `${k}<${other}/${item}`);
      if (n.level[other] === n.level[k])
        demand(!isFairer(n, sendings, k, other), 'equals-share', `${k}<${other}/${item}`);
    }
  }
}

function shelvesNear(n: SupplyInstance, incident: number, item: number): number[] {
  const near: number[] = [];
  for (let warehouse = 0; warehouse < n.warehouses; warehouse++)
    if (n.stock[warehouse * n.items + item]! > 0 && isRoad(n, { warehouse, incident, item })) near.push(warehouse);
  return near;
}

/** Shelves in reach of a need, the needs that those serve now, the shelves in reach of them, and so on. */
function search(
  n: SupplyInstance,
  { item, gone, shipments }: ItemSendings,
  { from, roadsTo, firstFrom }: { from: number; roadsTo: number[][]; firstFrom: Int32Array },
) {
  const reached = [from];
  const isReached = new Uint8Array(n.incidents);
  const isSeen = new Uint8Array(n.warehouses);
  isReached[from] = 1;
  for (const incident of reached)
    for (const warehouse of roadsTo[incident]!) {
      if (isSeen[warehouse] === 1) continue;
      isSeen[warehouse] = 1;
      if (gone[warehouse]! < n.stock[warehouse * n.items + item]!) return { idle: true, reached };
      for (let at = firstFrom[warehouse]!; at < firstFrom[warehouse + 1]!; at++) {
        const { incident } = shipments[at]!;
        if (isReached[incident] === 1) continue;
        isReached[incident] = 1;
        reached.push(incident);
      }
    }
  return { idle: false, reached };
}

/** Whether one unit from `giver` to `taker` makes the pair's sorted shares larger, the smaller one first. Exact. */
function isFairer(n: SupplyInstance, { item, served }: ItemSendings, taker: number, giver: number): boolean {
  const share = (incident: number, change: number): [number, number] => [
    served[incident]! + change,
    n.need[incident * n.items + item]!,
  ];
  const less = ([one, of]: [number, number], [other, than]: [number, number]): number => one * than - other * of;
  const before = [share(taker, 0), share(giver, 0)].sort(less);
  const after = [share(taker, 1), share(giver, -1)].sort(less);
  return less(before[0]!, after[0]!) < 0 || (less(before[0]!, after[0]!) === 0 && less(before[1]!, after[1]!) < 0);
}
