import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { io } from 'socket.io-client';
import { AccessService } from '../../src/access/index.js';
import { createApp } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { inTransaction } from '../../src/database/index.js';
import { DrillHost, DrillsService, DrillWorlds, InjectsService } from '../../src/drills/index.js';
import { IncidentsService } from '../../src/incidents/index.js';
import { reportIncident } from '../../src/incidents/incidents.dto.js';
import { DEMO_PASSWORD } from '../support/database.js';
import { Drill } from './drill-world.js';
import { type Desk, LINHAI, MissionWorld } from './mission-world.js';

const REPORT = { kind: 'flood', location: LINHAI, placeText: '临海古城', severity: 'III' };
/** Two reports and a request a quarter of an hour apart, and words that nobody can read as an answer. */
const SCRIPT = [
  { atMin: 0, call: { kind: 'report', by: '331082', key: 'first', incidentKind: 'flood', severity: 'II', title: '临海内涝', placeText: '临海古城', location: LINHAI } },
  { atMin: 1, call: { kind: 'situation-report', by: '331082', incidentKey: 'first', stage: 'first', figures: { affected: 1200 } } },
  { atMin: 1, call: { kind: 'needs', by: '331082', incidentKey: 'nobody-knows-it', items: [{ itemCode: 'FK01', units: 3, priority: 1 }] } },
  { atMin: 2, call: { kind: 'expected', words: '派出两支队伍' } },
  { atMin: 15, call: { kind: 'request', by: '331082', neededInMin: 600, place: '临海库', lines: [{ itemCode: 'FK01', units: 30 }] } },
  { atMin: 600, call: { kind: 'news', words: '台风登陆' } },
]; // prettier-ignore

describe('drills and reality, from outside', () => {
  let world: MissionWorld;
  let lead: Desk;
  let county: Desk;
  let one: Drill;
  let two: Drill;
  let player: Desk;
  beforeAll(async () => {
    world = await MissionWorld.open();
    [lead, county] = [await world.app.as('lead.330000'), await world.app.as('duty.331082')];
    one = await Drill.start(world.app, lead, { injects: SCRIPT, startsAt: '2026-08-01T00:00:00Z' });
    two = await Drill.start(world.app, lead);
    player = await one.player(county);
  }, 240_000);
  afterAll(() => world?.close());

  /** The address exactly as written, which `fetch` would tidy up first. */
  const call = (path: string, more: { method?: string; headers?: Record<string, string>; body?: object } = {}) =>
    new Promise<{ status: number; text: string }>((resolve, reject) => {
      const { hostname, port } = new URL(world.app.url);
      const headers = { 'content-type': 'application/json', ...more.headers };
      const asked = httpRequest({ hostname, port, path, method: more.method ?? 'GET', headers }, (response) => {
        let text = '';
        response.on('data', (part: Buffer) => (text += part.toString()));
        response.on('end', () => resolve({ status: response.statusCode!, text }));
      });
      asked.on('error', reject);
      asked.end(more.body && JSON.stringify(more.body));
    });
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const incidents = async (path: string, token: string) =>
    (JSON.parse((await call(`${path}/api/v1/incidents`, { headers: bearer(token) })).text) as { items: { title: string }[] }).items; // prettier-ignore

  it.each([
    ['a real session in a drill', () => ['/drill/1', county.token]],
    ['a session of a drill in reality', () => ['', player.token]],
    ['a session of one drill in another', () => ['/drill/2', player.token]],
  ])('refuses %s', async (_name, of) => {
    const [path, token] = of() as [string, string];
    const report = { method: 'POST', body: REPORT };
    expect((await call(`${path}/api/v1/incidents`, { ...report, headers: bearer(token) })).status).toBe(401);
    for (const name of ['chiyuan_session', 'chiyuan_session_drill_1', 'chiyuan_session_drill_2']) {
      const { status } = await call(`${path}/api/v1/incidents`, { ...report, headers: { cookie: `${name}=${token}` } });
      expect([name, status]).toEqual([name, 401]);
    }
    expect(await world.app.query(`select 1 from incident`)).toEqual([]);
    expect(await two.query(`select 1 from incident`)).toEqual([]);
  });

  it('opens by a real session only, never by a password', async () => {
    const body = { account: 'duty.331082', password: DEMO_PASSWORD };
    expect((await call('/drill/1/api/v1/sessions', { method: 'POST', body })).status).toBe(401);
    const path = `/api/v1/drills/${one.dto.id}/enter`;
    expect((await call(path, { method: 'POST', headers: bearer(player.token) })).status).toBe(401);
    const entered = await fetch(world.app.url + path, { method: 'POST', headers: bearer(county.token) });
    expect(entered.headers.get('set-cookie')).toMatch(
      /^chiyuan_session_drill_1=[\w-]+; Path=\/drill\/1; HttpOnly; SameSite=Lax$/,
    );
    player = { ...player, token: ((await entered.json()) as { token: string }).token };
  });

  it.each([
    '/drill/9/api/v1/me', '/drill/01/api/v1/me', '/drill/1e0/api/v1/me', '/DRILL/1/api/v1/me', '/drill/2/../1/api/v1/me', '/drill/1%2fapi/v1/me',
    '//drill/1/api/v1/me', '/drill/1/drill/2/api/v1/me', '/drill/1/../../api/v1/me', '/drill/1/api/v1/drills',
  ])('knows no way round: %s', async (path) => {
    for (const { token } of [county, player]) expect([401, 404]).toContain((await call(path, { headers: bearer(token) })).status);
  }); // prettier-ignore

  it('asks no database for an address of which no drill runs, and opens a world that failed only some seconds later', async () => {
    const sent: string[] = [];
    const { dataSource } = world.app.db;
    const make = dataSource.createQueryRunner.bind(dataSource);
    const host = world.app.get(DrillHost);
    dataSource.createQueryRunner = (...mode) => (sent.push('a connection'), make(...mode));
    const unknown = await host.worldOf(900).finally(() => (dataSource.createQueryRunner = make));
    expect([unknown, sent]).toEqual([undefined, []]);
    const lost = { number: 901, schema: 'drill_901', path: '/drill/901', listed: [], outbox: world.folder };
    const worlds = new DrillWorlds();
    let tries = 0;
    worlds.openBy(() => Promise.reject(new Error(`try ${++tries}`)));
    for (const _ of [1, 2]) await expect(worlds.open(lost)).rejects.toThrow('try 1');
  });

  it('takes what is done in one drill to no other and not to reality', async () => {
    const headers = bearer(player.token);
    const { status, text } = await call('/drill/1/api/v1/incidents', { method: 'POST', headers, body: { ...REPORT, title: '只在一号' } }); // prettier-ignore
    expect([status, (JSON.parse(text) as { exercise: boolean }).exercise]).toEqual([201, true]);
    const other = await two.player(county);
    expect(await incidents('/drill/1', player.token)).toHaveLength(1);
    expect(await incidents('/drill/2', other.token)).toEqual([]);
    expect(await incidents('', county.token)).toEqual([]);
  });

  it('tells a line of the live feed only what happens in its own world', async () => {
    const heard = { real: [] as string[], drill: [] as string[] };
    const lineOf = (path: string, token: string, to: string[]) =>
      new Promise<ReturnType<typeof io>>((resolve, reject) => {
        const socket = io(world.app.url, { path: `${path}/socket.io`, auth: { token }, transports: ['websocket'] });
        socket.on('live:ready', () => socket.emit('live:join', { after: 0 }, () => resolve(socket)));
        socket.on('live:change', (change: { kind: string; data: { title?: string } }) => to.push(`${change.kind} ${change.data.title ?? ''}`)); // prettier-ignore
        socket.on('live:refused', ({ code }: { code: string }) => reject(new Error(code)));
      });
    await expect(lineOf('', player.token, [])).rejects.toThrow('auth.required');
    await expect(lineOf('/drill/1', county.token, [])).rejects.toThrow('auth.required');
    const lines = [await lineOf('', county.token, heard.real), await lineOf('/drill/1', player.token, heard.drill)];
    const report = (title: string) => reportIncident.parse({ ...REPORT, title });
    await world.app.get(IncidentsService).reportIncident(county, report('真的'));
    await one.open.get(IncidentsService).reportIncident(player, report('演的'));
    while (!heard.real.some((what) => what.includes('真的')) || !heard.drill.some((what) => what.includes('演的'))) await new Promise((wake) => setTimeout(wake, 20)); // prettier-ignore
    lines.forEach((line) => line.close());
    expect(heard.real.filter((what) => what.includes('演的'))).toEqual([]);
    expect(heard.drill.filter((what) => what.includes('真的'))).toEqual([]);
  }, 20_000);

  it('plays its script by its own clock, each inject once, and tells what was refused', async () => {
    const drills = world.app.get(DrillsService);
    const play = () => one.open.get(InjectsService).playDue();
    expect((await drills.drill(lead, one.dto.id)).clock!.at).toMatch(/^2026-08-01T00:0/);
    await play();
    await drills.setSpeed(lead, one.dto.id, 60);
    while ((await drills.drill(lead, one.dto.id)).timeline[4]!.state === 'waiting') await play();
    const paused = await drills.setSpeed(lead, one.dto.id, 0);
    expect(await play()).toBe(0);
    expect(paused.timeline.map(({ state, refusal }) => [state, refusal])).toEqual([
      ['played', null], ['played', null], ['refused', 'incident.not-found'], ['played', null], ['played', null], ['waiting', null],
    ]); // prettier-ignore
    const later = await drills.drill(lead, one.dto.id);
    expect(later.clock).toEqual(paused.clock);
    expect(await one.query(`select figures ->> 'affected' as affected from incident where title = '临海内涝'`)).toEqual(
      [{ affected: '1200' }],
    );
    expect(await one.query(`select 1 from stock_request`)).toHaveLength(1);
    // What was expected was noted, and told to nobody.
    expect(paused.timeline.find(({ call }) => call.kind === 'expected')!.state).toBe('played');
    const told = await one.query<{ body: string }>(`select body from journal where subject = 'inject'`);
    expect(told).toHaveLength(4);
    expect(told.filter(({ body }) => body.includes('expected'))).toEqual([]);
    const [said] = await one.query<{ at: Date }>(`select max(received_at) as at from journal`);
    expect(said!.at.getTime()).toBeLessThanOrEqual(Date.parse(paused.clock!.at));
    expect(said!.at.getTime()).toBeGreaterThan(Date.parse('2026-08-01T00:15:00Z'));
    // Players see what has happened; what is to come and what is expected of them is for who runs drills.
    expect((await drills.drill(county, one.dto.id)).timeline).toHaveLength(3);
  }, 60_000);

  it.each([
    ['a minute ago is taken again', 61, 1],
    ['half a minute ago is left to who has it', 30, 0],
  ])(
    'measures by the day what a process took and never noted, while the clock of the drill stands: %s',
    async (_name, agoS, taken) => {
      const [lost] = await one.query<{ id: string }>(
        `select id from drill_inject where state = 'played' order by line limit 1`,
      );
      await one.query(`update drill_inject set state = 'playing', played_at = null, begun_at = pg_catalog.clock_timestamp() - make_interval(secs => $2) where id = $1`, [lost!.id, agoS]); // prettier-ignore
      expect(await one.open.get(InjectsService).playDue()).toBe(taken);
      await one.query(`update drill_inject set state = 'played', played_at = now() where id = $1`, [lost!.id]);
    },
  );

  it('lets nobody in longer than the real session lasts, also while the clock of the drill stands', async () => {
    const desk = await world.app.as('duty.331000');
    const { token } = await one.player(desk);
    const access = one.open.get(AccessService);
    const [kept] = await one.query<{ open: boolean }>(
      `select real_expires_at > pg_catalog.clock_timestamp() as open from session where id = $1`,
      [desk.sessionId],
    );
    expect(kept).toEqual({ open: true });
    await one.query(`update session set real_expires_at = pg_catalog.clock_timestamp() where id = $1`, [
      desk.sessionId,
    ]);
    expect(await access.actorOf(token)).toBeUndefined();
    await one.open.director.endOutlived();
    expect(await one.query(`select 1 from journal where kind = 'session.ended' and subject_id = $1`, [desk.sessionId])).toHaveLength(1); // prettier-ignore
  });

  it('goes on after a restart where it was, also in another process', async () => {
    const rows = await one.query(`select id, state from drill_inject order by line`);
    const { at } = (await world.app.get(DrillsService).drill(lead, one.dto.id)).clock!;
    await world.app.get(DrillWorlds).close(one.dto.number);
    const again = (await world.app.get(DrillHost).worldOf(one.dto.number))!;
    expect(await again.get(AccessService).actorOf(player.token)).toMatchObject({ account: 'duty.331082' });
    expect((await again.director.look()).clock).toEqual({ at, speed: 0 });
    const beside = await createApp(readConfig({ NODE_ENV: 'test', ROLE: 'web', DATABASE_URL: world.app.db.options.url, DATA_DIR: world.folder, LOG_LEVEL: 'silent', SEED_DEMO: '0' })); // prettier-ignore
    try {
      const there = (await beside.get(DrillHost).worldOf(one.dto.number))!;
      expect((await there.director.look()).timeline.map(({ id, state }) => ({ id, state }))).toEqual(rows);
      await world.app.get(DrillsService).setSpeed(lead, one.dto.id, 2);
      while ((await there.director.look()).clock!.at === at) await new Promise((wake) => setTimeout(wake, 20));
    } finally {
      await beside.close();
    }
  }, 60_000);

  it('ends a session of the drill with the real one, and the real one never with that of the drill', async () => {
    const access = world.app.get(AccessService);
    const open = (await world.app.get(DrillHost).worldOf(one.dto.number))!.get(AccessService);
    const [first, second] = [await world.app.as('duty.331000'), await world.app.as('duty.331000')];
    const enter = (desk: Desk) => world.app.get(DrillsService).enterDrill(desk, one.dto.id, { ip: '::1', userAgent: 'test' }); // prettier-ignore
    const [left, kept] = [await enter(first), await enter(second)];
    await open.signOut((await open.actorOf(left.token))!);
    expect(await access.actorOf(first.token)).toMatchObject({ account: 'duty.331000' });
    await access.signOut(second);
    while (await open.actorOf(kept.token)) await new Promise((wake) => setTimeout(wake, 20));
  }, 20_000);

  it('makes again what a killed process had begun', async () => {
    const planned = await Drill.plan(world.app, lead);
    await inTransaction(world.app.db, (tx) => tx.query(`create schema drill_${planned.number}`));
    await world.app.query(`update drill set state = 'preparing', preparing_since = $2, version = 2 where id = $1`, [planned.id, new Date(0)]); // prettier-ignore
    await Promise.all([1, 2].map(() => world.app.get(DrillHost).keep()));
    const state = async () => (await world.app.get(DrillsService).drill(lead, planned.id)).state;
    while ((await state()) !== 'running') await new Promise((wake) => setTimeout(wake, 100));
    expect(await world.app.query(`select attempts from drill where id = $1`, [planned.id])).toEqual([{ attempts: 1 }]);
  }, 90_000);

  it('ends what cannot be made, what is still being made, and what does not open', async () => {
    const drills = world.app.get(DrillsService);
    await expect(Drill.plan(world.app, lead, { startsAt: '9999-12-31T00:00:00Z' })).rejects.toMatchObject({
      code: 'drill.start-out-of-range',
      errors: [{ pointer: '/startsAt' }],
    });
    const [hopeless, begun, broken] = [await Drill.plan(world.app, lead), await Drill.plan(world.app, lead), await Drill.plan(world.app, lead)]; // prettier-ignore
    const set = (sql: string, id: string) => world.app.query(`update drill set ${sql} where id = $1`, [id]);
    await set(`state = 'preparing', preparing_since = 'epoch', attempts = 3`, hopeless.id);
    await world.app.get(DrillHost).keep();
    const told = () => drills.drill(lead, hopeless.id);
    while ((await told()).state !== 'ended') await new Promise((wake) => setTimeout(wake, 20));
    expect(await told()).toMatchObject({ refusal: 'not-made', score: null });
    await set(`state = 'preparing', preparing_since = now(), attempts = 1`, begun.id);
    await set(`state = 'running', started_at = now()`, broken.id);
    for (const { id, version } of [begun, broken])
      expect(await drills.endDrill(lead, id, { version })).toMatchObject({
        state: 'ended',
        score: null,
        refusal: null,
      });
  }, 60_000);

  it('closes a world whose end it has not heard, and one whose queue does not let itself be emptied', async () => {
    const worlds = world.app.get(DrillWorlds);
    const { number } = two.dto;
    const { director } = two.open;
    director.forget = () => Promise.reject(new Error('the store of the queue is away'));
    let down = false;
    const close = two.open.close;
    two.open.close = () => close().then(() => void (down = true));
    await world.app.query(`update drill set state = 'ended', ended_at = now() where number = $1`, [number]);
    await world.app.get(DrillHost).refresh();
    while (!down) await new Promise((wake) => setTimeout(wake, 20));
    expect(worlds.get(number)).toBeUndefined();
  }, 20_000);

  it('is planned and started by who leads, with people whom the society knows', async () => {
    const plan = (desk: Desk, more: object) => Drill.plan(world.app, desk, { societyId: lead.grants[0]!.societyId, ...more }); // prettier-ignore
    await expect(plan(county, {})).rejects.toThrow('access.denied');
    await expect(plan(lead, { listed: ['13800000000'] })).rejects.toThrow('drill.person-unknown');
    const drills = world.app.get(DrillsService);
    await expect(drills.endDrill(county, one.dto.id, { version: one.dto.version })).rejects.toThrow('access.denied');
    await expect(drills.endDrill(lead, one.dto.id, { version: 1 })).rejects.toThrow('drill.stale');
    await expect(drills.startDrill(lead, one.dto.id, { version: one.dto.version })).rejects.toThrow('drill.step-not-allowed'); // prettier-ignore
  });
});
