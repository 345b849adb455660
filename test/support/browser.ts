import { fork, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect } from '@jest/globals';
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core';
import { Cable } from './cable.js';
import { DEMO_PASSWORD } from './database.js';
export { axeFaults, rawKeys } from './page-faults.js';

export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
export const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
]; // prettier-ignore
/** How long a fact may take to come on screen, in ms. Only a failing test waits this long. */
export const PATIENCE_MS = 20_000;

export const DESK = { width: 1366, height: 768 };
export const TABLET = { width: 1180, height: 820 };
export const PHONE = { width: 390, height: 844 };

/**
 * The built program in a process of its own, as `npm start` runs it: embedded database, demo, real clock, a data folder of its own. It is
 * there once its demonstration is complete: papers that are still being written move goods under the hands of a test.
 */
export interface Program {
  url: string;
  /** Its data folder, with `outbox/sms.log`. */
  home: string;
  stop(): Promise<void>;
}

export async function startProgram(settings: Record<string, string> = {}): Promise<Program> {
  for (const built of ['dist/main.js', 'dist/web/index.html'])
    if (!existsSync(built)) throw new Error(`${built} is missing: npm run build`);
  const home = mkdtempSync(join(tmpdir(), 'chiyuan-browser-'));
  const env = {
    ...process.env, NODE_ENV: 'development', DATA_DIR: home, HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'error', NODE_OPTIONS: '',
    DATABASE_URL: '', REDIS_URL: '', SIGN_IN_PER_MINUTE: '1000', ...settings,
  }; // prettier-ignore
  const child = fork('dist/main.js', [], { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    child.kill('SIGTERM');
    await gone;
    rmSync(home, { recursive: true, force: true });
  };
  const port = await portOfComplete(child, gone);
  return { url: `http://127.0.0.1:${port}`, home, stop };
}

function portOfComplete(child: ChildProcess, gone: Promise<void>): Promise<number> {
  return new Promise((resolve, reject) => {
    let port: number | undefined;
    child.on('message', (message: { port?: number; demoWritten?: true }) => {
      port ??= message.port;
      if (message.demoWritten) resolve(port!);
    });
    void gone.then(() => reject(new Error('the program ended before it was complete')));
  });
}

interface Sitting {
  viewport?: { width: number; height: number };
  theme?: 'dark' | 'light';
  locale?: 'zh-CN' | 'en';
  /** Lets the demonstration offer its tour, as it does to somebody new. */
  offered?: boolean;
  /** Where the browser goes first, from `/`. */
  path?: string;
  /** What the system asks of pages; less motion unless said otherwise. */
  reducedMotion?: 'reduce' | 'no-preference';
  forcedColors?: 'active' | 'none';
  /** Blocked where a test itself gives the pages: a worker's own requests do not come by it. */
  serviceWorkers?: 'allow' | 'block';
  /** Its line to the program is one that `cutLink` pulls out for good, also under a page that is loading. */
  cable?: boolean;
  /** What is done to the page before it goes anywhere: routes, clocks. */
  prepare?: (page: Page) => Promise<void>;
}

/** A person at a screen: a browser context with a session of its own. */
export interface Person {
  page: Page;
  context: BrowserContext;
  cable?: Cable;
}

/** A refused request that a test means to make: part of its address and the status. */
interface Expected {
  path: string;
  status: number;
}
/** Every page asks who it talks to; without a session the answer is 401. */
const WHO_AM_I: Expected = { path: '/api/v1/me', status: 401 };

/**
 * One Chromium for a suite. Whatever a page must never do is gathered as a fault: a request to another host, an error that nobody
 * caught, an error on the console (the content security policy speaks there), a failed request that the test did not announce.
 */
export class TestBrowser {
  private readonly found: string[] = [];
  private readonly people: Person[] = [];
  private expected: Expected[] = [WHO_AM_I];
  private offline = false;
  private down = false;

  private constructor(
    private readonly browser: Browser,
    private readonly url: string,
  ) {}

  /** @param flags further switches of Chromium */
  static async launch(url: string, flags: string[] = []): Promise<TestBrowser> {
    return new TestBrowser(await chromium.launch({ executablePath: CHROMIUM, args: [...FLAGS, ...flags] }), url);
  }

  get version(): string {
    return this.browser.version();
  }

  /** Somebody sits down, signed in unless `account` is null, and waits until the page is drawn. */
  async person(account: string | null, sitting: Sitting = {}): Promise<Person> {
    const { viewport = DESK, theme = 'dark', locale = 'zh-CN', path = '/' } = sitting;
    const {
      reducedMotion = 'reduce',
      forcedColors = 'none',
      serviceWorkers = 'allow',
      prepare,
      offered = false,
    } = sitting;
    const cable = sitting.cable ? await Cable.to(this.url) : undefined;
    const url = cable?.url ?? this.url;
    const context = await this.browser.newContext({
      viewport, locale, timezoneId: 'Asia/Shanghai', reducedMotion, forcedColors, serviceWorkers, baseURL: url,
    }); // prettier-ignore
    context.setDefaultTimeout(PATIENCE_MS);
    const wishes = {
      'chiyuan.theme': theme,
      'chiyuan.locale': locale,
      ...(offered ? {} : { 'chiyuan.tour.offer': 'off' }),
    };
    await context.addInitScript({
      content: `if (location.protocol === 'http:') for (const [key, wish] of Object.entries(${JSON.stringify(wishes)})) localStorage[key] ??= wish;`,
    });
    if (account !== null) {
      const answer = await context.request.post('/api/v1/sessions', { data: { account, password: DEMO_PASSWORD } });
      if (!answer.ok()) throw new Error(`${account}: ${answer.status()} ${await answer.text()}`);
    }
    const page = await context.newPage();
    this.watch(page, new URL(url).host);
    const person: Person = { page, context, ...(cable ? { cable } : {}) };
    this.people.push(person);
    await prepare?.(page);
    await page.goto(path);
    await drawn(page);
    return person;
  }

  private watch(page: Page, home: string): void {
    page.on('request', (request) => {
      const { host, protocol } = new URL(request.url());
      if (host !== home && !['data:', 'blob:'].includes(protocol)) this.found.push(`off host: ${request.url()}`);
    });
    page.on('websocket', (line) => {
      if (new URL(line.url()).host !== home) this.found.push(`off host: ${line.url()}`);
    });
    page.on('pageerror', (error) => void this.found.push(`page error: ${error.message}`));
    page.on('console', (message) => {
      const { url } = message.location();
      if (message.type() !== 'error' || this.isExpected(message.text(), url)) return;
      this.found.push(`console: ${message.text()} ${url}`);
    });
  }

  /** Chromium writes every refused or broken request on the console too. */
  private isExpected(text: string, url: string): boolean {
    if (this.offline && text.includes('net::ERR_')) return true;
    if (this.down && text.includes('net::ERR_')) return true;
    return this.expected.some(
      ({ path, status }) => text.includes(`responded with a status of ${status} `) && url.includes(path),
    );
  }

  /** Announces that a request will be refused. */
  expectRefusal(path: string, status: number): void {
    this.expected.push({ path, status });
  }

  /** Announces that the server will not be there for a while. */
  expectDown(): void {
    this.down = true;
  }

  /** Pulls the cable of one person, and puts it back. Failed requests are no faults from then on. */
  async cutLink({ context, cable }: Person, cut: boolean): Promise<void> {
    this.offline = true;
    cable?.pull(cut);
    await context.setOffline(cut);
  }

  /** What went wrong since the last call. */
  takeFaults(): string[] {
    return this.found.splice(0);
  }

  /** Everybody leaves; for the end of a test. Answers the faults. */
  async clearRoom(): Promise<string[]> {
    await Promise.all(this.people.splice(0).map(({ context, cable }) => context.close().finally(() => cable?.close())));
    this.expected = [WHO_AM_I];
    this.offline = false;
    this.down = false;
    return this.takeFaults();
  }

  async close(): Promise<void> {
    await this.browser.close();
  }
}

/** The built program and the people at its screens: there from the first hook of a suite on. */
export interface House {
  readonly program: Program;
  readonly browser: TestBrowser;
}

/** How long program and browser may take to start on a busy machine, ms. */
const START_MS = 600_000;

/**
 * A suite in a browser, on a program of its own with `settings` beside those of `npm start`. After each test everybody leaves, and nothing
 * may have gone wrong on any page that the test did not announce. Left out where there is no browser.
 */
export function browserSuite(name: string, settings: Record<string, string>, tests: (house: House) => void): void {
  if (!existsSync(CHROMIUM)) console.warn(`left out: no browser at ${CHROMIUM} (set CHROMIUM)`);
  (existsSync(CHROMIUM) ? describe : describe.skip)(name, () => {
    const house = {} as { program: Program; browser: TestBrowser };
    beforeAll(async () => {
      house.program = await startProgram(settings);
      house.browser = await TestBrowser.launch(house.program.url);
    }, START_MS);
    afterEach(async () => expect(await house.browser.clearRoom()).toEqual([]));
    afterAll(async () => {
      await house.browser?.close();
      await house.program?.stop();
    });
    tests(house);
  });
}

/** Until data and map are drawn (`web/src/app/ready.ts`). */
export async function drawn(page: Page): Promise<void> {
  await page.waitForSelector('html[data-ready="true"]', { state: 'attached' });
}

/** The one-time link of a message about a place, as the phone got it; its path only, because the program's port is not known to it. */
export async function linkAbout(program: Program, place: string): Promise<string> {
  const log = join(program.home, 'outbox', 'sms.log');
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const line = existsSync(log) && readFileSync(log, 'utf8').split('\n').find((each) => each.includes(place)); // prettier-ignore
    const link = line && /https?:\/\/\S+/.exec(line)?.[0];
    if (link) return link.replace(/^https?:\/\/[^/]+/, '');
    if (Date.now() > until) throw new Error(`no message about ${place}`);
    await sleep(50);
  }
}

/** Chooses the option of a list that has these words, once the list has come. */
export async function chooseWith(list: Locator, words: string): Promise<void> {
  const option = list.locator('option', { hasText: words }).first();
  await option.waitFor({ state: 'attached' });
  await list.selectOption({ label: (await option.innerText()).trim() });
}
