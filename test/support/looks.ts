import type { Page } from 'playwright-core';
import { settled } from './places.js';
import { unitShort } from '../../web/src/rescue-teams/unit-name.rules.js';

// What a test looks for on a page. The test's own types know no DOM, so these run as text.

export const THEMES = ['dark', 'light'] as const;
/** Changes the theme of a page as its menu does, without a reload (C-13). */
export async function wear(page: Page, theme: (typeof THEMES)[number]): Promise<void> {
  await page.evaluate(`document.documentElement.dataset.theme = '${theme}'`);
  await settled(page);
}

/** What a console shows of incidents and teams, without its clocks. */
export async function shownOn(page: Page): Promise<string[]> {
  const texts = await page.locator('.queue-row, .unit-row, .board-tally, .lane-head, .queue-head').allInnerTexts();
  return texts.map((text) => text.replace(/\d+:\d\d(（.*?）)?/g, '').replace(/\s+/g, ' '));
}

/** Whether the page itself can be moved sideways, or something stands beyond its right edge. */
export const tooWide = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>(
    `document.documentElement.scrollWidth > innerWidth || [...document.querySelectorAll('.keeper-work-body')].some((each) => each.scrollWidth > each.clientWidth + 1)`,
  );

/**
 * Things to press that are smaller than they may be (WCAG 2.5.8), with their size. A box to tick counts with its label; a link inside
 * a sentence may be as high as its line.
 */
export const smallTargets = (page: Page, leastPx: number): Promise<string[]> =>
  page.evaluate<
    string[]
  >(`[...document.querySelectorAll('button, a[href], input, select, textarea, summary, [role="tab"], [role="option"]')]
    .filter((each) => each.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true }) && !each.closest('.visually-hidden, [inert]'))
    .map((each) => (each.matches('input[type="checkbox"], input[type="radio"], input[type="file"]') ? (each.closest('label') ?? each) : each))
    .filter((each) => !(each.matches('a') && getComputedStyle(each).display === 'inline'))
    .map((each) => ({ each, box: each.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 1 && box.height > 1 && Math.min(box.width, box.height) < ${leastPx} - 0.5)
    .map(({ each, box }) => each.tagName + '.' + each.className + ' ' + each.textContent.trim().slice(0, 20) + ' ' + Math.round(box.width) + 'x' + Math.round(box.height))`);

/** What a reader sees or hears, with the names of things that have no text. */
const TEXTS = `[...document.querySelectorAll('body *')].flatMap((each) => [
  ...['aria-label', 'title', 'placeholder', 'alt'].map((name) => each.getAttribute(name) ?? ''),
  ...[...each.childNodes].filter((node) => node.nodeType === 3).map((node) => node.textContent),
]).map((text) => text.trim()).filter((text) => text !== '')`;
export const textsOn = (page: Page): Promise<string[]> => page.evaluate<string[]>(TEXTS);

const HAN = /\p{Script=Han}/u;

/** Every string with Chinese in what a server answered: names and notes that people wrote, which no language changes. */
export class Answers {
  private readonly strings = new Set<string>();
  private readonly reading: Promise<void>[] = [];

  /** Keeps what the page is told from now on. */
  listen(page: Page): void {
    page.on('response', (answer) => {
      if (answer.url().includes('/api/')) this.reading.push(answer.json().then((body) => this.take(body), () => undefined)); // prettier-ignore
    });
  }

  private take(value: unknown): void {
    if (typeof value === 'string') {
      if (HAN.test(value)) this.strings.add(value.trim());
    } else if (value && typeof value === 'object') {
      for (const part of Object.values(value)) this.take(part);
      if ('teamName' in value && 'name' in value) this.take(unitShort({ teamName: String(value.teamName), name: String(value.name) })); // prettier-ignore
    }
  }

  /** Texts in which Chinese is left once everything that people wrote is taken out of them. */
  async strangers(texts: readonly string[]): Promise<string[]> {
    await Promise.all(this.reading.splice(0));
    const data = [...this.strings].sort((a, b) => b.length - a.length);
    return texts.filter((text) => {
      let rest = text;
      for (const one of data) {
        if (!HAN.test(rest)) return false;
        rest = rest.replaceAll(one, '');
      }
      return HAN.test(rest);
    });
  }
}
