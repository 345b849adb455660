import type { Actor } from '../access/index.js';
import type { Tx } from '../database/index.js';
import { numberFor, shipSupplies } from '../relief-stock/index.js';
import { newId } from '../shared/ids.js';
import { tellOrder } from './changes.service.js';
import type { ShipSupplies } from './dispatch.dto.js';
import { adcodeOf } from './mission.rules.js';
import { partsToShip } from './part.rules.js';
import { insertOrder, type OrderRow, saveLine } from './supply-order.store.js';
import type { Held } from './supply-order.service.js';

/**
 * Posts what leaves of each line. What stays behind goes back to what others may ask for, or is kept: then a following order, approved
 * by the same person, holds it from now on.
 */
export async function sendGoods(tx: Tx, actor: Actor, held: Held, input: ShipSupplies): Promise<void> {
  const { order, now, occurredAt } = held;
  const parts = partsToShip(held.lines, input.lines);
  const kept = input.rest === 'kept' ? parts.filter(({ rest }) => rest > 0) : [];
  const following = kept.map(({ line, rest: units }) => ({ id: newId(), fromId: line.id, itemId: line.itemId, units }));
  await shipSupplies(tx, {
    orderId: order.id, document: order.number, orderLineIds: parts.map(({ line }) => line.id), now, occurredAt, actor,
    parts: parts.filter(({ rest }) => rest > 0).map(({ line, units }) => ({
      orderLineId: line.id, units, restLineId: following.find(({ fromId }) => fromId === line.id)?.id,
    })),
  }); // prettier-ignore
  for (const { line, units } of parts) await saveLine(tx, { ...line, shippedUnits: units });
  if (following.length > 0) await openFollowing(tx, actor, held, following);
}

async function openFollowing(
  tx: Tx,
  actor: Actor,
  { order, warehouse, now, occurredAt, recordedAt }: Held,
  lines: { id: string; itemId: string; units: number }[],
): Promise<void> {
  const adcode = adcodeOf(warehouse.societyPath);
  const row: OrderRow = {
    ...order, id: newId(), number: await numberFor(tx, { kind: 'release-order', adcode, now }), followsId: order.id, status: 'approved',
    statusSince: occurredAt, reservedUntil: null, pickingAt: null, shippedAt: null, version: 1,
  }; // prettier-ignore
  await insertOrder(tx, row, lines);
  await tellOrder(tx, row, { kind: 'supplies.kept-back', actor, now, occurredAt, recordedAt });
}
