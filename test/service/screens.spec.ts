import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessService, type Actor } from '../../src/access/index.js';
import { setNeeds } from '../../src/incidents/incidents.dto.js';
import {
  CLOCK_HEADER,
  makeScreen,
  type MakeScreen,
  screenPicture,
  type ScreenPicture,
} from '../../src/screens/screens.dto.js';
import { ScreensService } from '../../src/screens/screens.service.js';
import { Sightings } from '../../src/screens/sightings.service.js';
import { type Desk, MissionWorld } from './mission-world.js';

const DAY_MS = 86_400_000;
const REPORTER = { name: '欧阳报案', phone: '13900001111' };

describe('big screens', () => {
  let world: MissionWorld;
  let county: Desk;
  let lead: Desk;
  let admin: Desk;
  let foreign: Desk;
  beforeAll(async () => {
    world = await MissionWorld.open();
    [county, lead, admin, foreign] = await Promise.all(
      ['duty.331082', 'lead.330000', 'admin.330000', 'duty.330100'].map((account) => world.app.as(account)),
    ) as [Desk, Desk, Desk, Desk]; // prettier-ignore
  }, 240_000);
  afterAll(() => world?.close());

  const service = () => world.app.get(ScreensService);
  const society = (adcode: string) => world.id('society', adcode);
  const asked = async (adcode: string, more: Partial<MakeScreen> = {}) =>
    makeScreen.parse({ name: '指挥大厅', societyId: await society(adcode), ...more });
  const made = async (adcode: string, more: Partial<MakeScreen> = {}) => {
    const { screen, token } = await service().makeScreen(lead, await asked(adcode, more));
    return { screen, token: token! };
  };
  const ask = (path: string, headers: Record<string, string>, method = 'GET') =>
    fetch(`${world.app.url}/api/v1/${path}`, { method, headers });
  const look = (token: string, more: Record<string, string> = {}) => ask('screens/picture', { authorization: `Screen ${token}`, ...more }); // prettier-ignore
  const pictureFor = async (token: string): Promise<ScreenPicture> =>
    screenPicture.parse(await (await look(token)).json());
  const codeOf = async (response: Response) => [response.status, ((await response.json()) as { code: string }).code];

  /** An incident of 临海 with needs, one team alerted and goods reserved, reported by somebody with a telephone. */
  const incident = async (more: object = {}) => {
    const verified = await world.verified(county, {
      title: '欧阳家人被困', reporter: REPORTER, whatHappened: '欧阳的电话 13900001111', severity: 'II', ...more,
    }); // prettier-ignore
    const items = [{ itemId: await world.id('item', 'FK01'), units: 5000, priority: 1 }];
    const capabilities = [{ speciality: 'search-rescue', headcount: 60, priority: 1 }];
    const needs = setNeeds.parse({ version: verified.version, items, capabilities });
    return world.incidents.setNeeds(county, verified.id, needs);
  };

  it('let a token read one picture and nothing else', async () => {
    const { token } = await made('330000');
    expect((await look(token)).status).toBe(200);
    for (const path of ['incidents', 'live/snapshot', 'me', 'screens', 'teams'])
      for (const scheme of ['Screen', 'Bearer'])
        expect([path, scheme, (await ask(path, { authorization: `${scheme} ${token}` })).status]).toEqual([path, scheme, 401]);
    expect((await ask('incidents', { authorization: `Bearer ${token}` }, 'POST')).status).toBe(401);
    expect((await ask('screens/picture', { authorization: `Bearer ${lead.token}` })).status).toBe(401);
    expect(await codeOf(await look('x'.repeat(43)))).toEqual([401, 'screen.unknown']);
  }); // prettier-ignore

  it('keep no token: not in a table, not in the record, not in a kept answer', async () => {
    const key = { ...lead, command: { key: 'one-screen', fingerprint: Buffer.alloc(32) } } as Actor;
    const input = await asked('330000', { name: '一次' });
    const first = await service().makeScreen(key, input);
    expect(first.token).toMatch(/^[\w-]{43}$/);
    const again = await service().makeScreen(key, input);
    expect(again).toEqual({ screen: first.screen, token: null });
    await world.app.settled();
    for (const table of ['screen', 'journal', 'command_answer'])
      expect(await world.app.query(`select 1 from ${table} t where strpos(t::text, $1) > 0`, [first.token])).toEqual(
        [],
      );
  });

  it('are refused at once when revoked', async () => {
    const { screen, token } = await made('330000');
    const { headers } = await look(token);
    await service().revokeScreen(lead, screen.id);
    expect(await codeOf(await look(token, { 'if-none-match': headers.get('etag')! }))).toEqual([401, 'screen.revoked']);
    expect((await service().revokeScreen(lead, screen.id)).version).toBe(2);
  });

  it('are made, seen and revoked by a duty lead or an administrator of the society, by nobody else', async () => {
    const { screen } = await made('330000', { name: '省厅' });
    await expect(service().makeScreen(county, await asked('331082'))).rejects.toMatchObject({ code: 'access.denied' });
    const access = world.app.get(AccessService);
    const societyId = await world.id('society', '331000');
    const user = await access.createUser(admin, { account: 'lead.331000', name: '示范班长', societyId, password: 'chiyuan-demo' }); // prettier-ignore
    await access.grantRole(admin, user.id, { role: 'dutyLead', societyId });
    const cityLead = await world.app.as('lead.331000');
    await expect(service().makeScreen(cityLead, await asked('330000'))).rejects.toMatchObject({ code: 'access.denied' });
    await expect(service().revokeScreen(foreign, screen.id)).rejects.toMatchObject({ code: 'screen.not-found' });
    expect((await ask('screens', { authorization: `Bearer ${county.token}` })).status).toBe(403);
    const seen = (await service().screens(admin, { limit: 100 })).items.map(({ id }) => id);
    expect(seen).toContain(screen.id);
    const [newest] = (await service().screens(admin, { limit: 1 })).items;
    const { nextCursor } = await service().screens(admin, { limit: 1 });
    expect((await service().screens(admin, { limit: 1, cursor: nextCursor! })).items[0]!.id).not.toBe(newest!.id);
  }); // prettier-ignore

  it('say nothing of people: no name, no telephone, no title, whatever happens', async () => {
    const open = await incident({ placeText: '临海古城 13900001111' });
    const mission = await world.send(county, open.id, {
      units: ['T-331082-SR-1-A'],
      goods: [['WH-331000-1', 'FK01', 20]],
    });
    await world.app.settled();
    const { token } = await made('330000');
    const shown = await pictureFor(token);
    const text = JSON.stringify(shown);
    expect(shown.incidents.map(({ id }) => id)).toContain(open.id);
    expect(shown.units.some(({ booking }) => booking?.incidentId === open.id)).toBe(true);
    expect(shown.events.length).toBeGreaterThan(0);
    expect(mission.supplyOrders).toHaveLength(1);
    const people = await world.app.query<{ name: string; phone: string | null }>(
      `select name, phone from app_user union select name, phone from team_member union select keeper_name, keeper_phone from warehouse
       where keeper_name is not null`,
    );
    expect(people.length).toBeGreaterThan(100);
    const told = people.flatMap(({ name, phone }) => [name, phone ?? name]).filter((word) => text.includes(word));
    expect(told).toEqual([]);
    for (const word of [REPORTER.name, REPORTER.phone, '欧阳']) expect(text).not.toContain(word);
    expect(text).not.toMatch(/1[3-9]\d{9}/);
  });

  it('show titles and who did it where that was allowed', async () => {
    await world.app.settled();
    const shown = await pictureFor((await made('330000', { namesAllowed: true })).token);
    expect(shown.incidents.map(({ title }) => title)).toContain('欧阳家人被困');
    expect(shown.events.map(({ who }) => who)).toContain(county.name);
    expect(JSON.stringify(shown)).not.toContain(REPORTER.name);
  });

  it('see their society and those below it only', async () => {
    const hangzhou = await pictureFor((await made('330100')).token);
    expect(hangzhou.society).toContain('杭州');
    expect(hangzhou.incidents).toEqual([]);
    expect(hangzhou.events).toEqual([]);
    const linhai = await pictureFor((await made('331082')).token);
    const zhejiang = await pictureFor((await made('330000')).token);
    expect(linhai.incidents.length).toBeGreaterThan(0);
    expect(linhai.places.map(({ level }) => level)).toEqual(['county']);
    const all = new Set(zhejiang.units.map(({ id }) => id));
    for (const part of [hangzhou, linhai]) {
      expect(part.units.length).toBeGreaterThan(0);
      expect(part.units.length).toBeLessThan(all.size);
      expect(part.units.every(({ id }) => all.has(id))).toBe(true);
    }
    expect(hangzhou.warehouses.some(({ id }) => linhai.warehouses.some((other) => other.id === id))).toBe(false);
  });

  it('show one moment: figures agree with each other and with the desk, exercises apart', async () => {
    const alone = await incident({ severity: 'I', placeText: '桃渚镇' });
    const drill = await world.verified(county, { exercise: true, severity: 'I' });
    await world.app.settled();
    const shown = await pictureFor((await made('331082')).token);
    const ids = shown.incidents.map(({ id }) => id);
    expect(ids).toContain(alone.id);
    expect(ids).not.toContain(drill.id);
    expect(shown.events.every(({ place }) => place !== drill.placeText || drill.exercise)).toBe(true);
    expect(Object.values(shown.tally).reduce((sum, { open }) => sum + open, 0)).toBe(ids.length);
    expect(shown.lane.ids[0]).toBe(alone.id);
    expect(shown.lane.count).toBe(shown.incidents.filter(({ nobody }) => nobody).length);
    // 临海 asked twice for 5,000 packs and 20 are on their way; 60 searchers twice, one unit was sent.
    const packs = shown.shortages.find((line) => line.what === 'goods')!;
    expect(packs).toMatchObject({ needed: 10_000, missing: 9_980, incidents: 2, severity: 'I' });
    const people = shown.shortages.find((line) => line.what === 'people')!;
    const sent = shown.units.filter(({ booking }) => booking !== null).reduce((sum, unit) => sum + unit.people, 0);
    expect(people).toMatchObject({ needed: 120, missing: 120 - sent });
    expect(shown.seq).toBe((await world.app.query<{ seq: number }>(`select seq from journal_head`))[0]!.seq);
  });

  it('answer "nothing new" until something is, with the clock each time', async () => {
    const { token } = await made('331082');
    await world.app.settled();
    const first = await look(token);
    const known = { 'if-none-match': first.headers.get('etag')! };
    const second = await look(token, known);
    expect([second.status, await second.text()]).toEqual([304, '']);
    for (const { headers } of [first, second]) {
      expect(headers.get(CLOCK_HEADER)).toBe(`${world.app.clock.now().toISOString()} 1`);
      expect(headers.get('cache-control')).toBe('no-store');
    }
    const fresh = await world.verified(county, { placeText: '杜桥镇' });
    await world.app.settled();
    const third = await look(token, known);
    expect(third.status).toBe(200);
    expect(((await third.json()) as ScreenPicture).incidents.map(({ id }) => id)).toContain(fresh.id);
  });

  it('are seen: when each asked last is written later, and reading writes nothing', async () => {
    const { screen, token } = await made('331082');
    const lastSeen = async () => (await service().screens(lead, { limit: 500 })).items.find(({ id }) => id === screen.id)!.lastSeenAt; // prettier-ignore
    await look(token);
    expect(await lastSeen()).toBeNull();
    await world.app.get(Sightings).write();
    expect(await lastSeen()).toBe(world.app.clock.now().toISOString());
  });

  it('ask two minutes’ worth in one, not more; and a stranger who guesses is stopped', async () => {
    const { token } = await made('331082');
    const statuses: Record<number, number> = {};
    await world.app.settled(); // a picture is of a number of the record: what was just made has its own by now
    const known = { 'if-none-match': (await look(token)).headers.get('etag')! };
    for (let n = 0; n < 125; n++) {
      const { status } = await look(token, known);
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
    expect(statuses).toEqual({ 304: 119, 429: 6 });
    const guesses = [];
    for (let n = 0; n < 40; n++) guesses.push((await look(`${'g'.repeat(41)}${10 + n}`)).status);
    expect(guesses.at(-1)).toBe(429);
    expect(guesses).toContain(401);
    expect((await look((await made('331082')).token)).status).toBe(200);
  });

  it('are fifty at most in one society', async () => {
    const open = (await service().screens(lead, { limit: 500 })).items.filter(({ societyName, revokedAt }) => revokedAt === null && societyName.includes('温州')); // prettier-ignore
    for (let n = open.length; n < 50; n++) await made('330300', { name: `第${n}块` });
    await expect(made('330300')).rejects.toMatchObject({ code: 'screen.too-many', params: { most: 50 } });
  });

  it('end when their time is over', async () => {
    const { token } = await made('331082', { days: 1 });
    expect((await look(token)).status).toBe(200);
    world.app.clock.forward(DAY_MS);
    const { status } = await look(token);
    expect([401, 429]).toContain(status);
    await expect(service().screenOf(token)).rejects.toMatchObject({ code: 'screen.expired', status: 401 });
  });
});
