import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '../../src/database/index.js';
import { startEmbedded } from '../../src/database/embedded.js';
import { replay } from '../replay/replay.js';
import { dice as diceOf } from '../support/pick.js';
import { startServer } from '../support/process.js';
import { numberOf } from '../support/stats.js';
import { audit } from './audit.js';
import { type Servers, startRoles } from './roles.js';

interface Stage {
  url: string;
  /** Kills one process without warning and starts it again. */
  strike(dice: () => number): Promise<string>;
  /** Stops everything politely and opens the database for the auditor. */
  end(): Promise<{ db: Database; close(): Promise<void> }>;
}

const COMMON = {
  NODE_ENV: 'production',
  SEED_DEMO: '1',
  REQUESTS_PER_MINUTE: '1000000',
  SIGN_IN_PER_MINUTE: '100000',
  ALERT_ANSWER_S: '120',
};

/**
 * Plays the replay while processes are killed (SIGKILL) at random moments and started again, once a seed; then every check of the replay
 * and every invariant must hold. `--within S`: at most about S seconds from one kill to the next. Embedded by default, with --servers on PostgreSQL and Redis with two web processes and a worker.
 */
export async function main({
  args,
  servers,
}: {
  args: string[];
  servers: Servers;
}): Promise<{ passed: number; failed: number }> {
  const seeds = numberOf(args, '--seeds', 20);
  const from = numberOf(args, '--from', 1);
  const within = numberOf(args, '--within', 15);
  let passed = 0;
  let failed = 0;
  for (let seed = from; seed < from + seeds; seed++) {
    const faults = await one(
      { seed, within },
      args.includes('--servers') ? await serverStage(servers) : await embeddedStage(servers),
    );
    if (faults.length === 0) passed++;
    else failed++;
    console.log(`seed ${seed}: ${faults.length === 0 ? 'holds' : `FAILS\n  ${faults.slice(0, 10).join('\n  ')}`}`);
  }
  return { passed, failed };
}

async function one({ seed, within }: { seed: number; within: number }, stage: Stage): Promise<string[]> {
  const dice = diceOf(seed);
  const struck: string[] = [];
  let playing = true;
  const lines: string[] = [];
  const killer = (async () => {
    while (playing) {
      await new Promise((wake) => setTimeout(wake, 500 + dice() * within * 1000));
      if (playing) struck.push(await stage.strike(dice));
    }
  })();
  const held = await replay({
    url: stage.url,
    speed: Infinity,
    password: 'chiyuan-demo',
    log: (line) => lines.push(line),
  }).catch((error: Error) => {
    lines.push(`✗ ${error.message}`);
    return false;
  });
  playing = false;
  await killer;
  const { db, close } = await stage.end();
  const faults = await audit(db);
  await close();
  console.log(`seed ${seed}: killed ${struck.length} times (${[...new Set(struck)].join(', ')})`);
  return [...(held ? [] : lines.slice(-12).join('\n').split('\n').filter((line) => line.startsWith('✗'))), ...(held ? [] : ['replay']), ...faults]; // prettier-ignore
}

async function embeddedStage(servers: Servers): Promise<Stage> {
  const home = mkdtempSync(join(tmpdir(), 'chiyuan-soak-'));
  const env = { ...COMMON, ROLE: 'all', DATA_DIR: home, PORT: String(await servers.freePort()) };
  await useLoadedCopy(home, env);
  let server = await startServer(env);
  return {
    url: server.url,
    strike: async () => {
      await server.stop('SIGKILL');
      server = await startServer(env);
      return 'all';
    },
    end: async () => {
      await server.stop();
      const embedded = await startEmbedded(home);
      const db = await Database.connect({ url: embedded.url, poolSize: 2, embedded: true });
      return {
        db,
        close: () =>
          db
            .close()
            .then(() => embedded.close())
            .then(() => rmSync(home, { recursive: true, force: true })),
      };
    },
  };
}

let loaded: string | undefined;
/** The first seed loads the demo; the others start from a copy of what it left on disk. */
async function useLoadedCopy(home: string, env: Record<string, string>): Promise<void> {
  if (!loaded) {
    loaded = mkdtempSync(join(tmpdir(), 'chiyuan-soak-demo-'));
    const server = await startServer({ ...env, DATA_DIR: loaded, PORT: '0' });
    await server.stop();
    process.on('exit', () => rmSync(loaded!, { recursive: true, force: true }));
  }
  cpSync(loaded, home, { recursive: true });
}

async function serverStage(servers: Servers): Promise<Stage> {
  const roles = await startRoles(servers, COMMON);
  return {
    url: roles.urls[0]!,
    strike: async (roll) => {
      const n = Math.floor(roll() * roles.names.length);
      await roles.strike(n);
      return roles.names[n]!;
    },
    end: roles.end,
  };
}
