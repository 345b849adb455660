import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch } from '../console/browser.js';
import { LIMITS } from '../console/main.js';
import { soak } from '../console/soak.js';
import { startServer } from '../support/process.js';
import { numberOf } from '../support/stats.js';

/**
 * Ten minutes of work at one desk, in a real Chromium: how much more memory it holds at the end than after the first quarter. On the embedded
 * database. `--minutes N`.
 */
export async function main({ args }: { args: string[] }): Promise<{ passed: number; failed: number }> {
  const home = mkdtempSync(join(tmpdir(), 'chiyuan-console-'));
  const server = await startServer({
    DATA_DIR: home, DATABASE_URL: '', REDIS_URL: '', ROLE: 'all', SEED_DEMO: '1', NODE_ENV: 'production', REQUESTS_PER_MINUTE: '1000000',
    SIGN_IN_PER_MINUTE: '100000',
  }); // prettier-ignore
  const browser = await launch();
  try {
    const figures = await soak(browser, server.url, numberOf(args, '--minutes', 10));
    console.log(JSON.stringify(figures));
    const holds = figures.warmMb > 0 && figures.growthPercent < LIMITS.heapGrowthPercent;
    if (!holds) console.log(`the heap grew by ${figures.growthPercent} %, limit ${LIMITS.heapGrowthPercent} %`);
    return holds ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  } finally {
    await browser.close();
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  }
}
