import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { MissionDto, SupplyOrderDto } from '../../src/dispatch/dispatch.dto.js';
import type { IncidentDto } from '../../src/incidents/incidents.dto.js';
import type { StockLevelDto } from '../../src/relief-stock/relief-stock.dto.js';
import { axeFaults, browserSuite, drawn, type Person, rawKeys, TABLET } from '../support/browser.js';
import { told } from '../support/orders.js';

const KEEPER = 'keeper.WH-331000-1';
const TOWNS = ['括苍镇', '尤溪镇', '涌泉镇', '沿江镇', '杜桥镇', '上盘镇'];
const CANCELLED = 5;
/** LOOK=folder keeps what was seen, for eyes. */
const LOOK = process.env.LOOK;

browserSuite('orders of missions without network', {}, (house) => {
  const ordersOf = async ({ context }: Person, ids: string[]): Promise<SupplyOrderDto[]> =>
    Promise.all(ids.map(async (id) => (await (await context.request.get(`/api/v1/supply-orders/${id}`)).json()) as SupplyOrderDto)); // prettier-ignore
  /** Six incidents with an approved order each, all from the keeper's store. */
  const ordered = async (desk: Person, warehouseId: string): Promise<SupplyOrderDto[]> => {
    const { items: levels } = (await (await desk.context.request.get('/api/v1/stock/levels?limit=500')).json()) as { items: StockLevelDto[] }; // prettier-ignore
    const level = levels.find((one) => one.warehouseId === warehouseId && one.availableUnits >= 2 * TOWNS.length)!;
    const orders: SupplyOrderDto[] = [];
    for (const placeText of TOWNS) {
      const reported = await told<IncidentDto>(desk.context, '/incidents', { kind: 'flood', severity: 'IV', placeText, location: { lon: 121.1, lat: 28.8 } }); // prettier-ignore
      await told(desk.context, `/incidents/${reported.id}/verify`, { version: reported.version });
      const supplies = [{ warehouseId, itemId: level.itemId, units: 2 }];
      const mission = await told<MissionDto>(desk.context, `/incidents/${reported.id}/missions`, { assignments: [], supplies }); // prettier-ignore
      orders.push(mission.supplyOrders[0]!);
    }
    return orders;
  };
  const rowOf = (page: Page, n: number) => page.locator('.order-row', { hasText: TOWNS[n]! });
  const look = async (page: Page, name: string) => {
    for (const theme of ['dark', 'light']) {
      await page.evaluate(`document.documentElement.dataset.theme = '${theme}'`);
      if (LOOK) await page.screenshot({ path: `${LOOK}/${name}-${theme}.png` });
      expect({ name, theme, faults: await axeFaults(page) }).toEqual({ name, theme, faults: [] });
    }
    await page.evaluate(`document.documentElement.dataset.theme = 'dark'`);
    expect(await rawKeys(page)).toEqual([]);
  };
  const pick = async (page: Page, n: number) => {
    await rowOf(page, n).click();
    await page.locator('.order-sheet', { hasText: TOWNS[n]! }).waitFor();
    await page.getByRole('button', { name: '开始拣货' }).click();
    const ticks = page.locator('.pick-list input');
    await page.locator('.pick-list input:enabled').first().waitFor();
    for (let tick = 0; tick < (await ticks.count()); tick++) await ticks.nth(tick).check();
  };
  const ship = async (page: Page, n: number) => {
    await rowOf(page, n).click();
    await page.locator('.order-sheet', { hasText: TOWNS[n]! }).waitFor();
    await page.getByLabel('车牌号').fill(`浙J0000${n}`);
    await page.getByRole('button', { name: '装车完毕，发运' }).click();
    await page.locator('.order-sheet', { hasText: '在途' }).waitFor();
  };
  const waiting = (page: Page, count: number) => page.locator('.outbox-mark', { hasText: new RegExp(`待上传 ${count}$`) }).waitFor(); // prettier-ignore

  it('are picked, ticked and sent off; after a reload and with the network back each has left once, and a cancelled one asks', async () => {
    const desk = await house.browser.person('duty.331000');
    const keeper = await house.browser.person(KEEPER, { viewport: TABLET, path: '/#/keeper/orders', cable: true });
    const { page } = keeper;
    const { grants } = (await (await keeper.context.request.get('/api/v1/me')).json()) as { grants: { warehouseId: string }[] }; // prettier-ignore
    const orders = await ordered(desk, grants[0]!.warehouseId);
    const ids = orders.map(({ id }) => id);
    await rowOf(page, CANCELLED).waitFor();
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    await house.browser.cutLink(keeper, true);
    await page.locator('.link-offline').waitFor();

    for (const n of [0, 1, 2]) await pick(page, n);
    await waiting(page, 3);
    await ship(page, 0);
    await waiting(page, 4);
    await page.reload();
    await drawn(page);
    await page.locator('.offline-note').waitFor();
    await waiting(page, 4);
    // What was picked is still picked and ticked, what was sent off is still gone.
    await rowOf(page, 1).click();
    expect(await page.locator('.pick-list input:not(:checked)').count()).toBe(0);
    await rowOf(page, 0).getByText('等送达签收').waitFor();
    await look(page, 'orders-offline');
    for (const n of [3, 4, CANCELLED]) await pick(page, n);
    for (const n of [1, 2, 3, 4, CANCELLED]) await ship(page, n);
    await waiting(page, 12);
    await page.reload();
    await drawn(page);
    await waiting(page, 12);
    expect((await ordersOf(desk, ids)).map(({ status }) => status)).toEqual(Array(6).fill('approved'));
    await told(desk.context, `/supply-orders/${ids[CANCELLED]}/cancel`, { reason: '已由邻县供应' });

    await house.browser.cutLink(keeper, false);
    await page.locator('.outbox-mark', { hasText: /待处理 1$/ }).waitFor();
    await page.locator('.outbox-mark', { hasText: /待上传/ }).waitFor({ state: 'detached' });
    const after = await ordersOf(desk, ids);
    expect(after.map(({ status, vehicle }) => [status, vehicle])).toEqual([
      ...[0, 1, 2, 3, 4].map((n) => ['shipped', `浙J0000${n}`]), ['cancelled', null],
    ]); // prettier-ignore
    expect(after.slice(0, CANCELLED).map(({ lines }) => lines.map(({ shippedUnits }) => shippedUnits))).toEqual(Array(CANCELLED).fill([2])); // prettier-ignore
    const sent = after.map(({ shippedAt, pickingAt }) => [pickingAt, shippedAt]).slice(0, CANCELLED);
    expect(sent.every(([picking, shipped]) => picking! < shipped!)).toBe(true);

    // Told again after everything: nothing is done twice, and the decision still waits. Picking and sending off are one decision.
    await page.reload();
    await drawn(page);
    await page.locator('.outbox-mark[data-refused]').click();
    const refused = page.locator('.outbox-refused');
    await refused.getByText(orders[CANCELLED]!.number).first().waitFor();
    expect(await refused.count()).toBe(1);
    expect(await refused.getByRole('heading').count()).toBe(2);
    expect((await ordersOf(desk, ids)).map(({ version }) => version)).toEqual(after.map(({ version }) => version));
    await look(page, 'orders-refused');
    await refused.getByRole('button', { name: '放弃' }).click();
    await refused.getByLabel('为什么放弃').fill('货已放回货位');
    await refused.getByRole('button', { name: '放弃' }).click();
    await refused.waitFor({ state: 'detached' });
    expect(await page.getByText('货已放回货位').count()).toBe(2);
    await page.locator('.outbox-mark[data-refused]').waitFor({ state: 'detached' });
  }, 420_000);
});
