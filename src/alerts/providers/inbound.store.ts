import type { Tx } from '../../database/index.js';
import type { InboundReply } from '../inbox.service.js';
import type { GatewayKind } from './gateway.service.js';

/** Keeps messages that came in; answers how many are new. */
export async function keepInbound(tx: Tx, replies: readonly InboundReply[], now: Date): Promise<number> {
  let kept = 0;
  for (const { providerId, phone, words, sentAt, key } of replies) {
    const rows = await tx.query(
      `insert into inbound_sms (provider_id, phone, words, sent_at, received_at, alert_id, pressed) values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (provider_id) do nothing returning provider_id`,
      [providerId, phone, words, sentAt, now, key?.alertId ?? null, key?.pressed ?? null],
    );
    kept += rows.length;
  }
  return kept;
}

/** Messages of which nobody has said yet that they were taken, in the order in which they came. */
export async function waitingInbound(tx: Tx, limit: number): Promise<InboundReply[]> {
  return tx.query<InboundReply>(
    `select provider_id as "providerId", phone, words, sent_at as "sentAt",
       case when pressed is not null then jsonb_build_object('alertId', alert_id, 'pressed', pressed) end as key
     from inbound_sms where taken_at is null order by nth limit $1`,
    [limit],
  );
}

export async function markTaken(tx: Tx, providerId: string, now: Date): Promise<void> {
  await tx.query(`update inbound_sms set taken_at = $2 where provider_id = $1 and taken_at is null`, [providerId, now]);
}

/** When the last words, or the last key, came in. */
export async function lastInboundAt(tx: Tx, kind: GatewayKind): Promise<Date | null> {
  const sql = `select max(received_at) as at from inbound_sms where (pressed is not null) = $1`;
  return (await tx.query<{ at: Date | null }>(sql, [kind === 'voice']))[0]!.at;
}

/** How far the messages of a day got by one channel, of alerts that the keys let see. */
export async function figuresOfDay(
  tx: Tx,
  { channel, keys, since }: { channel: GatewayKind | 'mail'; keys: readonly string[]; since: Date },
): Promise<{ waiting: number; handed: number; delivered: number; failed: number }> {
  const rows = await tx.query<{ waiting: number; handed: number; delivered: number; failed: number }>(
    `select count(*) filter (where d.stage = 'planned')::int as waiting, count(*) filter (where d.stage = 'handed')::int as handed,
       count(*) filter (where d.stage in ('delivered','displayed','opened'))::int as delivered, count(*) filter (where d.stage = 'failed')::int as failed
     from alert_delivery d join alert a on a.id = d.alert_id where d.channel = $3 and d.stage_at >= $2 and not a.exercise and a.scope && $1`,
    [keys, since, channel],
  );
  return rows[0]!;
}

/** How the newest message of an alert by a channel ended since an instant, whoever it was for; `failure` null: the provider took it. */
export async function lastSent(
  tx: Tx,
  { channel, since }: { channel: 'sms' | 'mail'; since: Date },
): Promise<{ at: Date; failure: string | null } | undefined> {
  const rows = await tx.query<{ at: Date; failure: string | null }>(
    `select d.stage_at as at, case when d.stage = 'failed' then d.failure end as failure
     from alert_delivery d join alert a on a.id = d.alert_id
     where d.channel = $2 and d.stage_at >= $1 and not a.exercise
       and (d.stage in ('delivered','displayed','opened','failed') or d.stage = 'handed' and d.due_at is null)
     order by d.stage_at desc, d.id desc limit 1`,
    [since, channel],
  );
  return rows[0];
}

export async function waysOfUser(tx: Tx, userId: string): Promise<{ phone: string | null; email: string | null }> {
  const sql = `select phone, email from app_user where id = $1`;
  return (await tx.query<{ phone: string | null; email: string | null }>(sql, [userId]))[0]!;
}
