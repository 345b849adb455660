import type { Tx } from '../database/index.js';

/** A store with what lies there, for who thinks about where goods should lie. */
export interface StoreForPlacing {
  id: string;
  code: string;
  name: string;
  societyId: string;
  societyPath: string;
  tier: string;
  lon: number;
  lat: number;
  areaM2: number | null;
  /** Volume of everything on the shelves, promised or not. */
  lyingCm3: number;
  /** Units that nobody was promised, usable today and given for no purpose of their own; what should stay; the most that should lie. */
  cells: { itemId: string; units: number; minimumUnits: number; maximumUnits: number; onHandUnits: number }[];
}

/**
 * Stores with bins of societies below a path, and those that the societies above it hold themselves; at most `limit`, by code. Goods of a
 * fund with an intent are on the shelf but not free: they may not go anywhere.
 */
export async function storesForPlacing(
  tx: Tx,
  ask: { path: string; now: Date; limit: number },
): Promise<StoreForPlacing[]> {
  return tx.query<StoreForPlacing>(
    `with near as (
       select w.id, w.code, w.name, w.tier, w.society_id, o.path, w.lon, w.lat, w.area_m2
       from warehouse w join society o on o.id = w.society_id
       where w.mode = 'physical' and (starts_with(o.path, $1) or starts_with($1, o.path))
         and exists (select 1 from stock_place p where p.kind = 'bin' and p.warehouse_id = w.id)
       order by w.code limit $3),
     lying as (
       select c.warehouse_id, c.item_id, sum(c.on_hand) as on_hand,
         coalesce(sum(c.on_hand - c.reserved) filter (where c.condition = 'good' and lot.state = 'good'
           and (lot.expires_on is null or lot.expires_on >= ($2::timestamptz at time zone 'Asia/Shanghai')::date)
           and (f.code is null or num_nonnulls(f.intent_society_id, f.intent_incident_kind, f.intent_incident_id) = 0)), 0) as free
       from stock_cell c join lot on lot.id = c.lot_id left join stock_fund f on f.code = c.fund
       where c.kind = 'bin' and c.on_hand > 0 and c.warehouse_id in (select id from near)
       group by c.warehouse_id, c.item_id)
     select n.id, n.code, n.name, n.society_id as "societyId", n.path as "societyPath", n.tier, n.lon, n.lat, n.area_m2 as "areaM2",
       coalesce(sum(y.on_hand * i.volume_cm3), 0)::bigint as "lyingCm3",
       coalesce(jsonb_agg(jsonb_build_object('itemId', y.item_id, 'units', y.free, 'minimumUnits', l.minimum_units,
         'maximumUnits', l.maximum_units, 'onHandUnits', y.on_hand) order by y.item_id) filter (where y.item_id is not null), '[]') as cells
     from near n left join lying y on y.warehouse_id = n.id left join item i on i.id = y.item_id
     left join stock_level l on l.warehouse_id = n.id and l.item_id = y.item_id
     group by n.id, n.code, n.name, n.tier, n.society_id, n.path, n.lon, n.lat, n.area_m2 order by n.code`,
    [ask.path, ask.now, ask.limit],
  );
}
