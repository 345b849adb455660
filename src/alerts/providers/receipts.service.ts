import { Injectable } from '@nestjs/common';
import { systemActor } from '../../access/index.js';
import { Database, inTransaction, read } from '../../database/index.js';
import { Clock } from '../../shared/clock.js';
import { lockAlert, saveProgress } from '../alerts.store.js';
import { deliveriesByIds, saveStage, tryTheRestNow } from '../deliveries.store.js';
import { mayMove } from '../run.rules.js';
import { tell } from '../runs.service.js';
import type { ReceiptsTaken, SmsReceipts } from './providers.dto.js';

const JOB = 'alerts.receipts';
const ACTOR = systemActor(JOB);
type Receipt = SmsReceipts['receipts'][number];

/** What providers tell later of messages that they took. */
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
  async takeReceipts(receipts: readonly Receipt[]): Promise<ReceiptsTaken> {
    const known = await read(this.db, (tx) => deliveriesByIds(tx, receipts.map(({ reference }) => reference))); // prettier-ignore
    const runs = new Map(known.map(({ id, alertId }) => [id, alertId]));
    const byRun = new Map<string, Receipt[]>();
    for (const receipt of receipts) {
      const run = runs.get(receipt.reference);
      if (run) byRun.set(run, [...(byRun.get(run) ?? []), receipt]);
    }
    let moved = 0;
    for (const [alertId, own] of byRun) moved += await this.takeOfRun(alertId, own);
    return { moved, unknown: receipts.filter(({ reference }) => !runs.has(reference)).length };
  }

  private async takeOfRun(alertId: string, receipts: readonly Receipt[]): Promise<number> {
    return inTransaction(this.db, async (tx) => {
      const now = this.clock.now();
      const alert = (await lockAlert(tx, alertId))!;
      const rows = new Map((await deliveriesByIds(tx, receipts.map(({ reference }) => reference))).map((row) => [row.id, row])); // prettier-ignore
      let moved = 0;
      for (const { reference, status, reason } of receipts) {
        const row = rows.get(reference)!;
        // D15: nothing that never left, or left by another channel, has a receipt.
        if (row.channel !== 'sms' || row.stage === 'planned' || !mayMove(row.stage, status)) continue;
        const failure = status === 'failed' ? `receipt ${reason ?? ''}`.trim().slice(0, 80) : row.failure;
        const next = { ...row, stage: status, stageAt: now, dueAt: null, failure };
        rows.set(reference, next);
        await saveStage(tx, next);
        if (status === 'failed') await tryTheRestNow(tx, next, now);
        moved++;
      }
      if (moved > 0) {
        await saveProgress(tx, alert);
        await tell(tx, alertId, { kind: 'alert.delivery-noted', actor: ACTOR });
      }
      return moved;
    });
  }
}
