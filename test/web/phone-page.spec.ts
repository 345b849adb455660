import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { axeFaults, CHROMIUM } from '../support/browser.js';
import type { Mast } from '../support/mast.js';
import { PhoneBench } from '../support/phone-bench.js';

/** All that the page may ever load, compressed (bytes). */
const BUDGET = 130_000;

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
  const bench = new PhoneBench();
  let mast: Mast;
  let context: BrowserContext;
  let page: Page;
  let url: string;
  const foreign: string[] = [];

  beforeAll(() => bench.open());
  afterAll(() => bench.close());
  beforeEach(async () => {
    ({ mast, context, page, url } = await bench.afresh());
    page.on('request', (request) => new URL(request.url()).host === new URL(url).host || foreign.push(request.url()));
  });
  const open = async (token = 'good') => {
    await page.goto(`${url}#/a/${token}`);
    await page.waitForSelector('html[data-ready="true"]');
  };
  const faults = () => axeFaults(page);

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

  it('says what happened and how many are wanted, and names the number on the button', async () => {
    await open();
    expect(await page.locator('.alert-title').innerText()).toBe('洪涝：宁溪镇山洪');
    expect(await page.locator('.alert-people').innerText()).toBe('需要 8 人');
    expect(await page.locator('.accept').innerText()).toContain('按通知 8 人');
    await page.locator('.stepper').nth(1).locator('button').last().click();
    expect(await page.locator('.stepper-value').nth(1).innerText()).toBe('8 人');
  });

  it('leads on from the yes to the base by one big button, without a sign-in', async () => {
    await open();
    expect(await page.locator('.link-progress').count()).toBe(0);
    await page.click('.accept');
    for (const [word, after] of [['开始集合', '集合中'], ['出发', '途中'], ['到达现场', '已到现场'], ['任务完成', '任务已完成'], ['返程', '返程中'], ['已归队', '已归队']]) {
      await page.click(`.button.next:text-is("${word}"):enabled`);
      await page.waitForSelector(`.link-progress .status b:text-is("${after}")`);
      if (after === '途中') expect(await page.locator('.sos-part').count()).toBe(1);
      if (after === '途中') expect(await faults()).toEqual([]);
    }
    await page.waitForSelector('.button.next', { state: 'detached' });
    expect(mast.steps.map(({ step }) => step)).toEqual(['assemble', 'depart', 'arrive', 'release', 'return', 'close']);
    expect(await page.locator('text=登录').count()).toBe(0);
  }, 60_000); // prettier-ignore

  it('keeps yes and departure through a dead network and a reload, and says them in their order', async () => {
    await open();
    mast.network = 'away';
    await page.click('.accept');
    await page.click('.other-steps .button:text-is("出发"):enabled');
    await page.waitForSelector('.link-progress .status b:text-is("途中")');
    await page.reload();
    await page.waitForSelector('.link-progress .status b:text-is("途中")');
    expect(mast.steps).toEqual([]);
    mast.network = 'fine';
    await page.evaluate('window.dispatchEvent(new Event("online"))');
    await page.waitForSelector('.unsent', { state: 'detached' });
    expect([mast.said.length, mast.steps.map(({ step }) => step)]).toEqual([1, ['depart']]);
    await page.waitForSelector('.button.next:text-is("到达现场")');
  });

  it('offers no step to who declined', async () => {
    await open();
    await page.click('.decline');
    await page.locator('.reason').first().click();
    await page.waitForSelector('.state .numeric');
    expect(await page.locator('.link-progress, .button.next').count()).toBe(0);
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
    await page.waitForSelector('.accept', { state: 'detached' });
    expect(mast.said).toEqual([]);
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
    const scripts = scriptsOf(bench.folder, 'phone.html');
    const bytes = scripts.reduce(
      (sum, script) => sum + gzipSync(readFileSync(join(bench.folder, script)), { level: 9 }).length,
      0,
    );
    expect(scripts.length).toBeGreaterThan(3);
    expect(bytes).toBeLessThanOrEqual(BUDGET);
    expect(foreign).toEqual([]);
  });
});
