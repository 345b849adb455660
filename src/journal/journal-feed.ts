import { EventEmitter } from 'node:events';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Database, DatabaseServer, Listener, read } from '../database/index.js';
import { changesAfter, headSeq, JOURNAL_HINT, seal, type FedChange } from './journal.store.js';

const TICK_MS = 200;
const BATCH = 1000;

/**
 * Numbers committed changes and hands them, in order, to the followers in this process. Woken by a commit here, by NOTIFY from
 * another process, and by a tick as the safety net; PostgreSQL is the bus between processes.
 */
@Injectable()
export class JournalFeed implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('journal');
  private readonly followers = new EventEmitter();
  private position = 0;
  private timer: NodeJS.Timeout | undefined;
  private readonly listener: Listener;
  private working: Promise<void> | undefined;
  private again = false;
  /** The last round left changes for the next one. */
  private behind = false;
  private stopped = false;

  constructor(
    private readonly db: Database,
    server: DatabaseServer,
  ) {
    this.listener = new Listener(server.url, 'journal', () => this.wake());
    this.followers.setMaxListeners(100);
  }

  /** The number up to which this process has handed changes on. */
  get seq(): number {
    return this.position;
  }

  async onApplicationBootstrap(): Promise<void> {
    this.position = await read(this.db, headSeq);
    this.db.hints.on(JOURNAL_HINT, () => this.wake());
    await this.listener.start();
    this.timer = setInterval(() => this.wake(), TICK_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.working;
    await this.listener.stop();
  }

  /** Called with each batch of sealed changes, oldest first. A follower that throws is logged and never stops the others. */
  follow(follower: (changes: FedChange[]) => void): () => void {
    this.followers.on('changes', follower);
    return () => this.followers.off('changes', follower);
  }

  /** Asks for a round soon; calls during a round make one more. */
  wake(): void {
    if (this.stopped) return;
    if (this.working) {
      this.again = true;
      return;
    }
    this.working = this.round().finally(() => {
      this.working = undefined;
      if (this.again) {
        this.again = false;
        this.wake();
      }
    });
  }

  /** Ends once everything that had committed when it was called is handed on here, or the database fails. */
  async caughtUp(): Promise<void> {
    await this.working; // a round that has begun may have looked before the commit
    do {
      this.wake();
      await this.working;
    } while (this.behind && !this.stopped);
  }

  private async round(): Promise<void> {
    try {
      const sealed = await read(this.db, (tx) => seal(tx, BATCH));
      const changes = await read(this.db, (tx) => changesAfter(tx, this.position, BATCH));
      if (changes.length > 0) {
        this.position = changes.at(-1)!.seq;
        this.handOn(changes);
      }
      this.behind = changes.length === BATCH || (sealed !== null && sealed > this.position);
      if (this.behind) this.again = true;
    } catch (error) {
      this.behind = false;
      if (!this.stopped) this.log.warn(`journal round failed, the next tick tries again: ${String(error)}`);
    }
  }

  private handOn(changes: FedChange[]): void {
    for (const follower of this.followers.listeners('changes')) {
      try {
        (follower as (changes: FedChange[]) => void)(changes);
      } catch (error) {
        this.log.error(`a follower of the journal failed: ${String(error)}`);
      }
    }
  }
}
