import type { Tx } from '../../database/index.js';
import type { Signature } from '../document.rules.js';
import { signaturesOf } from '../document.store.js';
import type { PartnerDto, TransferDto, TransfersQuery } from './transfer.dto.js';
import { ENDED_TRANSFERS, TRANSFER_STAMPS, type TransferProgress } from './transfer.rules.js';

export interface TransferRow extends TransferProgress {
  id: string;
  number: string;
  fromWarehouseId: string;
  toWarehouseId: string;
  keepsOwner: boolean;
  incidentId: string | null;
  note: string;
  plannedArrivalAt: Date;
  vehicle: string | null;
  driverName: string | null;
  driverPhone: string | null;
  capacityWeightG: number | null;
  capacityVolumeCm3: number | null;
  lines: number;
  units: number;
  weightG: number;
  volumeCm3: number;
  acceptedUnits: number;
  damagedUnits: number;
  missingUnits: number;
  reason: string | null;
  draftedBy: string;
  draftedAt: Date;
  scope: string[];
  version: number;
}
const TRANSFER = `t.id, t.number, t.status, t.status_since as "statusSince", t.from_warehouse_id as "fromWarehouseId",
  t.to_warehouse_id as "toWarehouseId", t.keeps_owner as "keepsOwner", t.incident_id as "incidentId", t.note, t.planned_arrival_at as "plannedArrivalAt", t.vehicle,
  t.driver_name as "driverName", t.driver_phone as "driverPhone", t.capacity_weight_g as "capacityWeightG",
  t.capacity_volume_cm3 as "capacityVolumeCm3", t.lines, t.units, t.weight_g as "weightG", t.volume_cm3 as "volumeCm3",
  t.accepted_units as "acceptedUnits", t.damaged_units as "damagedUnits", t.missing_units as "missingUnits", t.reason,
  t.drafted_by as "draftedBy", t.drafted_at as "draftedAt", t.ordered_at as "orderedAt", t.picking_at as "pickingAt",
  t.loaded_at as "loadedAt", t.departed_at as "departedAt", t.arrived_at as "arrivedAt", t.received_at as "receivedAt",
  t.closed_at as "closedAt", t.cancelled_at as "cancelledAt", t.returned_at as "returnedAt", t.lost_at as "lostAt", t.scope, t.version`;

export async function findTransfer(tx: Tx, id: string): Promise<TransferRow | undefined> {
  return (await tx.query<TransferRow>(`select ${TRANSFER} from stock_transfer t where t.id = $1`, [id]))[0];
}

export async function lockTransfer(tx: Tx, id: string): Promise<TransferRow | undefined> {
  return (
    await tx.query<TransferRow>(`select ${TRANSFER} from stock_transfer t where t.id = $1 for update of t`, [id])
  )[0];
}

/** A new paper; false when the id is in use. */
export async function insertTransfer(tx: Tx, row: TransferRow): Promise<boolean> {
  const rows = await tx.query(
    `insert into stock_transfer (id, number, status, status_since, from_warehouse_id, to_warehouse_id, keeps_owner, note, planned_arrival_at,
       lines, units, weight_g, volume_cm3, drafted_by, drafted_at, scope, incident_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) on conflict (id) do nothing returning id`,
    [
      row.id, row.number, row.status, row.statusSince, row.fromWarehouseId, row.toWarehouseId, row.keepsOwner, row.note,
      row.plannedArrivalAt, row.lines, row.units, row.weightG, row.volumeCm3, row.draftedBy, row.draftedAt, row.scope,
      row.incidentId,
    ], // prettier-ignore
  );
  return rows.length > 0;
}

/** Everything that a step or a revision may change. */
export async function saveTransfer(tx: Tx, row: TransferRow): Promise<TransferRow> {
  const rows = await tx.query<TransferRow>(
    `update stock_transfer t set status = $2, status_since = $3, to_warehouse_id = $4, keeps_owner = $5, note = $6, planned_arrival_at = $7,
       vehicle = $8, driver_name = $9, driver_phone = $10, capacity_weight_g = $11, capacity_volume_cm3 = $12, lines = $13, units = $14,
       weight_g = $15, volume_cm3 = $16, accepted_units = $17, damaged_units = $18, missing_units = $19, reason = $20, ordered_at = $21,
       picking_at = $22, loaded_at = $23, departed_at = $24, arrived_at = $25, received_at = $26, closed_at = $27, cancelled_at = $28,
       returned_at = $29, lost_at = $30, scope = $31, incident_id = $32, version = version + 1
     where t.id = $1 returning ${TRANSFER}`,
    [
      row.id, row.status, row.statusSince, row.toWarehouseId, row.keepsOwner, row.note, row.plannedArrivalAt, row.vehicle, row.driverName,
      row.driverPhone, row.capacityWeightG, row.capacityVolumeCm3, row.lines, row.units, row.weightG, row.volumeCm3, row.acceptedUnits,
      row.damagedUnits, row.missingUnits, row.reason, row.orderedAt, row.pickingAt, row.loadedAt, row.departedAt, row.arrivedAt,
      row.receivedAt, row.closedAt, row.cancelledAt, row.returnedAt, row.lostAt, row.scope, row.incidentId,
    ], // prettier-ignore
  );
  return rows[0]!;
}

/** A page, newest first, of the papers that one of the keys may see. */
export async function transfersBefore(
  tx: Tx,
  filter: Pick<TransfersQuery, 'warehouseId' | 'direction' | 'status' | 'open'>,
  page: { keys: string[]; before: [string, string] | null; limit: number },
): Promise<TransferRow[]> {
  const { warehouseId = null, direction = null, status = null, open = null } = filter;
  return tx.query<TransferRow>(
    `select ${TRANSFER} from stock_transfer t
     where t.scope && $1 and ($2::timestamptz is null or (t.drafted_at, t.id) < ($2, $3::uuid))
       and ($5::uuid is null or (t.from_warehouse_id = $5 and $6::text is distinct from 'incoming')
         or (t.to_warehouse_id = $5 and $6 is distinct from 'outgoing'))
       and ($7::text is null or t.status = $7) and ($8::boolean is null or (t.status <> all ($9)) = $8)
     order by t.drafted_at desc, t.id desc limit $4`,
    [
      page.keys, page.before?.[0] ?? null, page.before?.[1] ?? null, page.limit, warehouseId, direction, status, open, ENDED_TRANSFERS,
    ], // prettier-ignore
  );
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** Papers as the wire has them, without their lines: four statements, however many they are. */
export async function transferDtos(tx: Tx, rows: TransferRow[]): Promise<TransferDto[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const partners = await partnersOf(tx, [...new Set(rows.flatMap((row) => [row.fromWarehouseId, row.toWarehouseId]))]);
  const signatures = await signaturesOf(tx, ids);
  const inquiryOf = await inquiriesOf(tx, ids);
  const requests = await requestsServedBy(tx, ids);
  return rows.map((row) =>
    toDto(row, {
      partners,
      signatures: signatures.get(row.id) ?? [],
      inquiry: inquiryOf.get(row.id),
      requests: requests.get(row.id) ?? [],
    }),
  );
}

function toDto(
  row: TransferRow,
  beside: {
    partners: Map<string, PartnerDto>;
    signatures: Signature[];
    inquiry: { id: string; status: string } | undefined;
    requests: TransferDto['requests'];
  },
): TransferDto {
  const { scope: _scope, fromWarehouseId, toWarehouseId, ...plain } = row;
  const stamps = Object.fromEntries(TRANSFER_STAMPS.map((stamp) => [stamp, iso(row[stamp])])) as Record<(typeof TRANSFER_STAMPS)[number], string | null>; // prettier-ignore
  return {
    ...plain, ...stamps, statusSince: row.statusSince.toISOString(), plannedArrivalAt: row.plannedArrivalAt.toISOString(),
    draftedAt: row.draftedAt.toISOString(), from: beside.partners.get(fromWarehouseId)!, to: beside.partners.get(toWarehouseId)!,
    requests: beside.requests, inquiryId: beside.inquiry?.id ?? null, inquiryStatus: beside.inquiry?.status ?? null, signatures: beside.signatures,
  }; // prettier-ignore
}

/** What is inquired into at papers, by the id of the paper. */
export async function inquiriesOf(tx: Tx, paperIds: string[]): Promise<Map<string, { id: string; status: string }>> {
  const rows = await tx.query<{ paperId: string; id: string; status: string }>(
    `select coalesce(transfer_id, issue_id, supply_order_id) as "paperId", id, status from stock_inquiry
     where transfer_id = any($1) or issue_id = any($1) or supply_order_id = any($1)`,
    [paperIds],
  );
  return new Map(rows.map(({ paperId, ...inquiry }) => [paperId, inquiry]));
}

/** The requests that lines of papers answer. */
async function requestsServedBy(tx: Tx, transferIds: string[]): Promise<Map<string, TransferDto['requests']>> {
  const rows = await tx.query<{ transferId: string; id: string; number: string }>(
    `select distinct l.transfer_id as "transferId", r.id, r.number from stock_transfer_line l
     join stock_request_line a on a.id = l.request_line_id join stock_request r on r.id = a.request_id
     where l.transfer_id = any($1) and l.request_line_id is not null order by r.number`,
    [transferIds],
  );
  const served = new Map<string, TransferDto['requests']>();
  for (const { transferId, ...request } of rows) served.set(transferId, [...(served.get(transferId) ?? []), request]);
  return served;
}

export async function partnersOf(tx: Tx, warehouseIds: string[]): Promise<Map<string, PartnerDto>> {
  const rows = await tx.query<PartnerDto>(
    `select id, code, name, society_id as "societyId", keeper_name as "keeperName", keeper_phone as "keeperPhone" from warehouse
     where id = any($1)`,
    [warehouseIds],
  );
  return new Map(rows.map((row) => [row.id, row]));
}
