import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import type { AnchorsDto } from '../../src/record/anchors/anchors.dto.js';
import { axeFaults, browserSuite, chooseWith, drawn, PATIENCE_MS } from '../support/browser.js';

const ADMIN = 'admin.330000';
const BOX = [[[120.9, 28.7], [121.4, 28.7], [121.4, 29.1], [120.9, 29.1], [120.9, 28.7]]]; // prettier-ignore
const DISTRICT = { type: 'Feature', properties: { name: '示范片区' }, geometry: { type: 'Polygon', coordinates: BOX } };
const file = (name: string, content: unknown) => ({ name, mimeType: 'application/geo+json', buffer: Buffer.from(JSON.stringify(content)) }); // prettier-ignore

browserSuite('those who keep the system', {}, (house) => {
  it('are the only ones to whom the menu offers them', async () => {
    const offered = async (account: string) => {
      const { page } = await house.browser.person(account);
      await page.locator('.menu summary').click();
      const links = await page.locator('.menu-body a').all();
      return Promise.all(links.map((link) => link.getAttribute('href')));
    };
    const pages = ['#/settings', '#/channels', '#/layers', '#/audit', '#/health'];
    expect(await offered(ADMIN)).toEqual(expect.arrayContaining(pages));
    const officer = await offered('duty.331082');
    expect(officer).toContain('#/duty');
    expect(officer.filter((href) => pages.includes(href ?? ''))).toEqual([]);
  }, 300_000);

  it('change a clock, and the clock of another desk changes with it (C-07)', async () => {
    const officer = await house.browser.person('duty.331082');
    const created = await officer.context.request.post('/api/v1/incidents', {
      data: { kind: 'flood', severity: 'IV', placeText: '钟表路', whatHappened: '', location: { lon: 121.14, lat: 28.86 } }, // prettier-ignore
    });
    expect(created.status()).toBe(201);
    const row = officer.page.locator('.queue-row', { hasText: '钟表路' });
    await row.locator('.clock.age-calm').waitFor();

    const { page } = await house.browser.person(ADMIN, { path: '/#/settings' });
    const society = page.getByLabel('红十字会');
    await chooseWith(society, '台州市');
    await page.getByRole('button', { name: '修改：四级事件无人接手' }).click();
    const limit = page.getByLabel('时限（分:秒）');
    await limit.fill('5');
    await page.getByText('请填 10:00 到 90:00 之间').first().waitFor();
    await limit.fill('10:00');
    await page.getByLabel('修改理由').fill('台风季缩短');
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: '设为本会时限' }).click();
    await page.locator('tr[data-clock="unassigned-IV"]', { hasText: '台风季缩短' }).waitFor();
    await officer.page.getByText('“四级事件无人接手”改为 10:00').first().waitFor();

    // The county inherits it: its page says from whom.
    await chooseWith(society, '临海');
    await page.locator('tr[data-clock="unassigned-IV"]', { hasText: '沿用台州' }).waitFor();

    // Eleven minutes on, an incident of the fourth grade is late at the county's desk, which the usual half hour would not make it.
    const later = Date.now() + 11 * 60_000;
    const reported = Date.parse(((await created.json()) as { reportedAt: string }).reportedAt);
    expect(later - reported).toBeLessThan(30 * 60_000);
    await officer.page.clock.install({ time: later });
    await row.locator('.clock.age-red').waitFor();
  }, 300_000);

  it('bring a layer in, see it before it is kept, and see it on the desk with its number', async () => {
    const { page } = await house.browser.person(ADMIN, { path: '/#/layers/new' });
    await page.getByText('请先选择文件').waitFor();
    house.browser.expectRefusal('/map-layers/preview', 422);
    await page.locator('input[type=file]').setInputFiles(file('坏.geojson', { type: 'Point', coordinates: [13_375_000, 3_540_000] })); // prettier-ignore
    await page.getByLabel('文件的坐标系').selectOption('GCJ02');
    await page.getByRole('button', { name: '读取并预览' }).click();
    await page.getByText('不是经纬度').waitFor();
    await page.locator('input[type=file]').setInputFiles(file('示范.geojson', DISTRICT));
    await page.getByRole('button', { name: '读取并预览' }).click();
    await page.getByText('1 个图形；顶点 5 → 5').waitFor();
    await drawn(page);
    expect(await axeFaults(page)).toEqual([]);
    await page.getByLabel('图层名称').fill('示范片区图');
    await page.getByLabel('数据来源').fill('示范测绘院');
    await page.getByLabel('审图号').fill('GS(2024)0650号');
    await page.getByRole('button', { name: '保存图层' }).click();
    await page.locator('.paper-row', { hasText: '示范片区图' }).getByText('显示中').waitFor();

    const officer = await house.browser.person('duty.331082');
    const credit = officer.page.locator('.map-credit', { hasText: '示范片区图：示范测绘院，审图号 GS(2024)0650号' });
    await credit.waitFor();
    await officer.page.locator('.map-menu summary').focus();
    await officer.page.keyboard.press('Enter');
    const box = officer.page.getByRole('checkbox', { name: /示范片区图/ });
    await box.focus();
    await officer.page.keyboard.press('Space');
    await credit.waitFor({ state: 'detached' });
    await officer.page.getByRole('checkbox', { name: /车程圈/ }).check();
    await officer.page.getByText('先选中一个事件').waitFor();
    expect(await axeFaults(officer.page)).toEqual([]);
    await officer.page.reload();
    await drawn(officer.page);
    await officer.page.locator('.map-menu summary').click();
    expect(await officer.page.getByRole('checkbox', { name: /示范片区图/ }).isChecked()).toBe(false);
    expect(await officer.page.getByRole('checkbox', { name: /车程圈/ }).isChecked()).toBe(true);

    await page.getByRole('button', { name: '移除：示范片区图' }).click();
    await page.locator('.act-reason input').fill('演示完毕');
    await page.locator('.act-reason').getByRole('button', { name: '移除：示范片区图' }).click();
    await page.locator('.paper-row', { hasText: '演示完毕' }).waitFor();
    await officer.page.getByRole('checkbox', { name: /示范片区图/ }).waitFor({ state: 'detached' });
  }, 300_000);

  it('read the record in words, search it and check its chain', async () => {
    const { page } = await house.browser.person('auditor.330000', { path: '/#/audit' });
    await page.locator('.audit-line').first().waitFor();
    await page.getByLabel('关于什么').selectOption('clock-setting');
    await page.locator('.audit-line', { hasText: '设定时限' }).first().click();
    await page.locator('.audit-line pre', { hasText: '台风季缩短' }).waitFor();
    await page.getByLabel('谁做的').fill('没有这个人');
    await page.getByText('没有符合的记录').waitFor();
    await page.getByRole('button', { name: '校验整条链' }).click();
    await page.getByText(/校验通过：第 1 至/).waitFor();
    expect(await axeFaults(page)).toEqual([]);
  }, 300_000);

  it('see the signed anchors of the days, what is wrong with one, and when one is missing', async () => {
    const { page, context } = await house.browser.person('auditor.330000', { path: '/#/help' });
    const kept = async () => (await (await context.request.get('/api/v1/journal/anchors')).json()) as AnchorsDto;
    for (const until = Date.now() + PATIENCE_MS; (await kept()).items.length === 0 && Date.now() < until;)
      await page.waitForTimeout(200);
    const [newest] = (await kept()).items;
    await page.goto('/#/audit');
    const row = page.locator(`[data-anchor="${newest!.day}"]`);
    await row.getByText('相符').waitFor();
    const said = await row.innerText();
    for (const part of [newest!.hash.slice(0, 12), newest!.keyId]) expect(said).toContain(part);
    await page.getByText('今天的签章已有').waitFor();
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '下载全部签章' }).click()]); // prettier-ignore
    expect(readFileSync(await file.path(), 'utf8')).toContain(newest!.signature);
    expect(await axeFaults(page)).toEqual([]);

    // What the page makes of answers that this program cannot be brought to give without harm to its record.
    const shown = async (part: Partial<AnchorsDto>, seen: (page: Page) => Locator) => {
      const sits = await house.browser.person('auditor.330000', {
        path: '/#/audit',
        serviceWorkers: 'block',
        prepare: async (one) => {
          await one.route('**/api/v1/journal/anchors?*', async (route) => route.fulfill({ json: { ...(await kept()), ...part } })); // prettier-ignore
        },
      });
      await seen(sits.page).waitFor();
      expect(await axeFaults(sits.page)).toEqual([]);
      return sits.page;
    };
    const broken = { ...newest!, holds: false, fault: 'line' as const, missedDays: 2, newKey: true };
    const red = await shown({ items: [broken] }, (one) => one.locator('[data-holds="false"]', { hasText: '被改写' }));
    await red.locator('[data-holds="false"]', { hasText: '之前 2 天没有签章' }).getByText('换了密钥').waitFor();
    await shown({ state: 'late' }, (one) => one.locator('[data-anchors="late"]', { hasText: '缺今天的签章' }));
    const none = { items: [], newestAt: null, nextBefore: null };
    await shown({ ...none, state: 'awaited', expectedBy: '2026-07-20T16:10:00Z' }, (one) =>
      one.getByText('第一次在 2026-07-21 00:10 之前生成'),
    );
    await shown({ ...none, state: 'off', expectedBy: null }, (one) => one.getByText('演练的记录不签章'));
  }, 300_000);

  it('see how the system is, and what to do', async () => {
    const { page } = await house.browser.person(ADMIN, { path: '/#/health' });
    for (const line of ['database', 'queue', 'sealer', 'auditor', 'anchors'])
      await page.locator(`[data-line="${line}"][data-state="good"]`).waitFor();
    for (const red of await page.locator('.health-line[data-state="bad"]').all())
      expect(await red.innerText()).toContain('该怎么办');
  }, 120_000);
});
