import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Worker } from 'node:worker_threads';
import { requests } from '../../shared/give-way.js';
import type { StructureAdvice, StructureProblem } from './structure.types.js';

/** After this long the search answers with what it has; past the grace its thread is ended. */
const TIME_LIMIT_MS = 120_000;
const GRACE_MS = 60_000;

/** Why there is no answer. */
export type ThreadFailure = 'took-too-long' | 'broke' | 'interrupted';

/** Advice in a thread of its own that is started for it and ended with it: it is asked for a few times a year, and takes long. */
@Injectable()
export class StructureThread implements OnApplicationShutdown {
  timeLimitMs = TIME_LIMIT_MS;
  graceMs = GRACE_MS;
  private readonly running = new Set<Worker>();
  private closed = false;

  /** The advice, or why there is none. Never throws. */
  advise(problem: StructureProblem): Promise<StructureAdvice | ThreadFailure> {
    if (this.closed) return Promise.resolve('interrupted');
    const workerData = { problem, timeLimitMs: this.timeLimitMs, requests };
    const worker = new Worker(new URL('./structure.worker.mjs', import.meta.url), { workerData });
    this.running.add(worker);
    return new Promise<StructureAdvice | ThreadFailure>((resolve) => {
      const timer = setTimeout(() => resolve('took-too-long'), this.timeLimitMs + this.graceMs);
      worker.once('message', resolve);
      worker.once('error', () => resolve('broke'));
      worker.once('exit', () => resolve(this.closed ? 'interrupted' : 'broke'));
      worker.once('exit', () => clearTimeout(timer));
    }).finally(async () => {
      await worker.terminate();
      this.running.delete(worker);
    });
  }

  async onApplicationShutdown(): Promise<void> {
    this.closed = true;
    await Promise.all([...this.running].map((worker) => worker.terminate()));
  }
}
