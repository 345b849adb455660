import type { Tx } from '../../database/index.js';
import { LOT } from '../item.store.js';
import type { LotDto } from '../relief-stock.dto.js';
import type { GtinDto } from './codes.dto.js';

const GTIN = `gtin, item_id as "itemId", units`;

export async function findGtin(tx: Tx, gtin: string): Promise<GtinDto | undefined> {
  return (await tx.query<GtinDto>(`select ${GTIN} from item_gtin where gtin = $1`, [gtin]))[0];
}

export async function gtinsOf(tx: Tx, itemId: string): Promise<GtinDto[]> {
  return tx.query<GtinDto>(`select ${GTIN} from item_gtin where item_id = $1 order by gtin`, [itemId]);
}

/** False when the number means something already. */
export async function insertGtin(tx: Tx, row: GtinDto): Promise<boolean> {
  const rows = await tx.query(
    `insert into item_gtin (gtin, item_id, units) values ($1, $2, $3) on conflict do nothing returning 1`,
    [row.gtin, row.itemId, row.units],
  );
  return rows.length > 0;
}

/** Lots by ids, or by code (of an item, when one is known), that lie in a bin where one of the keys may see; those of the warehouse first. */
export async function lotsSeen(
  tx: Tx,
  wanted: { ids?: string[]; code?: string; itemId?: string | undefined },
  at: { keys: string[]; warehouseId: string | undefined; limit: number },
): Promise<LotDto[]> {
  const lies = (where: string) =>
    `exists (select 1 from stock_cell c join warehouse w on w.id = c.warehouse_id
       where c.lot_id = lot.id and c.kind = 'bin' and w.scope && $4 and ${where})`;
  return tx.query<LotDto>(
    `select ${LOT} from lot
     where ($1::uuid[] is null or lot.id = any($1)) and ($2::text is null or lot.code = $2) and ($3::uuid is null or lot.item_id = $3)
       and ${lies('true')}
     order by ${lies('c.warehouse_id = $5 and c.on_hand > 0')} desc, lot.expires_on, lot.id limit $6`,
    [wanted.ids ?? null, wanted.code ?? null, wanted.itemId ?? null, at.keys, at.warehouseId ?? null, at.limit],
  );
}

export interface NamedPlace {
  kind: 'bin' | 'warehouse' | 'item' | 'goods-receipt' | 'stock-level';
  id: string;
  code: string;
  name: string;
  warehouseId: string | null;
  itemId: string | null;
}

const PLACES = {
  warehouse: `select 'warehouse' as kind, w.id, w.code, w.name, w.id as "warehouseId", null::uuid as "itemId", w.scope from warehouse w`,
  bin: `select 'bin' as kind, p.id, p.code, w.name, w.id as "warehouseId", null::uuid as "itemId", w.scope
    from stock_place p join warehouse w on w.id = p.warehouse_id where p.kind = 'bin'`,
  item: `select 'item' as kind, i.id, i.code, i.name, null::uuid as "warehouseId", i.id as "itemId", $2::text[] as scope, i.gb_code, i.eic_code
    from item i`,
  'goods-receipt': `select 'goods-receipt' as kind, g.id, g.number as code, w.name, w.id as "warehouseId", null::uuid as "itemId", w.scope
    from goods_receipt g join warehouse w on w.id = g.warehouse_id`,
  'stock-level': `select 'stock-level' as kind, l.id, i.code, i.name, w.id as "warehouseId", i.id as "itemId", w.scope
    from stock_level l join warehouse w on w.id = l.warehouse_id join item i on i.id = l.item_id`,
};
const NAMED = `one.kind, one.id, one.code, one.name, one."warehouseId", one."itemId"`;

export const isPlaceKind = (kind: string): kind is keyof typeof PLACES => kind in PLACES;

/** A bin, warehouse, item, receipt or level by id, when one of the keys may see it. */
export async function placeSeen(
  tx: Tx,
  kind: keyof typeof PLACES,
  id: string,
  keys: string[],
): Promise<NamedPlace | undefined> {
  const sql = `select ${NAMED} from (${PLACES[kind]}) one where one.id = $1 and one.scope && $2`;
  return (await tx.query<NamedPlace>(sql, [id, keys]))[0];
}

/**
 * What is called so: a warehouse, an item (by our code, the national class or that of the IFRC), a receipt, and a bin, of the warehouse where
 * the scanner stands or, when nobody said which, of each that may be seen. Bins where the keys themselves are at home come first.
 */
export async function placesCalled(
  tx: Tx,
  code: string,
  at: { keys: string[]; warehouseId: string | undefined; limit: number },
): Promise<NamedPlace[]> {
  const sources = (['warehouse', 'item', 'goods-receipt', 'bin'] as const).map((kind, order) => {
    const here = kind === 'bin' ? 'and ($3::uuid is null or one."warehouseId" = $3)' : '';
    const called = kind === 'item' ? `(one.code = $1 or one.gb_code = $1 or one.eic_code = $1)` : `one.code = $1`;
    return `select ${NAMED}, ${order} as rank from (${PLACES[kind]}) one where ${called} and one.scope && $2 ${here}`;
  });
  const home = `('warehouse:' || one."warehouseId") = any($2)`;
  return tx.query<NamedPlace>(
    `select ${NAMED} from (${sources.join(' union all ')}) one order by one.rank, ${home} desc, one.name, one.id limit $4`,
    [code, at.keys, at.warehouseId ?? null, at.limit],
  );
}
