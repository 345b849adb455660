import { expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import type { IncidentDto } from '../../src/incidents/incidents.dto.js';
import type { SnapshotDto } from '../../src/live/live.dto.js';
import { browserSuite, drawn, linkAbout, PATIENCE_MS, type Person, PHONE, TABLET } from '../support/browser.js';
import { DEMO_PASSWORD } from '../support/database.js';
import { told } from '../support/orders.js';

/** Presses keys and counts them; text is typed elsewhere and costs nothing (C-21). */
class Keyboard {
  presses = 0;
  constructor(private readonly page: Page) {}
  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      await this.page.keyboard.press(key);
      this.presses += 1;
    }
  }
  async type(text: string): Promise<void> {
    await this.page.keyboard.insertText(text);
  }
}

const rowOf = (page: Page, place: string): Locator => page.locator('.queue-row', { hasText: place });
const logLine = (page: Page, words: RegExp): Locator => page.locator('.log li', { hasText: words }).first();
const seen = (locator: Locator): Promise<void> => locator.waitFor({ state: 'visible' });

/** A drowning with one team, told without touching the mouse. */
async function reportByKeyboard(keyboard: Keyboard, page: Page, place: string): Promise<void> {
  await keyboard.press('n');
  await drawn(page);
  await keyboard.press('Tab', 'Tab');
  await keyboard.type(place);
  await keyboard.press('Tab', '7', 'Enter');
  await seen(page.locator('.sheet', { hasText: place }));
}

async function askForBlankets(page: Page): Promise<void> {
  await page.getByRole('tab', { name: '需求' }).click();
  await page.getByRole('button', { name: '加一种物资' }).click();
  const goods = page.locator('.need-lines', { hasText: '要什么物资' });
  await goods.getByLabel('物资', { exact: true }).selectOption({ label: 'BD03 毛巾被' });
  await goods.getByLabel('数量').fill('40');
  await page.getByRole('button', { name: '保存需求' }).click();
}

async function acceptOnThePhone({ page }: Person): Promise<void> {
  await page.locator('.answer.accept').click();
  await seen(page.locator('.state.good'));
}

async function signIn(page: Page, account: string): Promise<void> {
  await page.getByLabel('账号').fill(account);
  await page.getByLabel('密码').fill(DEMO_PASSWORD);
  await page.getByRole('button', { name: '登录' }).click();
}

/** Who keeps the store that an order is for. */
async function keeperOf({ context }: Person, number: string): Promise<string> {
  const snapshot = (await (await context.request.get('/api/v1/live/snapshot')).json()) as SnapshotDto;
  const order = snapshot.supplyOrders.find((each) => each.number === number)!;
  return `keeper.${snapshot.warehouses.find(({ id }) => id === order.warehouseId)!.code}`;
}

async function pickAndShip(page: Page, order: Locator): Promise<void> {
  await page.getByRole('button', { name: '开始拣货' }).click();
  await seen(order.getByText('拣货中'));
  for (const line of await page.locator('.pick-list').getByRole('checkbox').all()) await line.check();
  await page.getByLabel('车牌号').fill('浙J·示范1');
  await page.getByRole('button', { name: '装车完毕，发运' }).click();
  await seen(order.getByText('在途'));
}

async function signForTheGoods(order: Locator): Promise<void> {
  await order.getByRole('button', { name: '代为签收' }).click();
  await order.getByLabel('签收人姓名').fill('何安置');
  await order.getByRole('button', { name: '确认签收' }).click();
}

browserSuite('one incident from the call to the signature', {}, (house) => {
  it('goes by one hand each, and every console shows each step without a reload', async () => {
    const place = '临海市大田街道示范河段';
    const officer = await house.browser.person('duty.331000');
    const province = await house.browser.person('duty.330000');
    await province.page.evaluate('window.neverReloaded = true');
    const asked: string[] = [];
    for (const { page } of [officer, province])
      page.on('request', (request) => request.method() === 'POST' && asked.push(new URL(request.url()).pathname));

    await reportByKeyboard(new Keyboard(officer.page), officer.page, place);
    await seen(rowOf(province.page, place).getByText('等派队伍'));

    await officer.page.getByRole('button', { name: '核实', exact: true }).click();
    await seen(officer.page.locator('.incident-strip').getByText('已核实'));
    await seen(logLine(province.page, new RegExp(`${place}.*核实`)));

    await askForBlankets(officer.page);
    await seen(rowOf(province.page, place).getByText('缺 2 项'));

    await seen(officer.page.locator('.incident-acts .proposal-mark'));
    await seen(rowOf(province.page, place).getByText('有建议'));
    await officer.page.getByRole('button', { name: '派遣', exact: false }).click();
    await seen(officer.page.locator('.proposal .line', { hasText: '水上救援队' }));
    await seen(officer.page.locator('.proposal .line', { hasText: '毛巾被' }));
    // Nobody asked for it: the scheduler saw the needs.
    expect(asked.filter((path) => path.endsWith('/suggestions'))).toEqual([]);
    await officer.page.getByRole('button', { name: '按全部建议派出' }).click();
    await officer.page.locator('.dispatch-dialog').waitFor({ state: 'detached' });
    await seen(rowOf(province.page, place).getByText('应答 0/1'));

    await acceptOnThePhone(
      await house.browser.person(null, { viewport: PHONE, path: await linkAbout(house.program, place) }),
    );
    await seen(rowOf(province.page, place).getByText('应答 1/1'));
    await officer.page.getByRole('tab', { name: '任务队伍' }).click();
    await seen(officer.page.locator('.work-list', { hasText: '水上救援队' }).getByText('已接受'));

    const number = (await officer.page.locator('.work-list b', { hasText: '备灾物资库' }).innerText()).split(' ')[0]!;
    await rowOf(province.page, place).getByRole('button').dblclick();
    await province.page.getByRole('tab', { name: '任务队伍' }).click();
    const order = province.page.locator('.work-list li', { hasText: number });
    await seen(order.getByText('已批准'));

    const keeper = await house.browser.person(null, { viewport: TABLET });
    await signIn(keeper.page, await keeperOf(officer, number));
    await pickAndShip(keeper.page, order);
    await seen(order.getByText('浙J·示范1'));

    await signForTheGoods(officer.page.locator('.work-list li', { hasText: number }));
    await seen(order.getByText('已签收'));
    await seen(order.getByText('签收人 何安置'));
    await seen(keeper.page.locator('.order-sheet', { hasText: number }).getByText('已签收'));
    expect(await province.page.evaluate('window.neverReloaded')).toBe(true);
  }, 120_000);

  it('an act on a page whose line is only coming ends when the line has told what it changed', async () => {
    const place = '临海市白水洋镇示范溪滩';
    const officer = await house.browser.person('duty.331000');
    await reportByKeyboard(new Keyboard(officer.page), officer.page, place);
    const path = `/${new URL(officer.page.url()).hash}`;
    let open = (): void => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    const { page } = await house.browser.person('duty.331000', {
      path,
      serviceWorkers: 'block',
      prepare: async (one) => {
        await one.clock.install();
        await one.addInitScript({ content: 'performance.now = () => 0;' }); // however long it takes, the line is not yet silent
        await one.route('**/socket.io/**', (route) => opened.then(() => route.continue()));
      },
    });
    const verify = page.getByRole('button', { name: '核实', exact: true });
    await verify.waitFor();
    expect(await page.evaluate('performance.now()')).toBe(0);
    // No patience of the page runs out from here on: only the line can end the act.
    await page.clock.pauseAt((await page.evaluate<number>('Date.now()')) + PATIENCE_MS);
    const answered = page.waitForResponse(/\/verify$/);
    await verify.click();
    await (await answered).finished();
    await officer.page.locator('.incident-strip').getByText('已核实').waitFor();
    expect(await verify.isDisabled()).toBe(true);
    open();
    await page.clock.resume();
    await verify.waitFor({ state: 'detached' });
    await page.locator('.incident-strip').getByText('已核实').waitFor();
  }, 120_000);

  it('takes its own saving for nobody else’s, and keeps what is typed while that is on its way', async () => {
    const { page, context } = await house.browser.person('duty.331000', { serviceWorkers: 'block' });
    const data = {
      kind: 'flood',
      severity: 'IV',
      placeText: '黄岩区示范续写一号',
      location: { lon: 121.26, lat: 28.65 },
    };
    const { id } = await told<IncidentDto>(context, '/incidents', data);
    let answer = (): void => undefined;
    const answered = new Promise<void>((resolve) => (answer = resolve));
    await page.route(`**/incidents/${id}/needs`, async (route) => {
      const response = await route.fetch();
      await answered;
      await route.fulfill({ response });
    });
    await page.goto(`/#/incidents/${id}/needs`);
    const goods = page.locator('.need-lines').nth(1);
    const add = async (index: number, units: string) => {
      await page.getByRole('button', { name: '加一种物资' }).click();
      await goods.getByLabel('物资', { exact: true }).last().selectOption({ index });
      await goods.getByLabel('数量').last().fill(units);
    };
    await add(0, '40');
    await page.getByRole('button', { name: '保存需求' }).click();
    await page.locator('.needs .levels td', { hasText: '40' }).first().waitFor();
    expect(await page.locator('.needs .notice.warning').count()).toBe(0);
    await add(1, '7');
    answer();
    await page.getByRole('button', { name: '撤回' }).waitFor();
    await page.getByRole('button', { name: '保存需求' }).click();
    await page.locator('.needs .levels tbody tr').nth(1).waitFor();
    const { needs } = (await (await context.request.get(`/api/v1/incidents/${id}`)).json()) as IncidentDto;
    expect(needs.items.map(({ units }) => units)).toEqual([40, 7]);
  }, 120_000);

  it('takes at most twelve key presses besides text from the call to the dispatch', async () => {
    const place = '温岭市石塘镇示范海滩';
    const { page } = await house.browser.person('duty.331000');
    const keyboard = new Keyboard(page);
    await reportByKeyboard(keyboard, page, place);
    await keyboard.press('d');
    await seen(page.getByRole('button', { name: '核实，接着派遣' }));
    await keyboard.press('Enter');
    await seen(page.locator('.proposal .line'));
    await seen(page.locator('.dispatch-confirm kbd[data-armed="true"]'));
    await keyboard.press('Enter');
    await page.locator('.dispatch-dialog').waitFor({ state: 'detached' });
    await seen(rowOf(page, place).getByText('应答 0/1'));
    expect(keyboard.presses).toBeLessThanOrEqual(12);
  }, 60_000);
});
