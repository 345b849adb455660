import { Injectable } from '@nestjs/common';
import { type Actor, allow } from '../../../access/index.js';
import { Database, inSnapshot, type Tx } from '../../../database/index.js';
import {
  addDays, allItems, dayOf, issuedOf, type LotForRotation, lotsForRotation, type OnTheWay, onTheWay, openRequestLines,
  plannedMoves,
} from '../../../relief-stock/index.js'; // prettier-ignore
import { Clock } from '../../../shared/clock.js';
import { distanceM } from '../../../shared/geo.js';
import { ROAD_FACTOR } from '../../../shared/travel.rules.js';
import { lacksOf } from '../lacks.js';
import { roomOf } from '../problem.rules.js';
import { seenSociety } from '../scenario.service.js';
import { readRows } from '../structure-facts.js';
import { smallestPacks } from '../structure.store.js';
import { ARRIVAL_DAYS, ROTATION_LIMITS, type RotationDto, type RotationQuery } from './rotation.dto.js';
import { type LotFact, RECORD_DAYS, type RotationFacts } from './rotation-problem.rules.js';

/** What a rotation is made from, and the words for it. `lots` and `named` are in one order. */
export interface RotationFound extends RotationFacts {
  today: string;
  societyId: string;
  named: Pick<LotForRotation, 'lotCode' | 'source' | 'unitFen'>[];
  expired: LotForRotation[];
  drafted: RotationDto['drafted'];
  words: { stores: RotationDto['stores']; needs: RotationDto['needs']; scenarios: Map<string, string> };
  left: RotationDto['left'];
}

const DAY_MS = 86_400_000;
/** Beyond every reach. */
const NO_ROAD = Number.MAX_SAFE_INTEGER;
export const daysUntil = (today: string, day: string): number =>
  Math.round((Date.parse(day) - Date.parse(today)) / DAY_MS);
type Place = { lon: number; lat: number };
const kmBetween = (a: Place, b: Place): number => (distanceM(a, b) * ROAD_FACTOR) / 1000;

/** Reads lots, issues, scenarios and open needs of a society in one snapshot. */
@Injectable()
export class RotationFactsReader {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** 404 `society.not-found`, 403 for who does not ask for that society. */
  async gather(actor: Actor, ask: RotationQuery): Promise<RotationFound> {
    const now = this.clock.now();
    return inSnapshot(this.db, (tx) => readFacts(tx, actor, { ask, now }));
  }
}

async function readFacts(
  tx: Tx,
  actor: Actor,
  { ask, now }: { ask: RotationQuery; now: Date },
): Promise<RotationFound> {
  const society = await seenSociety(tx, actor, ask.societyId);
  allow(actor, 'structure.ask', { paths: [society.path] });
  const today = dayOf(now);
  const rows = await readRows(tx, society.id, now);
  const stores = rows.stores.filter(({ movable }) => movable);
  const ids = stores.map(({ id }) => id);
  const until = addDays(today, ask.aheadDays);
  const found = await lotsForRotation(tx, { warehouseIds: ids, until, limit: ROTATION_LIMITS.lots + 1 });
  const looked = found.slice(0, ROTATION_LIMITS.lots);
  const moving = (await onTheWay(tx, ids)).filter(({ expiresOn }) => expiresOn >= today && expiresOn <= until);
  const lots = lotsOf(looked, moving, { today, ids: new Set(ids) });
  const asked = new Set(lots.map(({ fact }) => fact.itemId));
  const packs = new Map((await smallestPacks(tx, [...asked])).map((pack) => [pack.itemId, pack.units]));
  const items = (await allItems(tx)).filter(({ id }) => asked.has(id)).map((item) => ({ ...item, packUnits: packs.get(item.id) ?? 1 }));
  const planned = plannedIn(await plannedMoves(tx, ids));
  const issues = new Map((await issuedOf(tx, { warehouseIds: ids, since: new Date(now.getTime() - RECORD_DAYS * DAY_MS) })).map((row) => [row.warehouseId, row])); // prettier-ignore
  const needs = await needsOf(tx, actor, { rows, society, stores });
  const fromStores = (to: Place): number[] => stores.map((store) => kmBetween(store, to));
  return {
    today, societyId: society.id, ask, arrivalDay: ARRIVAL_DAYS, items, lots: lots.map(({ fact }) => fact), named: lots.map(({ named }) => named),
    expired: looked.filter(({ expiresOn }) => expiresOn < today),
    drafted: moving
      .filter(({ status, fromId }) => status === 'draft' && ids.includes(fromId))
      .map(({ transferId, number, fromId, toId, itemId, lotCode, units }) => ({ transferId, number, fromId, toId, itemId, lotCode, units })),
    stores: stores.map((store) => ({
      id: store.id, tier: store.tier, roomCm3: Math.max(0, roomOf(store) - planned.into(store.id)),
      cells: store.cells.map((cell) => ({ ...cell, units: cell.units - planned.out(store.id, cell.itemId) })),
      bookDays: issues.has(store.id) ? daysUntil(dayOf(issues.get(store.id)!.firstAt), today) : null,
      issued: new Map(issues.get(store.id)?.items.map(({ itemId, units }) => [itemId, units])),
    })),
    demands: rows.named.flatMap(({ id, perYear, counties }) =>
      counties.flatMap(({ societyId, units }) => {
        const roadKm = fromStores(rows.societies.get(societyId)!);
        return [...units].filter(([itemId]) => asked.has(itemId)).map(([itemId, each]) => ({ id, perYear, itemId, units: each, roadKm }));
      }),
    ),
    // What a store asks for is not served by what lies there already.
    needs: needs.map(({ id, itemId, units, place, ownStoreId }) => ({
      id, itemId, units, roadKm: fromStores(place).map((km, n) => (stores[n]!.id === ownStoreId ? NO_ROAD : km)),
    })),
    roadKm: stores.map((store) => stores.map((other) => kmBetween(store, other))),
    words: {
      stores: rows.stores.map(({ id, name }) => ({ id, name })), needs: needs.map(({ word }) => word),
      scenarios: new Map(rows.named.map(({ id, name }) => [id, name])),
    },
    left: { lots: found.length - looked.length, stores: rows.left.stores },
  };
} // prettier-ignore

/** What transfers take out of a store, whatever lots that will be, and the room that they need where they go. */
function plannedIn({ out, into }: Awaited<ReturnType<typeof plannedMoves>>) {
  const units = new Map(out.map((one) => [`${one.warehouseId} ${one.itemId}`, one.units]));
  const volumes = new Map(into.map(({ warehouseId, volumeCm3 }) => [warehouseId, volumeCm3]));
  return {
    out: (storeId: string, itemId: string): number => units.get(`${storeId} ${itemId}`) ?? 0,
    into: (storeId: string): number => volumes.get(storeId) ?? 0,
  };
}

const draftedFrom = (moving: readonly OnTheWay[], storeId: string, lotId: string): number =>
  moving.reduce(
    (sum, one) => (one.status === 'draft' && one.fromId === storeId && one.lotId === lotId ? sum + one.units : sum),
    0,
  );

/** What lies there and was not drafted to go, and what is on its way there. */
function lotsOf(
  looked: readonly LotForRotation[],
  moving: readonly OnTheWay[],
  { today, ids }: { today: string; ids: ReadonlySet<string> },
): { fact: LotFact; named: RotationFound['named'][number] }[] {
  const known = new Map(looked.map((lot) => [lot.lotId, lot]));
  const lying = looked.flatMap((lot) => {
    const units = lot.units - draftedFrom(moving, lot.warehouseId, lot.lotId);
    if (lot.expiresOn < today || units <= 0) return [];
    const { lotId, itemId, warehouseId: storeId, boundUnits } = lot;
    const fact = { lotId, itemId, storeId, units, boundUnits: Math.min(units, boundUnits), expiresDay: daysUntil(today, lot.expiresOn), fromDay: 0, unitFen: lot.unitFen }; // prettier-ignore
    return [{ fact, named: lot }];
  });
  const coming = moving.flatMap(({ lotId, lotCode, itemId, toId, units, expiresOn, plannedArrivalAt }) => {
    if (!ids.has(toId)) return [];
    const fromDay = Math.max(1, daysUntil(today, dayOf(plannedArrivalAt)));
    const { source = 'other', unitFen = null } = known.get(lotId) ?? {};
    const expiresDay = daysUntil(today, expiresOn);
    const fact = { lotId, itemId, storeId: toId, units, boundUnits: 0, expiresDay, fromDay, unitFen };
    return [{ fact, named: { lotCode, source, unitFen } }];
  });
  return [...lying, ...coming];
}

interface NeedFound {
  id: string;
  itemId: string;
  units: number;
  place: Place;
  ownStoreId: string | null;
  word: RotationDto['needs'][number];
}
type Below = {
  rows: Awaited<ReturnType<typeof readRows>>;
  society: Parameters<typeof lacksOf>[2];
  stores: { id: string; lon: number; lat: number }[];
};

/** What open incidents lack, and open requests of stores that are for no incident. */
async function needsOf(tx: Tx, actor: Actor, { society, stores }: Below): Promise<NeedFound[]> {
  const places = new Map(stores.map((store) => [store.id, store]));
  const lacks = (await lacksOf(tx, actor, society)).map(({ incident, itemId, units }): NeedFound => {
    const { id, number, title, location } = incident;
    return { id, itemId, units, place: location, ownStoreId: null, word: { id, kind: 'incident', number, title } };
  });
  const requests = await openRequestLines(tx, { warehouseIds: [...places.keys()], keys: actor.keys, limit: ROTATION_LIMITS.requests }); // prettier-ignore
  return [
    ...lacks,
    ...requests.map(({ requestId: id, number, place: title, warehouseId, itemId, units }): NeedFound => {
      const word = { id, kind: 'request' as const, number, title };
      return { id, itemId, units, place: places.get(warehouseId)!, ownStoreId: warehouseId, word };
    }),
  ];
}
