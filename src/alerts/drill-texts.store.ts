import type { Tx } from '../database/index.js';
import { phoneKey } from './drill-code.rules.js';

/** For so long after a message an answer to it may come. Our own figure. */
export const ANSWER_EXPECTED_MS = 24 * 3_600_000;

/** In a drill: a text message leaves it. Noted before it is sent, so that what may have left counts as left. */
export async function noteDrillText(tx: Tx, { deliveryId, to }: { deliveryId: string; to: string }): Promise<void> {
  await tx.query(`insert into drill_text (delivery_id, phone_key) values ($1, $2) on conflict do nothing`, [
    deliveryId,
    phoneKey(to),
  ]);
}

/** In a drill: when the first message of those that may still be answered left to a number, by the clock of the server; null when none did. */
export async function firstDrillTextTo(tx: Tx, phone: string): Promise<Date | null> {
  const rows = await tx.query<{ at: Date | null }>(
    `select min(left_at) as at from drill_text
     where phone_key = $1 and left_at >= pg_catalog.clock_timestamp() - make_interval(secs => $2)`,
    [phoneKey(phone), ANSWER_EXPECTED_MS / 1000],
  );
  return rows[0]!.at;
}

/** In reality: to which drill a message of the provider went, and whether that has it. */
export async function drillReply(tx: Tx, providerId: string): Promise<{ drill: number; taken: boolean } | undefined> {
  const rows = await tx.query<{ drill: number; taken: boolean }>(
    `select drill, taken_at is not null as taken from drill_reply where provider_id = $1`,
    [providerId],
  );
  return rows[0];
}

/** In reality: words are a drill's. Said before they are given to it, so that the same message never goes two ways. */
export async function giveToDrill(tx: Tx, given: { providerId: string; drill: number; now: Date }): Promise<void> {
  await tx.query(`insert into drill_reply (provider_id, drill, given_at) values ($1, $2, $3) on conflict do nothing`, [
    given.providerId,
    given.drill,
    given.now,
  ]);
}

export async function drillHasReply(tx: Tx, providerId: string, now: Date): Promise<void> {
  await tx.query(`update drill_reply set taken_at = $2 where provider_id = $1 and taken_at is null`, [providerId, now]);
}
