import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { IncidentDto } from '../../src/incidents/incidents.dto.js';
import type { SnapshotDto } from '../../src/live/live.dto.js';
import { Desk } from '../replay/desk.js';
import { type BenchContext, median, numberOf, percentile, round } from '../support/stats.js';
import type { Told } from './server.js';

interface Round extends Told {
  p50Ms: number;
  p99Ms: number;
}

/**
 * What requests feel of planning: one process as `npm start` runs it, asked `--per-s` times a second (default 30) for `--seconds`
 * (default 12), in turn at rest (the floor) and while a thread of it plans nations of 1,000 stores, 100 incidents and 60 items.
 * `--rounds` pairs (default 5); medians of the rounds, and of the ratios of the pairs.
 */
export async function main({ databaseUrl, redisUrl, args }: BenchContext) {
  const server = fork(fileURLToPath(new URL('./server.js', import.meta.url)), [], {
    env: {
      ...process.env, DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, ROLE: 'all', SEED_DEMO: '1', NODE_ENV: 'production', LOG_LEVEL: 'error',
      REQUESTS_PER_MINUTE: '1000000', SUGGESTION_DEBOUNCE_MS: '600000',
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  }); // prettier-ignore
  try {
    const [{ port }] = (await once(server, 'message')) as [{ port: number }];
    const asks = await asksOf(new Desk(`http://127.0.0.1:${port}`, 'duty.330000', 'chiyuan-demo'));
    const load = { perS: numberOf(args, '--per-s', 30), seconds: numberOf(args, '--seconds', 12) };
    await oneRound(server, asks, load, false);
    const pairs: { rest: Round; solving: Round }[] = [];
    for (let n = 0; n < numberOf(args, '--rounds', 5); n++) {
      const rest = await oneRound(server, asks, load, false);
      const solving = await oneRound(server, asks, load, true);
      pairs.push({ rest, solving });
      console.log(
        `pair ${n + 1}: at rest ${said(rest)}; while ${solving.planned} nations were planned ${said(solving)}`,
      );
    }
    return figures(pairs);
  } finally {
    server.disconnect();
  }
}

const said = ({ p50Ms, p99Ms, lagP99Ms }: Round) =>
  `p50 ${round(p50Ms)} p99 ${round(p99Ms)} ms, main thread p99 ${round(lagP99Ms)} ms`;

function figures(pairs: { rest: Round; solving: Round }[]) {
  const middle = (figure: (pair: { rest: Round; solving: Round }) => number) => round(median(pairs.map(figure)), 2);
  return {
    restP50Ms: middle(({ rest }) => rest.p50Ms),
    restP99Ms: middle(({ rest }) => rest.p99Ms),
    solvingP50Ms: middle(({ solving }) => solving.p50Ms),
    solvingP99Ms: middle(({ solving }) => solving.p99Ms),
    overRestP99: middle(({ rest, solving }) => solving.p99Ms / rest.p99Ms),
    restLagP99Ms: middle(({ rest }) => rest.lagP99Ms),
    solvingLagP99Ms: middle(({ solving }) => solving.lagP99Ms),
    planned: pairs.reduce((sum, { solving }) => sum + solving.planned, 0),
  };
}

/** What an officer's console asks in turn: the list, one incident, its timeline, and a unit's new position. */
async function asksOf(desk: Desk): Promise<((n: number) => Promise<unknown>)[]> {
  const { teamUnits } = await desk.get<SnapshotDto>('/live/snapshot');
  const { items } = await desk.get<{ items: IncidentDto[] }>('/incidents');
  const incident = (n: number) => items[n % items.length]!.id;
  return [
    () => desk.get('/incidents'),
    (n) => desk.get(`/incidents/${incident(n)}`),
    (n) => desk.get(`/incidents/${incident(n)}/timeline`),
    (n) => {
      const { id, base } = teamUnits[n % teamUnits.length]!;
      const location = { lon: base.lon + (n % 100) / 10_000, lat: base.lat };
      return desk.post(`/team-units/${id}/position`, { location });
    },
  ];
}

/** Asks at a steady pace, however slow the answers are, so that a stall is felt by everybody who came during it. */
async function oneRound(
  server: ChildProcess,
  asks: ((n: number) => Promise<unknown>)[],
  { perS, seconds }: { perS: number; seconds: number },
  solving: boolean,
): Promise<Round> {
  server.send(solving);
  await once(server, 'message');
  const waits: number[] = [];
  const start = performance.now();
  const all = Array.from({ length: perS * seconds }, async (_, n) => {
    const due = start + (1000 * n) / perS;
    await sleep(Math.max(0, due - performance.now()));
    await asks[n % asks.length]!(n);
    waits.push(performance.now() - due);
  });
  await Promise.all(all);
  server.send('end');
  const [told] = (await once(server, 'message')) as [Told];
  return { ...told, p50Ms: median(waits), p99Ms: percentile(waits, 0.99) };
}
