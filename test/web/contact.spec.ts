import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { ContactSettingDto } from '../../src/alerts/contact/contact.dto.js';
import { axeFaults, browserSuite, chooseWith, drawn, PHONE } from '../support/browser.js';
import { tooWide } from '../support/looks.js';

const LEADER = 'leader.T-331082-WR-1';

browserSuite('how a person wants to be told', {}, (house) => {
  const held = async (page: Page) => (await (await page.request.get('/api/v1/me/contact')).json()) as ContactSettingDto;
  const look = async (page: Page, name: string) => {
    expect(await axeFaults(page)).toEqual([]);
    expect(await tooWide(page)).toBe(false);
    if (process.env.LOOK_AT) await page.screenshot({ path: `${process.env.LOOK_AT}/${name}.png`, fullPage: true });
  };

  it('is said by a leader on a phone, in both themes', async () => {
    for (const theme of ['dark', 'light'] as const) {
      const { page } = await house.browser.person(LEADER, { path: '/phone.html', viewport: PHONE, theme });
      await page.getByRole('link', { name: '接收设置' }).click();
      await page.locator('[data-contact]').scrollIntoViewIfNeeded();
      await chooseWith(page.getByLabel('先后顺序'), '短信 → 系统内 → 邮件');
      await chooseWith(page.getByLabel('走下一条之前'), '等 20 秒');
      if (theme === 'dark') await page.getByLabel('免打扰时段').check();
      await chooseWith(page.locator('.contact-span select').first(), '23:00');
      await chooseWith(page.locator('.contact-span select').last(), '12:00');
      const keep = page.getByRole('button', { name: '保存接收设置' });
      expect(await keep.isDisabled()).toBe(true);
      await page.getByText('最长 12 小时').waitFor();
      await chooseWith(page.locator('.contact-span select').last(), '06:30');
      await keep.click();
      await page.getByText('接收设置已保存').waitFor();
      await look(page, `phone-${theme}`);
      expect(await held(page)).toMatchObject({ ways: ['sms', 'in-app', 'mail'], waitS: 20, quiet: { from: '23:00', to: '06:30' } }); // prettier-ignore
    }
  }, 300_000);

  it('is seen by the administrator above and set on the desk like on the phone', async () => {
    const { page } = await house.browser.person('admin.330000', { path: '/#/accounts', theme: 'light' });
    await page.locator('[data-contact]').getByLabel('免打扰时段').waitFor();
    await look(page, 'desk-light');
    const { items } = (await (await page.request.get('/api/v1/users?limit=500')).json()) as { items: { id: string; account: string }[] }; // prettier-ignore
    await page.goto(`/#/accounts/${items.find(({ account }) => account === LEADER)!.id}`);
    await page
      .locator('[data-contact-of]', { hasText: '短信 → 系统内 → 邮件 · 每隔 20 秒 · 免打扰 23:00–06:30' })
      .waitFor();
    await look(page, 'desk-person-light');
    const night = await house.browser.person('duty.331082', { path: '/#/accounts' });
    await night.page.getByLabel('免打扰时段').check();
    await night.page.getByRole('button', { name: '保存接收设置' }).click();
    await night.page.getByText('接收设置已保存').waitFor();
    await look(night.page, 'desk-dark');
    await night.page.setViewportSize(PHONE);
    await look(night.page, 'desk-phone-dark');
  }, 300_000);

  it('is read by the officer before he sends, of leader and deputy', async () => {
    const { page } = await house.browser.person('duty.331000', { theme: 'dark' });
    await page.keyboard.press('n');
    await drawn(page);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.insertText('临海市杜桥镇示范闸口');
    await page.keyboard.press('Tab');
    await page.keyboard.press('7');
    await page.keyboard.press('Enter');
    await page.locator('.incident-strip').getByText('示范闸口').waitFor();
    await page.keyboard.press('d');
    await page.getByRole('button', { name: '核实，接着派遣' }).click();
    await page.locator('.proposal .line').first().waitFor();
    const people = page.locator('[data-audience]').first();
    await people.waitFor();
    expect(await people.innerText()).toMatch(/队长.*[：:] .*短信/);
    expect(await people.innerText()).toContain('无人答复，');
    await look(page, 'dispatch-audience-dark');
  }, 300_000);
});
