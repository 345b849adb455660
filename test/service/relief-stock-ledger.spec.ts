import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { systemActor } from '../../src/access/index.js';
import { inTransaction, read, type Tx } from '../../src/database/index.js';
import {
  auditLedger, CatalogueService, deliverSupplies, dueReservations, itemsByIds, keepReservations, lotsOfLines, ReceiptService, releaseSupplies,
  reserveSupplies, shipSupplies, stockForPlanning, StockService, warehousesByIds,
} from '../../src/relief-stock/index.js'; // prettier-ignore
import { newId } from '../../src/shared/ids.js';
import { startApp, type TestApp } from '../support/app.js';
import { audit } from '../support/auditor.js';
import { expectConsoleAgrees } from '../support/console.js';

const TAIZHOU = 'WH-331000-1';
const WATCHING = ['duty.331000', 'duty.331082', `keeper.${TAIZHOU}`];
const HOUR = 3_600_000;

describe('the stock ledger under orders', () => {
  let app: TestApp;
  let warehouseId: string;
  let contractId: string;
  const actor = systemActor('test');
  beforeAll(async () => {
    app = await startApp();
    const rows = await app.query<{ id: string; code: string }>(`select id, code from warehouse where code = any($1)`, [[TAIZHOU, 'WH-330000-2']]); // prettier-ignore
    warehouseId = rows.find((row) => row.code === TAIZHOU)!.id;
    contractId = rows.find((row) => row.code !== TAIZHOU)!.id;
  }, 120_000);
  afterEach(() => audit(app));
  afterAll(() => app?.close());

  const tx = <T>(body: (tx: Tx) => Promise<T>) => inTransaction(app.db, body);
  let made = 0;
  /** An item of its own for a test, with lots received in this order: what one test does cannot hide what another needs. */
  const itemWith = async (lots: { units: number; expiresOn?: string }[], minimumUseDays = 0) => {
    const keeper = await app.as(`keeper.${TAIZHOU}`);
    const item = await app.get(CatalogueService).addItem(keeper, {
      code: `T${String(++made).padStart(3, '0')}`, name: '测试物资', nameEn: 'test', gbClass: 1, unit: '件', weightG: 1, volumeCm3: 1,
      minimumUseDays,
    }); // prettier-ignore
    const lines = lots.map(({ units, expiresOn }, n) => ({ itemId: item.id, lotCode: `L${n + 1}`, expiresOn, units }));
    await app
      .get(ReceiptService)
      .receiveGoods(keeper, { warehouseId, source: 'purchase', sourceName: '供应商', note: '', lines });
    return item;
  };
  const levelOf = async (itemId: string) => {
    const { items } = await app
      .get(StockService)
      .levels(await app.as('duty.331000'), { warehouseId, itemId, limit: 10 });
    const { onHandUnits: onHand, reservedUnits: reserved, availableUnits: available, heldUnits: held } = items[0]!;
    return { onHand, reserved, available, held };
  };
  const reserving = (lines: { orderLineId: string; itemId: string; units: number; warehouseId?: string }[], untilAt: Date | null = null) => {
    const now = app.clock.now();
    const whole = lines.map((line) => ({ warehouseId, ...line }));
    return tx((one) => reserveSupplies(one, { lines: whole, arrivalAt: now, untilAt, now, actor }));
  }; // prettier-ignore
  const order = (orderLineIds: string[], orderId = newId()) => ({
    orderId, document: `331000-DB-${orderId.slice(-4)}`, orderLineIds, now: app.clock.now(), occurredAt: app.clock.now(), actor,
  }); // prettier-ignore
  const release = (orderLineIds: string[], how: 'released' | 'expired' = 'released') =>
    tx((one) => releaseSupplies(one, { orderLineIds, how, now: app.clock.now(), actor }));

  it('carries an order from promise to signature: bins, transit, recipient, damage and loss', async () => {
    const item = await itemWith([{ units: 30, expiresOn: '2026-12-01' }, { units: 30, expiresOn: '2026-10-01' }]); // prettier-ignore
    const line = newId();
    await expectConsoleAgrees(app, WATCHING, () => reserving([{ orderLineId: line, itemId: item.id, units: 40 }]));
    expect(await levelOf(item.id)).toEqual({ onHand: 60, reserved: 40, available: 20, held: 0 });
    const lots = await app.read((one) => lotsOfLines(one, [line]));
    expect(lots.map(({ lotCode, expiresOn, binCode, units }) => [lotCode, expiresOn, binCode, units])).toEqual([
      ['L2', '2026-10-01', 'A-01', 30],
      ['L1', '2026-12-01', 'A-01', 10],
    ]);
    await expectConsoleAgrees(app, WATCHING, () => tx((one) => keepReservations(one, [line])));
    const shipment = order([line]);
    await expectConsoleAgrees(app, WATCHING, () => tx((one) => shipSupplies(one, shipment)));
    expect(await levelOf(item.id)).toEqual({ onHand: 20, reserved: 0, available: 20, held: 0 });
    await audit(app);
    const count = { orderLineId: line, receivedUnits: 33, damagedUnits: 5, missingUnits: 2 };
    const delivery = { ...shipment, recipient: '白水洋镇安置点', lines: [count] };
    await expectConsoleAgrees(app, WATCHING, () => tx((one) => deliverSupplies(one, delivery)));
    const keeper = await app.as(`keeper.${TAIZHOU}`);
    const { items } = await app.get(StockService).movements(keeper, { warehouseId, itemId: item.id, limit: 50 });
    const told = items.filter((one) => one.document === shipment.document);
    expect(told.map((one) => [one.reason, one.fromKind, one.toPlace, one.units]).sort()).toEqual([
      ['damage', 'transit', shipment.document, 5],
      ['deliver', 'transit', '白水洋镇安置点', 3],
      ['deliver', 'transit', '白水洋镇安置点', 30],
      ['missing', 'transit', shipment.document, 2],
      ['ship', 'bin', shipment.document, 10],
      ['ship', 'bin', shipment.document, 30],
    ]);
  });

  it('S5: shipping and delivering told twice happen once; another count under the same order is refused', async () => {
    const item = await itemWith([{ units: 10 }]);
    const line = newId();
    await reserving([{ orderLineId: line, itemId: item.id, units: 4 }]);
    const shipment = order([line]);
    await tx((one) => shipSupplies(one, shipment));
    await expectConsoleAgrees(app, WATCHING, () => tx((one) => shipSupplies(one, shipment)));
    expect(await levelOf(item.id)).toMatchObject({ onHand: 6, reserved: 0 });
    const whole = { orderLineId: line, receivedUnits: 4, damagedUnits: 0, missingUnits: 0 };
    const delivery = { ...shipment, recipient: '安置点', lines: [whole] };
    await tx((one) => deliverSupplies(one, delivery));
    await tx((one) => deliverSupplies(one, delivery));
    const less = { ...whole, receivedUnits: 3, missingUnits: 1 };
    const again = tx((one) => deliverSupplies(one, { ...delivery, lines: [less] }));
    await expect(again).rejects.toMatchObject({ code: 'idempotency.mismatch' });
    const unequal = tx((one) => deliverSupplies(one, { ...delivery, lines: [{ ...whole, receivedUnits: 5 }] }));
    await expect(unequal).rejects.toMatchObject({ code: 'stock.delivery-differs', params: { shipped: 4, counted: 5 } });
  });

  it('S4: a promise ends once: by shipping, by release or by its time', async () => {
    const item = await itemWith([{ units: 10 }]);
    const [shipped, released, lapsed, kept] = [newId(), newId(), newId(), newId()] as const;
    const until = new Date(app.clock.now().getTime() + HOUR);
    for (const orderLineId of [shipped, released, lapsed, kept]) {
      await reserving([{ orderLineId, itemId: item.id, units: 2 }], until);
    }
    await tx((one) => shipSupplies(one, order([shipped])));
    await expectConsoleAgrees(app, WATCHING, () => release([released]));
    await tx((one) => keepReservations(one, [kept]));
    expect(await app.read((one) => dueReservations(one, app.clock.now(), 10))).toEqual([]);
    app.clock.forward(HOUR);
    expect(await app.read((one) => dueReservations(one, app.clock.now(), 10))).toEqual([lapsed]);
    await expectConsoleAgrees(app, WATCHING, () => release([shipped, released, lapsed, kept], 'expired'));
    await release([lapsed], 'expired'); // a second ring is harmless
    expect(await levelOf(item.id)).toEqual({ onHand: 8, reserved: 2, available: 6, held: 0 });
    for (const orderLineId of [shipped, released, lapsed, newId()]) {
      const closed = { code: 'reservation.closed', status: 409 };
      await expect(release([orderLineId])).rejects.toMatchObject(closed);
      await expect(tx((one) => keepReservations(one, [orderLineId]))).rejects.toMatchObject(closed);
      await expect(tx((one) => shipSupplies(one, order([orderLineId])))).rejects.toMatchObject(closed);
    }
    const [row] = await app.query<{ id: string }>(`select id from reservation where order_line_id = $1`, [released]);
    const reopen = app.query(`update reservation set state = 'pending', resolved_at = null where id = $1`, [row!.id]);
    await expect(reopen).rejects.toThrow('a reservation ends once');
  });

  it('decides lines of one warehouse and item together, and reserves all lines or none', async () => {
    const plenty = await itemWith([{ units: 100 }]);
    const scarce = await itemWith([{ units: 10 }]);
    const line = (itemId: string, units: number) => ({ orderLineId: newId(), itemId, units });
    const asked = reserving([line(plenty.id, 5), line(scarce.id, 6), line(scarce.id, 5)]);
    await expect(asked).rejects.toMatchObject({
      code: 'stock.insufficient', status: 422, params: { warehouse: TAIZHOU, item: scarce.code, available: 10, requested: 11 },
    }); // prettier-ignore
    expect(await levelOf(plenty.id)).toMatchObject({ reserved: 0 });
    const [first, second] = [line(scarce.id, 6), line(scarce.id, 4)];
    await reserving([first, second]);
    const lots = await app.read((one) => lotsOfLines(one, [first.orderLineId, second.orderLineId]));
    expect(lots.map((lot) => lot.units).sort()).toEqual([4, 6]);
  });

  it('never promises what is too old on arrival, held or damaged, and nothing that a contract store only could buy', async () => {
    const item = await itemWith([{ units: 5, expiresOn: '2026-07-25' }, { units: 5, expiresOn: '2026-09-01' }], 10); // prettier-ignore
    const ask = (units: number) => reserving([{ orderLineId: newId(), itemId: item.id, units }]);
    await expect(ask(6)).rejects.toMatchObject({ code: 'stock.insufficient', params: { available: 5 } });
    await ask(5);
    await expect(ask(1)).rejects.toMatchObject({ code: 'stock.lot-expired', params: { lot: 'L1' } });
    const other = await itemWith([{ units: 5 }]);
    await app.query(`update lot set state = 'held' where item_id = $1`, [other.id]);
    const held = reserving([{ orderLineId: newId(), itemId: other.id, units: 1 }]);
    await expect(held).rejects.toMatchObject({ code: 'stock.lot-held', params: { lot: 'L1' } });
    expect(await levelOf(other.id)).toEqual({ onHand: 5, reserved: 0, available: 0, held: 5 });
    const contract = reserving([{ orderLineId: newId(), itemId: item.id, units: 1, warehouseId: contractId }]);
    await expect(contract).rejects.toMatchObject({
      code: 'stock.insufficient',
      params: { warehouse: 'WH-330000-2', available: 0 },
    });
    const nowhere = reserving([{ orderLineId: newId(), itemId: item.id, units: 1, warehouseId: newId() }]);
    await expect(nowhere).rejects.toMatchObject({ code: 'warehouse.not-found' });
    const nothing = reserving([{ orderLineId: newId(), itemId: newId(), units: 1 }]);
    await expect(nothing).rejects.toMatchObject({ code: 'item.not-found' });
  });

  it('tells planning what could be sent, how far it is, and which lots are set aside', async () => {
    const item = await itemWith([{ units: 5, expiresOn: '2026-09-01' }, { units: 7 }, { units: 2 }]); // prettier-ignore
    await app.query(`update lot set state = 'held' where item_id = $1 and code = 'L3'`, [item.id]);
    await reserving([{ orderLineId: newId(), itemId: item.id, units: 6 }]);
    const ask = { itemIds: [item.id], lon: 121.42, lat: 28.66, now: app.clock.now() };
    const under = (paths: string[]) => app.read((one) => stockForPlanning(one, { ...ask, paths }));
    const [found, ...more] = await under(['/330000/331000/', '/330000/330100/']);
    expect(more).toEqual([]);
    expect(found).toMatchObject({ warehouseId, itemId: item.id, societyPath: '/330000/331000/', minimumUnits: 0 });
    expect(found!.distanceM).toBeLessThan(30_000);
    const lots = found!.lots.map(({ expiresOn, availableUnits, held }) => [expiresOn, availableUnits, held]);
    expect(lots).toHaveLength(2);
    expect(lots).toEqual(expect.arrayContaining([[null, 6, false], [null, 2, true]])); // prettier-ignore
    expect(await under(['/330000/330100/'])).toEqual([]);
    const [warehouse] = await app.read((one) => warehousesByIds(one, [warehouseId]));
    expect(warehouse).toMatchObject({ code: TAIZHOU, societyPath: '/330000/331000/' });
    expect(warehouse!.scope).toContain(`warehouse:${warehouseId}`);
    expect(await app.read((one) => itemsByIds(one, [item.id]))).toEqual([item]);
  });

  it('lets an auditor find what someone changed behind the ledger', async () => {
    const item = await itemWith([{ units: 5 }]);
    const faults: string[] = [];
    const undone = tx(async (one) => {
      await one.query(`update stock_cell set on_hand = 6, reserved = 1 where item_id = $1 and kind = 'bin'`, [item.id]);
      for (const { invariant, told, found } of await auditLedger(one)) faults.push(`${invariant} ${told} ${found}`);
      throw new Error('undo');
    });
    await expect(undone).rejects.toThrow('undo');
    expect(faults).toEqual(['S3 6 5', 'S3 1 0', 'S3 1 0', 'S6 1 0']); // the cell, its lot, its warehouse's book, its promises
  });

  it('S1 S2 S3: the database refuses what the code forgot', async () => {
    const item = await itemWith([{ units: 5 }]);
    const other = await itemWith([{ units: 5 }]);
    const set = (sql: string) =>
      app.query(`update stock_cell set ${sql} where item_id = $1 and kind = 'bin'`, [item.id]);
    await expect(set('on_hand = -1')).rejects.toThrow('stock_on_hand_not_negative');
    await expect(set('reserved = 6')).rejects.toThrow('stock_reserved_within_on_hand');
    await expect(app.query(`update stock_movement set units = 1 where item_id = $1`, [item.id])).rejects.toThrow(
      'final',
    );
    await expect(app.query(`delete from stock_movement where item_id = $1`, [item.id])).rejects.toThrow('final');
    const crossed = app.query(
      `insert into stock_movement select gen_random_uuid(), gen_random_uuid(), 1, m.item_id, m.lot_id, m.warehouse_id, m.from_cell_id, o.to_cell_id, 1,
         'receipt', 'x', null, now(), now(), now(), null, m.warehouse_id
       from stock_movement m, stock_movement o where m.item_id = $1 and o.item_id = $2`,
      [item.id, other.id],
    );
    await expect(crossed).rejects.toThrow('foreign key');
  });

  it('races: forty ask for one each of the last ten; ten get it', async () => {
    const item = await itemWith([{ units: 6, expiresOn: '2027-01-01' }, { units: 4 }]); // prettier-ignore
    const asks = Array.from({ length: 40 }, () => reserving([{ orderLineId: newId(), itemId: item.id, units: 1 }]));
    const results = await expectConsoleAgrees(app, WATCHING, () => Promise.allSettled(asks));
    const refusals = results
      .filter((one) => one.status === 'rejected')
      .map((one) => (one.reason as { code: string }).code);
    expect(refusals).toEqual(Array.from({ length: 30 }, () => 'stock.insufficient'));
    expect(await levelOf(item.id)).toEqual({ onHand: 10, reserved: 10, available: 0, held: 0 });
  });

  it('races: one promise is shipped once, whoever ships; ship, release and expiry exclude each other', async () => {
    const item = await itemWith([{ units: 60 }]);
    for (let round = 0; round < 10; round++) {
      const line = newId();
      await reserving([{ orderLineId: line, itemId: item.id, units: 2 }], app.clock.now());
      const before = await levelOf(item.id);
      const same = order([line]);
      const acts = [
        tx((one) => shipSupplies(one, same)),
        tx((one) => shipSupplies(one, same)),
        tx((one) => shipSupplies(one, order([line]))),
        release([line]),
        release([line], 'expired'),
      ];
      for (const result of await Promise.allSettled(acts)) {
        if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'reservation.closed' });
      }
      const rows = await app.query<{ state: string }>(`select state from reservation where order_line_id = $1`, [line]);
      const left = rows[0]!.state === 'posted' ? 2 : 0;
      expect(await levelOf(item.id)).toEqual({ ...before, onHand: before.onHand - left, reserved: 0, available: before.available + 2 - left }); // prettier-ignore
    }
  });

  it('races: orders for the same items in opposite order neither block each other nor are lost', async () => {
    const items = await Promise.all([itemWith([{ units: 40 }]), itemWith([{ units: 40 }]), itemWith([{ units: 40 }])]);
    const asks = Array.from({ length: 24 }, (_, n) => {
      const turn = n % 2 ? [...items].reverse() : items;
      return reserving(turn.map((item) => ({ orderLineId: newId(), itemId: item.id, units: 2 })));
    });
    const results = await Promise.allSettled(asks);
    expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(20);
    for (const one of results) {
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'stock.insufficient' });
    }
    for (const item of items) expect(await levelOf(item.id)).toMatchObject({ reserved: 40, available: 0 });
  });

  it('races: two keepers take in the same new lot of a new item at once', async () => {
    const keeper = await app.as(`keeper.${TAIZHOU}`);
    const item = await itemWith([{ units: 1 }]);
    const line = { itemId: item.id, lotCode: 'SAME', expiresOn: '2027-06-01', units: 3 };
    const input = { warehouseId, source: 'donation' as const, sourceName: '捐赠人', note: '', lines: [line] };
    const receipts = await Promise.all(
      Array.from({ length: 6 }, () => app.get(ReceiptService).receiveGoods(keeper, input)),
    );
    expect(new Set(receipts.map((one) => one.lines[0]!.lotId)).size).toBe(1);
    expect(new Set(receipts.map((one) => one.number)).size).toBe(6);
    expect(await levelOf(item.id)).toMatchObject({ onHand: 19 });
    expect(await read(app.db, auditLedger)).toEqual([]);
  });
});
