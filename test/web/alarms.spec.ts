import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { axeFaults, browserSuite, type Person } from '../support/browser.js';

const COUNTY = 'duty.331082';
const PLACE = '临海市尤溪镇';
const SHOTS = process.env.SHOTS;
const shoot = async (page: Page, name: string) => SHOTS && page.screenshot({ path: `${SHOTS}/${name}.png` });

const strip = (page: Page) => page.locator('.strip');
const chip = (page: Page) => page.locator('.queue-row', { hasText: PLACE }).locator('.severity.calling');
const row = (page: Page) => page.locator('.alarm-row', { hasText: PLACE });
const openList = (page: Page) => page.locator('.alarm-counts').click();

/** A call of the gravest kind at the county. */
async function report({ context }: Person): Promise<void> {
  const data = { kind: 'flood', severity: 'I', placeText: PLACE, location: { lon: 121.14, lat: 28.862 } };
  expect((await context.request.post('/api/v1/incidents', { data })).status()).toBe(201);
}

/** A minute and more goes by on the clock of a page, so that nobody has to wait for it. */
async function laterOn({ page }: Person): Promise<void> {
  await page.locator('.queue-row', { hasText: PLACE }).waitFor();
  await page.evaluate('{ const now = Date.now.bind(Date); Date.now = () => now() + 70_000; }');
}

browserSuite('alarms on several consoles', { ALARM_HOP_S: '3600' }, (house) => {
  let one: Person, other: Person;

  it('says that the browser is silent until somebody tries the sound out, and which grade is muted for how long (C-19)', async () => {
    const { page } = await house.browser.person(COUNTY);
    await page.locator('.sound-locked').click();
    await page.locator('.sound-locked').waitFor({ state: 'detached' });
    await openList(page);
    await page.locator('.mute-choices li').first().getByRole('button', { name: '5 分钟' }).click();
    await page.keyboard.press('Escape');
    const badge = page.locator('.top .mute-badge');
    expect(await badge.innerText()).toMatch(/静音\s+0[45]:\d\d/);
    await page.reload();
    await badge.waitFor();
    await badge.click();
    await badge.waitFor({ state: 'detached' });
  });

  it('stop on all of them when one acknowledges; put aside they stay in sight with reason and end (C-14, C-15, C-17)', async () => {
    [one, other] = [await house.browser.person(COUNTY), await house.browser.person(COUNTY, { theme: 'light' })];
    await report(one);
    for (const person of [one, other]) await laterOn(person);
    for (const { page } of [one, other]) {
      await chip(page).waitFor();
      await page.locator('.strip.calling').waitFor();
      expect(await page.locator('.lane-badge').innerText()).toMatch(/无人接手 \d+\s+\d+:\d\d/); // C-03
    }

    await openList(one.page);
    await row(one.page).getByRole('button', { name: '搁置' }).click();
    expect(await row(one.page).innerText()).toMatch(
      /Ⅰ[\s\S]*临海市尤溪镇 · 等派队伍[\s\S]*该做：派队伍[\s\S]*临海[\s\S]*无人应答[\s\S]*0[01]:\d\d/,
    );
    expect(await row(one.page).locator('.snooze-form .presets button').allInnerTexts()).toEqual(['5 分钟', '10 分钟', '30 分钟']); // prettier-ignore
    await one.page.locator('.snooze-form input').fill('已电话核实，队伍十分钟内出发');
    await shoot(one.page, 'snooze-form');
    await one.page.locator('.snooze-form').getByRole('button', { name: '搁置', exact: true }).click();
    await chip(other.page).waitFor({ state: 'detached' });
    await openList(other.page);
    await row(other.page)
      .getByText(/搁置到 \d\d:\d\d：已电话核实，队伍十分钟内出发/)
      .waitFor();
    for (const [name, { page }] of Object.entries({ dark: one, light: other })) {
      await shoot(page, `aside-${name}`);
      expect(await axeFaults(page)).toEqual([]);
    }
    await row(other.page).getByRole('button', { name: '取消搁置' }).click();
    for (const { page } of [one, other]) await page.keyboard.press('Escape');
    for (const { page } of [one, other]) await chip(page).waitFor();

    for (const [name, { page }] of Object.entries({ dark: one, light: other })) await shoot(page, `calling-${name}`);
    await one.page.keyboard.press('a');
    for (const { page } of [one, other]) {
      await chip(page).waitFor({ state: 'detached' });
      await page.locator('.strip:not(.calling)').waitFor();
    }
    await other.page.reload();
    await laterOn(other);
    await strip(other.page).getByText(PLACE).waitFor();
    await openList(other.page);
    await row(other.page)
      .getByText(/\d\d:\d\d 已知/)
      .waitFor();
    expect(await chip(other.page).count()).toBe(0);
  });
});
