import { Injectable } from '@nestjs/common';
import { systemActor } from '../../access/index.js';
import { Database, inTransaction, read, type Tx } from '../../database/index.js';
import { Clock } from '../../shared/clock.js';
import { sentence } from '../../shared/i18n.js';
import { type AlertRow, lockAlert, saveProgress } from '../alerts.store.js';
import { deliveriesByIds, type DeliveryRow, planNextAttempt, saveStage, tryTheRestNow } from '../deliveries.store.js';
import type { InboundReply } from '../inbox.service.js';
import { mayMove, type Stage } from '../run.rules.js';
import { tell } from '../runs.service.js';
import type { GatewayKind } from './gateway.service.js';
import { keepInbound } from './inbound.store.js';
import type { ReceiptsTaken, SmsReceipts, VoiceReceipts } from './providers.dto.js';
import { type CallEnd, KEYS, redialAfterMs } from './voice.rules.js';

const JOB = 'alerts.receipts';
const ACTOR = systemActor(JOB);
type SmsReceipt = SmsReceipts['receipts'][number];
type VoiceReceipt = VoiceReceipts['receipts'][number];
/** A receipt of any provider. `end` and `key`: how a call ended, and what was pressed in it. */
interface Receipt {
  reference: string;
  stage: 'delivered' | 'opened' | 'failed';
  reason: string | undefined;
  end?: CallEnd;
  key?: { pressed: '1' | '2'; at: Date | null } | undefined;
}
interface Taking {
  alert: AlertRow;
  kind: GatewayKind;
  now: Date;
}
/** Nothing that never left has a receipt. */
const NEVER_LEFT = new Set<Stage>(['planned', 'cancelled', 'expired']);

const ofText = ({ reference, status, reason }: SmsReceipt): Receipt => ({ reference, stage: status, reason });
const ofCall = ({ reference, status, pressed, at, reason }: VoiceReceipt): Receipt => ({
  reference,
  stage: pressed ? 'opened' : status === 'answered' ? 'delivered' : 'failed',
  reason: reason ?? status,
  end: status,
  key: pressed && { pressed, at: at ? new Date(at) : null },
});

/** What providers tell later of messages that they took and of calls that they made. */
@Injectable()
export class ReceiptsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes receipts, those of one run in one transaction. A message only moves forward; a receipt told again, late, or of no message of ours
   * changes nothing. A failure that the network reports is final for the attempt: nothing is tried again for it.
   */
  async takeReceipts(receipts: readonly SmsReceipt[]): Promise<ReceiptsTaken> {
    return this.take(receipts.map(ofText), 'sms');
  }

  /** Likewise of calls. A key pressed in one is kept with the receipt and read like words that came in; who took no call is rung up again. */
  async takeCalls(receipts: readonly VoiceReceipt[]): Promise<ReceiptsTaken> {
    return this.take(receipts.map(ofCall), 'voice');
  }

  private async take(receipts: readonly Receipt[], kind: GatewayKind): Promise<ReceiptsTaken> {
    const known = await read(this.db, (tx) => deliveriesByIds(tx, receipts.map(({ reference }) => reference))); // prettier-ignore
    const runs = new Map(known.map(({ id, alertId }) => [id, alertId]));
    const byRun = new Map<string, Receipt[]>();
    for (const receipt of receipts) {
      const run = runs.get(receipt.reference);
      if (run) byRun.set(run, [...(byRun.get(run) ?? []), receipt]);
    }
    let moved = 0;
    for (const [alertId, own] of byRun) moved += await this.takeOfRun(alertId, own, kind);
    return { moved, unknown: receipts.filter(({ reference }) => !runs.has(reference)).length };
  }

  private async takeOfRun(alertId: string, receipts: readonly Receipt[], kind: GatewayKind): Promise<number> {
    return inTransaction(this.db, async (tx) => {
      const now = this.clock.now();
      const alert = (await lockAlert(tx, alertId))!;
      const rows = new Map((await deliveriesByIds(tx, receipts.map(({ reference }) => reference))).map((row) => [row.id, row])); // prettier-ignore
      let moved = 0;
      for (const receipt of receipts) {
        const row = rows.get(receipt.reference)!;
        const next = await takeOne(tx, { row, receipt }, { alert, kind, now });
        if (next) rows.set(row.id, next);
        if (next) moved++;
      }
      if (moved > 0) {
        await saveProgress(tx, alert);
        await tell(tx, alertId, { kind: 'alert.delivery-noted', actor: ACTOR });
      }
      return moved;
    });
  }
}

/** D15: how far the message got by one receipt; null when that changes nothing. What is pressed counts whatever became of the attempt. */
async function takeOne(
  tx: Tx,
  { row, receipt }: { row: DeliveryRow; receipt: Receipt },
  { alert, kind, now }: Taking,
): Promise<DeliveryRow | null> {
  if (row.channel !== kind || NEVER_LEFT.has(row.stage)) return null;
  if (receipt.key) await keepInbound(tx, [pressedIn(row, receipt.key, now)], now);
  const { stage, reason, end } = receipt;
  if (!mayMove(row.stage, stage)) return null;
  const failure = stage === 'failed' ? `receipt ${reason ?? ''}`.trim().slice(0, 80) : row.failure;
  const next = { ...row, stage, stageAt: now, dueAt: null, failure };
  await saveStage(tx, next);
  if (stage === 'failed') await tryTheRestNow(tx, next, now);
  const waitMs = stage === 'failed' && end && alert.doneReason === null ? redialAfterMs(end, row.attempt) : null;
  if (waitMs !== null) await planNextAttempt(tx, row, { now, waitMs });
  return next;
}

/** A key is one message, however often it is told: the same key of the same call is the same. */
function pressedIn(row: DeliveryRow, { pressed: key, at }: NonNullable<Receipt['key']>, now: Date): InboundReply {
  const pressed = KEYS[key];
  return {
    providerId: `voice-${row.id}-${key}`, phone: row.phone!, words: sentence('zh-CN', `alert-text.voice.pressed-${pressed}`, {}),
    sentAt: at && at < now ? at : now, key: { alertId: row.alertId, pressed },
  }; // prettier-ignore
}
