import { Injectable } from '@nestjs/common';
import { type Actor, allow, inCommand, visibleOr404 } from '../../access/index.js';
import { Database, read, type Tx } from '../../database/index.js';
import { recordChange } from '../../journal/index.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { decodeCursor, toPage } from '../../shared/paging.js';
import { notFound, Problem } from '../../shared/problem.js';
import { numberFor } from '../document.service.js';
import { type FactTimes, factTimesOf } from '../fact-times.rules.js';
import { accountAt, type Place, type Posting, postMovements } from '../ledger.service.js';
import { lockLevels } from '../ledger.store.js';
import { binsOf, findWarehouse, type WarehouseRow } from '../warehouse.store.js';
import type { DeliveredDto, DeliveriesQuery, ReturnDto, ReturnGoods, ReturnsQuery } from './return.dto.js';
import { matchReturn } from './return.rules.js';
import * as store from './return.store.js';

/** Goods that come back from whom they were given to. */
@Injectable()
export class ReturnService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * The keeper inspects what comes back and puts it into bins, in the condition found. 404 `delivery.not-found`, `delivery-line.not-found`,
   * `bin.not-found`; 422 `return.more-than-delivered`, `return.before-delivery`.
   */
  async returnGoods(actor: Actor, input: ReturnGoods): Promise<ReturnDto> {
    const times = factTimesOf(input, this.clock.now());
    return inCommand(this.db, actor, async (tx) => {
      const warehouse = await this.visible(tx, actor, input.warehouseId);
      allow(actor, 'stock.receive', { paths: [warehouse.societyPath], warehouseId: warehouse.id });
      const first = await store.heldByRecipient(tx, warehouse.id, input.deliveryId);
      await lockLevels(tx, [...new Set(first.map(({ account }) => account.levelId))]);
      const held = await store.heldByRecipient(tx, warehouse.id, input.deliveryId); // what is left, now that it stands still
      if (first.length === 0) throw notFound('delivery', input.deliveryId);
      const matched = matchReturn(held, input.lines);
      await mustComeAfter(tx, held, times);
      const bins = new Map((await binsOf(tx, warehouse.id)).map((bin) => [bin.id, bin]));
      const unknown = input.lines.find(({ binId }) => !bins.has(binId));
      if (unknown) throw notFound('bin', unknown.binId);
      const lines = matched.map(({ goods, binId, condition, units }, n) => {
        const { itemId, lotId, ownerSocietyId, fund } = goods.account;
        const { lotCode } = goods;
        return {
          line: n + 1,
          itemId,
          lotId,
          lotCode,
          binId,
          binCode: bins.get(binId)!.code,
          condition,
          ownerSocietyId,
          fund,
          units,
        };
      });
      const { now, occurredAt, recordedAt } = times;
      const row: store.ReturnRow = {
        id: input.id ?? newId(), number: await numberFor(tx, { kind: 'return', id: input.id, adcode: warehouse.societyAdcode, now }), warehouseId: warehouse.id,
        deliveryId: input.deliveryId, recipient: held[0]!.account.placeName ?? '', returnedBy: input.returnedBy, note: input.note,
        status: 'posted', lines, inspectedBy: actor.name, occurredAt, recordedAt, receivedAt: now, version: 1,
      }; // prettier-ignore
      await store.insertReturn(tx, row);
      const postings = matched.map(({ goods }, n) => backInto(goods.account, lines[n]!));
      await postMovements(tx, { causeId: row.id, document: row.number, postings, actor, ...times });
      const data = await store.returnDtoOf(tx, row);
      await recordChange(tx, {
        kind: 'goods.returned', subject: 'stock-return', id: row.id, version: 1, scope: warehouse.scope, data, actor, occurredAt, recordedAt,
      }); // prettier-ignore
      return data;
    });
  }

  /** What recipients of a warehouse hold, newest first: what may come back. */
  async deliveries(actor: Actor, query: DeliveriesQuery) {
    const before = decodeCursor(query.cursor, ['string', 'string']) as [string, string] | null;
    const rows = await read(this.db, async (tx) => {
      await this.visible(tx, actor, query.warehouseId);
      return store.deliveriesBefore(tx, query.warehouseId, { before, limit: query.limit + 1 });
    });
    return toPage(rows, query.limit, (row) => [row.deliveredAt, row.id]);
  }

  /** 404 `delivery.not-found` when nothing of it is out any more. */
  async delivery(actor: Actor, id: string): Promise<DeliveredDto> {
    return read(this.db, async (tx) => {
      const { scope: _, ...delivery } = visibleOr404(actor, await store.findDelivery(tx, id), 'delivery', id);
      const lines = (await store.heldByRecipient(tx, delivery.warehouseId, id)).map(({ account, ...goods }) => {
        const { itemId, lotId, ownerSocietyId, fund } = account;
        return { ...goods, itemId, lotId, ownerSocietyId, fund };
      });
      return { ...delivery, lines };
    });
  }

  async returns(actor: Actor, query: ReturnsQuery) {
    const before = decodeCursor(query.cursor, ['string', 'string']) as [string, string] | null;
    const page = { keys: actor.keys, before, limit: query.limit + 1 };
    const rows = await read(this.db, (tx) => store.returnsBefore(tx, query, page));
    return toPage(rows, query.limit, (row) => [row.receivedAt, row.id]);
  }

  /** 404 `stock-return.not-found`. */
  async oneReturn(actor: Actor, id: string): Promise<ReturnDto> {
    return read(this.db, async (tx) => {
      const row = visibleOr404(actor, await store.findReturn(tx, id), 'stock-return', id);
      return store.returnDtoOf(tx, row);
    });
  }

  private async visible(tx: Tx, actor: Actor, warehouseId: string): Promise<WarehouseRow> {
    return visibleOr404(actor, await findWarehouse(tx, warehouseId), 'warehouse', warehouseId);
  }
}

/** Nothing comes back before it was given. */
async function mustComeAfter(tx: Tx, held: store.HeldGoods[], { occurredAt }: FactTimes): Promise<void> {
  const deliveredAt = await store.firstDeliveredAt(tx, held.map(({ cellId }) => cellId)); // prettier-ignore
  if (occurredAt < deliveredAt) throw new Problem('return.before-delivery', { deliveredAt: deliveredAt.toISOString() });
}

function backInto(from: store.HeldGoods['account'], line: ReturnDto['lines'][number]): Posting {
  const place: Place = {
    kind: 'bin', warehouseId: from.warehouseId, placeId: line.binId, placeCode: line.binCode, placeName: null,
  }; // prettier-ignore
  return { from, to: accountAt(place, { ...from, condition: line.condition }), units: line.units, reason: 'return' };
}
