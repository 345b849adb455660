import { existsSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { MadeScreen, ScreenIncident, ScreenPicture, ScreenUnit } from '../../src/screens/screens.dto.js';
import { CHROMIUM, drawn, type Program, startProgram, TestBrowser } from '../support/browser.js';
import { DEMO_PASSWORD } from '../support/database.js';

const suite = existsSync(CHROMIUM) ? describe : describe.skip;
if (!existsSync(CHROMIUM)) console.warn(`left out: no browser at ${CHROMIUM} (set CHROMIUM)`);

const PICTURE = '/api/v1/screens/picture';
const WALLS = [{ width: 1920, height: 1080 }, { width: 1366, height: 768 }, { width: 3840, height: 1080 }]; // prettier-ignore
/** Words that stand on the map after its last drawing, with the room that their letters take on the canvas. */
const DRAWN_WORDS = `window.drawnWords = new Map();
const clear = CanvasRenderingContext2D.prototype.clearRect;
CanvasRenderingContext2D.prototype.clearRect = function (...all) { window.drawnWords.clear(); return clear.apply(this, all); };
const draw = CanvasRenderingContext2D.prototype.fillText;
CanvasRenderingContext2D.prototype.fillText = function (words, x, y, ...more) {
  const at = this.getTransform();
  const { actualBoundingBoxLeft: left, actualBoundingBoxRight: right, actualBoundingBoxAscent: up, actualBoundingBoxDescent: down } = this.measureText(words);
  const px = (dx, dy) => [at.a * dx + at.c * dy + at.e, at.b * dx + at.d * dy + at.f];
  const [[l, t], [r, b]] = [px(x - left, y - up), px(x + right, y + down)];
  window.drawnWords.set(words + ' ' + Math.round(l) + ' ' + Math.round(t), { words, left: l, top: t, right: r, bottom: b });
  return draw.call(this, words, x, y, ...more);
};`;
type Word = { words: string; left: number; top: number; right: number; bottom: number };
const wordsOf = (page: Page): Promise<Word[]> => page.evaluate('[...window.drawnWords.values()]');

const CENTRE = { lon: 121.42, lat: 28.66 };
const TOWNS = ['路桥区滨海工业城', '椒江区大陈岛', '黄岩区长潭水库', '温岭市石塘镇', '临海市古城街道', '玉环市漩门湾', '仙居县神仙居', '天台县石梁镇', '三门县健跳镇']; // prettier-ignore
/** Nineteen incidents in one city, most of them in its streets, with teams at them and on their way. */
function crowded(base: ScreenPicture, seq: number, nudge = 0): ScreenPicture {
  const incidents = Array.from({ length: 19 }, (_, n): ScreenIncident => ({
    id: `00000000-0000-4000-8000-0000000000${String(n + 10)}`, kind: 'flood', severity: (['III', 'II', 'IV', 'I'] as const)[n % 4]!, status: 'verified',
    place: TOWNS[n % TOWNS.length]!, at: { lon: CENTRE.lon + ((n % 5) - 2) * (n < 12 ? 0.02 : 0.35), lat: CENTRE.lat + ((n % 3) - 1) * (n < 12 ? 0.02 : 0.25) },
    reportedAt: new Date(Date.UTC(2026, 6, 21, 1, n)).toISOString(), teams: 0, nobody: true, title: null,
  })); // prettier-ignore
  const units = base.units.map((unit, n): ScreenUnit => {
    if (n >= 24) return unit;
    const to = incidents[n % 3]!;
    const working = n % 2 === 0;
    const at = working ? to.at : { lon: to.at.lon - 0.3 + nudge, lat: to.at.lat + 0.02 * (n % 4) };
    return { ...unit, at, booking: { incidentId: to.id, status: working ? 'working' : 'departed', since: base.at }, positionAt: base.at }; // prettier-ignore
  });
  return { ...base, seq, incidents, units, lane: { count: 19, oldestAt: base.at, ids: incidents.map(({ id }) => id) } };
}

suite('the map of a wall where much lies together', () => {
  let program: Program;
  let browser: TestBrowser;
  let base: ScreenPicture;
  let token: string;

  beforeAll(async () => {
    program = await startProgram();
    browser = await TestBrowser.launch(program.url);
    const lead = (await call<{ token: string }>('POST', '/api/v1/sessions', '', { account: 'lead.330000', password: DEMO_PASSWORD })).token; // prettier-ignore
    const me = await call<{ grants: { societyId: string }[] }>('GET', '/api/v1/me', `Bearer ${lead}`);
    const made = await call<MadeScreen>('POST', '/api/v1/screens', `Bearer ${lead}`, { name: '指挥大厅', societyId: me.grants[0]!.societyId }); // prettier-ignore
    token = made.token!;
    base = await call<ScreenPicture>('GET', PICTURE, `Screen ${token}`);
  }, 240_000);
  afterEach(async () => expect(await browser.clearRoom()).toEqual([]));
  afterAll(async () => {
    await browser?.close();
    await program?.stop();
  });

  async function call<T>(method: string, path: string, authorization: string, body?: object): Promise<T> {
    const headers = { 'content-type': 'application/json', ...(authorization && { authorization }) };
    const answer = await fetch(program.url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }
  /** A wall that is told these pictures, one after another as it asks. */
  async function told(
    viewport: (typeof WALLS)[number],
    theme: string,
    next: (seq: number) => ScreenPicture,
  ): Promise<Page> {
    // prettier-ignore
    let seq = base.seq;
    const prepare = async (page: Page) => {
      await page.addInitScript({ content: DRAWN_WORDS });
      await page.route(`**${PICTURE}`, (route) => {
        seq += 1;
        return route.fulfill({ json: next(seq), headers: { ETag: `"t-${seq}"`, 'Chiyuan-Clock': `${base.at} 1` } });
      });
    };
    const path = `/screen.html?theme=${theme}#${token}`;
    const { page } = await browser.person(null, { viewport, path, prepare, serviceWorkers: 'block' });
    await drawn(page);
    return page;
  }

  it.each(WALLS.flatMap((wall) => ['dark', 'light'].map((theme) => [wall, theme] as const)))(
    'writes no word upon another and says how many a sign stands for: %o, %s',
    async (wall, theme) => {
      const page = await told(wall, theme, (seq) => crowded(base, seq));
      const words = await wordsOf(page);
      if (process.env.LOOK) await page.screenshot({ path: `${process.env.LOOK}/wall-${wall.width}-${theme}.png` });
      const upon = words.flatMap((a, n) => words.slice(n + 1).filter((b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1).map((b) => `${a.words} / ${b.words}`)); // prettier-ignore
      expect(upon).toEqual([]);
      // The gravest that stands longest has its words, whatever has not.
      expect(words.map(({ words: each }) => each).join('')).toContain('温岭市石塘镇');
      const signs = words.filter(({ words: each }) => /^[ⅠⅡⅢⅣIV]+$/u.test(each)).length;
      const counts = words.filter(({ words: each }) => /^\d+$/u.test(each));
      expect(signs).toBeGreaterThan(3);
      expect(counts.reduce((sum, { words: each }) => sum + Number(each) - 1, signs)).toBe(19);
    },
    120_000,
  ); // prettier-ignore

  it('leaves every word where it stands while teams drive past', async () => {
    const page = await told(WALLS[0]!, 'dark', (seq) => crowded(base, seq, (seq - base.seq) / 50));
    const placed = async () => (await wordsOf(page)).filter(({ words }) => !/^×?\d/u.test(words)).map(({ words, left, top }) => `${words} ${Math.round(left)} ${Math.round(top)}`).toSorted(); // prettier-ignore
    const first = await placed();
    const seqOf = async () => Number(await page.locator('.stage').getAttribute('data-seq'));
    for (let round = 0; round < 6; round++) {
      const before = await seqOf();
      await page.evaluate(`dispatchEvent(new Event('online'))`);
      await page.locator(`.stage:not([data-seq="${before}"])`).waitFor();
      await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
      expect(await placed()).toEqual(first);
    }
  }, 120_000);
});
