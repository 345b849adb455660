import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock.js';
import { DatabaseClock } from './database-clock.js';
import { Database, read } from './database.js';
import { followedOffsetMs } from './following-clock.rules.js';

const LOOK_MS = 1000;

/**
 * The time of the database in every process, without asking for it at each command: deadlines that one process sets and another one keeps
 * are never out by what the clocks of two machines differ, and moving the clock of a machine moves nothing.
 */
@Injectable()
export class FollowingClock extends Clock implements BeforeApplicationShutdown {
  private offsetMs = 0;
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;

  private constructor(
    private readonly db: Database,
    private readonly clock: DatabaseClock,
  ) {
    super();
  }

  /** A clock that has looked once and goes on looking. */
  static async start(db: Database, clock: DatabaseClock): Promise<FollowingClock> {
    const following = new FollowingClock(db, clock);
    following.offsetMs = followedOffsetMs(null, await following.look());
    following.timer = setInterval(() => (following.looking ??= following.follow()), LOOK_MS);
    return following;
  }

  override now(): Date {
    return new Date(performance.now() + this.offsetMs);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.looking;
  }

  /** While the database cannot be asked, the steady counter goes on by itself. */
  private async follow(): Promise<void> {
    try {
      this.offsetMs = followedOffsetMs(this.offsetMs, await this.look());
    } catch {
      // The next look will do.
    } finally {
      this.looking = undefined;
    }
  }

  private async look() {
    const askedMs = performance.now();
    const databaseMs = (await read(this.db, (tx) => this.clock.now(tx))).getTime();
    return { askedMs, answeredMs: performance.now(), databaseMs };
  }
}
