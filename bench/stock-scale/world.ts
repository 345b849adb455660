import pg from 'pg';
import { resourceKeys, warehouseKey } from '../../src/access/index.js';
import { Database, inTransaction } from '../../src/database/index.js';
import { generateDemo } from '../../src/database/seeds/demo/index.js';
import { loadDemo } from '../../src/demo/load.store.js';
import { accountAt, levelId } from '../../src/relief-stock/ledger.service.js';
import { idFrom, newId } from '../../src/shared/ids.js';

const LOTS = 5;
/** A prime by which movements step from cell to cell, so that all are reached, none next to the one before. */
const STEP = 7919;
const NOW = Date.now();
const SINCE_DAYS = 730;

export interface Store {
  id: string;
  societyId: string;
  binId: string;
  otherBinId: string;
}
export interface ScaleWorld {
  stores: Store[];
  itemIds: string[];
  /** Cells in bins, in the order in which movements reach them. */
  cells: { id: string; store: Store }[];
  /** An account that sees and keeps everything. */
  account: string;
}

/** The demonstration and, beside it, stores that each keep five lots of every item, still empty. */
export async function buildWorld(url: string, size: { stores: number; items: number }): Promise<ScaleWorld> {
  const db = await Database.connect({ url, poolSize: 2, embedded: false });
  await db.migrate();
  const now = new Date(NOW);
  await inTransaction(db, (tx) => loadDemo(tx, generateDemo({ now }), { passwordHash: 'none', now }));
  await db.close();
  const client = await connect(url);
  const account = 'duty.330000';
  await client.query(
    `insert into role_grant (id, user_id, role, society_id)
     select $1, id, 'keeper', society_id from app_user where account = $2`,
    [newId(), account],
  );
  const stores = await openStores(client, size.stores);
  const itemIds = await addItems(client, size.items);
  const cells = await openCells(client, stores, itemIds);
  await client.query('select seal_journal(100000)');
  await client.query('vacuum analyze');
  await client.end();
  return { stores, itemIds, cells, account };
}

export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, options: '-c search_path=chiyuan,public' });
  await client.connect();
  return client;
}

async function openStores(client: pg.Client, count: number): Promise<Store[]> {
  const { rows: societies } = await client.query<{ id: string; path: string; adcode: string }>(
    `select id, path, adcode from society where level <> 'partner' order by path limit $1`,
    [count],
  );
  const stores = societies.map(({ id: societyId, path, adcode }, n) => {
    const id = idFrom('scale-store', String(n));
    return { id, societyId, path, adcode, code: `SCALE-${n}`, binId: newId(), otherBinId: newId() };
  });
  for (const { id, societyId, path, adcode, code, binId, otherBinId } of stores) {
    await client.query(
      `insert into warehouse (id, code, name, tier, society_id, adcode, lon, lat, mode, scope)
       values ($1, $2, $2, 'county', $3, $4, 120, 29, 'physical', $5)`,
      [id, code, societyId, adcode, [...resourceKeys(path), warehouseKey(id)]],
    );
    await client.query(
      `insert into stock_place (id, kind, warehouse_id, code) values ($1, 'bin', $3, 'A-01'), ($2, 'bin', $3, 'A-02')`,
      [binId, otherBinId, id],
    );
  }
  return stores;
}

async function addItems(client: pg.Client, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, n) => idFrom('scale-item', String(n)));
  await client.query(
    `insert into item (id, code, name, name_en, gb_class, unit, weight_g, volume_cm3)
     select id, 'SCALE' || n, 'SCALE' || n, 'SCALE' || n, 1, 'pc', 1000, 1000 from unnest($1::uuid[]) with ordinality as i (id, n)`,
    [ids],
  );
  await client.query(
    `insert into lot (id, item_id, code, expires_on, received_on, source)
     select gen_random_uuid(), id, 'L' || n, current_date + 1000 + n, current_date - 730, 'purchase' from unnest($1::uuid[]) as i (id), generate_series(1, $2::integer) n`,
    [ids, LOTS],
  );
  return ids;
}

/** A cell in the first bin for every store and lot, and the two accounts outside between which its units come and go. */
async function openCells(client: pg.Client, stores: Store[], itemIds: string[]): Promise<ScaleWorld['cells']> {
  const { rows: lots } = await client.query<{ id: string; itemId: string }>(
    `select id, item_id as "itemId" from lot where item_id = any($1) order by item_id, code`,
    [itemIds],
  );
  await client.query(
    `create table scale_cell (n integer primary key, item_id uuid, lot_id uuid, warehouse_id uuid, bin uuid, source uuid, sink uuid)`,
  );
  const cells: ScaleWorld['cells'] = [];
  for (const store of stores) {
    const accounts = lots.map(({ id: lotId, itemId }) => {
      const goods = { itemId, lotId, condition: 'good' as const, ownerSocietyId: store.societyId, fund: null };
      const at = (kind: 'bin' | 'opening' | 'recipient', placeCode: string, placeId?: string) =>
        accountAt({ kind, warehouseId: store.id, placeCode, placeName: null, ...(placeId ? { placeId } : {}) }, goods);
      return [at('bin', 'A-01', store.binId), at('opening', 'scale'), at('recipient', 'scale')] as const;
    });
    await insertLevels(client, store, itemIds);
    await insertAccounts(client, accounts);
    await client.query(
      `insert into scale_cell select n + $1, i, l, $2, b, o, r
       from unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[]) with ordinality as k (i, l, b, o, r, n)`,
      [
        cells.length - 1,
        store.id,
        ...[0, 0].map((_, k) => accounts.map(([bin]) => (k === 0 ? bin.itemId : bin.lotId))),
        ...[0, 1, 2].map((k) => accounts.map((three) => three[k]!.id)),
      ],
    );
    cells.push(...accounts.map(([bin]) => ({ id: bin.id, store })));
  }
  return cells;
}

async function insertLevels(client: pg.Client, store: Store, itemIds: string[]): Promise<void> {
  await client.query(
    `insert into stock_level (id, warehouse_id, item_id) select id, $2, item from unnest($1::uuid[], $3::uuid[]) as l (id, item)`,
    [itemIds.map((itemId) => levelId({ warehouseId: store.id, itemId })), store.id, itemIds],
  );
}

async function insertAccounts(client: pg.Client, accounts: (readonly ReturnType<typeof accountAt>[])[]): Promise<void> {
  const asked = `jsonb_to_recordset($1::jsonb) as a ("id" uuid, "levelId" uuid, "itemId" uuid, "lotId" uuid, "placeId" uuid, "warehouseId" uuid,
    "kind" text, "placeCode" text, "condition" text, "ownerSocietyId" uuid)`;
  const all = JSON.stringify(accounts.flat());
  await client.query(
    `insert into stock_place (id, kind, warehouse_id, code)
     select distinct on ("placeId") "placeId", "kind", "warehouseId", "placeCode" from ${asked} where "kind" <> 'bin'`,
    [all],
  );
  await client.query(
    `insert into stock_cell (id, level_id, item_id, lot_id, place_id, kind, warehouse_id, condition, owner_society_id)
     select "id", "levelId", "itemId", "lotId", "placeId", "kind", "warehouseId", "condition", "ownerSocietyId" from ${asked}`,
    [all],
  );
}

/**
 * So many movements of two years, in the order of time, the cells one after another: 1,000 units come first, then a few go and a few come.
 * Balances are set to their sums, so that the audit holds. Indexes and keys are taken off for the load and made again as they were.
 */
export async function loadMovements(url: string, movements: number, { cells }: ScaleWorld): Promise<void> {
  const client = await connect(url);
  await client.query(`set maintenance_work_mem = '512MB'; set work_mem = '256MB'; set synchronous_commit = off`);
  const again = await withoutIndexes(client, 'stock_movement');
  await client.query(
    `insert into stock_movement (id, cause_id, line, item_id, lot_id, warehouse_id, to_warehouse_id, from_cell_id, to_cell_id, units, reason,
       document, occurred_at, recorded_at, received_at)
     select gen_random_uuid(), md5('scale' || m.n / 10)::uuid, m.n % 10 + 1, k.item_id, k.lot_id, k.warehouse_id, k.warehouse_id,
       case when goes then k.bin else k.source end, case when goes then k.sink else k.bin end,
       case when m.n < $2 then 1000 else 1 + m.n % 7 end, case when m.n < $2 then 'opening' when goes then 'deliver' else 'receipt' end,
       'SCALE-' || m.n / 10, at, at + interval '30 s', at + interval '60 s'
     from (select n, n / $2 % 2 = 1 as goes, n * ${STEP} % $2 as cell,
         to_timestamp($3::float8 - 3600 - $4::float8 * 86400 * (1 - n::float8 / $1)) as at
       from generate_series(0::bigint, $1::bigint - 1) n) m
     join scale_cell k on k.n = m.cell order by m.n`,
    [movements, cells.length, NOW / 1000, SINCE_DAYS],
  );
  for (const statement of again) await client.query(statement);
  await client.query(
    `update stock_cell c set on_hand = s.units from (
       select id, sum(units) as units from (
         select to_cell_id as id, units from stock_movement union all select from_cell_id, -units from stock_movement) legs group by id) s
     where s.id = c.id and c.on_hand <> s.units`,
  );
  await client.query('vacuum analyze');
  await client.end();
}

/** The cells that the first movements have reached: those with goods in them. */
export const reachedCells = ({ cells }: ScaleWorld, movements: number): ScaleWorld['cells'] =>
  Array.from({ length: Math.min(movements, cells.length) }, (_, n) => cells[(n * STEP) % cells.length]!);

/** Takes the keys and indexes off a table; answers the statements that make them again. */
async function withoutIndexes(client: pg.Client, table: string): Promise<string[]> {
  const { rows: keys } = await client.query<{ name: string; definition: string }>(
    `select conname as name, pg_get_constraintdef(oid) as definition from pg_constraint
     where conrelid = $1::regclass and contype in ('p', 'u', 'f') order by contype = 'f' desc, contype = 'u' desc`,
    [table],
  );
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
     where i.indrelid = $1::regclass and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid)`,
    [table],
  );
  for (const { name } of keys) await client.query(`alter table ${table} drop constraint ${name}`);
  for (const { name } of indexes) await client.query(`drop index ${name}`);
  return [
    ...indexes.map(({ definition }) => definition),
    ...keys.reverse().map(({ name, definition }) => `alter table ${table} add constraint ${name} ${definition}`),
  ];
}
