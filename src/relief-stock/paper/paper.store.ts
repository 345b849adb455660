import type { Tx } from '../../database/index.js';
import type { LotDto } from '../relief-stock.dto.js';

export type LotName = Pick<LotDto, 'id' | 'itemId' | 'code' | 'expiresOn' | 'receivedOn' | 'state'>;
const LOT = `id, item_id as "itemId", code, expires_on as "expiresOn", received_on as "receivedOn", state`;

/** What lots are called. For lots that the caller came to by something the actor may see. */
export async function lotNames(tx: Tx, ids: string[]): Promise<LotName[]> {
  return tx.query<LotName>(`select ${LOT} from lot where id = any($1) order by id`, [ids]);
}

export interface LevelHead {
  id: string;
  warehouseId: string;
  itemId: string;
  minimumUnits: number;
  maximumUnits: number;
}

export async function levelHead(tx: Tx, id: string): Promise<LevelHead | undefined> {
  const rows = await tx.query<LevelHead>(
    `select id, warehouse_id as "warehouseId", item_id as "itemId", minimum_units as "minimumUnits", maximum_units as "maximumUnits"
     from stock_level where id = $1`,
    [id],
  );
  return rows[0];
}

/** One line of a stock card: units into or out of the bins, and what lay there after it. */
export interface CardLine {
  occurredAt: Date;
  document: string;
  reason: string;
  party: string;
  lotCode: string;
  expiresOn: string | null;
  inUnits: number;
  outUnits: number;
  balanceUnits: number;
}

/**
 * Everything that went into or out of the bins of a warehouse of an item, in the order it happened, with the running balance. Moves
 * between bins change nothing here. `before`: the balance when the period begins.
 */
export async function stockCard(
  tx: Tx,
  level: { warehouseId: string; itemId: string },
  period: { from: Date | null; until: Date | null; limit: number },
): Promise<{ before: number; lines: CardLine[] }> {
  const moved = `select m.id, m.cause_id, m.occurred_at, m.recorded_at, m.received_at, m.line, m.document, m.reason, m.lot_id,
      coalesce(case when t.kind = 'bin' then fp.name else tp.name end, '') as party,
      case when t.kind = 'bin' then m.units else -m.units end as change
    from stock_movement m join stock_cell f on f.id = m.from_cell_id join stock_place fp on fp.id = f.place_id
    join stock_cell t on t.id = m.to_cell_id join stock_place tp on tp.id = t.place_id
    where m.warehouse_id = $1 and m.item_id = $2 and (f.kind = 'bin') <> (t.kind = 'bin')`;
  // Of what happened at one moment, goods come before they go.
  const order = `occurred_at, recorded_at, received_at, reason <> 'opening', change < 0, cause_id, line, two.id`;
  const [start] = await tx.query<{ units: number }>(
    `select coalesce(sum(change), 0)::bigint as units from (${moved}) one where occurred_at < $3`,
    [level.warehouseId, level.itemId, period.from ?? new Date(0)],
  );
  const lines = await tx.query<CardLine>(
    `select occurred_at as "occurredAt", document, reason, party, lot.code as "lotCode", lot.expires_on as "expiresOn",
       greatest(change, 0) as "inUnits", greatest(-change, 0) as "outUnits", balance as "balanceUnits"
     from (select one.*, (sum(change) over (order by ${order.replace('two.', 'one.')}))::bigint as balance from (${moved}) one) two
     join lot on lot.id = two.lot_id
     where ($3::timestamptz is null or occurred_at >= $3) and ($4::timestamptz is null or occurred_at < $4)
     order by ${order} limit $5`,
    [level.warehouseId, level.itemId, period.from, period.until, period.limit],
  );
  return { before: start!.units, lines };
}

/** What lies in the bins of a warehouse, without how much: for a count that must not be led. */
export interface CountLine {
  binCode: string;
  itemCode: string;
  itemName: string;
  unit: string;
  lotCode: string;
  expiresOn: string | null;
}

export async function countLines(tx: Tx, warehouseId: string, limit: number): Promise<CountLine[]> {
  return tx.query<CountLine>(
    `select distinct p.code as "binCode", i.code as "itemCode", i.name as "itemName", i.unit, lot.code as "lotCode",
       lot.expires_on as "expiresOn"
     from stock_level l join stock_cell c on c.level_id = l.id and c.kind = 'bin' and c.on_hand > 0
     join stock_place p on p.id = c.place_id join item i on i.id = c.item_id join lot on lot.id = c.lot_id
     where l.warehouse_id = $1 order by 1, 2, 6, 5 limit $2`,
    [warehouseId, limit],
  );
}
