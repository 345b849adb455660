import { Inject, Injectable, Logger } from '@nestjs/common';
import { CONFIG, type Config } from '../../config.js';
import { Clock } from '../../shared/clock.js';
import { AlertChannel, type OutgoingAlert, ProviderRefused, smsOf } from '../channel.service.js';
import { type HttpAnswer, postJson } from './http-call.js';
import { signatureOf } from './signature.rules.js';
import { heldOf, verdictOf } from './sms-answer.rules.js';

/** Both together stay below the time that a door gives a provider. */
const SEND_MS = 10_000;
const ASK_MS = 5000;

/** A provider of text messages behind one JSON call (docs/operations.md says each field). */
@Injectable()
export class SmsGateway extends AlertChannel {
  private readonly log = new Logger('sms-gateway');
  private readonly receiptUrl: string;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
  ) {
    super();
    const base = config.PUBLIC_URL ?? `http://${config.HOST}:${config.PORT}`;
    this.receiptUrl = `${base}/api/v1/providers/sms/receipts`;
  }

  /** A text message carries the link: a second one beside it would only wake people twice. */
  override carries(channel: OutgoingAlert['channel']): boolean {
    return channel === 'sms';
  }

  override async send(alert: OutgoingAlert): Promise<'handed' | 'delivered'> {
    const held = await this.holdsOneOf(alert.maybeSent);
    if (held) return held;
    const verdict = verdictOf(
      await this.call(this.config.SMS_GATEWAY_URL!, {
        body: {
          reference: alert.deliveryId,
          earlier: alert.maybeSent,
          to: alert.to,
          text: smsOf(alert),
          purpose: alert.kind.startsWith('channel-') ? 'test' : 'alert',
          exercise: alert.exercise,
          receiptUrl: this.receiptUrl,
        },
        timeoutMs: SEND_MS,
      }),
    );
    if ('stage' in verdict) return verdict.stage;
    if (verdict.forGood) throw new ProviderRefused(verdict.failure);
    throw Object.assign(new Error(`the gateway did not take it: ${verdict.failure}`), { code: verdict.failure });
  }

  /** A gateway that cannot say what it has is sent the message again: twice is better than not at all. */
  private async holdsOneOf(references: string[]): Promise<'handed' | 'delivered' | null> {
    const url = this.config.SMS_STATUS_URL;
    if (!url || references.length === 0) return null;
    try {
      return heldOf(await this.call(url, { body: { references }, timeoutMs: ASK_MS }), references);
    } catch (error) {
      this.log.warn(`the gateway does not say what it has: ${String(error)}`);
      return null;
    }
  }

  private call(url: string, { body, timeoutMs }: { body: object; timeoutMs: number }): Promise<HttpAnswer> {
    const text = JSON.stringify(body);
    const secret = this.config.SMS_GATEWAY_SECRET!;
    const now = Math.floor(this.clock.now().getTime() / 1000);
    const headers: Record<string, string> =
      this.config.SMS_GATEWAY_AUTH === 'bearer'
        ? { authorization: `Bearer ${secret}` }
        : { 'chiyuan-timestamp': String(now), 'chiyuan-signature': signatureOf(secret, now, text) };
    return postJson(url, { body: text, headers, timeoutMs });
  }
}
