import { Inject, Injectable, Logger } from '@nestjs/common';
import { CONFIG, type Config } from '../../config.js';
import { Clock } from '../../shared/clock.js';
import { CallFailed, postJson } from '../providers/http-call.js';
import { KeyLost, RobotKey } from './robot-key.js';
import { readWebhook, requestOf, type Robot, type RobotVerdict, robotVerdict } from './webhook.rules.js';

const CALL_MS = 10_000;

/** Says words in a group. Whatever is wrong with the line or the answer is a verdict, never an error. */
@Injectable()
export class RobotCaller {
  private readonly log = new Logger('robots');

  constructor(
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
    private readonly key: RobotKey,
  ) {}

  async say(robot: Robot & { id: string }, words: string): Promise<RobotVerdict> {
    if (this.config.drill) return { sent: false, failure: 'EDRILL', tooMuch: false }; // D12
    const verdict = await this.call(robot, words);
    if (!verdict.sent) this.log.warn(`${robot.kind} ${robot.id} failed: ${verdict.failure}`);
    return verdict;
  }

  private async call({ id, kind, ...held }: Robot & { id: string }, words: string): Promise<RobotVerdict> {
    try {
      const { webhook, secret } = await this.key.open({ id, ...held });
      // Looked at again: what was allowed for a trial is not called once trials are over.
      const address = readWebhook(kind, webhook, { loopback: this.config.ROBOT_LOOPBACK });
      const { url, body } = requestOf({ kind, webhook: address.webhook, secret }, words, this.clock.now());
      return robotVerdict(await postJson(url, { body, timeoutMs: CALL_MS }));
    } catch (error) {
      return {
        sent: false,
        failure: error instanceof CallFailed || error instanceof KeyLost ? error.code : 'EWEBHOOK',
        tooMuch: false,
      };
    }
  }
}
