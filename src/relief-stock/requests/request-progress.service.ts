import { pathKeys, warehouseKey } from '../../access/index.js';
import type { Tx } from '../../database/index.js';
import { recordChange, type RecordedActor } from '../../journal/index.js';
import { notFound, Problem } from '../../shared/problem.js';
import type { Signature } from '../document.rules.js';
import { signaturesOf } from '../document.store.js';
import { handOverReservations } from '../reservation.service.js';
import { commitmentsOf, linesOf, pendingCommitments } from './request-view.store.js';
import { isLive, type LineStep, lineStateAfter, statusOf } from './request.rules.js';
import * as store from './request.store.js';
import type { RequestDto } from './requests.dto.js';

interface Told {
  kind: string;
  actor: RecordedActor;
  occurredAt: Date;
  recordedAt: Date;
}

/** The request as GET answers it, of this moment. */
export async function requestDtoOf(tx: Tx, row: store.RequestRow): Promise<RequestDto> {
  const lines = await linesOf(tx, [row.id]);
  const desks = await store.desksOf(tx, row.id);
  const commitments = await commitmentsOf(tx, row.id);
  const signatures: Signature[] = (await signaturesOf(tx, [row.id])).get(row.id) ?? [];
  const { scope: _scope, societyPath: _path, ...head } = row;
  return {
    ...head, neededBy: row.neededBy.toISOString(), occurredAt: row.occurredAt.toISOString(), recordedAt: row.recordedAt.toISOString(),
    receivedAt: row.receivedAt.toISOString(),
    lines: lines.map(({ requestId: _request, ...line }) => line),
    desks: desks.map(({ path: _desk, ...desk }) => ({
      ...desk, sinceAt: desk.sinceAt.toISOString(), doneAt: desk.doneAt?.toISOString() ?? null,
    })),
    commitments: commitments.map((one) => ({ ...one, committedAt: one.committedAt.toISOString() })),
    signatures: signatures.map(({ role, name, signedAt }) => ({ role, name, signedAt })),
  }; // prettier-ignore
}

/**
 * Writes what a step made of a locked request and tells it: the lines that took the step, the others by their quantities, the status by its
 * lines, and everyone who has to do with it by now.
 */
export async function settleRequest(
  tx: Tx,
  request: store.RequestRow,
  change: Told & { step: LineStep; lineIds: readonly string[] },
): Promise<RequestDto> {
  const lines = await linesOf(tx, [request.id]);
  const desks = await store.desksOf(tx, request.id);
  const passedUp = desks.some(({ outcome }) => outcome === 'passed-up');
  const named = new Set(change.lineIds);
  const after = lines.map((line) => {
    if (named.has(line.id)) return { ...line, state: lineStateAfter(line, change.step, passedUp) };
    return isLive(line) ? { ...line, state: lineStateAfter(line, 'recount', passedUp) } : line;
  });
  await store.saveLineStates(
    tx,
    after.filter((line, n) => line.state !== lines[n]!.state),
  );
  const warehouses = (await commitmentsOf(tx, request.id)).map(({ warehouseId }) => warehouseId);
  const scope = [...new Set([...request.scope, ...scopeOf(desks, warehouses)])];
  const saved = await store.saveRequest(tx, { ...request, status: statusOf(after), scope });
  return tellRequest(tx, saved, change);
}

/** Everyone whose desk it came to, with all above, and the keepers of the warehouses that give. */
export const scopeOf = (desks: { path: string }[], warehouseIds: string[]): string[] => [
  ...desks.flatMap(({ path }) => pathKeys(path)),
  ...warehouseIds.map(warehouseKey),
];

export async function tellRequest(tx: Tx, row: store.RequestRow, told: Told): Promise<RequestDto> {
  const data = await requestDtoOf(tx, row);
  const { id, version, scope, incidentId } = row;
  const { kind, actor, occurredAt, recordedAt } = told;
  await recordChange(tx, {
    kind, subject: 'stock-request', id, version, scope, data, actor, occurredAt, recordedAt, ...(incidentId ? { incidentId } : {}),
  }); // prettier-ignore
  return data;
}

export interface TakeUp {
  requestLineId: string;
  /** The warehouse that promised and now sends. */
  warehouseId: string;
  units: number;
  /** The transfer's line, which holds the goods from now on, and the transfer: the code of its transit account. */
  orderLineId: string;
  consignmentId: string;
  actor: RecordedActor;
  now: Date;
}

/**
 * A transfer takes up what its warehouse has promised to a line of a request: the goods stay reserved, from now on for the transfer's line.
 * 404 `stock-request.not-found`; 422 `stock-request.not-promised` for more than is promised. Locks the request, then its reservations.
 */
export async function takeUpCommitment(tx: Tx, ask: TakeUp): Promise<void> {
  const { requestLineId, warehouseId, units, orderLineId, consignmentId, actor, now } = ask;
  const request = await store.lockRequestOfLine(tx, requestLineId);
  if (!request) throw notFound('stock-request', requestLineId);
  const promised = await pendingCommitments(tx, { lineIds: [requestLineId], warehouseId });
  const available = promised.reduce((sum, one) => sum + one.units, 0);
  if (units > available) throw new Problem('stock-request.not-promised', { number: request.number, available, units });
  const fromLineIds = promised.map(({ id }) => id);
  await handOverReservations(tx, { fromLineIds, toLineId: orderLineId, units, untilAt: null, now });
  const { itemId } = promised[0]!;
  await store.insertConsignmentLine(tx, { orderLineId, consignmentId, requestLineId, itemId, warehouseId });
  await settleRequest(tx, request, {
    kind: 'request.taken-up', step: 'recount', lineIds: [], actor, occurredAt: now, recordedAt: now,
  }); // prettier-ignore
}

/** Locks the requests that order lines serve: called before the stock of those lines is locked. */
export async function holdRequests(tx: Tx, orderLineIds: string[]): Promise<store.RequestRow[]> {
  return store.lockRequestsServedBy(tx, orderLineIds);
}

/** Counts held requests again after their goods were shipped, received, lost or given back, and tells them. */
export async function noteRequestProgress(tx: Tx, held: store.RequestRow[], told: Omit<Told, 'kind'>): Promise<void> {
  for (const request of held) {
    await settleRequest(tx, request, { ...told, kind: 'request.progressed', step: 'recount', lineIds: [] });
  }
}
