import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
]; // prettier-ignore
const TYPES: Record<string, string> = {
  '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml',
}; // prettier-ignore
const POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'";
/** All that the page may ever load, compressed (bytes). */
const BUDGET = 130_000;

type Said = { id: string; answer: string; reason?: string; minutes?: number };
type Called = { id: string; words?: string; position?: { lon: number; lat: number }; occurredAt: string };

/** The two ends of a bad mobile network: the built page is served, the API answers, is away, or hears and is not heard; or all is gone. */
class Mast {
  network: 'fine' | 'away' | 'mute' | 'gone' = 'fine';
  said: Said[] = [];
  called: Called[] = [];
  added: Called[] = [];
  takenUpBy: string | null = null;
  heard = 0;
  opened = 0;
  doneReason: string | null = null;
  readonly server: Server;

  constructor(private readonly folder: string) {
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url!.split('?')[0]!;
    if (this.network === 'gone') return void request.socket.destroy();
    if (!path.startsWith('/api/')) return this.file(path, response);
    if (this.network === 'away') return void request.socket.destroy();
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { status, body } = this.act(path, chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : {});
    if (this.network === 'mute') return void request.socket.destroy();
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }

  private act(path: string, body: Said): { status: number; body: unknown } {
    if (path === '/api/health/live') return { status: 200, body: {} };
    if (!path.startsWith('/api/v1/alert-links/good'))
      return { status: 404, body: { code: 'link.not-found', title: '?' } };
    if (path.includes('/help-calls')) return this.help(path, body as never);
    if (path.endsWith('/opened')) this.opened += 1;
    if (!path.endsWith('/answers')) return { status: 200, body: this.alert() };
    this.heard += 1;
    if (this.said.some(({ id }) => id === body.id)) return { status: 200, body: this.alert() };
    if (this.said.length > 0) return { status: 409, body: { code: 'link.used', title: 'used' } };
    if (this.doneReason) return { status: 409, body: { code: 'alert.closed', title: 'closed' } };
    this.said.push(body);
    this.doneReason = 'answered';
    return { status: 200, body: this.alert() };
  }

  /** Calls for help: the same press twice is one. */
  private help(path: string, body: Partial<Called>): { status: number; body: unknown } {
    const list = path.endsWith('/words') ? this.added : this.called;
    if (body.id && !list.some(({ id }) => id === body.id)) list.push(body as Called);
    const [call] = this.called.map((one) => ({
      id: one.id, byName: '王建国', state: this.takenUpBy ? 'taken-up' : 'raised', occurredAt: one.occurredAt, receivedAt: new Date().toISOString(),
      takenUpBy: this.takenUpBy, takenUpAt: this.takenUpBy && new Date().toISOString(), position: this.added.find(({ position }) => position) ?? null,
    })); // prettier-ignore
    if (body.id) return { status: 200, body: call };
    return { status: 200, body: { mayCall: this.said[0]?.answer !== 'decline', calls: call ? [call] : [] } };
  }

  private alert() {
    const [said] = this.said;
    const answered = said && {
      id: said.id, answer: said.answer, minutes: said.minutes ?? null, headcount: null, reason: said.reason ?? null, byName: '王建国',
      onBehalfOf: null, channel: 'link', words: null, occurredAt: new Date().toISOString(), receivedAt: new Date().toISOString(),
    }; // prettier-ignore
    return {
      alertId: '0197a000-0000-7000-8000-000000000001', personName: '王建国', teamName: '台州市红十字水上救援队', unitCode: 'TZ-W-1',
      kind: 'deploy', severity: 'I', incidentTitle: '宁溪镇山洪', exercise: false, placeText: '宁溪镇坦头村桥头',
      location: { lon: 120.98765, lat: 28.61234 }, message: '集合点：后院', raisedAt: new Date(Date.now() - 60_000).toISOString(),
      nextDueAt: this.doneReason ? null : new Date(Date.now() + 60_000).toISOString(), doneReason: this.doneReason,
      answered: answered ?? null, dutyPhone: '0576-88889999',
    }; // prettier-ignore
  }

  private file(path: string, response: ServerResponse): void {
    const at = join(this.folder, path);
    if (!existsSync(at)) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[extname(at)] ?? 'text/plain', 'content-security-policy': POLICY });
    response.end(readFileSync(at));
  }
}

/** Every script that a page can reach from its HTML, at once or later. */
function scriptsOf(folder: string, html: string): string[] {
  const found = new Set(
    [...readFileSync(join(folder, html), 'utf8').matchAll(/\/(assets\/[\w.-]+\.js)/g)].map((match) => match[1]!),
  );
  for (const script of found) {
    const text = readFileSync(join(folder, script), 'utf8');
    for (const match of text.matchAll(/["'`](?:\.\/|\/?assets\/)([\w.-]+\.js)["'`]/g)) found.add(`assets/${match[1]}`);
  }
  return [...found];
}

const suite = existsSync(CHROMIUM) ? describe : describe.skip;
if (!existsSync(CHROMIUM)) console.warn(`left out: no browser at ${CHROMIUM} (set CHROMIUM)`);

suite('the alert page on a phone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chiyuan-web-'));
  let mast: Mast;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let url: string;
  const foreign: string[] = [];

  beforeAll(async () => {
    const args = ['build', 'web', '--outDir', folder, '--emptyOutDir', '--logLevel', 'error'];
    const env = { ...process.env, NODE_ENV: 'production' };
    execFileSync(process.execPath, ['node_modules/vite/bin/vite.js', ...args], { env });
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  });
  afterAll(async () => {
    await browser?.close();
    mast?.server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    await context?.close();
    mast?.server.close();
    mast = new Mast(folder);
    await new Promise<void>((resolve) => mast.server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(mast.server.address() as AddressInfo).port}/phone.html`;
    context = await browser.newContext({ viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' });
    page = await context.newPage();
    page.on('request', (request) => new URL(request.url()).host === new URL(url).host || foreign.push(request.url()));
  });
  const open = async (token = 'good') => {
    await page.goto(`${url}#/a/${token}`);
    await page.waitForSelector('html[data-ready="true"]');
  };
  const faults = async () => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
    return violations.map(({ id, nodes }) => `${id} ${String(nodes[0]?.target)}`);
  };

  it('takes one press to accept, and tells the server once that it was seen', async () => {
    await open();
    await page.click('.accept');
    await page.waitForSelector('.state.good');
    expect(mast.said).toMatchObject([{ answer: 'accept', minutes: 30 }]);
    await page.reload();
    await page.waitForSelector('.state.good');
    expect({ heard: mast.heard, opened: mast.opened }).toEqual({ heard: 1, opened: 1 });
    expect(await faults()).toEqual([]);
  });

  it('declines only with a reason', async () => {
    await open();
    await page.click('.decline');
    expect(mast.heard).toBe(0);
    expect(await faults()).toEqual([]);
    await page.locator('.reason').first().click();
    await page.waitForSelector('.state[role="status"]');
    await page.waitForSelector('.state .numeric');
    expect(mast.said).toMatchObject([{ answer: 'decline', reason: '人在外地' }]);
  });

  it('keeps an answer through a dead network and a reload, and delivers it once', async () => {
    await open();
    mast.network = 'away';
    await page.click('.accept');
    await page.waitForSelector('.unsent-head');
    await page.reload();
    await page.waitForSelector('.unsent-head');
    expect(await faults()).toEqual([]);
    expect(mast.said).toEqual([]);
    mast.network = 'fine';
    await page.click('.unsent .button');
    await page.waitForSelector('.state.good');
    expect(mast.said).toHaveLength(1);
  });

  it('opens without network after one visit, with what was answered, and delivers it once', async () => {
    await open();
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    // The browser's own "offline" can miss a service worker that starts just then; the mast answers nobody at all.
    mast.network = 'gone';
    await context.setOffline(true);
    await page.click('.accept');
    await page.waitForSelector('.unsent-head');
    await page.reload();
    await page.waitForSelector('.unsent-head');
    expect(mast.said).toEqual([]);
    mast.network = 'fine';
    await context.setOffline(false);
    await page.waitForSelector('.state.good');
    expect(mast.said).toMatchObject([{ answer: 'accept', minutes: 30 }]);
    expect(mast.heard).toBe(1);
  });

  it('says the same again, not something new, when the answer to its answer was lost', async () => {
    await open();
    mast.network = 'mute';
    await page.click('.accept');
    await page.waitForSelector('.unsent-head');
    expect(mast.said).toHaveLength(1);
    mast.network = 'fine';
    await page.waitForSelector('.state.good');
    expect(mast.heard).toBeGreaterThan(1);
    expect(mast.said).toHaveLength(1);
  });

  it('tells who comes too late that the call-out is over', async () => {
    await open();
    mast.doneReason = 'exhausted';
    await page.click('.accept');
    await page.waitForSelector('.state.refused');
    expect(await page.locator('.accept').count()).toBe(0);
    expect(mast.said).toEqual([]);
  });

  const accepted = async () => {
    await open();
    await page.click('.accept');
    await page.waitForSelector('.state.good');
  };
  const until = async (fact: () => boolean) => {
    for (const end = Date.now() + 15_000; !fact();) {
      if (Date.now() > end) throw new Error('it did not happen');
      await sleep(50);
    }
  };
  /** Presses the button as a finger does, for so long. */
  const hold = async (ms: number) => {
    const { x, y, width, height } = (await page.locator('.button.sos').boundingBox())!;
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down();
    await page.waitForTimeout(ms);
    await page.mouse.up();
  };

  it('asks nobody who has just been woken whether to call for help; who is out may', async () => {
    await open();
    expect(await page.locator('.button.sos').count()).toBe(0);
    await page.click('.accept');
    await page.waitForSelector('.button.sos');
    for (const button of await page.locator('.sos-part button').all())
      expect((await button.boundingBox())!.height).toBeGreaterThanOrEqual(44);
    expect(await faults()).toEqual([]);
  });

  it('calls for help after two seconds and not before, once, and says who has taken it up', async () => {
    await accepted();
    await hold(900);
    await page.waitForSelector('.sos-early');
    expect(mast.called).toEqual([]);
    await hold(2300);
    await page.waitForSelector('.sos-words');
    expect(mast.called).toHaveLength(1);
    await page.locator('.sos-quick button').nth(1).click();
    await until(() => mast.added.length > 0);
    expect(mast.added.map(({ words }) => words)).toEqual(['有人受伤']);
    mast.takenUpBy = '值班员李芳';
    await page.waitForSelector('text=值班员李芳 已接手');
    expect(await faults()).toEqual([]);
  });

  it('fills its ring while it is held', async () => {
    await accepted();
    const { x, y } = (await page.locator('.button.sos').boundingBox())!;
    await page.mouse.move(x + 20, y + 20);
    await page.mouse.down();
    await page.waitForFunction("Number(document.querySelector('.sos-ring').dataset.full) >= 30");
    await page.mouse.up();
    expect(await page.locator('.sos-ring').getAttribute('data-full')).toBe('0');
    expect(mast.called).toEqual([]);
  });

  it('takes two presses of who cannot hold, by keyboard too', async () => {
    await accepted();
    await page.focus('.button.sos');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.sos-steps');
    expect(await faults()).toEqual([]);
    await page.locator('.sos-steps .button').last().click();
    expect(mast.called).toEqual([]);
    await page.click('.sos-other');
    await page.locator('.sos-steps .sos').click();
    await page.waitForSelector('.sos-words');
    expect(mast.called).toHaveLength(1);
  });

  it('sends where the phone is once it knows, and never waits for it', async () => {
    await context.grantPermissions(['geolocation']);
    await context.setGeolocation({ longitude: 121.2, latitude: 28.9, accuracy: 15 });
    await accepted();
    await hold(2300);
    await until(() => mast.added.length > 0);
    expect(mast.added[0]).toMatchObject({ position: { lon: 121.2, lat: 28.9, accuracyM: 15 } });
    expect(mast.called).toHaveLength(1);
    expect(mast.called[0]!.position).toBeUndefined();
  });

  it('says that a call has not got through, whom to phone, and delivers it once with its own moment', async () => {
    await accepted();
    mast.network = 'away';
    const before = Date.now();
    await hold(2300);
    await page.waitForSelector('.sos-unsent');
    expect(await page.locator('.sos-unsent a[href="tel:057688889999"]').count()).toBe(1);
    expect(await faults()).toEqual([]);
    await page.reload();
    await page.waitForSelector('.sos-unsent');
    expect(mast.called).toEqual([]);
    mast.network = 'fine';
    await page.waitForSelector('.sos-words');
    await page.waitForFunction("!document.querySelector('.sos-unsent')");
    expect(mast.called).toHaveLength(1);
    expect(Math.abs(Date.parse(mast.called[0]!.occurredAt) - before)).toBeLessThan(10_000);
  });

  it('knows nothing about an unknown link', async () => {
    await open('bad');
    expect(await page.locator('.accept, .alert-place').count()).toBe(0);
    expect(await faults()).toEqual([]);
  });

  it('stops ringing on any touch and answers only by the button', async () => {
    await open();
    expect(await page.locator('html[data-siren="on"]').count()).toBe(1);
    await page.locator('.alert-title').click();
    expect(await page.locator('html[data-siren="on"]').count()).toBe(0);
    expect(mast.heard).toBe(0);
    for (const button of await page.locator('.answer').all())
      expect((await button.boundingBox())!.height).toBeGreaterThanOrEqual(64);
  });

  it('stays within its budget and its own host', () => {
    const scripts = scriptsOf(folder, 'phone.html');
    const bytes = scripts.reduce(
      (sum, script) => sum + gzipSync(readFileSync(join(folder, script)), { level: 9 }).length,
      0,
    );
    expect(scripts.length).toBeGreaterThan(3);
    expect(bytes).toBeLessThanOrEqual(BUDGET);
    expect(foreign).toEqual([]);
  });
});
