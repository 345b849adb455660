import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { GROUPS } from '../../web/src/relief-stock/works.rules.js';
import { axeFaults, browserSuite, chooseWith, drawn } from '../support/browser.js';

const KEEPER = 'keeper.WH-331000-1';

/** Goes to a page of the same document: the mark of readiness is the new page's once it has been drawn. */
async function open(page: Page, path: string): Promise<void> {
  await page.goto(`/#/${path}`);
  await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
  await drawn(page);
}

browserSuite('the pages of the warehouse', {}, (house) => {
  it('are all reached from the tiles', async () => {
    const { page } = await house.browser.person(KEEPER, { path: '/#/keeper/works' });
    const links = await page.locator('.work-tile').all();
    const tiles = await Promise.all(links.map((link) => link.getAttribute('href')));
    expect(tiles).toEqual(
      expect.arrayContaining(GROUPS.flatMap(({ works }) => works.map((work) => `#/keeper/${work}`))),
    );
  });

  it('follows a gift from its record into the store', async () => {
    const { page } = await house.browser.person(KEEPER, { path: '/#/keeper/donations/new' });
    const record = page.getByRole('button', { name: '登记', exact: true });
    expect(await record.isDisabled()).toBe(true);
    await page.getByText('请先填写带 * 的项目').waitFor();
    await page.getByLabel('单位名称').fill('示范企业');
    await record.click();
    await page.getByRole('heading', { name: '示范企业' }).waitFor();
    await page.getByText('还没有物资入库，没有去向可追踪。').waitFor();
    const number = (await page.locator('.page header b').first().innerText()).trim();

    await open(page, 'keeper/receipt');
    await page.getByText('捐赠', { exact: true }).click();
    await chooseWith(page.getByLabel('属于哪笔捐赠'), number);
    await page.getByRole('combobox', { name: '品种' }).fill('毛巾被');
    await page.keyboard.press('Enter');
    await page.getByLabel('批号').fill('SF-1');
    await page.getByLabel(/^数量/).fill('40');
    await page.getByLabel('有效期至').fill('2032-01-01');
    await page.getByRole('button', { name: '核对' }).click();
    await page.getByRole('button', { name: '确认入库' }).click();
    await page.locator('.notice.good').waitFor();

    await open(page, 'keeper/donations');
    await page.locator('.paper-row', { hasText: number }).click();
    await page.locator('.trace-ends', { hasText: '在库' }).getByText('40').waitFor();
  }, 120_000);

  it('lets an administrator make an account, give it a role and shut it out', async () => {
    const { page } = await house.browser.person('admin.330000', { path: '/#/accounts/new' });
    await page.getByRole('textbox', { name: /^账号/ }).fill('keeper.shifan');
    await page.getByLabel('姓名').fill('示范库管员');
    await page.getByLabel('红十字会').selectOption({ index: 1 });
    await page.getByLabel('初始密码').fill('a first password');
    await page.getByRole('button', { name: '建立账号' }).click();
    await page.getByText('还没有岗位').waitFor();
    await page.getByLabel('岗位').selectOption('keeper');
    await page.getByRole('button', { name: '授予岗位' }).click();
    await page.locator('.paper-row', { hasText: '库管员' }).waitFor();
    await page.getByRole('button', { name: '停用账号' }).click();
    await page.getByText('账号已停用，不能登录。').waitFor();
    expect(await axeFaults(page)).toEqual([]);
  }, 120_000);
});
