import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { Database, inTransaction, read } from '../../database/index.js';
import { JobQueue } from '../../queue/index.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import {
  MOST_NOTICE_ATTEMPTS,
  NOTICE_LEASE_MS,
  noticeRetryMs,
  refilled,
  shareOut,
  TOO_MUCH_PAUSE_MS,
} from './bucket.rules.js';
import * as notices from './notice.store.js';
import { messageOf } from './notice-text.js';
import { RobotCaller } from './robot-caller.service.js';
import * as robots from './robot.store.js';

const JOB = 'alerts.tell-groups';
const TICK_MS = 1000;
/** Robots that one process speaks for at a time. */
const MOST_IN_HAND = 50;

interface Message {
  id: string;
  words: string;
  attempts: number;
}

/**
 * Tells groups what waits for them, apart from the chain of alerts: claim, say, note. A robot that is slow holds up its own notices and nobody
 * else's; one that is lost comes back when its lease is over.
 */
@Injectable()
export class RobotDeliveryService implements BeforeApplicationShutdown {
  private readonly log = new Logger('robots');
  private readonly inHand = new Map<string, Promise<void>>();

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly caller: RobotCaller,
    queue: JobQueue,
  ) {
    queue.every(JOB, TICK_MS, async () => void (await this.startDue()));
  }

  /** Tells what is due and can be told now, and waits until that is noted. */
  async tellDue(): Promise<void> {
    await this.startDue();
    await Promise.all(this.inHand.values());
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.inHand.values());
  }

  /** Begins for each robot that has something to say; waits for none of them. */
  private async startDue(): Promise<void> {
    const asked = { now: this.clock.now(), inHand: [...this.inHand.keys()], limit: MOST_IN_HAND - this.inHand.size };
    if (asked.limit <= 0) return;
    for (const id of await read(this.db, (tx) => notices.robotsDue(tx, asked))) {
      if (this.inHand.has(id)) continue;
      const telling = this.tell(id)
        .catch((error: unknown) => this.log.error(`what a group was told is not noted: ${String(error)}`))
        .finally(() => this.inHand.delete(id));
      this.inHand.set(id, telling);
    }
  }

  private async tell(robotId: string): Promise<void> {
    const claimed = await this.claim(robotId);
    if (!claimed) return;
    for (const [n, message] of claimed.messages.entries()) {
      const verdict = await this.caller.say(claimed.robot, message.words);
      if (!verdict.sent && verdict.tooMuch) {
        const left = claimed.messages.slice(n).map(({ id }) => id);
        return this.waitAgain(robotId, { messageIds: left, failure: verdict.failure });
      }
      await inTransaction(this.db, async (tx) => {
        const now = this.clock.now();
        const failure = verdict.sent ? null : verdict.failure;
        await notices.saveTold(tx, message.id, toldAs(failure, message.attempts, now));
        await robots.noteLast(tx, { id: robotId, at: now, failure });
      });
    }
  }

  /** The provider will hear no more of this robot for now: the allowance is gone, and the rest waits. */
  private async waitAgain(
    robotId: string,
    { messageIds, failure }: { messageIds: string[]; failure: string },
  ): Promise<void> {
    await inTransaction(this.db, async (tx) => {
      const now = this.clock.now();
      await robots.lockRobot(tx, robotId);
      await robots.saveTokens(tx, { id: robotId, tokens: 0, tokensAt: now });
      const dueAt = new Date(now.getTime() + TOO_MUCH_PAUSE_MS);
      await notices.saveBack(tx, messageIds, { now, dueAt, failure });
      await robots.noteLast(tx, { id: robotId, at: now, failure });
    });
  }

  /** What the robot may say now, under a lease; null where there is nothing. */
  private async claim(robotId: string): Promise<{ robot: robots.RobotRow; messages: Message[] } | null> {
    return inTransaction(this.db, async (tx) => {
      const now = this.clock.now();
      const robot = (await robots.lockRobot(tx, robotId))!;
      const due = await notices.dueNotices(tx, robotId, now);
      const silenced = robot.removedAt ? 'removed' : robot.pausedAt ? 'paused' : null;
      const isOver = (row: notices.NoticeRow) => silenced !== null || row.attempts >= MOST_NOTICE_ATTEMPTS;
      const over = due.filter(isOver).map(({ id }) => id);
      if (over.length > 0) await notices.failNotices(tx, over, { now, failure: silenced ?? 'no-result' }); // prettier-ignore
      const bucket = refilled(robot, now);
      const shared = shareOut(
        due.filter((row) => !isOver(row)),
        bucket.tokens,
      );
      if (shared.length === 0) return null;
      await robots.saveTokens(tx, { id: robotId, ...bucket, tokens: bucket.tokens - shared.length });
      const messages: Message[] = [];
      for (const together of shared) {
        const id = newId();
        // The last of them leaves after all before it had their time.
        const dueAt = new Date(now.getTime() + NOTICE_LEASE_MS * shared.length);
        await notices.saveHanded(tx, together.map((row) => row.id), { messageId: id, now, dueAt }); // prettier-ignore
        const attempts = Math.max(...together.map((row) => row.attempts)) + 1;
        messages.push({ id, words: messageOf(together.map(({ words }) => words)), attempts });
      }
      return { robot, messages };
    });
  }
}

/** What becomes of the notices of a message: told, told again later, or given up. */
function toldAs(failure: string | null, attempts: number, now: Date) {
  if (failure === null) return { stage: 'sent' as const, now, dueAt: null, failure };
  const againMs = noticeRetryMs(attempts);
  if (againMs === null) return { stage: 'failed' as const, now, dueAt: null, failure };
  return { stage: 'waiting' as const, now, dueAt: new Date(now.getTime() + againMs), failure };
}
