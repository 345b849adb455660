import type { Tx } from '../database/index.js';
import { linesOf } from './requests/request-view.store.js';
import { FROM_REQUEST } from './requests/request.store.js';
import { isWaiting, unmetUnits } from './requests/request.rules.js';

/** A dated lot on the shelves of a store, for who thinks about where it will be used before it expires. */
export interface LotForRotation {
  warehouseId: string;
  itemId: string;
  lotId: string;
  lotCode: string;
  source: string;
  expiresOn: string;
  receivedOn: string;
  /** Units in good condition that nobody was promised. */
  units: number;
  /** What a unit is worth, as it came in or by the catalogue; null where nobody knows. */
  unitFen: number | null;
  /** Those of them that a fund gave for one purpose: they may not go anywhere else. */
  boundUnits: number;
}

/** Dated lots in stores, good and not promised, that expire by a day; those that expire first come first. Expired ones are among them. */
export async function lotsForRotation(
  tx: Tx,
  ask: { warehouseIds: string[]; until: string; limit: number },
): Promise<LotForRotation[]> {
  return tx.query<LotForRotation>(
    `select c.warehouse_id as "warehouseId", c.item_id as "itemId", lot.id as "lotId", lot.code as "lotCode", lot.source,
       lot.expires_on as "expiresOn", lot.received_on as "receivedOn", sum(c.on_hand - c.reserved)::bigint as units,
       coalesce(sum(c.on_hand - c.reserved) filter (where num_nonnulls(f.intent_society_id, f.intent_incident_kind, f.intent_incident_id) > 0), 0)::bigint
         as "boundUnits", coalesce(lot.unit_value_fen, i.price_fen) as "unitFen"
     from stock_level l join stock_cell c on c.level_id = l.id and c.kind = 'bin' join lot on lot.id = c.lot_id join item i on i.id = lot.item_id
     left join stock_fund f on f.code = c.fund
     where l.warehouse_id = any($1) and c.on_hand > c.reserved and c.condition = 'good' and lot.state = 'good' and lot.expires_on <= $2::date
     group by c.warehouse_id, c.item_id, lot.id, i.price_fen order by lot.expires_on, lot.received_on, lot.id, c.warehouse_id limit $3`,
    [ask.warehouseIds, ask.until, ask.limit],
  );
}

/**
 * What recipients got out of stores since an instant, less what came back or was reversed, and since when each store's book is kept.
 * Transfers between stores are no use.
 */
export async function issuedOf(
  tx: Tx,
  ask: { warehouseIds: string[]; since: Date },
): Promise<{ warehouseId: string; firstAt: Date; items: { itemId: string; units: number }[] }[]> {
  return tx.query(
    `with leg as (
       select c.warehouse_id, c.item_id, m.units from stock_movement m join stock_cell c on c.id = m.to_cell_id
       where c.kind = 'recipient' and c.warehouse_id = any($1) and m.occurred_at >= $2
       union all
       select c.warehouse_id, c.item_id, -m.units from stock_movement m join stock_cell c on c.id = m.from_cell_id
       where c.kind = 'recipient' and c.warehouse_id = any($1) and m.occurred_at >= $2),
     issued as (select warehouse_id, item_id, sum(units)::bigint as units from leg group by 1, 2 having sum(units) > 0),
     book as (select warehouse_id, min(occurred_at) as first_at from stock_movement where warehouse_id = any($1) group by 1)
     select b.warehouse_id as "warehouseId", b.first_at as "firstAt",
       coalesce(jsonb_agg(jsonb_build_object('itemId', i.item_id, 'units', i.units) order by i.item_id) filter (where i.item_id is not null), '[]') as items
     from book b left join issued i on i.warehouse_id = b.warehouse_id group by b.warehouse_id, b.first_at order by b.warehouse_id`,
    [ask.warehouseIds, ask.since],
  );
}

/** Units of dated lots that are on their way between stores, or drafted with their lot named. */
export interface OnTheWay {
  transferId: string;
  number: string;
  status: string;
  fromId: string;
  toId: string;
  itemId: string;
  lotId: string;
  lotCode: string;
  expiresOn: string;
  plannedArrivalAt: Date;
  units: number;
}

/** Open transfers that touch one of the stores, by lot. Of drafts only lines that name their lot: the others have not chosen any. */
export async function onTheWay(tx: Tx, warehouseIds: string[]): Promise<OnTheWay[]> {
  return tx.query<OnTheWay>(
    `with moving as (
       select t.id, l.lot_id, l.item_id, l.units from stock_transfer t join stock_transfer_line l on l.transfer_id = t.id
       where t.status = 'draft' and l.lot_id is not null
       union all
       select t.id, c.lot_id, c.item_id, r.units from stock_transfer t join stock_transfer_line l on l.transfer_id = t.id
       join reservation r on r.order_line_id = l.id and r.state in ('pending', 'posted') join stock_cell c on c.id = r.cell_id
       where t.status in ('ordered', 'picking', 'loaded', 'departed', 'arrived'))
     select t.id as "transferId", t.number, t.status, t.from_warehouse_id as "fromId", t.to_warehouse_id as "toId", m.item_id as "itemId",
       m.lot_id as "lotId", lot.code as "lotCode", lot.expires_on as "expiresOn", t.planned_arrival_at as "plannedArrivalAt", sum(m.units)::bigint as units
     from moving m join stock_transfer t on t.id = m.id join lot on lot.id = m.lot_id
     where lot.expires_on is not null and (t.from_warehouse_id = any($1) or t.to_warehouse_id = any($1))
     group by t.id, m.item_id, m.lot_id, lot.code, lot.expires_on order by t.number, m.lot_id`,
    [warehouseIds],
  );
}

/**
 * What open transfers have planned: units that drafts will take out of stores and nobody has promised yet, and the volume of all that is still to come into them.
 */
export async function plannedMoves(
  tx: Tx,
  warehouseIds: string[],
): Promise<{
  out: { warehouseId: string; itemId: string; units: number }[];
  into: { warehouseId: string; volumeCm3: number }[];
}> {
  const out = await tx.query<{ warehouseId: string; itemId: string; units: number }>(
    `select t.from_warehouse_id as "warehouseId", l.item_id as "itemId", sum(l.units)::bigint as units
     from stock_transfer t join stock_transfer_line l on l.transfer_id = t.id
     where t.status = 'draft' and l.request_line_id is null and t.from_warehouse_id = any($1) group by 1, 2 order by 1, 2`,
    [warehouseIds],
  );
  const into = await tx.query<{ warehouseId: string; volumeCm3: number }>(
    `select to_warehouse_id as "warehouseId", sum(volume_cm3)::bigint as "volumeCm3" from stock_transfer
     where status in ('draft', 'ordered', 'picking', 'loaded', 'departed', 'arrived') and to_warehouse_id = any($1) group by 1 order by 1`,
    [warehouseIds],
  );
  return { out, into };
}

/** What a request still lacks of an item, for no incident: those of incidents are counted with the incident. */
export interface RequestForRotation {
  requestId: string;
  number: string;
  place: string;
  warehouseId: string;
  itemId: string;
  units: number;
}

/** Open requests of stores that one of the keys may see, by line: what nobody has promised yet. */
export async function openRequestLines(
  tx: Tx,
  ask: { warehouseIds: string[]; keys: string[]; limit: number },
): Promise<RequestForRotation[]> {
  const requests = await tx.query<Omit<RequestForRotation, 'itemId' | 'units'>>(
    `select r.id as "requestId", r.number, r.place, r.warehouse_id as "warehouseId" ${FROM_REQUEST}
     where r.status in ('open', 'answered') and r.origin = 'below' and r.incident_id is null and r.warehouse_id = any($1) and r.scope && $2
     order by r.needed_by, r.id limit $3`,
    [ask.warehouseIds, ask.keys, ask.limit],
  );
  if (requests.length === 0) return [];
  const lines = await linesOf(tx, requests.map(({ requestId }) => requestId)); // prettier-ignore
  return requests.flatMap((request) =>
    lines
      .filter((line) => line.requestId === request.requestId && isWaiting(line) && unmetUnits(line) > 0)
      .map((line) => ({ ...request, itemId: line.itemId, units: unmetUnits(line) })),
  );
}
