import type { Tx } from '../../database/index.js';
import type { Account } from '../ledger.store.js';
import type { LotCount } from './arrival.rules.js';
import type { TransferDetailDto, TransferLotDto } from './transfer.dto.js';

export interface GoodsLine {
  id: string;
  itemId: string;
  units: number;
  /** The line of a request that it answers, and the fund that its goods are to be of. */
  requestLineId: string | null;
  fund: string | null;
  /** The lot that its goods are to be of. */
  lotId: string | null;
}
/** Writes the lines of a paper, all in one statement, in their order. */
export async function insertLines(tx: Tx, transferId: string, lines: GoodsLine[]): Promise<void> {
  await tx.query(
    `insert into stock_transfer_line (id, transfer_id, line, item_id, units, request_line_id, fund, lot_id)
     select l.id, $1, l.n, l.item_id, l.units, l.request_line_id, l.fund, l.lot_id
     from unnest($2::uuid[], $3::uuid[], $4::bigint[], $5::uuid[], $6::text[], $7::uuid[])
       with ordinality as l (id, item_id, units, request_line_id, fund, lot_id, n)`,
    [
      transferId, lines.map((line) => line.id), lines.map((line) => line.itemId), lines.map((line) => line.units),
      lines.map((line) => line.requestLineId), lines.map((line) => line.fund), lines.map((line) => line.lotId),
    ], // prettier-ignore
  );
}

export async function deleteLines(tx: Tx, transferId: string): Promise<void> {
  await tx.query(`delete from stock_transfer_line where transfer_id = $1`, [transferId]);
}

export async function linesOf(tx: Tx, transferId: string): Promise<GoodsLine[]> {
  return tx.query<GoodsLine>(
    `select id, item_id as "itemId", units, request_line_id as "requestLineId", fund, lot_id as "lotId" from stock_transfer_line where transfer_id = $1 order by line`,
    [transferId],
  );
}

/** A lot of a line in the account that it is taken from. */
export interface LotLine {
  id: string;
  units: number;
  source: Account;
}
type LotRow = Omit<Account, 'id'> & { id: string; units: number; cellId: string };

/** The lots that the lines were given: one a line and account, in order of use. */
export async function lotLinesOf(tx: Tx, transferId: string): Promise<LotLine[]> {
  const rows = await tx.query<LotRow>(
    `select r.id, r.units, c.id as "cellId", c.level_id as "levelId", c.item_id as "itemId", c.lot_id as "lotId", c.place_id as "placeId",
       c.warehouse_id as "warehouseId", c.kind, p.code as "placeCode", p.name as "placeName", c.condition,
       c.owner_society_id as "ownerSocietyId", c.fund
     from stock_transfer_line l join reservation r on r.order_line_id = l.id and r.state = 'posted'
     join stock_cell c on c.id = r.cell_id join stock_place p on p.id = c.place_id join lot on lot.id = c.lot_id
     where l.transfer_id = $1 order by l.line, lot.expires_on nulls last, lot.received_on, lot.id, c.id`,
    [transferId],
  );
  return rows.map(({ id, units, cellId, ...place }) => ({ id, units, source: { id: cellId, ...place } }));
}

/** The receiver's count, written once for each lot. */
export async function insertCounts(
  tx: Tx,
  transferId: string,
  lots: (LotCount & { id: string; binCode: string | null })[],
): Promise<void> {
  const rows = lots.map(({ id, acceptedUnits, damagedUnits, missingUnits, binCode, damagedTo, reason }) => ({
    id, acceptedUnits, damagedUnits, missingUnits, binCode, damagedTo, reason,
  })); // prettier-ignore
  await tx.query(
    `insert into stock_transfer_count (reservation_id, transfer_id, accepted_units, damaged_units, missing_units, bin_code, damaged_to, reason)
     select c.id, $1, c."acceptedUnits", c."damagedUnits", c."missingUnits", c."binCode", c."damagedTo", c.reason
     from jsonb_to_recordset($2::jsonb) as c (id uuid, "acceptedUnits" bigint, "damagedUnits" bigint, "missingUnits" bigint, "binCode" text,
       "damagedTo" text, reason text)`,
    [transferId, JSON.stringify(rows)],
  );
}

/** Units that lie in the transit of a transfer (S3: none once it has ended). */
export async function unitsInTransit(tx: Tx, transfer: { id: string; fromWarehouseId: string }): Promise<number> {
  const [row] = await tx.query<{ units: number }>(
    `select coalesce(sum(abs(c.on_hand)), 0)::bigint as units from stock_place p join stock_cell c on c.place_id = p.id
     where p.kind = 'transit' and p.warehouse_id = $1 and p.code = $2`,
    [transfer.fromWarehouseId, transfer.id],
  );
  return row!.units;
}

type DetailRow = TransferLotDto & { lineId: string };

/** The lines with the lots held for them or sent, and how each was found: two statements. */
export async function goodsOf(tx: Tx, transferId: string): Promise<TransferDetailDto['goods']> {
  const lots = await tx.query<DetailRow>(
    `select r.id, r.order_line_id as "lineId", lot.id as "lotId", lot.code as "lotCode", lot.expires_on as "expiresOn", p.code as "binCode",
       r.units, n.accepted_units as "acceptedUnits", n.damaged_units as "damagedUnits", n.missing_units as "missingUnits",
       n.bin_code as "putInBin", n.damaged_to as "damagedTo", n.reason
     from stock_transfer_line l join reservation r on r.order_line_id = l.id and r.state in ('pending', 'posted')
     join stock_cell c on c.id = r.cell_id join stock_place p on p.id = c.place_id join lot on lot.id = c.lot_id
     left join stock_transfer_count n on n.reservation_id = r.id
     where l.transfer_id = $1 order by l.line, lot.expires_on nulls last, lot.received_on, lot.id, c.id`,
    [transferId],
  );
  const byLine = new Map<string, TransferLotDto[]>();
  for (const { lineId, ...lot } of lots) {
    const held = byLine.get(lineId);
    if (held) held.push(lot);
    else byLine.set(lineId, [lot]);
  }
  return (await linesOf(tx, transferId)).map((line, n) => ({
    ...line,
    line: n + 1,
    lots: byLine.get(line.id) ?? [],
  }));
}
