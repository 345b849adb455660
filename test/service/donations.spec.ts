import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Actor, systemActor } from '../../src/access/index.js';
import { inTransaction, type Tx } from '../../src/database/index.js';
import { DispatchService } from '../../src/dispatch/index.js';
import { IncidentsService } from '../../src/incidents/index.js';
import { reportIncident } from '../../src/incidents/incidents.dto.js';
import {
  CatalogueService, deliverSupplies, DonationService, FundService, type Purpose, ReceiptService, reserveSupplies, shipSupplies,
  stockForPlanning, WarehouseService,
} from '../../src/relief-stock/index.js'; // prettier-ignore
import { accountAt, postMovements } from '../../src/relief-stock/ledger.service.js';
import type { RecordDonation } from '../../src/relief-stock/receiving/donation.dto.js';
import type { WarehouseDto } from '../../src/relief-stock/relief-stock.dto.js';
import { newId } from '../../src/shared/ids.js';
import { startApp, type TestApp } from '../support/app.js';
import { audit } from '../support/auditor.js';
import { expectConsoleAgrees } from '../support/console.js';

const TAIZHOU = 'WH-331000-1';
const WATCHING = ['duty.331000', `keeper.${TAIZHOU}`];

describe('donations', () => {
  let app: TestApp;
  let warehouse: WarehouseDto;
  let keeper: Actor;
  const actor = systemActor('test');
  beforeAll(async () => {
    app = await startApp();
    keeper = await app.as(`keeper.${TAIZHOU}`);
    const { items } = await app.get(WarehouseService).warehouses(keeper, { limit: 5 });
    warehouse = items.find(({ code }) => code === TAIZHOU)!;
  }, 120_000); // prettier-ignore
  afterEach(() => audit(app));
  afterAll(() => app?.close());

  const tx = <T>(body: (tx: Tx) => Promise<T>) => inTransaction(app.db, body);
  let made = 0;
  const newItem = async () =>
    app.get(CatalogueService).addItem(keeper, {
      code: `G${String(++made).padStart(3, '0')}`, name: '测试物资', nameEn: 'test', gbClass: 1, unit: '件', weightG: 1, volumeCm3: 1, minimumUseDays: 0,
    }); // prettier-ignore
  const record = (over: Partial<RecordDonation> = {}) =>
    app.get(DonationService).recordDonation(keeper, {
      warehouseId: warehouse.id, donorKind: 'organisation', donorName: '某企业（示范）', intent: {}, valueBasis: 'invoice', note: '', ...over,
    }); // prettier-ignore
  const receive = (donationId: string, itemId: string, units: number, over: object = {}) =>
    app.get(ReceiptService).receiveGoods(keeper, {
      warehouseId: warehouse.id, source: 'donation', sourceName: '某企业（示范）', note: '', donationId, countedWith: '捐方清点人',
      lines: [{ itemId, lotCode: 'L1', units, ...over }],
    }); // prettier-ignore
  const given = async (intent: RecordDonation['intent'], units = 10) => {
    const item = await newItem();
    const donation = await record({ intent });
    await receive(donation.id, item.id, units);
    return { item, donation };
  };
  const taizhouTyphoon: Purpose = {
    societyPath: '/330000/331000/331082/',
    incidentKind: 'typhoon',
    incidentId: newId(),
  };
  const reserve = (itemId: string, units: number, purpose?: Purpose, arrivalAt = app.clock.now()) => {
    const line = { orderLineId: newId(), warehouseId: warehouse.id, itemId, units };
    const asked = {
      lines: [line],
      arrivalAt,
      untilAt: null,
      now: app.clock.now(),
      actor,
      ...(purpose ? { purpose } : {}),
    };
    return tx((one) => reserveSupplies(one, asked)).then(() => line.orderLineId);
  };

  it('are numbered papers with a fund of their own; the goods that come by them belong to it', async () => {
    const item = await newItem();
    const donation = await expectConsoleAgrees(app, WATCHING, () => record({ receiptNo: null }));
    expect(donation).toMatchObject({ number: '331000-JZ-2026-0001', fund: '331000-JZ-2026-0001', status: 'announced', counters: [] });
    const receipt = await expectConsoleAgrees(app, WATCHING, () => receive(donation.id, item.id, 10, { unitValueFen: 5_600 }));
    expect(receipt).toMatchObject({ donationId: donation.id, lines: [{ fund: donation.fund, unitValueFen: 5_600, valueBasis: 'invoice' }] });
    const counted = await app.get(DonationService).donation(keeper, donation.id);
    expect(counted).toMatchObject({ status: 'received', counters: [keeper.name, '捐方清点人'], version: 2 });
    const officer = await app.as('duty.331000');
    const named = await app.get(DonationService).nameReceiptNo(officer, donation.id, { version: 2, receiptNo: '浙A-0001' });
    const again = app.get(DonationService).nameReceiptNo(officer, donation.id, { version: 2, receiptNo: '浙A-0002' });
    await expect(again).rejects.toMatchObject({ code: 'donation.stale' });
    const other = app.get(DonationService).nameReceiptNo(officer, donation.id, { version: 3, receiptNo: '浙A-0002' });
    await expect(other).rejects.toMatchObject({ code: 'donation.receipt-exists' });
    const { items } = await app.get(DonationService).donations(keeper, { receiptNo: '浙A-0001', limit: 10 });
    expect(items).toEqual([named]);
    const elsewhere = await app.as('duty.330900');
    await expect(app.get(DonationService).trace(elsewhere, donation.id)).rejects.toMatchObject({ code: 'donation.not-found' });
  }); // prettier-ignore

  it('keep no name of a person, show no value without a proof, and stay with their society', async () => {
    const item = await newItem();
    const nameless = await record({ donorKind: 'anonymous', donorName: null, valueBasis: 'none' });
    expect(nameless.donorName).toBeNull();
    await expect(receive(nameless.id, item.id, 1, { unitValueFen: 100 })).rejects.toMatchObject({
      code: 'donation.no-value',
    });
    const { items } = await app.get(WarehouseService).warehouses(await app.as('admin.330000'), { limit: 500 });
    const linhai = items.find(({ code }) => code === 'WH-331082-1')!;
    const elsewhere = app.get(ReceiptService).receiveGoods(await app.as('keeper.WH-331082-1'), {
      warehouseId: linhai.id, source: 'donation', sourceName: 'x', note: '', donationId: nameless.id, lines: [{ itemId: item.id, lotCode: 'L', units: 1 }],
    }); // prettier-ignore
    await expect(elsewhere).rejects.toMatchObject({ code: 'donation.not-found' }); // not theirs to see
    await expect(record({ intent: { incidentId: newId() } })).rejects.toMatchObject({ code: 'incident.not-found' });
    await expect(record({ intent: { itemId: newId() } })).rejects.toMatchObject({ code: 'item.not-found' });
    const only = await record({ intent: { itemId: item.id } });
    await expect(receive(only.id, (await newItem()).id, 1)).rejects.toMatchObject({ code: 'fund.other-item' });
    await receive(only.id, item.id, 1);
  });

  it('refuses a promise against intent, and uses goods that are meant for it first', async () => {
    const { item } = await given({ incidentKind: 'flood' });
    await expect(reserve(item.id, 1, taizhouTyphoon)).rejects.toMatchObject({ code: 'stock.against-intent', status: 422 });
    await expect(reserve(item.id, 1)).rejects.toMatchObject({ code: 'stock.against-intent' });
    const bought = { warehouseId: warehouse.id, source: 'purchase' as const, sourceName: '供应商', note: '' };
    await app.get(ReceiptService).receiveGoods(keeper, { ...bought, lines: [{ itemId: item.id, lotCode: 'BOUGHT', units: 4 }] });
    await expect(reserve(item.id, 5, taizhouTyphoon)).rejects.toMatchObject({ code: 'stock.insufficient', params: { available: 4 } });
    const flood = { ...taizhouTyphoon, incidentKind: 'flood' };
    const line = await reserve(item.id, 10, flood);
    const lots = await app.query<{ fund: string | null }>(
      `select c.fund from reservation r join stock_cell c on c.id = r.cell_id where r.order_line_id = $1`, [line]);
    expect(lots).toEqual([{ fund: expect.stringMatching(/-JZ-/) }]);
    await reserve(item.id, 4, taizhouTyphoon); // what is free is still there for others
  }); // prettier-ignore

  it('holds a place, an incident and a day: after it the goods are for all', async () => {
    const society = await app.query<{ id: string }>(`select id from society where adcode = '331082'`);
    const { item: there } = await given({ societyId: society[0]!.id });
    await expect(reserve(there.id, 1, { ...taizhouTyphoon, societyPath: '/330000/331000/331081/' })).rejects.toMatchObject({ code: 'stock.against-intent' });
    await reserve(there.id, 1, taizhouTyphoon);
    const { item: until } = await given({ incidentKind: 'flood', until: '2026-07-31' });
    await expect(reserve(until.id, 1, taizhouTyphoon, new Date('2026-07-31T12:00:00Z'))).rejects.toMatchObject({ code: 'stock.against-intent' });
    await reserve(until.id, 1, taizhouTyphoon, new Date('2026-07-31T16:00:00Z')); // the first of August in China
  }); // prettier-ignore

  it('tells planning only what suits, a lot once', async () => {
    const { item } = await given({ incidentKind: 'flood' }, 7);
    const bought = {
      warehouseId: warehouse.id,
      source: 'donation' as const,
      sourceName: 'x',
      note: '',
      countedWith: 'y',
    };
    await app
      .get(ReceiptService)
      .receiveGoods(keeper, { ...bought, lines: [{ itemId: item.id, lotCode: 'L1', units: 5 }] });
    const ask = { itemIds: [item.id], lon: 121.4, lat: 28.6, now: app.clock.now(), paths: ['/330000/'] };
    const units = async (purpose?: Purpose) => {
      const found = await app.read((one) => stockForPlanning(one, { ...ask, ...(purpose ? { purpose } : {}) }));
      return found.flatMap(({ lots }) => lots.map(({ availableUnits }) => availableUnits));
    };
    expect(await units(taizhouTyphoon)).toEqual([5]);
    expect(await units()).toEqual([5]);
    expect(await units({ ...taizhouTyphoon, incidentKind: 'flood' })).toEqual([12]);
  });

  it('refuses a mission that would spend goods of another purpose, and a posting past the promise', async () => {
    const officer = await app.as('duty.331000');
    const reported = await app.get(IncidentsService).reportIncident(officer, reportIncident.parse({
      kind: 'flood', location: { lon: 121.14, lat: 28.862 }, placeText: '临海古城', peopleAffected: 10,
    }));
    const incident = await app.get(IncidentsService).verifyIncident(officer, reported.id, { version: reported.version });
    const { item, donation } = await given({ incidentKind: 'drowning' });
    const supplies = [{ warehouseId: warehouse.id, itemId: item.id, units: 1 }];
    const mission = app.get(DispatchService).dispatchMission(officer, incident.id, { assignments: [], supplies });
    await expect(mission).rejects.toMatchObject({ code: 'stock.against-intent' });
    const [cell] = await app.query<{ lotId: string; placeId: string; code: string }>(
      `select c.lot_id as "lotId", c.place_id as "placeId", p.code from stock_cell c join stock_place p on p.id = c.place_id where c.item_id = $1 and c.kind = 'bin'`, [item.id]);
    const goods = { itemId: item.id, lotId: cell!.lotId, condition: 'good' as const, ownerSocietyId: warehouse.societyId, fund: donation.fund };
    const from = accountAt({ kind: 'bin', warehouseId: warehouse.id, placeId: cell!.placeId, placeCode: cell!.code, placeName: null }, goods);
    const to = accountAt({ kind: 'recipient', warehouseId: warehouse.id, placeCode: newId(), placeName: '白水洋镇' }, goods);
    const post = (purpose?: Purpose) => tx((one) => postMovements(one, {
      causeId: newId(), document: 'TEST', postings: [{ from, to, units: 1, reason: 'deliver' }], actor, now: app.clock.now(), occurredAt: app.clock.now(),
      ...(purpose ? { purpose } : {}),
    }));
    await expect(post()).rejects.toMatchObject({ code: 'stock.against-intent', params: { item: item.code, lot: 'L1' } });
    await expect(post(taizhouTyphoon)).rejects.toMatchObject({ code: 'stock.against-intent' });
    await post({ ...taizhouTyphoon, incidentKind: 'drowning' });
  }); // prettier-ignore

  it('are traced to the last unit, from the ledger only', async () => {
    const { item, donation } = await given({}, 100);
    const line = await reserve(item.id, 40, taizhouTyphoon);
    const order = { orderId: newId(), document: 'CK', orderLineIds: [line], now: app.clock.now(), occurredAt: app.clock.now(), actor };
    await tx((one) => shipSupplies(one, order));
    const trace = async () => (await app.get(DonationService).trace(keeper, donation.id)).items[0]!;
    expect(await trace()).toMatchObject({ receivedUnits: 100, inStoreUnits: 60, inTransitUnits: 40, issuedUnits: 0, issuedTo: [] });
    const counted = { orderLineId: line, receivedUnits: 33, damagedUnits: 5, missingUnits: 2 };
    await tx((one) => deliverSupplies(one, { ...order, recipient: '白水洋镇', lines: [counted] }));
    const signedAt = app.clock.now().toISOString();
    expect(await trace()).toEqual({
      handedOver: [{ recipient: '白水洋镇', document: 'CK', units: 33, receiverName: null, incidentId: null, signedAt }],
      itemId: item.id, receivedUnits: 100, inStoreUnits: 60, inTransitUnits: 0, issuedUnits: 33, lostUnits: 2, disposedUnits: 5,
      adjustedUnits: 0, convertedUnits: 0, issuedTo: [{ recipient: '白水洋镇', units: 33 }], inStoreAt: [{ warehouseId: warehouse.id, units: 60 }],
    });
  }); // prettier-ignore

  it('and funds of money are opened once, by who sets the limits there', async () => {
    const admin = await app.as('admin.330000');
    const fund = { code: 'LOTTERY-2026', name: '福彩公益金（示范）', kind: 'purchase' as const, societyId: warehouse.societyId, intent: {} };
    const opened = await expectConsoleAgrees(app, WATCHING, () => app.get(FundService).openFund(admin, fund));
    expect(opened.intent).toEqual({ societyId: null, itemId: null, incidentKind: null, incidentId: null, until: null });
    await expect(app.get(FundService).openFund(admin, fund)).rejects.toMatchObject({ code: 'fund.exists', status: 409 });
    await expect(app.get(FundService).openFund(await app.as('duty.331000'), fund)).rejects.toMatchObject({ code: 'access.denied' });
    const { items } = await app.get(FundService).funds(keeper, { limit: 500 });
    expect(items).toContainEqual(opened);
    const item = await newItem();
    const bought = { warehouseId: warehouse.id, source: 'purchase' as const, sourceName: 'x', note: '' };
    const line = { itemId: item.id, lotCode: 'L1', units: 1 };
    const unknown = app.get(ReceiptService).receiveGoods(keeper, { ...bought, lines: [{ ...line, fund: 'NONE' }] });
    await expect(unknown).rejects.toMatchObject({ code: 'fund.not-found', status: 404 });
    await app.get(ReceiptService).receiveGoods(keeper, { ...bought, lines: [{ ...line, fund: opened.code }] });
  }); // prettier-ignore
});
