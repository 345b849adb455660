import { existsSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { CHROMIUM, drawn, type Program, startProgram, TestBrowser } from '../support/browser.js';
import { decode } from '../support/pictures.js';
import { settled } from '../support/places.js';

const suite = existsSync(CHROMIUM) ? describe : describe.skip;
if (!existsSync(CHROMIUM)) console.warn(`left out: no browser at ${CHROMIUM} (set CHROMIUM)`);

const OFFICER = 'duty.331000';
/** An incident of the demonstration to which teams can go. */
const VERIFIED = '仙居县山区';
/** A machine without any three-dimensional drawing, not even by its processor. */
const NO_3D = ['--disable-3d-apis', '--disable-software-rasterizer'];
/** Slowest blinking that is still one, and no faster than once a second (C-14). */
const BLINK_MS = 1000;

const firstRow = (page: Page) => page.locator('.queue-row').first().getByRole('button');

/** What opens a dialog, and by what. */
const DIALOGS: { name: string; before?: (page: Page) => Promise<void>; opener: string }[] = [
  { name: 'command bar', opener: '.command-open' },
  { name: 'alarms', opener: '.alarm-counts' },
  { name: 'dispatch', before: (page) => firstRow(page).dblclick(), opener: '.incident-acts > .primary' },
  { name: 'a step', opener: '.incident-acts > button:nth-last-child(2)' },
];

suite('for other eyes and hands', () => {
  let program: Program;
  let browser: TestBrowser;
  beforeAll(async () => {
    program = await startProgram();
    browser = await TestBrowser.launch(program.url);
  }, 240_000);
  afterEach(async () => expect(await browser.clearRoom()).toEqual([]));
  afterAll(async () => {
    await browser?.close();
    await program?.stop();
  });

  it('dialogs take the focus, keep it, and give it back', async () => {
    const { page } = await browser.person(OFFICER);
    const where = () =>
      page.evaluate<string>(
        `document.activeElement.closest('dialog[open]') ? 'inside' : document.activeElement === document.body ? 'nowhere' : 'outside'`,
      );
    for (const { name, before, opener } of DIALOGS) {
      await before?.(page);
      await settled(page);
      await page.locator(opener).focus();
      await page.keyboard.press('Enter');
      await page.locator('dialog[open]').waitFor();
      await settled(page);
      expect({ name, focus: await where() }).toEqual({ name, focus: 'inside' });
      for (let n = 0; n < 30; n++) {
        await page.keyboard.press('Tab');
        expect({ name, left: (await where()) === 'outside' }).toEqual({ name, left: false });
      }
      expect(await page.locator('dialog[open]').count()).toBe(1);
      await page.keyboard.press('Escape');
      await page.locator('dialog[open]').waitFor({ state: 'detached' });
      const back = await page.evaluate(`document.activeElement === document.querySelector('${opener}')`);
      expect({ name, back }).toEqual({ name, back: true });
    }
  }, 120_000);

  it('the help of the menu gives the focus back to the menu', async () => {
    const { page } = await browser.person(OFFICER);
    await page.locator('.menu > summary').click();
    await page.locator('.menu-body button', { hasText: '?' }).click();
    await page.locator('dialog[open]').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('dialog[open]').waitFor({ state: 'detached' });
    expect(await page.evaluate(`document.activeElement.matches('.menu > summary')`)).toBe(true);
  });

  it('the keyboard goes through the desk as the eye does, and the focus is always seen', async () => {
    const { page } = await browser.person(OFFICER);
    const order = ['.top', '.strips', '.queue', '.map', '.log', '.side'];
    const reached: number[] = [];
    for (let n = 0; n < 80; n++) {
      await page.keyboard.press('Tab');
      const at = await page.evaluate<{ part: number; hidden: string }>(`(() => {
        const on = document.activeElement;
        const box = on.getBoundingClientRect();
        const top = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 12));
        const seen = top !== null && (on.contains(top) || top.contains(on));
        const outlined = getComputedStyle(on).outlineStyle !== 'none';
        return { part: ${JSON.stringify(order)}.findIndex((part) => on.closest(part)), hidden: seen && outlined ? '' : on.outerHTML.slice(0, 120) };
      })()`);
      if (at.part < 0) break;
      expect(at.hidden).toBe('');
      reached.push(at.part);
    }
    expect(reached).toEqual([...reached].sort((a, b) => a - b));
    expect(reached).toEqual(
      expect.arrayContaining(['.top', '.queue', '.map', '.side'].map((part) => order.indexOf(part))),
    );
  }, 240_000);

  it('what is chosen and how grave it is stay visible in the colours of the system', async () => {
    const { page } = await browser.person(OFFICER, { forcedColors: 'active' });
    await firstRow(page).click();
    const edge = (part: string, side: string) =>
      page.evaluate<string>(`getComputedStyle(document.querySelector(${JSON.stringify(part)})).${side}`);
    for (const chosen of [
      '.presets [aria-pressed="true"]',
      '.queue-row.selected button',
      '.side [aria-selected="true"]',
    ])
      expect({ chosen, style: await edge(chosen, 'outlineStyle') }).toEqual({ chosen, style: 'solid' });
    for (const other of [
      '.presets [aria-pressed="false"]',
      '.queue-row:not(.selected) button',
      '.side [aria-selected="false"]',
    ])
      expect({ other, style: await edge(other, 'outlineStyle') }).toEqual({ other, style: 'none' });
    for (const framed of ['.severity', '.button', '.input'])
      expect({ framed, style: await edge(framed, 'borderTopStyle') }).toEqual({ framed, style: 'solid' });
  });

  it('only the gravest blinks, at most once a second, and nothing moves where less motion is asked for', async () => {
    const moving = `document.getAnimations().filter((each) => each.playState === 'running').map((each) => [each.animationName, each.effect.getTiming().duration])`;
    const { page, context } = await browser.person(OFFICER, {
      reducedMotion: 'no-preference',
      prepare: (fresh) => fresh.clock.install(),
    });
    const data = {
      kind: 'flood',
      severity: 'I',
      placeText: '椒江区示范闪烁一号',
      location: { lon: 121.44, lat: 28.67 },
    };
    expect((await context.request.post('/api/v1/incidents', { data })).status()).toBe(201);
    await page.locator('.queue-row', { hasText: '示范闪烁一号' }).waitFor();
    await page.clock.fastForward(90_000);
    await page.locator('.severity.calling').first().waitFor();
    const found = await page.evaluate<[string, number][]>(moving);
    expect(found.length).toBeGreaterThan(0);
    for (const [name, durationMs] of found)
      expect({ name, slow: durationMs >= BLINK_MS }).toEqual({ name: 'calling', slow: true });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await page.evaluate(moving)).toEqual([]);
    expect(await page.evaluate(`getComputedStyle(document.querySelector('.severity.calling')).boxShadow`)).toMatch(/3px/); // prettier-ignore
  }, 240_000);

  it('works where three-dimensional drawing is off', async () => {
    const flat = await TestBrowser.launch(program.url, NO_3D);
    try {
      const { page } = await flat.person(OFFICER);
      expect(await page.evaluate(`document.createElement('canvas').getContext('webgl')`)).toBe(null);
      const { x, y, width, height } = (await page.locator('.map').boundingBox())!;
      const map = decode(await page.screenshot({ clip: { x, y, width, height } }));
      const land = await page.evaluate<string>(`getComputedStyle(document.documentElement).getPropertyValue('--map-land').trim()`); // prettier-ignore
      const wanted = Number.parseInt(land.slice(1), 16);
      let ofLand = 0;
      for (let at = 0; at < map.data.length; at += 4) if (map.data.readUIntBE(at, 3) === wanted) ofLand++;
      expect(ofLand / (map.width * map.height)).toBeGreaterThan(0.1);
      await page.locator('.queue-row', { hasText: VERIFIED }).getByRole('button').click();
      await settled(page);
      await page.keyboard.press('Enter');
      await page.locator('.sheet').waitFor();
      await page.keyboard.press('d');
      await page.locator('.dispatch-dialog').waitFor();
      await page.keyboard.press('Escape');
      await page.locator('.dispatch-dialog').waitFor({ state: 'detached' });
      await page.keyboard.press('n');
      await page.locator('.new-incident').waitFor();
      await drawn(page);
      expect(await flat.clearRoom()).toEqual([]);
    } finally {
      await flat.close();
    }
  }, 240_000);
});
