import { Injectable } from '@nestjs/common';
import { type Actor, allow, inCommand, visibleOr404 } from '../access/index.js';
import { Database, read, type Tx } from '../database/index.js';
import { recordChange } from '../journal/index.js';
import { Clock } from '../shared/clock.js';
import { idFrom, newId } from '../shared/ids.js';
import { decodeCursor, toPage } from '../shared/paging.js';
import { ensure, Problem } from '../shared/problem.js';
import { dayOf } from './days.rules.js';
import { numberFor } from './document.service.js';
import { type FactTimes, factTimesOf } from './fact-times.rules.js';
import { itemsByIds, makeLots } from './item.store.js';
import { accountAt, type Batch, openLevels, type Place, postMovements } from './ledger.service.js';
import { inspectGoods, type InspectedLine } from './receipt.rules.js';
import * as store from './receipt.store.js';
import type { BinDto, LotDto, ReceiptDto, ReceiptsQuery, ReceiveGoods } from './relief-stock.dto.js';
import { binsOf, findWarehouse, type WarehouseRow } from './warehouse.store.js';

interface StoredLine extends InspectedLine {
  lot: LotDto;
}

@Injectable()
export class ReceiptService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes goods into a warehouse, by its keeper: from the supplier or donor into the bins, one movement a line. The goods belong to the
   * warehouse's society. Refusals of the goods themselves: see `inspectGoods`; 422 `stock.lot-held` for a lot that is set aside.
   */
  async receiveGoods(actor: Actor, input: ReceiveGoods): Promise<ReceiptDto> {
    const times = factTimesOf(input, this.clock.now());
    return inCommand(this.db, actor, async (tx) => {
      const found = await findWarehouse(tx, input.warehouseId);
      const warehouse = visibleOr404(actor, found, 'warehouse', input.warehouseId);
      allow(actor, 'stock.receive', { paths: [warehouse.societyPath], warehouseId: warehouse.id });
      const bins = await binsOf(tx, warehouse.id);
      const receivedOn = dayOf(times.occurredAt);
      const items = new Map((await itemsByIds(tx, input.lines.map((line) => line.itemId))).map((item) => [item.id, item])); // prettier-ignore
      const inspected = inspectGoods(input, { warehouseCode: warehouse.code, items, bins, receivedOn });
      const lines = await withLots(tx, inspected, { source: input.source, receivedOn });
      const receipt = await this.write(tx, { actor, input, warehouse, lines, times });
      await openLevels(tx, lines.map(({ itemId }) => ({ warehouseId: warehouse.id, itemId }))); // prettier-ignore
      await postMovements(tx, postingOf(receipt, { actor, warehouse, bins, lines, times }));
      const { scope } = warehouse;
      const { occurredAt, recordedAt } = times;
      await recordChange(tx, {
        kind: 'goods.received', subject: 'goods-receipt', id: receipt.id, version: 1, scope, data: receipt, actor, occurredAt, recordedAt,
      }); // prettier-ignore
      return receipt;
    });
  }

  /** Receipts of warehouses that the actor may see, newest first. */
  async receipts(actor: Actor, query: ReceiptsQuery) {
    const before = decodeCursor(query.cursor, ['string', 'string']) as [string, string] | null;
    const filter = { warehouseId: query.warehouseId, keys: actor.keys, before, limit: query.limit + 1 };
    const rows = await read(this.db, (tx) => store.receiptsBefore(tx, filter));
    return toPage(rows, query.limit, (receipt) => [receipt.receivedAt, receipt.id]);
  }

  /** 404 `goods-receipt.not-found`. */
  async receipt(actor: Actor, id: string): Promise<ReceiptDto> {
    const row = await read(this.db, (tx) => store.findReceipt(tx, id));
    return store.withoutScope(visibleOr404(actor, row, 'goods-receipt', id));
  }

  private async write(
    tx: Tx,
    facts: { actor: Actor; input: ReceiveGoods; warehouse: WarehouseRow; lines: StoredLine[]; times: FactTimes },
  ): Promise<ReceiptDto> {
    const { actor, input, warehouse, lines, times } = facts;
    const number = await numberFor(tx, { kind: 'receipt', adcode: warehouse.societyAdcode, now: times.now });
    const receipt: ReceiptDto = {
      id: input.id ?? newId(), number, warehouseId: warehouse.id, source: input.source,
      sourceName: input.sourceName, note: input.note, status: 'accepted',
      lines: lines.map(({ line, itemId, lot, binId, units, overrideReason }) => ({
        line, itemId, lotId: lot.id, binId, units, overrideReason,
      })),
      receivedBy: actor.name, occurredAt: times.occurredAt.toISOString(), receivedAt: times.now.toISOString(), version: 1,
    }; // prettier-ignore
    await store.insertReceipt(tx, receipt);
    return receipt;
  }
}

/** Makes or finds the lot of each line. */
async function withLots(
  tx: Tx,
  lines: InspectedLine[],
  delivery: { source: LotDto['source']; receivedOn: string },
): Promise<StoredLine[]> {
  const nameOf = (lot: { itemId: string; code: string; expiresOn: string | null }) =>
    JSON.stringify([lot.itemId, lot.code, lot.expiresOn]);
  const asked = lines.map(({ itemId, lotCode: code, expiresOn }) => ({
    id: idFrom('lot', itemId, code, expiresOn ?? '', delivery.source), itemId, code, expiresOn, ...delivery,
  })); // prettier-ignore
  const distinct = [...new Map(asked.map((lot) => [lot.id, lot])).values()];
  const lots = new Map((await makeLots(tx, distinct)).map((lot) => [nameOf(lot), lot]));
  return lines.map((line, n) => {
    const lot = lots.get(nameOf(asked[n]!));
    ensure(lot !== undefined, 'S3 goods received belong to a lot');
    if (lot.state !== 'good') throw new Problem('stock.lot-held', { line: line.line, lot: lot.code });
    return { ...line, lot };
  });
}

/** From the supplier or donor of this receipt into the bins. */
function postingOf(
  receipt: ReceiptDto,
  facts: { actor: Actor; warehouse: WarehouseRow; bins: BinDto[]; lines: StoredLine[]; times: FactTimes },
): Batch {
  const { actor, warehouse, bins, lines, times } = facts;
  const outside: Place = {
    kind: receipt.source === 'donation' ? 'donor' : 'supplier', warehouseId: warehouse.id, placeCode: receipt.id,
    placeName: receipt.sourceName,
  }; // prettier-ignore
  const postings = lines.map(({ itemId, lot, binId, units, fund }) => {
    const goods = { itemId, lotId: lot.id, condition: 'good' as const, ownerSocietyId: warehouse.societyId, fund };
    const placeCode = bins.find((bin) => bin.id === binId)!.code;
    const bin: Place = { kind: 'bin', warehouseId: warehouse.id, placeId: binId, placeCode, placeName: null };
    return { from: accountAt(outside, goods), to: accountAt(bin, goods), units, reason: 'receipt' as const };
  });
  return { causeId: receipt.id, document: receipt.number, postings, actor, ...times };
}
