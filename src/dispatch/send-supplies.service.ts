import type { Tx } from '../database/index.js';
import {
  itemsByIds, numberFor, purposeOf, reserveSupplies, type WarehouseForDispatch, warehousesByIds,
} from '../relief-stock/index.js'; // prettier-ignore
import { newId } from '../shared/ids.js';
import { notFound } from '../shared/problem.js';
import { orderWays, type OrderWay } from '../travel/index.js';
import { teamKey } from '../access/index.js';
import { changeOrder, tellOrder, workScope } from './changes.service.js';
import type { SupplyOrderDto } from './dispatch.dto.js';
import { adcodeOf, ordersOf, type WantedOrder } from './mission.rules.js';
import { type MissionContext, mustBeOurs } from './send-teams.service.js';
import { insertOrder, lockOrdersNotShared, type OrderRow } from './supply-order.store.js';

export interface ClaimedSupplies {
  orderId: string;
  warehouse: WarehouseForDispatch;
  source: 'own' | 'above';
  lines: { id: string; itemId: string; units: number }[];
  /** For the lots: they must last until then. */
  arrivalAt: Date;
  /** As it is told; null where no way leads there. */
  etaAt: Date | null;
  etaWay: OrderWay['way'];
}

/**
 * Reserves the goods, warehouse by warehouse in the order of their ids. Under the officer's own path they are approved by asking; what is
 * held above is only reserved, and lapses unless its owner approves in time.
 */
export async function claimSupplies(tx: Tx, context: MissionContext): Promise<ClaimedSupplies[]> {
  const { now, actor } = context;
  const wanted = ordersOf(context.input.supplies);
  if (wanted.length === 0) return [];
  const warehouses = await warehousesByIds(tx, wanted.map((order) => order.warehouseId)); // prettier-ignore
  const itemIds = [...new Set(wanted.flatMap((order) => order.lines.map((line) => line.itemId)))];
  const items = await itemsByIds(tx, itemIds);
  const unknown = itemIds.find((itemId) => items.every((item) => item.id !== itemId));
  if (unknown) throw notFound('item', unknown);
  const wayFrom = await orderWays(tx, context.incident, now);
  const claims = wanted.map(({ warehouseId, lines }) => {
    const warehouse = warehouses.find((each) => each.id === warehouseId);
    return claimFrom(context, warehouse, { wanted: { warehouseId, lines }, wayFrom });
  });
  for (const { warehouse, source, lines, arrivalAt } of claims) {
    const asked = lines.map(({ id, ...line }) => ({ orderLineId: id, warehouseId: warehouse.id, ...line }));
    const untilAt = source === 'own' ? null : context.holdUntil;
    await reserveSupplies(tx, { lines: asked, arrivalAt, purpose: purposeOf(context.incident), untilAt, now, actor });
  }
  return claims;
}

/** Goods of a warehouse for the incident, as far as the officer may send them: 403 or 404 otherwise. */
export function claimFrom(
  context: MissionContext,
  warehouse: WarehouseForDispatch | undefined,
  { wanted, wayFrom }: { wanted: WantedOrder; wayFrom: Awaited<ReturnType<typeof orderWays>> },
): ClaimedSupplies {
  const source = mustBeOurs(context, warehouse, { noun: 'warehouse', id: wanted.warehouseId });
  const { minutes, atLeastMin, way } = wayFrom(warehouse!);
  const after = (min: number): Date => new Date(context.now.getTime() + min * 60_000);
  return {
    orderId: newId(), warehouse: warehouse!, source, arrivalAt: after(minutes ?? atLeastMin), etaAt: minutes === null ? null : after(minutes),
    etaWay: way,
    lines: wanted.lines.map((line) => ({ id: newId(), ...line })),
  }; // prettier-ignore
}

/** Writes one supply order a warehouse, numbered as a release order (DY) like those outside missions: no two papers share a number. The leaders of the teams on the incident see it, because they may receive it. */
export async function orderSupplies(
  tx: Tx,
  context: MissionContext,
  { supplies, teamIds }: { supplies: ClaimedSupplies[]; teamIds: string[] },
): Promise<SupplyOrderDto[]> {
  const { actor, incident, missionId, now } = context;
  const orders: SupplyOrderDto[] = [];
  for (const { orderId, warehouse, source, lines, etaAt, etaWay } of supplies) {
    const own = source === 'own';
    const adcode = adcodeOf(warehouse.societyPath);
    const row: OrderRow = {
      id: orderId, number: await numberFor(tx, { kind: 'release-order', adcode, now }), missionId, incidentId: incident.id,
      warehouseId: warehouse.id, followsId: null, status: own ? 'approved' : 'reserved', statusSince: now, reservedUntil: own ? null : context.holdUntil,
      approvedBy: own ? actor.name : null, approvedById: own ? actor.userId : null, vehicle: null, driverName: null, driverPhone: null,
      etaAt, etaWay, receiverName: null, reason: null, reservedAt: now, approvedAt: own ? now : null, pickingAt: null, shippedAt: null,
      receivedAt: null, closedAt: null, cancelledAt: null, version: 1,
      scope: workScope(incident, { paths: [warehouse.societyPath], teamIds, warehouseIds: [warehouse.id] }),
    }; // prettier-ignore
    await insertOrder(tx, row, lines);
    orders.push(await tellOrder(tx, row, { ...context, kind: own ? 'supplies.approved' : 'supplies.reserved' }));
  }
  return orders;
}

/** Shows the open orders of the incident to the leaders of teams that were sent later than the goods. */
export async function shareOrders(tx: Tx, context: MissionContext, teamIds: string[]): Promise<void> {
  const keys = teamIds.map(teamKey);
  for (const order of await lockOrdersNotShared(tx, context.incident.id, keys)) {
    const scope = [...new Set([...order.scope, ...keys])];
    await changeOrder(tx, { ...order, scope }, { ...context, kind: 'supplies.shared' });
  }
}
