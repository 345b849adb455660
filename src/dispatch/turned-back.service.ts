import { Inject, Injectable, Logger } from '@nestjs/common';
import { systemActor } from '../access/index.js';
import { clampDeadlines, pullDeadlines } from '../alerts/index.js';
import { CONFIG, type Config } from '../config.js';
import { Database, DatabaseClock, inTransaction, seenClock, saveSeenClock, turnedBackMs } from '../database/index.js';
import { JobQueue } from '../queue/index.js';
import { clampParClocks, pullParClocks } from './accountability/turned-back.service.js';

const JOB = 'dispatch.clock';
const TICK_MS = 1000;
const ACTOR = systemActor(JOB);

/**
 * Deadlines are instants of the clock of the database. When that clock is turned back they would all lie that much further away, and nobody
 * would be called for so long: they are pulled back by the same time. A clock that is turned on looks like a standstill: what was due
 * meanwhile runs once, so people are called early, never late. Who had not followed the clock yet when it was pulled may still write a
 * deadline by the time before: each look brings what lies further away than any step, retry or interval to where it would be now.
 */
@Injectable()
export class TurnedBackService {
  private readonly log = new Logger('clock');

  constructor(
    private readonly db: Database,
    private readonly clock: DatabaseClock,
    @Inject(CONFIG) private readonly config: Config,
    queue: JobQueue,
  ) {
    queue.every(JOB, TICK_MS, async () => void (await this.look()));
  }

  /** Looks at the clock once; answers by how much it was turned back, in milliseconds. Right if run twice, late, or by several processes. */
  async look(): Promise<number> {
    return inTransaction(this.db, async (tx) => {
      const seen = await seenClock(tx);
      const now = await this.clock.now(tx);
      const backMs = seen ? turnedBackMs(seen, now) : 0;
      if (backMs > 0) {
        this.log.error(`the clock of the database was turned back by ${backMs} ms: every deadline is pulled back`);
        await pullParClocks(tx, { backMs, now, actor: ACTOR });
        await pullDeadlines(tx, { backMs, actor: ACTOR });
      }
      await clampParClocks(tx, { now, actor: ACTOR });
      await clampDeadlines(tx, { now, answerS: this.config.ALERT_ANSWER_S, actor: ACTOR });
      await saveSeenClock(tx, now);
      return backMs;
    });
  }
}
