import { Worker } from 'node:worker_threads';
import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { CONFIG, type Config } from '../../config.js';
import { Problem } from '../../shared/problem.js';
import { markDrill } from './drill-mark.rules.js';
import type { Drawing } from './paper.types.js';
import { drillMark } from './words.js';

const LONGEST_MS = 30_000;
const MOST_WAITING = 20;

interface Job {
  id: number;
  drawing: Drawing & { madeAt: number };
  resolve(bytes: Buffer): void;
  reject(error: unknown): void;
  timer?: NodeJS.Timeout;
}

/**
 * Makes PDFs in a thread of their own, one after another, so that printing never holds up an alert. The thread starts with the first
 * print. 503 `busy` when too many wait, or one takes too long: then the thread is ended and the next print starts another.
 */
@Injectable()
export class PdfPrinter implements OnModuleDestroy {
  private readonly log = new Logger('paper');
  private worker: Worker | null = null;
  private current: Job | null = null;
  private readonly waiting: Job[] = [];
  private lastId = 0;
  private readonly mark: string | null;

  constructor(@Inject(CONFIG) config: Config) {
    this.mark = drillMark(config);
  }

  /** Every paper of a drill is marked here, whatever it is; `mark`: of one that reality makes about a drill. */
  print(drawing: Drawing, madeAt: Date, mark = this.mark): Promise<Buffer> {
    if (this.waiting.length >= MOST_WAITING) throw new Problem('busy', {}, { retryAfterS: 5 });
    return new Promise((resolve, reject) => {
      const id = (this.lastId += 1);
      const drawn = mark ? markDrill(drawing, mark) : drawing;
      this.waiting.push({ id, drawing: { ...drawn, madeAt: madeAt.getTime() }, resolve, reject });
      this.next();
    });
  }

  async onModuleDestroy(): Promise<void> {
    for (const job of [this.current, ...this.waiting.splice(0)])
      job?.reject(new Problem('busy', {}, { retryAfterS: 5 }));
    await this.end();
  }

  private next(): void {
    if (this.current) return;
    const job = this.waiting.shift();
    if (!job) return void this.worker?.unref();
    this.current = job;
    job.timer = setTimeout(() => void this.fail(new Problem('busy', {}, { retryAfterS: 5 })), LONGEST_MS);
    const worker = (this.worker ??= this.start());
    worker.ref();
    worker.postMessage({ id: job.id, drawing: job.drawing });
  }

  private start(): Worker {
    const worker = new Worker(new URL('./pdf.worker.mjs', import.meta.url));
    worker.on('message', (message: { id: number; bytes?: Uint8Array; error?: string }) => this.hear(message));
    worker.on('error', (error) => {
      if (worker === this.worker) void this.fail(error);
    });
    return worker;
  }

  private hear({ id, bytes, error }: { id: number; bytes?: Uint8Array; error?: string }): void {
    const job = this.current;
    if (job?.id !== id) return;
    clearTimeout(job.timer);
    this.current = null;
    if (bytes) job.resolve(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    else job.reject(new Error(`a PDF could not be drawn: ${error}`));
    this.next();
  }

  /** The thread is lost or late: its print fails, the next one starts a new thread. */
  private async fail(error: unknown): Promise<void> {
    const job = this.current;
    if (job) this.log.error(`print ${job.id} failed: ${String(error)}`);
    await this.end();
    job?.reject(error);
    this.next();
  }

  private async end(): Promise<void> {
    const worker = this.worker;
    clearTimeout(this.current?.timer);
    this.worker = null;
    this.current = null;
    await worker?.terminate();
  }
}
