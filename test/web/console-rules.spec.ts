import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { IncidentDto } from '../../src/incidents/incidents.dto.js';
import { browserSuite, DESK, drawn, PATIENCE_MS, type Person } from '../support/browser.js';
import { DEMO_PASSWORD } from '../support/database.js';
import { KeptBrowser } from '../support/kept-browser.js';
import { shownOn, THEMES, wear } from '../support/looks.js';
import { type Box, decode, saturatedShare, shapeOf } from '../support/pictures.js';
import { settled } from '../support/places.js';

const WIDE = { width: 1920, height: 1080 };
const OFFICER = 'duty.331000';
const PROVINCE = 'duty.330000';
/** A desk for which nothing is open. */
const QUIET = 'duty.330800';
const FRAME = ['.top', '.queue', '.map', '.side'];
const MOST_SATURATED = 0.02;

const withClock = { prepare: (page: Page) => page.clock.install() };
const boxOf = async (page: Page, part: string): Promise<Box> => (await page.locator(part).first().boundingBox())!;
const frameOf = (page: Page): Promise<Box[]> => Promise.all(FRAME.map((part) => boxOf(page, part)));

/** A command of somebody at another desk. */
async function send<T>({ context }: Person, method: 'POST' | 'PUT', path: string, data: object): Promise<T> {
  const answer = await context.request.fetch(`/api/v1${path}`, { method, data });
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
  return (await answer.json()) as T;
}
const report = (who: Person, placeText: string, severity = 'IV'): Promise<IncidentDto> =>
  send<IncidentDto>(who, 'POST', '/incidents', {
    kind: 'flood', severity, placeText, location: { lon: 121.44, lat: 28.67 },
  }); // prettier-ignore
const held = async ({ context }: Person, id: string): Promise<IncidentDto> =>
  (await (await context.request.get(`/api/v1/incidents/${id}`)).json()) as IncidentDto;
const step = (who: Person, { id, version }: IncidentDto, name: string, more = {}): Promise<IncidentDto> =>
  send<IncidentDto>(who, 'POST', `/incidents/${id}/${name}`, { version, ...more });

async function openAt(page: Page, { id }: IncidentDto, tab = ''): Promise<void> {
  await page.goto(`/#/incidents/${id}/${tab}`);
  await page.locator('.sheet').waitFor();
  await settled(page);
}

browserSuite('the rules of the console in a browser', { REQUESTS_PER_MINUTE: '100000' }, (house) => {
  it('keeps every place between incidents, in three layouts chosen by key and kept by account (C-02)', async () => {
    const officer = await house.browser.person(OFFICER);
    const { page } = officer;
    const frames: Box[][] = [];
    for (const [key, preset] of [
      ['z', 'duty'],
      ['x', 'dispatch'],
      ['c', 'supplies'],
    ] as const) {
      await page.keyboard.press(key);
      await page.locator(`.console.preset-${preset}`).waitFor();
      const frame = await frameOf(page);
      frames.push(frame);
      for (const act of ['j', 'j', 'Enter', 'Escape', 'n', 'Escape']) {
        await page.keyboard.press(act);
        await settled(page);
        expect({ preset, act, frame: await frameOf(page) }).toEqual({ preset, act, frame });
      }
    }
    for (const [top, queue, map, side] of frames as [Box, Box, Box, Box][]) {
      expect([top, queue]).toEqual(frames[0]!.slice(0, 2));
      expect([map.x, map.y, side.y, side.x + side.width]).toEqual([queue.width, queue.y, queue.y, DESK.width]);
    }
    await page.reload();
    await page.locator('.console.preset-supplies').waitFor();
    for (const [account, preset] of [
      [PROVINCE, 'duty'],
      [OFFICER, 'supplies'],
    ] as const) {
      await officer.context.request.post('/api/v1/sessions', { data: { account, password: DEMO_PASSWORD } });
      await page.reload();
      await page.locator(`.console.preset-${preset}`).waitFor();
    }
    await drawn(page);
  }, 240_000);

  it('keeps colour for what is wrong, at both sizes and in both themes (C-09)', async () => {
    const { page } = await house.browser.person(QUIET);
    await page.locator('.strip:not(.has-alarms)').waitFor();
    const paint = (style: string) =>
      page.evaluate(`document.querySelector('.queue').setAttribute('style', '${style}')`);
    const share = async () => saturatedShare(decode(await page.screenshot()), await boxOf(page, '.map'));
    for (const viewport of [WIDE, DESK])
      for (const theme of THEMES) {
        await page.setViewportSize(viewport);
        await wear(page, theme);
        await paint('');
        expect(await share()).toBeLessThan(MOST_SATURATED);
        await paint('background: #b3261e');
        expect(await share()).toBeGreaterThan(MOST_SATURATED);
      }
  }, 240_000);

  it('is clear without colour, in both themes (C-10)', async () => {
    const { page } = await house.browser.person(OFFICER);
    const words = await page.locator('.board-tally > span').allInnerTexts();
    const glyphs = words.map((text) => text.trim().split(/\s/)[0]!);
    expect(glyphs.length).toBe(5);
    expect(new Set(glyphs).size).toBe(glyphs.length);
    for (const theme of THEMES) {
      await wear(page, theme);
      for (const [part, size] of [
        ['.board-tally .glyph', { width: 16, height: 13 }],
        ['.alarm-counts .severity', { width: 22, height: 20 }],
      ] as const) {
        const shapes: boolean[][] = [];
        for (const sign of await page.locator(part).all()) {
          const { x, y } = (await sign.boundingBox())!;
          shapes.push(shapeOf(decode(await page.screenshot({ clip: { x: Math.round(x) + 1, y: Math.round(y) + 1, ...size } })))); // prettier-ignore
        }
        expect(shapes.length).toBeGreaterThanOrEqual(4);
        for (const [at, one] of shapes.entries())
          for (const other of shapes.slice(at + 1)) {
            const apart = one.filter((dot, n) => dot !== other[n]).length;
            expect({ theme, part, at, apart: apart >= 8 }).toEqual({ theme, part, at, apart: true });
          }
      }
    }
  }, 240_000);

  it('sends to the incident that is open, whichever is selected beside it (C-21)', async () => {
    const { page } = await house.browser.person(OFFICER);
    await page.locator('.queue-row').first().getByRole('button').dblclick();
    await page.locator('.sheet').waitFor();
    const open = await page.evaluate<string>('location.hash');
    await page.keyboard.press('j');
    await page.keyboard.press('d');
    await page.locator('dialog[open]').waitFor();
    expect(await page.evaluate('location.hash')).toBe(`${open.replace(/\/$/, '')}/dispatch`);
  }, 60_000);

  it('does at once what can be taken back, and takes it back for ten seconds (C-24)', async () => {
    const officer = await house.browser.person(OFFICER, withClock);
    const incident = await report(officer, '黄岩区示范反悔一号');
    const { page } = officer;
    const add = async (units: string) => {
      await page.getByRole('button', { name: '加一种物资' }).click();
      await page.locator('.need-lines').nth(1).getByLabel('数量').last().fill(units);
      await page.getByRole('button', { name: '保存需求' }).click();
      await page.getByRole('button', { name: '撤回' }).waitFor();
    };
    await openAt(page, incident, 'needs');
    await add('40');
    expect((await held(officer, incident.id)).needs.items).toHaveLength(1);
    await page.getByRole('button', { name: '撤回' }).click();
    await page.locator('.toast', { hasText: '已撤回' }).waitFor();
    expect((await held(officer, incident.id)).needs.items).toEqual([]);
    await page.locator('.need-line').waitFor({ state: 'detached' });
    const pageNow = () => page.evaluate<number>('Date.now()');
    const lastsUntil = (await pageNow()) + 9900; // it is said after this
    await add('50');
    if ((await pageNow()) < lastsUntil) await page.clock.pauseAt(lastsUntil);
    expect(await page.getByRole('button', { name: '撤回' }).count()).toBe(1);
    await page.clock.resume();
    await page.clock.fastForward(10_000);
    await page.locator('.toast').waitFor({ state: 'detached' });
    expect((await held(officer, incident.id)).needs.items).toHaveLength(1);
  }, 240_000);

  it('asks once, with numbers and without prose, before what cannot be taken back (C-24)', async () => {
    const officer = await house.browser.person(OFFICER);
    const { page } = officer;
    const reported = await report(officer, '黄岩区示范关闭一号');
    const verified = await step(officer, reported, 'verify');
    const calm = await step(officer, verified, 'stabilise', { reason: '示范' });
    await openAt(page, calm);
    await page.getByRole('button', { name: '关闭事件' }).click();
    const question = page.locator('dialog[open]');
    expect(await question.innerText()).toMatch(/在外队伍 \d+，未办结的动用指令 \d+，未满足需求 \d+/);
    for (const key of ['Tab', 'Tab', 'Slash', 'Shift+Slash', 'n', 'd']) await page.keyboard.press(key);
    expect(await page.locator('dialog[open]').count()).toBe(1);
    expect(await question.locator(':required').count()).toBe(0);
    await question.locator('.input').fill('');
    await question.getByRole('button', { name: '关闭事件' }).click();
    await question.waitFor({ state: 'detached' });
    expect((await held(officer, calm.id)).status).toBe('closed');
  }, 240_000);

  it('keeps a half-written call through a reload, a sign-out and a killed browser (C-25)', async () => {
    const own = new KeptBrowser();
    try {
      const write = (page: Page) => page.locator('.new-incident input').nth(2);
      const words = '椒江区示范半句话';
      let page = await own.start();
      await page.goto(`${house.program.url}/`);
      const signIn = async () => {
        await page.locator('input[name="account"]').fill(OFFICER);
        await page.locator('input[name="password"]').fill(DEMO_PASSWORD);
        await page.locator('button[type="submit"]').click();
        await page.locator('.console').waitFor();
        await drawn(page);
      };
      const expectKept = async () => {
        await page.locator('.new-incident').waitFor();
        expect(await write(page).inputValue()).toBe(words);
      };
      await signIn();
      await page.keyboard.press('n');
      await write(page).fill(words);
      await page.reload();
      await expectKept();
      await page.locator('.menu > summary').click();
      await page.getByRole('button', { name: '退出登录' }).click();
      await signIn();
      if ((await page.locator('.new-incident').count()) === 0) await page.keyboard.press('n');
      await expectKept();
      await own.wrote(words);
      await own.kill();
      page = await own.start();
      await page.goto(`${house.program.url}/#/incidents/new`);
      await page.locator('.new-incident, input[name="account"]').first().waitFor();
      if ((await page.locator('.new-incident').count()) === 0) await signIn();
      await expectKept();
    } finally {
      await own.remove();
    }
  }, 240_000);

  it('marks old figures with a stripe and their age once the line is silent for 15 s (C-26)', async () => {
    // The line stands and says nothing: the browser itself does not notice.
    const line = { silent: false, heard: 0 };
    const prepare = async (made: Page) => {
      await made.clock.install();
      await made.routeWebSocket(/socket\.io/, (socket) => {
        socket.connectToServer().onMessage((message) => {
          line.heard += 1;
          if (!line.silent) socket.send(message);
        });
      });
    };
    const { page } = await house.browser.person(OFFICER, { prepare });
    while (line.heard < 3) await page.waitForTimeout(100);
    const striped = (part: string, pseudo = '') =>
      page.evaluate<boolean>(`getComputedStyle(document.querySelector('${part}'), '${pseudo}').backgroundImage.includes('gradient')`); // prettier-ignore
    await page.locator('.link-live').waitFor();
    expect(await striped('.queue-scroll')).toBe(false);
    line.silent = true;
    await page.clock.fastForward(8000);
    await page.locator('.link-delayed').waitFor();
    expect(await page.locator('.stale-mark').count()).toBe(0);
    await page.clock.fastForward(15_000);
    await page.locator('.link-offline').waitFor();
    for (const part of ['.queue', '.map', '.side'])
      expect(await page.locator(`${part} .stale-mark`).innerText()).toMatch(
        /断线前 \d\d:\d\d:\d\d 的数据，已过 \d\d:\d\d/,
      );
    expect(await Promise.all([striped('.queue-scroll'), striped('.board-list'), striped('.map-canvas', '::after')])).toEqual([true, true, true]); // prettier-ignore
    line.silent = false;
    await page.locator('.link-live').waitFor();
    await page.locator('.stale-mark').first().waitFor({ state: 'detached' });
  }, 240_000);

  it('shows what the server holds after 300 events in 30 s without a line, by replay (C-28)', async () => {
    const officer = await house.browser.person(OFFICER, withClock);
    const colleague = await house.browser.person(PROVINCE);
    const snapshots: string[] = [];
    officer.page.on('request', (each) => each.url().includes('/live/snapshot') && snapshots.push(each.url()));
    const before = await shownOn(officer.page);
    await house.browser.cutLink(officer, true);
    const one = async (n: number) => {
      const reported = await report(colleague, `椒江区示范断线${n}号`);
      const verified = await step(colleague, reported, 'verify');
      if (n % 4 === 0) await step(colleague, verified, 'dismiss', { reason: '示范' });
      else
        await send(colleague, 'PUT', `/incidents/${verified.id}/needs`, {
          version: verified.version, capabilities: [{ speciality: 'water', headcount: n, priority: 1 }], items: [],
        }); // prettier-ignore
    };
    let next = 0;
    await Promise.all(Array.from({ length: 8 }, async () => { while (next < 100) await one(next++); })); // prettier-ignore
    await officer.page.clock.fastForward(30_000);
    await officer.page.locator('.link-offline').waitFor();
    expect(await shownOn(officer.page)).toEqual(before);
    await house.browser.cutLink(officer, false);
    await officer.page.locator('.link-live').waitFor();
    await officer.page.locator('.queue-row', { hasText: '示范断线99号' }).waitFor();
    const fresh = (await house.browser.person(OFFICER)).page;
    const until = Date.now() + PATIENCE_MS;
    for (;;) {
      const [here, there] = [await shownOn(officer.page), await shownOn(fresh)];
      if (String(here) === String(there) || Date.now() > until) {
        expect(here).toEqual(there);
        expect(here.length - before.length).toBe(75);
        break;
      }
    }
    expect(snapshots).toEqual([]);
  }, 240_000);
});
