import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { axeFaults, browserSuite, rawKeys } from '../support/browser.js';
import { Answers, smallTargets, textsOn, tooWide } from '../support/looks.js';
import {
  addressOf,
  goTo,
  PAGE_NAMES,
  type Place,
  PLACES,
  REPORT_NAMES,
  settled,
  smallViewportOf,
  viewportOf,
} from '../support/places.js';

/** Least size of what is pressed, px: with a mouse, and with a thumb. */
const LEAST_PX = { desk: 24, phone: 44 };
/** 1280 px at 400 %. */
const MAGNIFIED = { width: 320, height: 480 };

browserSuite('every page', {}, (house) => {
  /** Visits all places, one sitting for each person; what a check finds is told with its place. */
  async function visitAll(
    sitting: { theme: 'dark' | 'light'; locale: 'zh-CN' | 'en' },
    sizeOf: typeof viewportOf,
    check: (page: Page, place: Place) => Promise<string[]>,
    begin: (page: Page) => void = () => undefined,
  ): Promise<string[]> {
    const found: string[] = [];
    const people = new Map<string, Place[]>();
    for (const place of PLACES) {
      const who = `${place.account} ${place.path.startsWith('/')}`;
      people.set(who, [...(people.get(who) ?? []), place]);
    }
    for (const places of people.values()) {
      const [first] = places as [Place];
      const { page } = await house.browser.person(first.account, {
        viewport: sizeOf(first), path: addressOf(first), prepare: async (fresh) => begin(fresh), ...sitting,
      }); // prettier-ignore
      for (const place of places) {
        await goTo(page, place);
        found.push(...(await check(page, place)).map((fault) => `${place.name}: ${fault}`));
        if (place.open) await page.reload().then(() => settled(page));
      }
    }
    return found;
  }

  const targets = (page: Page, { path }: Place): Promise<string[]> =>
    smallTargets(page, path.startsWith('/phone') ? LEAST_PX.phone : LEAST_PX.desk);

  it('is known: the lists of pages were read', () => {
    expect(PAGE_NAMES).toEqual(expect.arrayContaining(['duty', 'keeper', 'accounts']));
    expect(REPORT_NAMES).toEqual(expect.arrayContaining(['response-times', 'trace']));
    expect(PLACES.length).toBeGreaterThan(65);
  });

  it('is readable in the dark, large enough to press, and one column at 400 %, in Chinese', async () => {
    const magnified = async (page: Page, place: Place): Promise<string[]> => {
      await page.setViewportSize(MAGNIFIED);
      await settled(page);
      const found = (await tooWide(page)) ? ['wider than the screen at 400 %'] : [];
      await page.setViewportSize(viewportOf(place));
      return found;
    };
    const found = await visitAll({ theme: 'dark', locale: 'zh-CN' }, viewportOf, async (page, place) => [
      ...(await axeFaults(page)),
      ...(await rawKeys(page)),
      ...(await targets(page, place)),
      ...(await magnified(page, place)),
    ]);
    expect(found).toEqual([]);
  }, 600_000);

  it('is readable in the light, within its screen, and English but for what people wrote', async () => {
    const answers = new Answers();
    // The way back to Chinese is written in Chinese.
    const ours = new Set(['中文', '切换到中文', '简体中文']);
    const found = await visitAll(
      { theme: 'light', locale: 'en' },
      smallViewportOf,
      async (page) => [
        ...(await axeFaults(page)),
        ...(await rawKeys(page)),
        ...(await answers.strangers((await textsOn(page)).filter((text) => !ours.has(text)))),
        ...((await tooWide(page)) ? ['wider than the screen'] : []),
      ],
      (page) => answers.listen(page),
    );
    expect(found).toEqual([]);
  }, 600_000);
});
