import type { Tx } from '../../database/index.js';
import type { Handed } from './distribution.rules.js';

/** What warehouses gave to receivers between two instants (the second excluded), less what came back from them. */
export async function handedOut(
  tx: Tx,
  ask: { keys: string[]; from: string; until: string; path: string | null; warehouseId: string | null; limit: number },
): Promise<Handed[]> {
  const legs = (end: 'from' | 'to', sign: '' | '-') =>
    `select m.${end}_cell_id as cell_id, ${sign}m.units as units from stock_movement m join stock_cell r on r.id = m.${end}_cell_id
     where r.kind = 'recipient' and r.warehouse_id in (select id from mine)
       and m.occurred_at >= ($2::date)::timestamp at time zone 'Asia/Shanghai' and m.occurred_at < ($3::date)::timestamp at time zone 'Asia/Shanghai'`;
  return tx.query<Handed>(
    `with mine as (select w.id, w.society_id from warehouse w join society o on o.id = w.society_id
       where w.scope && $1 and ($4::text is null or starts_with(o.path, $4)) and ($5::uuid is null or w.id = $5)),
     legs as (${legs('to', '')} union all ${legs('from', '-')})
     select mine.society_id as "societyId", coalesce(p.name, p.code) as recipient, c.item_id as "itemId", i.code as "itemCode",
       coalesce(lot.unit_value_fen, case when lot.source <> 'donation' then i.price_fen end) as "unitValueFen", sum(l.units)::bigint as units
     from legs l join stock_cell c on c.id = l.cell_id join stock_place p on p.id = c.place_id join mine on mine.id = c.warehouse_id
     join lot on lot.id = c.lot_id join item i on i.id = c.item_id
     group by 1, 2, 3, 4, 5 order by i.code, recipient, 5, 1 limit $6`,
    [ask.keys, ask.from, ask.until, ask.path, ask.warehouseId, ask.limit],
  );
}
