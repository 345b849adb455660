import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { DrillDto } from '../../src/drills/drills.dto.js';
import type { MadeScreen, ScreenPicture } from '../../src/screens/screens.dto.js';
import { axeFaults, CHROMIUM, drawn, type Program, rawKeys, startProgram, TestBrowser } from '../support/browser.js';
import { DEMO_PASSWORD } from '../support/database.js';

const suite = existsSync(CHROMIUM) ? describe : describe.skip;
if (!existsSync(CHROMIUM)) console.warn(`left out: no browser at ${CHROMIUM} (set CHROMIUM)`);

const WALL = { width: 1920, height: 1080 };
const DOUBLE = { width: 3840, height: 1080 };
const LEAST_LETTERS_PX = 30;
/** A restarted server is back on the wall within this (C-31). */
const BACK_MS = 30_000;
const PICTURE = '/api/v1/screens/picture';

/** Sizes of all letters on screen, in px of a wall of 1,080 lines. */
const LETTERS = `(() => {
  const stage = document.querySelector('.stage');
  const scale = stage.getBoundingClientRect().height / innerHeight * 1080 / stage.offsetHeight;
  return [...document.querySelectorAll('body *')]
    .filter((each) => !each.closest('.visually-hidden') && [...each.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()))
    .map((each) => Math.round(parseFloat(getComputedStyle(each).fontSize) * scale * 10) / 10);
})()`;
/** Sizes of the letters that are drawn on the map. */
const DRAWN_LETTERS = `window.drawnLetters = [];
for (const name of ['fillText', 'strokeText']) {
  const draw = CanvasRenderingContext2D.prototype[name];
  CanvasRenderingContext2D.prototype[name] = function (...all) {
    const { a, b } = this.getTransform();
    window.drawnLetters.push(parseFloat(/([\\d.]+)px/.exec(this.font)[1]) * Math.hypot(a, b));
    return draw.apply(this, all);
  };
}`;
/** Rows and parts that stick out of their panel or of the stage. */
const STICKING_OUT = `[...document.querySelectorAll('.panel li, .panel h2, .panel, .wall-head > *')].filter((each) => {
  const frame = (each.matches('.panel, .wall-head > *') ? document.querySelector('.stage') : each.closest('.panel')).getBoundingClientRect();
  const own = each.getBoundingClientRect();
  return own.bottom > frame.bottom + 1 || own.right > frame.right + 1 || own.top < frame.top - 1 || own.left < frame.left - 1 || each.scrollWidth > each.clientWidth + 1;
}).map((each) => each.className + ' ' + each.tagName + ' ' + each.textContent.slice(0, 40))`;
/** Asks for a picture as often as one has been drawn, as many times as told. */
const drawTimes = (times: number): string => `new Promise((done) => {
  let left = ${times};
  const ask = () => dispatchEvent(new Event('online'));
  new MutationObserver((_, seen) => {
    left -= 1;
    if (left > 0) return setTimeout(ask);
    seen.disconnect();
    done();
  }).observe(document.querySelector('.stage'), { attributes: true, attributeFilter: ['data-seq'] });
  ask();
})`;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

suite('a big screen in a browser', () => {
  let home: string;
  let settings: Record<string, string>;
  let program: Program;
  let browser: TestBrowser;
  let lead: string;

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'chiyuan-wall-'));
    settings = { PORT: String(await freePort()), DATA_DIR: home };
    program = await startProgram(settings);
    browser = await TestBrowser.launch(program.url);
    lead = (await call<{ token: string }>('/api/v1/sessions', { account: 'lead.330000', password: DEMO_PASSWORD })).token;
  }, 240_000); // prettier-ignore
  afterEach(async () => expect(await browser.clearRoom()).toEqual([]));
  afterAll(async () => {
    await browser?.close();
    await program?.stop();
    rmSync(home, { recursive: true, force: true });
  });

  async function call<T>(path: string, body: object, token?: string): Promise<T> {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
    const answer = await fetch(program.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }
  async function read<T>(path: string, token: string): Promise<T> {
    const answer = await fetch(program.url + path, { headers: { authorization: `Bearer ${token}` } });
    return (await answer.json()) as T;
  }
  /** A screen of the society where the lead is on duty. */
  async function screen(prefix = '', token = lead): Promise<MadeScreen> {
    const me = await read<{ grants: { societyId: string }[] }>(`${prefix}/api/v1/me`, token);
    return call(`${prefix}/api/v1/screens`, { name: '指挥大厅', societyId: me.grants[0]!.societyId }, token);
  }
  async function hung(viewport = WALL, query = ''): Promise<Page> {
    const { token } = await screen();
    return (await browser.person(null, { viewport, path: `/screen.html${query}#${token}` })).page;
  }
  const report = (placeText: string) =>
    call<{ id: string }>('/api/v1/incidents', { kind: 'flood', severity: 'II', placeText, location: { lon: 121.44, lat: 28.67 } }, lead); // prettier-ignore

  it('shows figures, map and what nobody has, and follows within seconds without a hand', async () => {
    const page = await hung();
    expect(await page.locator('.stage-wide').count()).toBe(1);
    expect(await page.locator('.tally b').allInnerTexts()).toHaveLength(4);
    expect(await page.locator('.looks li').count()).toBe(5);
    expect(await page.locator('.wall-sketch').innerText()).toContain('示意');
    await page.locator('.wall-link-live').waitFor();
    expect(await page.locator('.wall-head').innerText()).toMatch(/截至 \d\d:\d\d:\d\d[\s\S]*\d\d:\d\d:\d\d/);
    await report('玉环市漩门湾');
    await page.locator('.lane li', { hasText: '玉环市漩门湾' }).waitFor();
    await page.locator('.wall-events li', { hasText: '玉环市漩门湾' }).first().waitFor();
    expect(await rawKeys(page)).toEqual([]);
  }, 120_000);

  it.each([
    ['16:9', WALL, '.stage-wide'],
    ['32:9', DOUBLE, '.stage-double'],
  ])('has no letter below 30 px and nothing that sticks out: %s', async (_name, viewport, stage) => {
    for (const query of ['', '?lang=en']) {
      const page = await hung(viewport, query);
      await page.context().addInitScript({ content: DRAWN_LETTERS });
      await page.reload();
      await drawn(page);
      expect(await page.locator(stage).count()).toBe(1);
      const letters = await page.evaluate<number[]>(LETTERS);
      expect(letters.length).toBeGreaterThan(30);
      expect(letters.filter((px) => px < LEAST_LETTERS_PX)).toEqual([]);
      const onMap = await page.evaluate<number[]>('window.drawnLetters');
      expect(onMap.length).toBeGreaterThan(5);
      expect(onMap.filter((px) => px < LEAST_LETTERS_PX - 0.01)).toEqual([]);
      expect(await page.evaluate<string[]>(STICKING_OUT)).toEqual([]);
    }
  }, 180_000); // prettier-ignore

  it.each([
    ['dark', WALL, ''],
    ['light', WALL, '?theme=light'],
    ['dark', DOUBLE, ''],
    ['light', DOUBLE, '?theme=light'],
  ])('has no fault of access: %s, %o', async (_theme, viewport, query) => {
    expect(await axeFaults(await hung(viewport, query))).toEqual([]);
  }, 120_000); // prettier-ignore

  it('says at once that its link was revoked, and shows nothing any more', async () => {
    const { screen: one, token } = await screen();
    const { page } = await browser.person(null, { viewport: WALL, path: `/screen.html#${token}` });
    browser.expectRefusal(PICTURE, 401);
    await call(`/api/v1/screens/${one.id}/revoke`, {}, lead);
    await page.getByText('这块大屏的链接已被撤销').waitFor();
    expect(await page.locator('.panel').count()).toBe(0);
  }, 120_000);

  it('says what is wrong with an address that has no link', async () => {
    const { page } = await browser.person(null, { viewport: WALL, path: '/screen.html' });
    expect(await page.locator('.wall-nothing').innerText()).toContain('没有大屏链接');
    expect(await axeFaults(page)).toEqual([]);
  }, 60_000);

  it('keeps its heap while pictures come and go', async () => {
    const page = await hung();
    const base = await pictureOf();
    let seq = base.seq;
    await page.route(`**${PICTURE}`, (route) => {
      seq += 1;
      const headers = { ETag: `"t-${seq}"`, 'Chiyuan-Clock': `${new Date().toISOString()} 1` };
      return route.fulfill({ json: another(base, seq), headers });
    });
    const cdp = await page.context().newCDPSession(page);
    const heap = async () => {
      for (let round = 0; round < 2; round++) await cdp.send('HeapProfiler.collectGarbage');
      return (await cdp.send('Runtime.getHeapUsage')).usedSize;
    };
    await page.evaluate(drawTimes(60));
    const before = await heap();
    await page.evaluate(drawTimes(300));
    const after = await heap();
    expect({ grownBy: (after - before) / before, bounded: after < before * 1.2 }).toMatchObject({ bounded: true });
  }, 240_000);

  async function pictureOf(): Promise<ScreenPicture> {
    const { token } = await screen();
    return (await (await fetch(program.url + PICTURE, { headers: { authorization: `Screen ${token}` } })).json()) as ScreenPicture; // prettier-ignore
  }
  /** The same wall a moment later: everything that can move has moved. */
  const another = (base: ScreenPicture, seq: number): ScreenPicture => ({
    ...base,
    seq,
    units: base.units.map((unit, n) => ({ ...unit, at: { lon: unit.at.lon + ((seq + n) % 7) / 100, lat: unit.at.lat } })),
    incidents: base.incidents.map((incident) => ({ ...incident, place: `${incident.place} ${seq % 50}` })),
    events: base.events.map((event, n) => ({ ...event, seq: seq * 10 - n, place: `第 ${seq} 次` })),
  }); // prettier-ignore

  it('is marked as a drill in a drill, and shows nothing of reality', async () => {
    const me = await read<{ grants: { societyId: string }[] }>('/api/v1/me', lead);
    const planned = await call<DrillDto>('/api/v1/drills', { title: '大屏演练', societyId: me.grants[0]!.societyId }, lead); // prettier-ignore
    const drill = await call<DrillDto>(`/api/v1/drills/${planned.id}/start`, { version: planned.version }, lead);
    const { token } = await call<{ token: string }>(`/api/v1/drills/${drill.id}/enter`, {}, lead);
    const prefix = `/drill/${drill.number}`;
    const made = await screen(prefix, token);
    const { page } = await browser.person(null, { viewport: WALL, path: `${prefix}/screen.html#${made.token}` });
    expect(await page.locator('h1').innerText()).toContain('【演练】');
    expect(await page.title()).toContain('【演练】');
    expect(await page.evaluate<string>(`getComputedStyle(document.querySelector('.stage')).borderImageSource`)).toContain('gradient'); // prettier-ignore
    expect(await page.locator('.lane li').count()).toBe(0);
    expect(await page.evaluate<string[]>(STICKING_OUT)).toEqual([]);
    expect((await page.evaluate<number[]>(LETTERS)).filter((px) => px < LEAST_LETTERS_PX)).toEqual([]);
    browser.expectRefusal(prefix + PICTURE, 404); // the wall may ask once more
    await call(`/api/v1/drills/${drill.id}/end`, { version: drill.version }, lead);
  }, 240_000);

  it('comes back by itself after the server was restarted', async () => {
    const page = await hung();
    await page.locator('.wall-link-live').waitFor();
    browser.expectDown();
    await program.stop();
    await page.locator('.wall-old').waitFor();
    expect(await page.locator('.tally b').count()).toBe(4);
    program = await startProgram(settings);
    await page.locator('.wall-link-live').waitFor({ timeout: BACK_MS });
    lead = (await call<{ token: string }>('/api/v1/sessions', { account: 'lead.330000', password: DEMO_PASSWORD })).token; // prettier-ignore
    await report('三门县健跳镇');
    await page.locator('.lane li', { hasText: '三门县健跳镇' }).waitFor();
    expect(await page.locator('.wall-old').count()).toBe(0);
  }, 300_000);
});
