import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { axeFaults, browserSuite, drawn, PHONE, rawKeys } from '../support/browser.js';
import { tooWide } from '../support/looks.js';

/** What confused when somebody new played each role from nothing; a line each, so that it does not come back. */
browserSuite('somebody new', {}, (house) => {
  const faults = async (page: Page) => [...(await axeFaults(page)), ...(await rawKeys(page))];
  const report = async (page: Page, place: string) => {
    await page.keyboard.press('n');
    await drawn(page);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.insertText(place);
    await page.keyboard.press('Tab');
    await page.keyboard.press('6');
    await page.keyboard.press('Enter');
    await page.locator('.incident-strip').getByText(place).waitFor();
  };

  it('is not told that there is nothing to do while incidents wait that nobody has', async () => {
    const { page } = await house.browser.person('duty.331000');
    const strip = page.locator('.strip');
    await strip.getByText(/有 \d+ 件无人接手/).waitFor();
    expect(await strip.innerText()).not.toContain('不用做什么');
    expect(await faults(page)).toEqual([]);
    await strip.getByRole('button', { name: '从第一件开始' }).click();
    await page.locator('.incident-strip').waitFor();
    const first = await page.locator('.queue-row').first().innerText();
    expect(first).toContain(/#(\S+)/.exec(await page.locator('.incident-title').innerText())![1]);
  });

  it('is not warned of an old plan for having verified the call, and reads no chatter of the planner in the log', async () => {
    const place = '临海括苍山示范路口';
    const { page } = await house.browser.person('duty.331000');
    await report(page, place);
    await page.locator('.queue-row', { hasText: place }).getByText('有建议').waitFor();
    await page.keyboard.press('d');
    await page.getByRole('button', { name: '核实，接着派遣' }).click();
    await page.locator('.proposal .line').first().waitFor();
    expect(await page.locator('.proposal > .notice.warning', { hasText: '过时' }).count()).toBe(0);
    expect(await page.locator('.proposal .line').first().innerText()).toContain('连集结约');
    const log = await page.locator('.log').innerText();
    expect(log).toContain(place);
    expect(log).not.toMatch(/排队计算|正在计算|已作废/);
    // A second one, with the same incident open, is told who was faster.
    const other = await house.browser.person('duty2.331000');
    await other.page.locator('.queue-row', { hasText: place }).getByRole('button').dblclick();
    await other.page.keyboard.press('d');
    await other.page.locator('.proposal .line').first().waitFor();
    await page.getByRole('button', { name: '按全部建议派出' }).click();
    await page.locator('.dispatch-dialog').waitFor({ state: 'detached' });
    const told = other.page.locator('[data-sent-meanwhile]');
    await told.waitFor();
    expect(await told.innerText()).toMatch(/俞俊杰.*331\d{3}-DD-/);
    // What was sent is named as on the board, and shows that it opens.
    await page.getByRole('tab', { name: '任务队伍' }).click();
    const line = page.locator('[data-tour="work-teams"] .work-head').first();
    expect(await line.innerText()).toMatch(/第.分队[\s\S]*▸/);
  }, 60_000);

  it.each(['receiving', 'donations', 'adjustments'])(
    'who may not do a warehouse work is not led into its form: %s',
    async (work) => {
      const auditor = await house.browser.person('auditor.330000', { path: `/#/keeper/${work}` });
      await auditor.page.locator('.papers, .empty').first().waitFor();
      expect(await auditor.page.locator('[data-tour="new-paper"]').count()).toBe(0);
      const keeper = await house.browser.person('keeper.WH-331000-1', { path: `/#/keeper/${work}` });
      await keeper.page.locator('[data-tour="new-paper"]').waitFor();
    },
  );

  it('who keeps the system sees on a phone what it is about, without a table cut off', async () => {
    for (const theme of ['dark', 'light'] as const) {
      const { page } = await house.browser.person('admin.330000', { path: '/#/audit', viewport: PHONE, theme });
      const holds = page.locator('[data-anchor] .health-state').first();
      await holds.waitFor();
      expect(await inSight(holds)).toBe(true);
      const words = await page.locator('.audit-line b').first().boundingBox();
      expect(words!.width).toBeGreaterThan(200);
      expect([await tooWide(page), await faults(page)]).toEqual([false, []]);
      await page.goto('/#/settings');
      const change = page.locator('[data-clock] button').first();
      await change.waitFor();
      expect(await inSight(change)).toBe(true);
      expect([await tooWide(page), await faults(page)]).toEqual([false, []]);
    }
  }, 60_000);

  it('hears of no gateway where none is', async () => {
    const { page } = await house.browser.person('admin.330000', { path: '/#/channels' });
    const facts = page.locator('.channels-facts');
    await facts.getByText(/已写进文件/).waitFor();
    expect(await facts.innerText()).not.toContain('网关');
  });
});

/** Whether it lies within the width of the screen. */
const inSight = async (part: { boundingBox: () => Promise<{ x: number; width: number } | null> }): Promise<boolean> => {
  const box = await part.boundingBox();
  return box !== null && box.x >= 0 && box.x + box.width <= PHONE.width;
};
