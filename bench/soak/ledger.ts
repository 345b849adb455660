import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { hashPassword } from '../../src/access/index.js';
import { Database, inSnapshot, inTransaction } from '../../src/database/index.js';
import { generateDemo } from '../../src/database/seeds/demo/index.js';
import { loadDemo } from '../../src/demo/load.store.js';
import { auditLedger } from '../../src/relief-stock/index.js';
import { numberOf } from '../support/stats.js';

interface Servers {
  startPostgres(options?: { durable?: boolean }): Promise<{ url: string; stop(): Promise<void> } | null>;
}
/** Sequences that one process plays side by side. */
const SIDE_BY_SIDE = 4;
/** A process is killed about this often (ms). */
const KILL_EVERY_MS = 7_000;

/**
 * Random histories of the ledger against a plain model, on PostgreSQL: several clients at once, acts sent twice, cut off at any statement,
 * answered too late, hours that pass, papers of the past, and processes killed with SIGKILL. A seed is replayed with `--from SEED --runs 1`.
 */
export async function main({ args, servers }: { args: string[]; servers: Servers }) {
  const runs = numberOf(args, '--runs', 2000);
  const from = numberOf(args, '--from', 1);
  const postgres = await servers.startPostgres();
  if (!postgres) throw new Error('PostgreSQL with PostGIS is not installed');
  const db = await Database.connect({ url: postgres.url, poolSize: 2, embedded: false });
  try {
    await fill(db);
    const soak = new Soak(postgres.url, from, from + runs);
    const failed = await soak.run(!args.includes('--no-kills'));
    const faults = await inSnapshot(db, (tx) => auditLedger(tx));
    for (const fault of faults.slice(0, 20)) console.log(`audit: ${JSON.stringify(fault)}`);
    console.log(
      `${runs} sequences, ${soak.acts} acts, ${soak.kills} processes killed, ${faults.length} faults of the audit`,
    );
    return { passed: runs - failed, failed: failed + (faults.length > 0 ? 1 : 0) };
  } finally {
    await db.close();
    await postgres.stop();
  }
}

async function fill(db: Database): Promise<void> {
  await db.migrate();
  const now = new Date('2026-07-01T00:00:00+08:00');
  const passwordHash = await hashPassword('soak');
  await inTransaction(db, (tx) => loadDemo(tx, generateDemo({ now }), { passwordHash, now }));
}

type Message = { ready: true } | { seed: number; n: number; outcome: string } | { seed: number; faults: string[] };

class Soak {
  acts = 0;
  kills = 0;
  private failed = 0;
  private next: number;
  /** The answers that clients have got, by open seed: they outlive the process that sent them. */
  private readonly heard = new Map<number, Map<number, string>>();
  private readonly hands = new Map<ChildProcess, Set<number>>();

  constructor(
    private readonly url: string,
    from: number,
    private readonly end: number,
  ) {
    this.next = from;
  }

  /** Answers how many sequences failed. */
  async run(killing: boolean): Promise<number> {
    const killer = setInterval(() => killing && this.killOne(), KILL_EVERY_MS);
    const progress = setInterval(() => console.log(`… seed ${this.next}, ${this.failed} failed`), 60_000);
    await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, () => this.work([])));
    clearInterval(killer);
    clearInterval(progress);
    return this.failed;
  }

  /** One place at the bench: a process and, when it is killed, the next one, until there is nothing left to do. */
  private async work(open: number[]): Promise<void> {
    const child = fork(fileURLToPath(new URL('./ledger/worker.js', import.meta.url)), [], {
      env: { ...process.env, SOAK_DATABASE_URL: this.url },
    });
    const mine = new Set<number>();
    this.hands.set(child, mine);
    child.on('message', (message: Message) => this.listen(child, mine, message, open));
    await new Promise((resolve) => child.once('exit', resolve));
    this.hands.delete(child);
    if (mine.size > 0) await this.work([...mine]);
  }

  private listen(child: ChildProcess, mine: Set<number>, message: Message, open: number[]): void {
    if ('ready' in message) {
      for (const seed of open) this.give(child, mine, seed);
      while (mine.size < SIDE_BY_SIDE && this.next < this.end) this.give(child, mine, this.next++);
    } else if ('outcome' in message) {
      this.acts++;
      this.heard.get(message.seed)!.set(message.n, message.outcome);
      return;
    } else {
      mine.delete(message.seed);
      this.heard.delete(message.seed);
      if (message.faults.length > 0) {
        this.failed++;
        console.log(`seed ${message.seed} FAILS\n  ${message.faults.join('\n  ')}`);
      }
      if (this.next < this.end) this.give(child, mine, this.next++);
    }
    if (mine.size === 0) child.disconnect();
  }

  private give(child: ChildProcess, mine: Set<number>, seed: number): void {
    mine.add(seed);
    const heard = this.heard.get(seed) ?? new Map<number, string>();
    this.heard.set(seed, heard);
    child.send({ seed, heard: [...heard] });
  }

  private killOne(): void {
    const busy = [...this.hands].filter(([, seeds]) => seeds.size > 0);
    const one = busy[Math.floor(Math.random() * busy.length)];
    if (!one) return;
    one[0].kill('SIGKILL');
    this.kills++;
  }
}
