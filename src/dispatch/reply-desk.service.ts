import { Injectable } from '@nestjs/common';
import { type Actor, allow, inCommand, visibleOr404 } from '../access/index.js';
import {
  answerOf, findAlert, findReply, lockReply, parseReply, type ReplyRow, saveReply, toReading, visibleReplies, whyOfWords,
} from '../alerts/index.js'; // prettier-ignore
import type { EnterReply, ReadReply, RepliesQuery, ReplyDto, SetReplyAside } from '../alerts/replies.dto.js';
import { Database, read, type Tx } from '../database/index.js';
import { Clock } from '../shared/clock.js';
import { Problem } from '../shared/problem.js';
import { type HeldAlert, holdAlert } from './answering.service.js';
import { fieldMissing } from './facts.rules.js';
import { aboutRun, deskKeys, keepTaken, keepWaiting, newReply, takeRead, tellReply } from './replying.service.js';

const WAITING = new Set<ReplyDto['state']>(['to-read', 'late']);

/** What a duty officer does with free text: types it in, says what waiting words mean, or sets them aside. */
@Injectable()
export class ReplyDeskService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  async replies(
    actor: Actor,
    query: RepliesQuery,
    page: { before: string | null; limit: number },
  ): Promise<ReplyDto[]> {
    return read(this.db, (tx) => visibleReplies(tx, actor.keys, { ...query, ...page }));
  }

  /**
   * Types in what the team said, word for word. Plain words become an answer at once; others wait to be read, by the same officer or
   * whoever looks next. 404 `alert.not-found`, 403 `access.denied`, 409 `alert.closed`, 422 `fact.in-future`.
   */
  async enterReply(actor: Actor, alertId: string, input: EnterReply): Promise<ReplyDto> {
    return inCommand(this.db, actor, async (tx) => {
      const { now, held } = await this.holdSeen(tx, actor, alertId);
      const { words, channel, onBehalfOf, id, recordedAt } = input;
      const occurredAt = input.occurredAt ? new Date(input.occurredAt) : now;
      const parsed = parseReply(words, occurredAt);
      const why = held.alert.doneReason !== null ? 'late' : held.work ? whyOfWords(parsed) : 'not-the-team';
      const row = newReply({
        ...(id ? { id } : {}), channel, words, personName: onBehalfOf, enteredBy: actor.name, reading: toReading(parsed), why, occurredAt,
        receivedAt: now, ...aboutRun(held.alert),
      }); // prettier-ignore
      if (why !== null) return keepWaiting(tx, row, actor);
      const answer = { ...answerOf(words, parsed), occurredAt: occurredAt.toISOString(), recordedAt };
      return keepTaken(tx, { row, held, answer, voice: deskVoice(actor, onBehalfOf), now }, actor);
    });
  }

  /**
   * Says what waiting words mean; it counts as an answer in the name of whose words they are, at the time at which they were sent. 409
   * `reply.step-not-allowed` when it was decided already, `reply.stale`, `alert.closed` when the assignment is over; 400 when it is not
   * said which run they answer or whose they are.
   */
  async readReply(actor: Actor, id: string, input: ReadReply): Promise<ReplyDto> {
    return inCommand(this.db, actor, async (tx) => {
      const known = visibleOr404(actor, await findReply(tx, id), 'reply', id);
      const { version, alertId = known.alertId, ...said } = input;
      if (!alertId) throw fieldMissing('/alertId');
      const { now, held } = await this.holdSeen(tx, actor, alertId);
      const waiting = await this.lockWaiting(tx, id, version);
      const onBehalfOf = input.onBehalfOf ?? waiting.personName;
      if (!onBehalfOf) throw fieldMissing('/onBehalfOf');
      const row = { ...waiting, ...aboutRun(held.alert), personName: onBehalfOf };
      const answer = { ...said, occurredAt: row.occurredAt.toISOString() };
      return takeRead(tx, { row, held, answer, voice: deskVoice(actor, onBehalfOf), now }, actor);
    });
  }

  /** Says that the words are no answer (thanks, a wrong number, settled by phone), and why. 409 `reply.step-not-allowed`, `reply.stale`. */
  async setReplyAside(actor: Actor, id: string, input: SetReplyAside): Promise<ReplyDto> {
    return inCommand(this.db, actor, async (tx) => {
      visibleOr404(actor, await findReply(tx, id), 'reply', id);
      const row = await this.lockWaiting(tx, id, input.version);
      allow(actor, 'alert.answer-for', { paths: deskKeys(row.scope) });
      const decided = { remark: input.reason, decidedBy: actor.name, decidedAt: this.clock.now() };
      const aside = await saveReply(tx, { ...row, state: 'set-aside', ...decided });
      return tellReply(tx, aside, { kind: 'reply.set-aside', actor });
    });
  }

  /** The run with everything that an answer moves, locked; 404 and 403 as its own row says. */
  private async holdSeen(tx: Tx, actor: Actor, alertId: string): Promise<{ now: Date; held: HeldAlert }> {
    visibleOr404(actor, await findAlert(tx, alertId), 'alert', alertId);
    const now = this.clock.now();
    const held = await holdAlert(tx, alertId, now);
    allow(actor, 'alert.answer-for', { paths: held.paths });
    return { now, held };
  }

  private async lockWaiting(tx: Tx, id: string, version: number | undefined): Promise<ReplyRow> {
    const row = (await lockReply(tx, id))!;
    if (!WAITING.has(row.state)) throw new Problem('reply.step-not-allowed', { state: row.state });
    if (version !== undefined && version !== row.version) throw new Problem('reply.stale', { version: row.version });
    return row;
  }
}

const deskVoice = ({ userId, name }: Actor, onBehalfOf: string) => ({
  by: { userId, name }, onBehalfOf, channel: 'desk' as const,
}); // prettier-ignore
