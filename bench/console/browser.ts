import { type Browser, chromium, type Page } from 'playwright-core';
import type { LiveChange, SnapshotDto } from '../../src/live/live.dto.js';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
/** As on a desk without a graphics card. */
const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--enable-precise-memory-info',
]; // prettier-ignore
export const DEMO_PASSWORD = 'chiyuan-demo';
const PATIENCE_MS = 120_000;

export const launch = (): Promise<Browser> => chromium.launch({ executablePath: CHROMIUM, args: FLAGS });

interface Sitting {
  account: string | null;
  path?: string;
  viewport?: { width: number; height: number };
  prepare?: (page: Page) => Promise<void>;
}

/** Somebody at a screen of their own, signed in unless `account` is null, once the page is drawn. */
export async function sit(browser: Browser, url: string, sitting: Sitting): Promise<Page> {
  const { account, path = '/', viewport = { width: 1920, height: 1080 }, prepare } = sitting;
  const context = await browser.newContext({ viewport, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', baseURL: url });
  context.setDefaultTimeout(PATIENCE_MS);
  if (account !== null) {
    const answer = await context.request.post('/api/v1/sessions', { data: { account, password: DEMO_PASSWORD } });
    if (!answer.ok()) throw new Error(`${account}: ${answer.status()}`);
  }
  const page = await context.newPage();
  await prepare?.(page);
  await page.goto(path);
  await drawn(page);
  return page;
}

export async function drawn(page: Page): Promise<void> {
  await page.waitForSelector('html[data-ready="true"]', { state: 'attached' });
}

/** Changes the picture on its way to the page: for sizes that no demo has. */
export async function reshape(page: Page, change: (snapshot: SnapshotDto) => void): Promise<void> {
  await page.route('**/api/v1/live/snapshot', async (route) => {
    const answer = await route.fetch();
    const snapshot = (await answer.json()) as SnapshotDto;
    change(snapshot);
    await route.fulfill({ response: answer, json: snapshot });
  });
}

/** The line of a page, into which changes can be put as if the server had sent them. */
export class Line {
  private send: ((frame: string) => void) | null = null;
  private seq = 1_000_000_000;

  /** Before the page goes anywhere. */
  async tap(page: Page): Promise<void> {
    await page.routeWebSocket(/\/socket\.io\//, (line) => {
      line.connectToServer();
      this.send = (frame) => line.send(frame);
    });
  }

  tell(change: Omit<LiveChange, 'seq' | 'at' | 'incidentId' | 'actorName'>): void {
    const whole = { ...change, seq: ++this.seq, at: new Date().toISOString(), incidentId: null, actorName: null };
    this.send?.(`42${JSON.stringify(['live:change', whole])}`);
  }

  get open(): boolean {
    return this.send !== null;
  }
}

/** So many pieces a second, in even portions, until told to stop. */
export function every(perS: number, piece: () => void): () => void {
  const began = performance.now();
  let done = 0;
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - began) / 1000) * perS);
    for (; done < due; done++) piece();
  }, 20);
  return () => clearInterval(timer);
}

export interface Frames {
  gapsMs: number[];
  longTasksMs: number[];
}

/** The gaps between frames, and tasks over 50 ms, of some seconds of a page. */
export const framesOf = (page: Page, seconds: number): Promise<Frames> =>
  page.evaluate<Frames>(`new Promise((done) => {
    const gapsMs = [], longTasksMs = [];
    const watch = new PerformanceObserver((list) => longTasksMs.push(...list.getEntries().map((each) => each.duration)));
    watch.observe({ type: 'longtask' });
    let last = performance.now();
    const end = last + ${seconds} * 1000;
    const frame = (now) => {
      gapsMs.push(now - last);
      last = now;
      if (now < end) return requestAnimationFrame(frame);
      watch.disconnect();
      done({ gapsMs: gapsMs.slice(1), longTasksMs });
    };
    requestAnimationFrame(frame);
  })`);
