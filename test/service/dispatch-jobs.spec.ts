import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AlertDto } from '../../src/alerts/alerts.dto.js';
import type { AssignmentDto, MissionDto, SupplyOrderDto } from '../../src/dispatch/dispatch.dto.js';
import type { IncidentDto } from '../../src/incidents/index.js';
import { ANSWER_S, type Desk, MissionWorld } from './mission-world.js';

const TEAM = 'T-331082-WR-1';
type Page<T> = { items: T[]; nextCursor: string | null };

describe('dispatch over HTTP, with its jobs running', () => {
  let world: MissionWorld;
  let county: Desk;
  let incident: IncidentDto;
  let mission: MissionDto;
  beforeAll(async () => {
    world = await MissionWorld.open({ ROLE: 'all' });
    county = await world.app.as('duty.331082');
    incident = await world.verified(county);
  }, 120_000);
  afterAll(() => world?.close());

  const call = async <T>(
    desk: Desk,
    method: 'GET' | 'POST',
    path: string,
    body?: object,
  ): Promise<{ status: number; body: T }> => {
    const response = await fetch(`${world.app.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${desk.token}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: response.status, body: (await response.json()) as T };
  };
  const until = async (holds: () => Promise<boolean> | boolean) => {
    const limit = Date.now() + 10_000;
    while (!(await holds())) {
      if (Date.now() > limit) throw new Error('it did not happen within 10 s');
      await sleep(20);
    }
  };
  const alerts = async () =>
    (await call<Page<AlertDto>>(county, 'GET', `/alerts?incidentId=${incident.id}`)).body.items;

  it('hands the alert of a mission over by itself', async () => {
    const sent = await call<MissionDto>(county, 'POST', `/incidents/${incident.id}/missions`, {
      assignments: [{ teamUnitId: await world.id('team_unit', `${TEAM}-A`) }],
      supplies: [
        { warehouseId: await world.id('warehouse', 'WH-331000-1'), itemId: await world.id('item', 'BD03'), units: 3 },
      ],
    });
    expect(sent.status).toBe(201);
    mission = sent.body;
    await until(() => world.outbox().length === 2);
    await until(async () => (await alerts())[0]!.deliveries.every((each) => each.stage !== 'planned'));
  });

  it('climbs by itself when nobody answers, and cancels goods that nobody approved', async () => {
    world.app.clock.forward(ANSWER_S * 1000);
    await until(async () => (await alerts())[0]!.step === 2);
    await until(() => world.outbox().length === 4);
    world.app.clock.forward(12 * 3_600_000);
    county = await world.app.as('duty.331082');
    const order = () => call<SupplyOrderDto>(county, 'GET', `/supply-orders/${mission.supplyOrders[0]!.id}`);
    await until(async () => (await order()).body.status === 'cancelled');
  });

  it('lists work by state and page', async () => {
    const list = (query: string) =>
      call<Page<AssignmentDto>>(county, 'GET', `/assignments?incidentId=${incident.id}${query}`);
    expect((await list('')).body.items.map((row) => row.missionId)).toEqual([mission.id]);
    expect((await list('&status=closed,withdrawn')).body).toEqual({ items: [], nextCursor: null });
    const orders = await call<Page<SupplyOrderDto>>(county, 'GET', `/supply-orders?status=cancelled&limit=1`);
    expect(orders.body.items).toMatchObject([{ reason: 'expired' }]);
    const missions = await call<Page<MissionDto>>(county, 'GET', `/incidents/${incident.id}/missions?limit=1`);
    expect(missions.body).toMatchObject({ items: [{ id: mission.id }], nextCursor: null });
    expect((await call(county, 'GET', '/alerts?open=true&mine=true')).status).toBe(200);
    expect((await call(county, 'GET', `/incidents/${incident.id}/alert-funnel`)).body).toMatchObject({
      incidentId: incident.id,
    });
  });

  it.each([
    ['POST', '/incidents/{incident}/missions', {}, 400, 'request.invalid'],
    [
      'POST',
      '/incidents/{mission}/missions',
      { assignments: [{ teamUnitId: '01980000-0000-7000-8000-000000000001' }] },
      404,
      'incident.not-found',
    ],
    ['POST', '/assignments/{assignment}/fly', {}, 400, 'request.invalid'],
    ['POST', '/assignments/{mission}/accept', {}, 404, 'assignment.not-found'],
    ['POST', '/assignments/{assignment}/withdraw', {}, 400, 'request.invalid'],
    ['POST', '/supply-orders/{order}/cancel', {}, 400, 'request.invalid'],
    ['POST', '/supply-orders/{order}/approve', {}, 403, 'access.denied'],
    ['POST', '/supply-orders/{mission}/close', {}, 404, 'supply-order.not-found'],
    ['GET', '/incidents/{mission}/alert-funnel', undefined, 404, 'incident.not-found'],
    ['GET', '/assignments?cursor=nonsense', undefined, 400, 'request.invalid'],
  ] as const)('%s %s %j answers %i %s', async (method, path, body, status, code) => {
    const ids = {
      incident: incident.id, mission: mission.id, assignment: mission.assignments[0]!.id, order: mission.supplyOrders[0]!.id,
    }; // prettier-ignore
    const filled = path.replace(/\{(\w+)\}/, (_, name: string) => ids[name as keyof typeof ids]);
    const answer = await call<{ code: string; title: string }>(county, method, filled, body);
    expect(answer).toMatchObject({ status, body: { code } });
    expect(answer.body.title).not.toBe(code);
  });
});
