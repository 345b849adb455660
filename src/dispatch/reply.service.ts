import { Inject, Injectable, Logger } from '@nestjs/common';
import { systemActor } from '../access/index.js';
import {
  answerOf, findAlert, type InboundReply, lockProviderId, type ParsedReply, parseReply, type Place, placeReply, readingOfKey, replyOfProvider, ReplyInbox,
  runsOfNumber, toReading, toReplyDto, waitingDeskKeys, whyOfWords, withoutDrillCode,
} from '../alerts/index.js'; // prettier-ignore
import type { ReplyDto } from '../alerts/replies.dto.js';
import { CONFIG, type Config } from '../config.js';
import { Database, inTransaction, type Tx } from '../database/index.js';
import { JobQueue } from '../queue/index.js';
import { Clock } from '../shared/clock.js';
import { Problem } from '../shared/problem.js';
import { holdAlert } from './answering.service.js';
import { type CheckTaken, takeCheckReply } from './accountability/check-reply.service.js';
import { ReplyWorlds } from './reply-worlds.service.js';
import { aboutRun, deskKeys, keepOfCheck, keepTaken, keepWaiting, newReply } from './replying.service.js';

const JOB = 'alerts.take-replies';
const TICK_MS = 1000;
const ACTOR = systemActor(JOB);
type Because = 'refused' | 'drill-too' | null;
/** That a drill may be meant stands before all else: it decides whether there is anything to answer here. */
const whyOf = ({ place, parsed, because }: { place: Place; parsed: ParsedReply; because: Because }) =>
  because === 'drill-too' ? because : (place.why ?? whyOfWords(parsed) ?? because);
const whyOfCheck = (check: CheckTaken) => ('why' in check ? check.why : null);
/** Words from the number of a run that ended longer ago are of an unknown matter. Our own figure. */
const LATE_MS = 7 * 24 * 3_600_000;

/**
 * Text messages, and keys pressed in calls, from outside. Plain words of a leader or deputy to the one run that asks them become an answer; whatever is less than
 * plain is kept with the reason and waits for a person (D10). Words are never lost and never changed.
 */
@Injectable()
export class ReplyService {
  private readonly log = new Logger('replies');

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly inbox: ReplyInbox,
    private readonly worlds: ReplyWorlds,
    queue: JobQueue,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    queue.every(JOB, TICK_MS, () => this.takeInbox());
  }

  /** Takes what came in since the last call: each message in its own world. */
  async takeInbox(): Promise<void> {
    await this.inbox.takeNew(async (message) => {
      const way = message.key ? 'ours' : await this.worlds.wayOf(message); // a drill makes no calls
      if (way !== 'given') await this.receive(message, { drillToo: way === 'drill-too' });
    });
  }

  /**
   * Takes one message of this world; the same number of the provider again answers what became of the first and changes nothing. `drillToo`:
   * a drill wrote to the number as well, so the words move nothing and a person looks.
   */
  async receive(message: InboundReply, { drillToo = false } = {}): Promise<ReplyDto> {
    if (drillToo) return inTransaction(this.db, (tx) => this.keep(tx, message, { because: 'drill-too' }));
    try {
      return await inTransaction(this.db, (tx) => this.keep(tx, message, { because: null }));
    } catch (error) {
      if (error instanceof Problem && error.status === 503) throw error;
      // Refused by what it would have moved, or a fault of ours: the words are kept all the same, and a person looks.
      this.log.warn(`a reply was not taken: ${error instanceof Problem ? error.code : String(error)}`);
      return inTransaction(this.db, (tx) => this.keep(tx, message, { because: 'refused' }));
    }
  }

  /** `because`: why the words may not act alone, whatever they say. */
  private async keep(tx: Tx, message: InboundReply, { because }: { because: Because }): Promise<ReplyDto> {
    await lockProviderId(tx, message.providerId);
    const known = await replyOfProvider(tx, message.providerId);
    if (known) return toReplyDto(known);
    const now = this.clock.now();
    const channel: 'sms' | 'voice' = message.key ? 'voice' : 'sms';
    const { providerId, phone, words, key } = message;
    const occurredAt = message.sentAt > now ? now : message.sentAt;
    const said = this.config.drill ? withoutDrillCode(words) : words;
    const parsed = key ? readingOfKey(key.pressed) : parseReply(said, occurredAt);
    const all = await runsOfNumber(tx, phone, new Date(now.getTime() - LATE_MS));
    const told = key ? all.filter(({ alertId }) => alertId === key.alertId) : all;
    const check =
      because || key
        ? null
        : await takeCheckReply(tx, told, { words: said, occurredAt, now, answerS: this.config.ALERT_ANSWER_S });
    const place = check ? { run: check.run, why: null } : placeReply(told, occurredAt);
    const about = await this.about(tx, place);
    const why = check ? whyOfCheck(check) : whyOf({ place, parsed, because });
    const row = newReply({
      providerId,
      channel,
      phone,
      words,
      reading: toReading(parsed),
      why,
      occurredAt,
      receivedAt: now,
      factId: check && 'factId' in check ? check.factId : null,
      ...about,
    });
    if (why !== null) return keepWaiting(tx, row, ACTOR);
    if (check) return keepOfCheck(tx, row, ACTOR);
    const held = await holdAlert(tx, row.alertId!, now);
    if (held.alert.doneReason !== null) return keepWaiting(tx, { ...row, why: 'late', state: 'late' }, ACTOR); // it ended before the lock
    const voice = { by: { userId: null, name: row.personName! }, onBehalfOf: null, channel };
    const answer = { ...answerOf(said, parsed), occurredAt: occurredAt.toISOString(), recordedAt: now.toISOString() };
    return keepTaken(tx, { row, held, answer, voice, now }, ACTOR);
  }

  /** Whose desk has to do with it: that of the run, of all runs it may belong to, or every desk that waits for an answer now. */
  private async about(tx: Tx, place: Place) {
    if (place.run) {
      const { personName, personRole } = place.run;
      return { ...aboutRun((await findAlert(tx, place.run.alertId))!), personName, personRole };
    }
    const [first] = place.among;
    if (!first) return { scope: await waitingDeskKeys(tx) };
    const scope = new Set<string>();
    for (const { alertId } of place.among)
      deskKeys((await findAlert(tx, alertId))!.scope).forEach((key) => scope.add(key));
    return { personName: first.personName, scope: [...scope] };
  }
}
