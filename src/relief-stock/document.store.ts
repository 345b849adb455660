import type { Tx } from '../database/index.js';
import type { Signature } from './document.rules.js';

type SignatureRow = Omit<Signature, 'occurredAt' | 'signedAt'> & {
  documentId: string;
  occurredAt: Date;
  signedAt: Date;
};

/** The signatures of papers, by paper, in the order of signing. */
export async function signaturesOf(tx: Tx, documentIds: string[]): Promise<Map<string, Signature[]>> {
  const rows = await tx.query<SignatureRow>(
    `select document_id as "documentId", role, user_id as "userId", name, occurred_at as "occurredAt", signed_at as "signedAt"
     from document_signature where document_id = any($1) order by document_id, signed_at, role`,
    [documentIds],
  );
  const papers = new Map<string, Signature[]>();
  for (const { documentId, occurredAt, signedAt, ...who } of rows) {
    const signature = { ...who, occurredAt: occurredAt.toISOString(), signedAt: signedAt.toISOString() };
    papers.set(documentId, [...(papers.get(documentId) ?? []), signature]);
  }
  return papers;
}

export async function insertSignature(tx: Tx, documentId: string, signature: Signature): Promise<void> {
  const { role, userId, name, occurredAt, signedAt } = signature;
  await tx.query(
    `insert into document_signature (document_id, role, user_id, name, occurred_at, signed_at) values ($1, $2, $3, $4, $5, $6)`,
    [documentId, role, userId, name, occurredAt, signedAt],
  );
}

const PAPERS = [
  'goods_receipt', 'donation', 'stock_issue', 'stock_transfer', 'stock_adjustment', 'stock_conversion', 'stock_return', 'stock_count',
  'stock_request', 'stock_reversal', 'stock_bin_move',
]; // prettier-ignore
const ANY_PAPER = PAPERS.map((table) => `exists (select 1 from ${table} where id = $1)`).join(' or ');

/** Whether a paper of any kind, or a posting, has this id. Who else asks for the same id waits until this transaction ends. */
export async function isPaper(tx: Tx, id: string): Promise<boolean> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('stock-paper:' || $1, 0))`, [id]);
  const [row] = await tx.query<{ taken: boolean }>(
    `select exists (select 1 from stock_movement where cause_id = $1) or ${ANY_PAPER} as taken`,
    [id],
  );
  return row!.taken;
}
