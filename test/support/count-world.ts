import { AccessService, type Actor } from '../../src/access/index.js';
import { inTransaction, type Tx } from '../../src/database/index.js';
import {
  CatalogueService, CountApprovalService, CountReadService, CountService, ReceiptService, reserveSupplies, releaseSupplies, shipSupplies,
  WarehouseService,
} from '../../src/relief-stock/index.js'; // prettier-ignore
import type { CountDetailDto, CountLineDto, CountScope } from '../../src/relief-stock/counting/count.dto.js';
import type { BinDto, ItemDto } from '../../src/relief-stock/relief-stock.dto.js';
import { newId } from '../../src/shared/ids.js';
import { startApp, type TestApp } from './app.js';
import { DEMO_PASSWORD } from './database.js';

export const STORE = 'WH-331000-1';
export const MINUTE = 60_000;
type Person = Actor & { token: string };

/** A warehouse with two people who count and one who approves; goods of a test's own; the acts that happen around a count. */
export class CountWorld {
  keeper!: Person;
  second!: Actor;
  approver!: Actor;
  warehouseId!: string;
  societyId!: string;
  bins!: BinDto[];
  private made = 0;
  private constructor(readonly app: TestApp) {}

  static async open(): Promise<CountWorld> {
    const app = await startApp();
    return CountWorld.furnished(app).catch(async (error: unknown) => {
      await app.close();
      throw error;
    });
  }

  private static async furnished(app: TestApp): Promise<CountWorld> {
    const world = new CountWorld(app);
    const [row] = await app.query<{ id: string; societyId: string }>(`select id, society_id as "societyId" from warehouse where code = $1`, [STORE]); // prettier-ignore
    world.warehouseId = row!.id;
    world.societyId = row!.societyId;
    const admin = await app.get(AccessService).actorNamed('admin.330000');
    for (const code of ['Y-01', 'Y-02', 'Y-03']) await app.get(WarehouseService).addBin(admin, row!.id, { code });
    world.bins = (await app.get(WarehouseService).bins(admin, row!.id)).items.filter(({ code }) => code.startsWith('Y-'));
    world.keeper = await app.as(`keeper.${STORE}`);
    world.second = await world.person('second.331000', 'keeper');
    world.approver = await world.person('checker2.331000', 'checker');
    return world;
  } // prettier-ignore

  async person(account: string, role: 'keeper' | 'checker'): Promise<Actor> {
    const access = this.app.get(AccessService);
    const admin = await access.actorNamed('admin.330000');
    const { id } = await access.createUser(admin, { account, name: account, societyId: this.societyId, password: DEMO_PASSWORD }); // prettier-ignore
    await access.grantRole(admin, id, { role, societyId: this.societyId });
    return access.actorNamed(account);
  }

  get counting() {
    return this.app.get(CountService);
  }
  get approval() {
    return this.app.get(CountApprovalService);
  }
  tx<T>(body: (tx: Tx) => Promise<T>): Promise<T> {
    return inTransaction(this.app.db, body);
  }
  get now(): Date {
    return this.app.clock.now();
  }
  forward(minutes: number): void {
    this.app.clock.forward(minutes * MINUTE);
  }

  /** An item with one lot a line, the first expires first; bins in turn. Received long enough ago that no count comes near. */
  async itemWith(lots: number[], priceFen: number | null = null): Promise<ItemDto> {
    const code = `C${String(++this.made).padStart(4, '0')}`;
    const item = await this.app.get(CatalogueService).addItem(this.keeper, {
      code, name: '盘点物资', nameEn: 'count', gbClass: 1, unit: '件', weightG: 1, volumeCm3: 1, minimumUseDays: 0, priceFen,
    }); // prettier-ignore
    await this.receive(item.id, lots.map((units, n) => ({ units, lotCode: `L${n + 1}`, expiresOn: `2028-0${n + 1}-01`, binId: this.bins[n % this.bins.length]!.id }))); // prettier-ignore
    this.forward(10);
    return item;
  }

  receive(
    itemId: string,
    lines: { units: number; lotCode: string; expiresOn: string; binId: string }[],
    occurredAt = this.now,
  ) {
    return this.app.get(ReceiptService).receiveGoods(this.keeper, {
      warehouseId: this.warehouseId, source: 'purchase', sourceName: '供应商', note: '', lines: lines.map((line) => ({ itemId, ...line })),
      occurredAt: occurredAt.toISOString(),
    }); // prettier-ignore
  }

  /** Promises units of an item; answers the order line. */
  async reserve(itemId: string, units: number): Promise<string> {
    const orderLineId = newId();
    const { now, warehouseId } = this;
    const lines = [{ orderLineId, itemId, units, warehouseId }];
    await this.tx((tx) => reserveSupplies(tx, { lines, arrivalAt: now, untilAt: null, now, actor: this.keeper }));
    return orderLineId;
  }
  async ship(orderLineId: string, occurredAt = this.now): Promise<void> {
    const orderId = newId();
    const order = { orderId, document: `331000-CK-${orderId.slice(-4)}`, orderLineIds: [orderLineId], now: this.now, occurredAt, actor: this.keeper };
    await this.tx((tx) => shipSupplies(tx, order));
  } // prettier-ignore
  async issue(itemId: string, units: number, occurredAt = this.now): Promise<void> {
    await this.ship(await this.reserve(itemId, units), occurredAt);
  }
  release(orderLineId: string): Promise<void> {
    return this.tx((tx) => releaseSupplies(tx, { orderLineIds: [orderLineId], how: 'released', now: this.now, actor: this.keeper })); // prettier-ignore
  }

  open(scope: CountScope, blind = true, actor: Actor = this.keeper) {
    return this.counting.openCount(actor, { warehouseId: this.warehouseId, scope, kind: 'spot', blind, note: '' });
  }
  openFor(item: { id: string }, blind = true) {
    return this.open({ by: 'items', ids: [item.id] }, blind);
  }
  read(id: string, actor: Actor = this.keeper): Promise<CountDetailDto> {
    return this.app.get(CountReadService).count(actor, id);
  }
  async lines(id: string): Promise<CountLineDto[]> {
    return (await this.read(id)).lines;
  }
  /** Counts a line at the moment of now. */
  count(countId: string, lineId: string, units: number, actor: Actor = this.keeper, at = this.now) {
    return this.counting.countLine(actor, countId, lineId, { units, countedAt: at.toISOString(), clockOffsetMs: 0 });
  }
  /** Two people find the same on a line. */
  async agree(countId: string, lineId: string, units: number): Promise<void> {
    await this.count(countId, lineId, units);
    await this.count(countId, lineId, units, this.second);
  }
  async explainAll(id: string): Promise<void> {
    const { lines, version } = await this.read(id);
    const differing = lines.filter(({ varianceUnits, state }) => state === 'counted' && varianceUnits !== 0);
    if (differing.length === 0) return;
    const causes = differing.map((line) => ({ lineId: line.id, cause: 'unknown' as const, note: '' }));
    await this.approval.explainLines(this.keeper, id, { version, lines: causes });
  }
  async approve(id: string, actor: Actor = this.approver) {
    const { version, figures } = await this.read(id);
    return this.approval.approveCount(actor, id, { version, seen: figures ?? '' });
  }
  async post(id: string, actor: Actor = this.approver) {
    return this.approval.postCount(actor, id, { version: (await this.read(id)).version });
  }
  /** From the counted lines to the ledger. */
  async settle(id: string) {
    await this.counting.finishCount(this.keeper, id, {});
    await this.explainAll(id);
    await this.approve(id);
    return this.post(id);
  }
  async onHand(itemId: string): Promise<number[]> {
    const rows = await this.app.query<{ units: number }>(
      `select c.on_hand as units from stock_cell c join lot on lot.id = c.lot_id where c.kind = 'bin' and c.item_id = $1 order by lot.code, c.place_id`,
      [itemId],
    );
    return rows.map((row) => row.units);
  }
}
