import { expect, it } from '@jest/globals';
import type { IncidentDto } from '../../src/incidents/incidents.dto.js';
import type { FactorsDto } from '../../src/comparison/comparison.dto.js';
import { axeFaults, browserSuite, chooseWith, PHONE } from '../support/browser.js';
import { told } from '../support/orders.js';

const OFFICER = 'duty.331082';
const ADMIN = 'admin.330000';

browserSuite('what is learned after the event, and ways over water', {}, (house) => {
  it('an estimate that is taken over stands beside what was sent, on the incident and in the report', async () => {
    const { page, context } = await house.browser.person(OFFICER);
    const report = { kind: 'flood', severity: 'IV', placeText: '对照路', whatHappened: '', location: { lon: 121.14, lat: 28.86 } }; // prettier-ignore
    const reported = await told<IncidentDto>(context, '/incidents', report);
    const verified = await told<IncidentDto>(context, `/incidents/${reported.id}/verify`, { version: 1 });
    await page.goto(`/#/incidents/${reported.id}/comparison`);
    await page.getByText('还没有可以对照的物资').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('tab', { name: '需求', exact: true }).click();
    await page.getByLabel('安置人数').fill('120');
    await page.getByRole('button', { name: '估算', exact: true }).click();
    await page.getByRole('button', { name: '填入左边' }).click();
    await page.getByRole('button', { name: '保存需求' }).click();
    await page.getByText(/已保存|需求已/).first().waitFor(); // prettier-ignore
    const tab = page.getByRole('tab', { name: '灾后对照' });
    await tab.focus();
    await page.keyboard.press('Enter');
    const table = page.getByRole('region', { name: '估算与实用' });
    await table.getByText('自热食品12份').waitFor();
    const text = await table.innerText();
    for (const part of ['规则原值', '第 1 次', '来源：']) expect(text).toContain(part);
    expect(await axeFaults(page)).toEqual([]);
    const { version } = (await (await context.request.get(`/api/v1/incidents/${verified.id}`)).json()) as IncidentDto;
    await told(context, `/incidents/${verified.id}/stabilise`, { version, reason: '水退' });
    await page.getByRole('link', { name: 'Excel' }).waitFor();
    await page.goto('/#/reports/comparison');
    await page.getByRole('region', { name: '灾后对照' }).getByText('自热食品12份').waitFor();
    expect(await axeFaults(page)).toEqual([]);
  }, 300_000);

  it('factors are suggested, accepted with one press and restored with a reason', async () => {
    const { page } = await house.browser.person(ADMIN, {
      path: '/#/factors',
      serviceWorkers: 'block',
      prepare: async (one) => {
        await one.route('**/api/v1/need-factors?*', (route) => route.fulfill({ json: SUGGESTED }));
      },
    });
    const row = page.locator('tr[data-factor="flood BD03"]');
    await row.getByText('建议 80%（5 起，中位数 55%）').waitFor();
    await row.getByText('一次最多走到这里').waitFor();
    await row.locator('summary').click();
    await row.getByText('由 5 起事件重定').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    house.browser.expectRefusal('/need-factors/accept', 422);
    await row.getByRole('button', { name: '采纳 80%' }).focus();
    await page.keyboard.press('Enter');
    await row.getByText('目前没有可采纳的建议').waitFor(); // the program knows of none: what the page shows was put there
    const empty = await house.browser.person(ADMIN, { path: '/#/factors', viewport: PHONE });
    await empty.page.getByText('还没有可以学习的事件').waitFor();
    expect(await axeFaults(empty.page)).toEqual([]);
  }, 300_000);

  it('a ferry is suspended and resumed, one is added by keyboard, weather is set and lifted', async () => {
    const { page } = await house.browser.person(ADMIN, { path: '/#/travel' });
    const bridge = page.locator('.papers > li', { hasText: '桥 舟山跨海大桥' });
    await bridge.getByRole('button', { name: '停航、封桥：舟山跨海大桥' }).click();
    await page.getByLabel('停航原因').fill('大风封桥');
    await bridge.getByRole('button', { name: '停航、封桥：舟山跨海大桥' }).last().click();
    await bridge.getByText('停航：大风封桥').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await bridge.getByRole('button', { name: '恢复通航：舟山跨海大桥' }).click();
    await bridge.getByText('通航', { exact: true }).waitFor();

    await chooseWith(page.getByLabel('红十字会'), '舟山市');
    await page.getByRole('button', { name: '新增渡口或桥' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('请填好标星的各项').first().waitFor();
    const form = page.locator('form', { hasText: '班次间隔分钟' });
    const fill = (label: string, value: string) => form.getByLabel(label).first().fill(value);
    for (const [label, value] of [
      ['名称', '示范新渡'], ['一端码头', '东港'], ['一端码头经度', '999'], ['一端码头纬度', '29.9'], ['另一端码头', '西港'], ['另一端码头经度', '122.5'],
      ['另一端码头纬度', '29.9'], ['另一端码头所在海岛（空：大陆）', '新岛'], ['航行（过桥）分钟，含上下船', '30'],
    ] as const) await fill(label, value); // prettier-ignore
    await fill('依据', '示范');
    await page.getByText('请填 −180 到 180 的度数').waitFor();
    await fill('一端码头经度', '122.3');
    expect(await axeFaults(page)).toEqual([]);
    await form.getByRole('button', { name: '保存' }).click();
    await page.locator('.papers > li', { hasText: '渡口 示范新渡' }).getByText('东港（大陆）至 西港（新岛）').waitFor();

    await page.getByLabel('依据或说明').fill('气象台预警');
    await page.getByRole('button', { name: '设定天气' }).click();
    const weather = page.locator('.papers > li', { hasText: '气象台预警' });
    await weather.getByText('暴雨（车速 ×0.7）').waitFor();
    await weather.getByRole('button', { name: /^解除/ }).click();
    await weather.waitFor({ state: 'detached' });
    const phone = await house.browser.person(ADMIN, { path: '/#/travel', viewport: PHONE });
    await phone.page.locator('.papers > li').first().waitFor();
    expect(await axeFaults(phone.page)).toEqual([]);
  }, 300_000);
});

const LEARNED = [50, 50, 55, 60, 75].map((impliedPct, n) => ({ id: `0198a000-0000-7000-8000-00000000000${n}`, number: `331082-YB-2026-000${n}`, impliedPct })); // prettier-ignore
const SOCIETY = '0198a000-0000-7000-8000-0000000000aa';
const SUGGESTED: FactorsDto = {
  societyId: SOCIETY, incidents: 5, cut: false,
  lines: [{
    kind: 'flood', ruleCode: 'estimate.towel-quilt', itemCode: 'BD03', source: 'common-knowledge', inForce: { valuePct: 100, version: 2, societyId: SOCIETY },
    suggestion: { verdict: 'change', incidents: LEARNED, leastIncidents: 5, medianPct: 55, suggestedPct: 80, bounded: true },
    history: [
      { id: `${SOCIETY.slice(0, -1)}b`, societyId: SOCIETY, kind: 'flood', ruleCode: 'estimate.towel-quilt', version: 2, valuePct: 100, source: { code: 'restored', fromVersion: 0 }, reason: '样本偏小', setBy: '示范班长', setAt: '2026-07-20T02:00:00Z' },
      { id: `${SOCIETY.slice(0, -1)}c`, societyId: SOCIETY, kind: 'flood', ruleCode: 'estimate.towel-quilt', version: 1, valuePct: 80, source: { code: 'retuned', medianPct: 55, incidents: LEARNED }, reason: '', setBy: '示范班长', setAt: '2026-07-19T02:00:00Z' },
    ],
  }],
}; // prettier-ignore
