import { loadavg } from 'node:os';
import { startServer } from '../support/process.js';
import { type BenchContext, numberOf, round } from '../support/stats.js';
import { launch } from './browser.js';
import { measureChain, measureFloor } from './chain.js';
import { crowd, measureOpening } from './crowd.js';
import { measureBoard, measureMap, measureTable } from './drawing.js';
import { soak } from './soak.js';

/** What the console must reach on two cores without a graphics card. */
export const LIMITS = {
  mapFps: 20, mapP95GapMs: 180, boardFps: 50, tableMs: 600, usableMs: 2500, chainP95Ms: 1000, heapGrowthPercent: 20,
}; // prettier-ignore

/**
 * The console in a real Chromium: how it draws, how soon it can be used, how soon others see an act, and whether it grows.
 * Options: `--seconds` of each drawing, `--rounds` of the chain, `--minutes` of the soak, `--only` parts by name, with commas.
 */
export async function main({ databaseUrl, redisUrl, args }: BenchContext) {
  const at = args.indexOf('--only');
  const only = at < 0 ? null : new Set(args[at + 1]!.split(','));
  const seconds = numberOf(args, '--seconds', 15);
  const rounds = numberOf(args, '--rounds', 30);
  const minutes = numberOf(args, '--minutes', 10);
  const server = await startServer({
    DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, ROLE: 'all', SEED_DEMO: '1', NODE_ENV: 'production', REQUESTS_PER_MINUTE: '1000000',
    SIGN_IN_PER_MINUTE: '100000', SUGGESTION_DEBOUNCE_MS: '600000',
  }); // prettier-ignore
  const browser = await launch();
  const figures: Record<string, unknown> = { limits: LIMITS };
  const part = async (name: string, measure: () => Promise<unknown>) => {
    if (only && !only.has(name)) return;
    figures[name] = await measure();
    console.log(`${name} (load ${round(loadavg()[0]!)}): ${JSON.stringify(figures[name])}`);
  };
  const { url } = server;
  try {
    await part('map', () => measureMap(browser, url, seconds));
    await part('board', () => measureBoard(browser, url, seconds));
    await part('table', () => measureTable(browser, url, 5));
    await part('floor', () => measureFloor(browser, rounds));
    await part('chain', () => measureChain(browser, url, rounds));
    await part('soak', () => soak(browser, url, minutes));
    await part('opening', async () => {
      await crowd(databaseUrl);
      return measureOpening(browser, url, 5);
    });
  } finally {
    await browser.close();
    await server.stop();
  }
  return { ...figures, load: round(loadavg()[0]!) };
}
