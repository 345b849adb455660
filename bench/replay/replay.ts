import { Acts } from './acts.js';
import { Cast } from './cast.js';
import { Checks } from './checks.js';
import { Screen } from './desk.js';
import { timeline } from './timeline.js';

export interface ReplayOptions {
  url: string;
  /** How many times faster than the clock; Infinity: as fast as the server answers. */
  speed: number;
  password: string;
  log?: (line: string) => void;
}

/**
 * Plays typhoon Lekima against a running server as its people would: duty officers, team leaders and keepers, through the public API
 * and the live feed only. Answers whether every check held, and prints the table.
 */
export async function replay(options: ReplayOptions): Promise<boolean> {
  const log = options.log ?? console.log;
  const cast = new Cast(options.url, options.password);
  await cast.meet();
  const screen = new Screen(cast.province);
  await screen.open();
  const checks = new Checks(cast, screen);
  const acts = new Acts(cast, checks);
  await checks.openBooks();
  let last: number | undefined;
  for (const entry of timeline()) {
    const at = Date.parse(entry.at);
    if (last !== undefined && Number.isFinite(options.speed))
      await new Promise((wake) => setTimeout(wake, (at - last!) / options.speed));
    last = at;
    const did = await acts.play(entry);
    if (did) log(`${entry.at.slice(5, 16).replace('T', ' ')}  ${entry.kind.padEnd(17)} ${did}`);
  }
  await checks.closeBooks(acts);
  screen.close();
  log(`\n${checks.table()}`);
  return checks.held;
}
