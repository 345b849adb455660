import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { browserSuite, drawn, type Person, TABLET } from '../support/browser.js';

/** Notes each moment at which the page says in one place that it is live and in another that it is not. */
const WATCH_WORDS = `window.contradictions = [];
const look = () => {
  const link = document.querySelector('.link, .link-badge')?.textContent ?? '';
  const note = document.querySelector('.offline-note')?.textContent ?? '';
  if (link.includes('实时') && note.startsWith('○ 离线')) window.contradictions.push(link + ' / ' + note);
};
new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });`;
const PICTURE_KEPT = `new Promise((done) => {
  const open = indexedDB.open('chiyuan');
  open.onsuccess = () => {
    const count = open.result.transaction('pictures').objectStore('pictures').count();
    count.onsuccess = () => { open.result.close(); done(count.result > 0); };
  };
})`;
/** Each word about the link, as it comes to stand. */
const WATCH_LINK = `window.links = [];
new MutationObserver(() => {
  const { link } = document.documentElement.dataset;
  if (window.links.at(-1) !== link && link !== 'delayed') window.links.push(link); // a machine that stands still is no word about requests
}).observe(document.documentElement, { attributes: true, attributeFilter: ['data-link'] });`;
/** How long a page is watched that finds nobody. */
const SECONDS = 6;
/** Well below the five seconds of silence after which a link is only called late. */
const AT_ONCE_MS = 4000;

browserSuite('one truth about the link', {}, (house) => {
  const sit = (account: string, path: string): Promise<Person> =>
    house.browser.person(account, { viewport: TABLET, path, cable: true, prepare: async (page) => void (await page.addInitScript({ content: WATCH_WORDS })) }); // prettier-ignore
  const agrees = async (page: Page) => expect(await page.evaluate('window.contradictions')).toEqual([]);
  const offline = (page: Page) => page.locator('.link-offline').first().waitFor({ timeout: AT_ONCE_MS });
  const live = (page: Page) => page.locator('.link-live').first().waitFor();

  it.each([
    ['keeper.WH-331000-1', '/#/keeper/levels'],
    ['duty.331000', '/'],
    ['leader.T-331081-WR-1', '/phone.html'],
  ])('the page of %s says so at once when the browser has no network, and that it is back', async (account, path) => {
    const person = await sit(account, path);
    await live(person.page);
    await house.browser.cutLink(person, true);
    await offline(person.page);
    await house.browser.cutLink(person, false);
    await live(person.page);
    await agrees(person.page);
  }, 120_000); // prettier-ignore

  it('a tablet that finds nobody says so with its first question, and so does what it shows meanwhile', async () => {
    const person = await sit('keeper.WH-331000-1', '/#/keeper/levels');
    const { page, context } = person;
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    await page.goto('/#/keeper/receiving');
    await page.getByText('331000-RK-2026-0001').first().waitFor();
    await page.goto('/#/keeper/works');
    await drawn(page);
    await live(page);
    house.browser.expectDown();
    await context.route('**/api/**', (route) => route.abort());
    await page.evaluate(WATCH_LINK);
    await page.goto('/#/keeper/receiving');
    await page.locator('.keeper-head .link-offline, .keeper-head .link-unanswered').waitFor({ timeout: AT_ONCE_MS });
    // Its line lives and beats: that is said, and no beat takes it back.
    await page.locator('.keeper-head .link-unanswered', { hasText: '请求不通' }).waitFor();
    await page.locator('.offline-note', { hasText: '请求到不了服务器' }).waitFor();
    await page.waitForTimeout(SECONDS * 1000);
    expect(await page.evaluate('window.links')).toEqual(['offline', 'unanswered']);
    await agrees(page);
    await context.unroute('**/api/**');
    await page.locator('.keeper-head .link-live').waitFor();
    await page.locator('.offline-note').waitFor({ state: 'detached' });
    await agrees(page);
  }, 120_000);

  it('a desk whose requests fail beside a living line says so, and goes back by itself', async () => {
    const { page, context } = await sit('duty.331000', '/');
    await live(page);
    await page.evaluate(WATCH_LINK);
    house.browser.expectDown();
    await context.route('**/api/**', (route) => route.abort());
    await page.goto('/#/reports');
    await page.locator('.refusal, [role=alert]').first().waitFor();
    await page.goto('/#/');
    await page.locator('.link-unanswered', { hasText: '请求不通' }).waitFor();
    expect(await page.locator('.stale-mark').count()).toBe(0);
    await context.unroute('**/api/**');
    await live(page);
    expect(await page.evaluate('window.links')).toEqual(['unanswered', 'live']);
  }, 120_000);

  it('a page that is opened without network never says that it is live', async () => {
    const person = await sit('keeper.WH-331000-1', '/#/keeper/levels');
    const { page } = person;
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    await live(page);
    await page.waitForFunction(PICTURE_KEPT);
    await house.browser.cutLink(person, true);
    await page.reload();
    await drawn(page);
    await page.locator('.offline-note').waitFor();
    await offline(page);
    await agrees(page);
    await house.browser.cutLink(person, false);
    await live(page);
  }, 120_000);

  it('a tablet that shows its kept picture asks a server that is not there at its own pace, however fast each question fails', async () => {
    const person = await sit('keeper.WH-331000-1', '/#/keeper/levels');
    const { page, context } = person;
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    await live(page);
    await page.waitForFunction(PICTURE_KEPT);
    house.browser.expectDown();
    let asked = 0;
    await context.route('**/api/**', (route) => route.abort());
    await context.route('**/socket.io/**', (route) => route.abort());
    await page.reload();
    await drawn(page);
    await page.locator('.offline-note').waitFor();
    page.on('request', (request) => void (asked += Number(/\/api\/v1\/(?:me|live\/snapshot)$/.test(request.url()))));
    await page.waitForTimeout(SECONDS * 1000);
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThanOrEqual(2 * SECONDS);
    await context.unrouteAll();
    await live(page);
    await agrees(page);
  }, 120_000);
});
