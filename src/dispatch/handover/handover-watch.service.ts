import { Injectable, Logger } from '@nestjs/common';
import { Database, inTransaction, read, type Tx } from '../../database/index.js';
import { noteCause } from '../../duty/index.js';
import { JobQueue } from '../../queue/index.js';
import { Clock } from '../../shared/clock.js';
import { lateHandovers, lockHandover } from './handover.store.js';
import { societyOf } from './matters.service.js';

const JOB = 'dispatch.handover-watch';
const TICK_MS = 10_000;

/** Says to the duty lead that a desk was not taken over in time. */
@Injectable()
export class HandoverWatchService {
  private readonly log = new Logger('handover');

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    queue: JobQueue,
  ) {
    queue.every(JOB, TICK_MS, async () => void (await this.look()));
  }

  /** One notice for each hand-over that is late, whoever looks and however often. Answers how many were told. */
  async look(): Promise<number> {
    const now = this.clock.now();
    let told = 0;
    for (const id of await read(this.db, (tx) => lateHandovers(tx, now))) {
      try {
        if (await inTransaction(this.db, (tx) => this.note(tx, id, now))) told++;
      } catch (error) {
        // One that cannot be told must not silence the others; the next tick tries it again.
        this.log.error(`hand-over ${id} was not looked at: ${String(error)}`);
      }
    }
    return told;
  }

  /** Looked at again under the lock: it may have been completed meanwhile. */
  private async note(tx: Tx, id: string, now: Date): Promise<boolean> {
    const held = await lockHandover(tx, id);
    if (!held || (held.state !== 'drawn' && held.state !== 'taken') || held.dueAt > now) return false;
    const society = await societyOf(tx, held.societyId);
    const who = held.toName ?? held.expectedName ?? '';
    const figures = { number: held.number, who, from: held.fromName, dueAt: held.dueAt.toISOString() };
    return noteCause(tx, { kind: 'handover-late', society, subjectId: id, figures, now });
  }
}
