import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { axeFaults, browserSuite, type Person, rawKeys, TABLET } from '../support/browser.js';
import { DEMO_PASSWORD } from '../support/database.js';

const FIRST = 'keeper.WH-331000-1';
const SECOND = 'keeper.example-second';
type Cell = { id: string; lotId: string; lotCode: string; binId: string; onHandUnits: number; reservedUnits: number; lotState: string; condition: string }; // prettier-ignore

/** What confused when two keepers were at the same goods, and when paper was wanted for a printer that is not A4. */
browserSuite('two keepers', {}, (house) => {
  const call = async <T>({ context }: Person, path: string, data?: object): Promise<T> => {
    const options = { headers: { origin: house.program.url, 'Idempotency-Key': crypto.randomUUID() } };
    const url = `/api/v1${path}`;
    const answer = await (data ? context.request.post(url, { ...options, data }) : context.request.get(url, options));
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const clean = async (page: Page) => [...(await axeFaults(page)), ...(await rawKeys(page))];
  const isPdf = async ({ context }: Person, href: string | null): Promise<boolean> =>
    (await (await context.request.get(href!)).body()).subarray(0, 5).toString() === '%PDF-';
  const hire = async () => {
    const admin = await house.browser.person('admin.330000');
    const keeper = await house.browser.person(FIRST, { viewport: TABLET, path: '/#/keeper/orders' });
    const { grants } = await call<{ grants: { societyId: string; warehouseId: string }[] }>(keeper, '/me');
    const { societyId, warehouseId } = grants[0]!;
    const { items } = await call<{ items: { account: string }[] }>(admin, '/users?limit=500');
    if (!items.some(({ account }) => account === SECOND)) {
      const account = { account: SECOND, name: '冯小满（示范）', password: DEMO_PASSWORD, societyId };
      const { id } = await call<{ id: string }>(admin, '/users', account);
      await call(admin, `/users/${id}/roles`, { role: 'keeper', societyId, warehouseId });
    }
    return { keeper, warehouseId };
  };

  it('the slower of two who send off one order is told that his vehicle did not leave, also after a reload', async () => {
    const { keeper } = await hire();
    const other = await house.browser.person(SECOND, { viewport: TABLET, theme: 'light', path: '/#/keeper/orders' });
    await keeper.page.getByRole('button', { name: '开始拣货' }).click();
    for (const [{ page }, plate] of [[keeper, '浙J00001'], [other, '浙J00002']] as const) await page.getByLabel('车牌号').fill(plate); // prettier-ignore
    await keeper.page.getByRole('button', { name: '装车完毕，发运' }).click();
    const told = other.page.locator('[data-not-shipped]');
    await told.getByText(/浙J00002 没有发运.*浙J00001/).waitFor();
    expect(await keeper.page.locator('[data-not-shipped]').count()).toBe(0);
    expect(await clean(other.page)).toEqual([]);
    await other.page.reload();
    await told.waitFor();
    await told.getByRole('button', { name: '知道了' }).click();
    await told.waitFor({ state: 'detached' });
  }, 120_000);

  it('who moved goods without network that a colleague moved first sees the colleague’s paper beside the refusal', async () => {
    const { keeper, warehouseId } = await hire();
    const { items: cells } = await call<{ items: Cell[] }>(keeper, `/stock/cells?warehouseId=${warehouseId}&limit=500`);
    const free = ({ onHandUnits, reservedUnits }: Cell) => onHandUnits - reservedUnits;
    const cell = cells.find((one) => one.lotState === 'good' && one.condition === 'good' && free(one) > 5)!;
    const to = cells.find(({ binId }) => binId !== cell.binId)!.binId;
    const other = await house.browser.person(SECOND, { viewport: TABLET, path: '/#/keeper/bin-moves' });
    const { page } = other;
    await page.locator('.keeper-work-body select').first().selectOption(cell.binId);
    const row = page.locator('.paper-row', { hasText: cell.lotCode }).first();
    await row.waitFor();
    await house.browser.cutLink(other, true);
    await row.click();
    const form = page.locator('.form-row');
    await form.locator('input').fill(String(free(cell)));
    await form.locator('select').selectOption(to);
    await form.locator('button[type=submit]').click();
    await page.locator('.outbox-mark', { hasText: '待上传 1' }).waitFor();
    const first = await call<{ number: string }>(keeper, '/stock/bin-moves', {
      warehouseId, lines: [{ contentId: cell.id, toBinId: to, units: free(cell) }],
    }); // prettier-ignore
    await house.browser.cutLink(other, false);
    await page.locator('.outbox-mark', { hasText: '待处理 1' }).click();
    await page.locator('.outbox-refused').getByText(first.number).waitFor();
    expect(await clean(page)).toEqual([]);
  }, 120_000);

  it('prints on carbon sets once this device says so, and labels of lots where they are looked up', async () => {
    const { keeper, warehouseId } = await hire();
    const { page } = keeper;
    await page.goto('/#/keeper/sheets');
    await page.getByLabel(/三联纸/).check();
    const sheet = page.getByRole('link', { name: '盘点表' });
    expect(await sheet.getAttribute('href')).toMatch(/size=241x140$/);
    expect(await isPdf(keeper, await sheet.getAttribute('href'))).toBe(true);
    expect(await clean(page)).toEqual([]);
    const { items } = await call<{ items: Cell[] }>(keeper, `/stock/cells?warehouseId=${warehouseId}&limit=5`);
    const { lotId, lotCode } = items[0]!;
    await page.goto(`/#/keeper/lots/${lotId}`);
    const label = page.getByRole('link', { name: '打印标签' });
    expect(await isPdf(keeper, await label.getAttribute('href'))).toBe(true);
    expect(await clean(page)).toEqual([]);
    await page.goto(`/#/scan/${lotCode}`);
    const again = page.getByRole('link', { name: '补打标签' });
    expect(await isPdf(keeper, await again.getAttribute('href'))).toBe(true);
  }, 120_000);
});
