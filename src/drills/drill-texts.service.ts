import { Injectable } from '@nestjs/common';
import { firstDrillTextTo, type InboundReply } from '../alerts/index.js';
import { clockFace, Database, drillTime, read } from '../database/index.js';
import { ReplyService } from '../dispatch/index.js';
import { Clock } from '../shared/clock.js';

/** Inside a drill: to whom it wrote by text message, and the words that come back to it from outside. It has no route. */
@Injectable()
export class DrillTextsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly replies: ReplyService,
  ) {}

  /** When the first message of those that may still be answered left to a number, by the clock of the server; null when none did. */
  firstTo(phone: string): Promise<Date | null> {
    return read(this.db, (tx) => firstDrillTextTo(tx, phone));
  }

  /** Takes words from outside, at the moment that the clock of the drill showed when they were sent; words before its speed was last set count as sent then. */
  async take(message: InboundReply): Promise<void> {
    const face = await read(this.db, clockFace);
    const sent = message.sentAt > face.realAt ? message.sentAt : face.realAt;
    const shown = drillTime(face, sent);
    const now = this.clock.now();
    await this.replies.receive({ ...message, sentAt: shown > now ? now : shown });
  }
}
