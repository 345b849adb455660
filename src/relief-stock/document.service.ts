import type { Actor } from '../access/index.js';
import { nextNumber, type Tx } from '../database/index.js';
import { dayOf } from './days.rules.js';
import { type DocumentKind, documentNumber, mustBeApart, type Signature } from './document.rules.js';
import { insertSignature, isPaper, signaturesOf } from './document.store.js';
import type { FactTimes } from './fact-times.rules.js';
import { Problem } from '../shared/problem.js';

/**
 * The next number of a society's papers of a kind, in the year of the day in China. Taken last: its row stays locked until the commit. `id`: that
 * of a new paper when its maker chose it. Signatures and movements know a paper by its id alone, so no two papers of any kind share one: 409
 * `idempotency.mismatch`.
 */
export async function numberFor(
  tx: Tx,
  paper: { kind: DocumentKind; id?: string | undefined; adcode: string; now: Date },
): Promise<string> {
  const { kind, id, adcode, now } = paper;
  if (id !== undefined && (await isPaper(tx, id))) throw new Problem('idempotency.mismatch', { key: id });
  const year = dayOf(now).slice(0, 4);
  const serial = await nextNumber(tx, `stock-${kind}:${adcode}:${year}`);
  return documentNumber(kind, { adcode, year, serial });
}

/**
 * Puts the actor's name to a locked paper in a role, once, and answers all its signatures. Who signed in one of `apart` is refused:
 * 422 `duty.separation`; 409 `document.signed-already`.
 */
export async function signDocument(
  tx: Tx,
  actor: Actor,
  paper: { documentId: string; role: string; apart: readonly string[]; times: FactTimes },
): Promise<Signature[]> {
  const { documentId, role, apart, times } = paper;
  const before = (await signaturesOf(tx, [documentId])).get(documentId) ?? [];
  mustBeApart(before, { role, userId: actor.userId, apart });
  const signature: Signature = {
    role, userId: actor.userId, name: actor.name, occurredAt: times.occurredAt.toISOString(), signedAt: times.now.toISOString(),
  }; // prettier-ignore
  await insertSignature(tx, documentId, signature);
  return [...before, signature];
}
