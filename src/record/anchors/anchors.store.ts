import type { Tx } from '../../database/index.js';
import type { Anchor } from './anchors.rules.js';

export interface AnchorRow extends Anchor {
  id: string;
}
const ANCHOR = `id, number, day, missed_days as "missedDays", seq, hash, signed_at as "signedAt", previous, public_key as "publicKey", signature`;

export async function lastAnchor(tx: Tx): Promise<AnchorRow | undefined> {
  return (await tx.query<AnchorRow>(`select ${ANCHOR} from journal_anchor order by number desc limit 1`))[0];
}

/** X6: false when another process was first; the database lets one have the number and the day. */
export async function insertAnchor(tx: Tx, anchor: AnchorRow): Promise<boolean> {
  const made = await tx.query(
    `insert into journal_anchor (id, number, day, missed_days, seq, hash, signed_at, previous, public_key, signature)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing returning number`,
    [
      anchor.id, anchor.number, anchor.day, anchor.missedDays, anchor.seq, anchor.hash, anchor.signedAt, anchor.previous, anchor.publicKey,
      anchor.signature,
    ], // prettier-ignore
  );
  return made.length === 1;
}

/** Newest first. */
export async function anchorsBefore(tx: Tx, before: number | null, limit: number): Promise<AnchorRow[]> {
  return tx.query<AnchorRow>(
    `select ${ANCHOR} from journal_anchor where $1::integer is null or number < $1 order by number desc limit $2`,
    [before, limit],
  );
}

/** Oldest first. */
export async function anchorsAfter(tx: Tx, after: number, limit: number): Promise<AnchorRow[]> {
  return tx.query<AnchorRow>(`select ${ANCHOR} from journal_anchor where number > $1 order by number limit $2`, [
    after,
    limit,
  ]);
}
