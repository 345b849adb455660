import { Injectable, Logger } from '@nestjs/common';
import { systemActor } from '../access/index.js';
import { Database, inTransaction, read, type Tx } from '../database/index.js';
import { JobQueue } from '../queue/index.js';
import { dueReservations, releaseSupplies } from '../relief-stock/index.js';
import { Clock } from '../shared/clock.js';
import { changeOrder } from './changes.service.js';
import { takeSupplyStep } from './supply-order.rules.js';
import { linesOfOrders, lockOrder, ordersOfLines } from './supply-order.store.js';

const JOB = 'dispatch.expire-reservations';
const TICK_MS = 5000;
const BATCH = 200;
const ACTOR = systemActor(JOB);
/** Why an order was cancelled by the clock; the reader's language has the sentence (`reason.expired`). */
const EXPIRED = 'expired';

/** Goods that nobody approved in time go back to what others may ask for. */
@Injectable()
export class ExpiryService {
  private readonly log = new Logger('expiry');

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    queue: JobQueue,
  ) {
    queue.every(JOB, TICK_MS, async () => void (await this.expireReservations()));
  }

  /**
   * Cancels orders whose reservation lapsed before anyone approved it, each in its own transaction. Right if run twice, late, or by several
   * processes at once. Answers how many it cancelled.
   */
  async expireReservations(): Promise<number> {
    const due = await read(this.db, async (tx) =>
      ordersOfLines(tx, await dueReservations(tx, this.clock.now(), BATCH)),
    );
    let expired = 0;
    for (const id of due) {
      try {
        if (await inTransaction(this.db, (tx) => this.expire(tx, id))) expired++;
      } catch (error) {
        this.log.error(`order ${id} did not expire: ${String(error)}`);
      }
    }
    return expired;
  }

  private async expire(tx: Tx, id: string): Promise<boolean> {
    const now = this.clock.now();
    const order = await lockOrder(tx, id);
    // Approved or cancelled between the look and the lock.
    if (order?.status !== 'reserved' || !order.reservedUntil || order.reservedUntil > now) return false;
    const decided = { ...takeSupplyStep(order, 'expire', { occurredAt: now, now }), reason: EXPIRED };
    const orderLineIds = (await linesOfOrders(tx, [id])).map((line) => line.id);
    await releaseSupplies(tx, { orderLineIds, how: 'expired', now, actor: ACTOR });
    await changeOrder(tx, decided, { kind: 'supplies.expired', actor: ACTOR, now, occurredAt: now });
    return true;
  }
}
