import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { axeFaults, browserSuite, drawn, PHONE, rawKeys, TABLET } from '../support/browser.js';
import { sendTeam } from '../support/orders.js';
import { atStep, card, coversItsMark, goToPage, marked, stepsOf } from '../support/tour.js';
import type { TourRole, TourStep } from '../../web/src/tour/tour.rules.js';

type Acts = Record<string, (page: Page) => Promise<void>>;
const read = (page: Page): Promise<void> => card(page).locator('.button.primary').click();

/** Walks a tour by doing what its steps ask; a step without an act of its own is read. */
async function walk(page: Page, role: TourRole, acts: Acts): Promise<string[]> {
  const faults: string[] = [];
  for (const step of stepsOf(role)) {
    if (step.optional) continue;
    await atStep(page, step);
    await goThere(page);
    await marked(page, step.mark).waitFor();
    await page.locator('.tour-ring').waitFor();
    if (await coversItsMark(page, step.mark)) faults.push(`${role}/${step.id} is covered by the card`);
    await (acts[step.id] ?? read)(page);
  }
  await card(page).waitFor({ state: 'detached' });
  return faults;
}

/** By the card's link, unless the act before is on its way there by itself. */
async function goThere(page: Page): Promise<void> {
  const link = card(page).locator('.tour-words a');
  if (!(await link.isVisible())) return;
  await link.click({ timeout: 3000 }).catch(async (late: unknown) => {
    if (await link.isVisible()) throw late;
  });
}

const OFFICER: Acts = {
  open: (page) => page.locator('.queue-lane .queue-row').getByRole('button', { name: '温岭市低洼村居' }).dblclick(),
  dispatch: (page) => marked(page, 'dispatch').click(),
  send: (page) => marked(page, 'dispatch-send').click(),
  work: (page) => marked(page, 'tab-work').click(),
  answer: async (page) => {
    await page.locator('.work-list .work-head').first().click();
    await page.locator('.steps .button.primary').first().click();
  },
  timeline: (page) => marked(page, 'tab-timeline').click(),
};
const KEEPER: Acts = {
  pick: (page) => marked(page, 'start-picking').click(),
  tick: async (page) => {
    for (const line of await page.locator('.pick-list').getByRole('checkbox').all()) await line.check();
  },
  ship: async (page) => {
    await page.getByLabel('车牌号').fill('浙J·示范8');
    await page.getByRole('button', { name: '装车完毕，发运' }).click();
  },
  works: (page) => marked(page, 'tab-works').click(),
  counts: (page) => marked(page, 'work-counts').click(),
  scope: async (page) => {
    await marked(page, 'count-scope').getByRole('button').last().click();
    await page.getByRole('button', { name: '开始盘点' }).click();
  },
  figure: (page) => countOne(page),
  finish: async (page) => {
    const finish = page.getByRole('button', { name: '盘点结束' });
    while (await page.locator('.number-pad').isVisible()) await countOne(page);
    await finish.click();
  },
};

/** Counts what is on the pad, and waits until the page has gone on. */
async function countOne(page: Page): Promise<void> {
  const progress = await page.locator('.count-progress').innerText();
  await page.locator('.pad-keys').getByRole('button', { name: '1', exact: true }).click();
  await page.locator('.pad-acts .primary').click();
  await page.locator('.count-progress').filter({ hasNotText: progress }).waitFor();
}

const press = (mark: string) => (page: Page) => marked(page, mark).click();
/** Whatever waits at the top: the tours before may have taken others up. */
const openFirst = (page: Page): Promise<void> =>
  page.locator('.queue-lane .queue-row').first().getByRole('button').dblclick();
const firstPaper = (page: Page): Promise<void> => page.locator('a.paper-row').first().click();
const planDrill = async (page: Page): Promise<void> => {
  await page.getByLabel('名称').fill('导览演练');
  await page.getByRole('button', { name: '保存' }).click();
};
const LEAD: Acts = {
  open: openFirst,
  response: press('tab-response'),
  level: (page) => marked(page, 'level-acts').getByRole('button').first().click(),
  sign: async (page) => {
    await page.getByLabel('原因').fill('雨大');
    await page.locator('dialog button[type="submit"]').click();
  },
  requests: (page) => marked(page, 'request-tools').getByRole('button', { name: '本级提出' }).click(),
  plans: firstPaper,
  duty: (page) => page.getByRole('link', { name: '交接班', exact: true }).click(),
  drills: press('new-paper'),
  drill: planDrill,
};
const SUPERVISOR: Acts = {
  open: openFirst,
  timeline: press('tab-timeline'),
  plans: firstPaper,
  chain: press('chain-check'),
  drills: press('new-paper'),
  drill: planDrill,
};
const AUDITOR: Acts = {
  open: openFirst,
  timeline: press('tab-timeline'),
  chain: press('chain-check'),
  find: async (page) => void (await page.getByLabel('关于什么').selectOption({ label: '动用指令' })),
  line: (page) => page.locator('.audit-line summary').first().click(),
  trace: (page) => marked(page, 'trace').getByRole('link').first().click(),
  gift: firstPaper,
  signed: async (page) => {
    await marked(page, 'trace-signed').getByText('安置场所接收人（示范） 签收 120').waitFor();
    await read(page);
  },
  record: (page) => marked(page, 'help-links').getByRole('link').first().click(),
};
const ADMINISTRATOR: Acts = {
  accounts: press('new-paper'),
  account: async (page) => {
    await marked(page, 'account-form').getByLabel('账号').fill('new.person');
    await page.getByLabel('姓名').fill('新来的同事');
    await page.getByLabel('红十字会').selectOption({ index: 1 });
    await page.getByLabel('初始密码').fill('only-for-today');
    await page.getByRole('button', { name: '建立账号' }).click();
  },
  grant: async (page) => {
    await page.getByLabel('岗位').selectOption({ label: '值班员' });
    await page.getByRole('button', { name: '授予岗位' }).click();
  },
  duty: (page) => marked(page, 'roster-make').locator('summary').click(),
};
const BY_ACTS: { role: TourRole; account: string; acts: Acts }[] = [
  { role: 'dutyLead', account: 'lead.330000', acts: LEAD },
  { role: 'auditor', account: 'auditor.330000', acts: AUDITOR },
  { role: 'supervisor', account: 'supervisor.330000', acts: SUPERVISOR },
  { role: 'administrator', account: 'admin.330000', acts: ADMINISTRATOR },
];
const OTHERS: { role: TourRole; account: string }[] = [
  { role: 'checker', account: 'checker.331000' },
  { role: 'teamLeader', account: 'leader.T-331081-WR-1' },
];

browserSuite('the first run', {}, (house) => {
  it('offers the tour once, and remembers where somebody left it', async () => {
    const { page } = await house.browser.person('duty.331000', { offered: true });
    await page.getByRole('button', { name: '开始导览' }).click();
    const [first, second] = stepsOf('dutyOfficer') as [TourStep, TourStep];
    await atStep(page, first);
    await read(page);
    await atStep(page, second);
    await page.reload();
    await atStep(page, second);
    await page.keyboard.press('g');
    expect(await page.evaluate(`document.activeElement.className`)).toBe('tour-card');
    await page.keyboard.press('Escape');
    await card(page).waitFor({ state: 'detached' });
    await page.reload();
    await drawn(page);
    expect(await card(page).count()).toBe(0);
    await page.locator('.menu summary').click();
    await page.getByRole('button', { name: '导览：五分钟学会' }).click();
    await atStep(page, second);
  }, 60_000);

  it('makes no offer on a phone while an alert waits for its answer', async () => {
    const desk = await house.browser.person('duty.331082');
    const { page } = await house.browser.person('leader.T-331082-WR-1', {
      offered: true,
      path: '/phone.html',
      viewport: PHONE,
    });
    await page.locator('.tour-offer').waitFor();
    const placeText = '坦头村桥头';
    await sendTeam(desk.context, 'T-331082-WR-1', { placeText, location: { lon: 121.14, lat: 28.86 } });
    await page.getByText(placeText).first().click();
    await page.locator('.answer.accept').waitFor();
    expect(await page.locator('.tour-offer').count()).toBe(0);
    await page.locator('.answer.accept').click();
    await page.locator('.state.good').waitFor();
  });

  it('takes a duty officer from the lane to the answer by real acts', async () => {
    const { page } = await house.browser.person('duty.331000', { offered: true });
    await page.getByRole('button', { name: '开始导览' }).click();
    expect(await walk(page, 'dutyOfficer', OFFICER)).toEqual([]);
  }, 60_000);

  it('takes a keeper from the order to the count by real acts', async () => {
    const { page } = await house.browser.person('keeper.WH-331000-1', { offered: true, viewport: TABLET });
    await page.getByRole('button', { name: '开始导览' }).click();
    expect(await walk(page, 'keeper', KEEPER)).toEqual([]);
  }, 60_000);

  it.each(BY_ACTS)(
    'takes $role through real acts',
    async ({ role, account, acts }) => {
      const { page } = await house.browser.person(account, { offered: true });
      await page.getByRole('button', { name: '开始导览' }).click();
      expect(await walk(page, role, acts)).toEqual([]);
    },
    60_000,
  );

  it.each(OTHERS)(
    'shows $role what each step points at',
    async ({ role, account }) => {
      const phone = role === 'teamLeader';
      const { page } = await house.browser.person(account, phone ? { path: '/phone.html', viewport: PHONE } : {});
      for (const step of stepsOf(role)) {
        await goToPage(page, step);
        await marked(page, step.mark).waitFor();
      }
    },
    60_000,
  );

  it.each(['dark', 'light'] as const)('meets WCAG 2.2 AA with its card, %s', async (theme) => {
    const { page } = await house.browser.person('duty.331000', { offered: true, theme });
    await page.getByRole('button', { name: '开始导览' }).waitFor();
    const faults = await axeFaults(page);
    await page.getByRole('button', { name: '开始导览' }).click();
    await page.locator('.tour-ring').waitFor();
    expect([...faults, ...(await axeFaults(page))]).toEqual([]);
  });

  it('has its words in English, and its pictures', async () => {
    const { page } = await house.browser.person('duty.331000', { offered: true, locale: 'en' });
    await page.getByRole('button', { name: 'Start the tour' }).click();
    await page.locator('.tour-ring').waitFor();
    const keys = await rawKeys(page);
    await page.evaluate(`location.hash = '#/help/dutyOfficer.dispatch'`);
    const picture = page.locator('.help-picture');
    await picture.scrollIntoViewIfNeeded();
    expect((await page.request.get(String(await picture.getAttribute('src')))).headers()['content-type']).toBe(
      'image/webp',
    );
    expect([...keys, ...(await rawKeys(page))]).toEqual([]);
  }, 60_000);
});
