import { appendFile, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { CONFIG, type Config } from '../config.js';
import { sentence } from '../shared/i18n.js';
import type { AlertDto } from './alerts.dto.js';
import { messageText } from './message-text.rules.js';
import type { Channel } from './run.rules.js';

/** A message that leaves the house, with the one-time link by which the person answers. */
export interface OutgoingAlert {
  deliveryId: string;
  channel: Exclude<Channel, 'in-app'>;
  /** A telephone number, or the address of a mail. */
  to: string;
  personName: string;
  /** `channel-test`: no alert at all, the weekly silent test; `channel-trial`: one message to who asked for it. Texts of their own; nothing is asked. */
  kind: AlertDto['kind'] | 'channel-test' | 'channel-trial';
  exercise: boolean;
  /** The number of the drill that a text message leaves; the door of the drill sets it. */
  drill?: number;
  severity: string;
  incidentTitle: string;
  incidentKind: string;
  headcount: number | null;
  placeText: string;
  teamName: string;
  unitCode: string;
  message: string;
  link: string;
  at: Date;
  /** Earlier attempts of the same message that may have left although nobody noted it. */
  maybeSent: string[];
}

/** What a provider sends. */
export const smsOf = (alert: OutgoingAlert): string =>
  messageText(alert, (key, params) => sentence('zh-CN', key, params));

/**
 * The port to a provider. Answers how far the message got (`handed`: the provider has it; `delivered`: the phone has it) or throws, and
 * then it is tried again. The same `deliveryId` is never sent twice. Where `maybeSent` is not empty the provider is asked first: what it has
 * already is not sent again. A provider that cannot be asked sends again, so the person may be told twice, but never not at all.
 */
export abstract class AlertChannel {
  abstract send(alert: OutgoingAlert): Promise<'handed' | 'delivered'>;

  /** Whether it sends messages of this channel; those of another are carried by what it does send. */
  carries(_channel: OutgoingAlert['channel']): boolean {
    return true;
  }
}

/** What stands behind each channel: the text messages' provider or its stand-in; the mail server and who makes calls, where they are set. */
export class ProviderChannels extends AlertChannel {
  constructor(
    private readonly texts: AlertChannel,
    private readonly mails: AlertChannel | null,
    private readonly calls: AlertChannel | null,
  ) {
    super();
  }

  override carries(channel: OutgoingAlert['channel']): boolean {
    return this.behind(channel)?.carries(channel) ?? false;
  }

  override send(alert: OutgoingAlert): Promise<'handed' | 'delivered'> {
    return this.behind(alert.channel)!.send(alert);
  }

  private behind(channel: OutgoingAlert['channel']): AlertChannel | null {
    return channel === 'mail' ? this.mails : channel === 'voice' ? this.calls : this.texts;
  }
}

/** The provider will not take this message however often it is offered: nothing is tried again. */
export class ProviderRefused extends Error {
  constructor(readonly code: string) {
    super(`the provider refuses the message: ${code}`);
  }
}

/** Who asks whether a message left asks seconds after it; this is thousands of messages. */
const ASKED_BYTES = 4 * 1024 * 1024;

/**
 * Stands in for a provider: one line a message in `${DATA_DIR}/outbox/sms.log` and in the log of the process. The weekly test of the channels
 * stays in the file: by the dozen its messages would bury the address and the accounts that a start prints.
 */
@Injectable()
export class OutboxChannel extends AlertChannel {
  protected readonly log = new Logger('outbox');
  protected readonly file: string = 'sms.log';
  protected readonly folder: string;

  constructor(@Inject(CONFIG) config: Config) {
    super();
    this.folder = join(config.drill?.outbox ?? config.DATA_DIR, 'outbox');
  }

  override async send(alert: OutgoingAlert): Promise<'handed' | 'delivered'> {
    const { at, channel, to, deliveryId } = alert;
    if (await this.holdsOneOf(alert.maybeSent)) return 'handed';
    const line = [at.toISOString(), channel, to, smsOf(alert), deliveryId].join('\t');
    await mkdir(this.folder, { recursive: true });
    await appendFile(join(this.folder, this.file), `${line}\n`);
    if (alert.kind !== 'channel-test') this.log.log(line);
    return 'handed';
  }

  /** Whether one of these is among the newest messages. */
  private async holdsOneOf(deliveryIds: string[]): Promise<boolean> {
    if (deliveryIds.length === 0) return false;
    const newest = await readEnd(join(this.folder, this.file), ASKED_BYTES);
    return deliveryIds.some((id) => newest.includes(`\t${id}\n`));
  }
}

async function readEnd(path: string, mostBytes: number): Promise<string> {
  const file = await open(path, 'r').catch(() => null);
  if (!file) return '';
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(mostBytes), 0, mostBytes, Math.max(0, size - mostBytes));
    return buffer.subarray(0, bytesRead).toString('utf8');
  } finally {
    await file.close();
  }
}

/** Where messages of exercises end: in `${DATA_DIR}/outbox/drill.log`, whatever provider is behind `AlertChannel` (D12). */
@Injectable()
export class DrillOutbox extends OutboxChannel {
  protected override readonly log = new Logger('drill');
  protected override readonly file: string = 'drill.log';
  protected override readonly folder: string;

  constructor(@Inject(CONFIG) config: Config) {
    super(config);
    this.folder = join(config.DATA_DIR, 'outbox');
  }
}

/** The door of a drill: a telephone (by text message) or a mail address of its list is reached by the provider, marked as a drill; every other message and every call ends in the outbox (D12). */
@Injectable()
export class ListedChannel extends DrillOutbox {
  private readonly listed: ReadonlySet<string>;
  private readonly number: number;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly provider: AlertChannel,
    /** Keeps, before it is sent, that a text message leaves: an answer to it is the drill's. */
    private readonly noteText: (alert: OutgoingAlert) => Promise<void>,
  ) {
    super(config);
    this.listed = new Set(config.drill?.listed);
    this.number = config.drill!.number;
  }

  override async send(alert: OutgoingAlert): Promise<'handed' | 'delivered'> {
    const mayLeave = alert.channel !== 'voice' && this.listed.has(alert.to); // what is pressed in a call is reality's
    if (!mayLeave || !this.provider.carries(alert.channel)) return super.send(alert);
    const marked = { ...alert, exercise: true };
    if (alert.channel === 'mail') return this.provider.send(marked);
    await this.noteText(alert);
    return this.provider.send({ ...marked, drill: this.number });
  }
}

const SEND_TIMEOUT_MS = 20_000;

/**
 * By which door a message leaves: an exercise's never by a provider's, and one of a drill only to those on its list (D12). No door keeps
 * whoever sends longer than 20 s.
 */
@Injectable()
export class ChannelDoors {
  constructor(
    private readonly provider: AlertChannel,
    private readonly drills: DrillOutbox,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Whether a message of this channel leaves by itself, or what it says goes with another. */
  carries({ channel, exercise }: Pick<OutgoingAlert, 'channel' | 'exercise'>): boolean {
    return this.door(exercise).carries(channel);
  }

  /** As the port answers; fails with the code `ETIMEDOUT` when the provider does not. */
  async send(message: OutgoingAlert): Promise<'handed' | 'delivered'> {
    const late = new AbortController();
    const door = this.door(message.exercise);
    try {
      return await Promise.race([door.send(message), tooLate(late.signal)]);
    } finally {
      late.abort();
    }
  }

  private door(exercise: boolean): AlertChannel {
    return exercise || this.config.drill ? this.drills : this.provider;
  }
}

/** A provider that does not answer has failed; the attempt after it asks whether it has the message. */
async function tooLate(signal: AbortSignal): Promise<never> {
  await sleep(SEND_TIMEOUT_MS, undefined, { signal }).catch(() => undefined);
  throw Object.assign(new Error('the provider did not answer'), { code: 'ETIMEDOUT' });
}
