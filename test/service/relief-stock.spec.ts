import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { CatalogueService, ReceiptService, StockService, WarehouseService } from '../../src/relief-stock/index.js';
import type { ReceiveGoods } from '../../src/relief-stock/receiving/receipt.dto.js';
import type { ItemDto, WarehouseDto } from '../../src/relief-stock/relief-stock.dto.js';
import { startApp, type TestApp } from '../support/app.js';
import { audit } from '../support/auditor.js';
import { expectConsoleAgrees } from '../support/console.js';

const TAIZHOU = 'WH-331000-1';
const WATCHING = ['duty.331000', 'duty.331082', `keeper.${TAIZHOU}`];

describe('relief stock', () => {
  let app: TestApp;
  let warehouse: WarehouseDto;
  let water: ItemDto;
  beforeAll(async () => {
    app = await startApp();
    warehouse = await warehouseCalled(TAIZHOU);
    water = await itemCalled('WF01');
  }, 120_000);
  afterEach(() => audit(app));
  afterAll(() => app?.close());

  const every = { limit: 500 };
  const warehouseCalled = async (code: string) => {
    const { items } = await app.get(WarehouseService).warehouses(await app.as('admin.330000'), every);
    return items.find((one) => one.code === code)!;
  };
  const itemCalled = async (code: string) =>
    (await app.get(CatalogueService).items(every)).items.find((one) => one.code === code)!;
  const levelOf = async (itemId: string) => {
    const actor = await app.as('duty.331000');
    const { items } = await app.get(StockService).levels(actor, { warehouseId: warehouse.id, itemId, ...every });
    return items[0]!;
  };
  const goods = (over: Partial<ReceiveGoods> = {}, line: Partial<ReceiveGoods['lines'][number]> = {}): ReceiveGoods => ({
    warehouseId: warehouse.id, source: 'purchase', sourceName: '台州某供应商', note: '',
    lines: [{ itemId: water.id, lotCode: 'WF01-NEW', expiresOn: '2027-06-30', units: 200, ...line }], ...over,
  }); // prettier-ignore
  const receive = async (input: ReceiveGoods, account = `keeper.${TAIZHOU}`) =>
    app.get(ReceiptService).receiveGoods(await app.as(account), input);

  it('opens with a ledger that is closed and a level for everything in the bins', async () => {
    const { items } = await app
      .get(StockService)
      .levels(await app.as('duty.331000'), { warehouseId: warehouse.id, ...every });
    expect(items.length).toBeGreaterThan(50);
    for (const level of items) {
      expect(level.onHandUnits).toBe(level.availableUnits + level.reservedUnits + level.heldUnits);
    }
  });

  it('takes goods in: a numbered receipt, a lot, a movement from the supplier, a level that the desks see', async () => {
    const before = await levelOf(water.id);
    const first = await expectConsoleAgrees(app, WATCHING, () => receive(goods()));
    expect(first).toMatchObject({ number: '331000-RK-2026-0001', status: 'accepted', warehouseId: warehouse.id });
    const second = await expectConsoleAgrees(app, WATCHING, () => receive(goods()));
    expect(second.number).toBe('331000-RK-2026-0002');
    expect(second.lines[0]!.lotId).toBe(first.lines[0]!.lotId);
    const after = await levelOf(water.id);
    expect(after).toMatchObject({ onHandUnits: before.onHandUnits + 400, availableUnits: before.availableUnits + 400 });
    expect(after.version).toBe(before.version + 2);
    const keeper = await app.as(`keeper.${TAIZHOU}`);
    const { items: movements } = await app.get(StockService).movements(keeper, { itemId: water.id, ...every });
    expect(movements.filter((one) => one.document === first.number)).toMatchObject([
      {
        fromKind: 'supplier',
        fromPlace: '台州某供应商',
        fromWarehouseId: null,
        toPlace: 'A-01',
        units: 200,
        reason: 'receipt',
      },
    ]);
    expect(await app.get(ReceiptService).receipt(keeper, first.id)).toEqual(first);
    const page = await app.get(ReceiptService).receipts(keeper, { limit: 1 });
    const rest = await app.get(ReceiptService).receipts(keeper, { limit: 5, cursor: page.nextCursor! });
    expect([...page.items, ...rest.items].map((one) => one.number).sort()).toEqual([first.number, second.number]);
  });

  it('gives a receipt told twice the same answer, and refuses another one under its key', async () => {
    const keeper = await app.as(`keeper.${TAIZHOU}`);
    const command = { key: 'receipt-1', fingerprint: Buffer.from('a') };
    const input = goods({}, { lotCode: 'TWICE' });
    const first = await app.get(ReceiptService).receiveGoods({ ...keeper, command }, input);
    const before = await levelOf(water.id);
    expect(await app.get(ReceiptService).receiveGoods({ ...keeper, command }, input)).toEqual(first);
    expect(await levelOf(water.id)).toEqual(before);
    const other = { ...command, fingerprint: Buffer.from('b') };
    await expect(app.get(ReceiptService).receiveGoods({ ...keeper, command: other }, input)).rejects.toMatchObject({
      code: 'idempotency.mismatch',
    });
  });

  it('refuses goods that are too old or set aside, and changes nothing', async () => {
    const before = await levelOf(water.id);
    const donated = goods({ source: 'donation' }, { lotCode: 'SOON', expiresOn: '2026-12-31' });
    await expect(receive(donated)).rejects.toMatchObject({
      code: 'stock.life-too-short',
      params: { neededUntil: '2027-01-21' },
    });
    await expect(receive(goods({}, { expiresOn: '2026-07-20' }))).rejects.toMatchObject({ code: 'stock.lot-expired' });
    const tomorrow = new Date(app.clock.now().getTime() + 86_400_000).toISOString();
    await expect(receive(goods({ occurredAt: tomorrow }))).rejects.toMatchObject({ code: 'stock.occurred-in-future' });
    await app.query(`insert into lot (id, item_id, code, expires_on, received_on, source, state)
      values (gen_random_uuid(), $1, 'RECALLED', '2027-06-30', '2026-01-01', 'purchase', 'recalled')`, [water.id]); // prettier-ignore
    await expect(receive(goods({}, { lotCode: 'RECALLED' }))).rejects.toMatchObject({ code: 'stock.lot-held' });
    expect(await levelOf(water.id)).toEqual(before);
    const kept = { ...donated, lines: [{ ...donated.lines[0]!, overrideReason: '当日发放' }] };
    const receipt = await expectConsoleAgrees(app, WATCHING, () => receive(kept));
    expect(receipt.lines[0]!.overrideReason).toBe('当日发放');
  });

  it('lets only the keeper of the warehouse take goods in', async () => {
    await expect(receive(goods(), 'duty.331000')).rejects.toMatchObject({ code: 'access.denied' });
    await expect(receive(goods(), 'keeper.WH-330100-1')).rejects.toMatchObject({ code: 'warehouse.not-found' });
  });

  it('adds an item for everyone, once', async () => {
    const keeper = await app.as(`keeper.${TAIZHOU}`);
    const input = {
      code: 'NEW01', name: '示范物资', nameEn: 'demo item', gbClass: 1, unit: '件', weightG: 1, volumeCm3: 1, minimumUseDays: 0,
    }; // prettier-ignore
    await expectConsoleAgrees(app, WATCHING, () => app.get(CatalogueService).addItem(keeper, input));
    await expect(app.get(CatalogueService).addItem(keeper, input)).rejects.toMatchObject({
      code: 'item.exists',
      status: 409,
    });
    const officer = await app.as('duty.331000');
    await expect(app.get(CatalogueService).addItem(officer, { ...input, code: 'NEW02' })).rejects.toMatchObject({
      code: 'access.denied',
    });
  });

  it('opens a warehouse with bins where the administrator covers the society', async () => {
    const admin = await app.as('admin.330000');
    const service = app.get(WarehouseService);
    const input = {
      code: 'WH-331000-9', name: '台州第二备灾物资库', tier: 'city' as const, societyId: warehouse.societyId, mode: 'physical' as const,
      location: { lon: 121.4, lat: 28.6, datum: 'WGS84' as const },
    }; // prettier-ignore
    const opened = await expectConsoleAgrees(app, WATCHING, () => service.openWarehouse(admin, input));
    await expect(service.openWarehouse(admin, input)).rejects.toMatchObject({ code: 'warehouse.exists', status: 409 });
    await expect(receiveAsAdmin(opened)).rejects.toMatchObject({ code: 'access.denied' });
    const bin = await expectConsoleAgrees(app, WATCHING, () => service.addBin(admin, opened.id, { code: 'A-01' }));
    await expect(service.addBin(admin, opened.id, { code: 'A-01' })).rejects.toMatchObject({ code: 'bin.exists' });
    expect((await service.bins(admin, opened.id)).items).toEqual([bin]);
    const officer = await app.as('duty.331000');
    await expect(service.addBin(officer, opened.id, { code: 'A-02' })).rejects.toMatchObject({ code: 'access.denied' });
    const elsewhere = await app.as('duty.330900');
    await expect(service.bins(elsewhere, opened.id)).rejects.toMatchObject({ code: 'warehouse.not-found' });
    const contract = await warehouseCalled('WH-330000-2');
    await expect(service.addBin(admin, contract.id, { code: 'A-01' })).rejects.toMatchObject({
      code: 'warehouse.no-goods',
    });
  });
  const receiveAsAdmin = (at: WarehouseDto) => receive(goods({ warehouseId: at.id }), 'admin.330000');

  it('answers levels by filter and page, each level once', async () => {
    const officer = await app.as('duty.331000');
    const service = app.get(StockService);
    const all = (await service.levels(officer, { itemId: water.id, ...every })).items;
    const seen: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await service.levels(officer, { itemId: water.id, limit: 7, cursor });
      seen.push(...page.items.map((level) => level.id));
      if (!page.nextCursor) break;
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(all.map((level) => level.id));
    const low = (await service.levels(officer, { belowMinimum: true, ...every })).items;
    expect(low.length).toBeGreaterThan(0);
    for (const level of low) expect(level.availableUnits).toBeLessThan(level.minimumUnits);
    const { items: lots } = await app.get(CatalogueService).lots(officer, { itemId: water.id, ...every });
    const soon = (await service.levels(officer, { itemId: water.id, expiringBefore: '2027-01-01', ...every })).items;
    for (const level of soon) expect(level.nearestExpiryOn! < '2027-01-01').toBe(true);
    const fresh = lots.find((lot) => lot.code === 'WF01-NEW')!;
    const withLot = (await service.levels(officer, { lotId: fresh.id, ...every })).items;
    expect(withLot.map((level) => level.warehouseId)).toEqual([warehouse.id]);
    const network = await service.network(officer, water.id);
    const own = all.filter((level) => level.warehouseId === warehouse.id)[0]!;
    expect(network.societies.find((one) => one.societyId === warehouse.societyId)).toMatchObject({
      onHandUnits: own.onHandUnits,
      availableUnits: own.availableUnits,
      warehouses: 1,
    });
    const together = (await service.networkOfAll(officer)).items;
    expect(together.map((one) => one.itemId)).toEqual([...new Set(together.map((one) => one.itemId))].sort());
    const sum = (of: 'onHandUnits' | 'reservedUnits' | 'availableUnits' | 'warehouses') =>
      network.societies.reduce((total, one) => total + one[of], 0);
    expect(together.find((one) => one.itemId === water.id)).toEqual({
      itemId: water.id, onHandUnits: sum('onHandUnits'), reservedUnits: sum('reservedUnits'), availableUnits: sum('availableUnits'),
      warehouses: sum('warehouses'),
    }); // prettier-ignore
  });

  it('tells what lay in a warehouse at an earlier moment, by when things happened', async () => {
    const keeper = await app.as(`keeper.${TAIZHOU}`);
    const tents = await itemCalled('SH01');
    const at = (ms: number) => new Date(app.clock.now().getTime() + ms).toISOString();
    const unitsAt = async (instant: string) => {
      const { items } = await app.get(StockService).asOf(keeper, { at: instant, warehouseId: warehouse.id });
      return items.filter((one) => one.itemId === tents.id).reduce((sum, one) => sum + one.onHandUnits, 0);
    };
    const opened = await unitsAt(at(0));
    app.clock.forward(3_600_000);
    const line = { itemId: tents.id, lotCode: 'TENTS', expiresOn: null, units: 10 };
    await expectConsoleAgrees(app, WATCHING, () => receive(goods({ occurredAt: at(-600_000), recordedAt: at(-500_000) }, line))); // prettier-ignore
    expect(await unitsAt(at(-600_001))).toBe(opened);
    expect(await unitsAt(at(-600_000))).toBe(opened); // happened at that instant, written down later
    expect(await unitsAt(at(-599_999))).toBe(opened + 10);
    expect(await unitsAt(at(0))).toBe(opened + 10);
  });

  it('serves all of it over HTTP, and only to those who may', async () => {
    const http = request(app.url);
    const { token } = await app.as(`keeper.${TAIZHOU}`);
    const as = (call: request.Test) => call.set('Authorization', `Bearer ${token}`);
    const body = { ...goods({}, { lotCode: 'HTTP' }), id: '018f5e00-0000-7000-8000-000000000001' };
    const made = await as(http.post('/api/v1/stock/receipts')).send(body);
    expect([made.status, made.body.id]).toEqual([201, body.id]);
    const again = await as(http.post('/api/v1/stock/receipts')).send(body);
    expect([again.status, again.body]).toEqual([201, made.body]);
    const other = await as(http.post('/api/v1/stock/receipts')).send({ ...body, note: '改' });
    expect([other.status, other.body.code]).toEqual([409, 'idempotency.mismatch']);
    for (const path of [
      '/warehouses?limit=5', `/warehouses/${warehouse.id}/bins`, '/items?limit=5', `/lots?itemId=${water.id}`,
      `/stock/levels?warehouseId=${warehouse.id}&belowMinimum=false`, `/stock/network?itemId=${water.id}`, '/stock/network/items',
      `/stock/movements?warehouseId=${warehouse.id}&lotId=${made.body.lines[0].lotId}`,
      `/stock/as-of?warehouseId=${warehouse.id}&at=${encodeURIComponent(app.clock.now().toISOString())}`,
      '/stock/receipts', `/stock/receipts/${body.id}`,
    ]) {
      const answer = await as(http.get(`/api/v1${path}`));
      expect([path, answer.status]).toEqual([path, 200]);
      expect((await http.get(`/api/v1${path}`)).status).toBe(401);
    } // prettier-ignore
    const bad = await as(http.post('/api/v1/stock/receipts')).send({ ...body, lines: [] });
    expect([bad.status, bad.body.code, bad.body.errors[0].pointer]).toEqual([400, 'request.invalid', '/lines']);
    expect((await as(http.post('/api/v1/warehouses')).send({})).status).toBe(403);
    expect((await as(http.get('/api/v1/stock/levels?cursor=bad'))).status).toBe(400);
  });
});
