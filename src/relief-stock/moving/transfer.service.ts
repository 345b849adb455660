import { Injectable } from '@nestjs/common';
import { type Actor, allow, inCommand, visibleOr404 } from '../../access/index.js';
import { Database, inSnapshot, read, type Tx } from '../../database/index.js';
import { Clock } from '../../shared/clock.js';
import { decodeCursor, toPage } from '../../shared/paging.js';
import { Problem } from '../../shared/problem.js';
import { factTimesOf } from '../fact-times.rules.js';
import { giveBackToPromises } from '../requests/request-progress.service.js';
import { releaseSupplies } from '../reservation.service.js';
import type {
  DraftTransfer, EndTransfer, ReviseTransfer, TransferDetailDto, TransferDto, TransfersQuery, TransferStep,
} from './transfer.dto.js'; // prettier-ignore
import { isEnded } from './inquiry.rules.js';
import { deleteLines, goodsOf, insertLines, linesOf } from './transfer-line.store.js';
import {
  contentOf,
  goodsFrom,
  mustTakeGoods,
  promiseGoods,
  visibleWarehouse,
  writeDraft,
} from './transfer-paper.service.js';
import { endsOf, mustBeFresh, stepTransfer, tellTransfer } from './transfer-step.service.js';
import * as store from './transfer.store.js';

/** Writes a draft in the transaction of another command. Refusals: `TransferService.draftTransfer`. */
export async function draftTransferIn(
  tx: Tx,
  actor: Actor,
  { input, now }: { input: DraftTransfer; now: Date },
): Promise<TransferDto> {
  const row = await writeDraft(tx, actor, { input, now });
  return tellTransfer(tx, row, { kind: 'transfer.drafted', actor, times: factTimesOf({}, now) });
}

/** The paper of a transfer: drafted, ordered, cancelled, closed, looked up. What happens to the goods: departure and arrival services. */
@Injectable()
export class TransferService {
  constructor(
    readonly db: Database,
    readonly clock: Clock,
  ) {}

  /**
   * Writes a paper that nobody has ordered yet. 404 for a warehouse or item that the actor does not see; 422 `transfer.same-warehouse`,
   * `warehouse.no-bin` when nothing can lie at the other end; 409 `idempotency.mismatch` for an id in use.
   */
  async draftTransfer(actor: Actor, input: DraftTransfer): Promise<TransferDto> {
    const now = this.clock.now();
    return inCommand(this.db, actor, (tx) => draftTransferIn(tx, actor, { input, now }));
  }

  /** Writes a draft anew. 409 `transfer.step-not-allowed` once it is ordered. */
  async reviseTransfer(actor: Actor, id: string, input: ReviseTransfer): Promise<TransferDto> {
    const times = factTimesOf({}, this.clock.now());
    return inCommand(this.db, actor, async (tx) => {
      const row = visibleOr404(actor, await store.lockTransfer(tx, id), 'transfer', id);
      const { from } = await endsOf(tx, row);
      allow(actor, 'stock.transfer', { paths: [from.societyPath], warehouseId: from.id });
      mustBeFresh(row, input.version);
      if (row.status !== 'draft')
        throw new Problem('transfer.step-not-allowed', { step: 'revise', status: row.status });
      const to = await visibleWarehouse(tx, actor, input.toWarehouseId);
      await mustTakeGoods(tx, from, to);
      const { lines, sums } = await goodsFrom(tx, actor, { input, to });
      await deleteLines(tx, id);
      await insertLines(tx, id, lines);
      const { incidentId = row.incidentId } = input;
      const saved = await store.saveTransfer(tx, { ...row, ...contentOf(input, { from, to, sums }), incidentId });
      return tellTransfer(tx, saved, { kind: 'transfer.revised', actor, times });
    });
  }

  /**
   * The duty side of the giving society orders: the goods are promised, first expired first, and the promise does not lapse. Lines that answer
   * a request take up what was promised to it. 422 `stock.insufficient`, `stock.lot-short`, `stock.lot-expired`, `stock.lot-held`, `stock.against-intent`,
   * `stock-request.not-promised`.
   */
  async order(actor: Actor, id: string, input: TransferStep): Promise<TransferDto> {
    return stepTransfer(this, actor, { id, step: 'order', input }, async (tx, held, decided) => {
      await promiseGoods(tx, held);
      return decided;
    });
  }

  /** Until it departs: what was promised goes back to the requests that it answered, or to what others may ask for. */
  async cancel(actor: Actor, id: string, input: EndTransfer): Promise<TransferDto> {
    return stepTransfer(this, actor, { id, step: 'cancel', input }, async (tx, { transfer, times }, decided) => {
      if (transfer.status !== 'draft') {
        const back = new Set(await giveBackToPromises(tx, id, times.now));
        const orderLineIds = (await linesOf(tx, id)).map((line) => line.id).filter((lineId) => !back.has(lineId));
        if (orderLineIds.length > 0)
          await releaseSupplies(tx, { orderLineIds, how: 'released', now: times.now, actor });
      }
      return { ...decided, reason: input.reason };
    });
  }

  /** The giving side has read what the receiver found. 422 `transfer.inquiry-open` while something missing is not explained. */
  async close(actor: Actor, id: string, input: TransferStep): Promise<TransferDto> {
    return stepTransfer(this, actor, { id, step: 'close', input }, async (tx, { transfer }, decided) => {
      const [seen] = await store.transferDtos(tx, [transfer]);
      const { inquiryId, inquiryStatus } = seen!;
      if (inquiryId && !isEnded(inquiryStatus!)) throw new Problem('transfer.inquiry-open', { inquiryId });
      return decided;
    });
  }

  /** Newest first. 404 `warehouse.not-found` when one is named that the actor may not see. */
  async transfers(actor: Actor, query: TransfersQuery) {
    const before = decodeCursor(query.cursor, ['string', 'string']) as [string, string] | null;
    const items = await inSnapshot(this.db, async (tx) => {
      if (query.warehouseId) await visibleWarehouse(tx, actor, query.warehouseId);
      const rows = await store.transfersBefore(tx, query, { keys: actor.keys, before, limit: query.limit + 1 });
      return store.transferDtos(tx, rows);
    });
    return toPage(items, query.limit, (transfer) => [transfer.draftedAt, transfer.id]);
  }

  /** With its lines and lots. 404 `transfer.not-found`. */
  async transfer(actor: Actor, id: string): Promise<TransferDetailDto> {
    return read(this.db, async (tx) => {
      const row = visibleOr404(actor, await store.findTransfer(tx, id), 'transfer', id);
      const [transfer] = await store.transferDtos(tx, [row]);
      return { ...transfer!, goods: await goodsOf(tx, id) };
    });
  }
}
