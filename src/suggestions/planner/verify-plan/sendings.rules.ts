import type { SupplyInstance, SupplyPlan, SupplyShipment } from '../flow/supplies.types.js';
import { demand } from './violation.rules.js';

/** What a plan does to one item, by place in the instance. */
export interface ItemSendings {
  item: number;
  /** Units per warehouse that left, per incident that came. */
  gone: Float64Array;
  served: Float64Array;
  /** Of each warehouse: to whom how much. */
  from: { incident: number; units: number }[][];
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
    from: Array.from({ length: n.warehouses }, () => []),
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
  demand(isRoad(n, shipment), 'road-open-in-time', `${warehouse}-${incident}`);
  const road = warehouse * n.incidents + incident;
  to.gone[warehouse] = to.gone[warehouse]! + units;
  to.served[incident] = to.served[incident]! + units;
  to.from[warehouse]!.push({ incident, units });
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
    demand(gone[w]! <= stock, 'stock-there', `${w}/${item}`);
    const stays = Math.min(n.reserve[cell]!, stock);
    sendings.reserve += Math.max(0, gone[w]! - (stock - stays)) * n.reserveWeight[w]!;
  }
  for (let k = 0; k < n.incidents; k++)
    demand(served[k]! <= n.need[k * n.items + item]!, 'no-more-than-needed', `${k}/${item}`);
}

/** Lots: usable ones only, first expired first out, the incident that is reached first takes first. */
export function verifyLots(n: SupplyInstance, plan: SupplyPlan): void {
  const cells = new Map<number, SupplyShipment[]>();
  for (const shipment of plan.shipments) {
    const cell = shipment.warehouse * n.items + shipment.item;
    const others = cells.get(cell);
    if (others) others.push(shipment);
    else cells.set(cell, [shipment]);
  }
  for (const [cell, shipments] of cells) verifyCell(n, cell, shipments);
}

function verifyCell(n: SupplyInstance, cell: number, shipments: SupplyShipment[]): void {
  const lots = n.lots[cell]!;
  const usable = [...lots.keys()].filter((lot) => lots[lot]!.units > 0 && lots[lot]!.expiresInDays >= n.horizonDays);
  usable.sort((one, other) => lots[one]!.expiresInDays - lots[other]!.expiresInDays || one - other);
  const queue = usable.map((lot) => ({ lot, units: lots[lot]!.units }));
  const minutes = ({ warehouse, incident }: SupplyShipment): number => n.travelMin[warehouse * n.incidents + incident]!;
  const inOrder = shipments.toSorted((one, other) => minutes(one) - minutes(other) || one.incident - other.incident);
  for (const { units, lots: taken } of inOrder) {
    let sum = 0;
    for (const { lot, units: part } of taken) {
      const head = queue[0];
      demand(head !== undefined && head.lot === lot, 'lot-in-order', `${cell}/${lot}`);
      demand(Number.isInteger(part) && part > 0 && part <= head.units, 'lot-holds-it', `${cell}/${lot}`);
      demand(part === head.units || sum + part === units, 'lot-used-up-first', `${cell}/${lot}`);
      head.units -= part;
      if (head.units === 0) queue.shift();
      sum += part;
    }
    demand(sum === units, 'lots-add-up', cell);
  }
}
