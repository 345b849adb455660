import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '../../src/access/index.js';
import { TakeOverService, TakePromiseService } from '../../src/dispatch/index.js';
import { AdjustmentService, DonationService, ReceiptService } from '../../src/relief-stock/index.js';
import { draftAdjustment } from '../../src/relief-stock/changing/adjustment.dto.js';
import { orderIssue } from '../../src/relief-stock/moving/issue.dto.js';
import { IssueService } from '../../src/relief-stock/moving/issue.service.js';
import { RequestTransferService } from '../../src/relief-stock/moving/request-transfer.service.js';
import { dispatchGoods, draftTransfer, type TransferDto } from '../../src/relief-stock/moving/transfer.dto.js';
import { TransferService } from '../../src/relief-stock/moving/transfer.service.js';
import { TransportService } from '../../src/relief-stock/moving/transport.service.js';
import { audit } from '../support/auditor.js';
import { expectConsoleAgrees } from '../support/console.js';
import { type Desk, MissionWorld } from './mission-world.js';
import { CITY, COUNTY, PROVINCE, RequestWorld } from './request-world.js';

const SOON = '2027-03-01';
const LATER = '2027-10-01';
const why = { reason: '重伤员转运点急需' };

/** Earmarked lots come first in the order of use and must be passed over all the same. */
describe('what goods are for, on every way that they take', () => {
  let missions: MissionWorld;
  let world: RequestWorld;
  let county: Desk;
  let city: Actor;
  let keeper: Actor;
  beforeAll(async () => {
    missions = await MissionWorld.open();
    world = await RequestWorld.of(missions.app);
    [county, city, keeper] = [await world.desk(COUNTY), await world.desk(CITY), await world.keeper(CITY)];
  }, 120_000);
  afterEach(() => audit(world.app));
  afterAll(() => missions?.close());

  const WATCHING = [`duty.${CITY}`, `duty.${COUNTY}`];
  const agreeing = <T>(command: () => Promise<T>) => expectConsoleAgrees(world.app, WATCHING, command);
  const receive = (itemId: string, lotCode: string, units: number, more: object = {}, expiresOn = LATER) =>
    world.app.get(ReceiptService).receiveGoods(keeper, {
      warehouseId: world.store(CITY), source: 'purchase', sourceName: '供应商', note: '', lines: [{ itemId, lotCode, units, expiresOn }], ...more,
    }); // prettier-ignore
  /** Five units without a purpose, and five given for one that expire sooner. Answers the fund of those. */
  const stocked = async (intent: object) => {
    const itemId = await world.item({});
    await receive(itemId, 'FREE', 5);
    const { id: donationId, fund } = await world.app.get(DonationService).recordDonation(keeper, {
      warehouseId: world.store(CITY), donorKind: 'organisation', donorName: '某企业（示范）', intent, valueBasis: 'none', note: '',
    }); // prettier-ignore
    await receive(itemId, 'GIVEN', 5, { source: 'donation', donationId, countedWith: '捐方清点人' }, SOON);
    return { itemId, fund };
  };
  const lotsOf = async (orderLineIds: string[]) =>
    (
      await world.app.query<{ code: string; units: number }>(
        `select lot.code, sum(r.units)::bigint as units from reservation r join stock_cell c on c.id = r.cell_id join lot on lot.id = c.lot_id
         where r.order_line_id = any($1) and r.state in ('pending', 'posted') group by 1 order by 1`,
        [orderLineIds],
      )
    ).map(({ code, units }) => `${code} ${units}`);
  const transferOf = (goods: object[], more: object = {}) =>
    world.app.get(TransferService).draftTransfer(
      city,
      draftTransfer.parse({
        fromWarehouseId: world.store(CITY), toWarehouseId: world.store(COUNTY), plannedArrivalAt: '2026-08-01T00:00:00Z', goods, ...more,
      }),
    ); // prettier-ignore
  const order = (transfer: TransferDto) => world.app.get(TransferService).order(city, transfer.id, {});
  const transferLots = async (transfer: TransferDto) =>
    (await world.app.get(TransferService).transfer(city, transfer.id)).goods[0]!.lots.map(({ lotCode, units }) => `${lotCode} ${units}`); // prettier-ignore
  const incident = (more: object = {}) => missions.verified(county, more);

  it('a promise to a request takes what is meant for its incident, and passes over what is not', async () => {
    const { itemId, fund } = await stocked({ incidentKind: 'flood' });
    const typhoon = await incident({ kind: 'typhoon' });
    const asked = await world.ask(county, [{ itemId, units: 6 }], { incidentId: typhoon.id });
    await expect(world.give(city, asked, CITY, 6)).rejects.toMatchObject({ code: 'stock.insufficient', params: { available: 5 } }); // prettier-ignore
    const told = await world.give(city, asked, CITY, 5);
    expect(await lotsOf([told.commitments[0]!.id])).toEqual(['FREE 5']);
    await expect(world.give(city, asked, CITY, 1)).rejects.toMatchObject({
      code: 'stock.against-intent', status: 422, params: { fund, allowedKind: 'flood', allowedPlace: '—', lot: 'GIVEN', available: 0 },
    }); // prettier-ignore
    const flood = await world.ask(county, [{ itemId, units: 5 }], {
      incidentId: (await incident({ kind: 'flood' })).id,
    });
    const given = await world.give(city, flood, CITY, 5);
    expect(await lotsOf([given.commitments[0]!.id])).toEqual(['GIVEN 5']);
    const sent = await world.app
      .get(RequestTransferService)
      .dispatchGoods(
        city,
        flood.id,
        dispatchGoods.parse({ warehouseId: world.store(CITY), toWarehouseId: world.store(COUNTY) }),
      );
    expect(sent.incidentId).toBe(flood.incidentId);
    expect(await transferLots(sent)).toEqual(['GIVEN 5']);
  });

  it('a request for stock gets what is meant for its place, not what is meant for a kind of incident', async () => {
    const { itemId } = await stocked({ societyId: world.id(COUNTY) });
    const asked = await world.ask(county, [{ itemId, units: 5 }]);
    expect(await lotsOf([(await world.give(city, asked, CITY, 5)).commitments[0]!.id])).toEqual(['GIVEN 5']);
    const other = await stocked({ incidentKind: 'earthquake' });
    const forStock = await world.ask(county, [{ itemId: other.itemId, units: 5 }]);
    expect(await lotsOf([(await world.give(city, forStock, CITY, 5)).commitments[0]!.id])).toEqual(['FREE 5']);
  });

  it('a transfer takes none of a fund that nobody named, and moves one that is named with its limits', async () => {
    const { itemId, fund } = await stocked({ incidentKind: 'flood' });
    const plain = await transferOf([{ itemId, units: 6 }]);
    await expect(order(plain)).rejects.toMatchObject({ code: 'stock.insufficient', params: { available: 5 } });
    const both = await transferOf([{ itemId, units: 3, fund }, { itemId, units: 5 }]); // prettier-ignore
    await agreeing(() => order(both));
    const lines = await world.app.query<{ id: string }>(`select id from stock_transfer_line where transfer_id = $1 order by line`, [both.id]); // prettier-ignore
    expect(await lotsOf([lines[0]!.id])).toEqual(['GIVEN 3']);
    expect(await lotsOf([lines[1]!.id])).toEqual(['FREE 5']);
    const [transport, there] = [world.app.get(TransportService), await world.keeper(COUNTY)];
    await transport.pick(keeper, both.id, {});
    await transport.load(keeper, both.id, { vehicle: '浙J1' });
    await transport.depart(keeper, both.id, {});
    await transport.arrive(there, both.id, {});
    await transport.receive(there, both.id, { lots: [] });
    const cells = await world.app.query<{ fund: string | null; units: number }>(
      `select fund, sum(on_hand)::bigint as units from stock_cell where kind = 'bin' and warehouse_id = $1 and item_id = $2 and on_hand > 0
       group by 1 order by 1 nulls last`,
      [world.store(COUNTY), itemId],
    );
    expect(cells).toEqual([{ fund, units: 3 }, { fund: null, units: 5 }]); // prettier-ignore
    await expect(transferOf([{ itemId, units: 1, fund: '没有这个' }])).rejects.toMatchObject({ code: 'fund.not-found' }); // prettier-ignore
  });

  it('a transfer for an incident may carry what is meant for it; goods for another place do not go elsewhere', async () => {
    const { itemId } = await stocked({ incidentKind: 'flood' });
    const flood = await incident({ kind: 'flood' });
    const sent = await order(await transferOf([{ itemId, units: 5 }], { incidentId: flood.id }));
    expect(await transferLots(sent)).toEqual(['GIVEN 5']);
    const elsewhere = await stocked({ societyId: world.id('331081') });
    const wrong = await transferOf([{ itemId: elsewhere.itemId, units: 1, fund: elsewhere.fund }]);
    await expect(order(wrong)).rejects.toMatchObject({ code: 'stock.against-intent', params: { fund: elsewhere.fund } }); // prettier-ignore
  });

  it('an issue says whose people and which incident it serves', async () => {
    const issue = (itemId: string, units: number, more: object = {}) =>
      world.app.get(IssueService).orderIssue(
        city,
        orderIssue.parse({
          warehouseId: world.store(CITY), purpose: 'poor-relief', recipient: '白水洋镇', plannedAt: '2026-08-01T00:00:00Z',
          goods: [{ itemId, units }], ...more,
        }),
      ); // prettier-ignore
    const lots = async (id: string) => (await world.app.get(IssueService).oneIssue(city, id)).goods[0]!.lots.map(({ lotCode, units }) => `${lotCode} ${units}`); // prettier-ignore
    const { itemId, fund } = await stocked({ societyId: world.id(COUNTY) });
    expect(await lots((await issue(itemId, 2)).id)).toEqual(['FREE 2']);
    const named = issue(itemId, 1, { goods: [{ itemId, units: 1, fund }] });
    await expect(named).rejects.toMatchObject({ code: 'stock.against-intent', params: { fund, lot: 'GIVEN' } });
    const served = await agreeing(() => issue(itemId, 4, { forSocietyId: world.id(COUNTY) }));
    expect(served).toMatchObject({ forSocietyId: world.id(COUNTY), incidentId: null });
    expect(await lots(served.id)).toEqual(['GIVEN 4']);
    const flood = await stocked({ incidentKind: 'flood' });
    const { id: incidentId } = await incident({ kind: 'flood' });
    expect(await lots((await issue(flood.itemId, 5, { incidentId })).id)).toEqual(['GIVEN 5']);
    await expect(issue(itemId, 1, { incidentId: itemId })).rejects.toMatchObject({ code: 'incident.not-found' });
    await expect(issue(itemId, 1, { forSocietyId: itemId })).rejects.toMatchObject({ code: 'society.not-found' });
  });

  it('a rotation uses up what is meant for its own place, not what is meant for another', async () => {
    const rotate = async (intent: object) => {
      const { itemId, fund } = await stocked(intent);
      const [cell] = await world.app.query<{ lotId: string; binId: string }>(
        `select lot_id as "lotId", place_id as "binId" from stock_cell where kind = 'bin' and item_id = $1 and fund = $2`,
        [itemId, fund],
      );
      const paper = draftAdjustment.parse({
        kind: 'rotation', warehouseId: world.store(CITY), lines: [{ ...cell!, fund, reason: 'rotate-relief', units: 1 }],
        replacements: [{ itemId, units: 1, dueOn: '2027-01-01', supplier: '供应商' }],
      }); // prettier-ignore
      const adjustments = world.app.get(AdjustmentService);
      const { id } = await adjustments.draft(keeper, paper);
      const handedIn = await adjustments.submit(keeper, id, {});
      return handedIn.status === 'posted' ? handedIn : adjustments.approve(await world.app.as('lead.330000'), id, {});
    };
    expect(await agreeing(() => rotate({ societyId: world.id(CITY) }))).toMatchObject({ status: 'posted' });
    await expect(rotate({ societyId: world.id(COUNTY) })).rejects.toMatchObject({ code: 'stock.against-intent' });
    await expect(rotate({ incidentKind: 'flood' })).rejects.toMatchObject({ code: 'stock.against-intent' });
  });

  it('a graver incident does not take what was given for another', async () => {
    const { itemId, fund } = await stocked({ incidentKind: 'flood' });
    const flood = await incident({ kind: 'flood', severity: 'III' });
    const asked = await world.ask(county, [{ itemId, units: 8 }], { incidentId: flood.id });
    const told = await world.give(city, asked, CITY, 8);
    const promise = { requestId: asked.id, commitmentId: told.commitments[0]!.id };
    expect(await lotsOf([promise.commitmentId])).toEqual(['FREE 3', 'GIVEN 5']);
    const graver = await incident({ kind: 'typhoon', severity: 'I' });
    const take = (input: object) => world.app.get(TakePromiseService).takePromise(city, promise, { incidentId: graver.id, ...why, ...input }); // prettier-ignore
    await expect(take({})).rejects.toMatchObject({ code: 'stock.against-intent', params: { fund, available: 3, requested: 8 } }); // prettier-ignore
    const taken = await agreeing(() => take({ units: 3 }));
    expect(await lotsOf([taken.lines[0]!.id])).toEqual(['FREE 3']);
    const left = await world.requests.request(county, asked.id);
    expect(left).toMatchObject({
      status: 'open', lines: [{ committedUnits: 5, state: 'part-filled' }], commitments: [{ pendingUnits: 5, takenUnits: 3 }],
      takeOvers: [{ byIncidentId: graver.id, byOrderNumber: taken.number, units: 3, byName: city.name, ...why }],
    }); // prettier-ignore
    const alerts = await world.app.query<{ message: string }>(`select message from alert where incident_id = $1 and kind = 'information'`, [flood.id]); // prettier-ignore
    expect(alerts).toEqual([{ message: `${asked.number} → ${taken.number}: ${why.reason}` }]);
  });

  it('orders of missions: goods that were given for the losing incident stay with it', async () => {
    const { itemId, fund } = await stocked({ incidentKind: 'flood' });
    const flood = await incident({ kind: 'flood', severity: 'III' });
    const [{ code }] = (await world.app.query<{ code: string }>(`select code from item where id = $1`, [itemId])) as [{ code: string }]; // prettier-ignore
    const mission = await missions.send(await world.app.as(`duty.${CITY}`), flood.id, {
      goods: [[`WH-${CITY}-1`, code, 7]],
    });
    const graver = await incident({ kind: 'typhoon', severity: 'I' });
    const taken = world.app
      .get(TakeOverService)
      .takeOver(city, mission.supplyOrders[0]!.id, { incidentId: graver.id, ...why });
    await expect(taken).rejects.toMatchObject({ code: 'stock.against-intent', params: { fund, available: 2, requested: 7 } }); // prettier-ignore
  });

  it('no two papers that let goods go have one number, whether for an incident or not', async () => {
    const numbers = await world.app.query<{ number: string }>(
      `select number from supply_order union all select number from stock_issue union all
       select issue_number from stock_issue where issue_number is not null`,
    );
    const orders = numbers.filter(({ number }) => number.startsWith(`${CITY}-DY-`));
    expect(orders.length).toBeGreaterThan(3);
    expect(new Set(numbers.map(({ number }) => number)).size).toBe(numbers.length);
  });

  it('promises for stock give way to a real incident, not to an exercise; equal grades keep what they have', async () => {
    const itemId = await world.item({ [PROVINCE]: 40, [CITY]: 20 });
    const asked = await world.ask(county, [{ itemId, units: 10 }]);
    const told = await world.give(city, asked, CITY, 10);
    const ids = { requestId: asked.id, commitmentId: told.commitments[0]!.id };
    const take = (incidentId: string, more: object = {}) => world.app.get(TakePromiseService).takePromise(city, ids, { incidentId, ...why, ...more }); // prettier-ignore
    const drill = await incident({ exercise: true, severity: 'I' });
    const real = await incident({ severity: 'IV' });
    await expect(take(drill.id)).rejects.toMatchObject({ code: 'reservation.take-over-refused' });
    await expect(take(real.id, { units: 11 })).rejects.toMatchObject({ code: 'reservation.too-small' });
    await expect(take(real.id, { version: 1 })).rejects.toMatchObject({ code: 'stock-request.stale' });
    const taken = await agreeing(() => take(real.id));
    expect(taken).toMatchObject({ incidentId: real.id, status: 'approved', lines: [{ units: 10 }] });
    expect(await world.level(CITY, itemId)).toEqual({ onHand: 20, reserved: 10, available: 10 });
    await expect(take(real.id)).rejects.toMatchObject({ code: 'reservation.closed', status: 409 });
    const forIncident = await world.ask(county, [{ itemId, units: 4 }], { incidentId: real.id });
    const { id } = (await world.give(city, forIncident, CITY, 4)).commitments[0]!;
    const equal = await incident({ severity: 'IV', placeText: '东塍镇' });
    const again = world.app.get(TakePromiseService).takePromise(city, { requestId: forIncident.id, commitmentId: id }, { incidentId: equal.id, ...why }); // prettier-ignore
    await expect(again).rejects.toMatchObject({ code: 'reservation.take-over-refused' });
  });
});
