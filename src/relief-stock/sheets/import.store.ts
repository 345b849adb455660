import type { Tx } from '../../database/index.js';
import type { BinDto, ItemDto } from '../relief-stock.dto.js';

export type KnownItem = Pick<ItemDto, 'id' | 'code' | 'unit'>;

export async function itemsByCodes(tx: Tx, codes: string[]): Promise<KnownItem[]> {
  return tx.query<KnownItem>(`select id, code, unit from item where code = any($1)`, [codes]);
}

/** Writes items whose codes are free; answers how many were. */
export async function insertItems(tx: Tx, items: ItemDto[]): Promise<number> {
  const rows = await tx.query(
    `insert into item (id, code, name, name_en, gb_class, unit, weight_g, volume_cm3, shelf_months, price_fen, season_months,
       minimum_use_days, gb_code, eic_code, version)
     select "id", "code", "name", "nameEn", "gbClass", "unit", "weightG", "volumeCm3", "shelfMonths", "priceFen",
       case when jsonb_typeof("seasonMonths") = 'array' then array(select jsonb_array_elements_text("seasonMonths")::integer) end,
       "minimumUseDays", "gbCode", "eicCode", "version"
     from jsonb_to_recordset($1::jsonb) as i ("id" uuid, "code" text, "name" text, "nameEn" text, "gbClass" smallint, "unit" text,
       "weightG" integer, "volumeCm3" integer, "shelfMonths" integer, "priceFen" bigint, "seasonMonths" jsonb, "minimumUseDays" integer,
       "gbCode" text, "eicCode" text, "version" integer)
     on conflict (code) do nothing returning 1`,
    [JSON.stringify(items)],
  );
  return rows.length;
}

export async function insertBins(tx: Tx, bins: BinDto[]): Promise<void> {
  await tx.query(
    `insert into stock_place (id, kind, warehouse_id, code)
     select "id", 'bin', "warehouseId", "code" from jsonb_to_recordset($1::jsonb) as b ("id" uuid, "warehouseId" uuid, "code" text)`,
    [JSON.stringify(bins)],
  );
}

/** Items of these that the book of a warehouse knows already: something was moved. */
export async function itemsMoved(tx: Tx, warehouseId: string, itemIds: string[]): Promise<Set<string>> {
  const rows = await tx.query<{ id: string }>(
    `select asked.id from unnest($2::uuid[]) as asked (id)
     where exists (select 1 from stock_movement m where m.item_id = asked.id and m.warehouse_id = $1)`,
    [warehouseId, itemIds],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Lots of these items that are set aside, as `itemId code expiry source`. */
export async function lotsSetAside(tx: Tx, itemIds: string[]): Promise<Set<string>> {
  const rows = await tx.query<{ name: string }>(
    `select concat_ws(' ', item_id, code, coalesce(expires_on::text, '-'), source) as name from lot
     where item_id = any($1) and state <> 'good'`,
    [itemIds],
  );
  return new Set(rows.map(({ name }) => name));
}
