import { AccessService, type Actor } from '../../src/access/index.js';
import { readConfig } from '../../src/config.js';
import { Database, inTransaction, read } from '../../src/database/index.js';
import { generateDemo } from '../../src/database/seeds/demo/index.js';
import { loadDemo } from '../../src/demo/load.store.js';
import { CatalogueService, ReceiptService, WarehouseService } from '../../src/relief-stock/index.js';
import { Clock } from '../../src/shared/clock.js';

export const LINES = 923;
const BINS = 46;
const ITEMS = 40;
const RECEIPT_LINES = 200;
/** The day on which the store was filled; every seed counts it on the next. */
export const FILLED_AT = new Date('2026-07-20T01:00:00Z');
const PEOPLE = { keeper: 'soak.keeper', other: 'soak.other', checker: 'soak.checker', mover: 'soak.mover' } as const;

/** The clock of the simulated server: it stands until the simulation goes on. */
export class SimClock extends Clock {
  constructor(public at: Date) {
    super();
  }
  override now(): Date {
    return new Date(this.at);
  }
}

export interface StoreCell {
  cellId: string;
  itemId: string;
  lotId: string;
  lotCode: string;
  binId: string;
  binCode: string;
  units: number;
}
export interface CountStore {
  warehouseId: string;
  people: Record<keyof typeof PEOPLE, Actor>;
  bins: { id: string; code: string }[];
  cells: StoreCell[];
}

/** Fills an empty database with one warehouse of 923 cells and its people, through the ordinary commands. */
export async function fillStore(url: string, poolSize = 2): Promise<void> {
  const db = await Database.connect({ url, poolSize, embedded: false });
  try {
    await db.migrate();
    await inTransaction(db, (tx) => loadDemo(tx, generateDemo({ now: FILLED_AT }), { passwordHash: 'nobody', now: FILLED_AT }));
    await stock(db);
    await db.dataSource.query('analyze'); // planned for as a store that has been kept, not as one filled a second ago
  } finally {
    await db.close();
  }
} // prettier-ignore

/** On a database that has the demo already. */
export async function stock(db: Database): Promise<void> {
  const clock = new SimClock(FILLED_AT);
  const access = accessOf(db, clock);
  const admin = await access.actorNamed('admin.330000');
  const [{ id: societyId }] = (await read(db, (tx) => tx.query<{ id: string }>(`select id from society where adcode = '331000'`))) as [{ id: string }]; // prettier-ignore
  for (const [post, account] of Object.entries(PEOPLE)) {
    const { id } = await access.createUser(admin, { account, name: account, societyId, password: 'count-soak-people' });
    await access.grantRole(admin, id, { role: post === 'checker' ? 'checker' : 'keeper', societyId });
  }
  const warehouses = new WarehouseService(db);
  const { id: warehouseId } = await warehouses.openWarehouse(admin, {
    code: 'WH-SOAK', name: 'soak', tier: 'city', societyId, location: { lon: 121.4, lat: 28.6, datum: 'WGS84' }, mode: 'physical',
  }); // prettier-ignore
  const bins: string[] = [];
  for (let n = 1; n <= BINS; n++) {
    bins.push((await warehouses.addBin(admin, warehouseId, { code: `S-${String(n).padStart(2, '0')}` })).id);
  }
  const catalogue = new CatalogueService(db);
  const items: string[] = [];
  for (let n = 1; n <= ITEMS; n++) {
    const item = await catalogue.addItem(admin, {
      code: `SOAK-${n}`, name: 'soak', nameEn: 'soak', gbClass: 1, unit: 'soak', weightG: 1, volumeCm3: 1, minimumUseDays: 0,
      priceFen: n % 3 === 0 ? 150_000 : 900,
    }); // prettier-ignore
    items.push(item.id);
  }
  const keeper = await access.actorNamed(PEOPLE.keeper);
  const lines = Array.from({ length: LINES }, (_, n) => ({
    itemId: items[n % ITEMS]!, lotCode: `LOT-${Math.floor(n / ITEMS / 2)}`, units: 60 + (n % 37), binId: bins[(n * 7) % BINS]!,
    expiresOn: `2028-${String(1 + (Math.floor(n / ITEMS / 2) % 12)).padStart(2, '0')}-15`,
  })); // prettier-ignore
  for (let n = 0; n < LINES; n += RECEIPT_LINES) {
    await new ReceiptService(db, clock, readConfig({})).receiveGoods(keeper, {
      warehouseId, source: 'purchase', sourceName: 'soak', note: '', lines: lines.slice(n, n + RECEIPT_LINES),
    }); // prettier-ignore
  }
}

/** The store as it was filled: who works there, and what lies where. */
export async function openStore(db: Database): Promise<CountStore> {
  const access = accessOf(db, new SimClock(FILLED_AT));
  const people = {} as CountStore['people'];
  for (const [post, account] of Object.entries(PEOPLE)) {
    people[post as keyof typeof PEOPLE] = await access.actorNamed(account);
  }
  return read(db, async (tx) => {
    const [warehouse] = await tx.query<{ id: string }>(`select id from warehouse where code = 'WH-SOAK'`);
    const bins = await tx.query<CountStore['bins'][number]>(`select id, code from stock_place where kind = 'bin' and warehouse_id = $1 order by code`, [warehouse!.id]); // prettier-ignore
    const cells = await tx.query<StoreCell>(
      `select c.id as "cellId", c.item_id as "itemId", c.lot_id as "lotId", lot.code as "lotCode", c.place_id as "binId", p.code as "binCode",
         c.on_hand as units
       from stock_cell c join lot on lot.id = c.lot_id join stock_place p on p.id = c.place_id
       where c.kind = 'bin' and c.warehouse_id = $1 order by p.code, c.id`,
      [warehouse!.id],
    );
    return { warehouseId: warehouse!.id, people, bins, cells };
  });
}

const accessOf = (db: Database, clock: Clock): AccessService => new AccessService(db, clock, readConfig({}));
