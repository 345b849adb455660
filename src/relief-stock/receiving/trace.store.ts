import type { Tx } from '../../database/index.js';
import type { Balance } from './trace.rules.js';

/** Where the goods of a fund are now: the balances of its cells, by item, warehouse, kind of place and name of the place. */
export async function balancesOfFund(tx: Tx, fund: string): Promise<Balance[]> {
  return tx.query<Balance>(
    `select c.item_id as "itemId", c.warehouse_id as "warehouseId", c.kind, coalesce(p.name, p.code) as name, sum(c.on_hand)::bigint as units
     from stock_cell c join stock_place p on p.id = c.place_id where c.fund = $1
     group by 1, 2, 3, 4 having sum(c.on_hand) <> 0 order by 1, 3, 4, 2`,
    [fund],
  );
}
