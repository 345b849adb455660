import type { Tx } from '../database/index.js';
import { dayOf } from './days.rules.js';
import { INTENT, JOIN_FUND } from './receiving/fund.store.js';
import { fitOf, type Intent, type Purpose } from './receiving/intent.rules.js';

/** What a warehouse could send of an item, and how far it is. Lots in order of use; a held lot is told, not offered. */
export interface StockForPlanning {
  warehouseId: string;
  itemId: string;
  societyPath: string;
  distanceM: number;
  minimumUnits: number;
  lots: LotForPlanning[];
}
interface LotForPlanning {
  lotId: string;
  expiresOn: string | null;
  receivedOn: string;
  availableUnits: number;
  held: boolean;
}
type Row = Omit<StockForPlanning, 'lots'> & { lots: (LotForPlanning & { intent: Intent | null })[] };

/**
 * Unpromised stock of items in the warehouses of societies under one of the paths, by distance (metres, geodesic) from a point. Lots
 * that have expired by now are left out; whether one is still usable on arrival is for who plans the arrival.
 */
export async function stockForPlanning(
  tx: Tx,
  ask: { itemIds: string[]; lon: number; lat: number; now: Date; paths: string[]; purpose?: Purpose },
): Promise<StockForPlanning[]> {
  const rows = await tx.query<Row>(
    `with near as (
       select w.id, o.path, round(st_distance(w.location, st_setsrid(st_makepoint($2, $3), 4326)::geography))::integer as distance_m
       from warehouse w join society o on o.id = w.society_id
       where exists (select 1 from unnest($5::text[]) p where starts_with(o.path, p))),
     free as (
       select c.warehouse_id, c.item_id, lot.id as lot_id, lot.expires_on, lot.received_on,
         c.condition <> 'good' or lot.state <> 'good' as held, ${INTENT} as intent, sum(c.on_hand - c.reserved) as units
       from stock_cell c join lot on lot.id = c.lot_id ${JOIN_FUND}
       where c.kind = 'bin' and c.item_id = any($1) and c.on_hand > c.reserved and (lot.expires_on is null or lot.expires_on >= ($4::timestamptz at time zone 'Asia/Shanghai')::date)
         and c.warehouse_id in (select id from near)
       group by c.warehouse_id, c.item_id, lot.id, held, intent)
     select f.warehouse_id as "warehouseId", f.item_id as "itemId", n.path as "societyPath", n.distance_m as "distanceM",
       l.minimum_units as "minimumUnits",
       jsonb_agg(jsonb_build_object('lotId', f.lot_id, 'expiresOn', f.expires_on, 'receivedOn', f.received_on,
         'availableUnits', f.units, 'held', f.held, 'intent', f.intent) order by f.expires_on nulls last, f.received_on, f.lot_id, f.held) as lots
     from free f join near n on n.id = f.warehouse_id
     join stock_level l on l.warehouse_id = f.warehouse_id and l.item_id = f.item_id
     group by f.warehouse_id, f.item_id, n.path, n.distance_m, l.minimum_units
     order by n.distance_m, f.warehouse_id, f.item_id`,
    [ask.itemIds, ask.lon, ask.lat, ask.now, ask.paths],
  );
  const today = dayOf(ask.now);
  return rows.flatMap(({ lots, ...row }) => {
    const fit = lots.filter((lot) => fitOf(lot.intent, ask.purpose, today) !== 'against');
    return fit.length > 0 ? [{ ...row, lots: togetherByLot(fit) }] : [];
  });
}

/** A lot is one line to the planner, whatever the funds that its units belong to. */
function togetherByLot(lots: Row['lots']): LotForPlanning[] {
  const together = new Map<string, LotForPlanning>();
  for (const { intent: _, ...lot } of lots) {
    const key = `${lot.lotId} ${lot.held}`;
    const known = together.get(key);
    if (known) known.availableUnits += lot.availableUnits;
    else together.set(key, lot);
  }
  return [...together.values()];
}
