import { Inject, Injectable } from '@nestjs/common';
import { AccessService, EVERYONE, systemActor } from '../access/index.js';
import type { SessionDto } from '../access/access.dto.js';
import { CONFIG, type Config } from '../config.js';
import {
  clockFace,
  Database,
  DrillClock,
  inSnapshot,
  inTransaction,
  read,
  setClockFace,
  type Tx,
} from '../database/index.js';
import { reportClocks, type ReportClock } from '../incidents/index.js';
import { JournalFeed, recordChange } from '../journal/index.js';
import { JobQueue } from '../queue/index.js';
import { Clock } from '../shared/clock.js';
import { idFrom } from '../shared/ids.js';
import { Problem } from '../shared/problem.js';
import { injectDue } from './drill.rules.js';
import { DRILL_LIMITS, type DrillNowDto, type InjectCall, type InjectDto, type ScoreDto } from './drills.dto.js';
import { FIRST_ALERT_S, type ScoreFact, scoreOf } from './score.rules.js';
import { allInjects, enteredInject, enterInject, holdInjects, reportingRows, scoreFacts, toInjectDto } from './world.store.js'; // prettier-ignore

const CLOCK = 'drill-clock';
/** Which clock of reporting is which of the score; follow-ups are the day's work and not scored. */
const REPORTS: Partial<Record<ReportClock['code'], ScoreFact['code']>> = { phone: 'report-phone', first: 'report-first' }; // prettier-ignore

/** What the real application may ask of a drill, and the only hands that reach into it. It has no route: nobody calls it from outside. */
@Injectable()
export class DirectorService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly access: AccessService,
    private readonly queue: JobQueue,
    @Inject(CONFIG) private readonly config: Config,
    feed: JournalFeed,
  ) {
    feed.follow((changes) => {
      if (changes.some(({ subject }) => subject === CLOCK)) void this.readClock();
    });
  }

  /** Lets somebody in who has shown a real session. */
  admit(
    userId: string,
    session: { id: string; lastsMs: number; realLastsMs: number; ip: string; userAgent: string },
  ): Promise<SessionDto> {
    return this.access.admit(userId, session);
  }

  /** Shows somebody out whose real session has ended. */
  endSession(id: string): Promise<void> {
    return this.access.endSession(id, systemActor('drills.leave'));
  }

  /** Shows out whose real sessions have run out. */
  endOutlived(): Promise<void> {
    return this.access.endOutlived(systemActor('drills.leave'));
  }

  /** Sets the speed: so many seconds pass in one; 0: the clock stands. Everybody in the drill is told. */
  async setSpeed(speed: number, by: string): Promise<void> {
    const face = await inTransaction(this.db, async (tx) => {
      const next = await setClockFace(tx, speed);
      await recordChange(tx, {
        kind: `${CLOCK}.set`, subject: CLOCK, id: idFrom(CLOCK, String(this.config.drill!.number)), version: next.version, scope: [EVERYONE],
        data: { at: next.drillAt.toISOString(), speed }, actor: { userId: null, name: by },
      }); // prettier-ignore
      return next;
    });
    if (this.clock instanceof DrillClock) this.clock.set(face);
  }

  /**
   * An inject by hand, played as those of the script are: once, in the order of their moments. Nothing is told before it happens: players read the
   * record. 409 `idempotency.mismatch` for another call under the same id; 422 `drill.inject-out-of-range`, `drill.too-long`.
   */
  async enterInject(input: { id: string; at: Date | null; call: InjectCall }, by: string): Promise<InjectDto> {
    const { id, at, call } = input;
    return inTransaction(this.db, async (tx) => {
      const injects = await holdInjects(tx);
      const held = await enteredInject(tx, { id, call });
      if (held && !held.same) throw new Problem('idempotency.mismatch', { key: id });
      if (held) {
        const { same: _, ...row } = held;
        return toInjectDto(row);
      }
      if (injects >= DRILL_LIMITS.injects) throw new Problem('drill.too-long', { injects: injects + 1, most: DRILL_LIMITS.injects }); // prettier-ignore
      const dueAt = injectDue(at, this.clock.now());
      return toInjectDto(await enterInject(tx, { id, dueAt, call, enteredBy: by }));
    });
  }

  /** The clock and the script as they stand. */
  async look(): Promise<Pick<DrillNowDto, 'clock' | 'timeline'>> {
    return read(this.db, async (tx) => ({
      clock: { at: this.clock.now().toISOString(), speed: (await clockFace(tx)).speed },
      timeline: (await allInjects(tx)).map(toInjectDto),
    }));
  }

  async score(): Promise<ScoreDto> {
    const facts = await inSnapshot(this.db, async (tx) => [
      ...(await scoreFacts(tx, { firstAlertS: FIRST_ALERT_S, answerS: this.config.ALERT_ANSWER_S })),
      ...(await reportFacts(tx)),
    ]);
    return scoreOf(facts, this.clock.now());
  }

  /** The drill has ended: nothing of it rings any more. */
  forget(): Promise<void> {
    return this.queue.forget();
  }

  private async readClock(): Promise<void> {
    if (this.clock instanceof DrillClock) this.clock.set(await read(this.db, clockFace));
  }
}

/** The clocks of reporting upwards, as the desk shows them. */
async function reportFacts(tx: Tx): Promise<ScoreFact[]> {
  const iso = (at: Date | null) => at?.toISOString() ?? null;
  return (await reportingRows(tx)).flatMap(({ kind, status, reportedAt, anyAt, writtenAt, lastAt, level, who }) => {
    const facts = { kind, status, reportedAt: reportedAt.toISOString(), reporting: { anyAt: iso(anyAt), writtenAt: iso(writtenAt), lastAt: iso(lastAt) } }; // prettier-ignore
    return reportClocks(facts as Parameters<typeof reportClocks>[0], level as Parameters<typeof reportClocks>[1]).flatMap((clock) => {
      const code = REPORTS[clock.code];
      const metAt = clock.metAt ? new Date(clock.metAt) : null;
      return code ? [{ code, who, since: reportedAt, metAt, targetS: clock.afterMin * 60 }] : [];
    }); // prettier-ignore
  });
}
