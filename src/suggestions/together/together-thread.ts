import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Worker } from 'node:worker_threads';
import type { TeamInstance } from '../planner/teams-search/teams.types.js';
import { requests } from '../../shared/give-way.js';
import { Problem } from '../../shared/problem.js';
import type { TogetherAnswer } from './together.rules.js';

/** The plan known by then is the answer; past the grace the thread is ended. */
const TIME_LIMIT_MS = 5_000;
const GRACE_MS = 5_000;
/** Threads of a process at once: two cores serve everybody else, too. */
const MOST = 2;

/** Teams of all incidents, in a thread of its own that is started for the question and ended with it. */
@Injectable()
export class TogetherThread implements OnApplicationShutdown {
  timeLimitMs = TIME_LIMIT_MS;
  graceMs = GRACE_MS;
  private readonly running = new Set<Worker>();

  /** 503 `busy` while others are planned, and when the thread breaks or says nothing in time. */
  async plan(instance: TeamInstance): Promise<TogetherAnswer> {
    if (this.running.size >= MOST) throw busy();
    const workerData = { instance, timeoutMs: this.timeLimitMs, requests };
    const worker = new Worker(new URL('./together.worker.mjs', import.meta.url), { workerData });
    this.running.add(worker);
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<TogetherAnswer>((resolve, reject) => {
        timer = setTimeout(() => reject(busy()), this.timeLimitMs + this.graceMs);
        worker.once('message', resolve);
        worker.once('error', () => reject(busy()));
        worker.once('exit', () => reject(busy()));
      });
    } finally {
      clearTimeout(timer);
      await worker.terminate();
      this.running.delete(worker);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.running].map((worker) => worker.terminate()));
  }
}

const busy = () => new Problem('busy', {}, { retryAfterS: 5 });
