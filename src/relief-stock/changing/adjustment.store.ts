import type { Tx } from '../../database/index.js';
import { signaturesOf } from '../document.store.js';
import type {
  AdjustmentDto, AdjustmentHeadDto, AdjustmentLineDto, AdjustmentsQuery, StockReasonDto,
} from './adjustment.dto.js'; // prettier-ignore
import { reversalMarkOf } from './reversal.store.js';

/** A paper as its row has it; lines and signatures stand elsewhere. */
export interface AdjustmentRow extends Omit<
  AdjustmentHeadDto,
  'statusSince' | 'occurredAt' | 'recordedAt' | 'receivedAt' | 'postedAt' | 'lineCount'
> {
  statusSince: Date;
  occurredAt: Date;
  recordedAt: Date;
  receivedAt: Date;
  postedAt: Date | null;
  replacements: AdjustmentDto['replacements'];
}
const ROW = `a.id, a.number, a.kind, a.warehouse_id as "warehouseId", a.status, a.status_since as "statusSince", a.note,
  a.value_fen as "valueFen", a.approval_needed as "approvalNeeded", a.reject_reason as "rejectReason", a.replacements,
  a.drafted_by as "draftedBy", a.occurred_at as "occurredAt", a.recorded_at as "recordedAt", a.received_at as "receivedAt",
  a.posted_at as "postedAt", a.version`;
const FROM = `from stock_adjustment a join warehouse w on w.id = a.warehouse_id`;

export async function reasonsOf(tx: Tx, kind: string | null): Promise<StockReasonDto[]> {
  return tx.query<StockReasonDto>(
    `select code, kind, direction, account, name, name_en as "nameEn" from stock_reason where ($1::text is null or kind = $1)
     order by kind, position`,
    [kind],
  );
}

export async function insertAdjustment(tx: Tx, row: AdjustmentRow): Promise<void> {
  await tx.query(
    `insert into stock_adjustment (id, number, kind, warehouse_id, status, status_since, note, replacements, drafted_by, occurred_at,
       recorded_at, received_at, version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      row.id, row.number, row.kind, row.warehouseId, row.status, row.statusSince, row.note, JSON.stringify(row.replacements), row.draftedBy,
      row.occurredAt, row.recordedAt, row.receivedAt, row.version,
    ], // prettier-ignore
  );
}

/** Everything that a step may change; answers the row with its next version. */
export async function saveAdjustment(tx: Tx, row: AdjustmentRow): Promise<AdjustmentRow> {
  await tx.query(
    `update stock_adjustment set status = $2, status_since = $3, note = $4, value_fen = $5, approval_needed = $6, reject_reason = $7,
       replacements = $8, posted_at = $9, version = version + 1 where id = $1`,
    [
      row.id, row.status, row.statusSince, row.note, row.valueFen, row.approvalNeeded, row.rejectReason, JSON.stringify(row.replacements),
      row.postedAt,
    ], // prettier-ignore
  );
  return { ...row, version: row.version + 1 };
}

export type NewLine = Omit<AdjustmentLineDto, 'lotCode' | 'expiresOn' | 'binCode' | 'pack'> & {
  packName: string | null;
  packUnits: number | null;
};

/** The lines of a draft in place of those that it had. */
export async function replaceLines(tx: Tx, adjustmentId: string, lines: NewLine[]): Promise<void> {
  await tx.query(`delete from stock_adjustment_line where adjustment_id = $1`, [adjustmentId]);
  await tx.query(
    `insert into stock_adjustment_line (adjustment_id, line, reason, direction, item_id, lot_id, bin_id, condition, owner_society_id, fund,
       units, pack_name, pack_units, note)
     select $1, "line", "reason", "direction", "itemId", "lotId", "binId", "condition", "ownerSocietyId", "fund", "units", "packName",
       "packUnits", "note"
     from jsonb_to_recordset($2::jsonb) as l ("line" integer, "reason" text, "direction" text, "itemId" uuid, "lotId" uuid, "binId" uuid,
       "condition" text, "ownerSocietyId" uuid, "fund" text, "units" bigint, "packName" text, "packUnits" integer, "note" text)`,
    [adjustmentId, JSON.stringify(lines)],
  );
}

type LineRow = Omit<AdjustmentLineDto, 'pack'> & { packName: string | null; packUnits: number | null };

export async function linesOf(tx: Tx, adjustmentId: string): Promise<AdjustmentLineDto[]> {
  const rows = await tx.query<LineRow>(
    `select l.line, l.reason, l.direction, l.item_id as "itemId", l.lot_id as "lotId", lot.code as "lotCode", lot.expires_on as "expiresOn",
       l.bin_id as "binId", p.code as "binCode", l.condition, l.owner_society_id as "ownerSocietyId", l.fund, l.units,
       l.pack_name as "packName", l.pack_units as "packUnits", l.note
     from stock_adjustment_line l join lot on lot.id = l.lot_id join stock_place p on p.id = l.bin_id
     where l.adjustment_id = $1 order by l.line`,
    [adjustmentId],
  );
  return rows.map(({ packName, packUnits, ...line }) => ({
    ...line,
    pack: packName === null ? null : { name: packName, unitsPerPack: packUnits!, packs: line.units / packUnits! },
  }));
}

export async function findAdjustment(tx: Tx, id: string): Promise<(AdjustmentRow & { scope: string[] }) | undefined> {
  return (
    await tx.query<AdjustmentRow & { scope: string[] }>(`select ${ROW}, w.scope ${FROM} where a.id = $1`, [id])
  )[0];
}

export async function lockAdjustment(tx: Tx, id: string): Promise<(AdjustmentRow & { scope: string[] }) | undefined> {
  return (
    await tx.query<AdjustmentRow & { scope: string[] }>(
      `select ${ROW}, w.scope ${FROM} where a.id = $1 for update of a`,
      [id],
    )
  )[0];
}

/** The paper as GET answers it. */
export async function adjustmentDtoOf(tx: Tx, row: AdjustmentRow, known?: AdjustmentLineDto[]): Promise<AdjustmentDto> {
  const lines = known ?? (await linesOf(tx, row.id));
  const signatures = (await signaturesOf(tx, [row.id])).get(row.id) ?? [];
  return { ...times(row), lines, signatures, reversal: await reversalMarkOf(tx, row.id) };
}

function times<T extends AdjustmentRow>(row: T) {
  const { scope: _scope, ...rest } = row as T & { scope?: string[] };
  return {
    ...rest, statusSince: row.statusSince.toISOString(), occurredAt: row.occurredAt.toISOString(), recordedAt: row.recordedAt.toISOString(),
    receivedAt: row.receivedAt.toISOString(), postedAt: row.postedAt?.toISOString() ?? null,
  }; // prettier-ignore
}

/** A page of papers, newest first, of the warehouses that one of the keys may see. */
export async function adjustmentsBefore(
  tx: Tx,
  filter: AdjustmentsQuery,
  page: { keys: string[]; before: [string, string] | null; limit: number },
): Promise<AdjustmentHeadDto[]> {
  const rows = await tx.query<AdjustmentRow & { lineCount: number }>(
    `select ${ROW}, (select count(*) from stock_adjustment_line l where l.adjustment_id = a.id)::integer as "lineCount" ${FROM}
     where w.scope && $1 and ($2::uuid is null or a.warehouse_id = $2) and ($3::text is null or a.kind = $3)
       and ($4::text is null or a.status = $4) and ($5::timestamptz is null or (a.received_at, a.id) < ($5, $6::uuid))
     order by a.received_at desc, a.id desc limit $7`,
    [
      page.keys, filter.warehouseId ?? null, filter.kind ?? null, filter.status ?? null, page.before?.[0] ?? null, page.before?.[1] ?? null,
      page.limit,
    ], // prettier-ignore
  );
  return rows.map((row) => {
    const { replacements: _, ...head } = times(row);
    return head;
  });
}

/** Units of each item that a warehouse changed since a moment by papers that nobody approved. Under the lock of the items' levels. */
export async function unapprovedSince(
  tx: Tx,
  ask: { warehouseId: string; itemIds: string[]; since: Date },
): Promise<Map<string, number>> {
  const rows = await tx.query<{ itemId: string; units: number }>(
    `select l.item_id as "itemId", sum(l.units)::bigint as units
     from stock_adjustment a join stock_adjustment_line l on l.adjustment_id = a.id
     where a.warehouse_id = $1 and a.status = 'posted' and not a.approval_needed and a.posted_at >= $3 and l.item_id = any($2)
     group by l.item_id`,
    [ask.warehouseId, ask.itemIds, ask.since],
  );
  return new Map(rows.map(({ itemId, units }) => [itemId, units]));
}
