import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Database, inTransaction } from '../database/index.js';
import { Clock } from '../shared/clock.js';
import { saveSeen } from './screen.store.js';

const WRITE_MS = 10_000;

/** When each screen last asked. Kept in the process and written together every ten seconds: a read changes nothing itself. */
@Injectable()
export class Sightings implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('screens');
  private readonly seen = new Map<string, Date>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.write().catch((error: unknown) => this.log.warn(String(error))), WRITE_MS);
    this.timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.write().catch(() => undefined); // the next start sees them again
  }

  note(id: string): void {
    this.seen.set(id, this.clock.now());
  }

  async write(): Promise<void> {
    const seen = [...this.seen].map(([id, at]) => ({ id, at }));
    if (seen.length === 0) return;
    this.seen.clear();
    await inTransaction(this.db, (tx) => saveSeen(tx, seen));
  }
}
