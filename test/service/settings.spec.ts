import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessService } from '../../src/access/index.js';
import type { ClockKey } from '../../src/settings/settings.dto.js';
import { ClocksService } from '../../src/settings/index.js';
import { startApp, type TestApp } from '../support/app.js';
import { expectConsoleAgrees, TestConsole } from '../support/console.js';

const refused = (code: string) => expect.objectContaining({ code });
const KEY: ClockKey = 'unassigned-I';

describe('the limits of the clocks of a society (C-07)', () => {
  let app: TestApp;
  let clocks: ClocksService;
  type Desk = Awaited<ReturnType<TestApp['as']>>;
  let admin: Desk, cityLead: Desk, officer: Desk;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    app = await startApp();
    clocks = app.get(ClocksService);
    const rows = await app.query<{ id: string; adcode: string }>(`select id, adcode from society`);
    for (const { id, adcode } of rows) ids[adcode] = id;
    [admin, officer] = [await app.as('admin.330000'), await app.as('duty.331082')];
    const access = app.get(AccessService);
    const user = await access.createUser(admin, { account: 'lead.331000', name: '示范班长', societyId: ids['331000']!, password: 'chiyuan-demo' }); // prettier-ignore
    await access.grantRole(admin, user.id, { role: 'dutyLead', societyId: ids['331000']! });
    cityLead = await app.as('lead.331000');
  }, 120_000);
  afterAll(() => app?.close());

  const of = (adcode: string, key: ClockKey = KEY) => ({ societyId: ids[adcode]!, key });
  const inForce = async (adcode: string, key: ClockKey = KEY) => {
    const { items } = await clocks.clocks(officer, ids[adcode]!);
    const { valueS, fromSocietyId, own } = items.find((item) => item.key === key)!;
    return { valueS, from: fromSocietyId, version: own?.version ?? 0 };
  };

  it('are the usual ones at first, and inherited down the tree once somebody says something', async () => {
    expect(await inForce('331082')).toEqual({ valueS: 60, from: null, version: 0 });
    await clocks.setClock(admin, of('330000'), { valueS: 90, version: 0, reason: '全省统一' });
    expect(await inForce('331082')).toMatchObject({ valueS: 90, from: ids['330000'] });
    await clocks.setClock(cityLead, of('331000'), { valueS: 45, version: 0, reason: '台风季' });
    expect(await inForce('331082')).toMatchObject({ valueS: 45, from: ids['331000'] });
    await clocks.setClock(cityLead, of('331082'), { valueS: 40, version: 0, reason: '临海人手多' });
    expect(await inForce('331082')).toEqual({ valueS: 40, from: ids['331082'], version: 1 });
    await clocks.resetClock(cityLead, of('331082'), { version: 1, reason: '恢复' });
    expect(await inForce('331082')).toEqual({ valueS: 45, from: ids['331000'], version: 2 });
    await expect(clocks.resetClock(cityLead, of('331082'), { version: 2, reason: '再来' })).rejects.toEqual(refused('clock-limit.not-found')); // prettier-ignore
  });

  it('reach every console at once, also one that sees only what lies above it', async () => {
    const version = (await inForce('331000')).version;
    const told = await TestConsole.open(app, 'duty.331082');
    await expectConsoleAgrees(app, ['duty.331082', 'duty.330000', 'duty.330100', 'keeper.WH-331000-1'], () =>
      clocks.setClock(cityLead, of('331000'), { valueS: 50, version, reason: '再改' }),
    );
    const change = await told.nextChange('clock.limit-set');
    expect(change.data).toMatchObject({ key: KEY, valueS: 50, setBy: '示范班长', reason: '再改' });
    told.close();
  });

  it('cannot be switched off or set to what is absurd', async () => {
    const version = (await inForce('331000', 'check-in')).version;
    for (const valueS of [0, 599, 7201, 1_000_000])
      await expect(
        clocks.setClock(cityLead, of('331000', 'check-in'), { valueS, version, reason: '试' }),
      ).rejects.toEqual(refused('clock-limit.out-of-bounds'));
    await expect(
      app.query(`update clock_setting set value_s = 0 where society_id = $1`, [ids['331000']]),
    ).rejects.toThrow(/clock_setting/);
  });

  it('are set by one person at a time, for societies that are theirs', async () => {
    const { version } = await inForce('331000');
    const input = { valueS: 55, version, reason: '同时' };
    const both = await Promise.allSettled([
      clocks.setClock(cityLead, of('331000'), input),
      clocks.setClock(admin, of('331000'), input),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(clocks.setClock(cityLead, of('331000'), input)).rejects.toEqual(refused('clock-limit.stale'));
    await expect(clocks.setClock(cityLead, of('330000'), input)).rejects.toEqual(refused('access.denied'));
    await expect(clocks.setClock(cityLead, of('330100'), input)).rejects.toEqual(refused('society.not-found'));
    await expect(clocks.setClock(officer, of('331082'), input)).rejects.toEqual(refused('access.denied'));
    await expect(clocks.clocks(officer, ids['330100']!)).rejects.toEqual(refused('society.not-found'));
  });

  it('come by the door as the contract says', async () => {
    const ask = (method: string, path: string, body?: object) =>
      fetch(`${app.url}/api/v1/clock-settings${path}`, {
        method,
        headers: { authorization: `Bearer ${cityLead.token}`, 'content-type': 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
    const path = `/${ids['331000']}/unanswered-II`;
    expect((await ask('PUT', path, { valueS: 240, version: 0, reason: '试用' })).status).toBe(200);
    const problem = await ask('PUT', path, { valueS: 5, version: 1, reason: '试用' });
    expect(problem.status).toBe(422);
    expect(await problem.json()).toMatchObject({ code: 'clock-limit.out-of-bounds', errors: [{ pointer: '/valueS' }] });
    expect((await ask('PUT', path, { valueS: 240, version: 1, reason: '' })).status).toBe(400);
    expect((await ask('PUT', `/${ids['331000']}/lunch`, { valueS: 240, version: 0, reason: '试' })).status).toBe(400);
    const answer = await ask('GET', `?societyId=${ids['331082']}`);
    expect(await answer.json()).toMatchObject({ items: expect.arrayContaining([expect.objectContaining({ key: 'unanswered-II', valueS: 240 })]) }); // prettier-ignore
  });
});
