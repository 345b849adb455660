import type { Tx } from '../../database/index.js';

export async function lotById(tx: Tx, id: string): Promise<{ id: string; itemId: string; code: string } | undefined> {
  const rows = await tx.query<{ id: string; itemId: string; code: string }>(
    `select id, item_id as "itemId", code from lot where id = $1`,
    [id],
  );
  return rows[0];
}
