import type { Tx } from '../database/index.js';
import { type CommandKinds, factTimesOf } from '../relief-stock/index.js';
import type { Clock } from '../shared/clock.js';
import { pickLater, shipLater } from './dispatch.dto.js';
import type { SupplyOrderService } from './supply-order.service.js';
import { findOrder } from './supply-order.store.js';

/**
 * What a keeper does with orders while the device is away: each runs as the ordinary step, at the time at which it was done. Without a version:
 * the device saw the order as it was, and whether the step can still be taken is the step's own question.
 */
export function enterOrderCommands(kinds: CommandKinds, orders: SupplyOrderService, clock: Clock): void {
  const times = (told: { occurredAt: string; recordedAt: string }) => {
    const { occurredAt, recordedAt } = factTimesOf(told, clock.now());
    return { occurredAt: occurredAt.toISOString(), recordedAt: recordedAt.toISOString() };
  };
  const place = {
    warehouseOf: async (tx: Tx, { orderId }: { orderId: string }) =>
      (await findOrder(tx, orderId))?.warehouseId ?? null,
    paperOf: ({ orderId }: { orderId: string }) => orderId,
  };
  kinds
    .enter('order-pick', pickLater, {
      run: (actor, { orderId }, told) => orders.pick(actor, orderId, times(told)),
      ...place,
    })
    .enter('order-ship', shipLater, {
      run: (actor, { orderId, ...body }, told) => orders.ship(actor, orderId, { ...body, ...times(told) }),
      ...place,
    });
}
