import type pg from 'pg';
import type { Tx } from '../../src/database/index.js';
import type { LotDto } from '../../src/relief-stock/relief-stock.dto.js';
import { newId } from '../../src/shared/ids.js';

/** Goods that lie in a bin, and may be received again. */
export interface Shelf {
  warehouseId: string;
  warehouseCode: string;
  itemId: string;
  lotId: string;
  lotCode: string;
  expiresOn: string | null;
  source: LotDto['source'];
  binId: string;
  cellId: string;
  levelId: string;
  ownerSocietyId: string;
}

/** One good lot a level, in an order that mixes warehouses. */
export async function shelves(tx: Tx): Promise<Shelf[]> {
  return tx.query<Shelf>(
    `select distinct on (md5(l.id::text), l.id) w.id as "warehouseId", w.code as "warehouseCode", c.item_id as "itemId", lot.id as "lotId",
       lot.code as "lotCode", lot.expires_on as "expiresOn", lot.source, c.place_id as "binId", c.id as "cellId", l.id as "levelId",
       c.owner_society_id as "ownerSocietyId"
     from stock_cell c join lot on lot.id = c.lot_id join stock_level l on l.id = c.level_id join warehouse w on w.id = c.warehouse_id
     where c.kind = 'bin' and c.condition = 'good' and lot.state = 'good' and c.fund is null and c.owner_society_id = w.society_id
       and (lot.expires_on is null or lot.expires_on > current_date) and w.tier <> 'cache'
     order by md5(l.id::text), l.id, c.id`,
  );
}

/** The least SQL that leaves the facts of a receipt behind: document, movement, both balances, level, journal. No rules, no rights. */
export async function postBare(pool: pg.Pool, shelf: Shelf): Promise<void> {
  const client = await pool.connect();
  const [receipt, place, cell] = [newId(), newId(), newId()];
  const { levelId, warehouseId, itemId, lotId, cellId, ownerSocietyId } = shelf;
  try {
    await client.query('begin');
    await client.query('select version from stock_level where id = $1 for update', [levelId]);
    await client.query(
      `insert into goods_receipt (id, number, warehouse_id, source, source_name, lines, received_by, occurred_at, received_at)
       values ($1, $3, $2, 'purchase', 'bench', '[]', 'bench', now(), now())`,
      [receipt, warehouseId, receipt],
    );
    await client.query(`insert into stock_place (id, kind, warehouse_id, code) values ($1, 'supplier', $2, $3)`, [place, warehouseId, receipt]); // prettier-ignore
    await client.query(
      `insert into stock_cell (id, level_id, item_id, lot_id, place_id, kind, warehouse_id, owner_society_id, on_hand)
       values ($1, $2, $3, $4, $5, 'supplier', $6, $7, -1)`,
      [cell, levelId, itemId, lotId, place, warehouseId, ownerSocietyId],
    );
    await client.query(
      `insert into stock_movement (id, cause_id, line, item_id, lot_id, warehouse_id, to_warehouse_id, from_cell_id, to_cell_id, units, reason, document,
         occurred_at, recorded_at, received_at)
       values ($1, $2, 1, $3, $4, $7, $7, $5, $6, 1, 'receipt', 'bench', now(), now(), now())`,
      [newId(), receipt, itemId, lotId, cell, cellId, warehouseId],
    );
    await client.query('update stock_cell set on_hand = on_hand + 1 where id = $1', [cellId]);
    await client.query('update stock_level set version = version + 1 where id = $1', [levelId]);
    await client.query(
      `insert into journal (kind, subject, subject_id, version, scope, body, occurred_at, recorded_at)
       values ('stock.level-changed', 'stock-level', $1, 1, '{all}', '{}', now(), now())`,
      [levelId],
    );
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}
