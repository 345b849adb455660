import { Inject, Injectable, Logger } from '@nestjs/common';
import { EVERYONE, systemActor } from '../../access/index.js';
import { CONFIG, type Config } from '../../config.js';
import { Database, inSnapshot, inTransaction, read, type Tx } from '../../database/index.js';
import { firstLineAt, JournalFeed, lineHashes, newestLine, recordChange } from '../../journal/index.js';
import { JobQueue } from '../../queue/index.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { AnchorKey, type SigningKey } from './anchor-key.js';
import type { AnchorDto, AnchorsDto, AnchorsQuery, AnchorStateDto, HeldAnchorDto } from './anchors.dto.js';
import * as rules from './anchors.rules.js';
import * as store from './anchors.store.js';

const JOB = 'record.anchor';
const HURRY = 'record.anchor-soon';
/** From the first change of a day to its anchor: what is being written then has its number by then. */
const HURRY_MS = 5000;
const ACTOR = systemActor(JOB);
const EXPORT_BATCH = 1000;

/** The signed daily anchors: each names the newest line of a moment, so that a record written anew can be told from the one that was. */
@Injectable()
export class AnchorService {
  private readonly log = new Logger('anchors');
  /** The day for which this process has rung. */
  private rungFor = '';

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly key: AnchorKey,
    queue: JobQueue,
    feed: JournalFeed,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    if (config.drill) return;
    queue.every(JOB, rules.LOOK_MS, async () => void (await this.signIfDue()));
    queue.handle(HURRY, async () => void (await this.signIfDue()));
    feed.follow(() => {
      const day = rules.chinaDay(this.clock.now());
      if (this.rungFor === day) return;
      this.rungFor = day;
      void queue.enqueue(HURRY, {}, { jobId: `${HURRY}-${day}`, delayMs: HURRY_MS });
    });
  }

  /**
   * Signs the anchor of this China day, unless it is there, nothing was recorded yet, or this is a drill; answers the one that was made. Right
   * if run twice, late, or by several processes at once: days that nobody could sign stay without, and the next anchor says how many.
   */
  async signIfDue(): Promise<AnchorDto | null> {
    const now = this.clock.now();
    if (this.config.drill) return null;
    const isDue = await read(
      this.db,
      async (tx) => rules.isDue(await store.lastAnchor(tx), now) && (await newestLine(tx)) !== undefined,
    );
    if (!isDue) return null;
    const key = await this.key.load();
    return inTransaction(this.db, (tx) => this.sign(tx, key, now));
  }

  /** Newest first, each held against the one before it and the table of now. */
  async anchors({ before, limit }: AnchorsQuery): Promise<AnchorsDto> {
    return inSnapshot(this.db, async (tx) => {
      const rows = await store.anchorsBefore(tx, before ?? null, limit + 1); // one more: the one before the oldest of the page
      const hashes = await lineHashes(tx, rows.map(({ seq }) => seq)); // prettier-ignore
      const items = rows.slice(0, limit).map((row, n) => toHeldDto(row, rows[n + 1] ?? null, hashes.get(row.seq)));
      return {
        items,
        nextBefore: rows.length > limit ? items.at(-1)!.number : null,
        ...(await this.stateIn(tx)),
      };
    });
  }

  /** Whether the anchor of the day is there, and when the next one is expected. */
  async state(): Promise<AnchorStateDto> {
    return inSnapshot(this.db, (tx) => this.stateIn(tx));
  }

  /** All anchors, oldest first, for a file. */
  async *all(): AsyncGenerator<AnchorDto> {
    for (let after = 0; ;) {
      const rows = await read(this.db, (tx) => store.anchorsAfter(tx, after, EXPORT_BATCH));
      yield* rows.map(toDto);
      if (rows.length < EXPORT_BATCH) return;
      after = rows.at(-1)!.number;
    }
  }

  private async sign(tx: Tx, { privateKey, publicKey }: SigningKey, now: Date): Promise<AnchorDto | null> {
    const last = await store.lastAnchor(tx); // before the line: lines only go on
    const line = await newestLine(tx);
    const facts = line && rules.nextAnchor(last, line, { now, publicKey });
    if (!facts) return null;
    if (last) await this.warnOf(tx, last, publicKey);
    const row = { id: newId(), ...rules.signAnchor(facts, privateKey) };
    if (!(await store.insertAnchor(tx, row))) return null;
    const data = toDto(row);
    const told = { kind: 'anchor.signed', subject: 'record-anchor', id: row.id, version: 1, scope: [EVERYONE] };
    await recordChange(tx, { ...told, data, actor: ACTOR });
    return data;
  }

  /** A broken record is signed on: the anchors before tell what was, and each day what is. But nobody shall have to find it on a page. */
  private async warnOf(tx: Tx, last: rules.Anchor, publicKey: string): Promise<void> {
    const hash = (await lineHashes(tx, [last.seq])).get(last.seq);
    if (hash !== last.hash)
      this.log.error(`line ${last.seq} of the record is not the one that anchor ${last.number} was signed for`);
    if (publicKey !== last.publicKey) this.log.warn(`anchors are signed with another key from ${last.number + 1} on`);
  }

  private async stateIn(tx: Tx): Promise<AnchorStateDto> {
    const last = await store.lastAnchor(tx);
    const newestAt = last?.signedAt.toISOString() ?? null;
    if (this.config.drill) return { state: 'off', newestAt, expectedBy: null };
    const found = rules.anchorState(last, { firstLineAt: await firstLineAt(tx), now: this.clock.now() });
    return { state: found.state, newestAt, expectedBy: found.expectedBy?.toISOString() ?? null };
  }
}

const toDto = ({ signedAt, ...row }: store.AnchorRow): AnchorDto => ({
  ...row,
  signedAt: signedAt.toISOString(),
  keyId: rules.keyIdOf(row.publicKey),
});

function toHeldDto(row: store.AnchorRow, before: store.AnchorRow | null, lineHash: string | undefined): HeldAnchorDto {
  const fault = rules.anchorFault(before, row, lineHash);
  return { ...toDto(row), holds: fault === null, fault, newKey: before !== null && before.publicKey !== row.publicKey };
}
