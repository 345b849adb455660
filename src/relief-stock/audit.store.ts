import type { Tx } from '../database/index.js';

/** One broken invariant: which, at what, and the figures that do not fit. */
export interface LedgerFault {
  invariant: 'S1' | 'S2' | 'S3' | 'S4' | 'S6' | 'S7' | 'B1';
  subject: string;
  told: number;
  found: number;
}

/**
 * Recomputes the ledger from its movements and reservations and answers what does not fit; empty when all is well. Reads only: there
 * is no repair, a fault is an incident. Call it in one snapshot, so that work going on meanwhile is not taken for a fault.
 */
export async function auditLedger(tx: Tx): Promise<LedgerFault[]> {
  const faults: LedgerFault[] = [];
  for (const [invariant, sql] of CHECKS) {
    const rows = await tx.query<Omit<LedgerFault, 'invariant'>>(sql);
    faults.push(...rows.map((row) => ({ invariant, ...row })));
  }
  return faults;
}

const CHECKS: [LedgerFault['invariant'], string][] = [
  [
    'S1',
    `select 'cell ' || id as subject, on_hand as told, 0 as found from stock_cell
     where on_hand < 0 and kind in ('bin', 'transit', 'recipient', 'disposal', 'loss', 'inquiry')`,
  ],
  [
    'S2',
    `select 'cell ' || id as subject, reserved as told, on_hand as found from stock_cell
     where reserved < 0 or (reserved > 0 and reserved > on_hand)`,
  ],
  [
    'S3',
    `select 'cell ' || c.id as subject, c.on_hand as told, coalesce(m.units, 0)::bigint as found
     from stock_cell c full join (
       select id, sum(units) as units from (
         select to_cell_id as id, units from stock_movement union all select from_cell_id, -units from stock_movement) legs
       group by id) m on m.id = c.id
     where c.on_hand is distinct from coalesce(m.units, 0)`,
  ],
  [
    'S3',
    `select 'lot ' || lot_id as subject, sum(on_hand)::bigint as told, 0 as found from stock_cell group by lot_id having sum(on_hand) <> 0`,
  ],
  [
    'S3',
    `with books as (select lot_id, warehouse_id, sum(on_hand) as units from stock_cell group by 1, 2),
       between as (select lot_id, warehouse_id, sum(units) as units from (
         select lot_id, to_warehouse_id as warehouse_id, units from stock_movement where to_warehouse_id <> warehouse_id
         union all select lot_id, warehouse_id, -units from stock_movement where to_warehouse_id <> warehouse_id) legs group by 1, 2)
     select 'lot ' || b.lot_id || ' in warehouse ' || b.warehouse_id as subject, b.units::bigint as told, coalesce(t.units, 0)::bigint as found
     from books b left join between t using (lot_id, warehouse_id) where b.units <> coalesce(t.units, 0)`,
  ],
  [
    'S4',
    `select 'reservation ' || id as subject, posted_units as told, units as found
     from reservation where (state = 'posted') <> (posted_units > 0)`,
  ],
  [
    'S6',
    `select 'cell ' || c.id as subject, c.reserved as told, coalesce(r.units, 0)::bigint as found
     from stock_cell c left join (select cell_id, sum(units) as units from reservation where state = 'pending' group by cell_id) r
       on r.cell_id = c.id where c.reserved <> coalesce(r.units, 0)`,
  ],
  [
    'S7',
    `with held as (select p.code as assembly, c.lot_id, sum(c.on_hand) as units
         from stock_cell c join stock_place p on p.id = c.place_id where c.kind = 'conversion' group by 1, 2),
       due as (select g.assembly_id::text as assembly, g.part_lot_id as lot_id, sum(g.units * -k.units) as units
         from lot_part g join held k on k.assembly = g.assembly_id::text and k.lot_id = g.kit_lot_id group by 1, 2)
     select 'lot ' || lot_id || ' in the kits of ' || assembly as subject, coalesce(h.units, 0)::bigint as told, coalesce(d.units, 0)::bigint as found
     from held h full join due d using (assembly, lot_id)
     where coalesce(h.units, 0) <> coalesce(d.units, 0) and not exists (select 1 from lot_part g where g.kit_lot_id = lot_id)`,
  ],
  [
    'S3',
    `select 'transit of transfer ' || t.number as subject, coalesce(sum(abs(c.on_hand)), 0)::bigint as told,
       max(case when t.status in ('departed', 'arrived') then t.units else 0 end) as found
     from stock_transfer t left join stock_place p on p.kind = 'transit' and p.warehouse_id = t.from_warehouse_id and p.code = t.id::text
     left join stock_cell c on c.place_id = p.id
     group by t.number having coalesce(sum(abs(c.on_hand)), 0) <> max(case when t.status in ('departed', 'arrived') then t.units else 0 end)`,
  ],
  [
    'S3',
    `select 'inquiry ' || q.number as subject, max(q.missing_units - q.found_units - q.lost_units) as told,
       coalesce(sum(abs(c.on_hand)), 0)::bigint as found
     from stock_inquiry q left join stock_place p on p.kind = 'inquiry' and p.warehouse_id = q.from_warehouse_id and p.code = coalesce(q.transfer_id, q.issue_id, q.supply_order_id)::text
     left join stock_cell c on c.place_id = p.id
     group by q.number having coalesce(sum(abs(c.on_hand)), 0) <> max(q.missing_units - q.found_units - q.lost_units)`,
  ],
  [
    'B1',
    `select 'boxes in cell ' || c.id as subject, sum(x.units)::bigint as told, c.on_hand as found
     from stock_box_content x join stock_cell c on c.id = x.cell_id where x.on_shelf group by c.id having sum(x.units) > c.on_hand`,
  ],
  [
    'B1',
    `select 'box ' || b.sscc as subject, x.units as told, 0 as found
     from stock_box b join stock_box_content x on x.box_id = b.id join stock_cell c on c.id = x.cell_id
     where x.on_shelf <> (b.status = 'packed') or (x.on_shelf and (c.place_id <> b.bin_id or c.warehouse_id <> b.warehouse_id))`,
  ],
  [
    'B1',
    `select 'box ' || b.sscc || ' on its pallet' as subject, 1 as told, 0 as found from stock_box b join stock_box o on o.id = b.parent_id
     where (b.status, b.warehouse_id, b.bin_id) is distinct from (o.status, o.warehouse_id, o.bin_id)`,
  ],
];
