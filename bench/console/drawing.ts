import type { Browser } from 'playwright-core';
import type { SnapshotDto } from '../../src/live/live.dto.js';
import { newId } from '../../src/shared/ids.js';
import { median, percentile, round } from '../support/stats.js';
import { every, type Frames, framesOf, Line, reshape, sit } from './browser.js';

const OFFICER = 'duty.330000';
type Unit = SnapshotDto['teamUnits'][number];

const figures = ({ gapsMs, longTasksMs }: Frames) => ({
  fps: round(1000 / (gapsMs.reduce((sum, gap) => sum + gap, 0) / gapsMs.length)),
  p95GapMs: round(percentile(gapsMs, 0.95)),
  longTasks: longTasksMs.length,
  longestTaskMs: round(Math.max(0, ...longTasksMs)),
});

/** Units that are each on their own way, so that the map draws each of them. */
function onTheWay(snapshot: SnapshotDto, count: number): Unit[] {
  const [incident] = snapshot.incidents;
  const some = snapshot.teamUnits;
  return Array.from({ length: count }, (_, n) => {
    const unit = some[n % some.length]!;
    const position = { lon: 118.2 + Math.random() * 4.4, lat: 27.2 + Math.random() * 3.8 };
    const booking = { assignmentId: newId(), missionId: newId(), incidentId: incident!.id, status: 'departed', since: snapshot.at };
    return { ...unit, id: newId(), position, positionAt: snapshot.at, booking } as Unit;
  }); // prettier-ignore
}

async function crowded(browser: Browser, url: string, count: number) {
  const line = new Line();
  let units: Unit[] = [];
  const page = await sit(browser, url, {
    account: OFFICER,
    prepare: async (fresh) => {
      await line.tap(fresh);
      await reshape(fresh, (snapshot) => (snapshot.teamUnits = units = onTheWay(snapshot, count)));
    },
  });
  while (!line.open) await new Promise((wake) => setTimeout(wake, 50));
  await page.locator('.link-live').waitFor();
  const tell = (unit: Unit) => {
    unit.version++;
    line.tell({ kind: 'team.position-reported', subject: 'team-unit', subjectId: unit.id, version: unit.version, data: unit }); // prettier-ignore
  };
  return { page, units, tell };
}

/** A map of 5,000 marks of which 100 a second move; they are drawn together each 200 ms. */
export async function measureMap(browser: Browser, url: string, seconds: number) {
  const { page, units, tell } = await crowded(browser, url, 5000);
  let n = 0;
  const stop = every(100, () => {
    const unit = units[(n += 7) % units.length]!;
    unit.position = { lon: unit.position.lon + 0.002, lat: unit.position.lat };
    tell(unit);
  });
  const measured = figures(await framesOf(page, seconds));
  stop();
  await page.context().close();
  return measured;
}

/** A board of 300 rows that are told 1,000 changes a second. */
export async function measureBoard(browser: Browser, url: string, seconds: number) {
  const { page, units, tell } = await crowded(browser, url, 300);
  await page.keyboard.press('x');
  let n = 0;
  const stop = every(1000, () => {
    const unit = units[n++ % units.length]!;
    unit.headcount = 4 + (n % 30);
    tell(unit);
  });
  const measured = figures(await framesOf(page, seconds));
  stop();
  const rows = await page.locator('.unit-row').count();
  await page.context().close();
  return { ...measured, rows };
}

/** From the press to the drawn table of one item in 10,000 stores. */
export async function measureTable(browser: Browser, url: string, runs: number) {
  const waits: number[] = [];
  for (let run = 0; run < runs; run++) {
    const page = await sit(browser, url, {
      account: OFFICER,
      prepare: (fresh) =>
        reshape(fresh, (snapshot) => {
          const [store] = snapshot.warehouses;
          const [level] = snapshot.stockLevels;
          const stores = Array.from({ length: 10_000 }, (_, n) => ({ ...store!, id: newId(), name: `示范库 ${n}` }));
          snapshot.warehouses = stores;
          snapshot.stockLevels = stores.map(({ id }, n) => ({
            ...level!, id: newId(), itemId: snapshot.items[0]!.id, warehouseId: id, availableUnits: n,
          })); // prettier-ignore
        }),
    });
    waits.push(
      await page.evaluate<number>(`new Promise((done) => {
        const began = performance.now();
        document.querySelectorAll('.side [role="tab"]')[1].click();
        const look = () => document.querySelector('.levels tbody tr td') ? requestAnimationFrame(() => done(performance.now() - began)) : requestAnimationFrame(look);
        requestAnimationFrame(look);
      })`),
    );
    await page.context().close();
  }
  return { opensMs: round(median(waits)), slowestMs: round(Math.max(...waits)) };
}
