import { Worker } from 'node:worker_threads';
import type { SolveAnswer, SolveRequest } from './linear-model.rules.js';
import { SolverUnavailable } from './search.rules.js';

/** Starts the thread. Replaced in tests to show what happens when it breaks. */
export type StartWorker = () => Worker;

/** Share of the remaining time that HiGHS may use itself, so that it can still hand over its best before the axe falls. */
const SOLVER_SHARE = 0.9;

interface Job {
  id: number;
  requests: SolveRequest[];
  deadlineMs: number;
  timer: NodeJS.Timeout;
  resolve(answers: SolveAnswer[]): void;
  reject(refusal: SolverUnavailable): void;
}

type Message = { ready: true; version: string } | { id: number; answers: SolveAnswer[] };

const startHighs: StartWorker = () => new Worker(new URL('./highs.worker.mjs', import.meta.url));

/**
 * One warm solver thread and a queue before it. A batch that outlives its deadline kills the thread (HiGHS looks at
 * requests to stop too rarely), a crash rejects the batch at work; both start a new thread for the batches behind.
 */
export class SolverWorker {
  private worker: Worker | null = null;
  private isReady = false;
  private current: Job | null = null;
  private queue: Job[] = [];
  private lastId = 0;
  private closed = false;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly startWorker: StartWorker = startHighs) {}

  /** Resolves when the thread has loaded and warmed up the solver, or has failed to. */
  async warmUp(): Promise<void> {
    this.ensureWorker();
    if (!this.isReady) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  /** Solves a batch before `deadlineMs` (on the clock of `performance.now`) or rejects with `SolverUnavailable`. */
  solve(requests: SolveRequest[], deadlineMs: number): Promise<SolveAnswer[]> {
    if (this.closed) return Promise.reject(new SolverUnavailable('solver-failed'));
    return new Promise((resolve, reject) => {
      const id = (this.lastId += 1);
      const timer = setTimeout(() => this.giveUp(id), Math.max(0, deadlineMs - performance.now()));
      this.queue.push({ id, requests, deadlineMs, timer, resolve, reject });
      this.pump();
    });
  }

  /** Ends the thread; batches not yet answered are rejected. */
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
    if (!job) {
      this.worker?.unref();
      return;
    }
    this.current = job;
    const worker = this.ensureWorker();
    worker.ref();
    const timeLimitMs = SOLVER_SHARE * Math.max(0, job.deadlineMs - performance.now());
    worker.postMessage({ id: job.id, requests: job.requests, timeLimitMs });
  }

  private ensureWorker(): Worker {
    if (this.worker) return this.worker;
    const worker = this.startWorker();
    worker.on('message', (message: Message) => this.hear(worker, message));
    worker.on('error', () => this.lose(worker));
    worker.on('exit', () => this.lose(worker));
    this.worker = worker;
    return worker;
  }

  private hear(worker: Worker, message: Message): void {
    if (worker !== this.worker) return;
    if ('ready' in message) {
      this.isReady = true;
      this.wake();
      return;
    }
    const job = this.current;
    if (job?.id !== message.id) return;
    clearTimeout(job.timer);
    this.current = null;
    job.resolve(message.answers);
    this.pump();
  }

  /** The thread died on its own: the batch at work is its likely cause and is not tried again. */
  private lose(worker: Worker): void {
    if (worker !== this.worker) return;
    const wasReady = this.isReady;
    void this.dropWorker();
    this.wake();
    if (this.current) this.refuse(this.current, 'solver-failed');
    this.current = null;
    if (wasReady && !this.closed) this.ensureWorker();
    this.pump();
  }

  private giveUp(id: number): void {
    if (this.current?.id !== id) {
      const job = this.queue.find((waiting) => waiting.id === id);
      this.queue = this.queue.filter((waiting) => waiting.id !== id);
      if (job) this.refuse(job, 'solver-late');
      return;
    }
    this.refuse(this.current, 'solver-late');
    this.current = null;
    void this.dropWorker();
    this.ensureWorker();
    this.pump();
  }

  private refuse(job: Job, code: SolverUnavailable['code']): void {
    clearTimeout(job.timer);
    job.reject(new SolverUnavailable(code));
  }

  private wake(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  private async dropWorker(): Promise<void> {
    const worker = this.worker;
    this.worker = null;
    this.isReady = false;
    await worker?.terminate();
  }
}
