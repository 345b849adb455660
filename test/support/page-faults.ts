import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** WCAG 2.2 AA faults of what is on screen now, one line each. */
export async function axeFaults(page: Page): Promise<string[]> {
  // Legacy mode runs in the page itself; the other one opens a tab for each look, for frames that we do not have.
  const axe = new AxeBuilder({ page })
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'] })
    .withTags(WCAG);
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${String(target)}: ${failureSummary?.split('\n')[1]?.trim()}`),
  );
}

/** Texts that a reader meets, seen or read out. The test's own types know no DOM, so this runs as text. */
const TEXTS = `[
  ...[...document.querySelectorAll('body *')].flatMap((each) =>
    ['aria-label', 'title', 'placeholder'].map((name) => each.getAttribute(name) ?? '')),
  ...[...document.querySelectorAll('body *')].flatMap((each) =>
    [...each.childNodes].filter((node) => node.nodeType === 3).map((node) => node.textContent)),
].map((text) => text.trim())`;

/** Keys that show instead of their words, because a language has none for them. */
export async function rawKeys(page: Page): Promise<string[]> {
  const texts = await page.evaluate<string[]>(TEXTS);
  return texts.filter((text) => /^[a-z]+(\.[a-z-]+)+$/.test(text));
}
