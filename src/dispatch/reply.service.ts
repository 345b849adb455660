import { Injectable, Logger } from '@nestjs/common';
import { systemActor } from '../access/index.js';
import {
  answerOf, findAlert, type InboundReply, lockProviderId, parseReply, type Place, placeReply, replyOfProvider, ReplyInbox, runsOfNumber,
  toReading, toReplyDto, waitingDeskKeys, whyOfWords,
} from '../alerts/index.js'; // prettier-ignore
import type { ReplyDto } from '../alerts/replies.dto.js';
import { Database, inTransaction, type Tx } from '../database/index.js';
import { JobQueue } from '../queue/index.js';
import { Clock } from '../shared/clock.js';
import { Problem } from '../shared/problem.js';
import { holdAlert } from './answering.service.js';
import { aboutRun, deskKeys, keepTaken, keepWaiting, newReply } from './replying.service.js';

const JOB = 'alerts.take-replies';
const TICK_MS = 1000;
const ACTOR = systemActor(JOB);
/** Words from the number of a run that ended longer ago are of an unknown matter. Our own figure. */
const LATE_MS = 7 * 24 * 3_600_000;

/**
 * Text messages from outside. Plain words of a leader or deputy to the one run that asks them become an answer; whatever is less than
 * plain is kept with the reason and waits for a person (D10). Words are never lost and never changed.
 */
@Injectable()
export class ReplyService {
  private readonly log = new Logger('replies');

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly inbox: ReplyInbox,
    queue: JobQueue,
  ) {
    queue.every(JOB, TICK_MS, () => this.takeInbox());
  }

  /** Takes what came in since the last call. */
  async takeInbox(): Promise<void> {
    await this.inbox.takeNew((message) => this.receive(message));
  }

  /** Takes one message; the same number of the provider again answers what became of the first and changes nothing. */
  async receive(message: InboundReply): Promise<ReplyDto> {
    try {
      return await inTransaction(this.db, (tx) => this.keep(tx, message, { alone: true }));
    } catch (error) {
      if (error instanceof Problem && error.status === 503) throw error;
      // Refused by what it would have moved, or a fault of ours: the words are kept all the same, and a person looks.
      this.log.warn(`a reply was not taken: ${error instanceof Problem ? error.code : String(error)}`);
      return inTransaction(this.db, (tx) => this.keep(tx, message, { alone: false }));
    }
  }

  private async keep(tx: Tx, message: InboundReply, { alone }: { alone: boolean }): Promise<ReplyDto> {
    await lockProviderId(tx, message.providerId);
    const known = await replyOfProvider(tx, message.providerId);
    if (known) return toReplyDto(known);
    const now = this.clock.now();
    const { providerId, phone, words } = message;
    const occurredAt = message.sentAt > now ? now : message.sentAt;
    const parsed = parseReply(words, occurredAt);
    const told = await runsOfNumber(tx, phone, new Date(now.getTime() - LATE_MS));
    const place = placeReply(told, occurredAt);
    const about = await this.about(tx, place);
    const why = place.why ?? whyOfWords(parsed) ?? (alone ? null : 'refused');
    const row = newReply({
      providerId,
      channel: 'sms',
      phone,
      words,
      reading: toReading(parsed),
      why,
      occurredAt,
      receivedAt: now,
      ...about,
    });
    if (why !== null) return keepWaiting(tx, row, ACTOR);
    const held = await holdAlert(tx, row.alertId!, now);
    if (held.alert.doneReason !== null) return keepWaiting(tx, { ...row, why: 'late', state: 'late' }, ACTOR); // it ended before the lock
    const voice = { by: { userId: null, name: row.personName! }, onBehalfOf: null, channel: 'sms' as const };
    const answer = { ...answerOf(words, parsed), occurredAt: occurredAt.toISOString(), recordedAt: now.toISOString() };
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
