import type { Tx } from './database.js';

/** The time of the database as it was last seen, locked; null before the first look. */
export async function seenClock(tx: Tx): Promise<Date | null> {
  return (await tx.query<{ at: Date }>(`select at from clock_seen where id = 1 for update`))[0]?.at ?? null;
}

export async function saveSeenClock(tx: Tx, at: Date): Promise<void> {
  await tx.query(`insert into clock_seen (id, at) values (1, $1) on conflict (id) do update set at = excluded.at`, [
    at,
  ]);
}
