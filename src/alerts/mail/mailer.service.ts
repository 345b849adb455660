import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Inject, Injectable } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { CONFIG, type Config, LOOPBACK } from '../../config.js';
import { sentence } from '../../shared/i18n.js';
import { AlertChannel, type OutgoingAlert, ProviderRefused } from '../channel.service.js';
import { mailFailure, type MailFault } from './mail-answer.rules.js';
import { mailText, messageIdOf } from './mail-text.rules.js';
import { Turns } from './turns.js';

/** Waiting for a turn and sending together stay below the time that a door gives a provider. */
const WAIT_MS = 8000;
const SEND_MS = 10_000;
/** Lines to the mail server at a time: what is common as a limit of theirs. */
const MOST_AT_ONCE = 10;
const PORTS: Record<string, number> = { 'smtps:': 465, 'smtp:': 587 };

/**
 * Mail by SMTP: a line of its own for each. The server cannot be asked what it has, so what may have left goes again under the same
 * Message-ID. A mail whose time is over is cut off and never sent later.
 */
@Injectable()
export class Mailer extends AlertChannel {
  private readonly turns = new Turns(MOST_AT_ONCE);
  private readonly server: ReturnType<typeof serverOf>;
  private readonly from: string;

  constructor(@Inject(CONFIG) config: Config) {
    super();
    this.server = serverOf(config.SMTP_URL!);
    this.from = config.MAIL_FROM!;
  }

  override carries(channel: OutgoingAlert['channel']): boolean {
    return channel === 'mail';
  }

  override async send(alert: OutgoingAlert): Promise<'handed'> {
    if (!(await this.turns.take(WAIT_MS))) throw failed('EBUSY');
    try {
      return await this.sendNow(alert);
    } finally {
      this.turns.give();
    }
  }

  private async sendNow(alert: OutgoingAlert): Promise<'handed'> {
    const { host, port } = this.server;
    const line = connect({ host, port });
    line.on('error', () => undefined); // who waits for the line hears of it
    const late = AbortSignal.timeout(SEND_MS);
    const cut = () => line.destroy();
    late.addEventListener('abort', cut);
    try {
      await once(line, 'connect', { signal: late });
      await this.deliver(line, alert);
      return 'handed';
    } catch (error) {
      if (late.aborted) throw failed('ETIMEDOUT');
      const { failure, forGood } = mailFailure(error as MailFault);
      throw forGood ? new ProviderRefused(failure) : failed(failure);
    } finally {
      late.removeEventListener('abort', cut);
      line.destroy();
    }
  }

  private async deliver(line: Socket, alert: OutgoingAlert): Promise<void> {
    const say = (key: string, params: Record<string, string>) => sentence('zh-CN', key, params);
    const transport = createTransport({
      ...this.server, connection: line, greetingTimeout: SEND_MS, socketTimeout: SEND_MS, disableFileAccess: true, disableUrlAccess: true,
    }); // prettier-ignore
    await transport.sendMail({
      from: { name: say('alert-text.mail.from', {}), address: this.from },
      to: { name: alert.personName, address: alert.to },
      messageId: messageIdOf(alert, this.from),
      date: alert.at,
      ...mailText(alert, say),
      // No answering machine writes back, and a mailbox may show it first.
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All', Importance: 'high' },
    });
  }
}

/** TLS from the first byte (smtps), or asked for before anything else is said (smtp); none on this machine. */
function serverOf(address: string) {
  const url = new URL(address);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const here = LOOPBACK.has(url.hostname);
  const secure = url.protocol === 'smtps:';
  const auth = url.username
    ? { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }
    : {};
  return { host, port: url.port ? Number(url.port) : PORTS[url.protocol]!, secure, requireTLS: !secure && !here, ignoreTLS: !secure && here, ...auth }; // prettier-ignore
}

const failed = (code: string) => Object.assign(new Error(`the mail server did not take it: ${code}`), { code });
