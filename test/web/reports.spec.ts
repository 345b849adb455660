import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { readSheet } from '../../src/relief-stock/sheets/sheet-reader.js';
import type { IncidentFiguresDto, StockReportDto } from '../../src/reports/reports.dto.js';
import { browserSuite, drawn, type Person } from '../support/browser.js';

const DUTY = 'duty.331000';
/** Whether something was painted. Runs as text: the test's own types know no DOM. */
const PAINTED = `(() => { const canvas = document.querySelector('.report-chart canvas'); const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return data.some((value) => value > 0); })()`;

/** The cells of a table on the page, row by row, thousands and dashes as figures again. */
async function cells(page: Page, title: string): Promise<string[][]> {
  const rows = await page.getByRole('region', { name: title }).locator('tbody tr').all();
  const texts = await Promise.all(rows.map((row) => row.locator('td').allInnerTexts()));
  return texts.map((row) => row.map((text) => text.trim().replace(/(?<=\d),(?=\d)/g, '').replace('−', '-'))); // prettier-ignore
}

async function ask<T>({ context }: Person, path: string): Promise<T> {
  const answer = await context.request.get(`/api/v1/reports/${path}`);
  expect(answer.status()).toBe(200);
  return (await answer.json()) as T;
}

browserSuite('the reports', {}, (house) => {
  it('keep their filters in the address, draw them, and say in a table what the server said', async () => {
    const duty = await house.browser.person(DUTY, { path: '/#/reports/incidents' });
    const { page } = duty;
    await page.getByLabel('级别').selectOption('IV');
    await page.waitForURL(/severity=IV/);
    await page.getByLabel('级别').selectOption('');
    await page.waitForURL((url) => !url.hash.includes('severity'));
    await page.getByLabel('单位（含下级）').selectOption({ index: 1 });
    await page.waitForURL(/societyId=/);
    const { hash } = new URL(page.url());
    await page.reload();
    await drawn(page);
    expect(new URL(page.url()).hash).toBe(hash);
    const society = await page.getByLabel('单位（含下级）').inputValue();
    expect(hash).toContain(society);

    const filters = hash.slice(hash.lastIndexOf('/') + 1);
    const report = await ask<IncidentFiguresDto>(duty, `incidents?${filters}`);
    expect(report.total.total).toBeGreaterThan(0);
    await page.locator('.report-chart[data-drawn="dark"] canvas').waitFor();
    expect(await page.evaluate<boolean>(PAINTED)).toBe(true);
    expect(await page.locator('.report-chart').getAttribute('aria-label')).toContain(`${report.total.total}`);
    const shown = (await cells(page, '按单位')).map(([name, ...counts]) => [name, ...counts.map(Number)]);
    expect(shown).toEqual(report.societies.map(({ society: name, I, II, III, IV, total }) => [name, I, II, III, IV, total])); // prettier-ignore
  }, 120_000);

  it('add the stock up, row by row as the server does, and give it away as a workbook that opens', async () => {
    const duty = await house.browser.person(DUTY, { path: '/#/reports/stock' });
    const { page } = duty;
    const link = page.getByRole('link', { name: 'Excel' });
    const href = (await link.getAttribute('href'))!;
    const report = await ask<StockReportDto>(duty, `stock?${href.slice(href.indexOf('?') + 1)}`);
    expect(report.rows.length).toBeGreaterThan(10);
    expect(report.check.rowsOff).toBe(0);
    await page.getByText('行全部平衡').waitFor();
    const figures = ({ opening, received, issued, adjusted, closing, off }: StockReportDto['check']) => [opening, received, issued, adjusted, closing, off]; // prettier-ignore
    const shown = (await cells(page, '收发存')).map((row) => [row[0], row[1], ...row.slice(4).map(Number)]);
    const first = report.rows.slice(0, shown.length);
    expect(shown).toEqual(first.map((row) => [row.warehouse, row.itemCode, ...figures({ ...row, rowsOff: 0 })]));

    const file = await duty.context.request.get(href);
    const sheet = await readSheet(await file.body(), 10_000);
    expect(sheet.name).toBe('收发存');
    expect(sheet.rows).toHaveLength(1 + report.rows.length + 1);
    const paper = await duty.context.request.get(href.replace('.xlsx', '.pdf'));
    expect((await paper.body()).subarray(0, 5).toString()).toBe('%PDF-');
  }, 120_000);

  it('say in the window of a printed form that it is being made, until it comes', async () => {
    const { page, context } = await house.browser.person('duty.331000', { path: '/#/reports' });
    let make = (): void => undefined;
    const made = new Promise<void>((resolve) => (make = resolve));
    await context.route('**/*.pdf?*', async (route) => {
      await made;
      await route.fulfill({ contentType: 'text/html', body: '<p>the form</p>' });
    });
    // Asked by way of the page that opened it: a window whose address is on its way cannot be asked itself.
    await page.evaluate(`{ const open = window.open.bind(window); window.open = (...to) => (window.opened = open(...to)); }`); // prettier-ignore
    const opened = page.waitForEvent('popup');
    await page.getByRole('link', { name: 'PDF' }).click();
    expect(await page.evaluate('window.opened.document.body.innerText')).toContain('正在制作单据');
    make();
    const form = await opened;
    await form.getByText('the form').waitFor();
    expect(form.url()).toMatch(/[.]pdf[?]/);
    await form.close();
  });

  it('are the stock alone for a keeper', async () => {
    const { page } = await house.browser.person('keeper.WH-331000-1', { path: '/#/reports' });
    await page.getByRole('tab', { name: '收发存' }).waitFor();
    expect(await page.getByRole('tab').allInnerTexts()).toEqual(['收发存', '捐赠追溯']);
    await page.getByText('行全部平衡').waitFor();
  });
});
