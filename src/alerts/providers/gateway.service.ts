import { Logger } from '@nestjs/common';
import type { Config } from '../../config.js';
import { sentence } from '../../shared/i18n.js';
import type { Clock } from '../../shared/clock.js';
import { AlertChannel, type OutgoingAlert, ProviderRefused, smsOf } from '../channel.service.js';
import { heldOf, verdictOf } from './gateway-answer.rules.js';
import { type HttpAnswer, postJson } from './http-call.js';
import { signatureOf } from './signature.rules.js';
import { spokenText, takesKeys } from './voice.rules.js';

/** Both together stay below the time that a door gives a provider. */
const SEND_MS = 10_000;
const ASK_MS = 5000;

export type GatewayKind = 'sms' | 'voice';
interface Settings {
  url: string;
  statusUrl: string | undefined;
  secret: string;
  auth: 'hmac' | 'bearer';
}

const settingsOf = (config: Config, kind: GatewayKind): Settings =>
  kind === 'sms'
    ? { url: config.SMS_GATEWAY_URL!, statusUrl: config.SMS_STATUS_URL, secret: config.SMS_GATEWAY_SECRET!, auth: config.SMS_GATEWAY_AUTH }
    : { url: config.VOICE_GATEWAY_URL!, statusUrl: config.VOICE_STATUS_URL, secret: config.VOICE_GATEWAY_SECRET!, auth: config.VOICE_GATEWAY_AUTH }; // prettier-ignore

/** What is said of a message by text, and what is read aloud of it with the keys that answer. */
const WORDS: Record<GatewayKind, (alert: OutgoingAlert) => object> = {
  sms: (alert) => ({ text: smsOf(alert) }),
  voice: (alert) => ({
    text: spokenText(alert, (key, params) => sentence('zh-CN', key, params)),
    keys: takesKeys(alert.kind) ? { 1: 'accept', 2: 'decline' } : {},
  }),
};

/** Where the gateways tell what became of a message. */
export const providerBase = (config: Config, kind: GatewayKind): string =>
  `${config.PUBLIC_URL ?? `http://${config.HOST}:${config.PORT}`}/api/v1/providers/${kind}`;

/** A provider of text messages or of telephone calls behind one JSON call (docs/operations.md says each field). */
export class Gateway extends AlertChannel {
  private readonly log = new Logger('gateway');
  private readonly settings: Settings;
  private readonly receiptUrl: string;

  constructor(
    private readonly kind: GatewayKind,
    config: Config,
    private readonly clock: Clock,
  ) {
    super();
    this.settings = settingsOf(config, kind);
    this.receiptUrl = `${providerBase(config, kind)}/receipts`;
  }

  /** A text message carries the link: a second one beside it would only wake people twice. */
  override carries(channel: OutgoingAlert['channel']): boolean {
    return channel === this.kind;
  }

  override async send(alert: OutgoingAlert): Promise<'handed' | 'delivered'> {
    const held = await this.holdsOneOf(alert.maybeSent);
    if (held) return held;
    const verdict = verdictOf(
      await this.call(this.settings.url, {
        body: {
          reference: alert.deliveryId,
          earlier: alert.maybeSent,
          to: alert.to,
          ...WORDS[this.kind](alert),
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
    const url = this.settings.statusUrl;
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
    const { secret, auth } = this.settings;
    const now = Math.floor(this.clock.now().getTime() / 1000);
    const headers: Record<string, string> =
      auth === 'bearer'
        ? { authorization: `Bearer ${secret}` }
        : { 'chiyuan-timestamp': String(now), 'chiyuan-signature': signatureOf(secret, now, text) };
    return postJson(url, { body: text, headers, timeoutMs });
  }
}
