import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { axeFaults, browserSuite, drawn, type Person, rawKeys } from '../support/browser.js';
import { DEMO_PASSWORD } from '../support/database.js';

/** SHOTS=folder keeps what was seen, for eyes. */
const SHOTS = process.env.SHOTS;
const TABLET = { width: 1024, height: 768 };
const UPRIGHT = { width: 768, height: 1024 };
const ACCOUNT = 'keeper.WH-331000-1';
const ACTS = 20;

type Cell = { id: string; itemId: string; lotCode: string; binId: string; binCode: string; onHandUnits: number; reservedUnits: number; lotState: string; condition: string }; // prettier-ignore
type Move = { id: string; lines: { units: number }[] };

/** What is kept on the device, read by the page itself. */
const keptCount = (store: string) => `new Promise((resolve, reject) => {
  const open = indexedDB.open('chiyuan');
  open.onerror = () => reject(open.error);
  open.onsuccess = () => {
    const count = open.result.transaction('${store}').objectStore('${store}').count();
    count.onsuccess = () => { open.result.close(); resolve(count.result); };
  };
})`;

browserSuite('a keeper without network', {}, (house) => {
  const as = async (account: string) => {
    const answer = await fetch(`${house.program.url}/api/v1/sessions`, {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ account, password: DEMO_PASSWORD }),
    }); // prettier-ignore
    const { token, actor } = (await answer.json()) as { token: string; actor: { userId: string; grants: { warehouseId: string }[] } }; // prettier-ignore
    const api = async <T>(path: string, body?: object, headers: Record<string, string> = {}) => {
      const response = await fetch(`${house.program.url}/api/v1${path}`, {
        method: body ? 'POST' : 'GET', headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}`, ...headers },
        ...(body ? { body: JSON.stringify(body) } : {}),
      }); // prettier-ignore
      return { status: response.status, body: (await response.json()) as T };
    };
    return { api, userId: actor.userId, warehouseId: actor.grants[0]!.warehouseId };
  };
  type Hand = Awaited<ReturnType<typeof as>>;
  const items = async <T>(hand: Hand, path: string) => (await hand.api<{ items: T[] }>(path)).body.items;
  const cellsOf = (hand: Hand) => items<Cell>(hand, `/stock/cells?warehouseId=${hand.warehouseId}&limit=500`);
  const movesOf = (hand: Hand) => items<Move>(hand, `/stock/bin-moves?warehouseId=${hand.warehouseId}&limit=100`);

  /** The page has its worker, its picture and the answers that it showed: from here on it may be cut off. */
  const readyForOffline = async (page: Page) => {
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    for (const store of ['pictures', 'reads'])
      while ((await page.evaluate<number>(keptCount(store))) === 0) await page.waitForTimeout(100);
  };
  const look = async (page: Page, name: string) => {
    for (const theme of ['dark', 'light'] as const) {
      await page.evaluate(`document.documentElement.dataset.theme = '${theme}'`);
      for (const viewport of [TABLET, UPRIGHT]) {
        await page.setViewportSize(viewport);
        if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}-${theme}-${viewport.width}.png` });
      }
      expect({ name, theme, faults: await axeFaults(page) }).toEqual({ name, theme, faults: [] });
    }
    await page.evaluate(`document.documentElement.dataset.theme = 'dark'`);
    await page.setViewportSize(TABLET);
    expect(await rawKeys(page)).toEqual([]);
  };
  const openBin = async (page: Page, binId: string) => {
    await page.locator('.keeper-work-body select').first().selectOption(binId);
  };
  const rowOf = (page: Page, lotCode: string) => page.locator('.paper-row', { hasText: lotCode }).first();
  const move = async (page: Page, units: number, toBinId: string) => {
    const form = page.locator('.form-row');
    await form.locator('input').fill(String(units));
    await form.locator('select').selectOption(toBinId);
    await form.locator('button[type=submit]').click();
  };
  const waiting = (page: Page, count: number) => page.locator('.outbox-mark', { hasText: new RegExp(`待上传 ${count}$`) }).waitFor(); // prettier-ignore

  it('does twenty things, reloads, comes back: the server has exactly twenty, and what it refused waits for a decision', async () => {
    const hand = await as(ACCOUNT);
    const bins = await items<{ id: string; code: string }>(hand, `/warehouses/${hand.warehouseId}/bins`);
    const cells = (await cellsOf(hand)).filter(
      ({ lotState, condition }) => lotState === 'good' && condition === 'good',
    );
    const many = cells.find((cell) => cell.onHandUnits - cell.reservedUnits > ACTS)!;
    const few = cells.find((cell) => cell.id !== many.id && cell.onHandUnits - cell.reservedUnits > 1)!;
    const to = bins.find(({ id }) => id !== many.binId && id !== few.binId)!;
    const before = (await movesOf(hand)).length;

    const person: Person = await house.browser.person(ACCOUNT, {
      viewport: TABLET,
      path: '/#/keeper/bin-moves',
      cable: true,
    });
    const { page, context } = person;
    for (const cell of [few, many]) {
      await openBin(page, cell.binId);
      await rowOf(page, cell.lotCode).waitFor();
    }
    await readyForOffline(page);
    await house.browser.cutLink(person, true);

    await rowOf(page, many.lotCode).click();
    for (let n = 1; n <= ACTS / 2; n++) {
      await move(page, 1, to.id);
      await waiting(page, n);
    }
    await page.reload();
    await drawn(page);
    await page.locator('.offline-note').waitFor();
    await waiting(page, ACTS / 2);
    await look(page, 'offline-reloaded');
    await openBin(page, many.binId);
    await rowOf(page, many.lotCode).click();
    for (let n = ACTS / 2 + 1; n <= ACTS; n++) {
      await move(page, 1, to.id);
      await waiting(page, n);
    }
    // One more, of goods that somebody else takes away meanwhile.
    await openBin(page, few.binId);
    await rowOf(page, few.lotCode).click();
    await move(page, few.onHandUnits - few.reservedUnits, to.id);
    await waiting(page, ACTS + 1);
    await hand.api('/stock/bin-moves', { warehouseId: hand.warehouseId, lines: [{ contentId: few.id, toBinId: to.id, units: 1 }] }); // prettier-ignore
    await page.goto('/#/keeper/outbox');
    await look(page, 'outbox-waiting');

    // Somebody else has signed in on the tablet by the time the network is back: nothing leaves in his name.
    const other = await context.request.post(`${house.program.url}/api/v1/sessions`, { data: { account: 'keeper.WH-330000-1', password: DEMO_PASSWORD } }); // prettier-ignore
    expect(other.ok()).toBe(true);
    house.browser.expectRefusal('/api/v1/stock/commands', 409);
    await house.browser.cutLink(person, false);
    await page.locator('.outbox-mark', { hasText: '他人待上传' }).waitFor();
    expect((await movesOf(hand)).length).toBe(before + 1);

    await context.request.post('/api/v1/sessions', { data: { account: ACCOUNT, password: DEMO_PASSWORD } });
    await page.reload();
    await drawn(page);
    await page.locator('.outbox-mark[data-refused]').waitFor();
    await page.locator('.outbox-mark', { hasText: /待处理 1$/ }).waitFor();
    const moves = await movesOf(hand);
    expect(moves.length).toBe(before + 1 + ACTS);
    expect(moves.slice(0, ACTS).map(({ lines }) => lines.map(({ units }) => units))).toEqual(Array(ACTS).fill([1]));
    const inBin = (await cellsOf(hand)).find(({ id }) => id === many.id)!;
    expect(inBin.onHandUnits).toBe(many.onHandUnits - ACTS);

    // Told again after everything: nothing is done twice.
    await page.reload();
    await drawn(page);
    await page.locator('.outbox-mark[data-refused]').waitFor();
    expect((await movesOf(hand)).length).toBe(before + 1 + ACTS);

    const refused = page.locator('.outbox-refused');
    await refused.getByText('服务器答复').waitFor();
    await look(page, 'outbox-refused');
    await refused.getByRole('button', { name: '放弃' }).click();
    await refused.getByLabel('为什么放弃').fill('同事已经移走');
    await refused.getByRole('button', { name: '放弃' }).click();
    await refused.waitFor({ state: 'detached' });
    await page.getByText('同事已经移走').waitFor();
    const [dropped] = await items<{ note: string; resolution: string }>(hand, `/stock/commands?warehouseId=${hand.warehouseId}&state=resolved`); // prettier-ignore
    expect(dropped).toMatchObject({ resolution: 'dropped', note: '同事已经移走' });
  }, 420_000);

  it('has its acts refused in the name of another', async () => {
    const [hand, other] = await Promise.all([as(ACCOUNT), as('keeper.WH-330000-1')]);
    const command = { clientId: crypto.randomUUID(), kind: 'issue-pick', occurredAt: new Date().toISOString(), recordedAt: new Date().toISOString(), body: { issueId: crypto.randomUUID() } }; // prettier-ignore
    const sent = { commands: [command] };
    expect(await other.api('/stock/commands', sent, { 'As-Person': hand.userId })).toMatchObject({ status: 409, body: { code: 'auth.other-person' } }); // prettier-ignore
    expect(await hand.api('/stock/commands', sent, { 'As-Person': hand.userId })).toMatchObject({ status: 200 });
  });

  it('installs as an app with icons of its own', async () => {
    for (const name of ['app', 'phone']) {
      const manifest = (await (await fetch(`${house.program.url}/${name}.webmanifest`)).json()) as {
        icons: { src: string }[];
      };
      for (const { src } of manifest.icons) {
        const icon = await fetch(house.program.url + src);
        expect([src, icon.status, icon.headers.get('content-type')]).toEqual([src, 200, 'image/png']);
      }
    }
  });
});
