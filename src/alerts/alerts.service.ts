import { Injectable } from '@nestjs/common';
import { type Actor, systemActor, visibleOr404 } from '../access/index.js';
import { Database, inTransaction, read, type Tx } from '../database/index.js';
import { Clock } from '../shared/clock.js';
import { Problem } from '../shared/problem.js';
import type { AlertDto, AlertsQuery, LinkedAlertDto } from './alerts.dto.js';
import * as store from './alerts.store.js';
import { allDeliveries, type DeliveryRow, deliveryByToken, saveStage } from './deliveries.store.js';
import { linkHash } from './delivery.service.js';
import { mayMove, type Stage } from './run.rules.js';
import { tell } from './runs.service.js';

@Injectable()
export class AlertsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  async alerts(actor: Actor, query: AlertsQuery, page: { before: string | null; limit: number }): Promise<AlertDto[]> {
    return read(this.db, (tx) => store.visibleAlerts(tx, actor.keys, { ...query, ...page, userId: actor.userId }));
  }

  /** The app showed the alert to this user. 404 `alert.not-found`. */
  async noteDisplayed(actor: Actor, alertId: string): Promise<AlertDto> {
    return inTransaction(this.db, async (tx) => {
      const alert = visibleOr404(actor, await store.lockAlert(tx, alertId), 'alert', alertId);
      const own = (await allDeliveries(tx, [alertId])).filter(
        (row) => row.userId === actor.userId && row.channel === 'in-app',
      );
      const moved = await this.moveStage(tx, alert, { deliveries: own, to: 'displayed', by: actor });
      return moved ?? store.toAlertDto(await store.runOf(tx, alert));
    });
  }

  /** What a one-time link shows. 404 `link.not-found`. */
  async linked(token: string): Promise<LinkedAlertDto> {
    return read(this.db, async (tx) => store.linkedAlert(tx, await this.held(tx, token)));
  }

  /** The person opened the page of the link; said once, repeats change nothing. */
  async openLink(token: string): Promise<LinkedAlertDto> {
    return inTransaction(this.db, async (tx) => {
      const { alertId } = await this.held(tx, token);
      const alert = (await store.lockAlert(tx, alertId))!;
      const delivery = await this.held(tx, token);
      const by = { ...systemActor(delivery.personName), userId: delivery.userId };
      await this.moveStage(tx, alert, { deliveries: [delivery], to: 'opened', by });
      return store.linkedAlert(tx, delivery);
    });
  }

  private async held(tx: Tx, token: string): Promise<DeliveryRow> {
    const delivery = await deliveryByToken(tx, linkHash(token));
    if (!delivery) throw new Problem('link.not-found');
    return delivery;
  }

  private async moveStage(
    tx: Tx,
    alert: store.AlertRow,
    move: { deliveries: DeliveryRow[]; to: Stage; by: { userId: string | null; name: string } },
  ): Promise<AlertDto | null> {
    const moving = move.deliveries.filter((row) => mayMove(row.stage, move.to));
    if (moving.length === 0) return null;
    for (const row of moving) await saveStage(tx, { ...row, stage: move.to, stageAt: this.clock.now(), dueAt: null });
    await store.saveProgress(tx, alert);
    return tell(tx, alert.id, { kind: `alert.${move.to}`, actor: move.by });
  }
}
