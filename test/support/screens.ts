import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pixelmatch from 'pixelmatch';
import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { PATIENCE_MS } from './browser.js';
import { decode, encode, inPalette, paletteOf, type Picture } from './pictures.js';
import type { Place } from './places.js';

const OFFICER = 'duty.331000';
const KEEPER = 'keeper.WH-331000-1';

/** The screens that are kept as pictures. A new one is a line here; then `UPDATE_SCREENS=1` once. */
export const SCREENS: readonly Place[] = [
  { name: 'sign-in', account: null, path: '' },
  { name: 'console', account: OFFICER, path: '' },
  { name: 'incident', account: OFFICER, path: '', open: (page) => page.locator('.queue-row').first().getByRole('button').dblclick() }, // prettier-ignore
  { name: 'new-incident', account: OFFICER, path: 'incidents/new' },
  { name: 'duty', account: OFFICER, path: 'duty' },
  { name: 'requests', account: OFFICER, path: 'requests' },
  { name: 'plans', account: OFFICER, path: 'plans' },
  { name: 'drills', account: OFFICER, path: 'drills' },
  { name: 'accounts', account: 'admin.330000', path: 'accounts' },
  { name: 'keeper', account: KEEPER, path: 'keeper' },
  { name: 'keeper-works', account: KEEPER, path: 'keeper/works' },
  { name: 'phone', account: 'leader.T-331081-WR-1', path: '/phone.html' },
];
export const THEMES = ['dark', 'light'] as const;
export const SIZES = [
  { width: 1920, height: 1080 },
  { width: 1366, height: 768 },
  { width: 390, height: 844 },
] as const;

/** How far two pixels may differ, 0 to 1, and how many of them may be further apart. */
const THRESHOLD = 0.1;
const MOST_PIXELS = 50;
const LOOK_AGAIN_MS = 250;
export const MOST_BYTES = 4_000_000;

const FOLDER = 'test/web/screens';
const MACHINE = join(FOLDER, 'machine.json');
const FRESH = join(tmpdir(), 'chiyuan-screens');
export const updating = process.env.UPDATE_SCREENS === '1';

/** What draws the letters: other versions draw other pixels. */
export function machineOf(browserVersion: string): Record<string, string> {
  const font = (name: string) => execFileSync('fc-match', ['-f', '%{fullname} %{fontversion}', name], { encoding: 'utf8' }); // prettier-ignore
  return { browser: browserVersion, sans: font('Noto Sans CJK SC'), mono: font('Noto Sans Mono CJK SC') };
}

/** Whether the kept pictures were taken by the same browser and fonts; null when there are none. */
export function sameMachine(machine: Record<string, string>): boolean | null {
  if (!existsSync(MACHINE)) return null;
  return readFileSync(MACHINE, 'utf8') === text(machine);
}

const text = (machine: Record<string, string>): string => `${JSON.stringify(machine, null, 2)}\n`;
export function keepMachine(machine: Record<string, string>): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(MACHINE, text(machine));
}

export const keptBytes = (): number =>
  (existsSync(FOLDER) ? readdirSync(FOLDER) : []).reduce((sum, file) => sum + statSync(join(FOLDER, file)).size, 0);

const shoot = (page: Page): Promise<Buffer> => page.screenshot({ animations: 'disabled' });

/** A picture of a page once nothing on it moves any more: two in a row are the same. */
async function stillPicture(page: Page, first: Buffer): Promise<Buffer> {
  let before = first;
  for (let n = 0; n < 40; n++) {
    const now = await shoot(page);
    if (now.equals(before)) return now;
    before = now;
  }
  throw new Error('the page does not come to rest');
}

/** Keeps what is on screen as the picture of that name. */
export async function keep(name: string, page: Page): Promise<void> {
  const picture = decode(await stillPicture(page, await shoot(page)));
  writeFileSync(join(FOLDER, `${name}.png`), encode(picture, paletteOf(picture)));
}

/**
 * How what is on screen differs from its kept picture, in words; null as soon as it does not: what is still being drawn or fetched is no
 * difference. What differs after `PATIENCE_MS` is left to be looked at.
 */
export async function difference(name: string, page: Page): Promise<string | null> {
  const file = join(FOLDER, `${name}.png`);
  if (!existsSync(file)) return `${name}: no picture is kept (UPDATE_SCREENS=1)`;
  const kept = decode(readFileSync(file));
  const colours = paletteOf(kept);
  for (const until = Date.now() + PATIENCE_MS; ; await sleep(LOOK_AGAIN_MS)) {
    const png = await shoot(page);
    const fresh = inPalette(decode(png), colours);
    const pixels = pixelsApart(kept, fresh);
    if (pixels <= MOST_PIXELS) return null;
    if (Date.now() < until) continue;
    const marked = new PNG({ width: kept.width, height: kept.height });
    if (sameSize(kept, fresh)) pixelsApart(kept, fresh, marked.data);
    mkdirSync(FRESH, { recursive: true });
    writeFileSync(join(FRESH, `${name}.png`), png);
    writeFileSync(join(FRESH, `${name}.diff.png`), PNG.sync.write(marked));
    return `${name}: ${pixels} pixels differ, see ${FRESH}/${name}.diff.png`;
  }
}

const sameSize = (one: Picture, other: Picture): boolean => one.width === other.width && one.height === other.height;

/** How many pixels of two pictures differ; all when their sizes do. */
function pixelsApart(kept: Picture, fresh: Picture, marked?: Buffer): number {
  const { width, height } = kept;
  if (!sameSize(kept, fresh)) return width * height;
  if (!marked && kept.data.equals(fresh.data)) return 0;
  return pixelmatch(kept.data, fresh.data, marked, width, height, { threshold: THRESHOLD });
}
