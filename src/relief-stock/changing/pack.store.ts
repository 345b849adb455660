import type { Tx } from '../../database/index.js';
import type { Pack } from './pack.rules.js';

const PACK = `id, item_id as "itemId", name, units`;

/** Packs by id. */
export async function packsByIds(tx: Tx, ids: string[]): Promise<Map<string, Pack>> {
  const rows = await tx.query<Pack>(`select ${PACK} from item_pack where id = any($1)`, [ids]);
  return new Map(rows.map((pack) => [pack.id, pack]));
}

export async function packsOfItem(tx: Tx, itemId: string): Promise<Pack[]> {
  return tx.query<Pack>(`select ${PACK} from item_pack where item_id = $1 order by units, name`, [itemId]);
}

export async function insertPack(tx: Tx, pack: Pack): Promise<void> {
  await tx.query(`insert into item_pack (id, item_id, name, units) values ($1, $2, $3, $4)`, [
    pack.id,
    pack.itemId,
    pack.name,
    pack.units,
  ]);
}
