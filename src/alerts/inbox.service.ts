import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { CONFIG, type Config } from '../config.js';
import type { Pressed } from './providers/voice.rules.js';

/** A text message, or a key pressed in a call, from outside. `providerId` is the provider's own number of it: the same one is the same message. */
export interface InboundReply {
  providerId: string;
  phone: string;
  words: string;
  sentAt: Date;
  /** A key that somebody pressed in a call of ours: to which run, and what it means. Else words of a text message. */
  key?: { alertId: string; pressed: Pressed } | null;
}

/** The port to a provider of messages that come in. A message is offered until `take` has returned for it, so possibly more than once. */
export abstract class ReplyInbox {
  /** Offers what came since the last call, in order; an error of `take` ends the call, and the message is offered again by the next. */
  abstract takeNew(take: (reply: InboundReply) => Promise<unknown>): Promise<void>;
}

const MOST_BYTES = 256 * 1024;
const LONGEST_WORDS = 2000;

/**
 * Stands in for a provider: one message a line in `${DATA_DIR}/inbox/sms.log`: number of the message, time, phone, words, with tabs
 * between. It remembers how far it has read while the process runs; after a restart it offers all of it again.
 */
@Injectable()
export class FileInbox extends ReplyInbox {
  private readonly log = new Logger('inbox');
  private readonly file: string;
  private offset = 0;
  private reading: Promise<void> | undefined;

  constructor(@Inject(CONFIG) config: Config) {
    super();
    this.file = join(config.DATA_DIR, 'inbox', 'sms.log');
  }

  override async takeNew(take: (reply: InboundReply) => Promise<unknown>): Promise<void> {
    this.reading ??= this.readTo(take).finally(() => (this.reading = undefined));
    return this.reading;
  }

  private async readTo(take: (reply: InboundReply) => Promise<unknown>): Promise<void> {
    const bytes = await this.readOn();
    const end = bytes.lastIndexOf('\n') + 1; // a line that is still being written waits
    if (end === 0 && bytes.length === MOST_BYTES) throw new Error('a line of the inbox is too long to be a message');
    for (let at = 0; at < end;) {
      const next = bytes.indexOf('\n', at) + 1;
      const line = bytes.subarray(at, next - 1).toString('utf8');
      const reply = toReply(line);
      if (reply) await take(reply);
      else if (line.trim() !== '') this.log.error(`this line of the inbox is no message: ${line.slice(0, 200)}`);
      this.offset += next - at;
      at = next;
    }
  }

  private async readOn(): Promise<Buffer> {
    const size = await stat(this.file).then((found) => found.size, () => 0); // prettier-ignore
    if (size < this.offset) this.offset = 0; // another file under the same name
    if (size === this.offset) return Buffer.alloc(0);
    const file = await open(this.file, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(MOST_BYTES), 0, MOST_BYTES, this.offset);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  }
}

function toReply(line: string): InboundReply | null {
  const [providerId = '', at = '', phone = '', ...rest] = line.replace(/\r$/, '').split('\t');
  const words = cleanWords(rest.join(' '));
  const sentAt = new Date(at);
  const fits = /^[\x21-\x7e]{1,100}$/.test(providerId) && /^\+?[0-9 -]{3,20}$/.test(phone) && words !== '';
  return fits && !Number.isNaN(sentAt.getTime()) ? { providerId, phone, words, sentAt } : null;
}

const CONTROL = /(?![\n\t])\p{Cc}/gu;
const HALF_SIGN = /\p{Surrogate}/gu;
/** As the record can keep them: no control signs, no half characters, not without end. */
export const cleanWords = (words: string): string =>
  words.slice(0, LONGEST_WORDS).replace(CONTROL, '').replace(HALF_SIGN, '\ufffd').trim();
