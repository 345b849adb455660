import type { Tx } from '../../database/index.js';
import type { LotDto } from '../relief-stock.dto.js';
import type { CellDto, CellsQuery } from './adjustment.dto.js';

/** A page of what lies in the bins of a warehouse, by item, expiry, lot and bin: cell by cell, empty ones left out. */
export async function cellsAfter(
  tx: Tx,
  filter: CellsQuery,
  page: { after: [string, string] | null; limit: number },
): Promise<CellDto[]> {
  return tx.query<CellDto>(
    `select c.id, c.warehouse_id as "warehouseId", c.item_id as "itemId", i.code as "itemCode", c.lot_id as "lotId", lot.code as "lotCode",
       lot.state as "lotState", lot.expires_on as "expiresOn", c.place_id as "binId", p.code as "binCode", c.condition,
       c.owner_society_id as "ownerSocietyId", c.fund, c.on_hand as "onHandUnits", c.reserved as "reservedUnits"
     from stock_cell c join lot on lot.id = c.lot_id join item i on i.id = c.item_id join stock_place p on p.id = c.place_id
     where c.kind = 'bin' and c.on_hand > 0 and c.warehouse_id = $1 and ($2::uuid is null or c.item_id = $2)
       and ($3::uuid is null or c.lot_id = $3) and ($4::uuid is null or c.place_id = $4)
       and ($5::text is null or (i.code, c.id) > ($5, $6::uuid)) and ($8::boolean is null or (lot.state <> 'good') = $8)
     order by i.code, c.id limit $7`,
    [
      filter.warehouseId, filter.itemId ?? null, filter.lotId ?? null, filter.binId ?? null, page.after?.[0] ?? null,
      page.after?.[1] ?? null, page.limit, filter.setAside ?? null,
    ], // prettier-ignore
  );
}

/** Lots by id; with keys, those that lie where one of them may see, or nowhere yet. */
export async function lotsByIds(tx: Tx, ids: string[], keys: string[] | null): Promise<LotDto[]> {
  return tx.query<LotDto>(
    `select lot.id, lot.item_id as "itemId", lot.code, lot.expires_on as "expiresOn", lot.received_on as "receivedOn", lot.source, lot.state,
       lot.version
     from lot where lot.id = any($1) and ($2::text[] is null or not exists (select 1 from stock_cell c where c.lot_id = lot.id)
       or exists (select 1 from stock_cell c join warehouse w on w.id = c.warehouse_id where c.lot_id = lot.id and w.scope && $2))
     order by lot.id`,
    [ids, keys],
  );
}

/** On hand of items in the bins of a warehouse: the book that a difference is measured by. Under the lock of their levels. */
export async function bookOf(tx: Tx, warehouseId: string, itemIds: string[]): Promise<Map<string, number>> {
  const rows = await tx.query<{ itemId: string; units: number }>(
    `select item_id as "itemId", sum(on_hand)::bigint as units from stock_cell
     where kind = 'bin' and warehouse_id = $1 and item_id = any($2) group by item_id`,
    [warehouseId, itemIds],
  );
  return new Map(rows.map(({ itemId, units }) => [itemId, units]));
}
