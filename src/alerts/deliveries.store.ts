import type { Tx } from '../database/index.js';
import { newId } from '../shared/ids.js';
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
  email: string | null;
  channel: DeliveryDto['channel'];
  attempt: number;
  stage: DeliveryDto['stage'];
  stageAt: Date;
  dueAt: Date | null;
  failure: string | null;
  tokenHash: Buffer | null;
  tokenUsedAt: Date | null;
  handedAt: Date | null;
  /** Whole seconds that it was handed over after its time. */
  lateS: number | null;
  /** It left in the quiet hours of its person (D20). */
  throughQuiet: boolean;
}
const DELIVERY = `id, alert_id as "alertId", step, person_name as "personName", person_role as "personRole", member_id as "memberId",
  user_id as "userId", phone, email, channel, attempt, stage, stage_at as "stageAt", due_at as "dueAt", failure, token_hash as "tokenHash",
  token_used_at as "tokenUsedAt", handed_at as "handedAt", late_s as "lateS", through_quiet as "throughQuiet"`;

export function toDeliveryDto(row: DeliveryRow): DeliveryDto {
  const { id, step, personName, personRole, memberId, userId, channel, attempt, stage, failure, throughQuiet } = row;
  const times = { stageAt: row.stageAt.toISOString(), handedAt: row.handedAt?.toISOString() ?? null };
  return {
    id,
    step,
    personName,
    personRole,
    memberId,
    userId,
    channel,
    attempt,
    stage,
    ...times,
    failure,
    throughQuiet,
  };
}

export async function insertDelivery(tx: Tx, row: DeliveryRow): Promise<void> {
  await tx.query(
    `insert into alert_delivery (id, alert_id, step, person_name, person_role, member_id, user_id, phone, email, channel, attempt, stage,
       stage_at, due_at, failure) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      row.id, row.alertId, row.step, row.personName, row.personRole, row.memberId, row.userId, row.phone, row.email, row.channel, row.attempt,
      row.stage, row.stageAt, row.dueAt, row.failure,
    ], // prettier-ignore
  );
}

/** Plans one more attempt of the same message. The caller holds the lock of its alert. */
export async function planNextAttempt(
  tx: Tx,
  row: DeliveryRow,
  { now, waitMs }: { now: Date; waitMs: number },
): Promise<DeliveryRow> {
  const next: DeliveryRow = {
    ...row, id: newId(), attempt: row.attempt + 1, stage: 'planned', stageAt: now, dueAt: new Date(now.getTime() + waitMs), failure: null,
    tokenHash: null, handedAt: null, lateS: null, throughQuiet: false,
  }; // prettier-ignore
  await insertDelivery(tx, next);
  return next;
}

/** How far a delivery got. The caller holds the lock of its alert. */
export async function saveStage(tx: Tx, row: DeliveryRow): Promise<void> {
  await tx.query(
    `update alert_delivery set stage = $2, stage_at = $3, due_at = $4, failure = $5, token_hash = $6, handed_at = $7, late_s = $8, through_quiet = $9
     where id = $1`,
    [row.id, row.stage, row.stageAt, row.dueAt, row.failure, row.tokenHash, row.handedAt, row.lateS, row.throughQuiet],
  );
}

/** D19: a way did not work, so what waits behind it for the same person leaves now. */
export async function tryTheRestNow(tx: Tx, row: DeliveryRow, now: Date): Promise<void> {
  await tx.query(
    `update alert_delivery set due_at = $5 where alert_id = $1 and step = $2 and member_id is not distinct from $3
       and user_id is not distinct from $4 and stage = 'planned' and attempt = 1 and due_at > $5`,
    [row.alertId, row.step, row.memberId, row.userId, now],
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

/**
 * What a run must not end over. `claimedUntil`: until when a process that took messages still has time to say what became of them. `untried`: messages
 * that are due and that nobody has in hand, and such as nobody has tried to hand over by one of their channels. `justAsked`: messages that
 * left half a step's time late or later, and since then half a step's time has not passed.
 */
export async function unsettledDeliveries(
  tx: Tx,
  alertId: string,
  { now, answerS }: { now: Date; answerS: number },
): Promise<{ claimedUntil: Date | null; untried: boolean; justAsked: boolean }> {
  const [row] = await tx.query<{ claimedUntil: Date | null; untried: boolean; justAsked: boolean }>(
    `select max(due_at) filter (where stage = 'handed' and due_at > $2) as "claimedUntil",
       count(*) filter (where due_at <= $2 or (stage = 'planned' and attempt = 1)) > 0 as untried,
       count(*) filter (where stage <> 'failed' and late_s * 2 >= $3 and handed_at > $2::timestamptz - make_interval(secs => $3::float8 / 2)) > 0 as "justAsked"
     from alert_delivery where alert_id = $1`,
    [alertId, now, answerS],
  );
  return row!;
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

/** What is due of a run, but for what this process is handing over itself. */
export async function dueDeliveries(
  tx: Tx,
  alertId: string,
  { now, inHand }: { now: Date; inHand: string[] },
): Promise<DeliveryRow[]> {
  return tx.query<DeliveryRow>(
    `select ${DELIVERY} from alert_delivery where alert_id = $1 and due_at <= $2 and id <> all($3::uuid[]) order by step, id`,
    [alertId, now, inHand],
  );
}

/** Says that the process which claimed them is alive. What was noted or ended meanwhile stays as it is. */
export async function renewClaims(tx: Tx, ids: string[], dueAt: Date): Promise<void> {
  await tx.query(
    `update alert_delivery set due_at = $2 where id = any($1) and stage = 'handed' and due_at is not null`,
    [ids, dueAt],
  );
}

export async function pullDueDeliveries(tx: Tx, alertId: string, backMs: number): Promise<void> {
  await tx.query(
    `update alert_delivery set due_at = due_at - make_interval(secs => $2::float8 / 1000) where alert_id = $1 and due_at is not null`,
    [alertId, backMs],
  );
}

/** Brings what is due after `latest` to `to`. */
export async function clampDeliveries(
  tx: Tx,
  alertId: string,
  { latest, to }: { latest: Date; to: Date },
): Promise<void> {
  await tx.query(`update alert_delivery set due_at = $3 where alert_id = $1 and due_at > $2`, [alertId, latest, to]);
}

/** Failures after which a provider may have the message all the same; so may one that answered with a fault of its own, or with no HTTP. */
const MAYBE_SENT = ['no-result', 'ETIMEDOUT', 'EGARBLED', 'ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'ENETWORK'];

/** Earlier attempts of the same message that may have left although their result is not known. */
export async function unknownAttempts(tx: Tx, row: DeliveryRow): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select id from alert_delivery where alert_id = $1 and step = $2 and member_id is not distinct from $3 and user_id is not distinct from $4
       and channel = $5 and attempt < $6 and (failure = any($7) or failure like 'EHTTP5%' or failure like 'HPE%') order by attempt`,
    [row.alertId, row.step, row.memberId, row.userId, row.channel, row.attempt, MAYBE_SENT],
  );
  return rows.map(({ id }) => id);
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
