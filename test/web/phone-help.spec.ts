import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { axeFaults, CHROMIUM } from '../support/browser.js';
import type { Mast } from '../support/mast.js';
import { PhoneBench } from '../support/phone-bench.js';

const suite = existsSync(CHROMIUM) ? describe : describe.skip;
if (!existsSync(CHROMIUM)) console.warn(`left out: no browser at ${CHROMIUM} (set CHROMIUM)`);

suite('calling for help on a phone', () => {
  const bench = new PhoneBench();
  let mast: Mast;
  let context: BrowserContext;
  let page: Page;
  let url: string;

  beforeAll(() => bench.open());
  afterAll(() => bench.close());
  beforeEach(async () => {
    ({ mast, context, page, url } = await bench.afresh());
  });
  const open = async () => {
    await page.goto(`${url}#/a/good`);
    await page.waitForSelector('html[data-ready="true"]');
  };
  const faults = () => axeFaults(page);

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
  /** Presses the button as a finger does, and does `act` so long after, by the clock of the page: a busy machine would let go late. */
  const press = async (ms: number, act: string) => {
    const { x, y, width, height } = (await page.locator('.button.sos').boundingBox())!;
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.evaluate(`{ window.acted = new Promise((done) => addEventListener('pointerdown', () =>
      setTimeout(() => done(${act}), ${ms}), { once: true })); void 0; }`);
    await page.mouse.down();
  };
  const LET_GO = `dispatchEvent(new PointerEvent('pointerup'))`;
  const hold = async (ms: number) => {
    await press(ms, LET_GO);
    await page.evaluate('acted');
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

  it('calls when it was held for two seconds, also where the page is too busy to count them', async () => {
    await accepted();
    await press(
      1500,
      `(() => { for (const from = performance.now(); performance.now() - from < 900;); ${LET_GO}; })()`,
    );
    await page.evaluate('acted');
    await page.mouse.up();
    await page.waitForSelector('.sos-words');
    expect(await page.locator('.sos-early').count()).toBe(0);
    await until(() => mast.called.length > 0);
    expect(mast.called).toHaveLength(1);
  });

  it('fills its ring while it is held', async () => {
    await accepted();
    const full = `Number(document.querySelector('.sos-ring').dataset.full)`;
    await press(100, `new Promise((later) => { const early = ${full}; setTimeout(() => { later(${full} - early); ${LET_GO}; }, 700); })`); // prettier-ignore
    expect(await page.evaluate<number>('acted')).toBeGreaterThanOrEqual(20);
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
    await page.waitForTimeout(600);
    await page.locator('.sos-steps .button').last().click();
    expect(mast.called).toEqual([]);
    await page.waitForTimeout(600); // sooner it may be the second tap of a double tap on what stood there before
    await page.click('.sos-other');
    await page.waitForSelector('.sos-steps');
    await page.waitForTimeout(600);
    await page.locator('.sos-steps .sos').click();
    await page.waitForSelector('.sos-words');
    expect(mast.called).toHaveLength(1);
  });

  it('does not take the second tap of a double tap on “cannot hold” for the yes that appears under it', async () => {
    await accepted();
    await page.waitForTimeout(600);
    await page.evaluate(`{ const tap = new MutationObserver(() => {
      const yes = document.querySelector('.sos-steps .sos');
      if (yes) { tap.disconnect(); yes.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 2 })); }
    }); tap.observe(document.body, { childList: true, subtree: true }); }`);
    await page.click('.sos-other');
    await page.waitForSelector('.sos-steps');
    await page.waitForTimeout(600);
    expect(await page.locator('.sos-words').count()).toBe(0);
    expect(mast.called).toEqual([]);
    await page.locator('.sos-steps .sos').click();
    await until(() => mast.called.length === 1);
  });

  it('takes the yes of a keyboard at once: it has no double tap', async () => {
    await accepted();
    await page.focus('.button.sos');
    await page.keyboard.press('Enter');
    await page.locator('.sos-steps .sos').press('Enter');
    await until(() => mast.called.length === 1);
  });

  it('does not take the second tap of a double tap on “accept” for a call for help', async () => {
    await open();
    await page.evaluate(`{ const tap = new MutationObserver(() => {
      const button = document.querySelector('.sos-other');
      if (button) { tap.disconnect(); button.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 2 })); }
    }); tap.observe(document.body, { childList: true, subtree: true }); }`);
    await page.click('.accept');
    await page.waitForSelector('.sos-other');
    expect(await page.locator('.sos-steps').count()).toBe(0);
    await page.waitForTimeout(600);
    await page.click('.sos-other');
    await page.waitForSelector('.sos-steps');
    expect(mast.called).toEqual([]);
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
    await page.locator('.sos-unsent').waitFor({ state: 'detached' });
    expect(mast.called).toHaveLength(1);
    expect(Math.abs(Date.parse(mast.called[0]!.occurredAt) - before)).toBeLessThan(10_000);
  });
});
