import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { Problem } from '../../../shared/problem.js';
import { ROTATION_LIMITS } from './rotation.dto.js';
import type { RotationPlan, RotationProblem } from './rotation.types.js';
import type { RotationFault } from './verify-rotation.rules.js';

export interface Checked {
  plan: RotationPlan;
  faults: RotationFault[];
}

/** Past this its thread is ended and who asked is told to ask again. */
const TIME_LIMIT_MS = 60_000;
/** Answers that are kept, by what they were made from: several consoles look at one page. */
const KEPT = 8;
const BUSY = { retryAfterS: 10 };

/** Plans a rotation and checks it in a thread of its own, one after the other, so that requests are answered meanwhile. */
@Injectable()
export class RotationThread implements OnApplicationShutdown {
  timeLimitMs = TIME_LIMIT_MS;
  private readonly kept = new Map<string, Promise<Checked>>();
  private last: Promise<unknown> = Promise.resolve();
  private running: Worker | null = null;
  private waiting = 0;
  private closed = false;

  /** 503 `busy` when it takes too long or its thread breaks, or when too many others wait. The same problem asked again is answered from memory. */
  plan(problem: RotationProblem): Promise<Checked> {
    const key = createHash('sha256').update(JSON.stringify(problem)).digest('base64');
    const known = this.kept.get(key);
    if (known) return known;
    if (this.waiting >= ROTATION_LIMITS.waiting) return Promise.reject(new Problem('busy', {}, BUSY));
    this.waiting += 1;
    const answer = this.last.then(() => this.run(problem)).finally(() => (this.waiting -= 1));
    this.last = answer.catch(() => undefined);
    this.kept.set(key, answer);
    answer.catch(() => this.kept.delete(key));
    const [oldest] = this.kept.keys();
    if (this.kept.size > KEPT) this.kept.delete(oldest!);
    return answer;
  }

  private run(problem: RotationProblem): Promise<Checked> {
    if (this.closed) return Promise.reject(new Problem('busy', {}, BUSY));
    const worker = new Worker(new URL('./rotation.worker.mjs', import.meta.url), { workerData: { problem } });
    this.running = worker;
    return new Promise<Checked>((resolve, reject) => {
      const broken = () => reject(new Problem('busy', {}, BUSY));
      const timer = setTimeout(broken, this.timeLimitMs);
      worker.once('message', resolve);
      worker.once('error', broken);
      worker.once('exit', broken);
      worker.once('exit', () => clearTimeout(timer));
    }).finally(() => worker.terminate());
  }

  async onApplicationShutdown(): Promise<void> {
    this.closed = true;
    await this.running?.terminate();
  }
}
