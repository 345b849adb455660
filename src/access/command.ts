import { type Database, inTransaction, type Tx } from '../database/index.js';
import { Problem } from '../shared/problem.js';
import type { Actor } from './actor.js';

/**
 * Runs one command of an actor in its transaction. With an idempotency key, the first answer is kept in that same transaction: the
 * same request again gets it back and changes nothing, another request under the key is refused with 409 `idempotency.mismatch`.
 */
export async function inCommand<T extends object>(
  db: Database,
  actor: Actor,
  body: (tx: Tx) => Promise<T>,
): Promise<T> {
  const command = actor.command;
  if (!command) return inTransaction(db, body);
  return inTransaction(db, async (tx) => {
    // A second request with the key waits here until the first commits or rolls back.
    const claimed = await tx.query(
      `insert into command_answer (user_id, key, fingerprint) values ($1, $2, $3) on conflict do nothing returning key`,
      [actor.userId, command.key, command.fingerprint],
    );
    if (claimed.length === 0) return earlierAnswer<T>(tx, actor.userId, command);
    const answer = await body(tx);
    await tx.query(`update command_answer set answer = $3 where user_id = $1 and key = $2`, [
      actor.userId,
      command.key,
      JSON.stringify(answer),
    ]);
    return answer;
  });
}

async function earlierAnswer<T>(tx: Tx, userId: string, command: { key: string; fingerprint: Buffer }): Promise<T> {
  const [held] = await tx.query<{ fingerprint: Buffer; answer: T | null }>(
    `select fingerprint, answer from command_answer where user_id = $1 and key = $2`,
    [userId, command.key],
  );
  if (!held?.answer || !held.fingerprint.equals(command.fingerprint))
    throw new Problem('idempotency.mismatch', { key: command.key });
  return held.answer;
}
