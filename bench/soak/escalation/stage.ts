import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '../../../src/database/index.js';
import { Copies } from '../../support/copies.js';
import { audit } from '../audit.js';
import { Lane, prepare } from './lane.js';

interface Server {
  url: string;
  stop(): Promise<void>;
}
interface Postgres extends Server {
  halt(signal: 'INT' | 'QUIT'): Promise<void>;
  start(): Promise<void>;
}
export interface Servers {
  startPostgres(options?: { durable?: boolean }): Promise<Postgres | null>;
  startRedis(): Promise<Server | null>;
}

const TEMPLATE = 'chiyuan_escalation';
/** Where lanes come from: one PostgreSQL with a prepared database, one Redis. */
export class Stage {
  /** How long it took to start and then to go on, over all restarts. */
  readonly startedMs: number[] = [];
  readonly resumedMs: number[] = [];
  private made = 0;
  private readonly idle: Lane[] = [];
  private constructor(
    readonly postgres: Postgres,
    private readonly redis: Server,
    private readonly home: string,
    /** The chain goes on within this after what was restarted is up. */
    readonly resumesWithinMs: number,
  ) {}

  static async open(servers: Servers, resumesWithinMs: number): Promise<Stage> {
    const [postgres, redis] = [await servers.startPostgres({ durable: true }), await servers.startRedis()];
    if (!postgres || !redis) throw new Error('PostgreSQL with PostGIS and Redis are not installed');
    const home = mkdtempSync(join(tmpdir(), 'chiyuan-escalation-'));
    await prepare({ databaseUrl: await copyOf(postgres, TEMPLATE), redisUrl: redis.url, home });
    return new Stage(postgres, redis, home, resumesWithinMs);
  }

  async close(): Promise<void> {
    await this.dismissLanes();
    await this.redis.stop();
    await this.postgres.stop();
    rmSync(this.home, { recursive: true, force: true });
  }

  /** Ends every lane that nobody uses. */
  async dismissLanes(): Promise<void> {
    for (const lane of this.idle.splice(0)) await lane.close();
  }

  /** Plays on a lane and says what is wrong afterwards, with the invariants of the whole database. A lane with faults is not used again. */
  async judged(name: string, play: (lane: Lane) => Promise<string[]>): Promise<boolean> {
    const lane = this.idle.pop() ?? (await this.open());
    const faults = await play(lane).catch((error: Error) => [error.message]);
    const resumed = lane.resumedMs.splice(0);
    const slow = resumed
      .filter((ms) => ms > this.resumesWithinMs)
      .map((ms) => `went on only after ${Math.round(ms)} ms`);
    const found = [...faults, ...slow, ...lane.faults.splice(0), ...(await this.broken(lane))];
    this.resumedMs.push(...resumed);
    this.startedMs.push(...lane.startedMs.splice(0));
    if (found.length === 0) this.idle.push(lane);
    else await lane.close();
    const after = resumed.length > 0 ? `, went on after ${resumed.map((ms) => Math.round(ms)).join(', ')} ms` : '';
    console.log(found.length === 0 ? `holds: ${name}${after}` : `FAILS: ${name}${after}\n  ${found.slice(0, 10).join('\n  ')}`); // prettier-ignore
    return found.length === 0;
  }

  private async open(): Promise<Lane> {
    const n = ++this.made;
    const home = join(this.home, String(n));
    mkdirSync(home);
    const databaseUrl = await copyOf(this.postgres, `${TEMPLATE}_${n}`, TEMPLATE);
    // Redis has sixteen numbered stores; a lane has its own.
    const redisUrl = Object.assign(new URL(this.redis.url), { pathname: `/${n % 16}` }).toString();
    return Lane.open({ databaseUrl, redisUrl, home });
  }

  /** D1, D2, J1 and the ledger. */
  private async broken({ ground }: Lane): Promise<string[]> {
    const db = await Database.connect({ url: ground.databaseUrl, poolSize: 2, embedded: false });
    return audit(db).finally(() => db.close());
  }
}

async function copyOf({ url }: Postgres, name: string, template?: string): Promise<string> {
  const copies = await Copies.of(url);
  return copies.make(name, template).finally(() => copies.close());
}
