import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { axeFaults, browserSuite, PHONE, rawKeys } from '../support/browser.js';
import { tooWide } from '../support/looks.js';

const OFFICER = 'duty.331000';
/** A city without open incidents. */
const QUIET = 'duty.330800';
const SHOTS = process.env.SHOTS;

/** A flood that asks for people, as the desk enters it. */
async function flood(page: Page, severity: 'II' | 'III', headcount: number): Promise<string> {
  const post = async (path: string, data: object, method = 'POST') => {
    const answer = await page.request.fetch(`/api/v1${path}`, { method, data });
    expect([path, answer.ok()]).toEqual([path, true]);
    return (await answer.json()) as { id: string; version: number; number: string };
  };
  const { items } = (await (await page.request.get('/api/v1/societies')).json()) as { items: { id: string; adcode: string }[] }; // prettier-ignore
  const societyId = items.find(({ adcode }) => adcode === '330800')!.id;
  const report = { kind: 'flood', severity, placeText: '衢江边（示范）', location: { lon: 118.87, lat: 28.95 }, societyId }; // prettier-ignore
  const { id, version } = await post('/incidents', report);
  const verified = await post(`/incidents/${id}/verify`, { version });
  const capabilities = [{ speciality: 'water', headcount, priority: 1 }];
  return (await post(`/incidents/${id}/needs`, { version: verified.version, capabilities, items: [] }, 'PUT')).number;
}

browserSuite('the page of teams together', {}, (house) => {
  it('says that nobody is asked for, then who goes where, what is missing and that it is proven', async () => {
    const { page } = await house.browser.person(QUIET, { path: '/#/together', theme: 'dark' });
    const ask = page.getByRole('button', { name: '开始统筹' });
    await ask.click();
    await page.getByText('没有未结事件还要人').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    const small = await flood(page, 'II', 8);
    await ask.click();
    await page.getByText('现在只有一起事件要人').waitFor();
    const large = await flood(page, 'III', 400);
    await ask.click();
    const part = page.getByRole('region', { name: large, exact: true });
    await part.getByText(/要 400 人，仍缺 \d+ 人。赶得到的 \d+ 支队伍都已派上用场/).waitFor();
    expect(await page.getByRole('status').first().innerText()).toMatch(/^已证明：/);
    await page.getByRole('region', { name: small, exact: true }).getByText('要 8 人，够了').waitFor();
    expect(await part.locator('tbody tr').count()).toBeGreaterThan(0);
    expect(await page.getByText(/各事件各自就近派：仍缺 \d+ 人/).count()).toBe(1);
    await page.getByRole('heading', { name: '本地会失去什么' }).waitFor();
    expect([await axeFaults(page), await rawKeys(page)]).toEqual([[], []]);
    if (SHOTS) await page.screenshot({ path: `${SHOTS}/dark.png` });
    await page.setViewportSize(PHONE);
    expect(await tooWide(page)).toBe(false);
    await part.getByRole('link', { name: '到该事件派遣' }).click();
    await page.locator('.dispatch-confirm').waitFor();
  }, 300_000);

  it('is found in the command bar and beside the placing of stock, and speaks English in the light', async () => {
    const { page } = await house.browser.person(OFFICER, { path: '/', theme: 'light', locale: 'en' });
    await page.keyboard.press('Slash');
    await page.getByRole('combobox').fill('open incidents together');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Plan now' }).click();
    await page.getByText(/^Proven: with these units nobody can send so that fewer are missing/).waitFor();
    expect([await axeFaults(page), await rawKeys(page)]).toEqual([[], []]);
    if (SHOTS) await page.screenshot({ path: `${SHOTS}/light.png` });
    await page.goto('/#/structure');
    await page.getByRole('link', { name: /teams together/ }).click();
    await page.getByRole('button', { name: 'Plan now' }).waitFor();
  }, 300_000);
});
