import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessService } from '../../src/access/index.js';
import { startApp, type TestApp } from '../support/app.js';
import { TestConsole } from '../support/console.js';
import { DEMO_PASSWORD } from '../support/database.js';

describe('access', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp()), 120_000);
  afterAll(() => app?.close());
  const from = { ip: '127.0.0.1', userAgent: 'test' };

  it('signs an officer in with the roles of the society', async () => {
    const session = await app.get(AccessService).signIn({ account: 'duty.331000', password: DEMO_PASSWORD }, from);
    expect(session.actor.grants.map((grant) => [grant.role, grant.societyAdcode])).toEqual([['dutyOfficer', '331000']]);
  });

  it('locks an account after five wrong passwords and says for how long', async () => {
    const access = app.get(AccessService);
    for (let n = 0; n < 5; n++) {
      await expect(access.signIn({ account: 'duty.330922', password: 'wrong' }, from)).rejects.toMatchObject({
        code: 'auth.failed',
      });
    }
    const locked = access.signIn({ account: 'duty.330922', password: DEMO_PASSWORD }, from);
    await expect(locked).rejects.toMatchObject({ code: 'auth.locked', params: { minutes: 15 } });
    app.clock.forward(15 * 60_000 + 1);
    await expect(access.signIn({ account: 'duty.330922', password: DEMO_PASSWORD }, from)).resolves.toBeDefined();
  });

  it('answers five of forty guesses made at once, and not the right one after them', async () => {
    const access = app.get(AccessService);
    const guess = (password: string) =>
      access.signIn({ account: 'duty.330921', password }, from).then(
        () => 'in',
        (error: { code: string }) => error.code,
      );
    const wrong = Array.from({ length: 39 }, (_, n) => guess(`wrong ${n}`));
    const answers = await Promise.all([...wrong, guess(DEMO_PASSWORD)]);
    expect(answers.filter((answer) => answer === 'auth.failed').length).toBeLessThanOrEqual(5);
    expect(answers.filter((answer) => answer === 'auth.locked').length).toBeGreaterThanOrEqual(34);
  });

  it('ends a session once, and its console with it', async () => {
    const desk = await TestConsole.open(app, 'duty.330900');
    const gone = new Promise((resolve) => desk.socket.once('disconnect', resolve));
    await app.get(AccessService).signOut(desk.actor);
    await gone;
    expect(await app.get(AccessService).actorOf(desk.actor.token)).toBeUndefined();
  });

  it('lets an administrator grant a role only where it is held, and answers a repeated command once', async () => {
    const access = app.get(AccessService);
    const admin = await app.as('admin.330000');
    const [county] = await app.query<{ id: string }>(`select id from society where adcode = '331082'`);
    const command = { key: 'k1', fingerprint: Buffer.from('a') };
    const input = { account: 'new.person', name: '示范', societyId: county!.id, password: 'long enough' };
    const first = await access.createUser({ ...admin, command }, input);
    expect(await access.createUser({ ...admin, command }, input)).toEqual(first);
    const other = access.createUser({ ...admin, command: { ...command, fingerprint: Buffer.from('b') } }, input);
    await expect(other).rejects.toMatchObject({ code: 'idempotency.mismatch' });
    await expect(access.createUser(admin, input)).rejects.toMatchObject({ code: 'account.exists' });
    const granted = await access.grantRole(admin, first.id, { role: 'keeper', societyId: county!.id });
    expect(granted.roles).toHaveLength(1);
    const officer = await app.as('duty.331000');
    await expect(access.createUser(officer, { ...input, account: 'other.person' })).rejects.toMatchObject({
      code: 'access.denied',
    });
  });

  it('lets a county administrator give roles to the people, teams and warehouses of the county, and to no others', async () => {
    const access = app.get(AccessService);
    const province = await app.as('admin.330000');
    const idOf = async (table: string, column: string, value: string) =>
      (await app.query<{ id: string }>(`select id from ${table} where ${column} = $1`, [value]))[0]!.id;
    const county = await idOf('society', 'adcode', '331082');
    const password = DEMO_PASSWORD;
    const boss = { account: 'boss.331082', name: '示范', societyId: county, password };
    await access.grantRole(province, (await access.createUser(province, boss)).id, {
      role: 'administrator',
      societyId: county,
    });
    const admin = await app.as('boss.331082');
    const { id } = await access.createUser(admin, { ...boss, account: 'person.331082' });

    const [foreign] = await app.query<{ team: string; warehouse: string }>(
      `select (select t.id from team t join society s on s.id = t.society_id where s.adcode = '330106' limit 1) as team,
         (select w.id from warehouse w join society s on s.id = w.society_id where s.adcode = '330000' limit 1) as warehouse`,
    );
    const leads = (teamId: string) => access.grantRole(admin, id, { role: 'teamLeader', societyId: county, teamId });
    const keeps = (warehouseId: string) =>
      access.grantRole(admin, id, { role: 'keeper', societyId: county, warehouseId });
    await expect(leads(foreign!.team)).rejects.toMatchObject({ code: 'team.not-found' });
    await expect(keeps(foreign!.warehouse)).rejects.toMatchObject({ code: 'warehouse.not-found' });
    const above = access.grantRole(admin, id, {
      role: 'auditor',
      societyId: await idOf('society', 'adcode', '331000'),
    });
    await expect(above).rejects.toMatchObject({ code: 'access.denied' });
    const stranger = await idOf('app_user', 'account', 'duty.330000');
    const other = access.grantRole(admin, stranger, { role: 'auditor', societyId: county });
    await expect(other).rejects.toMatchObject({ code: 'user.not-found' });
    expect((await app.as('person.331082')).grants).toEqual([]);

    await leads(await idOf('team', 'code', 'T-331082-WR-1'));
    await keeps(await idOf('warehouse', 'code', 'WH-331082-1'));
    expect((await app.as('person.331082')).grants).toHaveLength(2);
  });
});
