import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { createPostgresBackend, Queue, runMigrations, Worker, type Job } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import { CONFIG, type Config } from '../config.js';
import { DatabaseServer } from '../database/index.js';

export type JobData = Record<string, string | number>;
export type JobHandler = (data: JobData) => Promise<void>;

const QUEUE = 'chiyuan';
/** A drill's clock may run up to sixty times as fast as the day: its alarm clocks ring more often, but not so often that reality feels it. */
const DRILL_TIMES = 20;
const DRILL_TICK_MS = 500;
const drillEvery = (everyMs: number): number => Math.min(everyMs, Math.max(DRILL_TICK_MS, everyMs / DRILL_TIMES));
const SCHEMA = 'bullmq';
/** How long an idle worker waits before it looks by itself; new jobs wake it through the backend before that. */
const DRAIN_DELAY_S = 1;
/** How often a worker looks whether the schedules are still there: whoever empties the queue's store stops the clocks for this long. */
const KEEP_MS = 2000;
/** A schedule whose next ring is this much overdue, or further away than its interval by this much, has lost it: the clock was moved. */
const ASTRAY_MS = 10_000;
/** Jobs that failed three times and are remembered, to be looked at. */
const KEPT_FAILED = 1000;
/** Who asks Redis for a job takes it for gone when it has said nothing for this long. */
const SILENT_MS = 5000;

/** The two backends differ in connection types only; what is used here is the same on both. */
const asPlain = <T>(part: unknown): T => part as T;

/**
 * Alarm clocks that call services. A job carries ids only and must be right if it runs twice, late or not at all: the service
 * looks at the database. Jobs are enqueued after a commit, never inside one.
 */
@Injectable()
export class JobQueue implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('queue');
  private readonly handlers = new Map<string, JobHandler>();
  private readonly schedules = new Map<string, number>();
  private readonly name: string;
  private queue: Queue | undefined;
  private worker: Worker | undefined;
  private redis: Redis | undefined;
  /** The line to Redis of whoever asks: it keeps nothing back for later, as the worker's does. */
  private asking: Redis | undefined;
  private isAway = false;
  /** Clock jobs at work in this process, and whether they were rung again meanwhile. */
  private readonly atWork = new Map<string, boolean>();
  private keeper: NodeJS.Timeout | undefined;
  private keeping: Promise<void> | undefined;
  private stopping = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly server: DatabaseServer,
  ) {
    this.name = config.drill ? `${QUEUE}-drill-${config.drill.number}` : QUEUE;
  }

  /** Says what a job name does. Called from constructors, before the queue starts. */
  handle(name: string, handler: JobHandler): void {
    this.handlers.set(name, handler);
  }

  /**
   * Rings a name every so many milliseconds, once over all processes. It never runs beside itself in one process: rung while it is at work it
   * goes again when it is done, so that a slow one takes one place of the worker and not all.
   */
  every(name: string, everyMs: number, handler: () => Promise<void>): void {
    this.handlers.set(name, handler);
    this.schedules.set(name, this.config.drill ? drillEvery(everyMs) : everyMs);
  }

  /**
   * Asks for a job after `delayMs`. The same `jobId` is the same job while one waits, and as long as one that failed is remembered. A job that
   * is lost is repaired by the next schedule: so while the store is away nothing is kept for it, and nobody waits for it.
   */
  async enqueue(name: string, data: JobData, options: { jobId: string; delayMs?: number }): Promise<void> {
    if (this.stopping || !this.queue || this.noteAway()) return;
    try {
      await this.queue.add(name, data, {
        jobId: options.jobId,
        ...(options.delayMs ? { delay: options.delayMs } : {}),
      });
    } catch (error) {
      if (!this.noteAway()) this.log.warn(`could not enqueue ${name}: ${String(error)}`);
    }
  }

  /** Whether Redis cannot be asked now; said once, not for each job. */
  private noteAway(): boolean {
    const isAway = this.asking !== undefined && this.asking.status !== 'ready';
    if (isAway && !this.isAway) this.log.warn('redis is away: jobs are not asked for until it is back');
    this.isAway = isAway;
    return isAway;
  }

  /** Empties the store of an ended drill's queue. Never called for the real one. */
  async forget(): Promise<void> {
    if (!this.config.drill) throw new Error('only the queue of a drill is forgotten');
    await this.worker?.close();
    await this.queue?.pause(); // only a queue that stands can be emptied
    await this.queue?.obliterate({ force: true }).catch((error: unknown) => this.log.warn(String(error)));
  }

  /** Throws when the queue's store cannot be reached; for the readiness check. */
  async ping(): Promise<void> {
    await this.queue?.getJobCounts('waiting');
  }

  async onApplicationBootstrap(): Promise<void> {
    const jobOptions = {
      removeOnComplete: true,
      removeOnFail: KEPT_FAILED,
      attempts: 3,
      backoff: { type: 'exponential', delay: 500 },
    };
    if (this.config.REDIS_URL) {
      const connection = new Redis(this.config.REDIS_URL, { maxRetriesPerRequest: null });
      const asking = connection.duplicate({ enableOfflineQueue: false, maxRetriesPerRequest: 0, socketTimeout: SILENT_MS }); // prettier-ignore
      for (const line of [connection, asking]) line.on('error', (error) => this.log.warn(`redis: ${error.message}`));
      this.redis = connection;
      this.asking = asking;
      this.queue = new Queue(this.name, { connection: asking, defaultJobOptions: jobOptions });
      if (this.runsJobs()) this.worker = new Worker(this.name, (job) => this.run(job), { connection, concurrency: 4 });
    } else {
      await this.migrateBackend();
      const connection = { connectionString: this.server.url, schema: SCHEMA, max: 4 };
      this.queue = asPlain(new Queue(this.name, { connection, defaultJobOptions: jobOptions }, createPostgresBackend));
      if (this.runsJobs()) {
        const workerOptions = { connection, concurrency: 4, drainDelay: DRAIN_DELAY_S };
        this.worker = asPlain(new Worker(this.name, (job) => this.run(job), workerOptions, createPostgresBackend));
      }
    }
    this.queue!.on('error', (error) => this.log.warn(error.message));
    this.worker?.on('error', (error) => this.log.warn(error.message));
    this.worker?.on('failed', (job, error) => this.log.warn(`${job?.name ?? 'job'} failed: ${error.message}`));
    if (!this.runsJobs()) return;
    for (const [name, every] of this.schedules) await this.setSchedule(name, every);
    this.keeper = setInterval(() => (this.keeping ??= this.keepSchedules()), KEEP_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    clearInterval(this.keeper);
    await this.worker?.close();
    await this.queue?.close();
    this.redis?.disconnect();
    this.asking?.disconnect();
  }

  /** Sets every schedule again that the store has lost, so that an emptied queue repairs itself without a restart. */
  private async keepSchedules(): Promise<void> {
    try {
      for (const [name, every] of this.schedules) {
        const held = await this.queue!.getJobScheduler(name);
        if (this.stopping) return;
        const awayMs = (held?.next ?? 0) - Date.now();
        if (Math.abs(awayMs) < every + ASTRAY_MS) continue;
        await this.setSchedule(name, every);
        this.log.warn(`the schedule ${name} was lost and is set again`);
      }
    } catch (error) {
      if (!this.stopping) this.log.warn(`schedules could not be looked at: ${String(error)}`);
    } finally {
      this.keeping = undefined;
    }
  }

  /** Anew: one that is only renewed keeps its next ring, and after a clock was turned back that may be hours away. */
  private async setSchedule(name: string, every: number): Promise<void> {
    await this.queue!.removeJobScheduler(name);
    await this.queue!.upsertJobScheduler(name, { every }, { name });
  }

  private runsJobs(): boolean {
    return this.config.ROLE !== 'web';
  }

  private async run(job: Job<JobData>): Promise<void> {
    const handler = this.handlers.get(job.name);
    if (!handler) return;
    if (this.schedules.has(job.name)) await this.runAlone(job.name, handler);
    else await handler(job.data ?? {});
  }

  private async runAlone(name: string, handler: JobHandler): Promise<void> {
    if (this.atWork.has(name)) return void this.atWork.set(name, true);
    try {
      do {
        this.atWork.set(name, false);
        await handler({});
      } while (this.atWork.get(name) && !this.stopping);
    } finally {
      this.atWork.delete(name);
    }
  }

  private async migrateBackend(): Promise<void> {
    const client = new pg.Client({ connectionString: this.server.url });
    await client.connect();
    try {
      await runMigrations(client, SCHEMA);
    } finally {
      await client.end();
    }
  }
}
