import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import {
  axeFaults,
  browserSuite,
  DESK,
  drawn,
  linkAbout,
  PATIENCE_MS,
  type Person,
  PHONE,
  type Program,
  rawKeys,
  TABLET,
} from '../support/browser.js';
import { DEMO_PASSWORD } from '../support/database.js';
import { type Check, visitDuty, visitKeeper } from '../support/side-pages.js';

const FLOOD = '温岭市低洼村居';
const HIKERS = '仙居县山区';

async function signIn(page: Page, account: string, password = DEMO_PASSWORD): Promise<void> {
  await page.locator('input[name="account"]').fill(account);
  await page.locator('input[name="password"]').fill(password);
  await page.locator('button[type="submit"]').click();
}

/** Whether the page itself can be moved; lists inside it may scroll. */
const scrolls = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>(
    `document.documentElement.scrollHeight > innerHeight || document.documentElement.scrollWidth > innerWidth`,
  );

/** Parts that are cut at an edge although they are not meant to end in dots. */
const cutOff = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`[...document.querySelectorAll('body *')]
    .filter((each) => each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 1)
    .filter((each) => { const style = getComputedStyle(each); return style.overflowX !== 'visible' && style.textOverflow !== 'ellipsis' })
    .map((each) => each.tagName + '.' + each.className + ' ' + each.scrollWidth + ' in ' + each.clientWidth)`);

/** How many rows of its present height a list can show at once. */
const roomFor = (page: Page, frame: string, row: string): Promise<number> =>
  page.evaluate<number>(
    `Math.floor(document.querySelector('${frame}').clientHeight / document.querySelector('${row}').offsetHeight)`,
  );

/** What a console shows of incidents and teams, without its clocks. */
async function pictureOn(page: Page): Promise<string[]> {
  const texts = await page.locator('.queue-row, .unit-row, .board-tally, .lane-head').allInnerTexts();
  return texts.map((text) => text.replace(/\d+:\d\d(（.*?）)?/g, '').replace(/\s+/g, ' '));
}

/** Two consoles of one society come to show the same; each takes a moment to draw what both were told. */
async function expectSamePicture(one: Page, other: Page): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const [here, there] = [await pictureOn(one), await pictureOn(other)];
    expect(here.length).toBeGreaterThan(20);
    if (Date.now() > until || String(here) === String(there)) return expect(here).toEqual(there);
  }
}

/** A call taken at another desk. */
async function report({ context }: Person, placeText: string): Promise<void> {
  const data = { kind: 'flood', severity: 'IV', placeText, location: { lon: 121.44, lat: 28.67 } };
  const answer = await context.request.post('/api/v1/incidents', { data });
  expect(answer.status()).toBe(201);
}

/** Sends what is proposed for the incident at a place, and answers the path of the first leader's one-time link. */
async function sendTo(program: Program, { page }: Person, place: string): Promise<string> {
  await page.locator('.queue-row', { hasText: place }).getByRole('button').dblclick();
  await page.locator('.proposal-mark').waitFor();
  await page.getByRole('button', { name: '派遣' }).click();
  await page.getByRole('button', { name: '按全部建议派出' }).click();
  await page.locator('.dispatch-dialog').waitFor({ state: 'detached' });
  return linkAbout(program, place);
}

/** Every screen of the desk, one after another. */
async function visitDesk(page: Page, check: Check): Promise<void> {
  await check('console', page);
  for (const tab of await page.locator('.side').getByRole('tab').all()) {
    await tab.click();
    await check(`side tab ${await tab.innerText()}`, page);
  }
  for (const [key, screen] of [
    ['Slash', 'command bar'],
    ['Shift+Slash', 'help'],
    ['n', 'new incident'],
  ] as const) {
    await page.keyboard.press(key);
    await check(screen, page);
    await page.keyboard.press('Escape');
  }
  await page.locator('.queue-row', { hasText: FLOOD }).getByRole('button').dblclick();
  for (const tab of await page.locator('.sheet').getByRole('tab').all()) {
    await tab.click();
    await check(`incident tab ${await tab.innerText()}`, page);
  }
  await page.locator('.queue-row', { hasText: HIKERS }).getByRole('button').dblclick();
  await page.keyboard.press('d');
  await page.locator('.proposal .line').first().waitFor();
  await page.locator('.dispatch-confirm kbd[data-armed="true"]').waitFor();
  await check('dispatch', page);
  await page.keyboard.press('Escape');
  await visitDuty(page, check);
}

browserSuite('the console in a browser', {}, (house) => {
  it('is watched: another host, an uncaught error and a broken policy are faults', async () => {
    const { page } = await house.browser.person(null);
    const loud = page.waitForEvent('pageerror');
    await page.evaluate(`setTimeout(() => { throw new Error('loud') })`);
    await loud;
    const refused = page.waitForEvent('console');
    await page.evaluate(`document.body.append(Object.assign(new Image(), { src: 'https://elsewhere.invalid/x.png' }))`);
    await refused;
    await page.goto('http://elsewhere.invalid/').catch(() => undefined);
    const faults = (await house.browser.clearRoom()).join('\n');
    expect(faults).toMatch(/page error: loud/);
    expect(faults).toMatch(/console: .*Content Security Policy/);
    expect(faults).toMatch(/off host: http:\/\/elsewhere\.invalid/);
  });

  it('is looked at: a picture without words and a key without a sentence are found', async () => {
    const { page } = await house.browser.person(null);
    await page.evaluate(
      `document.body.insertAdjacentHTML('beforeend', '<img src="/icon.svg"><p>dispatch.confirm-all</p>')`,
    );
    expect((await axeFaults(page)).map((fault) => fault.split(' ')[0])).toEqual(['image-alt']);
    expect(await rawKeys(page)).toEqual(['dispatch.confirm-all']);
  });

  it('says in words that account and password do not fit', async () => {
    const { page } = await house.browser.person(null);
    house.browser.expectRefusal('/api/v1/sessions', 401);
    await signIn(page, 'duty.331000', 'wrong');
    expect(await page.getByRole('alert').innerText()).toBe('账号或密码不对。');
    await signIn(page, 'duty.331000');
    await page.locator('.console').waitFor();
    await drawn(page);
  });

  it('takes everybody to the page of their work', async () => {
    const keeper = await house.browser.person(null, { viewport: TABLET });
    await signIn(keeper.page, 'keeper.WH-331000-1');
    await keeper.page.locator('.keeper').waitFor();
    expect(new URL(keeper.page.url()).hash).toBe('#/keeper');
    const leader = await house.browser.person(null);
    await signIn(leader.page, 'leader.T-331082-WR-1');
    await leader.page.locator('.home').waitFor();
    expect(new URL(leader.page.url()).pathname).toBe('/phone.html');
    const officer = await house.browser.person('duty.331000');
    expect(await officer.page.locator('.console').count()).toBe(1);
  });

  it.each([
    { viewport: { width: 1920, height: 1080 }, queue: 12, board: 24 },
    { viewport: DESK, queue: 7, board: 14 },
  ])('stands still at $viewport.width×$viewport.height and shows enough (C-01)', async ({ viewport, queue, board }) => {
    const { page } = await house.browser.person('duty.330000', { viewport });
    expect(await scrolls(page)).toBe(false);
    expect(await roomFor(page, '.queue-scroll', '.queue-row')).toBeGreaterThanOrEqual(queue);
    expect(await roomFor(page, '.board-scroll', '.unit-row')).toBeGreaterThanOrEqual(board);
    await page.locator('.queue-row').first().getByRole('button').dblclick();
    await page.locator('.sheet').waitFor();
    expect(await scrolls(page)).toBe(false);
  });

  it('keeps the lane of what nobody has in sight, also at zero (C-03)', async () => {
    const officer = await house.browser.person('duty.331000');
    expect(await officer.page.locator('.lane-head').innerText()).toMatch(/无人接手 [1-9]/);
    const quiet = await house.browser.person('duty.330800');
    expect(await quiet.page.locator('.lane-badge').innerText()).toBe('无人接手 0');
    expect(await quiet.page.locator('.lane-head').innerText()).toBe('无人接手 0');
  });

  it('says that the link is cut, and has the right picture when it is back', async () => {
    const officer = await house.browser.person('duty.331000');
    const colleague = await house.browser.person('duty.330000');
    await house.browser.cutLink(officer, true);
    for (const place of ['椒江区示范一号桥', '椒江区示范二号桥']) await report(colleague, place);
    await officer.page.locator('.link-offline', { hasText: '离线' }).waitFor();
    expect(await officer.page.locator('.queue-row', { hasText: '示范一号桥' }).count()).toBe(0);
    await house.browser.cutLink(officer, false);
    await officer.page.locator('.link-live').waitFor();
    await officer.page.locator('.queue-row', { hasText: '示范二号桥' }).waitFor();
    await expectSamePicture(officer.page, (await house.browser.person('duty.331000')).page);
  });
  describe('with work under way', () => {
    let link: string;
    beforeAll(async () => {
      link = await sendTo(house.program, await house.browser.person('duty.331000'), FLOOD);
      await house.browser.clearRoom();
    }, 60_000);

    it.each([
      ['dark', 'zh-CN', '事件队列'],
      ['light', 'en', 'Incident queue'],
    ] as const)(
      'meets WCAG 2.2 AA, shows words, not keys, and cuts nothing off on a small desk: every screen, %s, %s',
      async (theme, locale, queue) => {
        const found: string[] = [];
        const check = async (screen: string, page: Page) => {
          await drawn(page);
          found.push(...[...(await axeFaults(page)), ...(await rawKeys(page))].map((fault) => `${screen}: ${fault}`));
        };
        const checkDesk = async (screen: string, page: Page) => {
          await check(screen, page);
          found.push(...(await cutOff(page)).map((part) => `${screen}: ${part}`));
        };
        const sitting = { theme, locale };
        await check('sign-in', (await house.browser.person(null, sitting)).page);
        const { page } = await house.browser.person('duty.331000', sitting);
        expect(await page.locator('.queue').getAttribute('aria-label')).toBe(queue);
        await visitDesk(page, checkDesk);
        const keeper = await house.browser.person('keeper.WH-331081-1', { ...sitting, viewport: TABLET });
        await visitKeeper(keeper.page, check);
        await check(
          'phone, link',
          (await house.browser.person(null, { ...sitting, viewport: PHONE, path: link })).page,
        );
        const leader = await house.browser.person('leader.T-331081-WR-1', {
          ...sitting,
          viewport: PHONE,
          path: '/phone.html',
        });
        await check('phone, home', leader.page);
        expect(found).toEqual([]);
      },
      240_000,
    );

    it('lets only the owner approve goods that are reserved, and tells the asker', async () => {
      const [officer, province] = [
        await house.browser.person('duty.331000'),
        await house.browser.person('duty.330000'),
      ];
      for (const { page } of [officer, province]) {
        await page.locator('.queue-row', { hasText: FLOOD }).getByRole('button').dblclick();
        await page.getByRole('tab', { name: '任务队伍' }).click();
      }
      const order = officer.page.locator('.work-list li', { hasText: '省备灾救灾中心' });
      await order.getByText('等 浙江省红十字会').waitFor();
      expect(await order.getByRole('button').allInnerTexts()).toEqual(['取消指令']);
      await province.page.getByRole('button', { name: '批准出库' }).click();
      await order.getByText('已批准').waitFor();
    });
  });
});
