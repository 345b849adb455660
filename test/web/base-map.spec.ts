import { existsSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { axeFaults, CHROMIUM, drawn, type Program, startProgram, TestBrowser } from '../support/browser.js';
import { type Box, decode, encode } from '../support/pictures.js';
import { ProviderServer } from '../support/provider-server.js';

const suite = existsSync(CHROMIUM) ? describe : describe.skip;
if (!existsSync(CHROMIUM)) console.warn(`left out: no browser at ${CHROMIUM} (set CHROMIUM)`);

const SIDE = 256;
const PAPER = 0xf4f1e6;
const ROAD = 0xe0a040;
const FIELD = 0xb8dca8;
/** A map of nowhere: paper, fields, two roads that meet in the middle of each tile. */
function ground(): Buffer {
  const data = Buffer.alloc(SIDE * SIDE * 4, 255);
  for (let at = 0; at < SIDE * SIDE; at++) {
    const [x, y] = [at % SIDE, Math.floor(at / SIDE)];
    const colour = Math.abs(x - 128) < 4 || Math.abs(y - 128) < 4 ? ROAD : (x < 100 && y < 100 ? FIELD : PAPER); // prettier-ignore
    data.writeUIntBE(colour, at * 4, 3);
  }
  return encode({ width: SIDE, height: SIDE, data }, [PAPER, ROAD, FIELD]);
}

/** How light the map is in the middle, 0 to 255. */
async function lightOf(page: Page): Promise<number> {
  const box = (await page.locator('.map').boundingBox()) as Box;
  const clip = { x: box.x + 20, y: box.y + box.height / 3, width: box.width - 40, height: box.height / 3 };
  const { data, width, height } = decode(await page.screenshot({ clip }));
  let sum = 0;
  for (let at = 0; at < data.length; at += 4) sum += data[at]! + data[at + 1]! + data[at + 2]!;
  return sum / (3 * width * height);
}
const tiles = (page: Page) => page.locator('.map-ground');
const credit = '底图：示范地图，审图号 GS(2024)0650号';

suite('a base map of others', () => {
  let provider: ProviderServer;
  let program: Program;
  let browser: TestBrowser;
  const picture = ground();
  beforeAll(async () => {
    provider = await ProviderServer.open((_, response) => void response.writeHead(200).end(picture));
    program = await startProgram({
      TILES_URL: `${provider.url}/{z}/{x}/{y}`, TILES_PROVIDER: '示范地图', TILES_APPROVAL: 'GS(2024)0650号',
    }); // prettier-ignore
    browser = await TestBrowser.launch(program.url);
  }, 600_000);
  afterEach(async () => expect(await browser.clearRoom()).toEqual([]));
  afterAll(async () => {
    await browser?.close();
    await program?.stop();
    await provider?.close();
  });

  it.each(['light', 'dark'] as const)(
    'lies under ours with its number, and is put away: %s',
    async (theme) => {
      const { page } = await browser.person('duty.331000', { theme });
      await page.locator('.map-credit', { hasText: credit }).waitFor();
      await tiles(page).waitFor();
      await page.waitForLoadState('networkidle');
      const withGround = await lightOf(page);
      if (process.env.KEEP_PICTURES)
        await page.screenshot({ path: `${process.env.KEEP_PICTURES}/base-map-${theme}.png` });
      expect(provider.asked.length).toBeGreaterThan(3);
      expect(await axeFaults(page)).toEqual([]);
      await page.locator('.map-menu summary').click();
      await page.getByRole('checkbox', { name: '底图 GS(2024)0650号' }).uncheck();
      await page.locator('.map-credit', { hasText: credit }).waitFor({ state: 'detached' });
      await tiles(page).waitFor({ state: 'detached' });
      await page.reload();
      await drawn(page);
      await page.getByText('底图：Natural Earth，示意').waitFor();
      expect(await tiles(page).count()).toBe(0);
      const without = await lightOf(page);
      expect(Math.abs(withGround - without)).toBeGreaterThan(2);
      if (theme === 'dark') expect(withGround).toBeLessThan(128);
      else expect(withGround).toBeGreaterThan(200);
    },
    300_000,
  );

  it('leaves the neutral land where it does not come, and says so', async () => {
    browser.expectRefusal('/map-tiles/', 502);
    provider.answer = (_, response) => void response.writeHead(500).end();
    const { page } = await browser.person('duty.330100');
    // Nearer than anybody has looked: what was seen before is kept and would still be shown.
    for (let n = 0; n < 3; n++) await page.getByRole('button', { name: '放大' }).click();
    await page.locator('.map-credit', { hasText: '部分没有取到，缺处显示示意海陆' }).waitFor();
    await page.getByText('底图：Natural Earth，示意').waitFor();
  }, 300_000);
});
