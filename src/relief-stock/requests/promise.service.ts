import type { Tx } from '../../database/index.js';
import type { RecordedActor } from '../../journal/index.js';
import { newId } from '../../shared/ids.js';
import { notFound } from '../../shared/problem.js';
import { settleRequest } from './request-progress.service.js';
import { commitmentsOf } from './request-view.store.js';
import * as store from './request.store.js';

/** Goods that a society has promised to a request and not yet sent on a transfer. */
export interface HeldPromise {
  commitmentId: string;
  warehouseId: string;
  itemId: string;
  /** Still promised, in whole units. */
  pendingUnits: number;
  /** The number of the request, what it is for, and the society in need. */
  number: string;
  incidentId: string | null;
  societyPath: string;
  scope: string[];
  version: number;
}

/** Who may see the request and which incident it is for, before anything is locked. 404 is the caller's. */
export async function findPromiser(
  tx: Tx,
  requestId: string,
): Promise<Pick<HeldPromise, 'incidentId' | 'scope'> | undefined> {
  return store.findRequest(tx, requestId);
}

/** The promise, with its request locked. 404 `stock-request.not-found`, `stock-commitment.not-found`. */
export async function holdPromise(
  tx: Tx,
  { requestId, commitmentId }: { requestId: string; commitmentId: string },
): Promise<HeldPromise> {
  const request = await store.lockRequest(tx, requestId);
  if (!request) throw notFound('stock-request', requestId);
  const promise = (await commitmentsOf(tx, requestId)).find(({ id }) => id === commitmentId);
  if (!promise) throw notFound('stock-commitment', commitmentId);
  const [line] = await store.askedLines(tx, [promise.lineId]);
  const { number, incidentId, societyPath, scope, version } = request;
  return {
    commitmentId, warehouseId: promise.warehouseId, itemId: line!.itemId, pendingUnits: promise.pendingUnits, number, incidentId, societyPath,
    scope, version,
  }; // prettier-ignore
}

/** Notes what a graver incident took of a promise, and tells the request: its line asks for the units again. */
export async function losePromise(
  tx: Tx,
  requestId: string,
  loss: Omit<store.TakenRow, 'id'> & { actor: RecordedActor; recordedAt: Date },
): Promise<void> {
  const { actor, recordedAt, ...taken } = loss;
  await store.insertTakeOver(tx, { id: newId(), ...taken });
  const request = await store.lockRequest(tx, requestId);
  if (!request) throw notFound('stock-request', requestId);
  await settleRequest(tx, request, {
    kind: 'request.taken-over', step: 'recount', lineIds: [], actor, occurredAt: taken.takenAt, recordedAt,
  }); // prettier-ignore
}
