import { Injectable, Logger } from '@nestjs/common';
import { Database, inTransaction, read } from '../../database/index.js';
import { Clock } from '../../shared/clock.js';
import { cleanWords, type InboundReply, ReplyInbox } from '../inbox.service.js';
import { keepInbound, markTaken, waitingInbound } from './inbound.store.js';
import type { RepliesKept, SmsReplies } from './providers.dto.js';

const BATCH = 50;

/** Replies that a provider brings: kept first, then offered in order, until each was taken. Any process may keep, any may offer. */
@Injectable()
export class ProviderInbox extends ReplyInbox {
  private readonly log = new Logger('inbox');
  private offering: Promise<void> | undefined;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** Keeps messages before the provider may forget them; told twice, each is kept once. */
  async keep(replies: SmsReplies['replies']): Promise<RepliesKept> {
    const told = replies.map((reply): InboundReply => {
      const { id: providerId, from: phone, text, sentAt } = reply;
      return { providerId, phone, words: cleanWords(text), sentAt: new Date(sentAt) };
    });
    const spoken = told.filter(({ words }) => words !== '');
    if (spoken.length < told.length) this.log.warn(`${told.length - spoken.length} messages came in without a word`);
    return { kept: await inTransaction(this.db, (tx) => keepInbound(tx, spoken, this.clock.now())) };
  }

  override async takeNew(take: (reply: InboundReply) => Promise<unknown>): Promise<void> {
    this.offering ??= this.offer(take).finally(() => (this.offering = undefined));
    return this.offering;
  }

  private async offer(take: (reply: InboundReply) => Promise<unknown>): Promise<void> {
    for (;;) {
      const waiting = await read(this.db, (tx) => waitingInbound(tx, BATCH));
      for (const reply of waiting) {
        await take(reply);
        await inTransaction(this.db, (tx) => markTaken(tx, reply.providerId, this.clock.now()));
      }
      if (waiting.length < BATCH) return;
    }
  }
}
