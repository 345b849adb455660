import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type SupplyOrderDto, receiveSupplies } from '../../src/dispatch/dispatch.dto.js';
import { SupplyOrderService, TakeOverService } from '../../src/dispatch/index.js';
import { audit } from '../support/auditor.js';
import { expectConsoleAgrees } from '../support/console.js';
import { type Desk, MissionWorld } from './mission-world.js';

const STORE = 'WH-331082-1';
const CITY_STORE = 'WH-331000-1';
const WATCHERS = ['duty.331000', 'duty.331082', `keeper.${STORE}`];
const why = { reason: '重伤员转运点急需' };

describe('orders in part, and orders that a graver incident takes over', () => {
  let world: MissionWorld;
  let county: Desk;
  let city: Desk;
  let keeper: Desk;
  beforeAll(async () => {
    world = await MissionWorld.open();
    county = await world.app.as('duty.331082');
    city = await world.app.as('duty.331000');
    keeper = await world.app.as(`keeper.${STORE}`);
  }, 120_000);
  afterAll(() => world?.close());
  afterEach(() => audit(world.app));
  const agreeing = <T>(command: () => Promise<T>) => expectConsoleAgrees(world.app, WATCHERS, command);
  const takeOver = (desk: Desk, order: SupplyOrderDto, incidentId: string, more: object = {}) =>
    world.app.get(TakeOverService).takeOver(desk, order.id, { incidentId, ...why, ...more });
  const picking = async (units: number, more: object = {}) => {
    const incident = await world.verified(county, more);
    const mission = await world.send(county, incident.id, { goods: [[STORE, 'BD03', units]] });
    return { incident, order: await world.orders.pick(keeper, mission.supplyOrders[0]!.id, {}) };
  };
  const reservedFor = async (order: SupplyOrderDto) => {
    const lineIds = order.lines.map((line) => line.id);
    const rows = await world.app.query<{ state: string; units: number }>(
      `select state, sum(units)::bigint as units from reservation where order_line_id = any($1) group by state order by state`,
      [lineIds],
    );
    return Object.fromEntries(rows.map(({ state, units }) => [state, units]));
  };
  const lotUnits = (order: SupplyOrderDto) => order.lines[0]!.lots.reduce((sum, lot) => sum + lot.units, 0);

  it('ships a part and keeps the rest for a following order, which goes the same way', async () => {
    const { incident, order } = await picking(12);
    const before = await world.available(STORE, 'BD03');
    const lines = [{ lineId: order.lines[0]!.id, units: 7 }];
    const shipped = await agreeing(() => world.orders.ship(keeper, order.id, { vehicle: '浙J00001', lines, rest: 'kept' })); // prettier-ignore
    expect(shipped).toMatchObject({ status: 'shipped', lines: [{ units: 12, shippedUnits: 7 }] });
    expect([lotUnits(shipped), await reservedFor(order)]).toEqual([7, expect.objectContaining({ posted: 7 })]);
    expect(await world.available(STORE, 'BD03')).toBe(before);
    const [rest] = (await world.orders.orders(county, { incidentId: incident.id, statuses: ['approved'], before: null, limit: 5 } as never)) as [SupplyOrderDto]; // prettier-ignore
    expect(rest).toMatchObject({ followsId: order.id, status: 'approved', approvedBy: county.name, lines: [{ units: 5 }] }); // prettier-ignore
    expect([lotUnits(rest), await reservedFor(rest)]).toEqual([5, { pending: 5 }]);

    const received = await agreeing(() =>
      world.orders.receive(county, order.id, receiveSupplies.parse({ receiverName: '安置点' })),
    );
    expect(received).toMatchObject({ status: 'received', lines: [{ receivedUnits: 7 }] });
    await world.orders.pick(keeper, rest.id, {});
    await agreeing(() => world.orders.ship(keeper, rest.id, { vehicle: '浙J00001' }));
    await world.orders.receive(county, rest.id, receiveSupplies.parse({ receiverName: '安置点' }));
  });

  it('ships a part and lets the rest go', async () => {
    const { order } = await picking(9);
    const before = await world.available(STORE, 'BD03');
    const lineId = order.lines[0]!.id;
    const ship = (units: number) => world.orders.ship(keeper, order.id, { vehicle: '浙J00001', lines: [{ lineId, units }] }); // prettier-ignore
    await expect(ship(10)).rejects.toMatchObject({ code: 'reservation.too-small' });
    await expect(ship(0)).rejects.toMatchObject({ code: 'supply-order.nothing-shipped' });
    await agreeing(() => ship(4));
    expect(await world.available(STORE, 'BD03')).toBe(before + 5);
    expect(await reservedFor(order)).toMatchObject({ posted: 4 });
    await world.orders.receive(county, order.id, receiveSupplies.parse({ receiverName: '安置点' }));
  });

  it('hands reserved goods to a graver incident and tells the desk that loses them', async () => {
    const { order } = await picking(10, { severity: 'III' });
    const graver = await world.verified(county, { severity: 'II', placeText: '东塍镇' });
    const before = await world.available(STORE, 'BD03');
    const line = { lineId: order.lines[0]!.id, units: 6 };
    const taken = await agreeing(() => takeOver(county, order, graver.id, { lines: [line], version: order.version }));
    expect(taken).toMatchObject({ incidentId: graver.id, status: 'approved', lines: [{ units: 6, takenUnits: 0 }] });
    expect(taken.id).not.toBe(order.id);
    expect(await world.available(STORE, 'BD03')).toBe(before); // never free in between
    const loser = await world.orders.order(county, order.id);
    expect(loser).toMatchObject({
      status: 'picking',
      lines: [{ units: 10, takenUnits: 6, takeOvers: [{ byOrderNumber: taken.number, byIncidentId: graver.id, units: 6, byName: county.name, ...why }] }],
    }); // prettier-ignore
    expect([await reservedFor(taken), await reservedFor(order)]).toEqual([{ pending: 6 }, { pending: 4, released: 10 }]); // prettier-ignore
    const told = await world.app.query<{ kind: string; message: string }>(`select kind, message from alert where incident_id = $1`, [order.incidentId]); // prettier-ignore
    expect(told).toEqual([{ kind: 'information', message: `${order.number} → ${taken.number}: ${why.reason}` }]);

    await takeOver(county, order, graver.id);
    const ended = await world.orders.order(county, order.id);
    expect(ended).toMatchObject({ status: 'cancelled', ...why, lines: [{ takenUnits: 10 }] });
    await expect(takeOver(county, order, graver.id)).rejects.toMatchObject({ code: 'supply-order.step-not-allowed' });
  });

  it('sends only what was left to it', async () => {
    const { order } = await picking(10, { severity: 'IV' });
    const graver = await world.verified(county, { severity: 'I', placeText: '东塍镇' });
    await takeOver(county, order, graver.id, { lines: [{ lineId: order.lines[0]!.id, units: 3 }] });
    const shipped = await agreeing(() => world.orders.ship(keeper, order.id, { vehicle: '浙J00001' }));
    expect(shipped).toMatchObject({ status: 'shipped', lines: [{ takenUnits: 3, shippedUnits: 7 }] });
    await world.orders.receive(county, order.id, receiveSupplies.parse({ receiverName: '安置点' }));
    await expect(takeOver(county, order, graver.id)).rejects.toMatchObject({ code: 'supply-order.step-not-allowed' });
  });

  it('refuses equal and lower levels, exercises, strangers and goods of others', async () => {
    const { incident, order } = await picking(5, { severity: 'II' });
    const other = async (more: object) => (await world.verified(county, { placeText: '东塍镇', ...more })).id;
    for (const [incidentId, code] of [
      [await other({ severity: 'II' }), 'reservation.take-over-refused'],
      [await other({ severity: 'III' }), 'reservation.take-over-refused'],
      [await other({ severity: 'I', exercise: true }), 'reservation.take-over-refused'],
      [incident.id, 'reservation.take-over-refused'],
      [order.id, 'incident.not-found'],
    ] as const)
      await expect(takeOver(county, order, incidentId)).rejects.toMatchObject({ code });
    const graver = await other({ severity: 'I' });
    const stranger = await world.app.as('duty.330100');
    await expect(takeOver(stranger, order, graver)).rejects.toMatchObject({ code: 'supply-order.not-found' });
    await expect(takeOver(keeper, order, graver)).rejects.toMatchObject({ code: 'incident.not-found' }); // not his to see
    await expect(takeOver(county, order, graver, { version: 99 })).rejects.toMatchObject({ code: 'supply-order.stale' }); // prettier-ignore
    expect(await reservedFor(order)).toEqual({ pending: 5 });
  });

  it('leaves goods of a society above reserved until their owner approves, for the one that takes too', async () => {
    const incident = await world.verified(county, { severity: 'III' });
    const mission = await world.send(county, incident.id, { goods: [[CITY_STORE, 'BD03', 4]] });
    const [order] = mission.supplyOrders as [SupplyOrderDto];
    const graver = await world.verified(county, { severity: 'I', placeText: '东塍镇' });
    const taken = await agreeing(() => takeOver(county, order, graver.id));
    expect(taken).toMatchObject({ status: 'reserved', approvedBy: null });
    expect(taken.reservedUntil).not.toBeNull();
    await world.orders.approve(city, taken.id, {});
    await expect(world.orders.approve(city, order.id, {})).rejects.toMatchObject({ code: 'supply-order.step-not-allowed' }); // prettier-ignore
  });

  it('races: whoever takes, ships or cancels first has the goods, and only once', async () => {
    for (let round = 0; round < 4; round++) {
      const { order } = await picking(6, { severity: 'IV' });
      const first = await world.verified(county, { severity: 'II', placeText: '东塍镇' });
      const second = await world.verified(county, { severity: 'III', placeText: '小芝镇' });
      const acts = [
        takeOver(county, order, first.id),
        takeOver(county, order, second.id),
        world.app.get(SupplyOrderService).ship(keeper, order.id, { vehicle: '浙J00001' }),
        world.app.get(SupplyOrderService).cancel(county, order.id, { reason: '取消' }),
      ];
      const ends = await Promise.allSettled(acts);
      expect(ends.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
      for (const one of ends)
        if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: expect.stringMatching(/step-not-allowed|reservation.closed|busy/) }); // prettier-ignore
    }
  });
});
