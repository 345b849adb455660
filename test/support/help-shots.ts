import type { Page } from 'playwright-core';
import { DESK, drawn, PHONE, TABLET } from './browser.js';

interface Shot {
  account: string;
  viewport: { width: number; height: number };
  path?: string;
  /** Brings the screen to what the picture shows. */
  show: (page: Page) => Promise<void>;
}

const still = async (page: Page) => drawn(page);
const FLOOD = '温岭市低洼村居';
const openFlood = async (page: Page, tab = '') => {
  await page.locator('.queue-row', { hasText: FLOOD }).getByRole('button').dblclick();
  await page.locator('.sheet').waitFor();
  if (tab) await page.locator(`[data-tour~="${tab}"]`).click();
  await drawn(page);
};
const firstPaper = async (page: Page) => {
  await page.locator('a.paper-row').first().click();
  await page.locator('.paper-back').first().waitFor();
  await drawn(page);
};
const desk = (path: string, show: Shot['show'] = still, account = 'duty.331000'): Shot => ({ account, viewport: DESK, path: `/#/${path}`, show }); // prettier-ignore
const store = (path: string, show: Shot['show'] = still, account = 'keeper.WH-331000-1'): Shot => ({ account, viewport: TABLET, path: `/#/keeper${path}`, show }); // prettier-ignore

/** How each picture of the help comes about on the demonstration, by its name; in an order in which none disturbs the next. */
export const SHOTS: Record<string, Shot> = {
  console: desk('', still),
  dispatch: desk('', async (page) => {
    await openFlood(page);
    await page.keyboard.press('d');
    await page.locator('.proposal .line').first().waitFor();
    await drawn(page);
  }),
  answers: desk('', async (page) => {
    await openFlood(page, 'tab-work');
    if ((await page.locator('[data-tour~="work-teams"] li').count()) > 0) return;
    await page.locator('[data-tour~="dispatch"]').click();
    await page.locator('[data-tour~="dispatch-send"]').click();
    await page.locator('.dispatch-dialog').waitFor({ state: 'detached' });
    await page.locator('[data-tour~="tab-work"]').click();
    await page.locator('[data-tour~="work-teams"] li').first().waitFor();
  }),
  timeline: desk('', (page) => openFlood(page, 'tab-timeline'), 'auditor.330000'),
  duty: desk('duty', async (page) => page.locator('.duty-shift').first().waitFor()),
  requests: desk('requests', async (page) => page.locator('.paper-row').first().waitFor()),
  plans: desk('plans', async (page) => page.locator('.paper-row').first().waitFor(), 'lead.330000'),
  drills: desk('drills/new', still, 'lead.330000'),
  accounts: desk('accounts', async (page) => page.locator('.paper-row').first().waitFor(), 'admin.330000'),
  orders: store('', async (page) => page.locator('.order-sheet').waitFor()),
  receiving: store('/receiving', firstPaper),
  count: store('/counts', firstPaper, 'keeper.WH-331082-1'),
  review: store('/adjustments', firstPaper, 'checker.331000'),
  phone: { account: 'leader.T-331081-WR-1', viewport: PHONE, path: '/phone.html', show: still },
};

/** The screen as WebP, made by the browser itself: a fifth of a PNG. */
export async function webpOf(page: Page, canvas: Page): Promise<Buffer> {
  const png = (await page.screenshot({ animations: 'disabled' })).toString('base64');
  const webp = await canvas.evaluate<string>(`(async () => {
    const image = new Image();
    image.src = 'data:image/png;base64,${png}';
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
    canvas.getContext('2d').drawImage(image, 0, 0);
    return canvas.toDataURL('image/webp', 0.72).split(',')[1];
  })()`);
  return Buffer.from(webp, 'base64');
}
