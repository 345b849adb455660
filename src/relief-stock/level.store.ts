import type { Tx } from '../database/index.js';
import type { AsOfDto, NetworkDto, NetworkItemsDto, StockLevelDto } from './relief-stock.dto.js';

const USABLE = `c.condition = 'good' and lot.state = 'good'`;
const SUMS = `sum(c.on_hand) as on_hand, sum(c.reserved) as reserved,
  sum(c.on_hand - c.reserved) filter (where ${USABLE}) as available,
  min(lot.expires_on) filter (where ${USABLE} and c.on_hand > 0) as nearest`;
const IN_BINS = `from stock_cell c join lot on lot.id = c.lot_id where c.kind = 'bin'`;

/** Columns of StockLevelDto over `l` (stock_level) and `s` (the sums of its cells): the one definition of what a level says. */
export const LEVEL = `l.id, l.warehouse_id as "warehouseId", l.item_id as "itemId", coalesce(s.on_hand, 0)::bigint as "onHandUnits",
  coalesce(s.reserved, 0)::bigint as "reservedUnits", coalesce(s.available, 0)::bigint as "availableUnits",
  (coalesce(s.on_hand, 0) - coalesce(s.reserved, 0) - coalesce(s.available, 0))::bigint as "heldUnits",
  l.minimum_units as "minimumUnits", l.target_units as "targetUnits", l.maximum_units as "maximumUnits", s.nearest as "nearestExpiryOn",
  l.version`;
/** Sums of the cells in bins; the caller adds of which level. */
export const LEVEL_SUMS = `select ${SUMS} ${IN_BINS}`;

/** Levels of all warehouses that one of the keys may see: one aggregate over their cells. */
export async function levelRows(tx: Tx, keys: string[]): Promise<StockLevelDto[]> {
  return tx.query<StockLevelDto>(
    `with mine as (select id from warehouse where scope && $1)
     select ${LEVEL} from stock_level l join mine on mine.id = l.warehouse_id
     left join (select c.level_id, ${SUMS} ${IN_BINS} and c.warehouse_id in (select id from mine) group by c.level_id) s
       on s.level_id = l.id order by l.id`,
    [keys],
  );
}

export interface LevelFilter {
  warehouseId?: string | undefined;
  itemId?: string | undefined;
  lotId?: string | undefined;
  expiringBefore?: string | undefined;
  belowMinimum?: boolean | undefined;
}

/** A page of levels by warehouse code and item code, after the last pair of codes. Sums are made for the page only. */
export async function levelsAfter(
  tx: Tx,
  filter: LevelFilter,
  page: { keys: string[]; after: [string, string] | null; limit: number },
): Promise<(StockLevelDto & { warehouseCode: string; itemCode: string })[]> {
  const has = (condition: string) =>
    `exists (select 1 ${IN_BINS} and c.level_id = l.id and c.on_hand > 0 and ${condition})`;
  const available = `(select coalesce(sum(c.on_hand - c.reserved) filter (where ${USABLE}), 0) ${IN_BINS} and c.level_id = l.id)`;
  return tx.query(
    `with page as (
       select l.*, w.code as warehouse_code, i.code as item_code
       from stock_level l join warehouse w on w.id = l.warehouse_id join item i on i.id = l.item_id
       where w.scope && $1 and ($2::text is null or (w.code, i.code) > ($2, $3)) and ($5::uuid is null or l.warehouse_id = $5)
         and ($6::uuid is null or l.item_id = $6) and ($7::uuid is null or ${has('c.lot_id = $7')})
         and ($8::date is null or ${has(`${USABLE} and lot.expires_on < $8`)})
         and ($9::boolean is null or (l.minimum_units > 0 and ${available} < l.minimum_units) = $9)
       order by w.code, i.code limit $4)
     select ${LEVEL}, l.warehouse_code as "warehouseCode", l.item_code as "itemCode" from page l
     left join lateral (${LEVEL_SUMS} and c.level_id = l.id) s on true
     order by l.warehouse_code, l.item_code`,
    [
      page.keys, page.after?.[0] ?? null, page.after?.[1] ?? null, page.limit, filter.warehouseId ?? null, filter.itemId ?? null,
      filter.lotId ?? null, filter.expiringBefore ?? null, filter.belowMinimum ?? null,
    ], // prettier-ignore
  );
}

/** What the societies have of an item together, in the warehouses that one of the keys may see; only where something is on hand. */
export async function networkOf(tx: Tx, itemId: string, keys: string[]): Promise<NetworkDto['societies']> {
  return tx.query(
    `select w.society_id as "societyId", sum(s.on_hand)::bigint as "onHandUnits", sum(s.reserved)::bigint as "reservedUnits",
       sum(coalesce(s.available, 0))::bigint as "availableUnits", count(*)::integer as warehouses
     from stock_level l join warehouse w on w.id = l.warehouse_id and w.scope && $2
     join lateral (${LEVEL_SUMS} and c.level_id = l.id having sum(c.on_hand) > 0) s on true
     join society o on o.id = w.society_id where l.item_id = $1 group by w.society_id, o.path order by o.path`,
    [itemId, keys],
  );
}

/** What all warehouses that one of the keys may see have together, by item: one aggregate over their cells; only where something is on hand. */
export async function networkOfItems(tx: Tx, keys: string[]): Promise<NetworkItemsDto['items']> {
  return tx.query(
    `with mine as (select id from warehouse where scope && $1)
     select c.item_id as "itemId", sum(c.on_hand)::bigint as "onHandUnits", sum(c.reserved)::bigint as "reservedUnits",
       coalesce(sum(c.on_hand - c.reserved) filter (where ${USABLE}), 0)::bigint as "availableUnits",
       count(distinct c.warehouse_id)::integer as warehouses
     ${IN_BINS} and c.on_hand > 0 and c.warehouse_id in (select id from mine) group by c.item_id order by c.item_id`,
    [keys],
  );
}

/**
 * What lay in the bins of a warehouse at an instant: the balance of now less every movement after it, by when it happened and, at the
 * instant itself, by when it was written down.
 */
export async function stockAsOf(tx: Tx, warehouseId: string, at: Date): Promise<AsOfDto['items']> {
  const later = (end: 'from' | 'to') =>
    `(select coalesce(sum(m.units), 0) from stock_movement m where m.${end}_cell_id = c.id and (m.occurred_at, m.recorded_at) > ($2, $2))`;
  return tx.query(
    `with past as materialized (select c.item_id as "itemId", c.lot_id as "lotId", c.on_hand + ${later('from')} - ${later('to')} as units
       from stock_level l join stock_cell c on c.level_id = l.id where c.kind = 'bin' and l.warehouse_id = $1)
     select "itemId", "lotId", sum(units)::bigint as "onHandUnits" from past
     group by 1, 2 having sum(units) <> 0 order by 1, 2`,
    [warehouseId, at],
  );
}
