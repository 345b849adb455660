import type { Tx } from '../database/index.js';
import type { StockRowDto } from './reports.dto.js';
import type { Leg } from './stock-flow.rules.js';

export interface ReportedWarehouse {
  id: string;
  path: string;
}
/** Warehouses that one of the keys may see, with the path of their society. */
export async function warehousesSeen(tx: Tx, keys: string[]): Promise<ReportedWarehouse[]> {
  return tx.query<ReportedWarehouse>(
    `select w.id, s.path from warehouse w join society s on s.id = w.society_id where w.scope && $1 order by w.code`,
    [keys],
  );
}

export type StockRow = Pick<
  StockRowDto,
  'warehouseId' | 'warehouseCode' | 'warehouse' | 'itemId' | 'itemCode' | 'item' | 'itemEn' | 'unit'
> & { opening: number; closing: number; legs: Leg[] };

/**
 * What lay on the shelves before the period and at its end, as the facts known now tell it (the balance of now less what happened since), and
 * what passed between them and each kind of account within it. Rows of nothing are left out.
 */
export async function stockRows(
  tx: Tx,
  of: { warehouseIds: string[]; itemId: string | null; from: Date; until: Date },
  limit: number,
): Promise<StockRow[]> {
  const leg = (mine: 'to' | 'from', other: 'from' | 'to', sign: '' | '-') =>
    `select c.warehouse_id, c.item_id, o.kind as other, ${sign}m.units as units, m.reason = 'reversal' as reversal, m.occurred_at < $4 as within
     from shelf c join stock_movement m on m.${mine}_cell_id = c.id join stock_cell o on o.id = m.${other}_cell_id where m.occurred_at >= $3`;
  return tx.query<StockRow>(
    `with shelf as materialized (select id, warehouse_id, item_id, on_hand from stock_cell
       where kind = 'bin' and level_id in (select id from stock_level where warehouse_id = any($1) and ($2::uuid is null or item_id = $2))),
     leg as materialized (${leg('to', 'from', '')} union all ${leg('from', 'to', '-')}),
     now as (select warehouse_id, item_id, sum(on_hand)::bigint as units from shelf group by 1, 2),
     since as (select warehouse_id, item_id, sum(units)::bigint as units, coalesce(sum(units) filter (where not within), 0)::bigint as after
       from leg group by 1, 2),
     kinds as (select warehouse_id, item_id, other, reversal, units > 0 as inwards, sum(units)::bigint as units from leg where within group by 1, 2, 3, 4, 5),
     legs as (select warehouse_id, item_id, jsonb_agg(jsonb_build_object('other', other, 'reversal', reversal, 'units', units) order by other, units) as legs
       from kinds group by 1, 2)
     select w.id as "warehouseId", w.code as "warehouseCode", w.name as warehouse, i.id as "itemId", i.code as "itemCode", i.name as item,
       i.name_en as "itemEn", i.unit, n.units - coalesce(d.units, 0) as opening, n.units - coalesce(d.after, 0) as closing,
       coalesce(l.legs, '[]') as legs
     from now n join warehouse w on w.id = n.warehouse_id join item i on i.id = n.item_id
     left join since d on d.warehouse_id = n.warehouse_id and d.item_id = n.item_id
     left join legs l on l.warehouse_id = n.warehouse_id and l.item_id = n.item_id
     where n.units <> coalesce(d.units, 0) or n.units <> coalesce(d.after, 0) or l.legs is not null
     order by w.code, i.code limit $5`,
    [of.warehouseIds, of.itemId, of.from, of.until, limit],
  );
}
