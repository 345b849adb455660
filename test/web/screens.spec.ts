import { existsSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { PNG } from 'pngjs';
import { CHROMIUM, TestBrowser } from '../support/browser.js';
import { tooWide } from '../support/looks.js';
import { decode, encode, inPalette, paletteOf } from '../support/pictures.js';
import { addressOf, goTo, type Place, settled } from '../support/places.js';
import {
  difference, keep, keepMachine, keptBytes, machineOf, MOST_BYTES, sameMachine, SCREENS, SIZES, THEMES, updating,
} from '../support/screens.js'; // prettier-ignore
import { StillWorld } from '../support/still-world.js';

const suite = existsSync(CHROMIUM) ? describe : describe.skip;
if (!existsSync(CHROMIUM)) console.warn(`left out: no browser at ${CHROMIUM} (set CHROMIUM)`);

/** A field with the focus is in sight for whoever opens the page at this size; in a window that only became smaller it may not be. */
const FIELD_IN_SIGHT = `document.activeElement.matches('input') && document.activeElement.scrollIntoView({ block: 'center' })`;
const accounts = [...new Set(SCREENS.map(({ account }) => account))];

describe('a kept picture', () => {
  it('loses nothing that a fresh one in its colours has', () => {
    const picture = new PNG({ width: 40, height: 30 });
    for (let at = 0; at < 1200; at++) picture.data.set([at % 251, (at * 7) % 256, (at * 13) % 256, 255], at * 4);
    const kept = decode(encode(picture, paletteOf(picture)));
    expect(Buffer.compare(kept.data, inPalette(picture, paletteOf(picture)).data)).toBe(0);
    expect(paletteOf(kept)).toHaveLength(256);
  });

  it.each([2, 6] as const)('is read as it was written, whatever its rows were filtered by: kind %d', (colorType) => {
    const picture = new PNG({ width: 33, height: 21 });
    for (let at = 0; at < 693; at++) picture.data.set([at % 251, (at * 7) % 256, (at * at) % 256, 255], at * 4);
    for (const filterType of [0, 1, 2, 3, 4]) {
      const read = decode(PNG.sync.write(picture, { colorType, filterType }));
      expect({ filterType, same: Buffer.compare(read.data, picture.data) }).toEqual({ filterType, same: 0 });
    }
  });
});

suite('the screens', () => {
  let world: StillWorld;
  let browser: TestBrowser;
  let compared: boolean;
  beforeAll(async () => {
    world = await StillWorld.open();
    browser = await TestBrowser.launch(world.app.url);
    const machine = machineOf(browser.version);
    if (updating) keepMachine(machine);
    compared = sameMachine(machine) === true;
    if (!compared)
      console.error(
        `SCREENS NOT COMPARED: the kept pictures are of another browser or font than ${JSON.stringify(machine)}.\n` +
          'Only their layout is checked. To keep pictures of this machine: UPDATE_SCREENS=1 npm run jest -- test/web/screens.spec.ts',
      );
  }, 240_000);
  afterEach(async () => expect(await browser.clearRoom()).toEqual([]));
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  async function look(theme: 'dark' | 'light', places: Place[]): Promise<string[]> {
    const [first] = places as [Place];
    const { page } = await browser.person(null, {
      theme, path: addressOf(first), viewport: SIZES[0], serviceWorkers: 'block',
      prepare: async (fresh) => {
        await world.prepare(fresh);
        if (first.account) await world.admit(fresh, first.account);
      },
    }); // prettier-ignore
    const found: string[] = [];
    for (const place of places) {
      await page.setViewportSize(SIZES[0]);
      await goTo(page, place);
      for (const size of SIZES) {
        await page.setViewportSize(size);
        await page.evaluate(FIELD_IN_SIGHT);
        await settled(page);
        const name = `${place.name}-${size.width}-${theme}`;
        if (await tooWide(page)) found.push(`${name}: wider than the screen`);
        if (updating) await keep(name, page);
        const differs = compared ? await difference(name, page) : null;
        if (differs) found.push(differs);
      }
    }
    return found;
  }

  it.each(THEMES)(
    'look as they did: %s',
    async (theme) => {
      const found: string[] = [];
      for (const account of accounts)
      found.push(...(await look(theme, SCREENS.filter((screen) => screen.account === account)))); // prettier-ignore
      expect(found).toEqual([]);
    },
    600_000,
  );

  it('are kept in little room', () => expect(keptBytes()).toBeLessThan(MOST_BYTES));
});
