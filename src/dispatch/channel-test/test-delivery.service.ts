import { randomBytes } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import {
  ChannelDoors,
  contactSettings,
  linkHash,
  type OutgoingAlert,
  ProviderRefused,
  waitsUntil,
} from '../../alerts/index.js';
import { CONFIG, type Config } from '../../config.js';
import { Database, inTransaction } from '../../database/index.js';
import { JobQueue } from '../../queue/index.js';
import { Clock } from '../../shared/clock.js';
import { idFrom } from '../../shared/ids.js';
import { afterQuiet, isTestingHour, MOST_TEST_ATTEMPTS, retryAt, TEST_LEASE_MS } from './channel-test.rules.js';
import * as store from './channel-test.store.js';

const JOB = 'dispatch.test-delivery';
const TICK_MS = 5000;
const BATCH = 20;

/** Hands the messages of silent tests over through the port of alerts, a few at a time and never before an alert's: claim, send, note. */
@Injectable()
export class TestDeliveryService {
  private readonly log = new Logger('channel-test');
  private readonly base: string;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly doors: ChannelDoors,
    queue: JobQueue,
    @Inject(CONFIG) config: Config,
  ) {
    this.base = config.PUBLIC_URL ?? `http://${config.HOST}:${config.PORT}`;
    queue.every(JOB, TICK_MS, async () => void (await this.deliverDue()));
  }

  /**
   * One batch, in testing hours; at night all waits for the morning, but for whom every testing hour is a quiet one (D20). Answers how many messages
   * were taken by the provider.
   */
  async deliverDue(): Promise<number> {
    const claimed = await this.claim();
    const results = await Promise.all(
      claimed.map(async ({ message, token }) => {
        try {
          await this.doors.send(this.outgoing(message, token));
          return { message, failure: null, forGood: false };
        } catch (error) {
          const { code, name } = error as { code?: string; name?: string };
          this.log.warn(`${message.channel} ${message.id} failed: ${String(error)}`);
          const failure = (code ?? name ?? 'unknown').slice(0, 80);
          return { message, failure, forGood: error instanceof ProviderRefused };
        }
      }),
    );
    for (const { message, ...result } of results) await this.note(message.id, result);
    return results.filter(({ failure }) => failure === null).length;
  }

  /** A lease: if the process dies before the result is noted, the message goes again with a new link, three times in all. */
  private async claim(): Promise<{ message: store.Message; token: string }[]> {
    return inTransaction(this.db, async (tx) => {
      const now = this.clock.now();
      const claimed = [];
      const due = await store.lockDueMessages(tx, { now, night: !isTestingHour(now), limit: BATCH });
      const said = await contactSettings(tx, due.map(({ userId }) => userId)); // prettier-ignore
      for (const { endsAt, ...message } of due) {
        const quiet = (message.userId && said.get(message.userId)?.quiet) || null;
        const quietUntil = afterQuiet((at) => waitsUntil('channel-test', quiet, at), { now, endsAt });
        if (quietUntil) {
          await store.saveMessage(tx, { ...message, stageAt: now, dueAt: quietUntil, quietUntil });
          continue;
        }
        if (message.attempts >= MOST_TEST_ATTEMPTS) {
          await store.saveMessage(tx, { ...message, stage: 'failed', stageAt: now, dueAt: null, failure: 'no-result' });
          continue;
        }
        const token = randomBytes(18).toString('base64url');
        const dueAt = new Date(now.getTime() + TEST_LEASE_MS);
        const next = { ...message, attempts: message.attempts + 1, dueAt };
        await store.saveMessage(tx, next, linkHash(token));
        claimed.push({ message: next, token });
      }
      return claimed;
    });
  }

  private async note(id: string, { failure, forGood }: { failure: string | null; forGood: boolean }): Promise<void> {
    await inTransaction(this.db, async (tx) => {
      const now = this.clock.now();
      const held = (await store.lockMessage(tx, id))!;
      if (held.stage !== 'planned') return; // confirmed already, or the test has ended
      const again = failure === null || forGood ? null : retryAt(held.attempts, now);
      const stage = failure === null ? 'handed' : again ? 'planned' : 'failed';
      await store.saveMessage(tx, { ...held, stage, stageAt: now, dueAt: again, failure });
    });
  }

  /**
   * What no test has is left empty: its text speaks of no incident, no place and no team. A test may come twice, and then its last link counts:
   * the provider is not asked what it has.
   */
  private outgoing(message: store.Message, token: string): OutgoingAlert {
    return {
      deliveryId: idFrom('channel-test', message.id, String(message.attempts)), maybeSent: [], channel: message.channel as OutgoingAlert['channel'],
      to: (message.channel === 'mail' ? message.email : message.phone)!, personName: message.personName, kind: 'channel-test', exercise: false, severity: '', incidentTitle: '', incidentKind: '', headcount: null, placeText: '', teamName: '', unitCode: '', message: '',
      link: `${this.base}/phone.html#/t/${token}`, at: this.clock.now(),
    }; // prettier-ignore
  }
}
