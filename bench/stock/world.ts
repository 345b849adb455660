import { hashPassword } from '../../src/access/index.js';
import { Database, inTransaction, type Tx } from '../../src/database/index.js';
import { generateDemo } from '../../src/database/seeds/demo/index.js';
import { loadDemo } from '../../src/demo/load.store.js';
import { accountAt, type Goods, postMovements } from '../../src/relief-stock/ledger.service.js';
import { newId } from '../../src/shared/ids.js';
import { dice, zipf } from '../support/pick.js';

export const PASSWORD = 'chiyuan-bench';
/** So much lies in each of the two bins of a shelf that no order of postings empties one. */
const UNITS = 1_000_000;

/** Goods of one lot in two bins of a warehouse, between which they can be moved. */
export interface Shelf {
  warehouseId: string;
  warehouseCode: string;
  ends: [End, End];
}
interface End {
  cellId: string;
  binId: string;
}

/** One posting: a unit from a bin to the other, by the warehouse's keeper. */
export interface Move {
  warehouseCode: string;
  body: { warehouseId: string; note: string; lines: { contentId: string; toBinId: string; units: number }[] };
}

/** The demonstration, with plenty in two bins of every level: one lot each. Made by the ledger's own writer. */
export async function fill(url: string): Promise<Shelf[]> {
  const db = await Database.connect({ url, poolSize: 2, embedded: false });
  const now = new Date();
  await db.migrate();
  const passwordHash = await hashPassword(PASSWORD);
  await inTransaction(db, (tx) => loadDemo(tx, generateDemo({ now }), { passwordHash, now }));
  const shelves = await inTransaction(db, (tx) => stockShelves(tx, now));
  await inTransaction(db, (tx) => tx.query('select seal_journal(100000)'));
  await db.dataSource.query('vacuum analyze');
  await db.close();
  return shelves;
}

type Lot = Goods & { warehouseId: string; warehouseCode: string; bins: { id: string; code: string }[] };

async function stockShelves(tx: Tx, now: Date): Promise<Shelf[]> {
  const lots = await tx.query<Lot>(
    `select distinct on (c.level_id) c.item_id as "itemId", c.lot_id as "lotId", c.condition, c.owner_society_id as "ownerSocietyId", c.fund,
       w.id as "warehouseId", w.code as "warehouseCode",
       (select jsonb_agg(jsonb_build_object('id', id, 'code', code)) from (select id, code from stock_place
          where kind = 'bin' and warehouse_id = w.id order by code limit 2) two) as bins
     from stock_cell c join lot on lot.id = c.lot_id join warehouse w on w.id = c.warehouse_id
     where c.kind = 'bin' and c.condition = 'good' and lot.state = 'good' and c.fund is null and c.owner_society_id = w.society_id
       and w.tier <> 'cache' order by c.level_id, c.id`,
  );
  for (const warehouseId of new Set(lots.map((lot) => lot.warehouseId))) {
    const postings = lots
      .filter((lot) => lot.warehouseId === warehouseId)
      .flatMap((lot) => {
        const from = accountAt({ kind: 'opening', warehouseId, placeCode: 'bench', placeName: null }, lot);
        return endsOf(lot).map((to) => ({ from, to, units: UNITS, reason: 'opening' as const }));
      });
    const actor = { userId: null, name: 'bench' };
    await postMovements(tx, { causeId: newId(), document: 'bench', postings, actor, now, occurredAt: now });
  }
  return lots.map((lot) => {
    const [one, other] = endsOf(lot).map(({ id, placeId }) => ({ cellId: id, binId: placeId }));
    return { warehouseId: lot.warehouseId, warehouseCode: lot.warehouseCode, ends: [one!, other!] };
  });
}

const endsOf = (lot: Lot) =>
  lot.bins.map(({ id, code }) =>
    accountAt({ kind: 'bin', warehouseId: lot.warehouseId, placeId: id, placeCode: code, placeName: null }, lot),
  );

export type Heat = 'spread' | 'hot';

/** What is posted, in order: over all shelves alike, or nearly all of it on very few (Zipf 2.0: 61 % on the first). */
export function movesOf(shelves: Shelf[], { heat, count, seed }: { heat: Heat; count: number; seed: number }): Move[] {
  const roll = dice(seed);
  const pick = heat === 'hot' ? zipf(shelves.length, 2, roll) : () => Math.floor(roll() * shelves.length);
  return Array.from({ length: count }, () => {
    const { warehouseId, warehouseCode, ends } = shelves[pick()]!;
    const [from, to] = roll() < 0.5 ? ends : [ends[1], ends[0]];
    const lines = [{ contentId: from.cellId, toBinId: to.binId, units: 1 }];
    return { warehouseCode, body: { warehouseId, note: 'bench', lines } };
  });
}
