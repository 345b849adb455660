import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessService, AccountsService } from '../../src/access/index.js';
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

  /** Somebody of Linhai with a role, made by the province. */
  const person = async (account: string, role: 'auditor' | 'dutyOfficer' = 'dutyOfficer') => {
    const admin = await app.as('admin.330000');
    const [county] = await app.query<{ id: string }>(`select id from society where adcode = '331082'`);
    const access = app.get(AccessService);
    const { id } = await access.createUser(admin, {
      account,
      name: '示范',
      societyId: county!.id,
      password: DEMO_PASSWORD,
    });
    await access.grantRole(admin, id, { role, societyId: county!.id });
    return { id, societyId: county!.id, admin };
  };

  it('takes a role away at once, and only one that is held', async () => {
    const { id, societyId, admin } = await person('leaver.331082');
    const accounts = app.get(AccountsService);
    expect((await app.as('leaver.331082')).grants).toHaveLength(1);
    const after = await accounts.revokeRole(admin, id, { role: 'dutyOfficer', societyId });
    expect(after).toMatchObject({ roles: [], version: 2 });
    expect(await accounts.user(admin, id)).toEqual(after);
    await expect(accounts.user(await app.as('admin.330000'), societyId)).rejects.toMatchObject({ code: 'user.not-found', status: 404 }); // prettier-ignore
    expect((await app.as('leaver.331082')).grants).toEqual([]);
    const again = accounts.revokeRole(admin, id, { role: 'dutyOfficer', societyId });
    await expect(again).rejects.toMatchObject({ code: 'role.not-found', status: 404 });
    const officer = await app.as('duty.330100');
    await expect(accounts.revokeRole(officer, id, { role: 'dutyOfficer', societyId })).rejects.toMatchObject({ code: 'user.not-found' }); // prettier-ignore
  });

  it('ends the other sessions of whoever changes the password, and asks for the present one', async () => {
    const { id } = await person('changer.331082');
    const accounts = app.get(AccountsService);
    const [here, elsewhere] = [await app.as('changer.331082'), await app.as('changer.331082')];
    const wrong = accounts.changePassword(here, { current: 'not this one', next: 'another word' });
    await expect(wrong).rejects.toMatchObject({ code: 'password.wrong', status: 422 });
    await accounts.changePassword(here, { current: DEMO_PASSWORD, next: 'another word' });
    const access = app.get(AccessService);
    expect(await access.actorOf(here.token)).toBeDefined();
    expect(await access.actorOf(elsewhere.token)).toBeUndefined();
    await expect(app.as('changer.331082')).rejects.toMatchObject({ code: 'auth.failed' });
    await access.signIn({ account: 'changer.331082', password: 'another word' }, from);
    const told = await app.query<{ body: string }>(`select body::text as body from journal where subject_id = $1`, [
      id,
    ]);
    expect(told.filter(({ body }) => /argon2|another word/.test(body))).toEqual([]);
  });

  it('shuts a person out at once and lets the person in again, by another administrator than oneself', async () => {
    const { id, admin } = await person('away.331082');
    const accounts = app.get(AccountsService);
    const desk = await TestConsole.open(app, 'away.331082');
    const gone = new Promise((resolve) => desk.socket.once('disconnect', resolve));
    await accounts.disable(admin, id);
    await gone;
    expect(await app.get(AccessService).actorOf(desk.actor.token)).toBeUndefined();
    await expect(app.as('away.331082')).rejects.toMatchObject({ code: 'auth.failed' });
    await accounts.enable(admin, id);
    await accounts.resetPassword(admin, id, 'given by the admin');
    await app.get(AccessService).signIn({ account: 'away.331082', password: 'given by the admin' }, from);
    const oneself = [
      () => accounts.disable(admin, admin.userId),
      () => accounts.resetPassword(admin, admin.userId, 'long enough too'),
      () =>
        app
          .get(AccessService)
          .grantRole(admin, admin.userId, { role: 'auditor', societyId: admin.grants[0]!.societyId }),
    ];
    for (const act of oneself) await expect(act()).rejects.toMatchObject({ code: 'duty.separation' });
  });
});
