import { describe, expect, it } from '@jest/globals';
import { axeFaults, browserSuite, chooseWith, PHONE } from '../support/browser.js';
import { tooWide } from '../support/looks.js';
import { change, countiesOf, hours, numberIn, percent, yuan } from '../../web/src/structure/figures.rules.js';

describe('the figures of the page', () => {
  it('say hours, shares and prices as people do, and never round a lack away', () => {
    expect([hours(372), hours(60)]).toEqual(['6.2', '1.0']);
    expect([percent(0), percent(0.7357), percent(0.999), percent(1)]).toEqual(['0 %', '74 %', '99 %', '100 %']);
    expect([yuan(2446), yuan(523_000)]).toEqual(['24.46', '5230']);
    expect([change('1', '1'), change('1', '2')]).toEqual(['1', '1 → 2']);
  });

  it('are taken from a form only where they are numbers within bounds', () => {
    expect(['', ' ', 'x', '0', '101', 'Infinity'].map((text) => numberIn(text, 1, 100))).toEqual(Array(6).fill(null));
    expect([numberIn('0.1', 0.001, 50), numberIn('100', 1, 100)]).toEqual([0.1, 100]);
    expect(countiesOf([])).toBeNull();
    expect(countiesOf([{ societyId: 'a', people: '' }])).toBeNull();
    expect(countiesOf([{ societyId: '', people: '5' }])).toBeNull();
    expect(countiesOf([{ societyId: 'a', people: '300' }])).toEqual([{ societyId: 'a', people: 300 }]);
  });
});

browserSuite('the page of the placing of stock', {}, (house) => {
  it('is asked, answers with reasons and prices, and makes a draft of a transfer at one press', async () => {
    const { page } = await house.browser.person('duty.331000', { path: '/#/structure' });
    await page.getByText('还没有测算过').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.getByLabel('最多吨公里').fill('');
    await page.getByText('吨公里填 1 到 1000000').waitFor();
    expect(await page.getByRole('button', { name: '开始测算' }).isDisabled()).toBe(true);
    await page.getByLabel('最多吨公里').fill('3000');
    await page.getByLabel('最多几笔调整').fill('12');
    await page.getByRole('button', { name: '开始测算' }).click();
    await page.getByText('建议调整').waitFor({ timeout: 240_000 });
    const move = page.locator('.structure-move').first();
    expect(await move.innerText()).toMatch(/把 [\d,]+ .+从“.+”移到“.+”[\s\S]+小时降到[\s\S]+吨公里，约 [\d.]+ 元/);
    await page.getByText('各县 72 小时保障户数').waitFor();
    await chooseWith(page.locator('.structure-part').last().getByLabel('物资'), '折叠床');
    await page.getByRole('region', { name: '折叠床' }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.setViewportSize(PHONE);
    expect(await tooWide(page)).toBe(false);
    await move.getByRole('button', { name: '生成调拨单草稿' }).click();
    await move.getByText('已生成调拨单').waitFor();
    await move.getByRole('link', { name: '打开' }).click();
    await page.getByText('草稿').first().waitFor();
  }, 400_000);

  it('rotates what will expire: the reckoning, the reason, and a draft that names its lot at one press', async () => {
    const { page } = await house.browser.person('duty.331000', { path: '/#/structure/rotation' });
    await page.getByText('放着不动会过期').first().waitFor({ timeout: 120_000 });
    const words = await page.locator('.structure-scenario').first().innerText();
    expect(words).toMatch(/批号 .+：[\d,]+ .+，\d{4}-\d\d-\d\d 到期/);
    expect(words).toMatch(/最晚 \d{4}-\d\d-\d\d 发出才来得及用/);
    const trip = page.locator('.structure-trip', { has: page.getByRole('button', { name: '生成调拨单草稿' }) }).first();
    const told = await trip.innerText();
    expect(told).toMatch(/从“.+”到“.+”[\s\S]+这一趟少过期 [\d,]+ 件[\s\S]+最晚 \d{4}-\d\d-\d\d 出发/);
    expect(told).toMatch(/[\d,]+ .+，批号 .+到期[\s\S]+重 [\d,]+ 公斤，[\d.]+ 立方米。[\s\S]+吨公里，约 [\d.]+ 元/);
    await page.getByText(/最多能保住 [\d,]+ 件，那样要跑 \d+ 趟/).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.setViewportSize(PHONE);
    expect(await tooWide(page)).toBe(false);
    await trip.getByRole('button', { name: '生成调拨单草稿' }).click();
    const drafted = page.locator('.structure-part', { hasText: '已起草的轮换调拨，等待下达' }).last();
    await drafted.getByText('批号').first().waitFor({ timeout: 120_000 });
    await drafted.getByRole('link', { name: '打开' }).first().click();
    await page.getByText('草稿').first().waitFor();
  }, 400_000);

  it('keeps scenarios of one’s own, to add, change and switch off', async () => {
    const { page } = await house.browser.person('duty.331000', { path: '/#/structure/scenarios' });
    await page.getByRole('button', { name: '添加情景' }).click();
    await page.getByText('请填名称').waitFor();
    await page.getByLabel('名称').fill('椒江内涝');
    await page.getByLabel('每年几次').fill('0.3');
    await page.getByLabel('依据').fill('推定');
    await chooseWith(page.locator('.structure-county select'), '椒江区');
    await page.getByLabel('保障人数').fill('300');
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: '保存' }).click();
    const own = page.locator('.structure-scenario', { hasText: '椒江内涝' });
    await own.getByText('每年 0.3 次，1 个县（市、区），保障 300 人').waitFor();
    await own.getByRole('button', { name: '修改' }).click();
    await page.getByLabel('保障人数').fill('400');
    await page.getByRole('button', { name: '保存' }).click();
    await own.getByText('保障 400 人').waitFor();
    await own.getByRole('button', { name: '关闭' }).click();
    await own.getByText('已关闭，不算入').waitFor();
    const above = page.locator('.structure-scenario', { hasText: '台风正面登陆台州' });
    expect(await above.getByRole('button').count()).toBe(0);
  }, 300_000);

  it('keeps offers of partners, and holds them against what open incidents lack', async () => {
    const { page } = await house.browser.person('duty.330000', { path: '/#/structure/offers' });
    await page.getByText('还没有登记外援意向').waitFor();
    expect(await page.getByRole('button', { name: '登记外援意向' }).isDisabled()).toBe(true);
    const form = page.locator('.structure-form');
    await chooseWith(form.locator('select').nth(0), '上饶');
    await chooseWith(form.locator('select').nth(1), '折叠床');
    await form.getByLabel('数量').fill('200');
    await form.getByLabel('有效至').fill('2031-01-01T08:00');
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: '登记外援意向' }).click();
    const offer = page.locator('.structure-move', { hasText: '200 张折叠床' });
    await offer.getByText('有效至 2031-01-01 08:00').waitFor();
    await page.setViewportSize(PHONE);
    expect(await tooWide(page)).toBe(false);
    await offer.getByRole('button', { name: '撤回' }).click();
    await page.getByText('还没有登记外援意向').waitFor();
  }, 300_000);

  it('says to a keeper whom nothing concerns yet where to go on', async () => {
    const { page } = await house.browser.person('keeper.WH-330900-1', { path: '/#/structure' });
    await page.getByText('还没有涉及您所管仓库的调整建议').waitFor();
    expect(await axeFaults(page)).toEqual([]);
  }, 300_000);
});
