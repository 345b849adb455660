import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { Tour, TourRole, TourStep } from '../../web/src/tour/tour.rules.js';
import { drawn, PATIENCE_MS } from './browser.js';

/** The steps of a tour as its file says. */
export const stepsOf = (role: TourRole): readonly TourStep[] =>
  (JSON.parse(readFileSync(`web/src/tour/steps/${role}.json`, 'utf8')) as Tour).steps;

export const marked = (page: Page, mark: string) => page.locator(`[data-tour~="${mark}"]:visible`).first();
export const card = (page: Page) => page.locator('.tour-card');

/** Waits until a step is the one on the card. */
export async function atStep(page: Page, step: TourStep): Promise<void> {
  await card(page).getByText(step.words['zh-CN']).waitFor();
}

const REST_MS = 150;
/** Card and mark once neither moves any more: a page that still loads moves both. */
async function atRest(page: Page, mark: string) {
  const look = async () => [await card(page).boundingBox(), await marked(page, mark).boundingBox()] as const;
  for (let before = await look(), until = Date.now() + PATIENCE_MS; ;) {
    await sleep(REST_MS);
    const now = await look();
    if (JSON.stringify(now) === JSON.stringify(before) || Date.now() > until) return now;
    before = now;
  }
}

/** Whether the card lies over what it points at. */
export async function coversItsMark(page: Page, mark: string): Promise<boolean> {
  const [over, under] = await atRest(page, mark);
  if (!over || !under) throw new Error(`${mark} or the card is not on screen`);
  return (
    over.x < under.x + under.width &&
    over.x + over.width > under.x &&
    over.y < under.y + under.height &&
    over.y + over.height > under.y
  );
}

/** Goes to the page of a step by its address; steps without a page are where the one before led. */
export async function goToPage(page: Page, step: TourStep): Promise<void> {
  if (step.page === undefined) return;
  await page.evaluate(`location.hash = '#/${step.page}'`);
  await drawn(page);
}
