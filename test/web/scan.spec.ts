import { expect, it } from '@jest/globals';
import { ownCode, type OwnKind } from '../../src/relief-stock/codes/own-code.rules.js';
import { idFrom } from '../../src/shared/ids.js';
import { browserSuite, PHONE } from '../support/browser.js';

/** SHOTS=folder keeps what was seen, for eyes. */
const SHOTS = process.env.SHOTS;
const demoPaper = (name: string) => idFrom('demo-paper', name);
const pathTo = (kind: OwnKind, name: string) => `/#/scan/${ownCode({ kind, id: demoPaper(name) })}`;

browserSuite('a scanned code on a phone', {}, (house) => {
  const shot = async (page: { screenshot(options: { path: string }): Promise<unknown> }, name: string) =>
    SHOTS ? page.screenshot({ path: `${SHOTS}/${name}.png` }) : undefined;

  it('shows a box with what it holds, and opens it as a whole', async () => {
    const { page } = await house.browser.person('keeper.WH-331000-1', { viewport: PHONE, path: pathTo('box', 'box') });
    await page.getByText('在架').waitFor();
    await page.locator('.scan-goods li').first().waitFor();
    const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
    expect(wide).toBeLessThanOrEqual(PHONE.width);
    await shot(page, 'scan-box');
    await page.getByRole('button', { name: '拆箱' }).click();
    await page.getByText('已拆箱', { exact: true }).waitFor();
  });

  it.each([
    ['transfer', 'transfer', '在途', 'keeper/transfers/'], ['stock-count', 'count', '盘点中', 'keeper/counts/'],
    ['adjustment', 'damage', '待审批', 'keeper/adjustments/'], ['goods-receipt', 'receipt-announced', '已预告', 'keeper/receiving/'],
  ] as const)('shows a %s with its state and leads to its work', async (kind, name, status, work) => {
    const account = kind === 'stock-count' ? 'keeper.WH-331082-1' : 'keeper.WH-331000-1';
    const { page } = await house.browser.person(account, { viewport: PHONE, path: pathTo(kind, name) });
    await page.getByText(status).waitFor();
    await shot(page, `scan-${name}`);
    expect(await page.getByRole('link', { name: '打开单据' }).getAttribute('href')).toBe(`#/${work}${demoPaper(name)}`);
    expect(await page.getByRole('link', { name: '打印' }).getAttribute('href')).toContain(demoPaper(name));
  }); // prettier-ignore

  it('finds a bin by the code on its shelf in every warehouse in sight, each with its warehouse and the own one first', async () => {
    const { page } = await house.browser.person('keeper.WH-331000-1', { viewport: PHONE, path: '/#/scan' });
    await page.getByLabel('再扫一个').fill('A-01');
    await page.getByRole('button', { name: '查看' }).click();
    const cards = page.locator('.scan-card', { hasText: 'A-01' });
    await cards.first().getByText('台州市备灾物资库').waitFor();
    const names = await cards.locator('> p:not(.quiet):not(.scan-code)').allInnerTexts();
    expect(names.length).toBe(await cards.count());
    expect(new Set(names).size).toBe(names.length);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(PHONE.width);
    await shot(page, 'scan-bins');
  });

  it('finds an item by its code, says what every warehouse has of it, and refuses in words what it does not know', async () => {
    const { page } = await house.browser.person('keeper.WH-331000-1', { viewport: PHONE, path: '/#/scan' });
    await page.getByLabel('再扫一个').fill('BD01');
    await page.getByRole('button', { name: '查看' }).click();
    await page.locator('.scan-stock tbody tr').first().waitFor();
    await shot(page, 'scan-item');
    house.browser.expectRefusal('/api/v1/stock/scans', 404);
    await page.getByLabel('再扫一个').fill('XX-000');
    await page.getByRole('button', { name: '查看' }).click();
    await page.getByRole('alert').waitFor();
  });
});
