import type { Tx } from '../database/index.js';
import { OPEN_PAPERS, PAPER_KINDS, type PaperKind, type PaperRowDto } from './papers.dto.js';

interface Source {
  /** warehouse, receiving warehouse, counterpart, moment. */
  columns: string;
  from: string;
  scope: string;
}
const AT_WAREHOUSE = (table: string) => `${table} p join warehouse w on w.id = p.warehouse_id`;
const SOURCES: Record<PaperKind, Source> = {
  'goods-receipt': { columns: `p.warehouse_id, null::uuid, p.source_name, p.received_at`, from: AT_WAREHOUSE('goods_receipt'), scope: 'w.scope' },
  donation: { columns: `null::uuid, null::uuid, p.donor_name, p.received_at`, from: 'donation p', scope: 'p.scope' },
  'stock-count': { columns: `p.warehouse_id, null::uuid, null, p.opened_at`, from: AT_WAREHOUSE('stock_count'), scope: 'w.scope' },
  'stock-transfer': {
    columns: `p.from_warehouse_id, p.to_warehouse_id, w.name, p.status_since`,
    from: 'stock_transfer p join warehouse w on w.id = p.to_warehouse_id', scope: 'p.scope',
  },
  'stock-issue': { columns: `p.warehouse_id, null::uuid, p.recipient, p.status_since`, from: 'stock_issue p', scope: 'p.scope' },
  'stock-inquiry': {
    columns: `p.from_warehouse_id, p.to_warehouse_id, coalesce(w.name, s.recipient, p.recipient), p.status_since`,
    from: 'stock_inquiry p left join warehouse w on w.id = p.to_warehouse_id left join stock_issue s on s.id = p.issue_id', scope: 'p.scope',
  },
  'stock-request': { columns: `p.warehouse_id, null::uuid, p.place, p.received_at`, from: 'stock_request p', scope: 'p.scope' },
  'stock-adjustment': { columns: `p.warehouse_id, null::uuid, null, p.status_since`, from: AT_WAREHOUSE('stock_adjustment'), scope: 'w.scope' },
  'stock-reversal': { columns: `p.warehouse_id, null::uuid, p.document_number, p.status_since`, from: AT_WAREHOUSE('stock_reversal'), scope: 'w.scope' },
}; // prettier-ignore

const OPEN = PAPER_KINDS.map((kind, n) => {
  const { columns, from, scope } = SOURCES[kind];
  return `select p.id, p.number, '${kind}' as kind, p.status, ${columns}, p.version from ${from} where ${scope} && $1 and p.status = any($${n + 2})`;
}).join(' union all ');

/** The open papers that one of the keys may see: one statement. */
export async function openPaperRows(tx: Tx, keys: string[]): Promise<PaperRowDto[]> {
  const rows = await tx.query<Omit<PaperRowDto, 'at'> & { at: Date }>(
    `select id, number, kind, state, warehouse_id as "warehouseId", to_warehouse_id as "toWarehouseId", counterpart, at, version
     from (${OPEN}) as open (id, number, kind, state, warehouse_id, to_warehouse_id, counterpart, at, version) order by at, id`,
    [keys, ...PAPER_KINDS.map((kind) => [...OPEN_PAPERS[kind]])],
  );
  return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }));
}
