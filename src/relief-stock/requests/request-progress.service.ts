import { pathKeys, warehouseKey } from '../../access/index.js';
import type { Tx } from '../../database/index.js';
import { recordChange, type RecordedActor } from '../../journal/index.js';
import { ensure, notFound, Problem } from '../../shared/problem.js';
import { dayOf } from '../days.rules.js';
import type { Signature } from '../document.rules.js';
import { signaturesOf } from '../document.store.js';
import { codesOf, type Passing, passReservations } from '../reservation.service.js';
import { commitmentsOf, consignmentsOf, linesOf, pendingCommitments, takeOversOf } from './request-view.store.js';
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
    consignments: await consignmentsOf(tx, row.id), takeOvers: (await takeOversOf(tx, row.id)).map((one) => ({ ...one, takenAt: one.takenAt.toISOString() })),
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

/** Lines of a transfer that answer lines of requests. A consignment carries an item for one line of a request only. */
export interface TakeUp {
  /** The transfer: the code of its transit account. */
  consignmentId: string;
  /** The warehouse that promised and now sends. */
  warehouseId: string;
  /** orderLineId: the transfer's line, which holds the goods from now on. */
  lines: { orderLineId: string; requestLineId: string; itemId: string; units: number }[];
  arrivalAt: Date;
  actor: RecordedActor;
  now: Date;
}

/**
 * A transfer takes up what its warehouse has promised to lines of requests: the goods stay reserved, from now on for the transfer's lines.
 * 404 `stock-request.not-found`; 422 `stock-request.not-promised` for more than is promised, `stock.lot-expired` for lots too old on arrival.
 * Locks the requests, then the reservations.
 */
export async function takeUpCommitments(tx: Tx, ask: TakeUp): Promise<void> {
  const { consignmentId, warehouseId, lines, arrivalAt, actor, now } = ask;
  if (lines.length === 0) return;
  const lineIds = lines.map((line) => line.requestLineId);
  const requests = await store.lockRequestsOfLines(tx, lineIds);
  const asked = new Map((await store.askedLines(tx, lineIds)).map((line) => [line.id, line]));
  const promised = await pendingCommitments(tx, { lineIds, warehouseId });
  const passings = lines.map(({ requestLineId, orderLineId: toLineId, units }): Passing => {
    const own = promised.filter(({ lineId }) => lineId === requestLineId);
    const available = own.reduce((sum, one) => sum + one.units, 0);
    const line = asked.get(requestLineId);
    if (!line) throw notFound('stock-request', requestLineId);
    if (units > available) throw new Problem('stock-request.not-promised', { number: line.number, available, units });
    return { fromLineIds: own.map(({ id }) => id), toLineId, units };
  });
  const made = await passReservations(tx, passings, { untilAt: null, now });
  const tooOld = made.find(({ expiresOn }) => expiresOn !== null && expiresOn < dayOf(arrivalAt));
  if (tooOld) throw new Problem('stock.lot-expired', { ...(await codesOf(tx, tooOld.account)), lot: tooOld.lotCode });
  await store.insertConsignment(tx, { consignmentId, warehouseId }, lines);
  await recount(tx, requests, { kind: 'request.taken-up', actor, occurredAt: now, recordedAt: now });
}

/**
 * The goods of a transfer that will not go are promised again as they were before it took them up; what nobody wants any more (its line was
 * withdrawn or closed) is left to the caller. Answers the lines of the transfer that hold nothing now.
 */
export async function giveBackToPromises(tx: Tx, consignmentId: string, now: Date): Promise<string[]> {
  const served = await store.liveLinesServedBy(tx, consignmentId);
  const room = new Map<string, { lineId: string; warehouseId: string; units: number }>();
  for (const requestId of new Set(served.map((line) => line.requestId))) {
    for (const { id, lineId, warehouseId, units, pendingUnits, takenUnits } of await commitmentsOf(tx, requestId))
      room.set(id, { lineId, warehouseId, units: units - pendingUnits - takenUnits });
  }
  const passings = served.flatMap((line) => backTo(line, room));
  await passReservations(tx, passings, { untilAt: null, now });
  return served.map((line) => line.orderLineId);
}

/** First promised, first filled again. */
function backTo(
  line: { orderLineId: string; requestLineId: string; warehouseId: string; units: number },
  room: ReadonlyMap<string, { lineId: string; warehouseId: string; units: number }>,
): Passing[] {
  let left = line.units;
  const passings: Passing[] = [];
  for (const [toLineId, promise] of room) {
    if (promise.lineId !== line.requestLineId || promise.warehouseId !== line.warehouseId) continue;
    const units = Math.min(left, promise.units);
    if (units > 0) passings.push({ fromLineIds: [line.orderLineId], toLineId, units });
    left -= Math.max(units, 0);
  }
  ensure(left === 0, 'R1 what a transfer took up fits into the promises that it came from');
  return passings;
}

/** Locks the requests that a transfer serves: called before the stock of its lines is locked. */
export async function holdRequests(tx: Tx, consignmentId: string): Promise<store.RequestRow[]> {
  return store.lockRequestsServedBy(tx, consignmentId);
}

/** Counts held requests again after their goods were shipped, received, lost or given back, and tells them. */
export async function noteRequestProgress(tx: Tx, held: store.RequestRow[], told: Omit<Told, 'kind'>): Promise<void> {
  await recount(tx, held, { ...told, kind: 'request.progressed' });
}

async function recount(tx: Tx, held: readonly store.RequestRow[], told: Told): Promise<void> {
  for (const request of held) await settleRequest(tx, request, { ...told, step: 'recount', lineIds: [] });
}
