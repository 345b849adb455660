import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ownCode, type OwnKind } from '../../src/relief-stock/codes/own-code.rules.js';
import { idFrom } from '../../src/shared/ids.js';
import { PHONE, type Program, startProgram, TestBrowser } from '../support/browser.js';

/** SHOTS=folder keeps what was seen, for eyes. */
const SHOTS = process.env.SHOTS;
const demoPaper = (name: string) => idFrom('demo-paper', name);
const pathTo = (kind: OwnKind, name: string) => `/#/scan/${ownCode({ kind, id: demoPaper(name) })}`;

describe('a scanned code on a phone', () => {
  let program: Program;
  let browser: TestBrowser;
  beforeAll(async () => {
    program = await startProgram();
    browser = await TestBrowser.launch(program.url);
    await written();
  }, 240_000);
  afterEach(async () => expect(await browser.clearRoom()).toEqual([]));
  afterAll(async () => {
    await browser?.close();
    await program?.stop();
  });

  const api = async (path: string, token?: string, body?: object) => {
    const headers = { 'Content-Type': 'application/json', ...(token ? { Authorization: `Bearer ${token}` } : {}) };
    const answer = await fetch(`${program.url}/api/v1${path}`, body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers }); // prettier-ignore
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  /** The demo's papers come after the start: the box is the last of them. */
  const written = async () => {
    const { body } = await api('/sessions', undefined, { account: 'keeper.WH-331000-1', password: 'chiyuan-demo' });
    for (;;) {
      if ((await api(`/stock/boxes/${demoPaper('box')}`, String(body.token))).status === 200) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  };
  const shot = async (page: { screenshot(options: { path: string }): Promise<unknown> }, name: string) =>
    SHOTS ? page.screenshot({ path: `${SHOTS}/${name}.png` }) : undefined;

  it('shows a box with what it holds, and opens it as a whole', async () => {
    const { page } = await browser.person('keeper.WH-331000-1', { viewport: PHONE, path: pathTo('box', 'box') });
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
    const { page } = await browser.person(account, { viewport: PHONE, path: pathTo(kind, name) });
    await page.getByText(status).waitFor();
    await shot(page, `scan-${name}`);
    expect(await page.getByRole('link', { name: '打开单据' }).getAttribute('href')).toBe(`#/${work}${demoPaper(name)}`);
    expect(await page.getByRole('link', { name: '打印' }).getAttribute('href')).toContain(demoPaper(name));
  }); // prettier-ignore

  it('finds an item by its code, says what every warehouse has of it, and refuses in words what it does not know', async () => {
    const { page } = await browser.person('keeper.WH-331000-1', { viewport: PHONE, path: '/#/scan' });
    await page.getByLabel('再扫一个').fill('BD01');
    await page.getByRole('button', { name: '查看' }).click();
    await page.locator('.scan-stock tbody tr').first().waitFor();
    await shot(page, 'scan-item');
    browser.expectRefusal('/api/v1/stock/scans', 404);
    await page.getByLabel('再扫一个').fill('XX-000');
    await page.getByRole('button', { name: '查看' }).click();
    await page.getByRole('alert').waitFor();
  });
});
