import type { Tx } from '../database/index.js';

/** Takes the key for this transaction; a second request with it waits here until the first commits or rolls back. False: it is used. */
export async function claimCommand(
  tx: Tx,
  userId: string,
  command: { key: string; fingerprint: Buffer },
): Promise<boolean> {
  const rows = await tx.query(
    `insert into command_answer (user_id, key, fingerprint) values ($1, $2, $3) on conflict do nothing returning key`,
    [userId, command.key, command.fingerprint],
  );
  return rows.length > 0;
}

export async function saveAnswer(tx: Tx, userId: string, key: string, answer: object): Promise<void> {
  await tx.query(`update command_answer set answer = $3 where user_id = $1 and key = $2`, [
    userId,
    key,
    JSON.stringify(answer),
  ]);
}

export async function heldCommand<T>(
  tx: Tx,
  userId: string,
  key: string,
): Promise<{ fingerprint: Buffer; answer: T | null } | undefined> {
  return (
    await tx.query<{ fingerprint: Buffer; answer: T | null }>(
      `select fingerprint, answer from command_answer where user_id = $1 and key = $2`,
      [userId, key],
    )
  )[0];
}
