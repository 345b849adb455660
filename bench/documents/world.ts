import pg from 'pg';
import { AccessService, type Actor } from '../../src/access/index.js';
import { createApp } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { Database, inTransaction, read } from '../../src/database/index.js';
import { generateDemo } from '../../src/database/seeds/demo/index.js';
import { loadDemo } from '../../src/demo/load.store.js';
import { ReceiptService, WarehouseService } from '../../src/relief-stock/index.js';
import { LIMITS } from '../../src/shared/fields.dto.js';

export const LINES = LIMITS.documentLines;
/** Units of each lot on its shelf: one of them is neither 2 % nor 2,000 yuan, so no second person is asked. */
const UNITS = 1000;
const BINS = 40;
const DAY = 86_400_000;
const PEOPLE = {
  duty: 'duty.331000', above: 'duty.330000', admin: 'admin.330000', countyKeeper: 'keeper.WH-331082-1', keeper: 'bench.keeper',
  checker: 'bench.checker',
} as const; // prettier-ignore

export interface Line {
  itemId: string;
  lotId: string;
  binId: string;
  cellId: string;
  levelId: string;
}
/** A store of 2,000 lots of as many items in forty bins, an empty one beside it, and the people of both. */
export interface World {
  app: Awaited<ReturnType<typeof createApp>>;
  people: Record<keyof typeof PEOPLE, Actor>;
  warehouseId: string;
  emptyId: string;
  societyId: string;
  countyId: string;
  lines: Line[];
}

/** Fills an empty database; the goods came yesterday. */
export async function fill(url: string): Promise<void> {
  const now = new Date();
  const db = await Database.connect({ url, poolSize: 2, embedded: false });
  await db.migrate();
  await inTransaction(db, (tx) => loadDemo(tx, generateDemo({ now }), { passwordHash: 'nobody', now }));
  await db.close();
  const app = await openApp(url);
  const access = app.get(AccessService);
  const admin = await access.actorNamed(PEOPLE.admin);
  const societyId = await societyOf(app.get(Database), '331000');
  for (const role of ['keeper', 'checker'] as const) {
    const account = PEOPLE[role];
    const { id } = await access.createUser(admin, { account, name: account, societyId, password: 'bench-documents' });
    await access.grantRole(admin, id, { role, societyId });
  }
  const warehouses = app.get(WarehouseService);
  const place = { tier: 'city' as const, societyId, mode: 'physical' as const };
  const location = { lon: 121.4, lat: 28.6, datum: 'WGS84' as const };
  const { id } = await warehouses.openWarehouse(admin, { code: 'WH-DOCS', name: 'bench', location, ...place });
  const empty = await warehouses.openWarehouse(admin, { code: 'WH-EMPTY', name: 'bench', location, ...place });
  await warehouses.addBin(admin, empty.id, { code: 'E-1' });
  const bins: string[] = [];
  for (let n = 1; n <= BINS; n++) bins.push((await warehouses.addBin(admin, id, { code: `D-${n}` })).id);
  const items = await read(app.get(Database), (tx) =>
    tx.query<{ id: string }>(
      `insert into item (id, code, name, name_en, gb_class, unit, weight_g, volume_cm3, price_fen)
       select gen_random_uuid(), 'DOC' || lpad(n::text, 5, '0'), 'bench', 'bench', 1, 'bench', 100, 100, 1 from generate_series(1, $1::int) n
       returning id`,
      [LINES],
    ),
  );
  const lines = items.map((item, n) => ({ itemId: item.id, lotCode: 'L', units: UNITS, binId: bins[n % BINS]! }));
  await app.get(ReceiptService).receiveGoods(await access.actorNamed(PEOPLE.keeper), {
    warehouseId: id, source: 'purchase', sourceName: 'bench', note: '', lines, occurredAt: new Date(now.getTime() - DAY).toISOString(),
  }); // prettier-ignore
  await app.get(Database).dataSource.query('analyze');
  await app.close();
}

export async function openWorld(url: string): Promise<World> {
  const app = await openApp(url);
  const access = app.get(AccessService);
  const people = {} as World['people'];
  for (const [who, account] of Object.entries(PEOPLE)) {
    people[who as keyof typeof PEOPLE] = await access.actorNamed(account);
  }
  const db = app.get(Database);
  const idOf = async (code: string) =>
    (await read(db, (tx) => tx.query<{ id: string }>(`select id from warehouse where code = $1`, [code])))[0]!.id;
  const warehouseId = await idOf('WH-DOCS');
  const lines = await read(db, (tx) =>
    tx.query<Line>(
      `select item_id as "itemId", lot_id as "lotId", place_id as "binId", id as "cellId", level_id as "levelId" from stock_cell
       where kind = 'bin' and warehouse_id = $1 order by id`,
      [warehouseId],
    ),
  );
  const [emptyId, countyId] = [await idOf('WH-EMPTY'), await idOf('WH-331082-1')];
  return { app, people, warehouseId, emptyId, countyId, societyId: await societyOf(db, '331000'), lines };
}

const openApp = (url: string) =>
  createApp(readConfig({ NODE_ENV: 'production', ROLE: 'web', DATABASE_URL: url, SEED_DEMO: '0', LOG_LEVEL: 'error' }));

async function societyOf(db: Database, adcode: string): Promise<string> {
  const rows = await read(db, (tx) => tx.query<{ id: string }>(`select id from society where adcode = $1`, [adcode]));
  return rows[0]!.id;
}

/** Databases of one server: the filled one, and a copy of it for every run. */
export class Copies {
  private readonly admin: pg.Pool;
  constructor(private readonly url: string) {
    this.admin = new pg.Pool({ connectionString: url, max: 1 });
  }
  urlOf(name: string): string {
    return Object.assign(new URL(this.url), { pathname: `/${name}` }).toString();
  }
  async make(name: string, template?: string): Promise<string> {
    await this.admin.query(`create database ${name} ${template ? `template ${template}` : ''}`);
    return this.urlOf(name);
  }
  close(): Promise<void> {
    return this.admin.end();
  }
}
