import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../config.js';
import { Database, read } from '../../database/index.js';
import { Clock } from '../../shared/clock.js';
import { RobotKey } from '../robots/robot-key.js';
import { openingsAtWork } from '../robots/robot.store.js';
import { lastSent } from './inbound.store.js';
import type { ChannelStateDto } from './providers.dto.js';

const DAY_MS = 24 * 3_600_000;

/** How text messages, mail and group robots stand over all societies, for those who keep the system: no address, no person, no text. */
@Injectable()
export class ChannelStateService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly key: RobotKey,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async state(): Promise<ChannelStateDto> {
    const isLost = await this.key.lost();
    const since = new Date(this.clock.now().getTime() - DAY_MS);
    return read(this.db, async (tx) => {
      const robots = await openingsAtWork(tx);
      const stateOf = async (channel: 'sms' | 'mail', address: string | undefined) => {
        const last = await lastSent(tx, { channel, since });
        const set = address !== undefined && !this.config.drill;
        return { set, lastAt: last?.at.toISOString() ?? null, lastFailure: last?.failure ?? null };
      };
      return {
        sms: await stateOf('sms', this.config.SMS_GATEWAY_URL),
        mail: await stateOf('mail', this.config.SMTP_URL),
        robots: { atWork: robots.length, keyLost: robots.filter(isLost).length },
      };
    });
  }
}
