import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AlertDto } from '../../src/alerts/alerts.dto.js';
import type { AssignmentDto, MissionDto, SupplyOrderDto } from '../../src/dispatch/dispatch.dto.js';
import type { IncidentDto } from '../../src/incidents/incidents.dto.js';
import type { SnapshotDto } from '../../src/live/live.dto.js';
import { Cluster, eventually, type Running } from '../support/processes.js';

const SCHEDULES = ['alerts.deliver', 'alerts.escalate', 'dispatch.expire-reservations', 'suggestions.tick'];

describe('a queue that is emptied in the middle of the work', () => {
  let cluster: Cluster;
  let web: Running;
  let token: string;
  beforeAll(async () => {
    cluster = await Cluster.open(11);
    web = await cluster.start('web', { ALERT_ANSWER_S: '3', RESERVATION_HOURS: '0.002' });
    await cluster.start('worker', { ALERT_ANSWER_S: '3', RESERVATION_HOURS: '0.002' });
    token = await web.signIn('duty.331082');
  }, 120_000);
  afterAll(() => cluster?.close(), 30_000);

  const alertOf = async (assignmentId: string): Promise<AlertDto> => {
    const { items } = await web.call<{ items: AlertDto[] }>('/alerts', { token });
    return items.find((alert) => alert.assignmentId === assignmentId && alert.kind === 'deploy')!;
  };

  it('climbs the ladder to its end and gives unapproved goods back all the same', async () => {
    const { assignment, order } = await sendUnitAndGoodsOfTheCity();
    await cluster.redis.flushdb();
    const reached = (step: number) => (alert: AlertDto) =>
      alert.step >= step &&
      alert.deliveries.some((one) => one.step === step && ['handed', 'delivered'].includes(one.stage));
    await eventually(() => alertOf(assignment.id), reached(1), 10_000);
    await cluster.redis.flushdb();
    await eventually(() => alertOf(assignment.id), reached(2), 15_000);
    await cluster.redis.flushdb();
    const ended = await eventually(
      () => alertOf(assignment.id),
      (alert) => alert.doneReason !== null,
      20_000,
    );
    expect(ended.doneReason).toBe('exhausted');
    const given = await web.call<AssignmentDto>(`/assignments/${assignment.id}`, { token });
    expect(given).toMatchObject({ status: 'no-answer', active: false });
    const lapsed = await eventually(
      () => web.call<SupplyOrderDto>(`/supply-orders/${order.id}`, { token }),
      ({ status }) => status !== 'reserved',
      20_000,
    );
    expect(lapsed).toMatchObject({ status: 'cancelled', reason: 'expired' });
  }, 90_000);

  it('has every schedule again a few seconds later', async () => {
    await cluster.redis.flushdb();
    const held = await eventually(
      () => cluster.redis.zrange('bull:chiyuan:repeat', 0, -1),
      (names) => SCHEDULES.every((name) => names.includes(name)),
      10_000,
    );
    expect(held).toEqual(expect.arrayContaining(SCHEDULES));
  }, 30_000);

  async function sendUnitAndGoodsOfTheCity(): Promise<{ assignment: AssignmentDto; order: SupplyOrderDto }> {
    const snapshot = await web.call<SnapshotDto>('/live/snapshot', { token });
    const home = snapshot.actor.grants[0]!.societyId;
    const own = new Set(snapshot.teams.filter(({ societyId }) => societyId === home).map(({ id }) => id));
    const unit = snapshot.teamUnits.find(({ teamId, state }) => own.has(teamId) && state === 'available')!;
    const city = snapshot.warehouses.find(({ code }) => code === 'WH-331000-1')!;
    const level = snapshot.stockLevels.find(
      ({ warehouseId, availableUnits }) => warehouseId === city.id && availableUnits > 10,
    )!;
    const body = { kind: 'flood', placeText: '示范', location: { lon: 121.14, lat: 28.86 }, societyId: home };
    const { id, version } = await web.call<IncidentDto>('/incidents', { token, body });
    await web.call(`/incidents/${id}/verify`, { token, body: { version } });
    const mission = await web.call<MissionDto>(`/incidents/${id}/missions`, {
      token,
      body: {
        assignments: [{ teamUnitId: unit.id }],
        supplies: [{ warehouseId: city.id, itemId: level.itemId, units: 3 }],
      },
    });
    return { assignment: mission.assignments[0]!, order: mission.supplyOrders[0]! };
  }
});
