import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { CONFIG, type Config } from '../config.js';
import { sentence } from '../shared/i18n.js';
import type { AlertDto } from './alerts.dto.js';

/** A message that leaves the house, with the one-time link by which the person answers. */
export interface OutgoingAlert {
  deliveryId: string;
  channel: 'link' | 'sms';
  phone: string;
  personName: string;
  kind: AlertDto['kind'];
  exercise: boolean;
  severity: string;
  incidentTitle: string;
  placeText: string;
  teamName: string;
  unitCode: string;
  message: string;
  link: string;
  at: Date;
}

/**
 * The port to a provider. Answers how far the message got (`handed`: the provider has it; `delivered`: the phone has it) or throws, and
 * then it is tried again. The same `deliveryId` is never sent twice; the same person may be, when a result was lost.
 */
export abstract class AlertChannel {
  abstract send(alert: OutgoingAlert): Promise<'handed' | 'delivered'>;
}

/** Stands in for a provider: one line a message in `${DATA_DIR}/outbox/sms.log` and in the log of the process. */
@Injectable()
export class OutboxChannel extends AlertChannel {
  private readonly log = new Logger('outbox');
  private readonly folder: string;

  constructor(@Inject(CONFIG) config: Config) {
    super();
    this.folder = join(config.DATA_DIR, 'outbox');
  }

  override async send(alert: OutgoingAlert): Promise<'handed'> {
    const { at, channel, phone, kind, exercise, incidentTitle, placeText, teamName, link } = alert;
    const words = sentence('zh-CN', `alert-text.${kind}`, { incidentTitle, placeText, teamName, link });
    const text = exercise ? sentence('zh-CN', 'alert-text.exercise', { words }) : words;
    const line = [at.toISOString(), channel, phone, text.replace(/\s+/g, ' ')].join('\t');
    await mkdir(this.folder, { recursive: true });
    await appendFile(join(this.folder, 'sms.log'), `${line}\n`);
    this.log.log(line);
    return 'handed';
  }
}
