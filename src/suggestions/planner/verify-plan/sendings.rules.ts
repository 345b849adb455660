import type { SupplyInstance, SupplyPlan, SupplyShipment } from '../flow/supplies.types.js';
import { demand, refuse } from './violation.rules.js';

/** What a plan does to one item, by place in the instance. */
export interface ItemSendings {
  item: number;
  /** Units per warehouse that left, per incident that came. */
  gone: Float64Array;
  served: Float64Array;
  /** By warehouse, then incident. */
  shipments: SupplyShipment[];
  /** Sums of units times cost. */
  late: number;
  reserve: number;
  admin: number;
  minutes: number;
  hectometres: number;
}

/** Reads the shipments, demanding that each is possible. */
export function readSendings(n: SupplyInstance, plan: SupplyPlan): ItemSendings[] {
  const items = Array.from({ length: n.items }, (_, item) => blank(n, item));
  let before = -1;
  for (const shipment of plan.shipments) {
    const place = placeOf(n, shipment);
    demand(place > before, 'shipments-sorted-once', place);
    before = place;
    add(n, items[shipment.item]!, shipment);
  }
  for (const sendings of items) close(n, sendings);
  return items;
}

function blank(n: SupplyInstance, item: number): ItemSendings {
  return {
    item,
    gone: new Float64Array(n.warehouses),
    served: new Float64Array(n.incidents),
    shipments: [],
    late: 0,
    reserve: 0,
    admin: 0,
    minutes: 0,
    hectometres: 0,
  };
}

const within = (value: number, length: number): boolean => Number.isInteger(value) && value >= 0 && value < length;

function placeOf(n: SupplyInstance, { warehouse, incident, item }: SupplyShipment): number {
  const place = (warehouse * n.incidents + incident) * n.items + item;
  const known = within(warehouse, n.warehouses) && within(incident, n.incidents) && within(item, n.items);
  demand(known, 'shipment-known', place);
  return place;
}

/** Open, and quick enough for the item. */
export function isRoad(
  n: SupplyInstance,
  { warehouse, incident, item }: Omit<SupplyShipment, 'units' | 'lots'>,
): boolean {
  const minutes = n.travelMin[warehouse * n.incidents + incident]!;
  return minutes >= 0 && minutes <= n.reachMin[item]!;
}

function add(n: SupplyInstance, to: ItemSendings, shipment: SupplyShipment): void {
  const { warehouse, incident, units } = shipment;
  demand(Number.isInteger(units) && units > 0, 'units-whole', units);
  if (!isRoad(n, shipment)) refuse('road-open-in-time', `${warehouse}-${incident}`);
  const road = warehouse * n.incidents + incident;
  to.gone[warehouse] = to.gone[warehouse]! + units;
  to.served[incident] = to.served[incident]! + units;
  to.shipments.push(shipment);
  to.late += units * (n.lateWeight?.[road] ?? 0);
  to.admin += units * n.adminStep[road]!;
  to.minutes += units * n.travelMin[road]!;
  to.hectometres += units * Math.round(n.distanceKm[road]! * 10);
}

function close(n: SupplyInstance, sendings: ItemSendings): void {
  const { item, gone, served } = sendings;
  for (let w = 0; w < n.warehouses; w++) {
    const cell = w * n.items + item;
    const stock = n.stock[cell]!;
    if (!(gone[w]! <= stock)) refuse('stock-there', `${w}/${item}`);
    const stays = Math.min(n.reserve[cell]!, stock);
    sendings.reserve += Math.max(0, gone[w]! - (stock - stays)) * n.reserveWeight[w]!;
  }
  for (let k = 0; k < n.incidents; k++)
    if (!(served[k]! <= n.need[k * n.items + item]!)) refuse('no-more-than-needed', `${k}/${item}`);
}

/** Lots: usable ones only, first expired first out, the incident that is reached first takes first. Cell by cell as the instance keeps them. */
export function verifyLots(n: SupplyInstance, sendings: readonly ItemSendings[]): void {
  const next = new Int32Array(sendings.length);
  for (let w = 0; w < n.warehouses; w++)
    for (const { item, shipments } of sendings) {
      const from = next[item]!;
      let to = from;
      while (to < shipments.length && shipments[to]!.warehouse === w) to++;
      if (to > from) verifyCell(n, w * n.items + item, shipments.slice(from, to));
      next[item] = to;
    }
}

/** Usable lots of a cell that hold anything, in the order in which they go. */
function queueOf({ lots, horizonDays }: SupplyInstance, cell: number): number[] {
  const own = lots[cell]!;
  const queue: number[] = [];
  let isSorted = true;
  for (let lot = 0; lot < own.length; lot++) {
    const { units, expiresInDays } = own[lot]!;
    if (units <= 0 || expiresInDays < horizonDays) continue;
    isSorted &&= queue.length === 0 || own[queue.at(-1)!]!.expiresInDays <= expiresInDays;
    queue.push(lot);
  }
  if (isSorted) return queue;
  return queue.sort((one, other) => own[one]!.expiresInDays - own[other]!.expiresInDays || one - other);
}

function verifyCell(n: SupplyInstance, cell: number, shipments: SupplyShipment[]): void {
  const lots = n.lots[cell]!;
  const queue = queueOf(n, cell);
  let head = 0;
  let left = queue.length > 0 ? lots[queue[0]!]!.units : 0;
  if (shipments.length > 1) quickestFirst(n, shipments);
  for (const { units, lots: taken } of shipments) {
    let sum = 0;
    for (const { lot, units: part } of taken) {
      if (queue[head] !== lot) refuse('lot-in-order', `${cell}/${lot}`);
      if (!(Number.isInteger(part) && part > 0 && part <= left)) refuse('lot-holds-it', `${cell}/${lot}`);
      sum += part;
      if (part !== left && sum !== units) refuse('lot-used-up-first', `${cell}/${lot}`);
      left -= part;
      if (left === 0 && ++head < queue.length) left = lots[queue[head]!]!.units;
    }
    if (sum !== units) refuse('lots-add-up', cell);
  }
}

function quickestFirst(n: SupplyInstance, shipments: SupplyShipment[]): void {
  const minutes = ({ warehouse, incident }: SupplyShipment): number => n.travelMin[warehouse * n.incidents + incident]!;
  shipments.sort((one, other) => minutes(one) - minutes(other) || one.incident - other.incident);
}
