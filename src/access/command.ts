import { type Database, inTransaction, type Tx } from '../database/index.js';
import { Problem } from '../shared/problem.js';
import type { Actor } from './actor.js';
import { claimCommand, heldCommand, saveAnswer } from './command.store.js';

/**
 * Runs one command of an actor, or of a one-time link by its id, in its transaction. With an idempotency key, the first answer is kept in that same transaction: the
 * same request again gets it back and changes nothing, another request under the key is refused with 409 `idempotency.mismatch`.
 */
export async function inCommand<T extends object>(
  db: Database,
  actor: Pick<Actor, 'userId' | 'command'>,
  body: (tx: Tx) => Promise<T>,
): Promise<T> {
  const command = actor.command;
  if (!command) return inTransaction(db, body);
  return inTransaction(db, async (tx) => {
    if (!(await claimCommand(tx, actor.userId, command))) {
      const held = await heldCommand<T>(tx, actor.userId, command.key);
      if (!held?.answer || !held.fingerprint.equals(command.fingerprint))
        throw new Problem('idempotency.mismatch', { key: command.key });
      return held.answer;
    }
    const answer = await body(tx);
    await command.hadEffect?.(tx, answer);
    await saveAnswer(tx, actor.userId, command.key, answer);
    return answer;
  });
}

/** What was answered under a key of the actor, whatever was asked under it; null when nothing was. */
export async function answerUnder<T>(tx: Tx, actor: Pick<Actor, 'userId'>, key: string): Promise<T | null> {
  return (await heldCommand<T>(tx, actor.userId, key))?.answer ?? null;
}
