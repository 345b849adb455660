import type { Tx } from '../database/index.js';
import type { FreeCell } from './fefo.rules.js';
import type { Cell, Portion } from './ledger.rules.js';
import type { Account } from './ledger.store.js';
import { INTENT, JOIN_FUND } from './receiving/fund.store.js';
import type { FundIntent } from './receiving/intent.rules.js';

export type ReservationState = 'pending' | 'posted' | 'released' | 'expired';
export interface Reservation {
  id: string;
  orderLineId: string;
  units: number;
  untilAt: Date | null;
  state: ReservationState;
}

/** Cells in the bins of locked levels with units nobody has been promised; locked in id order. */
export async function lockFreeCells(
  tx: Tx,
  levelIds: string[],
): Promise<(Cell & FreeCell & { levelId: string; fund: string | null })[]> {
  return tx.query(
    `select c.id, c.id as "cellId", c.level_id as "levelId", c.item_id as "itemId", c.lot_id as "lotId", c.warehouse_id as "warehouseId", c.kind,
       c.on_hand as "onHand", c.reserved, c.on_hand - c.reserved as "freeUnits", c.condition, lot.code as "lotCode",
       lot.state as "lotState", lot.expires_on as "expiresOn", lot.received_on as "receivedOn",
       c.fund, ${INTENT} as intent
     from stock_cell c join lot on lot.id = c.lot_id ${JOIN_FUND}
     where c.kind = 'bin' and c.level_id = any($1) and c.on_hand > c.reserved order by c.id for update of c`,
    [levelIds],
  );
}

/** Writes new reservations together with the cells that they hold (S6). */
export async function saveReservations(
  tx: Tx,
  rows: (Portion & { id: string; orderLineId: string })[],
  to: { untilAt: Date | null; cells: Cell[] },
): Promise<void> {
  await tx.query(
    `with made as (insert into reservation (id, cell_id, order_line_id, units, until_at)
       select r.*, $5::timestamptz from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[]) as r (id, cell_id, order_line_id, units))
     update stock_cell c set reserved = n.reserved from unnest($6::uuid[], $7::bigint[]) as n (id, reserved) where c.id = n.id`,
    [
      rows.map((row) => row.id),
      rows.map((row) => row.cellId),
      rows.map((row) => row.orderLineId),
      rows.map((row) => row.units),
      to.untilAt,
      to.cells.map((cell) => cell.id),
      to.cells.map((cell) => cell.reserved),
    ],
  );
}

/** Writes reservations for units that stay reserved in their cells: others have just ended there (S6). */
export async function insertReservations(
  tx: Tx,
  rows: Pick<HeldAccount, 'id' | 'orderLineId' | 'units' | 'untilAt' | 'account'>[],
): Promise<void> {
  await tx.query(
    `insert into reservation (id, cell_id, order_line_id, units, until_at)
     select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::timestamptz[])`,
    [
      rows.map((row) => row.id),
      rows.map((row) => row.account.id),
      rows.map((row) => row.orderLineId),
      rows.map((row) => row.units),
      rows.map((row) => row.untilAt),
    ],
  );
}

/** A reservation with the account it holds and what says how soon that lot must be used. */
export interface HeldAccount extends Reservation {
  account: Account;
  lotCode: string;
  /** What the fund that the goods are of may be used for. */
  intent: FundIntent | null;
  expiresOn: string | null;
  receivedOn: string;
}
type HeldRow = Omit<HeldAccount, 'account'> & Omit<Account, 'id'> & { cellId: string };

/** All reservations of order lines, ended ones too. Locked by id before any level: whoever ends one holds it first (S4). */
export async function lockReservations(tx: Tx, orderLineIds: string[]): Promise<HeldAccount[]> {
  const rows = await tx.query<HeldRow>(
    `select r.id, r.order_line_id as "orderLineId", r.units, r.until_at as "untilAt", r.state, c.id as "cellId",
       c.level_id as "levelId", c.item_id as "itemId", c.lot_id as "lotId", c.place_id as "placeId", c.warehouse_id as "warehouseId", c.kind,
       p.code as "placeCode", p.name as "placeName", c.condition, c.owner_society_id as "ownerSocietyId", c.fund,
       lot.code as "lotCode", lot.expires_on as "expiresOn", lot.received_on as "receivedOn", ${INTENT} as intent
     from reservation r join stock_cell c on c.id = r.cell_id join stock_place p on p.id = c.place_id join lot on lot.id = c.lot_id
     ${JOIN_FUND} where r.order_line_id = any($1) order by r.id for update of r`,
    [orderLineIds],
  );
  return rows.map(({ id, orderLineId, units, untilAt, state, lotCode, expiresOn, receivedOn, intent, cellId, ...account }) => ({
    id, orderLineId, units, untilAt, state, lotCode, expiresOn, receivedOn, intent, account: { id: cellId, ...account },
  })); // prettier-ignore
}

/** Reservations become posted (whole), released or expired; the table refuses a second end (S4). */
export async function endReservations(
  tx: Tx,
  ids: string[],
  end: { state: Exclude<ReservationState, 'pending'>; at: Date },
): Promise<void> {
  await tx.query(
    `update reservation set state = $2, resolved_at = $3, posted_units = case when $2 = 'posted' then units else 0 end
     where id = any($1)`,
    [ids, end.state, end.at],
  );
}

/** Approved goods do not lapse. */
export async function saveWithoutUntil(tx: Tx, ids: string[]): Promise<void> {
  await tx.query(`update reservation set until_at = null where id = any($1)`, [ids]);
}

/** Order lines with a pending reservation past its time, the most overdue first. */
export async function dueReservations(tx: Tx, now: Date, limit: number): Promise<string[]> {
  const rows = await tx.query<{ orderLineId: string }>(
    `select order_line_id as "orderLineId" from reservation where state = 'pending' and until_at <= $1
     group by order_line_id order by min(until_at), order_line_id limit $2`,
    [now, limit],
  );
  return rows.map((row) => row.orderLineId);
}

export interface LotOfLine {
  orderLineId: string;
  lotId: string;
  lotCode: string;
  expiresOn: string | null;
  binCode: string;
  units: number;
}

/** The lots that order lines hold or were given, in order of use: what the keeper picks. Ended without posting: none. */
export async function lotsOfLines(tx: Tx, orderLineIds: string[]): Promise<LotOfLine[]> {
  return tx.query<LotOfLine>(
    `select r.order_line_id as "orderLineId", lot.id as "lotId", lot.code as "lotCode", lot.expires_on as "expiresOn",
       p.code as "binCode", sum(r.units)::bigint as units
     from reservation r join stock_cell c on c.id = r.cell_id join stock_place p on p.id = c.place_id join lot on lot.id = c.lot_id
     where r.order_line_id = any($1) and r.state in ('pending', 'posted')
     group by r.order_line_id, lot.id, p.code order by r.order_line_id, lot.expires_on nulls last, lot.received_on, lot.id, p.code`,
    [orderLineIds],
  );
}
