import { Inject, Injectable } from '@nestjs/common';
import { type Actor } from '../../access/index.js';
import { CONFIG, type Config, LOOPBACK } from '../../config.js';
import { Database, read } from '../../database/index.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { Problem } from '../../shared/problem.js';
import { ChannelDoors } from '../channel.service.js';
import { figuresOfDay, lastInboundAt, waysOfUser } from './inbound.store.js';
import { type GatewayKind, providerBase } from './gateway.service.js';
import type { MailServerDto, SmsGatewayDto, TrialDto, VoiceGatewayDto } from './providers.dto.js';

const DAY_MS = 24 * 3_600_000;

/** What administrators see of the gateways of text messages and of calls and of the mail server, and the messages by which they try them out. */
@Injectable()
export class ProviderDeskService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly doors: ChannelDoors,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async gateway(actor: Actor): Promise<SmsGatewayDto> {
    const config = this.config;
    const base = providerBase(config, 'sms');
    const url = config.drill ? undefined : config.SMS_GATEWAY_URL; // in a drill a trial ends in its outbox
    return read(this.db, async (tx) => ({
      set: url !== undefined,
      host: url ? new URL(url).host : null,
      auth: config.SMS_GATEWAY_AUTH,
      asked: config.SMS_STATUS_URL !== undefined,
      callbacks: config.SMS_CALLBACK_SECRET !== undefined,
      receiptUrl: `${base}/receipts`,
      replyUrl: `${base}/replies`,
      lastReplyAt: (await lastInboundAt(tx, 'sms'))?.toISOString() ?? null,
      ownPhone: (await waysOfUser(tx, actor.userId)).phone !== null,
      day: await figuresOfDay(tx, { channel: 'sms', keys: actor.keys, since: this.yesterday() }),
    }));
  }

  async voiceGateway(actor: Actor): Promise<VoiceGatewayDto> {
    const { drill, VOICE_GATEWAY_URL, VOICE_GATEWAY_AUTH, VOICE_STATUS_URL, VOICE_CALLBACK_SECRET } = this.config;
    const url = drill ? undefined : VOICE_GATEWAY_URL; // a drill makes no calls
    return read(this.db, async (tx) => ({
      set: url !== undefined,
      host: url ? new URL(url).host : null,
      auth: VOICE_GATEWAY_AUTH,
      asked: VOICE_STATUS_URL !== undefined,
      callbacks: VOICE_CALLBACK_SECRET !== undefined,
      receiptUrl: `${providerBase(this.config, 'voice')}/receipts`,
      lastKeyAt: (await lastInboundAt(tx, 'voice'))?.toISOString() ?? null,
      ownPhone: (await waysOfUser(tx, actor.userId)).phone !== null,
      day: await figuresOfDay(tx, { channel: 'voice', keys: actor.keys, since: this.yesterday() }),
    }));
  }

  async mailServer(actor: Actor): Promise<MailServerDto> {
    const { SMTP_URL, MAIL_FROM, drill } = this.config;
    const url = SMTP_URL && !drill ? new URL(SMTP_URL) : null; // as above
    return read(this.db, async (tx) => ({
      set: url !== null,
      host: url && url.host,
      tls: url !== null && (url.protocol === 'smtps:' || !LOOPBACK.has(url.hostname)),
      signsIn: url !== null && url.username !== '',
      from: url && MAIL_FROM!,
      ownEmail: (await waysOfUser(tx, actor.userId)).email !== null,
      day: await figuresOfDay(tx, { channel: 'mail', keys: actor.keys, since: this.yesterday() }),
    }));
  }

  /**
   * Sends one message to the actor's own telephone or address, by the door that alerts take; a failure is an answer. 422 `provider.no-phone`,
   * `provider.no-email`, `provider.no-mail-server`, `provider.no-voice-gateway`.
   */
  async tryOut(actor: Actor, channel: GatewayKind | 'mail'): Promise<TrialDto> {
    const { phone, email } = await read(this.db, (tx) => waysOfUser(tx, actor.userId));
    const to = channel === 'mail' ? email : phone;
    if (to === null) throw new Problem(channel === 'mail' ? 'provider.no-email' : 'provider.no-phone');
    if (channel === 'voice' && this.config.drill) throw new Problem('provider.no-voice-gateway');
    if (channel !== 'sms' && !this.doors.carries({ channel, exercise: false }))
      throw new Problem(channel === 'mail' ? 'provider.no-mail-server' : 'provider.no-voice-gateway');
    try {
      const stage = await this.doors.send({
        channel, to, personName: actor.name, at: this.clock.now(), deliveryId: newId(), maybeSent: [], kind: 'channel-trial', exercise: false,
        severity: '', incidentTitle: '', incidentKind: '', headcount: null, placeText: '', teamName: '', unitCode: '', message: '', link: '',
      }); // prettier-ignore
      return { stage, failure: null };
    } catch (error) {
      const { code, name } = error as { code?: string; name?: string };
      return { stage: 'failed', failure: (code ?? name ?? 'unknown').slice(0, 80) };
    }
  }

  private yesterday(): Date {
    return new Date(this.clock.now().getTime() - DAY_MS);
  }
}
