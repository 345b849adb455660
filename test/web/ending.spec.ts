import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { axeFaults, browserSuite, drawn, type Person, rawKeys } from '../support/browser.js';

type Incident = { id: string; number: string; version: number; title: string };
const OFFICER = 'duty.331000';
const XIANJU = { lon: 120.73, lat: 28.85 };

/** What confused when incidents were played to their end, and the desk was handed over, by somebody new. */
browserSuite('an incident to its end', {}, (house) => {
  const call = async <T>({ context }: Person, path: string, data?: object): Promise<T> => {
    const options = { headers: { origin: house.program.url, 'Idempotency-Key': crypto.randomUUID() } };
    const url = `/api/v1${path}`;
    const answer = await (data ? context.request.post(url, { ...options, data }) : context.request.get(url, options));
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const report = (by: Person, placeText: string) =>
    call<Incident>(by, '/incidents', {
      kind: 'mountain-search', severity: 'IV', location: XIANJU, placeText, whatHappened: placeText, reporter: { source: 'public' },
    }); // prettier-ignore
  const step = (by: Person, { id, version }: Incident, name: string, more: object = {}) =>
    call<Incident>(by, `/incidents/${id}/${name}`, { version, ...more });
  const open = async (page: Page, path: string) => {
    await page.goto(`/#/${path}`);
    await drawn(page);
  };
  const clean = async (page: Page) => [...(await axeFaults(page)), ...(await rawKeys(page))];

  it('says before the press what an incident may not end over, and where each is settled', async () => {
    const officer = await house.browser.person(OFFICER);
    const { page } = officer;
    const verified = await step(officer, await report(officer, '仙居县示范收尾山'), 'verify');
    const { items: units } = await call<{ items: { id: string; units: { id: string; state: string }[] }[] }>(officer, '/teams?limit=200'); // prettier-ignore
    const unit = units.flatMap((team) => team.units).find(({ state }) => state === 'available')!;
    const { items: stock } = await call<{ items: { itemId: string; warehouseId: string; availableUnits: number }[] }>(officer, '/stock/levels?limit=500'); // prettier-ignore
    const level = stock.find(({ availableUnits }) => availableUnits > 10)!;
    await call(officer, `/incidents/${verified.id}/missions`, {
      assignments: [{ teamUnitId: unit.id, headcount: 4 }],
      supplies: [{ warehouseId: level.warehouseId, itemId: level.itemId, units: 2 }],
    });
    const now = await call<Incident>(officer, `/incidents/${verified.id}`);
    await step(officer, now, 'stabilise', { reason: '示范' });
    await open(page, `incidents/${verified.id}`);
    await page.getByRole('button', { name: '关闭事件' }).click();
    const question = page.locator('dialog[open]');
    await question.getByText(/在外队伍 1 支/).waitFor();
    const order = /\d{6}-DY-\d{4}-\d+/.exec(await question.innerText())![0];
    expect(await question.locator('button[type=submit]').isDisabled()).toBe(true);
    expect(await clean(page)).toEqual([]);
    // The way there closes the question; an order that is not wanted any more is cancelled where it stands.
    await question.getByRole('link', { name: /动用指令 1 张/ }).click();
    await question.waitFor({ state: 'detached' });
    const line = page.locator('.work-list > li', { hasText: order });
    await line.getByRole('button', { name: '取消指令' }).click();
    await line.locator('input').fill('人已下山');
    await page.keyboard.press('Enter');
    await line.getByText(/已取消[\s\S]*人已下山/).waitFor();
    expect(await clean(page)).toEqual([]);
    await page.locator('.work-head:not([disabled])').first().click();
    await page.getByRole('button', { name: '撤回', exact: true }).click();
    await page.locator('.steps input').fill('人已下山');
    await page.keyboard.press('Enter');
    await page.getByText('已撤回').first().waitFor();
    await page.getByRole('button', { name: '关闭事件' }).click();
    await question.locator('button[type=submit]:not([disabled])').click();
    await page.getByText('事件已关闭，只供查阅').waitFor();
    expect(await page.locator('.incident-acts').innerText()).not.toContain('派遣');
    expect(await clean(page)).toEqual([]);
  }, 120_000);

  it('says of a merged report where it went, what it had needed, and on the one that stays what came in', async () => {
    const officer = await house.browser.person(OFFICER, { theme: 'light' });
    const { page } = officer;
    const stays = await report(officer, '仙居县示范并案山口');
    const goes = await report(officer, '仙居县示范并案山后');
    const needs = {
      version: goes.version,
      capabilities: [{ speciality: 'search-rescue', headcount: 7, priority: 1 }],
      items: [],
    };
    const put = await officer.context.request.put(`/api/v1/incidents/${goes.id}/needs`, {
      data: needs, headers: { origin: house.program.url, 'Idempotency-Key': crypto.randomUUID() },
    }); // prettier-ignore
    expect(put.ok()).toBe(true);
    await open(page, `incidents/${goes.id}`);
    await page.getByRole('button', { name: '并入另一事件' }).click();
    const question = page.locator('dialog[open]');
    await question.getByText('不能撤回').waitFor();
    await question.locator('select').selectOption(stays.id);
    await question.locator('button[type=submit]').click();
    const ended = page.locator('.incident-ended');
    await ended.getByRole('link', { name: new RegExp(stays.title) }).waitFor();
    expect(await page.locator('.incident-acts').innerText()).not.toContain('派遣');
    expect(await page.locator('.overview').innerText()).toMatch(/搜救\s+急\s+7 人/);
    expect(await clean(page)).toEqual([]);
    await ended.getByRole('link').click();
    await ended.getByText('已并入 1 起报告').waitFor();
    await page.getByRole('tab', { name: '时间线' }).click();
    await page.locator('.timeline').getByText('并入了另一起报告').waitFor();
  }, 120_000);

  it('drops what nobody began once the response has ended, and hands over tasks that say what they are', async () => {
    const officer = await house.browser.person(OFFICER);
    const { page } = officer;
    const verified = await step(officer, await report(officer, '仙居县示范响应山'), 'verify');
    await open(page, `incidents/${verified.id}/response`);
    const ours = page.locator('.society-response', { hasText: '台州市红十字会' });
    const sign = async (act: string) => {
      await ours.getByRole('button', { name: act }).click();
      await page.locator('dialog[open]').getByLabel('原因').fill('示范');
      await page.locator('dialog[open] button[type=submit]').click();
      await page.locator('dialog[open]').waitFor({ state: 'detached' });
    };
    await sign('启动 Ⅳ级');
    await page.locator('.task-row', { hasText: '搜救 10 人' }).waitFor();

    // Handed over: people and goods by name, and of which incident.
    await open(page, 'duty/handover');
    const matter = page.locator('.matter', { hasText: '搜救 10 人' });
    await matter.getByText(verified.title).waitFor();
    await page.getByRole('button', { name: '开列交班清单' }).click();
    await page.locator('.handover').waitFor();
    const path = page.url().split('/').slice(3).join('/').replace(/^/, '/');
    const next = await house.browser.person('duty2.331000', { theme: 'light', path, serviceWorkers: 'block' });
    // The list may show a line as read before the answer to the press is here: Enter reads on all the same.
    let answer = (): void => undefined;
    const answered = new Promise<void>((resolve) => (answer = resolve));
    await next.page.route('**/acknowledge', async (route) => {
      const response = await route.fetch();
      await answered;
      await route.fulfill({ response });
    });
    await next.page.getByRole('button', { name: '我来接班' }).click();
    const left = next.page.locator('.acknowledge');
    await left.first().waitFor();
    const all = await left.count();
    await left.first().focus();
    for (let read = 1; read <= 3; read++) {
      await next.page.keyboard.press('Enter');
      await next.page.getByText(`还有 ${all - read} 项待确认`).waitFor();
    }
    answer();
    expect(await clean(next.page)).toEqual([]);

    await open(page, `incidents/${verified.id}/response`);
    await sign('终止响应');
    await page.getByRole('button', { name: '一并取消' }).click();
    await page.getByLabel(/为什么取消这 10 项/).fill('人已下山');
    await page.keyboard.press('Enter');
    await page.getByText('没有待办任务').waitFor();
    expect(await clean(page)).toEqual([]);
  }, 120_000);
});
