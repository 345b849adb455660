import { type Actor, allow, canSee, visibleOr404 } from '../../access/index.js';
import { lotsByIds } from '../changing/cell.store.js';
import type { Tx } from '../../database/index.js';
import { newId } from '../../shared/ids.js';
import { notFound, Problem } from '../../shared/problem.js';
import { numberFor } from '../document.service.js';
import { itemsByIds } from '../item.store.js';
import { mustBeFunds, purposeFor } from '../receiving/intent.service.js';
import { takeUpCommitments } from '../requests/request-progress.service.js';
import { askedLines } from '../requests/request.store.js';
import { reserveSupplies } from '../reservation.service.js';
import { binsOf, findWarehouse, type WarehouseRow } from '../warehouse.store.js';
import { type GoodsSums, sumGoods } from './goods.rules.js';
import type { DraftTransfer } from './transfer.dto.js';
import { type GoodsLine, insertLines, linesOf } from './transfer-line.store.js';
import { mustServe } from './transfer.rules.js';
import type { HeldTransfer } from './transfer-step.service.js';
import * as store from './transfer.store.js';

type Content = Pick<DraftTransfer, 'keepsOwner' | 'plannedArrivalAt' | 'note' | 'incidentId' | 'goods'>;

const NEW = {
  status: 'draft', vehicle: null, driverName: null, driverPhone: null, capacityWeightG: null, capacityVolumeCm3: null, acceptedUnits: 0,
  damagedUnits: 0, missingUnits: 0, reason: null, orderedAt: null, pickingAt: null, loadedAt: null, departedAt: null, arrivedAt: null,
  receivedAt: null, closedAt: null, cancelledAt: null, returnedAt: null, lostAt: null, version: 1,
} as const; // prettier-ignore

/**
 * Writes a new draft with its lines. answering: the request that it answers, which says what the goods are for and, to who does not see the
 * receiving warehouse otherwise, where they go. Refusals: see `TransferService.draftTransfer`.
 */
export async function writeDraft(
  tx: Tx,
  actor: Actor,
  {
    input,
    now,
    answering,
  }: { input: DraftTransfer; now: Date; answering?: { incidentId: string | null; to: WarehouseRow } },
): Promise<store.TransferRow> {
  const from = await visibleWarehouse(tx, actor, input.fromWarehouseId);
  allow(actor, 'stock.transfer', { paths: [from.societyPath], warehouseId: from.id });
  const to = answering?.to ?? (await visibleWarehouse(tx, actor, input.toWarehouseId));
  await mustTakeGoods(tx, from, to);
  const { lines, sums } = await goodsFrom(tx, actor, { input, to });
  const incidentId = answering?.incidentId ?? input.incidentId ?? null;
  const row: store.TransferRow = {
    ...NEW, ...contentOf(input, { from, to, sums }), incidentId, id: input.id ?? newId(), fromWarehouseId: from.id, statusSince: now,
    number: await numberFor(tx, { kind: 'transfer', id: input.id, adcode: from.societyAdcode, now }), draftedBy: actor.name, draftedAt: now,
  }; // prettier-ignore
  if (!(await store.insertTransfer(tx, row))) throw new Problem('idempotency.mismatch', { key: row.id });
  await insertLines(tx, row.id, lines);
  return row;
}

/** The lines as told, and what they come to. 404 for an item, lot, fund or incident that is not there; what else is refused: `mustServe`. */
export async function goodsFrom(
  tx: Tx,
  actor: Actor,
  { input, to }: { input: Content; to: WarehouseRow },
): Promise<{ lines: GoodsLine[]; sums: GoodsSums }> {
  const lines = input.goods.map(({ requestLineId = null, fund = null, lotId = null, ...line }) => ({ id: newId(), ...line, requestLineId, fund, lotId })); // prettier-ignore
  const items = await itemsByIds(tx, [...new Set(lines.map((line) => line.itemId))]);
  const sums = sumGoods(lines, new Map(items.map((item) => [item.id, item])));
  await mustBeLots(tx, actor, lines);
  await mustBeFunds(tx, lines.map((line) => line.fund)); // prettier-ignore
  await purposeFor(tx, { societyPath: to.societyPath, incidentId: input.incidentId ?? null }, actor);
  const served = lines.flatMap((line) => line.requestLineId ?? []);
  if (served.length > 0) {
    const asked = (await askedLines(tx, served)).filter(({ scope }) => canSee(actor, scope));
    mustServe(lines, new Map(asked.map((line) => [line.id, line])), to);
  }
  return { lines, sums };
}

/** 404 `lot.not-found` for a lot that is not one of the line's item, or is named beside a request, whose goods are chosen already. */
async function mustBeLots(tx: Tx, actor: Actor, lines: readonly GoodsLine[]): Promise<void> {
  const named = lines.flatMap(({ lotId, ...line }) => (lotId === null ? [] : [{ ...line, lotId }]));
  if (named.length === 0) return;
  const itemOf = new Map((await lotsByIds(tx, named.map(({ lotId }) => lotId), actor.keys)).map(({ id, itemId }) => [id, itemId])); // prettier-ignore
  const stray = named.find(
    ({ lotId, itemId, requestLineId }) => itemOf.get(lotId) !== itemId || requestLineId !== null,
  );
  if (stray) throw notFound('lot', stray.lotId);
}

/** Both sides see one paper: its keys are those of both warehouses. */
export function contentOf(
  input: Content,
  { from, to, sums }: { from: WarehouseRow; to: WarehouseRow; sums: GoodsSums },
) {
  const { lines, units, weightG, volumeCm3 } = sums;
  return {
    toWarehouseId: to.id, keepsOwner: input.keepsOwner, plannedArrivalAt: new Date(input.plannedArrivalAt), note: input.note, lines, units,
    weightG, volumeCm3, scope: [...new Set([...from.scope, ...to.scope])],
  }; // prettier-ignore
}

/** Promises the goods of a paper: those of a request are there already, the others are picked. Requests are locked before any stock. */
export async function promiseGoods(
  tx: Tx,
  { transfer, to, times, actor }: Pick<HeldTransfer, 'transfer' | 'to' | 'times' | 'actor'>,
): Promise<void> {
  const { now } = times;
  const arrivalAt = transfer.plannedArrivalAt > now ? transfer.plannedArrivalAt : now;
  const lines = (await linesOf(tx, transfer.id)).map(({ id, ...line }) => ({ ...line, orderLineId: id, warehouseId: transfer.fromWarehouseId })); // prettier-ignore
  const served = lines.flatMap(({ requestLineId, ...line }) => (requestLineId ? [{ ...line, requestLineId }] : []));
  await takeUpCommitments(tx, { consignmentId: transfer.id, warehouseId: transfer.fromWarehouseId, lines: served, arrivalAt, actor, now }); // prettier-ignore
  const free = lines.filter(({ requestLineId }) => requestLineId === null);
  if (free.length === 0) return;
  const purpose = {
    ...(await purposeFor(tx, { societyPath: to.societyPath, incidentId: transfer.incidentId })),
    moves: true,
  };
  await reserveSupplies(tx, { lines: free, arrivalAt, purpose, untilAt: null, now, actor });
}

export async function visibleWarehouse(tx: Tx, actor: Actor, id: string): Promise<WarehouseRow> {
  return visibleOr404(actor, await findWarehouse(tx, id), 'warehouse', id);
}

/** 422 `transfer.same-warehouse`, `warehouse.no-bin` when nothing can lie there. */
export async function mustTakeGoods(tx: Tx, from: WarehouseRow, to: WarehouseRow): Promise<void> {
  if (to.id === from.id) throw new Problem('transfer.same-warehouse', { warehouse: to.code });
  if ((await binsOf(tx, to.id)).length === 0) throw new Problem('warehouse.no-bin', { warehouse: to.code });
}
