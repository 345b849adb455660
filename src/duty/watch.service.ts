import { Injectable, Logger } from '@nestjs/common';
import { Database, inTransaction, read, type Tx } from '../database/index.js';
import { JobQueue } from '../queue/index.js';
import { Clock } from '../shared/clock.js';
import { closeCause, noteCause } from './notice.service.js';
import { openSubjects } from './notice.store.js';
import { GAP_AHEAD_MS, gapsOfDesk, ROSTER_LIVES_MS } from './roster.rules.js';
import { lockRoster, shiftsOf, societiesWithRoster } from './roster.store.js';

const JOB = 'duty.watch';
const TICK_MS = 60_000;

/** Looks ahead over every roster that is kept and says where nobody will sit at the desk. */
@Injectable()
export class RosterWatchService {
  private readonly log = new Logger('duty');

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    queue: JobQueue,
  ) {
    queue.every(JOB, TICK_MS, async () => void (await this.lookAhead()));
  }

  /**
   * Opens, corrects and closes the notices of gaps in the next 72 hours, one transaction a society. Right if run twice, late, or by several
   * processes at once: it looks under the lock of the roster. Answers how many notices were told.
   */
  async lookAhead(): Promise<number> {
    const now = this.clock.now();
    const { kept, open } = await read(this.db, async (tx) => ({
      kept: await societiesWithRoster(tx, new Date(now.getTime() - ROSTER_LIVES_MS)),
      open: await openSubjects(tx, 'roster-gap'),
    }));
    let told = 0;
    for (const society of kept) if (await this.safely(society.id, (tx) => this.look(tx, society, now))) told++;
    const given = open.filter((id) => !kept.some((society) => society.id === id)); // no roster any more
    for (const id of given)
      if (await this.safely(id, (tx) => closeCause(tx, { kind: 'roster-gap', subjectId: id, now }))) told++;
    return told;
  }

  private async look(tx: Tx, society: { id: string; path: string }, now: Date): Promise<boolean> {
    await lockRoster(tx, society.id);
    const span = { from: now, to: new Date(now.getTime() + GAP_AHEAD_MS) };
    const shifts = (await shiftsOf(tx, society.id, span)).filter(({ able }) => able);
    // A gap that has begun keeps its beginning while it lasts: its figures would change with every look.
    const gaps = gapsOfDesk(shifts, span).filter(({ role }) => role === 'dutyOfficer');
    const first = gaps[0];
    if (!first) return closeCause(tx, { kind: 'roster-gap', subjectId: society.id, now });
    const from = Date.parse(first.from) <= now.getTime() ? 'now' : first.from;
    const to = Date.parse(first.to) >= span.to.getTime() ? 'open' : first.to;
    const figures = { gaps: gaps.length, from, to };
    return noteCause(tx, { kind: 'roster-gap', society, subjectId: society.id, figures, now });
  }

  private async safely(societyId: string, body: (tx: Tx) => Promise<boolean>): Promise<boolean> {
    try {
      return await inTransaction(this.db, body);
    } catch (error) {
      // One roster that cannot be looked at must not hide the others; the next round tries it again.
      this.log.error(`roster of society ${societyId} was not looked at: ${String(error)}`);
      return false;
    }
  }
}
