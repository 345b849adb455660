import { Injectable } from '@nestjs/common';
import { type Actor, allow, inCommand, visibleOr404 } from '../../access/index.js';
import { Database, inSnapshot, read, type Tx } from '../../database/index.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { decodeCursor, toPage } from '../../shared/paging.js';
import { Problem } from '../../shared/problem.js';
import { numberFor } from '../document.service.js';
import { factTimesOf } from '../fact-times.rules.js';
import { itemsByIds } from '../item.store.js';
import { releaseSupplies, reserveSupplies } from '../reservation.service.js';
import { binsOf, findWarehouse, type WarehouseRow } from '../warehouse.store.js';
import { type GoodsSums, sumGoods } from './goods.rules.js';
import type {
  DraftTransfer, EndTransfer, ReviseTransfer, TransferDetailDto, TransferDto, TransfersQuery, TransferStep,
} from './transfer.dto.js'; // prettier-ignore
import { deleteLines, goodsOf, type GoodsLine, insertLines, linesOf } from './transfer-line.store.js';
import { endsOf, mustBeFresh, stepTransfer, tellTransfer } from './transfer-step.service.js';
import * as store from './transfer.store.js';

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
    const times = factTimesOf({}, this.clock.now());
    return inCommand(this.db, actor, async (tx) => {
      const from = await visibleWarehouse(tx, actor, input.fromWarehouseId);
      allow(actor, 'stock.transfer', { paths: [from.societyPath], warehouseId: from.id });
      const to = await destination(tx, actor, { from, toWarehouseId: input.toWarehouseId });
      const lines = linesFrom(input.goods);
      const sums = await sumsOf(tx, lines);
      const row: store.TransferRow = {
        ...NEW, ...contentOf(input, { from, to, sums }), id: input.id ?? newId(), fromWarehouseId: from.id, statusSince: times.now,
        number: await numberFor(tx, { kind: 'transfer', adcode: from.societyAdcode, now: times.now }),
        draftedBy: actor.name, draftedAt: times.now,
      }; // prettier-ignore
      if (!(await store.insertTransfer(tx, row))) throw new Problem('idempotency.mismatch', { key: row.id });
      await insertLines(tx, row.id, lines);
      return tellTransfer(tx, row, { kind: 'transfer.drafted', actor, times });
    });
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
      const to = await destination(tx, actor, { from, toWarehouseId: input.toWarehouseId });
      const lines = linesFrom(input.goods);
      const sums = await sumsOf(tx, lines);
      await deleteLines(tx, id);
      await insertLines(tx, id, lines);
      const saved = await store.saveTransfer(tx, { ...row, ...contentOf(input, { from, to, sums }) });
      return tellTransfer(tx, saved, { kind: 'transfer.revised', actor, times });
    });
  }

  /**
   * The duty side of the giving society orders: the goods are promised, first expired first, and the promise does not lapse. 422
   * `stock.insufficient`, `stock.lot-expired`, `stock.lot-held`.
   */
  async order(actor: Actor, id: string, input: TransferStep): Promise<TransferDto> {
    return stepTransfer(this, actor, { id, step: 'order', input }, async (tx, { transfer, times }, decided) => {
      const { now } = times;
      const lines = (await linesOf(tx, id)).map(({ id: orderLineId, itemId, units }) => ({
        orderLineId, warehouseId: transfer.fromWarehouseId, itemId, units,
      })); // prettier-ignore
      const arrivalAt = transfer.plannedArrivalAt > now ? transfer.plannedArrivalAt : now;
      await reserveSupplies(tx, { lines, arrivalAt, untilAt: null, now, actor });
      return decided;
    });
  }

  /** Until it departs: what was promised goes back to what others may ask for. */
  async cancel(actor: Actor, id: string, input: EndTransfer): Promise<TransferDto> {
    return stepTransfer(this, actor, { id, step: 'cancel', input }, async (tx, { transfer, times }, decided) => {
      const orderLineIds = (await linesOf(tx, id)).map((line) => line.id);
      if (transfer.status !== 'draft')
        await releaseSupplies(tx, { orderLineIds, how: 'released', now: times.now, actor });
      return { ...decided, reason: input.reason };
    });
  }

  /** The giving side has read what the receiver found. 422 `transfer.inquiry-open` while something missing is not explained. */
  async close(actor: Actor, id: string, input: TransferStep): Promise<TransferDto> {
    return stepTransfer(this, actor, { id, step: 'close', input }, async (tx, { transfer }, decided) => {
      const [seen] = await store.transferDtos(tx, [transfer]);
      const { inquiryId, inquiryStatus } = seen!;
      if (inquiryId && inquiryStatus !== 'explained' && inquiryStatus !== 'written-off')
        throw new Problem('transfer.inquiry-open', { inquiryId });
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

const NEW = {
  status: 'draft', vehicle: null, driverName: null, driverPhone: null, capacityWeightG: null, capacityVolumeCm3: null, acceptedUnits: 0,
  damagedUnits: 0, missingUnits: 0, reason: null, orderedAt: null, pickingAt: null, loadedAt: null, departedAt: null, arrivedAt: null,
  receivedAt: null, closedAt: null, cancelledAt: null, returnedAt: null, lostAt: null, version: 1,
} as const; // prettier-ignore

const linesFrom = (goods: DraftTransfer['goods']): GoodsLine[] => goods.map((line) => ({ id: newId(), ...line }));

async function sumsOf(tx: Tx, lines: GoodsLine[]): Promise<GoodsSums> {
  const items = await itemsByIds(tx, [...new Set(lines.map((line) => line.itemId))]);
  return sumGoods(lines, new Map(items.map((item) => [item.id, item])));
}

/** Both sides see one paper: its keys are those of both warehouses. */
function contentOf(
  input: Pick<DraftTransfer, 'keepsOwner' | 'plannedArrivalAt' | 'note'>,
  { from, to, sums }: { from: WarehouseRow; to: WarehouseRow; sums: GoodsSums },
) {
  const { lines, units, weightG, volumeCm3 } = sums;
  return {
    toWarehouseId: to.id, keepsOwner: input.keepsOwner, plannedArrivalAt: new Date(input.plannedArrivalAt), note: input.note, lines, units,
    weightG, volumeCm3, scope: [...new Set([...from.scope, ...to.scope])],
  }; // prettier-ignore
}

async function visibleWarehouse(tx: Tx, actor: Actor, id: string): Promise<WarehouseRow> {
  return visibleOr404(actor, await findWarehouse(tx, id), 'warehouse', id);
}

async function destination(
  tx: Tx,
  actor: Actor,
  { from, toWarehouseId }: { from: WarehouseRow; toWarehouseId: string },
): Promise<WarehouseRow> {
  const to = await visibleWarehouse(tx, actor, toWarehouseId);
  if (to.id === from.id) throw new Problem('transfer.same-warehouse', { warehouse: to.code });
  if ((await binsOf(tx, to.id)).length === 0) throw new Problem('warehouse.no-bin', { warehouse: to.code });
  return to;
}
