import type { Browser, Page } from 'playwright-core';
import type { SnapshotDto } from '../../src/live/live.dto.js';
import { Desk } from '../replay/desk.js';
import { round } from '../support/stats.js';
import { DEMO_PASSWORD, sit } from './browser.js';

const OFFICER = 'duty.331000';
const PER_S = 10;
/** The first part fills what is filled once: pinyin, pages, the log of 200 lines. */
const WARM_SHARE = 0.25;
const ACTS = ['j', 'Enter', 'Escape', 'x', 'n', 'Escape', 'z', 'k', 'Slash', 'Escape', 'c', 'Shift+Slash', 'Escape'];

async function heapMb(page: Page): Promise<number> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  await cdp.detach();
  return usedSize / 1e6;
}

/** A desk at work for some minutes: positions come in, incidents and dialogs are opened and left. How much more it holds at the end. */
export async function soak(browser: Browser, url: string, minutes: number) {
  const desk = new Desk(url, OFFICER, DEMO_PASSWORD);
  const { teamUnits } = await desk.get<SnapshotDto>('/live/snapshot');
  const page = await sit(browser, url, { account: OFFICER });
  const began = Date.now();
  const lastsMs = minutes * 60_000;
  let warm = 0;
  let events = 0;
  for (let n = 0; Date.now() - began < lastsMs; n++) {
    const due = new Promise((wake) => setTimeout(wake, 1000 / PER_S));
    const { id, base } = teamUnits[n % teamUnits.length]!;
    await desk.post(`/team-units/${id}/position`, { location: { lon: base.lon + (n % 9) / 1000, lat: base.lat } });
    events++;
    if (n % 3 === 0) await page.keyboard.press(ACTS[(n / 3) % ACTS.length]!);
    if (warm === 0 && Date.now() - began > lastsMs * WARM_SHARE) warm = await heapMb(page);
    await due;
  }
  const end = await heapMb(page);
  await page.context().close();
  return { minutes, events, warmMb: round(warm), endMb: round(end), growthPercent: round((end / warm - 1) * 100) };
}
