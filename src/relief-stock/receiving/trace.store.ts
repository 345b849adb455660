import type { Tx } from '../../database/index.js';
import type { Balance, HandOver } from './trace.rules.js';

/** Where the goods of a fund are now: the balances of its cells, by item, warehouse, kind of place and name of the place. */
export async function balancesOfFund(tx: Tx, fund: string): Promise<Balance[]> {
  return tx.query<Balance>(
    `select c.item_id as "itemId", c.warehouse_id as "warehouseId", c.kind, coalesce(p.name, p.code) as name, sum(c.on_hand)::bigint as units
     from stock_cell c join stock_place p on p.id = c.place_id where c.fund = $1
     group by 1, 2, 3, 4 having sum(c.on_hand) <> 0 order by 1, 3, 4, 2`,
    [fund],
  );
}

/** What receivers signed for of a fund's goods, by item and paper, oldest first. Who signed and for which incident is known of stock issues. */
export async function handOversOfFund(tx: Tx, fund: string): Promise<HandOver[]> {
  return tx.query<HandOver>(
    `select c.item_id as "itemId", coalesce(p.name, p.code) as recipient, m.document, sum(m.units)::bigint as units,
       s.receiver_name as "receiverName", s.incident_id as "incidentId", m.occurred_at as "signedAt"
     from stock_cell c join stock_movement m on m.to_cell_id = c.id join stock_place p on p.id = c.place_id
     left join stock_issue s on s.id::text = p.code
     where c.fund = $1 and c.kind = 'recipient' and m.reason = 'deliver' and m.reverses_id is null
     group by 1, 2, 3, 5, 6, 7 order by m.occurred_at, m.document`,
    [fund],
  );
}
