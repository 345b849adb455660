import { beforeEach, expect, it } from '@jest/globals';
import type { IncidentDto } from '../../src/incidents/incidents.dto.js';
import { axeFaults, browserSuite, type Person, PHONE, rawKeys } from '../support/browser.js';

const SHOTS = process.env.SHOTS;

browserSuite('the call log on the desk', {}, (house) => {
  let desk: Person;
  beforeEach(async () => void (desk = await house.browser.person('duty.331082')));

  const told = async <T>(path: string, data: object): Promise<T> => {
    const answer = await desk.context.request.post(`/api/v1${path}`, { data });
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const report = (placeText: string) =>
    told<IncidentDto>('/incidents', {
      kind: 'flood', location: { lon: 121.14, lat: 28.86 }, placeText, whatHappened: '水进了一楼',
      reporter: { name: '陈先生', phone: '13800000000', source: 'public' },
    }); // prettier-ignore
  const shoot = async ({ page }: Person, name: string) => {
    if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}.png` });
  };

  it('writes a call down, shows it to a colleague at once, answers and corrects it, and keeps both logs after a merge', async () => {
    const [kept, doubled] = [await report('临海古城东门'), await report('临海东门')];
    await told(`/incidents/${doubled.id}/notes`, { direction: 'in', person: '王女士', words: '二楼还有三人' });
    const officer = await house.browser.person('duty.331082', { path: `/#/incidents/${kept.id}/calls` });
    const colleague = await house.browser.person('duty.331000', {
      path: `/#/incidents/${kept.id}/calls`,
      theme: 'light',
    });
    const form = officer.page.locator('.note-form');
    await form.getByLabel('对方单位').fill('县应急局');
    await form.getByLabel('说了什么').fill('东门要两条船');
    // What is typed is kept until it is written down.
    await officer.page.reload();
    expect(await form.getByLabel('说了什么').inputValue()).toBe('东门要两条船');
    await form.getByRole('button', { name: '记下' }).click();
    const first = colleague.page.getByRole('listitem', { name: '第 1 条' });
    await first.getByText('东门要两条船').waitFor();

    await officer.page.getByRole('button', { name: '答复第 1 条' }).click();
    await form.getByLabel('说了什么').fill('两条船已出发');
    await form.getByRole('button', { name: '记下' }).click();
    await colleague.page.getByRole('listitem', { name: '第 2 条' }).getByText('答复第 1 条').waitFor();

    await officer.page.getByRole('button', { name: '更正第 1 条' }).click();
    await form.getByLabel('说了什么').fill('东门要三条船');
    await form.getByLabel('更正原因').fill('听错了');
    await form.getByRole('button', { name: '记下' }).click();
    await first.getByText('已由第 3 条更正').waitFor();

    await told(`/incidents/${doubled.id}/merge`, { version: doubled.version, intoId: kept.id });
    const short = `#${doubled.number.replace(/^\d{4}-/, '')}`;
    await colleague.page.getByText(`来自 ${short}`).first().waitFor();
    expect(await colleague.page.locator('.note').allTextContents()).toEqual(expect.arrayContaining([expect.stringContaining('二楼还有三人')])); // prettier-ignore
    await shoot(colleague, 'calls-1366-light');
    await shoot(officer, 'calls-1366-dark');
    for (const person of [officer, colleague]) {
      expect(await axeFaults(person.page)).toEqual([]);
      expect(await rawKeys(person.page)).toEqual([]);
    }
    await officer.page
      .getByRole('button', { name: `来自 ${short}` })
      .first()
      .click();
    await officer.page.getByText(/本事件已并入/).waitFor();
    expect(await form.count()).toBe(0);
    await officer.page.getByRole('button', { name: '去那里记' }).click();
    await form.waitFor();
  }, 120_000);

  it('leaves alone what is begun while a note is still on its way: the log may show it before its answer is here', async () => {
    const { id } = await report('临海古城西门');
    const { page } = await house.browser.person('duty.331082', {
      path: `/#/incidents/${id}/calls`,
      serviceWorkers: 'block',
    });
    let answer = (): void => undefined;
    const asked = new Promise<void>((resolve) => (answer = resolve));
    await page.route(`**/incidents/${id}/notes`, async (route) => {
      const response = await route.fetch();
      await asked;
      await route.fulfill({ response });
    });
    const form = page.locator('.note-form');
    await form.getByLabel('对方单位').fill('县应急局');
    await form.getByLabel('说了什么').fill('西门要两条船');
    await form.getByRole('button', { name: '记下' }).click();
    await page.getByRole('button', { name: '答复第 1 条' }).click();
    await form.getByLabel('说了什么').fill('两条船已出发');
    answer();
    await page.locator('.toast', { hasText: '第 1 条' }).waitFor();
    expect(await form.getByLabel('说了什么').inputValue()).toBe('两条船已出发');
    await form.getByRole('button', { name: '记下' }).click();
    await page.getByRole('listitem', { name: '第 2 条' }).getByText('两条船已出发').waitFor();
    await form.getByText('答复第 1 条').waitFor({ state: 'detached' });
    expect(await form.getByLabel('说了什么').inputValue()).toBe('');
  }, 120_000);

  it.each(['dark', 'light'] as const)(
    'fits a phone, %s',
    async (theme) => {
      const { id } = await report('涌泉镇');
      await told(`/incidents/${id}/notes`, { direction: 'out', channel: 'radio', organisation: '涌泉镇政府', words: '请清点二楼人数并报来'.repeat(6) }); // prettier-ignore
      const person = await house.browser.person('duty.331082', {
        path: `/#/incidents/${id}/calls`,
        viewport: PHONE,
        theme,
      });
      await person.page.locator('.note').first().waitFor();
      expect(await person.page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      await shoot(person, `calls-390-${theme}`);
      await person.page.locator('.notes').scrollIntoViewIfNeeded();
      await shoot(person, `calls-390-${theme}-log`);
      expect(await axeFaults(person.page)).toEqual([]);
    },
    60_000,
  );
});
