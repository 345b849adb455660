import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { io, type Socket } from 'socket.io-client';
import type { LiveChange, SnapshotDto } from '../../src/live/live.dto.js';
import { Desk } from '../replay/desk.js';
import { startServer } from '../support/process.js';
import { type BenchContext, median, numberOf, percentile, round } from '../support/stats.js';

const RUNS = 3;
const CHANGES = 300;
const GAP_MS = 20;

interface Run {
  p50Ms: number;
  p99Ms: number;
  lost: number;
}

/**
 * From a command's commit to its receipt at every console, in milliseconds, beside the bare floor in the same run: one INSERT commit
 * and one socket.io emit to as many clients. Both clocks start just before the row is written (the journal's receivedAt; the moment
 * before the INSERT), on one machine, so both include the commit.
 */
export async function main({ databaseUrl, redisUrl, args }: BenchContext) {
  const consoles = numberOf(args, '--consoles', 200);
  const server = await startServer({
    DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, ROLE: 'all', SEED_DEMO: '1', NODE_ENV: 'production', REQUESTS_PER_MINUTE: '1000000',
    SUGGESTION_DEBOUNCE_MS: '600000',
  }); // prettier-ignore
  const ours: Run[] = [];
  const floor: Run[] = [];
  let bytes = 500;
  try {
    for (let run = 0; run < RUNS; run++) {
      const measured = await measureSystem(server.url, consoles);
      bytes = measured.bytes;
      ours.push(measured.run);
      floor.push(await measureFloor(databaseUrl, consoles, bytes));
      console.log(
        `run ${run + 1}: ours p50 ${round(ours[run]!.p50Ms)} p99 ${round(ours[run]!.p99Ms)} ms; floor p50 ${round(floor[run]!.p50Ms)} p99 ${round(floor[run]!.p99Ms)} ms`,
      );
    }
  } finally {
    await server.stop();
  }
  return {
    consoles,
    p50Ms: round(median(ours.map((run) => run.p50Ms))),
    p99Ms: round(median(ours.map((run) => run.p99Ms))),
    floorP50Ms: round(median(floor.map((run) => run.p50Ms))),
    floorP99Ms: round(median(floor.map((run) => run.p99Ms))),
    lost: ours.reduce((sum, run) => sum + run.lost, 0),
    changesPerS: 1000 / GAP_MS,
  };
}

async function openClients(
  url: string,
  count: number,
  token: string | null,
  onChange: (socket: Socket, change: LiveChange) => void,
): Promise<Socket[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const socket = io(url, {
        transports: ['websocket'],
        forceNew: true,
        reconnection: false,
        ...(token ? { auth: { token } } : {}),
      });
      socket.on('live:change', (change: LiveChange) => onChange(socket, change));
      await new Promise<void>((resolve, reject) => {
        socket.once(token ? 'live:ready' : 'connect', () => resolve());
        socket.once('connect_error', reject);
      });
      return socket;
    }),
  );
}

async function measureSystem(url: string, consoles: number): Promise<{ run: Run; bytes: number }> {
  const desk = new Desk(url, 'duty.330000', 'chiyuan-demo');
  const token = await desk.signedIn();
  const snapshot = await desk.get<SnapshotDto>('/live/snapshot');
  const waits: number[] = [];
  let bytes = 0;
  const clients = await openClients(url, consoles, token, (_socket, change) => {
    if (change.kind !== 'team.position-reported') return;
    waits.push(Date.now() - Date.parse(change.at));
    bytes = JSON.stringify(change).length;
  });
  for (const client of clients) await client.emitWithAck('live:join', { after: snapshot.seq });
  const units = snapshot.teamUnits.slice(0, 100);
  for (let n = 0; n < CHANGES; n++) {
    const unit = units[n % units.length]!;
    const location = { lon: unit.base.lon + Math.random() / 100, lat: unit.base.lat + Math.random() / 100 };
    const due = new Promise((wake) => setTimeout(wake, GAP_MS));
    await desk.post(`/team-units/${unit.id}/position`, { location });
    await due;
  }
  await new Promise((wake) => setTimeout(wake, 1500));
  for (const client of clients) client.close();
  return {
    run: { p50Ms: median(waits), p99Ms: percentile(waits, 0.99), lost: CHANGES * consoles - waits.length },
    bytes,
  };
}

async function measureFloor(databaseUrl: string, consoles: number, bytes: number): Promise<Run> {
  const child = fork(fileURLToPath(new URL('./floor.js', import.meta.url)), [], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const said = () =>
    new Promise<{ port: number }>((resolve) => child.once('message', resolve as (message: unknown) => void));
  child.send({ databaseUrl, changes: CHANGES, gapMs: GAP_MS, bytes });
  const { port } = await said();
  const waits: number[] = [];
  const clients = await openClients(`http://127.0.0.1:${port}`, consoles, null, (_socket, change) =>
    waits.push(Date.now() - Date.parse(change.at)),
  );
  const done = said();
  child.send({ go: true });
  await done;
  await new Promise((wake) => setTimeout(wake, 1000));
  for (const one of clients) one.close();
  child.kill('SIGTERM');
  return { p50Ms: median(waits), p99Ms: percentile(waits, 0.99), lost: CHANGES * consoles - waits.length };
}
