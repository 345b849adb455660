import type { Tx } from '../database/index.js';
import type { DeliveryDto } from './alerts.dto.js';

export interface DeliveryRow {
  id: string;
  alertId: string;
  step: number;
  personName: string;
  personRole: DeliveryDto['personRole'];
  memberId: string | null;
  userId: string | null;
  phone: string | null;
  channel: DeliveryDto['channel'];
  attempt: number;
  stage: DeliveryDto['stage'];
  stageAt: Date;
  dueAt: Date | null;
  failure: string | null;
  tokenHash: Buffer | null;
  tokenUsedAt: Date | null;
}
const DELIVERY = `id, alert_id as "alertId", step, person_name as "personName", person_role as "personRole", member_id as "memberId",
  user_id as "userId", phone, channel, attempt, stage, stage_at as "stageAt", due_at as "dueAt", failure, token_hash as "tokenHash",
  token_used_at as "tokenUsedAt"`;

export function toDeliveryDto(row: DeliveryRow): DeliveryDto {
  const { id, step, personName, personRole, memberId, userId, channel, attempt, stage, failure } = row;
  const stageAt = row.stageAt.toISOString();
  return { id, step, personName, personRole, memberId, userId, channel, attempt, stage, stageAt, failure };
}

export async function insertDelivery(tx: Tx, row: DeliveryRow): Promise<void> {
  await tx.query(
    `insert into alert_delivery (id, alert_id, step, person_name, person_role, member_id, user_id, phone, channel, attempt, stage, stage_at,
       due_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      row.id, row.alertId, row.step, row.personName, row.personRole, row.memberId, row.userId, row.phone, row.channel, row.attempt, row.stage,
      row.stageAt, row.dueAt,
    ], // prettier-ignore
  );
}

/** How far a delivery got. The caller holds the lock of its alert. */
export async function saveStage(tx: Tx, row: DeliveryRow): Promise<void> {
  await tx.query(
    `update alert_delivery set stage = $2, stage_at = $3, due_at = $4, failure = $5, token_hash = $6 where id = $1`,
    [row.id, row.stage, row.stageAt, row.dueAt, row.failure, row.tokenHash],
  );
}

/** What was not handed over yet never will be; a hand-over under way is not tried again. */
export async function endDeliveries(
  tx: Tx,
  alertId: string,
  { stage, now }: { stage: 'cancelled' | 'expired'; now: Date },
): Promise<void> {
  await tx.query(
    `update alert_delivery set stage = $2, stage_at = $3, due_at = null where alert_id = $1 and stage = 'planned'`,
    [alertId, stage, now],
  );
  await tx.query(`update alert_delivery set due_at = null where alert_id = $1 and stage = 'handed'`, [alertId]);
}

export async function allDeliveries(tx: Tx, alertIds: string[]): Promise<DeliveryRow[]> {
  return tx.query<DeliveryRow>(
    `select ${DELIVERY} from alert_delivery where alert_id = any($1) order by step, person_role, person_name, channel, attempt, id`,
    [alertIds],
  );
}

export async function deliveriesByIds(tx: Tx, ids: string[]): Promise<DeliveryRow[]> {
  return tx.query<DeliveryRow>(`select ${DELIVERY} from alert_delivery where id = any($1) order by id`, [ids]);
}

export async function dueDeliveries(tx: Tx, alertId: string, now: Date): Promise<DeliveryRow[]> {
  return tx.query<DeliveryRow>(
    `select ${DELIVERY} from alert_delivery where alert_id = $1 and due_at <= $2 order by step, id`,
    [alertId, now],
  );
}

export async function deliveryByToken(tx: Tx, tokenHash: Buffer): Promise<DeliveryRow | undefined> {
  return (await tx.query<DeliveryRow>(`select ${DELIVERY} from alert_delivery where token_hash = $1`, [tokenHash]))[0];
}

/** Spends a one-time link; false when it was spent before. */
export async function useToken(tx: Tx, deliveryId: string, now: Date): Promise<boolean> {
  const rows = await tx.query(
    `update alert_delivery set token_used_at = $2 where id = $1 and token_used_at is null returning id`,
    [deliveryId, now],
  );
  return rows.length > 0;
}
