import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { type Actor, systemActor } from '../access/index.js';
import { Database, inTransaction, read } from '../database/index.js';
import { JournalFeed, type RecordedActor, type SealedChange } from '../journal/index.js';
import { JobQueue } from '../queue/index.js';
import { Clock } from '../shared/clock.js';
import { DrillMaker } from './drill-maker.js';
import { RENEW_MS, rescueOf } from './drill.rules.js';
import * as store from './drill.store.js';
import { type DrillWorld, DrillWorlds } from './drill-worlds.js';
import { DRILL_LIMITS, type DrillDto, type ScoreDto } from './drills.dto.js';
import { tell } from './telling.js';

const KEEP_MS = 10_000;
/** How long the schema of an ended drill is kept, to look at. */
const KEPT_MS = 30 * 86_400_000;

/**
 * Keeps the worlds of running drills open in every process: told by the journal, at the start, and every few seconds; its tick makes again what a
 * killed process began and drops what is long over.
 */
@Injectable()
export class DrillHost implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('drills');
  private readonly making = new Map<number, Promise<DrillDto>>();
  /** What runs, as far as this process knows: what comes to an address of a drill asks no database, for nobody has shown a session yet. */
  private running = new Map<number, store.DrillRow>();
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly worlds: DrillWorlds,
    private readonly maker: DrillMaker,
    feed: JournalFeed,
    queue: JobQueue,
  ) {
    queue.every('drills.keep', KEEP_MS, () => this.keep());
    feed.follow((changes) => changes.forEach((change) => this.heed(change)));
  }

  /** Open drills go on where they were; the start of this process does not wait for them. */
  async onApplicationBootstrap(): Promise<void> {
    this.timer = setInterval(() => this.inBackground(this.refresh()), KEEP_MS);
    await this.refresh();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await Promise.allSettled(this.making.values());
  }

  /** The open world of a running drill. */
  world(drill: Pick<store.DrillRow, 'number' | 'listed'>): Promise<DrillWorld> {
    return this.worlds.get(drill.number) ?? this.worlds.open(this.maker.settingsOf(drill));
  }

  /** The world of a number in an address; undefined when no such drill runs. */
  async worldOf(number: number): Promise<DrillWorld | undefined> {
    const drill = this.running.get(number);
    return this.worlds.get(number) ?? (drill && this.world(drill));
  }

  /** What runs is known and open in this process, and nothing else is, but what is being made. */
  async refresh(): Promise<void> {
    // Before the look: what is made meanwhile runs when it is looked at again.
    const open = this.worlds.numbers().filter((number) => !this.making.has(number));
    const running = await read(this.db, (tx) => store.drillsIn(tx, 'running'));
    this.running = new Map(running.map((drill) => [drill.number, drill]));
    for (const drill of running) this.inBackground(this.world(drill));
    for (const number of open) if (!this.running.has(number)) this.inBackground(this.stop(number));
  }

  /** Makes the world of a drill and says that it runs. Who asks twice waits for the same. */
  prepare(drill: store.DrillRow, actor: RecordedActor): Promise<DrillDto> {
    const held = this.making.get(drill.number);
    if (held) return held;
    const making = this.make(drill, actor).finally(() => this.making.delete(drill.number));
    this.making.set(drill.number, making);
    return making;
  }

  private async make(drill: store.DrillRow, actor: RecordedActor): Promise<DrillDto> {
    const renew = () => inTransaction(this.db, (tx) => store.renewPreparing(tx, drill, this.clock.now()));
    const renewing = setInterval(() => this.inBackground(renew()), RENEW_MS);
    try {
      await this.maker.make(drill);
      await this.world(drill);
      const begun = await this.begin(drill, actor);
      if (begun) return begun;
    } finally {
      clearInterval(renewing);
    }
    const row = (await read(this.db, (tx) => store.findDrill(tx, drill.id)))!;
    await (row.state === 'ended' ? this.stop(row.number) : this.worlds.close(row.number));
    return store.toDrillDto(row);
  }

  /** Says that it runs; undefined when it was ended meanwhile, or somebody else took its maker for lost. */
  private async begin(drill: store.DrillRow, actor: RecordedActor): Promise<DrillDto | undefined> {
    return inTransaction(this.db, async (tx) => {
      const row = (await store.lockDrill(tx, drill.id))!;
      if (row.state !== 'preparing' || row.attempts !== drill.attempts) return undefined;
      const next: store.DrillRow = { ...row, state: 'running', preparingSince: null, startedAt: this.clock.now(), version: row.version + 1 }; // prettier-ignore
      await store.saveDrill(tx, next);
      return tell(tx, actor, next, 'drill.started');
    });
  }

  /** Makes again what has lost its maker, or gives it up. Decided under the lock: he may be back, or another may have it. */
  private async rescue(id: string): Promise<void> {
    const actor = systemActor('drills.keep');
    const again = await inTransaction(this.db, async (tx) => {
      const [row, now] = [(await store.lockDrill(tx, id))!, this.clock.now()];
      const fate = rescueOf(row, now);
      if (fate === 'leave') return undefined;
      const next: store.DrillRow = fate === 'again'
        ? { ...row, preparingSince: now, attempts: row.attempts + 1 }
        : { ...row, state: 'ended', preparingSince: null, endedAt: now, refusal: 'not-made', version: row.version + 1 }; // prettier-ignore
      await store.saveDrill(tx, next);
      if (fate === 'again') return next;
      await tell(tx, actor, next, 'drill.ended');
      return undefined;
    });
    if (again) await this.prepare(again, actor);
  }

  /** What a drill ends with; null when its world does not open: it must be possible to end it all the same. */
  async lastScore(drill: store.DrillRow): Promise<ScoreDto | null> {
    if (drill.state !== 'running') return null;
    const world = await this.world(drill).catch((error: unknown) => this.log.warn(`ended without a score: ${String(error)}`)); // prettier-ignore
    return world ? world.director.score() : null;
  }

  async admit(drill: store.DrillRow, actor: Actor, from: { ip: string; userAgent: string }) {
    const { director } = await this.world(drill);
    // `lastsMs` by the clock of the drill, which may run this much faster than the session's own.
    const realLastsMs = actor.sessionEndsAt.getTime() - this.clock.now().getTime();
    return director.admit(actor.userId, {
      id: actor.sessionId,
      lastsMs: realLastsMs * DRILL_LIMITS.speed,
      realLastsMs,
      ...from,
    });
  }

  /** Nothing of an ended drill is answered or rings any more. */
  async stop(number: number): Promise<void> {
    this.running.delete(number);
    const world = await this.worlds.take(number);
    try {
      await world?.director.forget();
    } finally {
      await world?.close();
    }
  }

  /** The tick of all processes together: what a killed process began is made, what is long over goes. */
  async keep(): Promise<void> {
    const now = this.clock.now();
    const [preparing, forgotten] = await read(this.db, async (tx) => [
      await store.drillsIn(tx, 'preparing'),
      await store.forgottenDrills(tx, new Date(now.getTime() - KEPT_MS)),
    ] as const); // prettier-ignore
    for (const drill of preparing) {
      if (!this.making.has(drill.number) && rescueOf(drill, now) !== 'leave') this.inBackground(this.rescue(drill.id));
    }
    for (const world of this.worlds.all()) this.inBackground(world.then(({ director }) => director.endOutlived()));
    for (const number of forgotten) {
      await this.maker.drop(number);
      await inTransaction(this.db, (tx) => store.noteDropped(tx, number, now));
    }
  }

  private heed({ kind, subjectId, body }: SealedChange): void {
    if (kind === 'drill.started') this.inBackground(this.refresh());
    if (kind === 'drill.ended') this.inBackground(this.stop(numberIn(body)));
    if (kind === 'session.ended') for (const world of this.worlds.all()) this.inBackground(world.then(({ director }) => director.endSession(subjectId))); // prettier-ignore
  }

  private inBackground(work: Promise<unknown>): void {
    work.catch((error: unknown) => !this.stopped && this.log.warn(String(error)));
  }
}

const numberIn = (body: string): number => (JSON.parse(body) as DrillDto).number;
