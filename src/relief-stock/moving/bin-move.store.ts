import type { Tx } from '../../database/index.js';
import type { Account } from '../ledger.store.js';
import type { BinMoveDto } from './bin-move.dto.js';

/** Accounts in the bins of a warehouse, with the code of their lots. */
export async function binAccounts(
  tx: Tx,
  warehouseId: string,
  ids: string[],
): Promise<(Account & { lotCode: string })[]> {
  return tx.query(
    `select c.id, c.level_id as "levelId", c.item_id as "itemId", c.lot_id as "lotId", c.place_id as "placeId",
       c.warehouse_id as "warehouseId", c.kind, p.code as "placeCode", p.name as "placeName", c.condition,
       c.owner_society_id as "ownerSocietyId", c.fund, lot.code as "lotCode"
     from stock_cell c join stock_place p on p.id = c.place_id join lot on lot.id = c.lot_id
     where c.id = any($1) and c.kind = 'bin' and c.warehouse_id = $2`,
    [ids, warehouseId],
  );
}

type BinMoveRow = Omit<BinMoveDto, 'occurredAt' | 'receivedAt'> & {
  occurredAt: Date;
  receivedAt: Date;
  scope: string[];
};
const BIN_MOVE = `b.id, b.number, b.warehouse_id as "warehouseId", b.note, b.lines, b.moved_by as "movedBy", b.occurred_at as "occurredAt",
  b.received_at as "receivedAt", b.version, w.scope`;
const FROM = `from stock_bin_move b join warehouse w on w.id = b.warehouse_id`;

export type BinMoveWithScope = BinMoveDto & { scope: string[] };
const toBinMove = (row: BinMoveRow): BinMoveWithScope => ({
  ...row,
  occurredAt: row.occurredAt.toISOString(),
  receivedAt: row.receivedAt.toISOString(),
});

/** False when the id is in use. */
export async function insertBinMove(tx: Tx, dto: BinMoveDto): Promise<boolean> {
  const rows = await tx.query(
    `insert into stock_bin_move (id, number, warehouse_id, note, lines, moved_by, occurred_at, received_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (id) do nothing returning id`,
    [
      dto.id,
      dto.number,
      dto.warehouseId,
      dto.note,
      JSON.stringify(dto.lines),
      dto.movedBy,
      dto.occurredAt,
      dto.receivedAt,
    ],
  );
  return rows.length > 0;
}

export async function findBinMove(tx: Tx, id: string): Promise<BinMoveWithScope | undefined> {
  return (await tx.query<BinMoveRow>(`select ${BIN_MOVE} ${FROM} where b.id = $1`, [id])).map(toBinMove)[0];
}

/** A page, newest first, of the warehouses that one of the keys may see. */
export async function binMovesBefore(
  tx: Tx,
  filter: { warehouseId: string | undefined; keys: string[]; before: [string, string] | null; limit: number },
): Promise<BinMoveWithScope[]> {
  const rows = await tx.query<BinMoveRow>(
    `select ${BIN_MOVE} ${FROM} where w.scope && $1 and ($2::uuid is null or b.warehouse_id = $2)
       and ($3::timestamptz is null or (b.received_at, b.id) < ($3, $4::uuid))
     order by b.received_at desc, b.id desc limit $5`,
    [filter.keys, filter.warehouseId ?? null, filter.before?.[0] ?? null, filter.before?.[1] ?? null, filter.limit],
  );
  return rows.map(toBinMove);
}
