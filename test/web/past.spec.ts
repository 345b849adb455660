import { beforeAll, expect, it } from '@jest/globals';
import type { IncidentDto } from '../../src/incidents/incidents.dto.js';
import type { SnapshotDto } from '../../src/live/live.dto.js';
import { axeFaults, browserSuite, type Person, PHONE, rawKeys } from '../support/browser.js';

const SHOTS = process.env.SHOTS;

browserSuite('the board at a past moment, on screen', {}, (house) => {
  let before: string;
  let after: string;
  beforeAll(async () => {
    const desk = await house.browser.person('duty.331082');
    const told = async <T>(path: string, data: object): Promise<T> => {
      const answer = await desk.context.request.post(`/api/v1${path}`, { data });
      if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
      return (await answer.json()) as T;
    };
    const now = async () => ((await (await desk.context.request.get('/api/v1/live/snapshot')).json()) as SnapshotDto).at; // prettier-ignore
    const reported = await told<IncidentDto>('/incidents', { kind: 'drowning', severity: 'III', location: { lon: 121.14, lat: 28.86 }, placeText: '坦头村桥头' }); // prettier-ignore
    const incident = await told<IncidentDto>(`/incidents/${reported.id}/verify`, { version: reported.version });
    const { teamUnits } = (await (await desk.context.request.get('/api/v1/live/snapshot')).json()) as SnapshotDto;
    const unit = teamUnits.find(({ code, booking }) => code.startsWith('T-331082-WR-1') && !booking)!;
    before = await now();
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await told(`/incidents/${incident.id}/missions`, { assignments: [{ teamUnitId: unit.id }], supplies: [] });
    await new Promise((resolve) => setTimeout(resolve, 1100));
    after = await now();
    await house.browser.clearRoom();
  }, 180_000);

  const shoot = async ({ page }: Person, name: string) => {
    if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}.png` });
  };
  const incidentOn = ({ page }: Person) => page.getByRole('article', { name: /坦头村桥头/ });

  it('says of when it is, shows who was waited for then, and steps change by change; nothing can be done on it', async () => {
    const officer = await house.browser.person('duty.331082', { path: `/#/past/${before}` });
    await incidentOn(officer).getByText('等派队伍').waitFor();
    await officer.page.getByText('不是现在，不会更新，不能在这里操作').waitFor();
    expect(await incidentOn(officer).getByRole('button').count()).toBe(0);
    await officer.page.getByRole('button', { name: '下一次变化' }).click();
    await officer.page.waitForURL(/#\/past\/s\d+$/);
    await officer.page.goto(`${house.program.url}/#/past/${after}`);
    await incidentOn(officer).getByText(/等 .* 确认/).first().waitFor(); // prettier-ignore
    await incidentOn(officer).getByText(/T-331082-WR-1/).first().waitFor(); // prettier-ignore
    expect(await rawKeys(officer.page)).toEqual([]);
    expect(await axeFaults(officer.page)).toEqual([]);
    await shoot(officer, 'past-1366-dark');
    const earlier = officer.page.getByRole('button', { name: '上一次变化' });
    for (let n = 0; n < 2; n++) {
      const [shown] = await Promise.all([
        officer.page.waitForResponse(/live\/past\?seq=/),
        n === 0 ? earlier.click() : officer.page.keyboard.press('Enter'),
      ]); // the key finds the button again
      expect(shown.ok()).toBe(true);
      await officer.page.waitForURL(new RegExp(`#/past/s${new URL(shown.url()).searchParams.get('seq')}$`));
      await officer.page.waitForSelector('.past[aria-busy="false"]');
    }
    house.browser.expectRefusal('/live/past', 422); // before the record began, where the program has just started
    await officer.page.getByRole('button', { name: '早 10 分钟' }).click();
    await officer.page.waitForURL(/#\/past\/\d{4}-/);
  }, 120_000);

  it.each([['light', 'zh-CN'], ['dark', 'en']] as const)('fits a phone, %s, %s', async (theme, locale) => {
    const person = await house.browser.person('duty.331000', { path: `/#/past/${after}`, viewport: PHONE, theme, locale });
    await incidentOn(person).waitFor();
    expect(await person.page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(await axeFaults(person.page)).toEqual([]);
    expect(await rawKeys(person.page)).toEqual([]);
    await shoot(person, `past-390-${theme}`);
    await incidentOn(person).scrollIntoViewIfNeeded();
    await shoot(person, `past-390-${theme}-incident`);
  }, 60_000); // prettier-ignore

  it('is there by the menu and begins with a choice', async () => {
    const person = await house.browser.person('duty.331000', { path: '/#/past', theme: 'light' });
    await person.page.getByText('选一个时刻，按记录还原当时的态势。').waitFor();
    await person.page.goto(`${house.program.url}/#/past/${after}`);
    await incidentOn(person).waitFor();
    await shoot(person, 'past-1366-light');
  }, 60_000);
});
