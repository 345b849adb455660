import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { AssignmentDto, MissionDto, SupplyOrderDto } from '../../src/dispatch/dispatch.dto.js';
import { receiveSupplies } from '../../src/dispatch/dispatch.dto.js';
import type { IncidentDto } from '../../src/incidents/index.js';
import { InquiryService } from '../../src/relief-stock/index.js';
import { expectConsoleAgrees } from '../support/console.js';
import { type Desk, MissionWorld } from './mission-world.js';

const TEAM = 'T-331082-WR-1';
const STORE = 'WH-331082-1';
const CITY_STORE = 'WH-331000-1';
const WATCHERS = ['duty.330000', 'duty.331000', 'duty.331082', `leader.${TEAM}`, `keeper.${STORE}`];

describe('a mission from report to close', () => {
  let world: MissionWorld;
  let county: Desk;
  let city: Desk;
  let leader: Desk;
  let keeper: Desk;
  let incident: IncidentDto;
  let mission: MissionDto;
  let assignment: AssignmentDto;
  let order: SupplyOrderDto;

  beforeAll(async () => {
    world = await MissionWorld.open();
    county = await world.app.as('duty.331082');
    city = await world.app.as('duty.331000');
    leader = await world.app.as(`leader.${TEAM}`);
    keeper = await world.app.as(`keeper.${STORE}`);
  }, 120_000);
  afterAll(() => world?.close());
  afterEach(async () => expect(await world.faults()).toEqual([]));

  const agreeing = <T>(command: () => Promise<T>) => expectConsoleAgrees(world.app, WATCHERS, command);
  const step = (desk: Desk, name: Parameters<typeof world.assignments.takeStep>[2], input: object = {}) =>
    agreeing(async () => void (assignment = await world.assignments.takeStep(desk, assignment.id, name, input)));
  const statusOf = async () => (await world.incidents.incident(county, incident.id)).status;

  it('does not start before the report is verified', async () => {
    incident = await world.incidents.reportIncident(county, {
      kind: 'flood', severity: 'III', location: { lon: 121.14, lat: 28.862, datum: 'WGS84' }, placeText: '临海古城', reporter: { source: 'public' },
      whatHappened: '', exercise: false,
    }); // prettier-ignore
    await expect(world.send(county, incident.id, { units: [`${TEAM}-A`] })).rejects.toMatchObject({
      code: 'incident.not-verified',
      status: 409,
    });
    incident = await world.incidents.verifyIncident(county, incident.id, { version: incident.version });
  });

  it('sends a team and goods with one command, and shows the incident to the leader and the keeper', async () => {
    mission = await agreeing(
      () =>
      world.send(county, incident.id, { units: [`${TEAM}-A`], goods: [[STORE, 'BD03', 20], [STORE, 'BD03', 10]] }), // prettier-ignore
    );
    [assignment] = mission.assignments as [AssignmentDto];
    [order] = mission.supplyOrders as [SupplyOrderDto];
    expect(mission).toMatchObject({ number: '331082-DD-2026-0001', hints: [] });
    expect(assignment).toMatchObject({ status: 'alerted', active: true, headcount: 8, version: 1 });
    expect(order).toMatchObject({
      number: '331082-DY-2026-0001',
      status: 'approved',
      approvedBy: county.name,
      reservedUntil: null,
    });
    expect(order.lines.map((line) => [line.units, line.lots.reduce((sum, lot) => sum + lot.units, 0)])).toEqual([
      [30, 30],
    ]);
    for (const desk of [leader, keeper])
      await expect(world.incidents.incident(desk, incident.id)).resolves.toBeDefined();
    expect(await world.dispatch.mission(county, mission.id)).toEqual(mission);
  });

  it('shows each only the part that is his', async () => {
    const seen = await world.dispatch.mission(keeper, mission.id);
    expect([seen.assignments.length, seen.supplyOrders.length]).toEqual([0, 1]);
    const stranger = await world.app.as('duty.330100');
    await expect(world.dispatch.mission(stranger, mission.id)).rejects.toMatchObject({ code: 'mission.not-found' });
    const page = { statuses: ['alerted'], before: null, limit: 10 };
    expect(await world.assignments.assignments(leader, page)).toEqual([assignment]);
    expect(await world.assignments.assignments(stranger, page)).toEqual([]);
  });

  it('does not send the unit again, not even by the province', async () => {
    const province = await world.app.as('duty.330000');
    const elsewhere = await world.verified(province, { location: { lon: 120.2, lat: 30.2 } });
    await expect(world.send(province, elsewhere.id, { units: [`${TEAM}-A`] })).rejects.toMatchObject({
      code: 'team.not-available',
      params: { unit: `${TEAM}-A`, incidentId: incident.id },
    });
  });

  it('takes the yes of the leader by the link in the message, once', async () => {
    await agreeing(() => world.delivery.deliverDue());
    const [message] = world.outbox();
    expect(message!.text).toContain('临海古城');
    expect((await world.byLink('GET', message!.token)).body).toMatchObject({ placeText: '临海古城', answered: null });
    await agreeing(() => world.byLink('POST', `${message!.token}/opened`, {}));
    const yes = { answer: 'accept', headcount: 7, minutes: 50 };
    const answered = await agreeing(() => world.byLink('POST', `${message!.token}/answers`, yes));
    expect(answered).toMatchObject({ status: 200, body: { doneReason: 'answered', answered: { answer: 'accept' } } });
    expect(await world.byLink('POST', `${message!.token}/answers`, yes)).toMatchObject({
      status: 409,
      body: { code: 'link.used' },
    });
    assignment = await world.assignments.assignment(county, assignment.id);
    expect(assignment).toMatchObject({ status: 'accepted', promisedHeadcount: 7 });
    expect(await statusOf()).toBe('responding');
  });

  it('follows the team to the scene and through its work', async () => {
    await step(leader, 'assemble', { headcount: 7 });
    await step(leader, 'depart', { etaMin: 40 });
    world.app.clock.forward(30 * 60_000);
    await expect(world.assignments.takeStep(leader, assignment.id, 'arrive', { version: 1 })).rejects.toMatchObject({
      code: 'assignment.stale',
    });
    await step(leader, 'arrive', { version: assignment.version, headcount: 7 });
    expect(await statusOf()).toBe('on-scene');
    await step(county, 'work');
    await step(county, 'rest');
    await step(county, 'resume');
    expect(assignment).toMatchObject({ status: 'working', actualHeadcount: 7, orderDoubtful: false });
    await expect(
      world.assignments.takeStep(county, assignment.id, 'withdraw', { reason: '晚了' }),
    ).rejects.toMatchObject({
      code: 'assignment.step-not-allowed',
    });
  });

  it('ships by the keeper, never by who approved, and counts in every unit', async () => {
    await expect(world.orders.pick(county, order.id, {})).rejects.toMatchObject({ code: 'access.denied' });
    await agreeing(() => world.orders.pick(keeper, order.id, {}));
    const vehicle = { vehicle: '浙J·示范1' };
    const both = { ...county, grants: [...county.grants, ...keeper.grants] };
    await expect(world.orders.ship(both, order.id, vehicle)).rejects.toMatchObject({ code: 'duty.separation' });
    order = await agreeing(() => world.orders.ship(keeper, order.id, vehicle));
    expect(order.lines[0]).toMatchObject({ units: 30, shippedUnits: 30 });
    const count = (receivedUnits: number) => {
      const lines = [{ lineId: order.lines[0]!.id, receivedUnits, damagedUnits: 2, missingUnits: 1 }];
      return receiveSupplies.parse({ receiverName: '王队', lines });
    };
    await expect(world.orders.receive(keeper, order.id, count(27))).rejects.toMatchObject({ code: 'access.denied' });
    await expect(world.orders.receive(leader, order.id, count(28))).rejects.toMatchObject({
      code: 'supply-order.count-mismatch',
    });
    order = await agreeing(() => world.orders.receive(leader, order.id, count(27)));
    expect(order).toMatchObject({ status: 'received-with-differences', receiverName: '王队' });
    await expect(world.orders.cancel(county, order.id, { reason: '晚了' })).rejects.toMatchObject({
      code: 'supply-order.step-not-allowed',
    });
  });

  it('inquires into what did not come, and the order is not closed before that is explained', async () => {
    const inquiries = world.app.get(InquiryService);
    expect(order.inquiryId).not.toBeNull();
    const inquiry = await inquiries.inquiry(keeper, order.inquiryId!);
    expect(inquiry).toMatchObject({
      number: `${order.number}-C`, supplyOrderId: order.id, document: order.number, recipient: '临海古城', status: 'open', missingUnits: 1,
      transferId: null, issueId: null, to: null, goods: [{ missingUnits: 1 }],
    }); // prettier-ignore
    const clear = () => world.orders.close(county, order.id, {});
    await expect(clear()).rejects.toMatchObject({ code: 'supply-order.inquiry-open', status: 422 });
    const found = { reason: '在车厢里', goods: [{ id: inquiry.goods[0]!.id, units: 1, at: 'receiver' as const }] };
    await expect(inquiries.explain(leader, inquiry.id, found)).rejects.toMatchObject({ code: 'access.denied' });
    expect(await agreeing(() => inquiries.explain(keeper, inquiry.id, found))).toMatchObject({ status: 'explained' });
    const [held] = await world.app.query<{ units: number }>(
      `select sum(c.on_hand)::integer as units from stock_cell c join stock_place p on p.id = c.place_id where p.kind = 'recipient' and p.code = $1`,
      [order.id],
    );
    expect(held!.units).toBe(28);
    order = await agreeing(clear);
    expect(order.status).toBe('closed');
  });

  it('takes goods of the city only when the city approves, and gives them back when it does not in time', async () => {
    const before = await world.available(CITY_STORE, 'BD03');
    const lend = () => agreeing(() => world.send(county, incident.id, { goods: [[CITY_STORE, 'BD03', 5]] }));
    const [late] = (await lend()).supplyOrders as [SupplyOrderDto];
    expect(late).toMatchObject({ status: 'reserved', approvedBy: null });
    expect(await world.available(CITY_STORE, 'BD03')).toBe(before - 5);
    await expect(world.orders.approve(county, late.id, {})).rejects.toMatchObject({ code: 'access.denied' });
    expect(await world.expiry.expireReservations()).toBe(0);
    world.app.clock.forward(12 * 3_600_000);
    expect(await agreeing(() => world.expiry.expireReservations())).toBe(1);
    expect(await world.expiry.expireReservations()).toBe(0);
    expect(await world.orders.order(county, late.id)).toMatchObject({ status: 'cancelled', reason: 'expired' });
    expect(await world.available(CITY_STORE, 'BD03')).toBe(before);
    const [inTime] = (await lend()).supplyOrders as [SupplyOrderDto];
    const approved = await agreeing(() => world.orders.approve(city, inTime.id, {}));
    expect(approved).toMatchObject({ status: 'approved', approvedBy: city.name, reservedUntil: null });
    world.app.clock.forward(24 * 3_600_000);
    expect(await world.expiry.expireReservations()).toBe(0);
    await agreeing(() => world.orders.cancel(county, inTime.id, { reason: '不需要了' }));
    expect(await world.available(CITY_STORE, 'BD03')).toBe(before);
  });

  it('does not end while a team is out, and clears the boards when it ends', async () => {
    incident = await world.incidents.incident(county, incident.id);
    incident = await world.incidents.stabiliseIncident(county, incident.id, { version: incident.version });
    const close = () => world.endings.close(county, incident.id, { version: incident.version });
    await expect(close()).rejects.toMatchObject({
      code: 'incident.still-open',
      params: { assignments: 1, supplyOrders: 0 },
    });
    for (const name of ['release', 'return', 'close'] as const) await step(leader, name);
    expect(assignment).toMatchObject({ status: 'closed', active: false });
    expect(await agreeing(close)).toMatchObject({ status: 'closed' });
    expect(await world.orders.order(county, order.id)).toMatchObject({ status: 'closed' });
  });
});
