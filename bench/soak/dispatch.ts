import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { numberOf } from '../support/stats.js';
import { fillDemo, Grounds } from './grounds.js';

interface Servers {
  startPostgres(options?: { durable?: boolean }): Promise<{ socketUrl: string; stop(): Promise<void> } | null>;
}
type Message = { played: number } | { seed: number; faults: string[]; outcomes: Record<string, number> };
const PROGRESS_EVERY_MS = 60_000;
/** Races of one database, before a fresh one is begun. */
const TO_A_DATABASE = 5000;
const NOW = new Date('2026-07-21T03:00:00+08:00');

/**
 * Races for the same few units and goods, on PostgreSQL: officers of two counties, their city and their province send, teams and desks
 * answer and move on, goods are approved, shipped and taken over, deadlines pass, a provider loses messages, clients die in the middle of
 * a command and ask again. No unit may ever be sent twice and no alert may end in silence. A share is replayed with `--from SEED`.
 */
export async function main({ args, servers }: { args: string[]; servers: Servers }) {
  const races = numberOf(args, '--races', 20_000);
  const from = numberOf(args, '--from', 1);
  const postgres = await servers.startPostgres();
  if (!postgres) throw new Error('PostgreSQL with PostGIS is not installed');
  const grounds = await Grounds.of(postgres.socketUrl, 'dispatch_demo', (url) => fillDemo(url, NOW));
  const shares = Array.from({ length: Math.ceil(races / TO_A_DATABASE) }, (_, n) => ({
    seed: from + n, races: Math.min(TO_A_DATABASE, races - n * TO_A_DATABASE),
  })); // prettier-ignore
  const outcomes: Record<string, number> = {};
  const begun = performance.now();
  let [played, failed] = [0, 0];
  const rate = () => `${Math.round(played / ((performance.now() - begun) / 1000))} a second`;
  const progress = setInterval(() => console.log(`… ${played} races, ${failed} shares fail, ${rate()}`), PROGRESS_EVERY_MS);
  const place = async () => {
    for (let share = shares.shift(); share; share = shares.shift()) {
      const task = share;
      const end = await grounds.withCopy((url) => playShare({ url, ...task, now: NOW.toISOString() }, (many) => (played += many)));
      for (const [code, times] of Object.entries(end.outcomes)) outcomes[code] = (outcomes[code] ?? 0) + times;
      if (end.faults.length > 0) failed++;
      for (const fault of end.faults.slice(0, 10)) console.log(`share ${end.seed}: ${fault}`);
    }
  };
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, place));
  clearInterval(progress);
  await grounds.close();
  await postgres.stop();
  console.log(`${played} races, ${rate()}: ${Object.entries(outcomes).sort((a, b) => b[1] - a[1]).map(([code, times]) => `${code} ${times}`).join(', ')}`);
  return { passed: played, failed };
} // prettier-ignore

interface Task {
  url: string;
  seed: number;
  races: number;
  now: string;
}
interface End {
  seed: number;
  faults: string[];
  outcomes: Record<string, number>;
}

/** A process of its own plays the share. */
function playShare(task: Task, tell: (many: number) => void): Promise<End> {
  const child: ChildProcess = fork(fileURLToPath(new URL('./dispatch/worker.js', import.meta.url)));
  let end: End = { seed: task.seed, faults: ['the process died'], outcomes: {} };
  child.on('message', (message: Message) => {
    if ('played' in message) return tell(message.played);
    end = message;
    child.disconnect();
  });
  child.send(task);
  return new Promise((resolve) => child.once('exit', () => resolve(end)));
}
