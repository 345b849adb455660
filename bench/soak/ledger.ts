import { availableParallelism } from 'node:os';
import { Database, inSnapshot } from '../../src/database/index.js';
import { auditLedger } from '../../src/relief-stock/index.js';
import { numberOf } from '../support/stats.js';
import { fillDemo, Grounds } from './grounds.js';
import { Hands } from './ledger/hands.js';
import { Place } from './ledger/place.js';

interface Servers {
  startPostgres(options?: { durable?: boolean }): Promise<{ socketUrl: string; stop(): Promise<void> } | null>;
}
/** A process is killed about once in so many acts (some 150 histories), at a moment within `KILL_WITHIN_MS` that nothing else decides. */
const KILL_EVERY_ACTS = 1_800;
const KILL_WITHIN_MS = 100;
const PROGRESS_EVERY_MS = 60_000;
const WORLD_BEGAN = new Date('2026-07-01T00:00:00+08:00');
/** Sequences that share a database before it is audited and a fresh one is begun: the rate does not fall with what was played before. */
const TO_A_DATABASE = 1000;

/**
 * Random histories of the ledger against a plain model, on PostgreSQL: several clients at once, acts sent twice, cut off at any statement,
 * answered too late, hours that pass, papers of the past, and processes killed with SIGKILL. A seed is replayed with `--from SEED --runs 1`.
 */
export async function main({ args, servers }: { args: string[]; servers: Servers }) {
  const runs = numberOf(args, '--runs', 2000);
  const from = numberOf(args, '--from', 1);
  const postgres = await servers.startPostgres();
  if (!postgres) throw new Error('PostgreSQL with PostGIS is not installed');
  const grounds = await Grounds.of(postgres.socketUrl, 'ledger_demo', (url) => fillDemo(url, WORLD_BEGAN));
  try {
    const soak = new Soak(grounds, from, from + runs, !args.includes('--no-kills'));
    await soak.run();
    console.log(
      `${soak.ended} sequences, ${soak.acts} acts, ${soak.kills} processes killed, ${soak.faults} faults of the audit, ${soak.rate()}`,
    );
    return { passed: soak.ended - soak.failed, failed: soak.failed + (soak.faults > 0 ? 1 : 0) };
  } finally {
    await grounds.close();
    await postgres.stop();
  }
}

/** Faults of the books when all seeds of a database have been played. */
async function faultsAfter(url: string): Promise<string[]> {
  const db = await Database.connect({ url, poolSize: 2, embedded: false });
  const faults = await inSnapshot(db, (tx) => auditLedger(tx));
  await db.close();
  return faults.map((fault) => JSON.stringify(fault));
}

class Soak {
  acts = 0;
  kills = 0;
  ended = 0;
  failed = 0;
  faults = 0;
  private readonly places: Place[];
  private readonly shareSize: number;
  private killAt: number;
  private readonly hands = new Hands();
  private readonly begun = performance.now();

  constructor(
    private readonly grounds: Grounds,
    private next: number,
    private readonly end: number,
    killing: boolean,
  ) {
    this.killAt = killing ? KILL_EVERY_ACTS * Math.random() : Number.POSITIVE_INFINITY;
    const told = {
      act: () => this.noteAct(),
      ended: (seed: number, faults: string[]) => this.note(seed, faults),
    };
    this.places = Array.from({ length: Math.max(2, availableParallelism()) }, () => new Place(this.hands, told));
    this.shareSize = Math.min(TO_A_DATABASE, Math.ceil((end - next) / this.places.length));
  }

  async run(): Promise<void> {
    const progress = setInterval(() => this.tell(), PROGRESS_EVERY_MS);
    await Promise.all(this.places.map((place) => this.work(place)));
    clearInterval(progress);
    this.hands.close();
  }

  rate(): string {
    const seconds = (performance.now() - this.begun) / 1000;
    return `${seconds.toFixed(0)} s, ${(this.ended / seconds).toFixed(1)} a second`;
  }
  private tell(): void {
    console.log(`… ${this.ended} played, ${this.failed} failed, ${this.kills} processes killed, ${this.rate()}`);
  }

  private async work(place: Place): Promise<void> {
    for (let seeds = this.share(); seeds.length > 0; seeds = this.share()) {
      const faults = await this.grounds.withCopy(async (url) => {
        await place.play(url, seeds);
        return faultsAfter(url);
      });
      this.faults += faults.length;
      for (const fault of faults.slice(0, 20)) console.log(`audit of seeds ${seeds[0]} to ${seeds.at(-1)}: ${fault}`);
    }
  }
  /** The seeds of one database. */
  private share(): number[] {
    const count = Math.min(this.shareSize, this.end - this.next);
    const seeds = Array.from({ length: count }, (_, n) => this.next + n);
    this.next += count;
    return seeds;
  }

  private note(seed: number, faults: string[]): void {
    this.ended++;
    if (faults.length === 0) return;
    this.failed++;
    console.log(`seed ${seed} FAILS\n  ${faults.join('\n  ')}`);
  }

  private noteAct(): void {
    if (++this.acts < this.killAt) return;
    this.killAt += KILL_EVERY_ACTS * (0.5 + Math.random());
    setTimeout(() => this.killOne(), Math.random() * KILL_WITHIN_MS);
  }
  private killOne(): void {
    const one = this.places[Math.floor(Math.random() * this.places.length)]!;
    if (one.kill()) this.kills++;
  }
}
