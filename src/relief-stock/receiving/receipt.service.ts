import { Inject, Injectable } from '@nestjs/common';
import { type Actor, allow, inCommand, visibleOr404 } from '../../access/index.js';
import { CONFIG, type Config } from '../../config.js';
import { Database, read, type Tx } from '../../database/index.js';
import { recordChange } from '../../journal/index.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { decodeCursor, toPage } from '../../shared/paging.js';
import { notFound, Problem } from '../../shared/problem.js';
import type { Signature } from '../document.rules.js';
import { numberFor } from '../document.service.js';
import { insertSignature } from '../document.store.js';
import { type FactTimes, factTimesOf } from '../fact-times.rules.js';
import { itemsByIds } from '../item.store.js';
import { findWarehouse, type WarehouseRow } from '../warehouse.store.js';
import { enterGoods, mustSuitFunds } from './acceptance.service.js';
import { donationCounted } from './donation.service.js';
import { type DonationRow, lockDonation } from './donation.store.js';
import type { AnnounceGoods, ReceiptDto, ReceiptsQuery, ReceiveGoods } from './receipt.dto.js';
import { announcedLine, mustBeTwo, type ReceiptLine, withLotsOnLines } from './receipt.rules.js';
import * as store from './receipt.store.js';

/** Goods receipts at their beginning, and what people look up of them. What happens to one in between: `ReceiptStepsService`. */
@Injectable()
export class ReceiptService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Goods accepted on the spot, by the keeper: one movement a line. Donated goods that nobody counted for the donor wait for a second
   * signature. 422 `duty.separation` for who counts with himself. Refusals of the goods themselves: see `enterGoods`.
   */
  async receiveGoods(actor: Actor, input: ReceiveGoods): Promise<ReceiptDto> {
    const times = factTimesOf(input, this.clock.now());
    return inCommand(this.db, actor, async (tx) => {
      const warehouse = await warehouseOf(tx, actor, { id: input.warehouseId, action: 'stock.receive' });
      const donation = await donationOf(tx, actor, { input, warehouse });
      mustBeTwo(actor.name, input.countedWith);
      const lines = input.lines.map((line, n) => {
        const { itemId, lotCode, binId = null, overrideReason = null } = line;
        const goods = { line: n + 1, itemId, lotCode, ...goodsOf(line, donation) };
        return { ...announcedLine(goods, line.units), binId, overrideReason };
      });
      const head = await headOf(tx, { input, warehouse, donation, times });
      const delivered = lines.map((line) => ({
        ...line, units: line.announcedUnits, lotCode: line.lotCode!, binId: line.binId ?? undefined,
      })); // prettier-ignore
      const stored = await enterGoods(tx, { paper: head, warehouse, delivered, actor, times });
      const alone = input.source === 'donation' && input.countedWith === undefined;
      const row: store.ReceiptRow = {
        ...head, status: 'accepted', lines: withLotsOnLines(lines, stored), receivedBy: actor.name,
        countedWith: input.countedWith ?? null, secondSignatureDueAt: alone ? dueAfter(times.now, this.config) : null,
      }; // prettier-ignore
      await store.insertReceipt(tx, row);
      const signature = signatureOf(actor, { role: 'accepted', times });
      await insertSignature(tx, row.id, signature);
      const counters = [actor.name, ...(input.countedWith ? [input.countedWith] : [])];
      if (donation) await donationCounted(tx, donation, { counters, actor, times });
      return tellReceipt(tx, row, { kind: 'goods.received', signatures: [signature], actor, times });
    }); // prettier-ignore
  }

  /** Goods are on their way: nothing enters the ledger before they are accepted. */
  async announceGoods(actor: Actor, input: AnnounceGoods): Promise<ReceiptDto> {
    const times = factTimesOf(input, this.clock.now());
    return inCommand(this.db, actor, async (tx) => {
      const warehouse = await warehouseOf(tx, actor, { id: input.warehouseId, action: 'stock.announce' });
      const donation = await donationOf(tx, actor, { input, warehouse });
      const known = new Set((await itemsByIds(tx, input.lines.map(({ itemId }) => itemId))).map(({ id }) => id)); // prettier-ignore
      const lines = input.lines.map((line, n) => {
        if (!known.has(line.itemId)) throw notFound('item', line.itemId);
        const { itemId, lotCode = null } = line;
        return announcedLine({ line: n + 1, itemId, lotCode, ...goodsOf(line, donation) }, line.units);
      });
      await mustSuitFunds(tx, lines);
      const row = { ...(await headOf(tx, { input, warehouse, donation, times })), lines };
      await store.insertReceipt(tx, row);
      return tellReceipt(tx, row, { kind: 'goods.announced', signatures: [], actor, times });
    });
  }

  /** Receipts of warehouses that the actor may see, newest first. */
  async receipts(actor: Actor, query: ReceiptsQuery) {
    const before = decodeCursor(query.cursor, ['string', 'string']) as [string, string] | null;
    const page = { keys: actor.keys, before, limit: query.limit + 1, now: this.clock.now() };
    const rows = await read(this.db, (tx) => store.receiptsBefore(tx, query, page));
    return toPage(rows, query.limit, (receipt) => [receipt.receivedAt, receipt.id]);
  }

  /** 404 `goods-receipt.not-found`. */
  async receipt(actor: Actor, id: string): Promise<ReceiptDto> {
    const found = await read(this.db, (tx) => store.findReceipt(tx, id));
    const { row, signatures } = visibleOr404(actor, found, 'goods-receipt', id);
    return store.toReceiptDto(row, signatures);
  }
}

/** The warehouse, if the actor sees it and may do this there. */
export async function warehouseOf(
  tx: Tx,
  actor: Actor,
  { id, action }: { id: string; action: 'stock.receive' | 'stock.announce' | 'stock.check' },
): Promise<WarehouseRow> {
  const warehouse = visibleOr404(actor, await findWarehouse(tx, id), 'warehouse', id);
  allow(actor, action, { paths: [warehouse.societyPath], warehouseId: warehouse.id });
  return warehouse;
}

/** The donation that goods belong to, locked. 404 `donation.not-found`; 422 `donation.other-society`. */
async function donationOf(
  tx: Tx,
  actor: Actor,
  { input, warehouse }: { input: { donationId?: string | undefined }; warehouse: WarehouseRow },
): Promise<DonationRow | null> {
  if (!input.donationId) return null;
  const donation = visibleOr404(actor, await lockDonation(tx, input.donationId), 'donation', input.donationId);
  if (donation.societyId !== warehouse.societyId)
    throw new Problem('donation.other-society', { number: donation.number, warehouse: warehouse.code });
  return donation;
}

type LineIn = Pick<ReceiveGoods['lines'][number], 'expiresOn' | 'fund' | 'unitValueFen' | 'valueBasis'>;

/** Fund and value of a line. Goods of a donation belong to its fund, and are worth what its proof says. 422 `donation.no-value`. */
function goodsOf(
  { expiresOn = null, fund = null, unitValueFen = null, valueBasis = 'invoice' }: LineIn,
  donation: DonationRow | null,
): Pick<ReceiptLine, 'expiresOn' | 'fund' | 'unitValueFen' | 'valueBasis'> {
  if (!donation) return { expiresOn, fund, unitValueFen, valueBasis: unitValueFen === null ? null : valueBasis };
  const proof = donation.valueBasis === 'none' ? null : donation.valueBasis;
  if (unitValueFen !== null && proof === null) throw new Problem('donation.no-value', { number: donation.number });
  return { expiresOn, fund: donation.fund, unitValueFen, valueBasis: unitValueFen === null ? null : proof };
}

/** A new receipt with its number and no lines. */
async function headOf(
  tx: Tx,
  facts: {
    input: Pick<AnnounceGoods, 'id' | 'source' | 'sourceName' | 'note' | 'expectedOn'>;
    warehouse: WarehouseRow;
    donation: DonationRow | null;
    times: FactTimes;
  },
): Promise<store.ReceiptRow> {
  const { input, warehouse, donation, times } = facts;
  const number = await numberFor(tx, {
    kind: 'receipt',
    id: input.id,
    adcode: warehouse.societyAdcode,
    now: times.now,
  });
  return {
    id: input.id ?? newId(), number, warehouseId: warehouse.id, source: input.source,
    sourceName: input.sourceName ?? donation?.donorName ?? donation!.number, donationId: donation?.id ?? null,
    expectedOn: input.expectedOn ?? null, note: input.note, status: 'announced', lines: [], receivedBy: null, countedWith: null,
    secondSignatureDueAt: null, secondSignedAt: null, cancelReason: null, reversal: null, occurredAt: times.occurredAt, receivedAt: times.now,
    scope: warehouse.scope, version: 1,
  }; // prettier-ignore
}

export const dueAfter = (now: Date, config: Config): Date =>
  new Date(now.getTime() + config.DEFERRED_SIGNATURE_HOURS * 3_600_000);

const signatureOf = (actor: Actor, { role, times }: { role: string; times: FactTimes }): Signature => ({
  role, userId: actor.userId, name: actor.name, occurredAt: times.occurredAt.toISOString(), signedAt: times.now.toISOString(),
}); // prettier-ignore

/** Tells a receipt as it is now, and answers it. */
export async function tellReceipt(
  tx: Tx,
  row: store.ReceiptRow,
  { kind, signatures, actor, times }: { kind: string; signatures: Signature[]; actor: Actor; times: FactTimes },
): Promise<ReceiptDto> {
  const data = store.toReceiptDto(row, signatures);
  const { id, version, scope } = row;
  const { occurredAt, recordedAt } = times;
  await recordChange(tx, { kind, subject: 'goods-receipt', id, version, scope, data, actor, occurredAt, recordedAt });
  return data;
}
