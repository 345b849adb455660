import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import pg from 'pg';
import { type ServerProcess, startServer } from '../../support/process.js';
import { Points } from './points.js';
import { Wire } from './wire.js';

export const ANSWER_S = 2;
const PASSWORD = 'chiyuan-demo';
const UNIT = 'T-331082-SR-1-A';
const DESK = 'duty.331082';
const MOVED_CLOCK = new URL('./moved-clock.js', import.meta.url).href;

/** When the next thing of the chain is due; what a dead worker had in its hands is due now. */
const DUE_IN_MS = `select extract(epoch from least(
   (select min(next_due_at) from alert where next_due_at is not null),
   (select min(case stage when 'handed' then clock_timestamp() else due_at end) from alert_delivery where due_at is not null)
 ) - clock_timestamp())::float8 * 1000 as "inMs"`;

export interface Ground {
  databaseUrl: string;
  redisUrl: string;
  home: string;
}
export interface Run {
  incidentId: string;
  alertId: string;
  assignmentId: string;
}

/** One society's whole system: a database, a queue, a web process, and a worker that can be killed at any statement. */
export class Lane {
  readonly points = new Points();
  /** How long what was restarted took to start, and from then until it did what was due, in milliseconds. */
  readonly startedMs: number[] = [];
  readonly resumedMs: number[] = [];
  /** What restarted the worker late or not at all. */
  readonly faults: string[] = [];
  private web!: ServerProcess;
  private worker: ChildProcess | undefined;
  private token = '';
  private wire!: Wire;
  private restarting: Promise<void> = Promise.resolve();
  /** Processes that are starting at this moment. */
  private starting = 0;
  private giveUpMeasuring: () => void = () => undefined;

  private constructor(
    readonly ground: Ground,
    readonly db: pg.Pool,
    readonly redis: Redis,
  ) {}

  static async open(ground: Ground): Promise<Lane> {
    const options = '-c search_path=chiyuan,public';
    const db = new pg.Pool({ connectionString: ground.databaseUrl, max: 2, options });
    db.on('error', () => undefined); // the database is stopped on purpose
    const lane = new Lane(ground, db, new Redis(ground.redisUrl));
    await lane.letClockBeMoved();
    lane.wire = await Wire.to(ground.databaseUrl, (said) => lane.points.judge(said), () => lane.struck()); // prettier-ignore
    lane.web = await startServer({ ...lane.settings, ROLE: 'web', DATABASE_URL: ground.databaseUrl });
    await lane.startWorker();
    lane.token = (await lane.call<{ token: string }>('/sessions', { account: DESK, password: PASSWORD })).token;
    return lane;
  }

  async close(): Promise<void> {
    await this.restarting;
    await Promise.all([this.web.stop('SIGKILL'), this.killWorker()]);
    this.wire.close();
    this.redis.disconnect();
    await this.db.end();
  }

  /** Reports an incident and sends the unit: its leader is alerted. */
  async raise(): Promise<Run> {
    const body = { kind: 'flood', placeText: '示范', location: { lon: 121.14, lat: 28.86 } };
    const incident = await this.call<{ id: string; version: number }>('/incidents', body);
    await this.call(`/incidents/${incident.id}/verify`, { version: incident.version });
    const [unit] = await this.rows<{ id: string }>(`select id from team_unit where code = $1`, [UNIT]);
    const sent = { assignments: [{ teamUnitId: unit!.id }] };
    const { assignments } = await this.call<{ assignments: { id: string }[] }>(`/incidents/${incident.id}/missions`, sent); // prettier-ignore
    const assignmentId = assignments[0]!.id;
    const [alert] = await this.rows<{ id: string }>(`select id from alert where assignment_id = $1`, [assignmentId]);
    return { incidentId: incident.id, alertId: alert!.id, assignmentId };
  }

  answer(run: Run, said: object): Promise<unknown> {
    return this.call(`/alerts/${run.alertId}/answers`, said);
  }

  withdraw(run: Run): Promise<unknown> {
    return this.call(`/assignments/${run.assignmentId}/withdraw`, { reason: '另派' });
  }

  /** Kills the worker now, without warning. */
  async killWorker(): Promise<void> {
    const worker = this.worker!;
    const gone = new Promise((resolve) => worker.once('exit', resolve));
    if (worker.exitCode === null && worker.signalCode === null && worker.kill('SIGKILL')) await gone;
  }

  /** Starts it, unless it is killed again while it starts. */
  async startWorker(env: Record<string, string> = {}): Promise<void> {
    const settings = { ...this.settings, ROLE: 'worker', DATABASE_URL: this.wire.url, NODE_OPTIONS: `--import=${MOVED_CLOCK}` }; // prettier-ignore
    const forked = (child: ChildProcess) => void (this.worker = child);
    await this.asStart(
      startServer({ ...settings, ...env }, { forked }).catch((error: Error) => {
        if (this.worker?.signalCode !== 'SIGKILL') throw error;
      }),
    );
  }

  async killWeb(): Promise<void> {
    await this.web.stop('SIGKILL');
  }

  async startWeb(): Promise<void> {
    this.web = await this.asStart(startServer({ ...this.settings, ROLE: 'web', DATABASE_URL: this.ground.databaseUrl })); // prettier-ignore
  }

  private asStart<T>(start: Promise<T>): Promise<T> {
    this.starting++;
    return start.finally(() => this.starting--);
  }

  /** Sets the clock of the worker's machine while it runs. */
  moveWorkersClock(movedMs: number): void {
    this.worker!.send({ movedMs });
  }

  async moveDatabaseClock(movedMs: number): Promise<void> {
    await this.db.query(`update public.moved_clock set ms = $1`, [movedMs]);
  }

  /** The worker was killed at a statement: it is started again, and how long it takes to go on is measured. */
  private struck(): void {
    const killed = this.killWorker();
    this.giveUpMeasuring();
    const before = this.restarting;
    this.restarting = (async () => {
      await Promise.all([before, killed]);
      await this.measured(() => this.startWorker());
    })().catch((error: Error) => void this.faults.push(`restart: ${error.message}`));
  }

  /**
   * Does something after which the chain must go on, and measures until it does: from when what was started is up, or from when something
   * is due. How long a process takes to start is the machine's and is measured by itself.
   */
  async measured(restart: () => Promise<void>): Promise<void> {
    const [due] = await this.rows<{ inMs: number | null }>(DUE_IN_MS).catch(() => [{ inMs: 0 }]);
    if (due!.inMs === null) return restart(); // nothing waits
    const from = performance.now();
    const wentOn = new Promise<number | null>((resolve) => {
      this.points.onCommit = () => resolve(performance.now());
      this.giveUpMeasuring = () => resolve(null);
    });
    await restart();
    const up = performance.now();
    const at = await Promise.race([wentOn, sleep(30_000).then(() => performance.now())]);
    this.points.onCommit = () => undefined;
    if (at === null) return; // killed again before
    this.startedMs.push(up - from);
    this.resumedMs.push(Math.max(0, at - Math.max(up, from + due!.inMs)));
  }

  /** Waits until the run of the unit and the calls that follow it are over, and the worker is up. */
  async ended({ incidentId }: Run, withinMs = 240_000): Promise<void> {
    await this.until(`the alerts of ${incidentId} end`, withinMs, async () => {
      const [open] = await this.rows<{ n: number }>(
        `select count(*)::integer as n from alert where incident_id = $1 and done_reason is null`,
        [incidentId],
      );
      return open!.n === 0;
    });
    for (let held; held !== this.restarting;) await (held = this.restarting);
  }

  /** `withinMs` is the time of the chain: how long what was killed takes to start again is the machine's, has a limit of its own and does not count. */
  async until(what: string, withinMs: number, isTrue: () => Promise<boolean>): Promise<void> {
    let [leftMs, from] = [withinMs, performance.now()];
    for (; leftMs > 0; await sleep(50)) {
      if (await isTrue().catch(() => false)) return;
      const now = performance.now();
      if (this.starting === 0) leftMs -= now - from;
      from = now;
    }
    throw new Error(`not within ${withinMs} ms: ${what}`);
  }

  /** Ids of the messages that the stand-in for a provider took, as often as it took them. */
  handed(): string[] {
    const file = join(this.ground.home, 'outbox', 'sms.log');
    if (!existsSync(file)) return [];
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    return lines.map((line) => line.slice(line.lastIndexOf('\t') + 1));
  }

  async rows<T extends pg.QueryResultRow>(sql: string, params: unknown[] = []): Promise<T[]> {
    return (await this.db.query<T>(sql, params)).rows;
  }

  private async call<T>(path: string, body: object): Promise<T> {
    const response = await fetch(`${this.web.url}/api/v1${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
      },
      body: JSON.stringify(body),
    });
    const answer = (await response.json()) as T;
    if (response.status >= 300) throw new Error(`${path}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  }

  private get settings(): Record<string, string> {
    return {
      NODE_ENV: 'production', SEED_DEMO: '1', DATA_DIR: this.ground.home, REDIS_URL: this.ground.redisUrl, ALERT_ANSWER_S: String(ANSWER_S),
      DATABASE_POOL: '8', LOG_LEVEL: 'silent',
    }; // prettier-ignore
  }

  /** Whoever asks this database for the time is told another one, from the next question on, as if its machine's clock were set. */
  private async letClockBeMoved(): Promise<void> {
    await this.db.query(`
      create table public.moved_clock (ms bigint not null);
      insert into public.moved_clock values (0);
      alter function pg_catalog.clock_timestamp() rename to true_clock_timestamp;
      create function pg_catalog.clock_timestamp() returns timestamptz language sql volatile as
        'select pg_catalog.true_clock_timestamp() + (select make_interval(secs => ms / 1000.0) from public.moved_clock)'`);
  }
}

/** A prepared database: everything migrated and the demo loaded, by a process that has stopped again. */
export async function prepare(ground: Ground): Promise<void> {
  const server = await startServer({
    NODE_ENV: 'production', SEED_DEMO: '1', ROLE: 'web', DATABASE_URL: ground.databaseUrl, REDIS_URL: ground.redisUrl,
    DATA_DIR: ground.home, LOG_LEVEL: 'silent',
  }); // prettier-ignore
  await server.stop();
}
