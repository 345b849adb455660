import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Inject, Injectable, Logger } from '@nestjs/common';
import { systemActor } from '../access/index.js';
import { CONFIG, type Config } from '../config.js';
import { Database, inTransaction, type Tx } from '../database/index.js';
import { JournalFeed } from '../journal/index.js';
import { JobQueue } from '../queue/index.js';
import { Clock } from '../shared/clock.js';
import { type AlertRow, lockAlert, lockAlertWithDueDeliveries, saveProgress } from './alerts.store.js';
import { ChannelDoors, type OutgoingAlert, ProviderRefused } from './channel.service.js';
import { quietUntil } from './contact/contact.rules.js';
import { contactSettings } from './contact/contact.store.js';
import {
  deliveriesByIds, type DeliveryRow, dueDeliveries, planNextAttempt, renewClaims, saveStage, tryTheRestNow, unknownAttempts,
} from './deliveries.store.js'; // prettier-ignore
import { type Channel, HAND_OVER_LEASE_MS, mayMove, retryAfterMs } from './run.rules.js';
import { tell } from './runs.service.js';

const JOB = 'alerts.deliver';
const TICK_MS = 1000;
const RENEW_MS = HAND_OVER_LEASE_MS / 3;
/** A result is kept this long while the database cannot take it. */
const KEEP_RESULT_MS = 60_000;
const NOTE_AGAIN_MS = 500;
/** Messages that one process has with providers at a time; what is due beyond them waits for the next ring. */
const MOST_IN_HAND = 500;
const ACTOR = systemActor(JOB);
const PLANS_MESSAGES = new Set(['alert.raised', 'alert.moved-on', 'alert.put-off']);
const SENT_BY_SMS = 'sent-by-sms';
/** Why nothing is sent by a channel: the text message to the same person has the link; no mail server is set, nobody makes calls any more. */
const NOT_SENT: Partial<Record<Channel, string>> = { mail: 'no-mail-server', voice: 'no-voice-gateway' };

export const linkHash = (token: string): Buffer => createHash('sha256').update(token).digest();

type Result = { deliveryId: string } & ({ stage: 'handed' | 'delivered' } | { failure: string; forGood: boolean });

/**
 * Hands planned messages over: claim, send, note the result, each by itself, so that no transaction waits for a provider. A claim is a
 * short lease that lives as long as its process: when the process dies before the result is noted, the message goes again as a new attempt
 * that names the lost one, so that the provider can say whether it has it. Nothing is lost, and where the provider can be asked nothing is
 * handed over twice.
 */
@Injectable()
export class DeliveryService implements BeforeApplicationShutdown {
  private readonly log = new Logger('alerts');
  private readonly base: string;
  /** What this process is handing over at this moment. */
  private readonly inHand = new Set<string>();
  private readonly underway = new Set<Promise<void>>();
  /** Results are noted one after another: many at once would take every line to the database. */
  private noting: Promise<void> = Promise.resolve();

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly doors: ChannelDoors,
    queue: JobQueue,
    feed: JournalFeed,
    @Inject(CONFIG) config: Config,
  ) {
    this.base = config.PUBLIC_URL ?? `http://${config.HOST}:${config.PORT}`;
    queue.every(JOB, TICK_MS, async () => void (await this.startDue()));
    feed.follow((changes) => {
      for (const change of changes) {
        if (!PLANS_MESSAGES.has(change.kind)) continue;
        void queue.enqueue(JOB, {}, { jobId: `${JOB}-${change.subjectId}-${change.version}` });
      }
    });
  }

  /** Hands over everything that is due and waits until that is noted; answers how many messages left by an outside channel. */
  async deliverDue(): Promise<number> {
    let sent = 0;
    for (;;) {
      const { claimed, messages, handing } = await this.startDue();
      await Promise.all(handing);
      sent += messages;
      if (claimed === 0) return sent;
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.underway);
  }

  /**
   * Begins to hand over what is due and waits for no provider: one that is silent holds up neither the alerts behind it nor the clock that
   * climbs them. Answers how many runs were looked at, how many messages are on their way, and what waits for their results.
   */
  async startDue(): Promise<{ claimed: number; messages: number; handing: Promise<void>[] }> {
    const begun = { claimed: 0, messages: 0, handing: [] as Promise<void>[] };
    while (this.inHand.size < MOST_IN_HAND) {
      const claim = await this.claim();
      if (!claim) break;
      begun.claimed++;
      begun.messages += claim.outgoing.length;
      if (claim.outgoing.length > 0) begun.handing.push(this.follow(this.handOverAll(claim)));
    }
    return begun;
  }

  /** A result that could not be noted is lost with its lease: the message goes again as a new attempt. */
  private follow(handingOver: Promise<void>): Promise<void> {
    const followed = handingOver
      .catch((error: unknown) => this.log.error(`a result was not noted: ${String(error)}`))
      .finally(() => this.underway.delete(followed));
    this.underway.add(followed);
    return followed;
  }

  private async handOverAll({ alertId, outgoing }: { alertId: string; outgoing: OutgoingAlert[] }): Promise<void> {
    const ids = outgoing.map(({ deliveryId }) => deliveryId);
    for (const id of ids) this.inHand.add(id);
    const alive = setInterval(() => void this.renew(ids), RENEW_MS);
    try {
      const results = await this.send(outgoing);
      const noted = this.noting.then(() => this.noteSurely(alertId, results));
      this.noting = noted.catch(() => undefined);
      await noted;
    } finally {
      clearInterval(alive);
      for (const id of ids) this.inHand.delete(id);
    }
  }

  private async renew(ids: string[]): Promise<void> {
    const dueAt = new Date(this.clock.now().getTime() + HAND_OVER_LEASE_MS);
    await inTransaction(this.db, (tx) => renewClaims(tx, ids, dueAt)).catch((error: unknown) =>
      this.log.warn(`a claim was not renewed: ${String(error)}`),
    );
  }

  /** What a provider said is known to this process alone until it is noted: a database that is away is waited for. */
  private async noteSurely(alertId: string, results: Result[]): Promise<void> {
    const until = performance.now() + KEEP_RESULT_MS;
    for (;;) {
      try {
        return await this.note(alertId, results);
      } catch (error) {
        if (performance.now() > until) throw error;
        await sleep(NOTE_AGAIN_MS);
      }
    }
  }

  /** Takes one run's due messages: the feed itself carries those in the app, the others are marked handed under a lease. */
  async claim(): Promise<{ alertId: string; outgoing: OutgoingAlert[] } | null> {
    return inTransaction(this.db, async (tx) => {
      const now = this.clock.now();
      const looked = { now, inHand: [...this.inHand] };
      const alert = await lockAlertWithDueDeliveries(tx, looked);
      if (!alert) return null;
      const outgoing: OutgoingAlert[] = [];
      const due = await dueDeliveries(tx, alert.id, looked);
      if (due.length === 0) return { alertId: alert.id, outgoing }; // taken between the look and the lock
      const said = await contactSettings(tx, due.map(({ userId }) => userId)); // prettier-ignore
      for (const delivery of due) {
        const fresh =
          delivery.stage === 'handed' ? await this.fail(tx, delivery, { failure: 'no-result', now }) : delivery;
        if (!fresh || fresh.dueAt! > now) continue;
        const leaving = { ...fresh, stageAt: now, handedAt: now, lateS: wholeSeconds(fresh.dueAt!, now), throughQuiet: isQuietFor(fresh, said, now) }; // prettier-ignore
        if (fresh.channel === 'in-app') await saveStage(tx, { ...leaving, stage: 'delivered', dueAt: null });
        else if (!this.doors.carries({ channel: fresh.channel, exercise: alert.exercise }))
          await this.leaveOut(tx, fresh, now);
        else outgoing.push(await this.handOver(tx, { alert, delivery: leaving, now }));
      }
      await saveProgress(tx, alert);
      await tell(tx, alert.id, { kind: 'alert.handed', actor: ACTOR });
      return { alertId: alert.id, outgoing };
    });
  }

  private send(outgoing: OutgoingAlert[]): Promise<Result[]> {
    return Promise.all(
      outgoing.map(async (message): Promise<Result> => {
        const { deliveryId, channel } = message;
        try {
          return { deliveryId, stage: await this.doors.send(message) };
        } catch (error) {
          this.log.warn(`${channel} ${deliveryId} failed: ${String(error)}`);
          const { code, name } = error as { code?: string; name?: string };
          const failure = (code ?? name ?? 'unknown').slice(0, 80);
          return { deliveryId, failure, forGood: error instanceof ProviderRefused };
        }
      }),
    );
  }

  private async note(alertId: string, results: Result[]): Promise<void> {
    await inTransaction(this.db, async (tx) => {
      const now = this.clock.now();
      const alert = (await lockAlert(tx, alertId))!;
      const held = await deliveriesByIds(tx, results.map((result) => result.deliveryId)); // prettier-ignore
      let changed = false;
      for (const result of results) {
        const delivery = held.find((row) => row.id === result.deliveryId)!;
        if (delivery.stage !== 'handed') continue;
        if ('failure' in result) {
          const last = alert.doneReason !== null || result.forGood;
          await this.fail(tx, delivery, { failure: result.failure, now, last });
        } else {
          const moves = mayMove(delivery.stage, result.stage);
          await saveStage(
            tx,
            moves ? { ...delivery, stage: result.stage, stageAt: now, dueAt: null } : { ...delivery, dueAt: null },
          );
          if (!moves) continue;
        }
        changed = true;
      }
      if (!changed) return;
      await saveProgress(tx, alert);
      await tell(tx, alertId, { kind: 'alert.delivery-noted', actor: ACTOR });
    });
  }

  /** Nothing is sent by this channel by itself: what it says goes with another, or there is no way. */
  private async leaveOut(tx: Tx, delivery: DeliveryRow, now: Date): Promise<void> {
    const failure = NOT_SENT[delivery.channel] ?? SENT_BY_SMS;
    await saveStage(tx, { ...delivery, stage: 'cancelled', stageAt: now, dueAt: null, failure });
    if (failure !== SENT_BY_SMS) await tryTheRestNow(tx, delivery, now);
  }

  /** Ends an attempt as failed and plans the next one, unless it was the last. */
  private async fail(
    tx: Tx,
    delivery: DeliveryRow,
    { failure, now, last = false }: { failure: string; now: Date; last?: boolean },
  ): Promise<DeliveryRow | null> {
    await saveStage(tx, { ...delivery, stage: 'failed', stageAt: now, dueAt: null, failure });
    await tryTheRestNow(tx, delivery, now);
    const waitMs = last ? null : retryAfterMs(delivery.attempt);
    if (waitMs === null) return null;
    // The lease was the waiting time of an attempt without a result.
    return planNextAttempt(tx, delivery, { now, waitMs: failure === 'no-result' ? 0 : waitMs });
  }

  private async handOver(
    tx: Tx,
    { alert, delivery, now }: { alert: AlertRow; delivery: DeliveryRow; now: Date },
  ): Promise<OutgoingAlert> {
    const token = randomBytes(32).toString('base64url');
    const dueAt = new Date(now.getTime() + HAND_OVER_LEASE_MS);
    await saveStage(tx, { ...delivery, stage: 'handed', dueAt, tokenHash: linkHash(token) });
    return {
      deliveryId: delivery.id, channel: delivery.channel as OutgoingAlert['channel'], to: (delivery.channel === 'mail' ? delivery.email : delivery.phone)!, personName: delivery.personName,
      kind: alert.kind, exercise: alert.exercise, severity: alert.severity, incidentTitle: alert.incidentTitle, incidentKind: alert.incidentKind, headcount: alert.headcount,
      placeText: alert.placeText, teamName: alert.teamName, unitCode: alert.unitCode, message: alert.message, link: `${this.base}/phone.html#/a/${token}`, at: now,
      maybeSent: await unknownAttempts(tx, delivery),
    }; // prettier-ignore
  }
}

/** Whether a message that leaves now does so in the quiet hours of its person (D20). */
const isQuietFor = ({ userId }: DeliveryRow, said: Awaited<ReturnType<typeof contactSettings>>, now: Date): boolean =>
  quietUntil((userId && said.get(userId)?.quiet) || null, now) !== null;

const wholeSeconds = (from: Date, to: Date): number => Math.max(0, Math.floor((to.getTime() - from.getTime()) / 1000));
