import { type Actor, allow, inCommand, visibleOr404 } from '../../access/index.js';
import type { Database, Tx } from '../../database/index.js';
import { recordChange } from '../../journal/index.js';
import type { Clock } from '../../shared/clock.js';
import { ensure, Problem } from '../../shared/problem.js';
import { signDocument } from '../document.service.js';
import { type FactTimes, factTimesOf } from '../fact-times.rules.js';
import { holdRequests, noteRequestProgress } from '../requests/request-progress.service.js';
import { findWarehouse, type WarehouseRow } from '../warehouse.store.js';
import type { TransferDto, TransferStep } from './transfer.dto.js';
import { takeTransferStep, TRANSFER_SIDES, TRANSFER_SIGNERS, type TransferStepName } from './transfer.rules.js';
import { lockTransfer, saveTransfer, transferDtos, type TransferRow } from './transfer.store.js';

/** What a step has in hand: the locked paper, both warehouses, the times of the fact. */
export interface HeldTransfer {
  actor: Actor;
  transfer: TransferRow;
  from: WarehouseRow;
  to: WarehouseRow;
  times: FactTimes;
}

const KIND: Record<TransferStepName, string> = {
  order: 'transfer.ordered', pick: 'transfer.picking', load: 'transfer.loaded', depart: 'transfer.departed', arrive: 'transfer.arrived',
  receive: 'transfer.received', close: 'transfer.closed', cancel: 'transfer.cancelled', return: 'transfer.returned', lose: 'transfer.lost',
}; // prettier-ignore

/** Steps that change what the requests have which a transfer serves. */
const MOVES: ReadonlySet<TransferStepName> = new Set(['depart', 'receive', 'cancel', 'return', 'lose']);

/**
 * One step of a transfer: lock, authority, version, table, signature, then what is special about the step. 404 `transfer.not-found`,
 * 403 `access.denied`, 409 `transfer.stale`, `transfer.step-not-allowed`, 422 `duty.separation`.
 */
export async function stepTransfer(
  desk: { db: Database; clock: Clock },
  actor: Actor,
  { id, step, input }: { id: string; step: TransferStepName; input: TransferStep },
  take: (tx: Tx, held: HeldTransfer, decided: TransferRow) => Promise<TransferRow> = async (_tx, _held, decided) =>
    decided,
): Promise<TransferDto> {
  return inCommand(desk.db, actor, (tx) => stepTransferIn(tx, actor, { id, step, input, now: desk.clock.now() }, take));
}

/** The same within a transaction that does more. */
export async function stepTransferIn(
  tx: Tx,
  actor: Actor,
  { id, step, input, now }: { id: string; step: TransferStepName; input: TransferStep; now: Date },
  take: (tx: Tx, held: HeldTransfer, decided: TransferRow) => Promise<TransferRow>,
): Promise<TransferDto> {
  const times = factTimesOf(input, now);
  const transfer = visibleOr404(actor, await lockTransfer(tx, id), 'transfer', id);
  const held = { actor, transfer, times, ...(await endsOf(tx, transfer)) };
  const { side, may } = TRANSFER_SIDES[step];
  allow(actor, may, { paths: [held[side].societyPath], warehouseId: held[side].id });
  mustBeFresh(transfer, input.version);
  const decided = takeTransferStep(transfer, step, times.occurredAt);
  const apart = TRANSFER_SIGNERS[step];
  if (apart) await signDocument(tx, actor, { documentId: id, role: step, apart, times });
  const served = MOVES.has(step) ? await holdRequests(tx, id) : [];
  const saved = await saveTransfer(tx, await take(tx, held, decided));
  await noteRequestProgress(tx, served, { actor, occurredAt: times.occurredAt, recordedAt: times.recordedAt });
  return tellTransfer(tx, saved, { kind: KIND[step], actor, times });
}

/** 409 `transfer.stale`. */
export function mustBeFresh(transfer: TransferRow, version: number | undefined): void {
  if (version !== undefined && version !== transfer.version)
    throw new Problem('transfer.stale', { version: transfer.version });
}

export async function endsOf(tx: Tx, transfer: TransferRow): Promise<{ from: WarehouseRow; to: WarehouseRow }> {
  const from = await findWarehouse(tx, transfer.fromWarehouseId);
  const to = await findWarehouse(tx, transfer.toWarehouseId);
  ensure(from !== undefined && to !== undefined, 'a transfer keeps its warehouses');
  return { from, to };
}

/** Writes the paper's new state in the record, for both sides to see; answers it. */
export async function tellTransfer(
  tx: Tx,
  row: TransferRow,
  told: { kind: string; actor: Actor; times: FactTimes },
): Promise<TransferDto> {
  const [data] = await transferDtos(tx, [row]);
  const { kind, actor, times } = told;
  const { occurredAt, recordedAt } = times;
  await recordChange(tx, {
    kind, subject: 'stock-transfer', id: row.id, version: row.version, scope: row.scope, data: data!, actor, occurredAt, recordedAt,
    ...(row.incidentId ? { incidentId: row.incidentId } : {}),
  }); // prettier-ignore
  return data!;
}
