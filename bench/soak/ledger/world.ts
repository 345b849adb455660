import { createHash } from 'node:crypto';
import type { Actor } from '../../../src/access/index.js';
import { type Database, read } from '../../../src/database/index.js';
import { accountAt, type Place } from '../../../src/relief-stock/ledger.service.js';
import type { Account as LedgerAccount } from '../../../src/relief-stock/ledger.store.js';
import { idFrom } from '../../../src/shared/ids.js';
import type { Account } from './model.js';
import { ITEMS, WAREHOUSES } from './plan.js';

export interface Warehouse {
  id: string;
  code: string;
  societyId: string;
  bins: { id: string; code: string }[];
}
/** What sequences share: three warehouses, of as many societies, with two bins each and somebody who keeps them. */
export interface Ground {
  db: Database;
  warehouses: Warehouse[];
  keeper: Actor;
}
/** What a sequence has for itself: its seed and its items. */
export interface World extends Ground {
  seed: number;
  items: string[];
}

export async function openGround(db: Database): Promise<Ground> {
  return read(db, async (tx) => {
    const warehouses = await tx.query<Warehouse>(
      `select distinct on (w.society_id) w.id, w.code, w.society_id as "societyId", b.bins from warehouse w
       cross join lateral (select jsonb_agg(jsonb_build_object('id', p.id, 'code', p.code) order by p.code) as bins, count(*) as n
         from stock_place p where p.kind = 'bin' and p.warehouse_id = w.id) b
       where b.n >= 2 and w.mode = 'physical' order by w.society_id, w.code limit $1`,
      [WAREHOUSES],
    );
    const [user] = await tx.query<{ id: string; societyId: string }>(
      `select u.id, u.society_id as "societyId" from app_user u where u.account = 'admin.330000'`,
    );
    const keeper: Actor = {
      userId: user!.id, account: 'soak', name: 'soak', locale: 'zh-CN', sessionId: user!.id, sessionEndsAt: new Date(8.64e15),
      keys: ['/330000/', 'all'],
      grants: [{ role: 'keeper', societyId: user!.societyId, path: '/330000/', teamId: null, warehouseId: null }],
    }; // prettier-ignore
    return { db, warehouses, keeper };
  });
}

/** The items of a sequence, the same however often it begins. */
export async function enter(ground: Ground, seed: number): Promise<World> {
  const items = ITEMS.map((_, n) => idFrom('soak-item', String(seed), String(n)));
  await read(ground.db, (tx) =>
    tx.query(
      `insert into item (id, code, name, name_en, gb_class, unit, weight_g, volume_cm3, minimum_use_days)
       select id, code, code, code, 1, 'x', 1, 1, days from unnest($1::uuid[], $2::text[], $3::int[]) as i (id, code, days) on conflict do nothing`,
      [items, items.map((_, n) => `SOAK-${seed}-${n}`), ITEMS.map(({ minimumUseDays }) => minimumUseDays)],
    ),
  );
  return { ...ground, seed, items };
}

/** The actor of one act: its key makes the act happen once however often it is sent. */
export function clientOf(world: World, n: number, content: unknown): Actor {
  const fingerprint = createHash('sha256').update(JSON.stringify(content)).digest();
  return { ...world.keeper, command: { key: `soak-${world.seed}-${n}`, fingerprint } };
}

export interface LotName {
  item: number;
  expiresOn: string | null;
}
export const lotIdOf = (world: World, { item, expiresOn }: LotName): string =>
  idFrom('lot', world.items[item]!, 'LOT', expiresOn ?? '', 'purchase');

/** The account of a lot at a place of a warehouse; goods stay their first owner's on the way. */
export function account(
  world: World,
  lot: LotName,
  place: { warehouse: number; kind: Place['kind']; name: string; owner?: number; damaged?: boolean },
): LedgerAccount {
  const warehouse = world.warehouses[place.warehouse]!;
  const bin = place.kind === 'bin' ? warehouse.bins.find(({ code }) => code === place.name)! : undefined;
  return accountAt(
    {
      kind: place.kind, warehouseId: warehouse.id, placeCode: place.name, placeName: null, ...(bin ? { placeId: bin.id } : {}),
    }, // prettier-ignore
    {
      itemId: world.items[lot.item]!,
      lotId: lotIdOf(world, lot),
      condition: place.damaged ? 'damaged' : 'good',
      ownerSocietyId: world.warehouses[place.owner ?? place.warehouse]!.societyId,
      fund: null,
    },
  );
}

/** How the model sees an account: by its id, on a shelf or not. */
export function plain(world: World, one: LedgerAccount): Account {
  const warehouse = world.warehouses.findIndex(({ id }) => id === one.warehouseId);
  const inside = one.kind === 'bin' || one.kind === 'transit';
  return { id: one.id, inside, ...(one.kind === 'bin' ? { shelf: { warehouse, lot: one.lotId } } : {}) };
}
