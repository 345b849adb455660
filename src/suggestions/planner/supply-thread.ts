import { Worker } from 'node:worker_threads';
import type { Allocation, Rejected } from './allocate/allocate.rules.js';
import { requests } from '../../shared/give-way.js';
import type { PlannerInput, SearchStage } from './planner.types.js';
import { SolverUnavailable } from './search.rules.js';
import type { StartWorker } from './solver-worker.js';

/** The core hears the flag to stop within a tenth of a second on a free machine; past this the thread counts as lost. */
const GRACE_MS = 2_000;

interface Job {
  id: number;
  input: PlannerInput;
  /** 1 tells the core to hand over its best so far. */
  stop: Int32Array;
  timer: NodeJS.Timeout;
  watch: ThreadWatch | undefined;
  resolve(answer: Allocation | Rejected): void;
  reject(refusal: SolverUnavailable): void;
}

/** Who hears of the goods so far, and how far apart at least; the last word on goods that are proven comes at once. */
export interface ThreadWatch {
  everyMs: number;
  hear(soFar: Allocation, stage: SearchStage): void;
}

type Message =
  | { ready: true }
  | { id: number; soFar: Allocation; stage: SearchStage }
  | { id: number; answer: Allocation | Rejected }
  | { id: number; failed: string };

const startCore: StartWorker = () =>
  new Worker(new URL('./supply.worker.mjs', import.meta.url), { workerData: { requests } });

/**
 * The allocation core in a warm thread, one job at a time. At the deadline a job is asked for what it has; one that does not answer
 * then is given up with its thread, and the next thread takes the jobs behind it.
 */
export class SupplyThread {
  private worker: Worker | null = null;
  private current: Job | null = null;
  private queue: Job[] = [];
  private lastId = 0;
  private closed = false;

  constructor(private readonly startWorker: StartWorker = startCore) {}

  /** Loads the core ahead of the first job. */
  start(): void {
    this.ensureWorker();
  }

  /** Allocates before `deadlineMs` (on the clock of `performance.now`), or rejects with `SolverUnavailable`. */
  allocate(input: PlannerInput, deadlineMs: number, watch?: ThreadWatch): Promise<Allocation | Rejected> {
    if (this.closed) return Promise.reject(new SolverUnavailable('solver-failed'));
    return new Promise((resolve, reject) => {
      const id = (this.lastId += 1);
      const stop = new Int32Array(new SharedArrayBuffer(4));
      const timer = setTimeout(() => this.ring(id), Math.max(0, deadlineMs - performance.now()));
      this.queue.push({ id, input, stop, timer, watch, resolve, reject });
      this.pump();
    });
  }

  /** Ends the thread; jobs not yet answered are rejected. */
  async close(): Promise<void> {
    this.closed = true;
    for (const job of [this.current, ...this.queue]) if (job) this.refuse(job, 'solver-failed');
    this.current = null;
    this.queue = [];
    await this.dropWorker();
  }

  private pump(): void {
    if (this.current || this.closed) return;
    const job = this.queue.shift();
    if (!job) return void this.worker?.unref();
    this.current = job;
    const worker = this.ensureWorker();
    worker.ref();
    worker.postMessage({ id: job.id, input: job.input, stop: job.stop, tellEveryMs: job.watch?.everyMs });
  }

  private ensureWorker(): Worker {
    if (this.worker) return this.worker;
    const worker = this.startWorker();
    worker.on('message', (message: Message) => this.hear(worker, message));
    worker.on('error', () => this.lose(worker));
    worker.on('exit', () => this.lose(worker));
    worker.unref();
    this.worker = worker;
    return worker;
  }

  private hear(worker: Worker, message: Message): void {
    if (worker !== this.worker || 'ready' in message) return;
    const job = this.current;
    if (job?.id !== message.id) return;
    if ('soFar' in message) return job.watch?.hear(message.soFar, message.stage);
    this.current = null;
    if ('answer' in message) {
      clearTimeout(job.timer);
      job.resolve(message.answer);
    } else this.refuse(job, 'solver-failed');
    this.pump();
  }

  /** The deadline of a job: one at work is asked for its best, one that still waits is refused. */
  private ring(id: number): void {
    const job = this.current;
    if (job?.id === id) {
      Atomics.store(job.stop, 0, 1);
      job.timer = setTimeout(() => this.giveUp(id), GRACE_MS);
      return;
    }
    const waiting = this.queue.find((one) => one.id === id);
    this.queue = this.queue.filter((one) => one !== waiting);
    if (waiting) this.refuse(waiting, 'solver-late');
  }

  private giveUp(id: number): void {
    if (this.current?.id !== id) return;
    this.refuse(this.current, 'solver-late');
    this.current = null;
    void this.dropWorker();
    this.pump();
  }

  private lose(worker: Worker): void {
    if (worker !== this.worker) return;
    void this.dropWorker();
    if (this.current) this.refuse(this.current, 'solver-failed');
    this.current = null;
    this.pump();
  }

  private refuse(job: Job, code: SolverUnavailable['code']): void {
    clearTimeout(job.timer);
    job.reject(new SolverUnavailable(code));
  }

  private async dropWorker(): Promise<void> {
    const worker = this.worker;
    this.worker = null;
    await worker?.terminate();
  }
}
