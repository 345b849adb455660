import { beforeEach, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { DrillDto, DrillNowDto } from '../../src/drills/drills.dto.js';
import { axeFaults, browserSuite, rawKeys } from '../support/browser.js';
import { tooWide } from '../support/looks.js';

const NOTE = '命令没有复述';
const MINE = '应答很快。';
const OTHERS = '物资账实相符。';

browserSuite('the evaluators’ sheet of a drill', {}, (house) => {
  let first: Page;
  let second: Page;
  let drill: DrillDto;
  const post = async <T>(path: string, data: object): Promise<T> => {
    const answer = await first.context().request.post(`/api/v1${path}`, { data });
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  async function begin(): Promise<DrillDto> {
    const me = await first.context().request.get('/api/v1/me');
    const { grants } = (await me.json()) as { grants: { societyId: string }[] };
    const planned = await post<DrillDto>('/drills', { title: '评估演练', societyId: grants[0]!.societyId });
    return post<DrillDto>(`/drills/${planned.id}/start`, { version: planned.version });
  }
  beforeEach(async () => {
    first = (await house.browser.person('lead.330000')).page;
    drill ??= await begin();
    await first.goto(`/#/drills/${drill.id}`);
    second = (await house.browser.person('supervisor.330000', { theme: 'light', path: `/#/drills/${drill.id}` })).page;
  }, 240_000);

  const item = (page: Page) => page.locator('.drill-items > li').filter({ hasText: '命令写明任务、地点、时限和联系人' }).first(); // prettier-ignore
  async function judge(page: Page, grade: string, note: string): Promise<void> {
    await item(page).getByRole('button', { name: /^评定/ }).click();
    await item(page).getByLabel(grade, { exact: true }).check();
    await item(page).getByLabel('说明').fill(note);
    await item(page).getByRole('button', { name: '保存评定' }).click();
    await item(page).locator('.drill-judge').waitFor({ state: 'detached' });
  }

  it('is filled in by two during the drill, side by side', async () => {
    await judge(first, '优', '');
    await judge(second, '中', NOTE);
    for (const page of [first, second]) {
      await item(page).getByText(NOTE).waitFor();
      await item(page).getByText('相差两档以上').waitFor();
      expect(await item(page).locator('.drill-word').count()).toBe(2);
    }
  });

  it('shows what a colleague wrote before one’s own words go over it', async () => {
    const remarks = (page: Page) => page.getByRole('region', { name: '总评' });
    for (const page of [first, second]) await remarks(page).getByRole('button', { name: '写总评' }).click();
    await remarks(first).getByLabel('做得好的').fill(MINE);
    await remarks(second).getByLabel('做得好的').fill(OTHERS);
    await remarks(first).getByRole('button', { name: '保存总评' }).click();
    await remarks(second).getByText('刚刚改过总评').waitFor();
    expect(await remarks(second).getByRole('button', { name: '保存总评' }).isDisabled()).toBe(true);
    expect(await remarks(second).locator('dd').first().innerText()).toBe(MINE);
    expect(await remarks(second).getByLabel('做得好的').inputValue()).toBe(OTHERS);
    await remarks(second).getByRole('button', { name: '已看过，继续' }).click();
    await remarks(second)
      .getByLabel('做得好的')
      .fill(MINE + OTHERS);
    await remarks(second).getByRole('button', { name: '保存总评' }).click();
    await remarks(first)
      .getByText(MINE + OTHERS)
      .waitFor();
  });

  it('lets an inject happen that is entered by hand', async () => {
    await first.getByText('手动加入导调').click();
    await first.getByLabel('通报内容').fill('上游水库开闸');
    await first.getByRole('button', { name: '加入', exact: true }).click();
    const line = first.locator('.drill-script li').filter({ hasText: '上游水库开闸' });
    await line.getByText('已发生').waitFor();
    expect(await line.innerText()).toContain('手动加入');
    const now = (await (await first.context().request.get(`/api/v1/drills/${drill.id}`)).json()) as DrillNowDto;
    expect(now.timeline).toHaveLength(1);
  });

  it('goes on after the end, with improvements, and leaves as a report', async () => {
    await post(`/drills/${drill.id}/end`, { version: drill.version });
    const improvements = first.getByRole('region', { name: '整改项' });
    await first.getByText('已结束', { exact: false }).first().waitFor();
    await improvements.getByRole('button', { name: '记整改项' }).click();
    await improvements.getByLabel('整改内容').fill('命令须当场复述');
    await improvements.getByRole('textbox', { name: '责任人' }).fill('值班长');
    await improvements.getByLabel('完成期限').fill('2099-01-31');
    await improvements.getByRole('button', { name: '保存整改项' }).click();
    await improvements.getByText('期限 2099-01-31').waitFor();
    await improvements.getByRole('button', { name: '办结' }).click();
    await improvements.getByLabel('整改情况').fill('已培训');
    await improvements.getByRole('button', { name: '办结' }).click();
    await improvements.getByText('已整改').waitFor();
    await judge(first, '良', '讲评后改评');
    await item(first).getByText('此前的评定 1 条').waitFor();
    for (const [link, type] of [['评估报告 Excel', 'spreadsheetml'], ['评估报告 PDF', 'application/pdf']] as const) {
      const href = (await first.getByRole('link', { name: link }).getAttribute('href'))!;
      const file = await first.context().request.get(href);
      expect([file.status(), file.headers()['content-type']]).toEqual([200, expect.stringContaining(type)]);
      expect(file.headers()['content-disposition']).toContain('drill-');
    }
  }, 60_000); // prettier-ignore

  it('is read by a player after the end without evaluators and notes', async () => {
    const { page } = await house.browser.person('duty.331082', { path: `/#/drills/${drill.id}`, locale: 'en' });
    await page.getByText('A summary of what those who ran the drill saw.').waitFor();
    await page.getByText('值班长').waitFor();
    expect(await page.getByText(NOTE).count()).toBe(0);
    expect(await page.locator('.drill-word').count()).toBe(0);
    expect(await rawKeys(page)).toEqual([]);
  });

  it('is readable, in the dark and the light, and one column on a small screen', async () => {
    for (const page of [first, second]) expect(await axeFaults(page)).toEqual([]);
    await first.setViewportSize({ width: 390, height: 844 });
    expect(await tooWide(first)).toBe(false);
    expect(await rawKeys(first)).toEqual([]);
  });
});
