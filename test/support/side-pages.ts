import type { Page } from 'playwright-core';

export type Check = (screen: string, page: Page) => Promise<void>;

/** The pages of duty: the roster with its forms open, the hand-overs, one that was signed, the tests of channels and one of them. */
export async function visitDuty(page: Page, check: Check): Promise<void> {
  await page.goto('/#/duty');
  await page.locator('.duty-shift').first().waitFor();
  await check('roster', page);
  await page.locator('.duty-acts button').first().click();
  for (const form of await page.locator('.duty-form summary').all()) await form.click();
  await check('roster, forms', page);
  await page.goto('/#/duty/handover');
  await page.locator('.matter').first().waitFor();
  await check('hand-overs', page);
  await page.locator('a.paper-row').first().click();
  await page.locator('.handover').waitFor();
  await check('hand-over', page);
  await page.goto('/#/duty/channels');
  await page.locator('a.paper-row').first().click();
  await page.locator('.tested').first().waitFor();
  await check('test of channels', page);
}

/** The keeper's tabs. */
export async function visitKeeper(page: Page, check: Check): Promise<void> {
  for (const tab of [0, 1, 2]) {
    await page.getByRole('tab').nth(tab).click();
    await check(`keeper tab ${tab}`, page);
  }
}
