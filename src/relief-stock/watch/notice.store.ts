import type { Tx } from '../../database/index.js';
import type { LevelFacts, LotFacts, SignatureFacts } from './notice.rules.js';
import type { NoticeDto } from './watch.dto.js';

export interface NoticeRow extends Omit<NoticeDto, 'sinceAt' | 'acknowledgedAt' | 'closedAt'> {
  sinceAt: Date;
  acknowledgedAt: Date | null;
  closedAt: Date | null;
  scope: string[];
}
const NOTICE = `n.id, n.kind, n.warehouse_id as "warehouseId", n.item_id as "itemId", n.lot_id as "lotId",
  (select code from lot where lot.id = n.lot_id) as "lotCode", n.document_id as "documentId",
  n.document_number as "documentNumber", n.figures, n.since_at as "sinceAt", n.acknowledged_by as "acknowledgedBy",
  n.acknowledged_at as "acknowledgedAt", n.note, n.closed_at as "closedAt", n.scope, n.version`;

export function toNoticeDto({ scope: _scope, ...row }: NoticeRow): NoticeDto {
  return {
    ...row, sinceAt: row.sinceAt.toISOString(), acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
    closedAt: row.closedAt?.toISOString() ?? null,
  }; // prettier-ignore
}

const USABLE = `c.condition = 'good' and lot.state = 'good'`;
/** The levels of a warehouse, or of all, against their policies. */
export async function levelFacts(tx: Tx, warehouseId: string | null): Promise<LevelFacts[]> {
  return tx.query<LevelFacts>(
    `select l.warehouse_id as "warehouseId", l.item_id as "itemId", l.minimum_units as "minimumUnits", l.maximum_units as "maximumUnits",
       coalesce(sum(c.on_hand), 0)::bigint as "onHandUnits",
       coalesce(sum(c.on_hand - c.reserved) filter (where ${USABLE}), 0)::bigint as "availableUnits"
     from stock_level l left join stock_cell c on c.level_id = l.id and c.kind = 'bin' left join lot on lot.id = c.lot_id
     where ($1::uuid is null or l.warehouse_id = $1) and l.maximum_units > 0 group by l.id`,
    [warehouseId],
  );
}

/** The lots on the shelves of a warehouse, or of all, with the day in China on which anybody moved them last. */
export async function lotFacts(tx: Tx, warehouseId: string | null): Promise<LotFacts[]> {
  const last = (end: 'from' | 'to') => `(select max(occurred_at) from stock_movement where ${end}_cell_id = c.id)`;
  return tx.query<LotFacts>(
    `select c.warehouse_id as "warehouseId", c.item_id as "itemId", lot.id as "lotId", sum(c.on_hand)::bigint as "onHandUnits",
       lot.expires_on as "expiresOn", lot.received_on as "receivedOn", i.shelf_months as "shelfMonths",
       (max(greatest(${last('from')}, ${last('to')})) at time zone 'Asia/Shanghai')::date as "lastMovedOn"
     from stock_level l join stock_cell c on c.level_id = l.id join lot on lot.id = c.lot_id join item i on i.id = lot.item_id
     where ($1::uuid is null or l.warehouse_id = $1) and c.kind = 'bin' and c.on_hand > 0 group by c.warehouse_id, c.item_id, lot.id, i.shelf_months`,
    [warehouseId],
  );
}

/** Papers of a warehouse, or of all, that wait for their second signature. */
export async function signatureFacts(tx: Tx, warehouseId: string | null): Promise<SignatureFacts[]> {
  return tx.query<SignatureFacts>(
    `select g.warehouse_id as "warehouseId", 'goods-receipt' as paper, g.id as "documentId", g.number as "documentNumber",
       g.second_signature_due_at as "dueAt"
     from goods_receipt g where g.second_signature_due_at is not null and g.second_signed_at is null and g.status <> 'cancelled'
       and ($1::uuid is null or g.warehouse_id = $1)
     union all
     select s.warehouse_id, 'issue', s.id, s.number, s.approval_due_at from stock_issue s
     where s.approval = 'deferred' and s.status <> 'cancelled' and ($1::uuid is null or s.warehouse_id = $1)`,
    [warehouseId],
  );
}

export async function openNotices(tx: Tx): Promise<NoticeRow[]> {
  return tx.query<NoticeRow>(`select ${NOTICE} from stock_notice n where n.closed_at is null`);
}

export async function lockOpenNotices(tx: Tx, warehouseId: string): Promise<NoticeRow[]> {
  return tx.query<NoticeRow>(
    `select ${NOTICE} from stock_notice n where n.warehouse_id = $1 and n.closed_at is null order by n.id for update`,
    [warehouseId],
  );
}

export async function insertNotices(tx: Tx, rows: NoticeRow[]): Promise<NoticeRow[]> {
  return tx.query<NoticeRow>(
    `with n as (insert into stock_notice (id, kind, warehouse_id, item_id, lot_id, document_id, document_number, figures, since_at, scope)
       select "id", "kind", "warehouseId", "itemId", "lotId", "documentId", "documentNumber", "figures", "sinceAt", array(select jsonb_array_elements_text("scope"))
       from jsonb_to_recordset($1::jsonb) as r ("id" uuid, "kind" text, "warehouseId" uuid, "itemId" uuid, "lotId" uuid, "documentId" uuid,
         "documentNumber" text, "figures" jsonb, "sinceAt" timestamptz, "scope" jsonb) returning *)
     select ${NOTICE} from n order by n.id`,
    [JSON.stringify(rows)],
  );
}

/** Everything of locked notices that may change; answers them with their next version. */
export async function saveNotices(tx: Tx, rows: NoticeRow[]): Promise<NoticeRow[]> {
  return tx.query<NoticeRow>(
    `with n as (update stock_notice s set figures = r."figures", acknowledged_by = r."acknowledgedBy", acknowledged_at = r."acknowledgedAt",
         note = r."note", closed_at = r."closedAt", version = s.version + 1
       from jsonb_to_recordset($1::jsonb) as r ("id" uuid, "figures" jsonb, "acknowledgedBy" text, "acknowledgedAt" timestamptz,
         "note" text, "closedAt" timestamptz) where s.id = r."id" returning s.*)
     select ${NOTICE} from n order by n.id`,
    [JSON.stringify(rows)],
  );
}

export async function lockNotice(tx: Tx, id: string): Promise<NoticeRow | undefined> {
  return (await tx.query<NoticeRow>(`select ${NOTICE} from stock_notice n where n.id = $1 for update`, [id]))[0];
}

/** A page of notices that one of the keys may see, the newest cause first. */
export async function noticesBefore(
  tx: Tx,
  filter: {
    warehouseId: string | undefined;
    kind: string | undefined;
    open: boolean | undefined;
    acknowledged: boolean | undefined;
  },
  page: { keys: string[]; before: [string, string] | null; limit: number },
): Promise<NoticeRow[]> {
  return tx.query<NoticeRow>(
    `select ${NOTICE} from stock_notice n where n.scope && $1 and ($2::uuid is null or n.warehouse_id = $2)
       and ($3::text is null or n.kind = $3) and ($4::boolean is null or (n.closed_at is null) = $4)
       and ($5::boolean is null or (n.acknowledged_at is not null) = $5)
       and ($6::timestamptz is null or (n.since_at, n.id) < ($6, $7::uuid))
     order by n.since_at desc, n.id desc limit $8`,
    [
      page.keys, filter.warehouseId ?? null, filter.kind ?? null, filter.open ?? null, filter.acknowledged ?? null,
      page.before?.[0] ?? null, page.before?.[1] ?? null, page.limit,
    ], // prettier-ignore
  );
}
