import type { Actor } from '../../src/access/index.js';
import { inTransaction, type Tx } from '../../src/database/index.js';
import {
  AdjustmentService, CatalogueService, ConversionService, deliverSupplies, KitService, LotService, ReceiptService, reserveSupplies,
  ReturnService, ReversalService, shipSupplies, StockService,
} from '../../src/relief-stock/index.js'; // prettier-ignore
import { draftAdjustment, type AdjustmentDto, type CellDto } from '../../src/relief-stock/changing/adjustment.dto.js';
import { openFunds } from '../support/funds.js';
import { newId } from '../../src/shared/ids.js';
import { startApp, type TestApp } from '../support/app.js';

export const STORE = 'WH-331000-1';
/** Who watches what happens to this store: a desk below, and its keeper. */
export const WATCHING = ['duty.331082', `keeper.${STORE}`];
type Desk = Actor & { token: string };

/** A store with its people, and the words in which tests of stock speak. Every test takes items of its own. */
export class StockDesk {
  private made = 0;
  private constructor(
    readonly app: TestApp,
    readonly warehouseId: string,
    readonly bins: { id: string; code: string }[],
    readonly keeper: Desk,
    readonly checker: Desk,
    readonly lead: Desk,
  ) {}

  static async open(): Promise<StockDesk> {
    const app = await startApp();
    const [store] = await app.query<{ id: string }>(`select id from warehouse where code = $1`, [STORE]);
    const bins = await app.query<{ id: string; code: string }>(
      `select id, code from stock_place where kind = 'bin' and warehouse_id = $1 order by code`,
      [store!.id],
    );
    const people = await Promise.all([`keeper.${STORE}`, 'checker.330000', 'lead.330000'].map((one) => app.as(one)));
    return new StockDesk(app, store!.id, bins, people[0]!, people[1]!, people[2]!);
  }

  get adjustments() {
    return this.app.get(AdjustmentService);
  }
  get kits() {
    return this.app.get(KitService);
  }
  get conversions() {
    return this.app.get(ConversionService);
  }
  get lots() {
    return this.app.get(LotService);
  }
  get returns() {
    return this.app.get(ReturnService);
  }
  get reversals() {
    return this.app.get(ReversalService);
  }
  get bin() {
    return this.bins[0]!;
  }

  tx<T>(body: (tx: Tx) => Promise<T>): Promise<T> {
    return inTransaction(this.app.db, body);
  }

  async item(more: { priceFen?: number; minimumUseDays?: number } = {}) {
    return this.app.get(CatalogueService).addItem(this.keeper, {
      code: `C${String(++this.made).padStart(4, '0')}`, name: '测试物资', nameEn: 'test', gbClass: 1, unit: '件', weightG: 1, volumeCm3: 1,
      minimumUseDays: 0, ...more,
    }); // prettier-ignore
  }

  /** Takes goods in; answers the receipt and the cells in which they lie, in the order of the lines. */
  async stocked(
    itemId: string,
    lots: { units: number; expiresOn?: string; fund?: string; code?: string; binId?: string; donor?: string }[],
  ) {
    await openFunds(this.app, lots.map(({ fund }) => fund)); // prettier-ignore
    const donor = lots.find((lot) => lot.donor)?.donor;
    const lines = lots.map(({ units, expiresOn, fund, code, binId }, n) => ({
      itemId, lotCode: code ?? `L${n + 1}`, expiresOn, units, fund, binId: binId ?? this.bin.id, overrideReason: donor ? '测试' : undefined,
    })); // prettier-ignore
    const receipt = await this.app.get(ReceiptService).receiveGoods(this.keeper, {
      warehouseId: this.warehouseId, source: donor ? 'donation' : 'purchase', sourceName: donor ?? '供应商', note: '', lines,
    }); // prettier-ignore
    const cells = await this.cells(itemId);
    const found = receipt.lines.map(({ lotId, binId }, n) =>
      cells.find((cell) => cell.lotId === lotId && cell.binId === binId && cell.fund === (lots[n]!.fund ?? null)),
    );
    return { receipt, cells: found as CellDto[] };
  }

  async cells(itemId: string): Promise<CellDto[]> {
    const query = { warehouseId: this.warehouseId, itemId, limit: 500 };
    return (await this.adjustments.cells(this.keeper, query)).items;
  }

  /** [lot code, condition, units] of all that lies in bins. */
  async lying(itemId: string): Promise<[string, string, number][]> {
    const cells = await this.cells(itemId);
    return cells.map((cell): [string, string, number] => [cell.lotCode, cell.condition, cell.onHandUnits]).sort();
  }

  async level(itemId: string) {
    const { items } = await this.app
      .get(StockService)
      .levels(this.keeper, { warehouseId: this.warehouseId, itemId, limit: 1 });
    const { onHandUnits: onHand, reservedUnits: reserved, availableUnits: available, heldUnits: held } = items[0]!;
    return { onHand, reserved, available, held };
  }

  line(cell: CellDto, reason: string, units: number) {
    const { lotId, binId, condition, ownerSocietyId, fund } = cell;
    return { reason, lotId, binId, condition, ownerSocietyId, fund, units };
  }

  paper(input: object, actor: Actor = this.keeper): Promise<AdjustmentDto> {
    const whole = draftAdjustment.parse({ kind: 'adjustment', warehouseId: this.warehouseId, ...input });
    return this.adjustments.draft(actor, whole);
  }

  /** Movements of a paper as [reason, from kind, to kind, units]. */
  async movements(document: string, itemId?: string) {
    const query = { warehouseId: this.warehouseId, itemId, limit: 500 };
    const { items } = await this.app.get(StockService).movements(this.keeper, query);
    return items
      .filter((one) => one.document === document)
      .map((one) => [one.reason, one.fromKind, one.toKind, one.units])
      .sort();
  }

  async promise(itemId: string, units: number): Promise<string> {
    const orderLineId = newId();
    const now = this.app.clock.now();
    const lines = [{ orderLineId, itemId, units, warehouseId: this.warehouseId }];
    await this.tx((tx) => reserveSupplies(tx, { lines, arrivalAt: now, untilAt: null, now, actor: this.keeper }));
    return orderLineId;
  }

  ship(orderLineIds: string[], orderId = newId()) {
    const now = this.app.clock.now();
    const document = `331000-DB-${orderId.slice(-4)}`;
    const shipment = { orderId, document, orderLineIds, now, occurredAt: now, actor: this.keeper };
    return { shipment, done: this.tx((tx) => shipSupplies(tx, shipment)) };
  }

  /** Promised, shipped and received whole: the recipient holds the goods. Answers the order. */
  async delivered(itemId: string, units: number, recipient = '白水洋镇安置点'): Promise<string> {
    const orderLineId = await this.promise(itemId, units);
    const { shipment, done } = this.ship([orderLineId]);
    await done;
    const lines = [{ orderLineId, receivedUnits: units, damagedUnits: 0, missingUnits: 0 }];
    await this.tx((tx) => deliverSupplies(tx, { ...shipment, recipient, lines }));
    return shipment.orderId;
  }
}
