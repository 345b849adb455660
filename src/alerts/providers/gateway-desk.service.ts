import { Inject, Injectable } from '@nestjs/common';
import { type Actor } from '../../access/index.js';
import { CONFIG, type Config } from '../../config.js';
import { Database, read } from '../../database/index.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { Problem } from '../../shared/problem.js';
import { ChannelDoors } from '../channel.service.js';
import { lastInboundAt, phoneOfUser, smsOfDay } from './inbound.store.js';
import type { SmsGatewayDto, SmsTrialDto } from './providers.dto.js';

const DAY_MS = 24 * 3_600_000;

/** What administrators see of the gateway, and the message by which they try it out. */
@Injectable()
export class GatewayDeskService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly doors: ChannelDoors,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async gateway(actor: Actor): Promise<SmsGatewayDto> {
    const config = this.config;
    const base = `${config.PUBLIC_URL ?? `http://${config.HOST}:${config.PORT}`}/api/v1/providers/sms`;
    const url = config.drill ? undefined : config.SMS_GATEWAY_URL; // in a drill a trial ends in its outbox
    const since = new Date(this.clock.now().getTime() - DAY_MS);
    return read(this.db, async (tx) => ({
      set: url !== undefined,
      host: url ? new URL(url).host : null,
      auth: config.SMS_GATEWAY_AUTH,
      asked: config.SMS_STATUS_URL !== undefined,
      callbacks: config.SMS_CALLBACK_SECRET !== undefined,
      receiptUrl: `${base}/receipts`,
      replyUrl: `${base}/replies`,
      lastReplyAt: (await lastInboundAt(tx))?.toISOString() ?? null,
      ownPhone: (await phoneOfUser(tx, actor.userId)) !== null,
      day: await smsOfDay(tx, actor.keys, since),
    }));
  }

  /** Sends one text message to the actor's own telephone, by the door that alerts take. 422 `provider.no-phone`. */
  async tryOut(actor: Actor): Promise<SmsTrialDto> {
    const phone = await read(this.db, (tx) => phoneOfUser(tx, actor.userId));
    if (phone === null) throw new Problem('provider.no-phone');
    try {
      const stage = await this.doors.send({
        deliveryId: newId(), maybeSent: [], channel: 'sms', phone, personName: actor.name, kind: 'channel-trial', exercise: false, severity: '',
        incidentTitle: '', placeText: '', teamName: '', unitCode: '', message: '', link: '', at: this.clock.now(),
      }); // prettier-ignore
      return { stage, failure: null };
    } catch (error) {
      const { code, name } = error as { code?: string; name?: string };
      return { stage: 'failed', failure: (code ?? name ?? 'unknown').slice(0, 80) };
    }
  }
}
