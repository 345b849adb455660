import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemActor } from '../../src/access/index.js';
import { inTransaction, type Tx } from '../../src/database/index.js';
import {
  bookUnit, DutyService, freeUnit, lockUnits, noteBooking, RosterService, unitRows, unitsForPlanning,
} from '../../src/rescue-teams/index.js'; // prettier-ignore
import { reportPosition, teamsQuery } from '../../src/rescue-teams/rescue-teams.dto.js';
import { startApp, type TestApp } from '../support/app.js';
import { expectConsoleAgrees, TestConsole } from '../support/console.js';

type Desk = Awaited<ReturnType<TestApp['as']>>;
type Four = [Desk, Desk, Desk, Desk];
const DESKS = ['duty.330000', 'duty.331000', 'duty.331082', 'leader.T-331082-WR-1'];
const actor = systemActor('test');

describe('rescue teams on duty', () => {
  let app: TestApp;
  let roster: RosterService;
  let duty: DutyService;
  let province: Desk;
  let county: Desk;
  let leader: Desk;
  let water: { id: string; units: string[] };
  beforeAll(async () => {
    app = await startApp({ SESSION_HOURS: '720' });
    [roster, duty] = [app.get(RosterService), app.get(DutyService)];
    [province, , county, leader] = (await Promise.all(DESKS.map((desk) => app.as(desk)))) as Four;
    water = await teamOf('T-331082-WR-1');
  }, 120_000);
  afterAll(() => app?.close());

  const agreeing = <T>(command: () => Promise<T>) => expectConsoleAgrees(app, DESKS, command);
  const within = <T>(body: (tx: Tx) => Promise<T>) => inTransaction(app.db, body);
  const teamOf = async (code: string) => {
    const rows = await app.query<{ team: string; unit: string }>(
      `select t.id as team, u.id as unit from team t join team_unit u on u.team_id = t.id where t.code = $1 order by u.code`, [code]); // prettier-ignore
    return { id: rows[0]!.team, units: rows.map((row) => row.unit) };
  };
  const societyId = async (adcode: string) =>
    (await app.query<{ id: string }>(`select id from society where adcode = $1`, [adcode]))[0]!.id;
  const unit = async (id: string) => (await within((tx) => lockUnits(tx, [id], app.clock.now())))[0]!;
  const shown = async (id: string) =>
    (await app.read((tx) => unitRows(tx, province.keys))).find((row) => row.id === id)!;
  const booking = (assignmentId = randomUUID()) => ({
    assignmentId,
    incidentId: randomUUID(),
    status: 'reserved',
    since: app.clock.now().toISOString(),
  });

  it('says when no unit of a team can go', async () => {
    const resting = await agreeing(() => duty.standDown(leader, water.id, { reason: '轮休' }));
    expect(resting.units.map((row) => row.state)).toEqual(resting.units.map(() => 'stood-down'));
    const { items } = await roster.teams(
      county,
      teamsQuery.parse({ speciality: 'water', available: 'true', societyId: await societyId('331082') }),
    );
    expect(items.map((team) => team.id)).not.toContain(water.id);
    const readiness = await roster.readiness(county, water.id);
    expect([readiness.state, readiness.reasons.map(({ code }) => code)]).toEqual([
      'not-ready',
      expect.arrayContaining(['unit-stood-down', 'no-unit-ready']),
    ]);
    const version = resting.units[0]!.version;
    const back = await agreeing(() => duty.standBy(leader, water.id, {}));
    expect(back.units[0]).toMatchObject({ state: 'available', version: version + 1 });
    expect((await duty.standBy(leader, water.id, {})).units[0]!.version).toBe(version + 1);
    expect((await roster.readiness(county, water.id)).state).not.toBe('not-ready');
  });

  it('lets a unit be booked once, keeps it on duty, and frees it only from its own assignment', async () => {
    const [id] = water.units as [string];
    const held = booking();
    await agreeing(() => within((tx) => bookUnit(tx, id, { booking: held, actor })));
    expect(await shown(id)).toMatchObject({ state: 'booked', booking: held, stateSince: held.since });
    const busy = {
      code: 'team.not-available',
      status: 409,
      params: { unit: 'T-331082-WR-1-A', incidentId: held.incidentId },
    };
    await expect(within((tx) => bookUnit(tx, id, { booking: booking(), actor }))).rejects.toMatchObject(busy);
    await expect(duty.standDown(county, water.id, {})).rejects.toMatchObject({
      code: 'team-unit.step-not-allowed',
      status: 409,
    });
    const since = new Date(app.clock.now().getTime() + 1000);
    await agreeing(() => within((tx) => noteBooking(tx, id, { status: 'departed', since, actor })));
    expect((await shown(id)).booking).toEqual({ ...held, status: 'departed', since: since.toISOString() });
    expect(await unit(id)).toMatchObject({
      bookingAssignmentId: held.assignmentId,
      bookingIncidentId: held.incidentId,
      ready: true,
    });
    const free = (assignmentId: string) =>
      within((tx) => freeUnit(tx, id, { assignmentId, actor, now: app.clock.now() }));
    await expect(free(randomUUID())).rejects.toThrow('D1');
    await agreeing(() => free(held.assignmentId));
    expect(await shown(id)).toMatchObject({ state: 'available', booking: null });
    await expect(within((tx) => noteBooking(tx, id, { status: 'departed', since, actor }))).rejects.toThrow('D1');
    await expect(within((tx) => bookUnit(tx, randomUUID(), { booking: booking(), actor }))).rejects.toMatchObject({
      code: 'team-unit.not-found',
    });
  });

  it('lets one of 20 dispatchers book the last unit (D1)', async () => {
    const id = water.units[1]!;
    const asked = Array.from({ length: 20 }, () => booking());
    const outcome = await agreeing(() =>
      Promise.allSettled(asked.map((one) => within((tx) => bookUnit(tx, id, { booking: one, actor })))),
    );
    const winners = asked.filter((_, n) => outcome[n]!.status === 'fulfilled');
    expect(winners).toHaveLength(1);
    const refusals = outcome.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    for (const refusal of refusals)
      expect(refusal).toMatchObject({ code: 'team.not-available', params: { incidentId: winners[0]!.incidentId } });
    expect((await shown(id)).booking).toEqual(winners[0]);
    await within((tx) => freeUnit(tx, id, { assignmentId: winners[0]!.assignmentId, actor, now: app.clock.now() }));
  });

  it('follows a unit by its newest position, whatever arrives late', async () => {
    const [id] = water.units as [string];
    const at = (minutes: number) => new Date(app.clock.now().getTime() + minutes * 60_000).toISOString();
    const report = (minutes: number, lon: number, datum = 'WGS84') =>
      duty.reportPosition(
        leader,
        id,
        reportPosition.parse({ location: { lon, lat: 28.9, datum }, occurredAt: at(minutes) }),
      );
    const moved = await agreeing(() => report(-10, 121.2));
    expect(moved).toMatchObject({ position: { lon: 121.2, lat: 28.9 }, positionAt: at(-10) });
    expect(await agreeing(() => report(-20, 121.5))).toEqual(moved);
    const converted = await report(-5, 121.2, 'GCJ02');
    expect(converted.position.lon).toBeLessThan(121.197);
    await expect(report(10, 121.5)).rejects.toMatchObject({ code: 'request.invalid' });
    const stranger = (await teamOf('T-331081-WR-1')).units[0]!;
    await expect(
      duty.reportPosition(leader, stranger, { location: { lon: 1, lat: 1, datum: 'WGS84' } }),
    ).rejects.toMatchObject({ code: 'team-unit.not-found' });
  });

  it('locks many units at once with their people, and plans over the paths that it is given', async () => {
    const ids = [...water.units, (await teamOf('T-330681-WR-1')).units[0]!];
    const units = await within((tx) => lockUnits(tx, [...ids, randomUUID()], app.clock.now()));
    expect(units.map((row) => row.id)).toEqual([...ids].sort());
    expect(units[0]).toMatchObject({
      ready: true,
      leader: { phone: expect.any(String) },
      deputy: { name: expect.any(String) },
    });
    const planned = await app.read((tx) =>
      unitsForPlanning(tx, {
        lon: 121.14,
        lat: 28.862,
        now: app.clock.now(),
        paths: ['/330000/331000/', '/330000/330600/330681/'],
      }),
    );
    expect(new Set(planned.map((row) => row.societyPath.split('/')[2]))).toEqual(new Set(['331000', '330600']));
    expect(planned.map((row) => row.distanceM)).toEqual(planned.map((row) => row.distanceM).sort((a, b) => a - b));
    const zhuji = planned.find((row) => row.code === 'T-330681-WR-1-A')!;
    expect(zhuji.distanceM / 1000).toBeGreaterThan(120);
    expect(zhuji.distanceM / 1000).toBeLessThan(136);
  });

  it("turns the day once: papers that ended overnight reach the consoles without anybody's doing", async () => {
    const before = await app.read((tx) => unitRows(tx, province.keys));
    await duty.turnDay();
    expect(await app.read((tx) => unitRows(tx, province.keys))).toEqual(before);
    app.clock.forward(60 * 86_400_000);
    // Opened on the new day, as a session does not live for sixty.
    const desk = await TestConsole.open(app, 'duty.330000');
    await duty.turnDay();
    await duty.turnDay();
    await desk.agrees();
    const after = await app.read((tx) => unitRows(tx, province.keys));
    const changed = after.filter((row) => row.version > before.find((was) => was.id === row.id)!.version);
    expect(changed.length).toBeGreaterThan(50);
    expect(desk.changes.map((change) => change.kind)).toEqual(changed.map(() => 'team.readiness-changed'));
    const expired = (rows: typeof after) =>
      rows.flatMap((row) => row.reasons).filter(({ code }) => code === 'credential-expired').length;
    expect(expired(after)).toBeGreaterThan(expired(before));
    desk.close();
  });

  it("answers over HTTP with the contract's paths and codes", async () => {
    const call = async (desk: Desk, method: string, path: string, body?: object) => {
      const response = await fetch(`${app.url}/api/v1${path}`, {
        method, headers: { authorization: `Bearer ${desk.token}`, 'content-type': 'application/json' }, ...(body ? { body: JSON.stringify(body) } : {}),
      }); // prettier-ignore
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    };
    const fresh = await app.as('duty.331082');
    for (const path of ['', '/units', '/members', '/equipment', '/readiness'])
      expect((await call(fresh, 'GET', `/teams/${water.id}${path}`)).status).toBe(200);
    expect((await call(fresh, 'GET', '/teams?near=121,28&speciality=water&available=true&limit=2')).status).toBe(200);
    expect(await call(fresh, 'GET', '/teams?near=999,28')).toMatchObject({
      status: 400,
      body: { code: 'request.invalid' },
    });
    expect((await call(fresh, 'POST', `/teams/${water.id}/stand-by`, {})).status).toBe(200);
    expect(
      (
        await call(fresh, 'POST', `/teams/${water.id}/units`, {
          code: 'T-331082-WR-1-Z',
          name: '分队',
          capabilities: ['water'],
          headcount: 2,
        })
      ).status,
    ).toBe(201);
    const [id] = water.units;
    expect((await call(fresh, 'POST', `/team-units/${id}/position`, { location: { lon: 121, lat: 28 } })).status).toBe(
      200,
    );
    const own = randomUUID();
    const person = { id: own, name: '示范', phone: '13900002222' };
    const first = await call(fresh, 'POST', `/teams/${water.id}/members`, person);
    expect([first.status, (await call(fresh, 'POST', `/teams/${water.id}/members`, person)).body]).toEqual([
      201,
      first.body,
    ]);
    const keeper = await app.as('auditor.330000');
    expect(await call(keeper, 'POST', `/teams/${water.id}/stand-by`, {})).toMatchObject({
      status: 403,
      body: { code: 'access.denied' },
    });
  });
});
