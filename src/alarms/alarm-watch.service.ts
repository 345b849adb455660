import { Inject, Injectable } from '@nestjs/common';
import { systemActor } from '../access/index.js';
import { CONFIG, type Config } from '../config.js';
import { Database, inTransaction, type Tx } from '../database/index.js';
import { JobQueue } from '../queue/index.js';
import { Clock } from '../shared/clock.js';
import * as rules from './alarm.rules.js';
import { severityNow } from './alarms.service.js';
import * as store from './alarms.store.js';
import { keep } from './keep.service.js';

const JOB = 'alarms.watch';
const ACTOR = systemActor(JOB);
const TICK_MS = 5_000;
const MOST_AT_ONCE = 200;

/** The clock of alarms: it passes on what nobody answers (C-20), ends what was put aside, and lets go of what no console shows. */
@Injectable()
export class AlarmWatchService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
    queue: JobQueue,
  ) {
    queue.every(JOB, TICK_MS, async () => void (await this.look()));
  }

  /** Right if run twice, late, or by several processes at once: a row that another one looks at is left to it. Answers how many were told. */
  async look(): Promise<number> {
    const now = this.clock.now();
    return inTransaction(this.db, async (tx) => {
      const lostBefore = new Date(now.getTime() - rules.LOST_MS);
      const due = await store.lockDue(tx, { now, lostBefore, limit: MOST_AT_ONCE });
      let told = 0;
      for (const alarm of due) if (await this.lookAt(tx, alarm, now)) told++;
      return told;
    });
  }

  private async lookAt(tx: Tx, alarm: rules.Alarm, now: Date): Promise<boolean> {
    const hopAt = new Date(now.getTime() + this.config.ALARM_HOP_S * 1000);
    if (now.getTime() - alarm.seenAt.getTime() > rules.LOST_MS) {
      await keep(tx, rules.clear(alarm, { now, lost: true }), { kind: 'alarm.lost', actor: ACTOR });
      return true;
    }
    if (alarm.snoozedUntil && alarm.snoozedUntil <= now) {
      await keep(tx, rules.wake(alarm, hopAt), { kind: 'alarm.snooze-ended', actor: ACTOR });
      return true;
    }
    const reason = rules.reasonToHop(alarm, { severity: await severityNow(tx, alarm), now });
    const above = alarm.scope.length - 1;
    if (reason === null || alarm.level >= above) {
      await store.saveAlarm(tx, { ...alarm, hopAt: reason === null ? hopAt : null });
      return false;
    }
    await keep(tx, rules.hop(alarm, { above, hopAt }), { kind: `alarm.passed-on-${reason}`, actor: ACTOR });
    return true;
  }
}
