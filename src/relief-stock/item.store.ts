import type { Tx } from '../database/index.js';
import type { ItemDto, LotDto } from './relief-stock.dto.js';

const ITEM = `id, code, name, name_en as "nameEn", gb_class as "gbClass", unit, weight_g as "weightG", volume_cm3 as "volumeCm3",
  shelf_months as "shelfMonths", price_fen as "priceFen", season_months as "seasonMonths", minimum_use_days as "minimumUseDays",
  gb_code as "gbCode", eic_code as "eicCode", version`;

export async function allItems(tx: Tx): Promise<ItemDto[]> {
  return tx.query<ItemDto>(`select ${ITEM} from item order by code`);
}

export async function itemsByIds(tx: Tx, ids: string[]): Promise<ItemDto[]> {
  return tx.query<ItemDto>(`select ${ITEM} from item where id = any($1) order by id`, [ids]);
}

export async function itemsAfter(tx: Tx, after: string | null, limit: number): Promise<ItemDto[]> {
  return tx.query<ItemDto>(`select ${ITEM} from item where ($1::text is null or code > $1) order by code limit $2`, [
    after,
    limit,
  ]);
}

export async function itemCodeTaken(tx: Tx, code: string): Promise<boolean> {
  return (await tx.query(`select 1 from item where code = $1`, [code])).length > 0;
}

export async function insertItem(tx: Tx, row: ItemDto): Promise<void> {
  await tx.query(
    `insert into item (id, code, name, name_en, gb_class, unit, weight_g, volume_cm3, shelf_months, price_fen, season_months,
       minimum_use_days, gb_code, eic_code, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      row.id, row.code, row.name, row.nameEn, row.gbClass, row.unit, row.weightG, row.volumeCm3, row.shelfMonths, row.priceFen,
      row.seasonMonths, row.minimumUseDays, row.gbCode, row.eicCode, row.version,
    ], // prettier-ignore
  );
}

/** Both codes of an item that is at this version; undefined when it is not. */
export async function saveItemCodes(
  tx: Tx,
  row: Pick<ItemDto, 'id' | 'version' | 'gbCode' | 'eicCode'>,
): Promise<ItemDto | undefined> {
  const rows = await tx.query<ItemDto>(
    `update item set gb_code = $3, eic_code = $4, version = version + 1 where id = $1 and version = $2 returning ${ITEM}`,
    [row.id, row.version, row.gbCode, row.eicCode],
  );
  return rows[0];
}

/** Columns of LotDto over `lot`: the one definition of what a lot says. */
export const LOT = `lot.id, lot.item_id as "itemId", lot.code, lot.expires_on as "expiresOn", lot.received_on as "receivedOn", lot.source,
  lot.state, lot.unit_value_fen as "unitValueFen", lot.value_basis as "valueBasis", lot.version`;

/** A page by code of the lots that lie in a bin of a warehouse that one of the keys may see. */
export async function lotsAfter(
  tx: Tx,
  filter: { itemId: string | undefined; keys: string[]; after: [string, string] | null; limit: number },
): Promise<LotDto[]> {
  return tx.query<LotDto>(
    `select ${LOT} from lot
     where ($1::uuid is null or lot.item_id = $1) and ($2::text is null or (lot.code, lot.id) > ($2, $3::uuid))
       and exists (select 1 from stock_cell c join warehouse w on w.id = c.warehouse_id
         where c.lot_id = lot.id and c.kind = 'bin' and w.scope && $4)
     order by lot.code, lot.id limit $5`,
    [filter.itemId ?? null, filter.after?.[0] ?? null, filter.after?.[1] ?? null, filter.keys, filter.limit],
  );
}

export type LotName = Pick<LotDto, 'itemId' | 'code' | 'expiresOn' | 'source'>;
type LotValue = Pick<LotDto, 'unitValueFen' | 'valueBasis'>;

/** The lots with these names, made where they are not known yet. One name, one lot: by item, code, expiry and source. */
export async function makeLots(
  tx: Tx,
  lots: (LotName & Partial<LotValue> & Pick<LotDto, 'id' | 'receivedOn'>)[],
): Promise<LotDto[]> {
  const known = await lotsNamed(tx, lots);
  if (known.length === lots.length) return known;
  await tx.query(
    `insert into lot (id, item_id, code, expires_on, source, received_on, unit_value_fen, value_basis)
     select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::date[], $5::text[], $6::date[], $7::bigint[], $8::text[])
       as asked (id, item_id, code, expires_on, source, received_on, unit_value_fen, value_basis) order by id on conflict do nothing`,
    [
      lots.map((lot) => lot.id), ...namesOf(lots), lots.map((lot) => lot.receivedOn), lots.map((lot) => lot.unitValueFen ?? null),
      lots.map((lot) => lot.valueBasis ?? null),
    ], // prettier-ignore
  );
  return lotsNamed(tx, lots);
}

/** What a unit of lots is worth that came without a price before. */
export async function fillLotValues(tx: Tx, lots: (Pick<LotDto, 'id'> & LotValue)[]): Promise<void> {
  await tx.query(
    `update lot set unit_value_fen = told.value, value_basis = told.basis, version = version + 1
     from unnest($1::uuid[], $2::bigint[], $3::text[]) as told (id, value, basis) where lot.id = told.id and lot.unit_value_fen is null`,
    [lots.map((lot) => lot.id), lots.map((lot) => lot.unitValueFen), lots.map((lot) => lot.valueBasis)],
  );
}

function lotsNamed(tx: Tx, lots: LotName[]): Promise<LotDto[]> {
  return tx.query<LotDto>(
    `select ${LOT} from unnest($1::uuid[], $2::text[], $3::date[], $4::text[]) as asked (item_id, code, expires_on, source)
     join lot on lot.item_id = asked.item_id and lot.code = asked.code and lot.expires_on is not distinct from asked.expires_on
       and lot.source = asked.source`,
    namesOf(lots),
  );
}

const namesOf = (lots: LotName[]): unknown[] => [
  lots.map((lot) => lot.itemId),
  lots.map((lot) => lot.code),
  lots.map((lot) => lot.expiresOn),
  lots.map((lot) => lot.source),
];

export async function lotsByIds(tx: Tx, ids: string[]): Promise<LotDto[]> {
  return tx.query<LotDto>(`select ${LOT} from lot where lot.id = any($1) order by lot.code, lot.id`, [ids]);
}
