import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { MissionDto } from '../../src/dispatch/dispatch.dto.js';
import { dispatchMission } from '../../src/dispatch/dispatch.dto.js';
import { promisedForIncident } from '../../src/dispatch/index.js';
import type { IncidentDto } from '../../src/incidents/index.js';
import { expectConsoleAgrees } from '../support/console.js';
import { type Desk, MissionWorld } from './mission-world.js';

const STORE = 'WH-331082-1';
const COUNTIES = ['331002', '331003', '331004', '331022', '331023', '331024', '331081', '331082', '331083'];

describe('who gets what', () => {
  let world: MissionWorld;
  let province: Desk;
  let county: Desk;
  let incident: IncidentDto;
  beforeAll(async () => {
    world = await MissionWorld.open();
    province = await world.app.as('duty.330000');
    county = await world.app.as('duty.331082');
    incident = await world.verified(county);
  }, 120_000);
  afterAll(() => world?.close());
  afterEach(async () => expect(await world.faults()).toEqual([]));

  const outcomes = async (tries: Promise<unknown>[]) => {
    const results = await Promise.allSettled(tries);
    const refusals = results.flatMap((each) =>
      each.status === 'rejected' ? [(each.reason as { code: string }).code] : [],
    );
    return { won: results.length - refusals.length, refusals };
  };
  const count = async (table: string) =>
    (await world.app.query<{ n: number }>(`select count(*) as n from ${table}`))[0]!.n;

  it('lets exactly one of twenty officers at ten incidents send the last unit (D1)', async () => {
    const desks = await Promise.all([...COUNTIES, '331000'].map((adcode) => world.app.as(`duty.${adcode}`)));
    const incidents = await Promise.all(desks.map((desk) => world.verified(desk, { placeText: '台州' })));
    const tries = [0, 1].flatMap(() =>
      desks.map((desk, n) => world.send(desk, incidents[n]!.id, { units: ['T-331000-RL-1-A'] })),
    );
    const { won, refusals } = await outcomes(tries);
    expect(won).toBe(1);
    expect(refusals).toEqual(Array<string>(19).fill('team.not-available'));
  }, 120_000);

  it('gives forty askers of one unit each exactly the ten that are left (S2)', async () => {
    const left = await world.available(STORE, 'BD03');
    await world.send(county, incident.id, { goods: [[STORE, 'BD03', left - 10]] });
    const tries = Array.from({ length: 40 }, () => world.send(county, incident.id, { goods: [[STORE, 'BD03', 1]] }));
    const { won, refusals } = await outcomes(tries);
    expect(won).toBe(10);
    expect(new Set(refusals)).toEqual(new Set(['stock.insufficient']));
    expect(await world.available(STORE, 'BD03')).toBe(0);
  }, 120_000);

  it('leaves nothing of a mission whose last line lacks goods, not even a gap in the numbers', async () => {
    const tables = ['mission', 'assignment', 'supply_order', 'alert', 'alert_delivery', 'reservation', 'journal'];
    const before = await Promise.all(tables.map(count));
    const good = { units: ['T-331082-SR-1-A'], goods: [['WH-331000-1', 'BD03', 1] as [string, string, number]] };
    const bad = { ...good, goods: [...good.goods, [STORE, 'BD03', 1] as [string, string, number]] };
    await expect(world.send(county, incident.id, bad)).rejects.toMatchObject({
      code: 'stock.insufficient',
      status: 422,
    });
    const failing = dispatchMission.parse({
      assignments: [{ teamUnitId: await world.id('team_unit', good.units[0]!) }],
    });
    const within = () => Promise.reject(new Error('the suggestion changed'));
    await expect(world.dispatch.dispatchMission(county, incident.id, failing, { within })).rejects.toThrow(
      'the suggestion changed',
    );
    expect(await Promise.all(tables.map(count))).toEqual(before);
    const numbers: number[] = [];
    for (let n = 0; n < 2; n++) {
      const { number } = await world.send(county, incident.id, { goods: good.goods });
      numbers.push(Number(number.split('-').at(-1)));
      await world.send(county, incident.id, bad).catch(() => undefined);
    }
    expect(numbers[1]! - numbers[0]!).toBe(1);
  });

  it('answers a repeated command with the first mission and sends nobody twice', async () => {
    const command = { key: 'press-twice', fingerprint: Buffer.from('same') };
    const ask = () => world.send({ ...county, command }, incident.id, { units: ['T-331082-SR-1-A'] });
    const [first, second] = (await Promise.all([ask(), ask()])) as [MissionDto, MissionDto];
    expect(second).toEqual(first);
    await world.assignments.takeStep(county, first.assignments[0]!.id, 'withdraw', { reason: '测试' });
  });

  it('lets an officer use his own society, what is held right above it, and nothing beside it', async () => {
    const send = (units: string[], goods: [string, string, number][] = []) =>
      world.send(county, incident.id, { units, goods });
    await expect(send(['T-331081-WR-1-A'])).rejects.toMatchObject({ code: 'team-unit.not-found' });
    await expect(send([], [['WH-331081-1', 'BD03', 1]])).rejects.toMatchObject({ code: 'warehouse.not-found' });
    await expect(send([], [['WH-330100-1', 'BD03', 1]])).rejects.toMatchObject({ code: 'warehouse.not-found' });
    const lent = await send([], [['WH-331000-1', 'BD03', 1], ['WH-330000-1', 'BD03', 1]]); // prettier-ignore
    expect(lent.supplyOrders.map((order) => order.status)).toEqual(['reserved', 'reserved']);
    const city = await world.app.as('duty.331000');
    const taken = await world.send(city, incident.id, { units: ['T-331081-WR-1-A'] });
    expect(taken.assignments[0]).toMatchObject({ status: 'alerted' });
    const stranger = await world.app.as('duty.330100');
    await expect(world.send(stranger, incident.id, { units: ['T-330100-MD-1-A'] })).rejects.toMatchObject({
      code: 'incident.not-found',
    });
    const keeper = await world.app.as(`keeper.${STORE}`);
    await expect(world.send(keeper, incident.id, { goods: [[STORE, 'BD03', 1]] })).rejects.toMatchObject({
      code: 'access.denied',
    });
  });

  it('lets the owner of a team call it back, for the good of his own county', async () => {
    const [unit] = await world.app.query<{ id: string }>(
      `select a.id from assignment a where a.unit_code = 'T-331081-WR-1-A' and a.active`,
    );
    const owner = await world.app.as('duty.331081');
    const withdraw = { reason: '本地告急' };
    const watchers = ['duty.331081', 'duty.331082', 'duty.330000', 'leader.T-331081-WR-1'];
    const done = await expectConsoleAgrees(world.app, watchers, () =>
      world.assignments.takeStep(owner, unit!.id, 'withdraw', withdraw),
    );
    expect(done).toMatchObject({ status: 'withdrawn', reason: '本地告急' });
  });

  it('warns when one commander leads more teams than he can; units of one team count as one', async () => {
    const city = await world.app.as('duty.331000');
    const fresh = await world.verified(city);
    const more = { overrideReason: '汛情紧急' };
    const teams = ['331000-PS', '331002-MD', '331022-RL', '331023-SR', '331024-SR', '331081-WR', '331083-WR'];
    const units = [...teams.map((team) => `T-${team}-1-A`), 'T-331023-SR-1-B'];
    expect((await world.send(city, fresh.id, { units, more })).hints).toEqual([]);
    const goods: [string, string, number][] = [['WH-331000-1', 'BD03', 2]];
    const eighth = await world.send(city, fresh.id, { units: ['T-331082-SR-1-A'], goods, more });
    expect(eighth.hints).toEqual([{ code: 'span-of-control', params: { teams: 8, limit: 7 } }]);
    const promised = await world.app.read((tx) => promisedForIncident(tx, fresh.id));
    expect(promised.capabilities).toHaveLength(9);
    expect(promised.items).toEqual([{ itemId: await world.id('item', 'BD03'), units: 2 }]);
    await expect(world.endings.dismiss(city, fresh.id, { version: 1, reason: '误报' })).rejects.toMatchObject({
      code: 'incident.still-open',
      params: { assignments: 9, supplyOrders: 1 },
    });
  });

  it('merges and dismisses what has nothing out, and stands its alerts down', async () => {
    const [one, other] = [await world.verified(county), await world.verified(county)];
    const merged = await expectConsoleAgrees(world.app, ['duty.331082', 'duty.331000'], () =>
      world.endings.merge(county, one.id, { version: one.version, intoId: other.id }),
    );
    expect(merged).toMatchObject({ status: 'merged', mergedIntoId: other.id });
    const target = await world.incidents.incident(county, other.id);
    await expect(world.endings.dismiss(province, target.id, { version: target.version })).rejects.toMatchObject({
      status: 422,
    });
    const dismissed = await world.endings.dismiss(province, target.id, { version: target.version, reason: '误报' });
    expect(dismissed).toMatchObject({ status: 'dismissed' });
  });
});
