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
const SCHEMA = 'bullmq';
/** How long an idle worker waits before it looks by itself; new jobs wake it through the backend before that. */
const DRAIN_DELAY_S = 1;
/** How often a worker looks whether the schedules are still there: whoever empties the queue's store stops the clocks for this long. */
const KEEP_MS = 2000;
/** A schedule whose next ring is this much overdue has lost it. */
const OVERDUE_MS = 10_000;

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
  private queue: Queue | undefined;
  private worker: Worker | undefined;
  private redis: Redis | undefined;
  private keeper: NodeJS.Timeout | undefined;
  private keeping: Promise<void> | undefined;
  private stopping = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly server: DatabaseServer,
  ) {}

  /** Says what a job name does. Called from constructors, before the queue starts. */
  handle(name: string, handler: JobHandler): void {
    this.handlers.set(name, handler);
  }

  /** Rings a name every so many milliseconds, once over all processes. */
  every(name: string, everyMs: number, handler: () => Promise<void>): void {
    this.handlers.set(name, handler);
    this.schedules.set(name, everyMs);
  }

  /** Asks for a job after `delayMs`. The same `jobId` while one waits is the same job. A lost job is repaired by the next schedule. */
  async enqueue(name: string, data: JobData, options: { jobId: string; delayMs?: number }): Promise<void> {
    if (this.stopping || !this.queue) return;
    try {
      await this.queue.add(name, data, {
        jobId: options.jobId,
        ...(options.delayMs ? { delay: options.delayMs } : {}),
      });
    } catch (error) {
      this.log.warn(`could not enqueue ${name}: ${String(error)}`);
    }
  }

  /** Throws when the queue's store cannot be reached; for the readiness check. */
  async ping(): Promise<void> {
    await this.queue?.getJobCounts('waiting');
  }

  async onApplicationBootstrap(): Promise<void> {
    const jobOptions = {
      removeOnComplete: true,
      removeOnFail: 1000,
      attempts: 3,
      backoff: { type: 'exponential', delay: 500 },
    };
    if (this.config.REDIS_URL) {
      const connection = new Redis(this.config.REDIS_URL, { maxRetriesPerRequest: null });
      connection.on('error', (error) => this.log.warn(`redis: ${error.message}`));
      this.redis = connection;
      this.queue = new Queue(QUEUE, { connection, defaultJobOptions: jobOptions });
      if (this.runsJobs()) this.worker = new Worker(QUEUE, (job) => this.run(job), { connection, concurrency: 4 });
    } else {
      await this.migrateBackend();
      const connection = { connectionString: this.server.url, schema: SCHEMA, max: 4 };
      this.queue = asPlain(new Queue(QUEUE, { connection, defaultJobOptions: jobOptions }, createPostgresBackend));
      if (this.runsJobs()) {
        const workerOptions = { connection, concurrency: 4, drainDelay: DRAIN_DELAY_S };
        this.worker = asPlain(new Worker(QUEUE, (job) => this.run(job), workerOptions, createPostgresBackend));
      }
    }
    this.queue!.on('error', (error) => this.log.warn(error.message));
    this.worker?.on('error', (error) => this.log.warn(error.message));
    this.worker?.on('failed', (job, error) => this.log.warn(`${job?.name ?? 'job'} failed: ${error.message}`));
    if (!this.runsJobs()) return;
    for (const [name, every] of this.schedules) await this.queue!.upsertJobScheduler(name, { every }, { name });
    this.keeper = setInterval(() => (this.keeping ??= this.keepSchedules()), KEEP_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    clearInterval(this.keeper);
    await this.worker?.close();
    await this.queue?.close();
    this.redis?.disconnect();
  }

  /** Sets every schedule again that the store has lost, so that an emptied queue repairs itself without a restart. */
  private async keepSchedules(): Promise<void> {
    try {
      for (const [name, every] of this.schedules) {
        const held = await this.queue!.getJobScheduler(name);
        if (this.stopping) return;
        if (held && (held.next ?? 0) + every + OVERDUE_MS > Date.now()) continue;
        await this.queue!.upsertJobScheduler(name, { every }, { name });
        this.log.warn(`the schedule ${name} was lost and is set again`);
      }
    } catch (error) {
      if (!this.stopping) this.log.warn(`schedules could not be looked at: ${String(error)}`);
    } finally {
      this.keeping = undefined;
    }
  }

  private runsJobs(): boolean {
    return this.config.ROLE !== 'web';
  }

  private async run(job: Job<JobData>): Promise<void> {
    const handler = this.handlers.get(job.name);
    if (!handler) return;
    await handler(job.data ?? {});
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
